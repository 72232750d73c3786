/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"

G_BEGIN_DECLS

/**
 * DcStaffRole:
 * @DC_STAFF_VOLUNTEER: starts shifts, sees what was taken
 * @DC_STAFF_COORDINATOR: also syncs and sets the tablet up
 */
typedef enum
{
  DC_STAFF_VOLUNTEER,
  DC_STAFF_COORDINATOR,
  DC_N_STAFF_ROLES
} DcStaffRole;

#define DC_STAFF_GATE_ERROR (dc_staff_gate_error_quark ())
GQuark dc_staff_gate_error_quark (void);

typedef enum
{
  DC_STAFF_GATE_ERROR_WRONG,      /* not the PIN of anybody */
  DC_STAFF_GATE_ERROR_LOCKED,     /* too many tries: wait */
  DC_STAFF_GATE_ERROR_NO_PIN,     /* none was ever set */
  DC_STAFF_GATE_ERROR_PIN,        /* not 4 to 12 digits */
  DC_STAFF_GATE_ERROR_SAME,       /* the other role has this PIN */
  DC_STAFF_GATE_ERROR_BUSY,       /* a try or a change is under way */
  DC_STAFF_GATE_ERROR_DAMAGED,    /* staff.ini is not what was written, or was not loaded */
  DC_STAFF_GATE_ERROR_IO,         /* the disk, or no memory to hash a PIN */
} DcStaffGateError;

/* Tries before the first wait, and the waits in seconds: they double. */
#define DC_STAFF_GATE_FREE_TRIES 5
#define DC_STAFF_GATE_FIRST_WAIT 30
#define DC_STAFF_GATE_LAST_WAIT  3600

/**
 * DcStaffGate:
 *
 * The PIN pad's judge. Owns staff.ini in the state directory: two PINs, hashed
 * with Argon2id, and one count of the tries since the last right one. A try is
 * on disk before it is checked, so that pulling the plug saves nobody a try.
 * After five tries each further one waits, 30 s doubling up to an hour,
 * measured by the clock since boot: neither a restart nor a changed date
 * shortens it, and after a reboot the whole wait begins anew.
 *
 * Lives on the main thread; hashing and the disk's work run on a worker. What
 * it guards is the staff's pages, not the donors, whose records no PIN opens.
 * Whoever can write to the state directory can take the gate away.
 */
#define DC_TYPE_STAFF_GATE (dc_staff_gate_get_type ())
G_DECLARE_FINAL_TYPE (DcStaffGate, dc_staff_gate, DC, STAFF_GATE, GObject)

/* @path: of staff.ini; its directory must exist. */
DcStaffGate *dc_staff_gate_new            (const char           *path,
                                           DcClock              *clock);

/* Before all else. No file: no PINs yet, which is no error. A file that is not
 * what was written is DC_STAFF_GATE_ERROR_DAMAGED, stays as it is, and all
 * else fails in the same way until it is put back or removed and loaded again.
 * Blocks; quick. */
gboolean     dc_staff_gate_load           (DcStaffGate          *self,
                                           GError              **error);

/* FALSE: the file is damaged or cannot be read, and nobody can be let in. */
gboolean     dc_staff_gate_is_loaded      (DcStaffGate          *self);
/* The office gave leave for new PINs: the next change may begin a file anew in
 * the place of one that is damaged. It stays as it is until that change is on
 * disk; a change that fails leaves the gate closed, and wants this again. No
 * effect on a gate that is loaded. */
void         dc_staff_gate_let_mend       (DcStaffGate          *self);

gboolean     dc_staff_gate_has_pin        (DcStaffGate          *self,
                                           DcStaffRole           role);

/* When it succeeds the PIN is on disk. Does not ask for the old one, nor
 * touch the count; the caller knows who stands there, and whether to refuse a
 * trivial PIN (dc-pin.h). Takes a large fraction of a second. */
gboolean     dc_staff_gate_set_pin        (DcStaffGate          *self,
                                           DcStaffRole           role,
                                           const char           *pin,
                                           GError              **error);
void         dc_staff_gate_set_pin_async  (DcStaffGate          *self,
                                           DcStaffRole           role,
                                           const char           *pin,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     dc_staff_gate_set_pin_finish (DcStaffGate          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* One try at a time; a second one fails with BUSY and is not counted, nor is
 * one while locked or one that is not 4 to 12 digits. The pin is copied and
 * the copy wiped. A cancelled try is counted all the same. */
void         dc_staff_gate_try_async      (DcStaffGate          *self,
                                           const char           *pin,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* TRUE: @role is whose PIN it was. @tries_left before the next wait, and
 * @wait_s, the seconds until the next try is taken, are set in any case.
 * All three are optional. */
gboolean     dc_staff_gate_try_finish     (DcStaffGate          *self,
                                           GAsyncResult         *result,
                                           DcStaffRole          *role,
                                           guint                *tries_left,
                                           guint                *wait_s,
                                           GError              **error);

/* Whether a try would have to wait now, and how many seconds (rounded up). */
gboolean     dc_staff_gate_is_locked      (DcStaffGate          *self,
                                           guint                *wait_s);

G_END_DECLS
