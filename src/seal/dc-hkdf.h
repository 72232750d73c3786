/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_HKDF_KEY_SIZE 32

/* HKDF-SHA256 (RFC 5869), extract and expand, for the one output length that
 * age uses. libsodium has it only from 1.0.19 on. @salt may be NULL where
 * @salt_size is 0. */
void dc_hkdf_sha256 (const guint8 *input_key,
                     gsize         input_key_size,
                     const guint8 *salt,
                     gsize         salt_size,
                     const char   *info,
                     gsize         info_size,
                     guint8        key[static DC_HKDF_KEY_SIZE]);

G_END_DECLS
