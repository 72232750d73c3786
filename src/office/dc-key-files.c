/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-files.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-office.h"
#include "dc-path.h"

typedef struct
{
  char     *folder;
  char     *path;
  char     *data;
  gsize     size;
  gboolean  is_public;
} File;

struct _DcKeyFiles
{
  GPtrArray *files;
};

static void
file_free (gpointer data)
{
  File *file = data;

  dc_crypto_wipe (file->data, file->size);
  g_free (file->data);
  g_free (file->folder);
  g_free (file->path);
  g_free (file);
}

DcKeyFiles *
dc_key_files_new (void)
{
  DcKeyFiles *self = g_new0 (DcKeyFiles, 1);

  self->files = g_ptr_array_new_with_free_func (file_free);

  return self;
}

void
dc_key_files_free (DcKeyFiles *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

void
dc_key_files_add (DcKeyFiles *self,
                  const char *folder,
                  const char *name,
                  const void *data,
                  gsize       size,
                  gboolean    is_public)
{
  File *file = g_new0 (File, 1);

  file->folder = g_strdup (folder);
  file->path = g_build_filename (folder, name, NULL);
  file->data = g_memdup2 (data, size);
  file->size = size;
  file->is_public = is_public;
  g_ptr_array_add (self->files, file);
}

static gboolean
refuse_there (const char  *path,
              GError     **error)
{
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE,
               "%s: found a file, expected none: a key is never written over", path);

  return FALSE;
}

gboolean
dc_key_files_check (const char  *folder,
                    const char  *name,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  return (g_lstat (path, &info) != 0 && errno == ENOENT) ||
         refuse_there (path, error);
}

static char *
next_of (const char *path)
{
  return g_strconcat (path, ".next", NULL);
}

/* Not by a link, as dc_durable_create () does it: sticks have no links. The
 * person at the desk is the only one who writes there. */
static gboolean
stage_file (const File  *file,
            GError     **error)
{
  g_autofree char *next = next_of (file->path);
  GStatBuf info;

  if (g_mkdir_with_parents (file->folder, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 "%s: found “%s”, expected to make this folder", file->folder, g_strerror (errno));
    return FALSE;
  }
  if (g_lstat (file->path, &info) == 0)
    return refuse_there (file->path, error);
  if (!dc_durable_replace (next, file->data, file->size, error))
    return FALSE;
  if (file->is_public)
    g_chmod (next, 0644);   /* on a stick there is none to set */

  return TRUE;
}

/* The files of this writing alone: stage_file () refused where another was. */
static void
remove_all (DcKeyFiles *self,
            guint       n_staged,
            guint       n_published)
{
  for (guint i = 0; i < n_staged; i++) {
    const File *file = self->files->pdata[i];
    g_autofree char *next = next_of (file->path);

    g_unlink (i < n_published ? file->path : next);
  }
}

gboolean
dc_key_files_stage (DcKeyFiles  *self,
                    GError     **error)
{
  for (guint i = 0; i < self->files->len; i++) {
    if (stage_file (self->files->pdata[i], error))
      continue;
    remove_all (self, i, 0);
    return FALSE;
  }

  return TRUE;
}

gboolean
dc_key_files_publish (const char  *path,
                      GError     **error)
{
  g_autofree char *next = next_of (path);

  if (!dc_path_is_there (next) && dc_path_is_there (path))
    return TRUE;

  return dc_durable_rename (next, path, error);
}

gboolean
dc_key_files_write (DcKeyFiles  *self,
                    GError     **error)
{
  if (!dc_key_files_stage (self, error))
    return FALSE;

  for (guint i = 0; i < self->files->len; i++) {
    const File *file = self->files->pdata[i];

    if (dc_key_files_publish (file->path, error))
      continue;
    remove_all (self, self->files->len, i);
    return FALSE;
  }

  return TRUE;
}

/* Half a file that dc_durable_replace () was writing counts for nothing. TRUE:
 * there was one. */
static gboolean
remove_half (const char *next)
{
  g_autofree char *half = g_strconcat (next, ".new", NULL);

  return g_unlink (half) == 0;
}

void
dc_key_files_discard (const char *path)
{
  g_autofree char *next = next_of (path);

  g_unlink (next);
  remove_half (next);
}

static gboolean
settle (const char  *path,
        gboolean     finish,
        GError     **error)
{
  g_autofree char *next = next_of (path);

  if (!finish) {
    dc_key_files_discard (path);
    return TRUE;
  }
  if (dc_path_is_there (path) != dc_path_is_there (next))
    return dc_key_files_publish (path, error);
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE,
               "%s: found beside files of an earlier “keys new” that was cut off, expected to be of "
               "it: keep the keys that are in use in another folder, and delete the files that end in .next",
               path);

  return FALSE;
}

gboolean
dc_key_files_resume (const DcKeyPlace  *places,
                     gsize              n_places,
                     DcKeyFilesLeft    *left,
                     GError           **error)
{
  guint n_named = 0, n_next = 0, n_half = 0;

  for (gsize i = 0; i < n_places; i++) {
    g_autofree char *path = g_build_filename (places[i].folder, places[i].name, NULL);
    g_autofree char *next = next_of (path);

    n_named += dc_path_is_there (path);
    n_next += dc_path_is_there (next);
    n_half += remove_half (next);
  }

  *left = n_next > 0 && n_named > 0 ? DC_KEY_FILES_FINISHED
          : n_next + n_half > 0 ? DC_KEY_FILES_UNDONE : DC_KEY_FILES_NONE;
  for (gsize i = 0; n_next > 0 && i < n_places; i++) {
    g_autofree char *path = g_build_filename (places[i].folder, places[i].name, NULL);

    if (!settle (path, n_named > 0, error))
      return FALSE;
  }

  return TRUE;
}
