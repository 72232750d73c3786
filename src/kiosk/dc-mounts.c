/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-mounts.h"

#include <string.h>

enum {
  FIELD_DEVICE_NUMBER = 2,
  FIELD_POINT = 4,
  FIELD_OPTIONS = 5,
  N_FIELDS = 6,
};

void
dc_mount_free (DcMount *self)
{
  g_clear_pointer (&self->device_number, g_free);
  g_clear_pointer (&self->point, g_free);
  g_clear_pointer (&self->options, g_free);
  g_clear_pointer (&self->source, g_free);
  g_free (self);
}

char *
dc_mounts_read (void)
{
  char *text = NULL;

  return g_file_get_contents ("/proc/self/mountinfo", &text, NULL, NULL) ? text : g_strdup ("");
}

/* After " - " there are the type of the file system, its source, and options. */
static DcMount *
parse_line (const char *line)
{
  const char *separator = strstr (line, " - ");
  g_auto (GStrv) rest = separator != NULL ? g_strsplit (separator + 3, " ", 3) : NULL;
  g_auto (GStrv) fields = g_strsplit (line, " ", N_FIELDS + 1);
  DcMount *mount;

  if (g_strv_length (fields) <= N_FIELDS || rest == NULL || g_strv_length (rest) != 3)
    return NULL;

  mount = g_new0 (DcMount, 1);
  mount->device_number = g_strdup (fields[FIELD_DEVICE_NUMBER]);
  mount->point = g_strcompress (fields[FIELD_POINT]);     /* blanks come as \040 */
  mount->options = g_strdup (fields[FIELD_OPTIONS]);
  mount->source = g_strcompress (rest[1]);

  return mount;
}

GPtrArray *
dc_mounts_parse (const char *mountinfo)
{
  GPtrArray *mounts = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_mount_free);
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);

  for (char **line = lines; *line != NULL; line++) {
    DcMount *mount = parse_line (*line);

    if (mount != NULL)
      g_ptr_array_add (mounts, mount);
  }

  return mounts;
}
