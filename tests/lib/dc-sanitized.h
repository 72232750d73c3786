/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Whether the address sanitizer watches: by GCC's word for it, and clang's. A
 * test that goes through hundreds of like steps takes fewer of them then; the
 * same steps are all taken in the plain build. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature (address_sanitizer)
#define DC_SANITIZED 1
#else
#define DC_SANITIZED 0
#endif
