/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drives.h"

#include <string.h>

/* Read from the kernel and not by GVolumeMonitor: a kiosk's session has no
 * daemon that would answer it. */

/* proc(5): what stands where in a line. */
enum {
  FIELD_MOUNT_POINT = 4,
  FIELD_OPTIONS = 5,
  N_FIELDS = 6,
};

void
dc_drive_free (DcDrive *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const DcDrive *one = *(const DcDrive * const *) a;
  const DcDrive *other = *(const DcDrive * const *) b;
  int order = g_utf8_collate (one->name, other->name);

  return order != 0 ? order : strcmp (one->path, other->path);
}

/* Of a device, and not a share of the network or memory. The part after " - "
 * is the type of the file system, then its source. */
static gboolean
is_device (const char *line)
{
  const char *separator = strstr (line, " - ");
  g_auto (GStrv) parts = separator != NULL ? g_strsplit (separator + 3, " ", 3) : NULL;

  return parts != NULL && g_strv_length (parts) == 3 && g_str_has_prefix (parts[1], "/dev/");
}

static gboolean
is_writable (const char *options)
{
  g_auto (GStrv) all = g_strsplit (options, ",", -1);

  return g_strv_contains ((const char * const *) all, "rw");
}

/* NULL: not one that somebody put in, or not @writable as asked for. */
static DcDrive *
read_line (const char *line,
           gboolean    writable)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", N_FIELDS + 1);
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  DcDrive *drive;

  if (g_strv_length (fields) <= N_FIELDS || !is_device (line)
      || is_writable (fields[FIELD_OPTIONS]) != writable)
    return NULL;
  /* Blanks come as \040. */
  path = g_strcompress (fields[FIELD_MOUNT_POINT]);
  if (!g_str_has_prefix (path, "/media/") && !g_str_has_prefix (path, "/run/media/"))
    return NULL;

  base = g_path_get_basename (path);
  drive = g_new0 (DcDrive, 1);
  drive->name = g_utf8_make_valid (base, -1);
  drive->path = g_steal_pointer (&path);

  return drive;
}

static GPtrArray *
read_all (const char *mountinfo,
          gboolean    writable)
{
  GPtrArray *drives = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_drive_free);
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);

  for (char **line = lines; *line != NULL; line++) {
    DcDrive *drive = read_line (*line, writable);

    if (drive != NULL)
      g_ptr_array_add (drives, drive);
  }
  g_ptr_array_sort (drives, compare);

  return drives;
}

GPtrArray *
dc_drives_read (const char *mountinfo)
{
  return read_all (mountinfo, TRUE);
}

GPtrArray *
dc_drives_read_locked (const char *mountinfo)
{
  return read_all (mountinfo, FALSE);
}

static GPtrArray *
list_all (gboolean writable)
{
  g_autofree char *text = NULL;

  g_file_get_contents ("/proc/self/mountinfo", &text, NULL, NULL);

  return read_all (text != NULL ? text : "", writable);
}

GPtrArray *
dc_drives_list (void)
{
  return list_all (TRUE);
}

GPtrArray *
dc_drives_list_locked (void)
{
  return list_all (FALSE);
}
