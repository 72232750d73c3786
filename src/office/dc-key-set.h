/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-key-files.h"
#include "dc-minisign-key.h"

G_BEGIN_DECLS

/* The names of the files, in the folder of keys and in a pack. */
#define DC_KEY_SET_DESK        "desk.age"
#define DC_KEY_SET_RECEIPT     "receipt.key"
#define DC_KEY_SET_RECEIPT_PUB "receipt.pub"
#define DC_KEY_SET_PACK        "pack.key"
#define DC_KEY_SET_PACK_PUB    "pack.pub"
#define DC_KEY_SET_RECIPIENTS  "recipients.txt"
#define DC_KEY_SET_KEYS        "keys.ini"

/* What becomes of single keys. Each FALSE leaves @error set. */

/* desk.age: an identity file, sealed with @passphrase. Takes a second. */
gboolean dc_key_set_add_desk     (DcKeyFiles     *files,
                                  const char     *folder,
                                  DcAgeIdentity  *desk,
                                  const char     *passphrase,
                                  GError        **error);
/* A minisign secret key, encrypted with @passphrase. Takes a second. */
gboolean dc_key_set_add_minisign (DcKeyFiles     *files,
                                  const char     *folder,
                                  const char     *name,
                                  DcMinisignKey  *key,
                                  const char     *passphrase,
                                  GError        **error);
/* Its public half. */
void     dc_key_set_add_public   (DcKeyFiles     *files,
                                  const char     *folder,
                                  const char     *name,
                                  DcMinisignKey  *key);
/* The text of a recipients.txt, with comments that say which is which.
 * (transfer full) */
char    *dc_key_set_recipients   (const char     *desk,
                                  const char     *spare,
                                  const char     *date);
/* Eight words for both. (transfer full) */
char    *dc_key_set_words        (const char     *desk,
                                  const char     *spare);
/* Today at the desk, "2026-11-25". (transfer full) */
char    *dc_key_set_today        (void);

G_END_DECLS
