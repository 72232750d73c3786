/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-directory.h"

#include "dc-store-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

gboolean
dc_directory_make (const char  *path,
                   GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  struct stat status;

  if (lstat (path, &status) == 0) {
    if (S_ISDIR (status.st_mode))
      return TRUE;

    dc_store_error_set_errno (error, ENOTDIR, "use", path);
    return FALSE;
  }

  if (g_mkdir_with_parents (path, 0700) != 0) {
    dc_store_error_set_errno (error, errno, "make", path);
    return FALSE;
  }

  return dc_directory_sync (parent, error);
}

gboolean
dc_directory_sync (const char  *path,
                   GError     **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    dc_store_error_set_errno (error, errno, "sync", path);
  if (fd >= 0)
    close (fd);

  return synced;
}

gboolean
dc_directory_free_bytes (const char  *path,
                         guint64     *bytes,
                         GError     **error)
{
  struct statvfs status;

  if (statvfs (path, &status) != 0) {
    dc_store_error_set_errno (error, errno, "measure", path);
    return FALSE;
  }

  *bytes = (guint64) status.f_bavail * status.f_frsize;

  return TRUE;
}
