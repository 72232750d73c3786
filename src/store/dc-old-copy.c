/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-old-copy.h"

#include "dc-directory.h"
#include "dc-schema.h"
#include "dc-store-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static char *
get_path (const char *folder,
          guint       version)
{
  g_autofree char *name = g_strdup_printf ("queue-v%u.db", version);

  return g_build_filename (folder, name, NULL);
}

/* Removes nothing that is not there: a queue of today costs no sync. */
gboolean
dc_old_copy_remove (const char  *folder,
                    GError     **error)
{
  gboolean removed = FALSE;

  for (guint version = 1; version < DC_SCHEMA_VERSION; version++) {
    g_autofree char *path = get_path (folder, version);

    if (g_unlink (path) == 0) {
      removed = TRUE;
    } else if (errno != ENOENT) {
      dc_store_error_set_errno (error, errno, "remove", path);
      return FALSE;
    }
  }

  return !removed || dc_directory_sync (folder, error);
}

static gboolean
make_file (const char  *path,
           GError     **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0) {
    dc_store_error_set_errno (error, errno, "make", path);
    return FALSE;
  }
  close (fd);

  return TRUE;
}

gboolean
dc_old_copy_make (DcDatabase  *database,
                  const char  *folder,
                  guint        version,
                  GError     **error)
{
  g_autofree char *path = get_path (folder, version);

  if (!dc_old_copy_remove (folder, error) || !make_file (path, error))
    return FALSE;
  if (dc_database_copy (database, path, error) && dc_directory_sync (folder, error))
    return TRUE;

  dc_old_copy_remove (folder, NULL);

  return FALSE;
}
