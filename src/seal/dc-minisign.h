/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Verification of minisign signatures (prehashed, "ED"), as `minisign -V`
 * does: the signature over the BLAKE2b-512 of the data and the global
 * signature over signature and trusted comment. @public_key and @signature
 * are the texts of a .pub and a .minisig file, at most 16 KiB each.
 *
 * DC_SEAL_ERROR_KEY: not a public key. DC_SEAL_ERROR_SIGNATURE, with a message
 * of its own for each: not a signature, of the legacy kind ("Ed", which is
 * refused), by another key, not of these bytes, trusted comment altered.
 * DC_SEAL_ERROR_TOO_LARGE. Any thread. */
gboolean dc_minisign_verify (const char    *public_key,
                             gsize          public_key_length,
                             const char    *signature,
                             gsize          signature_length,
                             const guint8  *data,
                             gsize          size,
                             GError       **error);

/* Whether @line is the second line of a .pub file, in which alone the key is:
 * "RW" and 54 characters more, with nothing before or behind. */
gboolean dc_minisign_is_public_key (const char *line);

G_END_DECLS
