/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-room.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
room_of (const char *path)
{
  return g_strconcat (path, ".room", NULL);
}

void
dc_staff_room_keep (const char *path)
{
  g_autofree char *room = room_of (path);
  struct stat status;
  gboolean held;
  int fd;

  if (lstat (room, &status) == 0 && status.st_size == DC_STAFF_ROOM_SIZE)
    return;

  unlink (room);
  fd = open (room, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return;

  held = posix_fallocate (fd, 0, DC_STAFF_ROOM_SIZE) == 0;
  close (fd);
  if (!held)
    unlink (room);
}

gboolean
dc_staff_room_give_up (const char *path)
{
  g_autofree char *room = room_of (path);
  g_autofree char *directory = g_path_get_dirname (path);
  int fd;

  if (unlink (room) != 0)
    return FALSE;

  /* ext4 hands freed blocks out only after its journal has committed. */
  fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    TEMP_FAILURE_RETRY (fsync (fd));
    close (fd);
  }

  return TRUE;
}
