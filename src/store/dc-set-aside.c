/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-set-aside.h"

#include "dc-directory.h"
#include "dc-store-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

/* The time is only a help to whoever looks; the number makes the name new. */
static char *
choose_name (const char *parent)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");

  for (guint n = 1;; n++) {
    g_autofree char *name = g_strdup_printf ("%s-%u", time, n);
    g_autofree char *path = g_build_filename (parent, name, NULL);
    struct stat status;

    if (lstat (path, &status) != 0)
      return g_steal_pointer (&path);
  }
}

char *
dc_set_aside (const char  *state,
              const char  *name,
              GError     **error)
{
  g_autofree char *parent = g_build_filename (state, "set-aside", NULL);
  g_autofree char *from = g_build_filename (state, name, NULL);
  g_autofree char *to = NULL;

  if (!dc_directory_make (parent, error))
    return NULL;

  to = choose_name (parent);
  if (rename (from, to) != 0) {
    dc_store_error_set_errno (error, errno, "set aside", from);
    return NULL;
  }

  if (!dc_directory_sync (parent, error) || !dc_directory_sync (state, error))
    return NULL;

  return g_steal_pointer (&to);
}

guint
dc_set_aside_count (const char *state)
{
  g_autofree char *parent = g_build_filename (state, "set-aside", NULL);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (parent, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      count++;
  }

  return count;
}
