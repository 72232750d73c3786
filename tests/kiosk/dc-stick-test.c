/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-stick-test.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/mount.h>

#include "dc-small-disk.h"

#define MEDIA "/media"

static gboolean works;

void
dc_stick_test_enter (void)
{
  dc_small_disk_enter ();
  works = mount ("tmpfs", MEDIA, "tmpfs", 0, "size=64k") == 0;
}

gboolean
dc_stick_test_works (void)
{
  if (!works)
    g_test_skip ("needs to mount a file system: as root, or in a user name space");

  return works;
}

char *
dc_stick_test_put (const char *name,
                   const char *options,
                   gboolean    writable)
{
  char *path = g_build_filename (MEDIA, name, NULL);

  g_mkdir (path, 0755);
  if (mount ("/dev/sdz1", path, "tmpfs", writable ? 0 : MS_RDONLY, options) != 0)
    g_error ("%s: %s", path, g_strerror (errno));

  return path;
}

void
dc_stick_test_pull (const char *name)
{
  g_autofree char *path = g_build_filename (MEDIA, name, NULL);

  while (umount2 (path, MNT_DETACH) == 0)
    ;
  g_rmdir (path);
}

void
dc_stick_test_clear (void)
{
  g_autoptr (GDir) media = g_dir_open (MEDIA, 0, NULL);
  const char *name;

  while (works && (name = g_dir_read_name (media)) != NULL)
    dc_stick_test_pull (name);
}
