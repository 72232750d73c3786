/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SQLite's own view of the disk, counted, and failing on demand: a VFS in
 * front of the system's. Version 1 of the file methods, so without shared
 * memory: a queue opens at all only if it takes the exclusive lock before it
 * asks for the journal. */

typedef enum
{
  DC_SHIM_READ,
  DC_SHIM_WRITE,
  DC_SHIM_SYNC,
  DC_SHIM_TRUNCATE,
  DC_SHIM_OPEN,
  DC_SHIM_DELETE,
  DC_SHIM_ACCESS,
  DC_SHIM_FILE_SIZE,
  DC_SHIM_LOCK,
  DC_SHIM_N_OPERATIONS,
  DC_SHIM_ANY = DC_SHIM_N_OPERATIONS
} DcShimOperation;

/* One operation that changed the disk and succeeded: OPEN, WRITE, TRUNCATE,
 * SYNC or DELETE. */
typedef struct
{
  DcShimOperation  operation;
  const char      *path;
  const void      *data;              /* of a WRITE, until the call returns */
  gsize            size;
  gint64           offset;            /* of a TRUNCATE: the new size */
  gboolean         syncs_directory;   /* with it, so that the file's name stays or is gone */
} DcShimEvent;

typedef void (*DcShimWatch) (const DcShimEvent *event,
                             gpointer           data);

/* Becomes the default of this process; idempotent. */
void    dc_shim_vfs_install (void);
/* The system's own is the default again, for what is opened from now on. */
void    dc_shim_vfs_step_aside (void);
/* Hears of every change, on the thread that makes it; NULL: no more. */
void    dc_shim_vfs_watch   (DcShimWatch  watch,
                             gpointer     data);
/* SQLite's random numbers (a journal's salt) follow from @seed; 0: they are
 * the system's. */
void    dc_shim_vfs_seed    (guint32      seed);
/* Back to zero counts, no fault, and EIO. */
void    dc_shim_vfs_reset   (void);
guint   dc_shim_vfs_count   (DcShimOperation  operation);
/* Bytes that were written. */
guint64 dc_shim_vfs_bytes   (void);
/* The @after-th next @operation (0: the very next) on a file whose name ends
 * in @suffix fails with the SQLite @code, and with @persistent all that
 * follow. DC_SHIM_ANY: whatever it is, each with its own code. */
void    dc_shim_vfs_fail    (DcShimOperation  operation,
                             const char      *suffix,
                             guint            after,
                             gboolean         persistent,
                             int              code);
/* What the system says of the faults that follow; EIO where it is not set. */
void    dc_shim_vfs_set_errno (int            number);
/* The @after-th next operation of any kind (0: the very next), on any file,
 * does not happen: the process ends there, as if it had been killed. */
void    dc_shim_vfs_kill    (guint            after);
/* Faults that were delivered. */
guint   dc_shim_vfs_faults  (void);

G_END_DECLS
