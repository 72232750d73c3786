/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-staff-gate.h"

G_BEGIN_DECLS

#define DC_STAFF_FILE_MAX_SIZE 4096

/**
 * DcStaffFile:
 * @hashes: (owned) (nullable): Argon2id of each role's PIN
 * @tries: counted since the last right PIN
 * @boot_id: of the boot in which the last one was counted; may be empty
 * @last_us: when that was, in microseconds since that boot
 *
 * What staff.ini says. A plain value; no I/O.
 */
typedef struct
{
  char   *hashes[DC_N_STAFF_ROLES];
  guint   tries;
  char    boot_id[37];
  gint64  last_us;
} DcStaffFile;

DcStaffFile *dc_staff_file_new         (void);
void         dc_staff_file_free        (DcStaffFile        *self);

/* Takes only what dc_staff_file_to_text () writes, byte for byte: a private
 * file that differs was damaged or doctored. DC_STAFF_GATE_ERROR_DAMAGED,
 * with what is wrong. (transfer full) */
DcStaffFile *dc_staff_file_parse       (const char         *text,
                                        gsize               length,
                                        GError            **error);
char        *dc_staff_file_to_text     (const DcStaffFile  *self);   /* (transfer full) */

/* The wait before the next try. It is measured on the clock since boot, from
 * the moment the last try was counted. That moment means nothing in another
 * boot: then the whole wait begins again at @now; so it does where the moment
 * lies ahead of the clock, so that no file can lock for more than an hour.
 * @now has a valid boot id or an empty one. */
void         dc_staff_file_count_try   (DcStaffFile        *self,
                                        const DcStamp      *now);
/* Whether a wait had to begin again. */
gboolean     dc_staff_file_follow_boot (DcStaffFile        *self,
                                        const DcStamp      *now);
/* Seconds, rounded up; 0: a try is taken now. */
guint        dc_staff_file_wait_s      (DcStaffFile        *self,
                                        const DcStamp      *now);
guint        dc_staff_file_tries_left  (const DcStaffFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcStaffFile, dc_staff_file_free)

G_END_DECLS
