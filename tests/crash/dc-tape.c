/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tape.h"

#include "dc-shim-posix.h"
#include "dc-shim-vfs.h"

#include <string.h>

static const char * const kinds[] = {
  "open", "write", "truncate", "sync", "sync-directory", "unlink", "rename",
};

const char *
dc_tape_kind_to_string (DcTapeKind kind)
{
  return kinds[kind];
}

static void
step_clear (gpointer data)
{
  DcTapeStep *step = data;

  g_clear_pointer (&step->path, g_free);
  g_clear_pointer (&step->to, g_free);
  g_clear_pointer (&step->data, g_free);
}

/* (nullable) where it is not below the folder */
static const char *
below (DcTape     *self,
       const char *path)
{
  gsize length = strlen (self->folder);

  if (path == NULL || strncmp (path, self->folder, length) != 0)
    return NULL;

  return path[length] == '/' ? path + length + 1 : path + length;
}

static void
record (DcTape     *self,
        DcTapeStep  step)
{
  step.path = g_strdup (below (self, step.path));
  step.to = g_strdup (below (self, step.to));
  step.data = g_memdup2 (step.data, step.size);

  if (step.path == NULL
      || (self->ignores_syncs && (step.kind == DC_TAPE_SYNC || step.kind == DC_TAPE_SYNC_DIRECTORY)))
    step_clear (&step);
  else
    g_array_append_val (self->steps, step);
}

static void
record_parent_sync (DcTape     *self,
                    const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);

  record (self, (DcTapeStep) { DC_TAPE_SYNC_DIRECTORY, .path = directory });
}

static void
on_sqlite (const DcShimEvent *event,
           gpointer           data)
{
  static const int of[DC_SHIM_N_OPERATIONS] = {
    [DC_SHIM_OPEN] = DC_TAPE_OPEN,
    [DC_SHIM_WRITE] = DC_TAPE_WRITE,
    [DC_SHIM_TRUNCATE] = DC_TAPE_TRUNCATE,
    [DC_SHIM_SYNC] = DC_TAPE_SYNC,
    [DC_SHIM_DELETE] = DC_TAPE_UNLINK,
  };

  record (data, (DcTapeStep) { of[event->operation], (char *) event->path, NULL,
                               (guint8 *) event->data, event->size, event->offset });
  if (event->syncs_directory)
    record_parent_sync (data, event->path);
}

static void
on_posix (DcPosixCall  call,
          const char  *path,
          const char  *to,
          gint64       size,
          gpointer     data)
{
  static const DcTapeKind of[] = {
    [DC_POSIX_OPEN] = DC_TAPE_OPEN,
    [DC_POSIX_SYNC] = DC_TAPE_SYNC,
    [DC_POSIX_SYNC_DIRECTORY] = DC_TAPE_SYNC_DIRECTORY,
    [DC_POSIX_ALLOCATE] = DC_TAPE_TRUNCATE,
    [DC_POSIX_UNLINK] = DC_TAPE_UNLINK,
    [DC_POSIX_RENAME] = DC_TAPE_RENAME,
  };

  record (data, (DcTapeStep) { of[call], (char *) path, (char *) to, NULL, 0, size });
}

DcTape *
dc_tape_new (const char *folder)
{
  DcTape *self = g_new0 (DcTape, 1);

  self->folder = g_strdup (folder);
  self->steps = g_array_new (FALSE, FALSE, sizeof (DcTapeStep));
  g_array_set_clear_func (self->steps, step_clear);
  dc_shim_vfs_watch (on_sqlite, self);
  dc_shim_posix_watch (on_posix, self);

  return self;
}

void
dc_tape_stop (DcTape *self)
{
  dc_shim_vfs_watch (NULL, NULL);
  dc_shim_posix_watch (NULL, NULL);
}

void
dc_tape_free (DcTape *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self);
}
