/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-key-files.h"

G_BEGIN_DECLS

/* What "keys replace" changes, in the folder of keys, on a stick and in a pack
 * at once, so that being killed anywhere leaves one state or the other: all that
 * is new is written whole into a folder beside the keys, KEYS/replacing.next;
 * the renaming of that folder to KEYS/replacing is the decision. Before it,
 * nothing has changed, and what there is is removed. After it, the change is put
 * in place, from there, as often as it takes. The pack is signed by the caller
 * between putting in place and the end. All block. */

/* In the folder: what is put in place, and what says how. */
#define DC_REPLACEMENT_CAMPAIGN   "campaign"          /* the Id of the pack's */
#define DC_REPLACEMENT_OLD_DESK   "old-desk"          /* the name that the desk key of today takes */
#define DC_REPLACEMENT_NEW_FOLDER "pack-key-folder"   /* where the next pack key goes */

/* Where the files to come are added: KEYS/replacing.next. (transfer full) */
char     *dc_replacement_folder  (const char  *keys);
/* Stages @files, and @pack_key (nullable), the files of the next pack key in
 * its own folder, and decides. After FALSE nothing has changed. */
gboolean  dc_replacement_decide  (const char  *keys,
                                  DcKeyFiles  *files,
                                  DcKeyFiles  *pack_key,
                                  GError     **error);

/* Whether one was decided and has not ended. */
gboolean  dc_replacement_is_decided (const char *keys);
/* Removes what one has left that was not decided, or had ended. TRUE: there
 * was something that was not decided. */
gboolean  dc_replacement_sweep   (const char  *keys);

/* The next three of a decided one alone, and again after they were cut off. */

/* The Id of the campaign whose pack is changed. (transfer full) */
char     *dc_replacement_campaign (const char  *keys,
                                   GError     **error);
/* Gives everything its place. @old_desk: (out) (nullable) (transfer full): the
 * path that the desk key of before has now, where this call moved it. */
gboolean  dc_replacement_apply   (const char  *keys,
                                  const char  *pack,
                                  char       **old_desk,
                                  GError     **error);
gboolean  dc_replacement_end     (const char  *keys,
                                  GError     **error);

G_END_DECLS
