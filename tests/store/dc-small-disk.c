/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-small-disk.h"

#include "dc-directory.h"
#include "dc-test.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static void
write_text (const char *path,
            const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (write (fd, text, strlen (text)) < 0)
    g_test_message ("%s: %s", path, g_strerror (errno));
  close (fd);
}

/* A name space of mounts that ends with this process, and where it is not run
 * by root one of users, in which it is root. */
void
dc_small_disk_enter (void)
{
  g_autofree char *uid = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree char *gid = g_strdup_printf ("0 %u 1", getegid ());

  if (geteuid () == 0) {
    if (unshare (CLONE_NEWNS) == 0)
      mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
  } else if (unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0) {
    write_text ("/proc/self/setgroups", "deny");
    write_text ("/proc/self/uid_map", uid);
    write_text ("/proc/self/gid_map", gid);
  }
}

void
dc_small_disk_init (DcSmallDisk *self,
                    const char  *size)
{
  g_autofree char *options = g_strconcat ("size=", size, NULL);

  self->path = dc_test_dir_new ();
  self->mounted = mount ("tmpfs", self->path, "tmpfs", 0, options) == 0;
  if (!self->mounted)
    g_test_skip_printf ("cannot mount a small disk: %s", g_strerror (errno));
}

void
dc_small_disk_clear (DcSmallDisk *self)
{
  if (self->mounted)
    g_assert_cmpint (umount (self->path), ==, 0);
  g_clear_pointer (&self->path, dc_test_dir_remove);
}

guint64
dc_small_disk_get_free (DcSmallDisk *self)
{
  guint64 bytes;

  g_assert_true (dc_directory_free_bytes (self->path, &bytes, NULL));

  return bytes;
}

void
dc_small_disk_fill_but (DcSmallDisk *self,
                        guint64      bytes)
{
  g_autofree char *path = g_build_filename (self->path, "filler", NULL);
  guint64 size;
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  size = dc_small_disk_get_free (self);
  if (size > bytes)
    g_assert_cmpint (posix_fallocate (fd, 0, (off_t) (size - bytes)), ==, 0);
  close (fd);
  g_assert_cmpuint (dc_small_disk_get_free (self), <=, bytes);
}

void
dc_small_disk_make_room (DcSmallDisk *self)
{
  g_autofree char *path = g_build_filename (self->path, "filler", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}
