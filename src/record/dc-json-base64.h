/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Standard base64 with padding (RFC 4648, section 4) in its one canonical
 * spelling, for what is no secret: libsodium's, which is (dc-base64.h), takes as
 * long for every text of a length, and twenty times as long for a bundle.
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
