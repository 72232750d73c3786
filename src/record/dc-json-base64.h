/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Standard base64 with padding (RFC 4648, section 4) in its one canonical
 * spelling, for what is no secret: GLib's. dc-base64.h has libsodium's, which takes
 * as long for every text of a length, and much longer.
 * Internal to this folder. */

/* NULL where @length is 0, or it is anything else than that. (transfer full) */
GBytes *dc_json_base64_decode (const char *text,
                               gsize       length);
/* Of @size bytes: how many characters they become. */
gsize   dc_json_base64_length (gsize       size);
/* Writes so many characters to @text, and no NUL. */
void    dc_json_base64_encode (GBytes     *bytes,
                               char       *text);

G_END_DECLS
