/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ballast.h"

#include "dc-directory.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
has_room (const char *path,
          gsize       size)
{
  g_autofree char *directory = g_path_get_dirname (path);
  guint64 free_bytes;

  return dc_directory_free_bytes (directory, &free_bytes, NULL)
         && free_bytes >= (guint64) size + DC_BALLAST_ROOM;
}

gboolean
dc_ballast_restore (const char *path,
                    gsize       size)
{
  struct stat status;
  gboolean held;
  int fd;

  if (lstat (path, &status) == 0 && (gsize) status.st_size == size)
    return TRUE;

  g_unlink (path);
  if (!has_room (path, size))
    return FALSE;

  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return FALSE;

  held = posix_fallocate (fd, 0, (off_t) size) == 0 && fsync (fd) == 0;
  close (fd);
  if (!held)
    g_unlink (path);

  return held;
}

gboolean
dc_ballast_release (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);

  if (g_unlink (path) != 0)
    return FALSE;

  /* ext4 hands freed blocks out only after its journal has committed. */
  dc_directory_sync (directory, NULL);

  return TRUE;
}
