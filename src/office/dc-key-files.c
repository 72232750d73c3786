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

/* Not by a link, as dc_durable_create () does it: sticks have no links. The
 * person at the desk is the only one who writes there. */
static gboolean
write_file (const File  *file,
            GError     **error)
{
  GStatBuf info;

  if (g_mkdir_with_parents (file->folder, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 "%s: found “%s”, expected to make this folder", file->folder, g_strerror (errno));
    return FALSE;
  }
  if (g_lstat (file->path, &info) == 0)
    return refuse_there (file->path, error);
  if (!dc_durable_replace (file->path, file->data, file->size, error))
    return FALSE;
  if (file->is_public)
    g_chmod (file->path, 0644);   /* on a stick there is none to set */

  return TRUE;
}

gboolean
dc_key_files_write (DcKeyFiles  *self,
                    GError     **error)
{
  for (guint i = 0; i < self->files->len; i++) {
    if (write_file (self->files->pdata[i], error))
      continue;
    while (i-- > 0) {
      const File *file = self->files->pdata[i];

      g_unlink (file->path);
    }
    return FALSE;
  }

  return TRUE;
}
