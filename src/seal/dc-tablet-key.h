/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcTabletKey:
 *
 * The tablet's Ed25519 key (RFC 8032): it says which tablet made a record and
 * opens nothing. Immutable, reference-counted, usable from any thread; the
 * secret half lies in guarded memory.
 */
typedef struct _DcTabletKey DcTabletKey;

/* The file is one line of text: this prefix, the 32-byte seed in padded
 * base64 (RFC 4648, 44 characters) and a newline; nothing else. The seed is
 * the secret of RFC 8032, 5.1.5. */
#define DC_TABLET_KEY_PREFIX "daily-cup-tablet-key-1 "

/* Reads the key, or makes one where @path does not exist (0600, durable). A
 * file that is there and is not a key is an error, never overwritten.
 * DC_SEAL_ERROR_KEY; the message names the path. Blocks. (transfer full) */
DcTabletKey  *dc_tablet_key_load       (const char    *path,
                                        GError       **error);
/* The text of such a file. (transfer full) */
DcTabletKey  *dc_tablet_key_parse      (const char    *text,
                                        gsize          length,
                                        GError       **error);
DcTabletKey  *dc_tablet_key_from_seed  (const guint8   seed[static 32]);
const guint8 *dc_tablet_key_get_public (DcTabletKey   *self);   /* 32 bytes */
void          dc_tablet_key_sign       (DcTabletKey   *self,
                                        const guint8  *data,
                                        gsize          size,
                                        guint8         signature[static 64]);
/* Strict: refuses a public key of low order and a signature that is not in
 * its one canonical form. */
gboolean      dc_tablet_key_verify     (const guint8   public_key[static 32],
                                        const guint8  *data,
                                        gsize          size,
                                        const guint8   signature[static 64]);
DcTabletKey  *dc_tablet_key_ref        (DcTabletKey   *self);
void          dc_tablet_key_unref      (DcTabletKey   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTabletKey, dc_tablet_key_unref)

G_END_DECLS
