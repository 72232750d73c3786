/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bech32 (BIP-173), the text form of age's keys: all lower case or all upper
 * case, at most 90 characters, whole bytes only. The first constant of the
 * checksum, not the one of Bech32m. */
#define DC_BECH32_MAX_LENGTH 90
#define DC_BECH32_MAX_BYTES  51

/* Returns the human-readable part in the case it was written in, since age
 * tells a recipient from an identity by it, and the bytes in @data, which
 * takes @capacity of them. @text need not end in NUL. What it leaves in memory
 * of its own is wiped. DC_SEAL_ERROR_BECH32; the message never quotes @text,
 * which may be a secret. (transfer full) */
char *dc_bech32_decode (const char    *text,
                        gsize          length,
                        guint8        *data,
                        gsize          capacity,
                        gsize         *size,
                        GError       **error);

/* In the case of @prefix. NULL: longer than 90 characters, or no prefix.
 * (transfer full) */
char *dc_bech32_encode (const char    *prefix,
                        const guint8  *data,
                        gsize          size);

G_END_DECLS
