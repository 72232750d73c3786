/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-minisign-key.h"
#include "dc-pack.h"

G_BEGIN_DECLS

/* Signs the folder of a pack whose files were checked: lists them in a new
 * manifest, signs that, and loads the result as a tablet would. @serial is
 * more than that of the manifest already there; 0 takes the next one.
 *
 * pack.pub is written where there is none, and where @key is the one that the
 * pack names as the next (keys.ini: Next=), which takes over then. Any other
 * key is refused: DC_OFFICE_ERROR_MISMATCH. DC_OFFICE_ERROR_REFUSED: the
 * serial. A power cut leaves at worst a pack that is not signed. Blocks.
 * (transfer full): the pack, as signed. */
DcPack  *dc_pack_signing_sign     (const char     *directory,
                                   DcMinisignKey  *key,
                                   guint           serial,
                                   GError        **error);
/* Whether @key is the one that @pack is signed with, or names as the next; else
 * DC_OFFICE_ERROR_MISMATCH. */
gboolean dc_pack_signing_check_key (DcPack         *pack,
                                    DcMinisignKey  *key,
                                    GError        **error);
/* The serial of the manifest in @directory; 0 where there is none to read. */
guint    dc_pack_signing_serial   (const char     *directory);
/* "RW…" of @key. (transfer full) */
char    *dc_pack_signing_line     (DcMinisignKey  *key);
/* The Id of the campaign in @directory, signed or not. (transfer full) */
char    *dc_pack_signing_campaign (const char      *directory,
                                   GError         **error);
/* The text of a keys.ini; NULL where neither is given. (transfer full) */
char    *dc_pack_signing_keys_text (const char          *next,
                                    const char * const  *receipts);
/* Writes the keys.ini of a pack; without either there is none afterwards.
 * @next: (nullable) "RW…". @receipts: (nullable) NULL-terminated. */
gboolean dc_pack_signing_set_keys (const char           *directory,
                                   const char           *next,
                                   const char * const   *receipts,
                                   GError              **error);

G_END_DECLS
