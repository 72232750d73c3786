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

/* Reads the key, or makes one where @path does not exist (0600, durable). A
 * file that is there and is not a key is an error, never overwritten. */
DcTabletKey  *dc_tablet_key_load       (const char    *path,
                                        GError       **error);
DcTabletKey  *dc_tablet_key_from_seed  (const guint8   seed[static 32]);
const guint8 *dc_tablet_key_get_public (DcTabletKey   *self);   /* 32 bytes */
void          dc_tablet_key_sign       (DcTabletKey   *self,
                                        const guint8  *data,
                                        gsize          size,
                                        guint8         signature[static 64]);
gboolean      dc_tablet_key_verify     (const guint8   public_key[static 32],
                                        const guint8  *data,
                                        gsize          size,
                                        const guint8   signature[static 64]);
DcTabletKey  *dc_tablet_key_ref        (DcTabletKey   *self);
void          dc_tablet_key_unref      (DcTabletKey   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTabletKey, dc_tablet_key_unref)

G_END_DECLS
