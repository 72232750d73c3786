/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-tape.h"

G_BEGIN_DECLS

/**
 * DcCrashDisk:
 *
 * What a disk may hold when the power goes. Steps of a tape are done on it one
 * by one; after any of them it can be asked for a folder as it might be found
 * by the next start. It is harsher than ext4:
 *
 * - What a file's last sync covers is there. Each write and each change of
 *   size since then may be there or not, whatever the order: a later one
 *   without an earlier one, a write beyond the end without the growth before
 *   it (the gap is zeros), new bytes over an old end that was not cut after
 *   all. A sync of one file says nothing of another.
 * - A write that is not whole is torn at multiples of 512 bytes within the
 *   file, any of its sectors being there or not; a sector is old or new. What
 *   a write did not touch does not change (SQLite's "powersafe overwrite").
 * - A file that grew by a write which was lost may have the length and zeros.
 * - Names (a file made, removed or renamed) become sure by a sync of their
 *   directory alone, as POSIX has it; ext4 makes all of them sure with any
 *   later sync. Of those that are not, the first few are there and the rest
 *   are not: metadata is journalled in order. So the last unlink may be undone.
 * - A directory is there when a file in it is.
 *
 * Not in it: bytes that rot after they were synced, a controller that spoils
 * sectors which it was not writing, and a disk that lies about syncs; the last
 * one is the control by which the test is tested.
 */
typedef struct _DcCrashDisk DcCrashDisk;

typedef enum
{
  DC_CRASH_NOTHING,   /* of what was not synced is there */
  DC_CRASH_SOME,      /* a random part of the writes, whole */
  DC_CRASH_TORN,      /* a random part, some of them torn */
  DC_CRASH_FIRST,     /* the first few in order, the last of them torn */
  DC_CRASH_ALL,       /* the process died and the machine did not */
  DC_N_CRASHES
} DcCrash;

DcCrashDisk *dc_crash_disk_new   (void);
void         dc_crash_disk_free  (DcCrashDisk       *self);

/* The folder at its beginning: all files below @folder, and synced. */
void         dc_crash_disk_load  (DcCrashDisk       *self,
                                  const char        *folder);
/* @step stays with its tape, which must live as long. */
void         dc_crash_disk_do    (DcCrashDisk       *self,
                                  const DcTapeStep  *step);
/* Makes the folder @folder (and nothing else in it) as a crash now would
 * leave it. */
void         dc_crash_disk_leave (DcCrashDisk       *self,
                                  DcCrash            crash,
                                  GRand             *rand,
                                  const char        *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcCrashDisk, dc_crash_disk_free)

G_END_DECLS
