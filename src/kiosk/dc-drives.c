/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drives.h"

#include <string.h>

#include "dc-mounts.h"

/* Read from the kernel and not by GVolumeMonitor: a kiosk's session has no
 * daemon that would answer it. */

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

static gboolean
is_writable (const DcMount *mount)
{
  g_auto (GStrv) all = g_strsplit (mount->options, ",", -1);

  return g_strv_contains ((const char * const *) all, "rw");
}

/* What somebody put in: a device, and not a share of the network or memory. */
static gboolean
is_drive (const DcMount *mount)
{
  return g_str_has_prefix (mount->source, "/dev/")
         && (g_str_has_prefix (mount->point, "/media/") || g_str_has_prefix (mount->point, "/run/media/"));
}

static DcDrive *
drive_new (const DcMount *mount)
{
  DcDrive *drive = g_new0 (DcDrive, 1);
  g_autofree char *base = g_path_get_basename (mount->point);

  drive->name = g_utf8_make_valid (base, -1);
  drive->path = g_strdup (mount->point);

  return drive;
}

static GPtrArray *
read_all (const char *mountinfo,
          gboolean    writable)
{
  GPtrArray *drives = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_drive_free);
  g_autoptr (GPtrArray) mounts = dc_mounts_parse (mountinfo);

  for (guint i = 0; i < mounts->len; i++) {
    const DcMount *mount = mounts->pdata[i];

    if (is_drive (mount) && is_writable (mount) == writable)
      g_ptr_array_add (drives, drive_new (mount));
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
  g_autofree char *text = dc_mounts_read ();

  return read_all (text, writable);
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

gboolean
dc_drives_have (const char *path)
{
  g_autoptr (GPtrArray) drives = dc_drives_list ();

  for (guint i = 0; i < drives->len; i++) {
    if (g_str_equal (((DcDrive *) drives->pdata[i])->path, path))
      return TRUE;
  }

  return FALSE;
}
