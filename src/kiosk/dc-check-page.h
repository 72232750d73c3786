/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcCheckPage:
 *
 * Everything once more, and the button that keeps the promise.
 */
#define DC_TYPE_CHECK_PAGE (dc_check_page_get_type ())
G_DECLARE_FINAL_TYPE (DcCheckPage, dc_check_page, DC, CHECK_PAGE, DcPage)

G_END_DECLS
