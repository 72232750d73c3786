/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A drive that somebody put into the tablet: one that is mounted under /media
 * or /run/media, as the FHS and udisks have it, and can be written to. */
typedef struct
{
  char *name;       /* (owned) the last part of @path, which is its label */
  char *path;       /* (owned) where it is mounted */
} DcDrive;

void       dc_drive_free  (DcDrive    *self);

/* Those that are there now, by name; quick. (transfer full) of DcDrive */
GPtrArray *dc_drives_list (void);
/* Those in the text of a /proc/self/mountinfo (proc(5)). */
GPtrArray *dc_drives_read (const char *mountinfo);
/* As above, those that somebody put in and that cannot be written to. */
GPtrArray *dc_drives_list_locked (void);
GPtrArray *dc_drives_read_locked (const char *mountinfo);

/* Whether one that can be written to is mounted there now: where one was, there
 * may be an empty folder of the tablet's own disk. */
gboolean   dc_drives_have (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDrive, dc_drive_free)

G_END_DECLS
