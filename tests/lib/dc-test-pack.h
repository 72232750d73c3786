/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small valid campaign.ini, a demonstration in English, French and Spanish.
 * Spanish lacks the headings and texts of the stories. */
const char *dc_test_campaign_text (void);
/* @text with every @from, of which there is at least one, replaced.
 * (transfer full) */
char       *dc_test_replace       (const char *text,
                                   const char *from,
                                   const char *to);

/* Writes a valid pack of that campaign into the empty folder @dir and signs it
 * with keys of its own, which lie in @dir/keys: desk.txt and spare.txt (age
 * identities) and pack.key (minisign, without a password). Needs age-keygen
 * and minisign. */
void        dc_test_pack_new      (const char *dir);
/* Replaces one file; the pack is then altered, not signed. */
void        dc_test_pack_write    (const char *dir,
                                   const char *name,
                                   const char *text);
/* Makes the pack of @dir live: without the demonstration's ribbon and PINs. */
void        dc_test_pack_make_live (const char *dir,
                                    guint       serial);
/* Makes another pack key and returns its "RW…"; the pack is signed by its own
 * until it takes that one. (transfer full) */
char       *dc_test_pack_make_next_key (const char *dir);
void        dc_test_pack_take_next_key (const char *dir);
/* The "RW…" of the key that signs it. (transfer full) */
char       *dc_test_pack_get_key (const char *dir);
/* Lists the files of @dir in a manifest with @serial, and signs it. */
void        dc_test_pack_sign     (const char *dir,
                                   const char *campaign,
                                   guint       serial);
/* Signs the manifest as it stands. */
void        dc_test_pack_sign_manifest (const char *dir);
/* Signs @path, into @path.minisig, with the key of the pack in @dir. */
void        dc_test_pack_sign_file (const char *dir,
                                    const char *path);

G_END_DECLS
