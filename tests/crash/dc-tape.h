/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DC_TAPE_OPEN,             /* the file is there from now on */
  DC_TAPE_WRITE,
  DC_TAPE_TRUNCATE,         /* to the size @offset, shorter or longer */
  DC_TAPE_SYNC,
  DC_TAPE_SYNC_DIRECTORY,
  DC_TAPE_UNLINK,
  DC_TAPE_RENAME,
} DcTapeKind;

typedef struct
{
  DcTapeKind  kind;
  char       *path;     /* below the folder; "" for itself */
  char       *to;       /* (nullable) */
  guint8     *data;     /* (nullable) */
  gsize       size;
  gint64      offset;
} DcTapeStep;

/**
 * DcTape:
 *
 * Every change below one folder, in order, whether SQLite made it (through
 * dc-shim-vfs.h) or src/store itself (dc-shim-posix.h). Records from dc_tape_new () to
 * dc_tape_stop (); one tape at a time.
 */
typedef struct
{
  char   *folder;
  GArray *steps;         /* (owned) of DcTapeStep */
  /* A disk that says "synced" and is not: the control. */
  gboolean ignores_syncs;
} DcTape;

DcTape     *dc_tape_new  (const char *folder);
void        dc_tape_stop (DcTape     *self);
void        dc_tape_free (DcTape     *self);
const char *dc_tape_kind_to_string (DcTapeKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTape, dc_tape_free)

G_END_DECLS
