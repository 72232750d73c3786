/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_WEBDAV_MAX_LISTING (8 * 1000 * 1000)

/* The names in the answer to a PROPFIND of depth 1 (RFC 4918, section 14.16),
 * each one as written in ASCII, of a folder with a slash at its end and of a
 * file without any; what has no such name is left out. The folder itself may be among them. UNREADABLE where
 * it is no such answer, has a document type, or is too long. (transfer full)
 * (element-type utf8) */
GPtrArray *dc_webdav_listing_read (const char  *xml,
                                   gsize        length,
                                   GError     **error);

G_END_DECLS
