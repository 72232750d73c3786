/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcMinisignKey:
 *
 * A key that signs as minisign does, both halves. Immutable,
 * reference-counted, usable from any thread; the secret half lies in guarded
 * memory.
 */
typedef struct _DcMinisignKey DcMinisignKey;

#define DC_MINISIGN_MAX_COMMENT         512    /* bytes */
#define DC_MINISIGN_MAX_TRUSTED_COMMENT 4096

/* (transfer full) */
DcMinisignKey *dc_minisign_key_generate        (void);
/* The text of a secret key's file: of `minisign -G`, encrypted, or of
 * `minisign -G -W`, plain; then @passphrase (nullable) is not looked at. A file
 * may ask for as much as minisign itself does (1 GiB and a few seconds).
 * DC_OPEN_ERROR_KEY: no such file, or damaged. DC_OPEN_ERROR_PASSPHRASE: none
 * for an encrypted key; another one, or a damaged file, which cannot be told
 * apart; too little memory. DC_OPEN_ERROR_TOO_LARGE. (transfer full) */
DcMinisignKey *dc_minisign_key_parse           (const char     *text,
                                                gsize           length,
                                                const char     *passphrase,
                                                GError        **error);
/* Such a text. Encrypted with @passphrase at 256 MiB and about a second, or
 * plain where that is NULL. @comment is NULL for minisign's own. The caller
 * wipes it. DC_OPEN_ERROR_COMMENT, DC_OPEN_ERROR_PASSPHRASE. (transfer full) */
char          *dc_minisign_key_to_text         (DcMinisignKey  *self,
                                                const char     *passphrase,
                                                const char     *comment,
                                                GError        **error);
/* The text of a .pub file, two lines. @comment is NULL for minisign's own,
 * which holds the key's id; otherwise it is one line of at most 512 bytes.
 * (transfer full) */
char          *dc_minisign_key_get_public_text (DcMinisignKey  *self,
                                                const char     *comment);
/* The text of a .minisig file: prehashed ("ED"), with the global signature
 * over @trusted_comment. @untrusted_comment is NULL for minisign's own. Each is
 * one line of UTF-8 without control characters, else DC_OPEN_ERROR_COMMENT.
 * (transfer full) */
char          *dc_minisign_key_sign            (DcMinisignKey  *self,
                                                const guint8   *data,
                                                gsize           size,
                                                const char     *trusted_comment,
                                                const char     *untrusted_comment,
                                                GError        **error);
DcMinisignKey *dc_minisign_key_ref             (DcMinisignKey  *self);
void           dc_minisign_key_unref           (DcMinisignKey  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcMinisignKey, dc_minisign_key_unref)

G_END_DECLS
