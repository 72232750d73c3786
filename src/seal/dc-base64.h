/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Standard base64 (RFC 4648, section 4), in its one canonical form: no white
 * space, no stray bits, padding where it belongs and nowhere else.
 *
 * libsodium's decoder is not that strict: it takes every byte above 0x7f for
 * a character of the alphabet, so that several texts stand for the same bytes. */
typedef enum
{
  DC_BASE64_PADDED,
  DC_BASE64_UNPADDED,
} DcBase64Form;

/* At most @capacity bytes; @size is how many. */
gboolean dc_base64_decode (DcBase64Form  form,
                           const char   *text,
                           gsize         length,
                           void         *data,
                           gsize         capacity,
                           gsize        *size);
/* Whether @text stands for exactly @size bytes, which then fill @data. */
gboolean dc_base64_read   (DcBase64Form  form,
                           const char   *text,
                           gsize         length,
                           void         *data,
                           gsize         size);

G_END_DECLS
