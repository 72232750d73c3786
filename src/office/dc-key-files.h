/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcKeyFiles:
 *
 * Files that are made together or not at all, none of which is there yet. What
 * they hold is wiped. One thread.
 */
typedef struct _DcKeyFiles DcKeyFiles;

DcKeyFiles *dc_key_files_new    (void);
void        dc_key_files_free   (DcKeyFiles   *self);
/* A file to be made, with a copy of @data; where @is_public, readable for
 * everybody. */
void        dc_key_files_add    (DcKeyFiles   *self,
                                 const char   *folder,
                                 const char   *name,
                                 const void   *data,
                                 gsize         size,
                                 gboolean      is_public);
/* Whether none of them is there, and their folders can be made; what can be
 * known before somebody is asked for anything. DC_OFFICE_ERROR_THERE. */
gboolean    dc_key_files_check  (const char   *folder,
                                 const char   *name,
                                 GError      **error);
/* Makes them, durably, and folders (0700) where they are missing: stage, then
 * publish. Where one cannot be made, those that were are removed again. Nothing
 * is written over. Blocks. */
gboolean    dc_key_files_write  (DcKeyFiles   *self,
                                 GError      **error);
/* The first half: all of them whole, each as NAME.next. */
gboolean    dc_key_files_stage  (DcKeyFiles   *self,
                                 GError      **error);
/* The second half, for one of them: gives it its name, or finds that it has it.
 * G_FILE_ERROR_NOENT where it is there under neither. */
gboolean    dc_key_files_publish (const char  *path,
                                  GError     **error);
/* Removes one that was staged, or half so. */
void        dc_key_files_discard (const char  *path);

/* What a dc_key_files_write () has left that was cut off. */
typedef enum
{
  DC_KEY_FILES_NONE,       /* nothing */
  DC_KEY_FILES_UNDONE,     /* no file had its name yet: what there was is removed */
  DC_KEY_FILES_FINISHED,   /* one had, so all were whole: the others have theirs now */
} DcKeyFilesLeft;

typedef struct
{
  const char *folder;
  const char *name;
} DcKeyPlace;

/* Looks for it in the places of the files of one writing, and settles it.
 * DC_OFFICE_ERROR_THERE where what is there is of no such writing. */
gboolean    dc_key_files_resume (const DcKeyPlace *places,
                                 gsize             n_places,
                                 DcKeyFilesLeft   *left,
                                 GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcKeyFiles, dc_key_files_free)

G_END_DECLS
