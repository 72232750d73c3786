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
  DC_SHIM_N_OPERATIONS
} DcShimOperation;

/* Becomes the default of this process; idempotent. */
void    dc_shim_vfs_install (void);
/* Back to zero counts and no fault. */
void    dc_shim_vfs_reset   (void);
guint   dc_shim_vfs_count   (DcShimOperation  operation);
/* Bytes that were written. */
guint64 dc_shim_vfs_bytes   (void);
/* The @after-th next @operation (0: the very next) on a file whose name ends
 * in @suffix fails with the SQLite @code, and with @persistent all that
 * follow. */
void    dc_shim_vfs_fail    (DcShimOperation  operation,
                             const char      *suffix,
                             guint            after,
                             gboolean         persistent,
                             int              code);
/* The @after-th next operation of any kind (0: the very next), on any file,
 * does not happen: the process ends there, as if it had been killed. */
void    dc_shim_vfs_kill    (guint            after);
/* Faults that were delivered. */
guint   dc_shim_vfs_faults  (void);

G_END_DECLS
