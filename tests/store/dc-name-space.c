/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-name-space.h"

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

void
dc_name_space_enter (void)
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
