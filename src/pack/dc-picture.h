/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_PICTURE_MAX_PIXELS 4096

/* Whether a file's first bytes are what its name says: NULL where they are,
 * else what was expected. A PNG (ISO/IEC 15948, 5.2 and 11.2.2) has at most
 * DC_PICTURE_MAX_PIXELS on a side, since a few kilobytes can unfold to
 * gigabytes. */
const char *dc_picture_check (const char *name,
                              GBytes     *bytes);

G_END_DECLS
