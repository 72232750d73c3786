/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line of /proc/self/mountinfo (proc(5)): one file system, mounted at one place. */
typedef struct
{
  char *device_number;   /* (owned) "8:17": of the file system, wherever it is mounted */
  char *point;           /* (owned) where */
  char *options;         /* (owned) "rw,nosuid,…" */
  char *source;          /* (owned) "/dev/sdb1", or what else it is of */
} DcMount;

void       dc_mount_free   (DcMount    *self);

/* What the kernel says now; "" where it cannot be read. (transfer full) */
char      *dc_mounts_read  (void);
/* (transfer full) of DcMount, in the order of @mountinfo */
GPtrArray *dc_mounts_parse (const char *mountinfo);

G_END_DECLS
