/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk of a few megabytes that can really be full: a tmpfs in a name space
 * of mounts that ends with the process. */
typedef struct
{
  char     *path;      /* of its root */
  gboolean  mounted;   /* where not, the test was skipped with the reason */
} DcSmallDisk;

/* Once, before any thread: in main (). */
void     dc_small_disk_enter     (void);

void     dc_small_disk_init      (DcSmallDisk  *self,
                                  const char   *size);
void     dc_small_disk_clear     (DcSmallDisk  *self);

guint64  dc_small_disk_get_free  (DcSmallDisk  *self);
/* Leaves @bytes of the disk, in whole blocks. */
void     dc_small_disk_fill_but  (DcSmallDisk  *self,
                                  guint64       bytes);
void     dc_small_disk_make_room (DcSmallDisk  *self);

G_END_DECLS
