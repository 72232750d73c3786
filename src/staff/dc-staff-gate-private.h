/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-staff-file.h"
#include "dc-staff-gate.h"

G_BEGIN_DECLS

/* Between the files of DcStaffGate only.
 *
 * The mutex guards @file and @busy. No job holds it while the disk or Argon2id
 * works: @busy keeps the next one out until then. */
struct _DcStaffGate
{
  GObject      parent_instance;

  char        *path;
  DcClock     *clock;

  GMutex       mutex;
  DcStaffFile *file;   /* (owned) (nullable): NULL until it was loaded */
  gboolean     busy;
  gboolean     may_mend;   /* the next change may begin a file anew */
};

/* One try, or one change of a PIN. */
typedef struct
{
  DcStaffRole  role;                       /* of a change */
  char        *pin;
  char        *counted;                    /* of a try: staff.ini with it counted */
  char        *hashes[DC_N_STAFF_ROLES];
} DcStaffJob;

DcStaffJob *_dc_staff_job_new     (DcStaffRole    role,
                                   const char    *pin);
/* Wipes the PIN. */
void        _dc_staff_job_free    (gpointer       job);

/* Neither busy nor without a file. With the mutex held. */
gboolean    _dc_staff_gate_ready  (DcStaffGate   *self,
                                   GError       **error);
gboolean    _dc_staff_gate_pin_ok (const char    *pin,
                                   GError       **error);
/* The clock, with a boot id that is a UUID or empty. */
void        _dc_staff_gate_now    (DcStaffGate   *self,
                                   DcStamp       *now);
/* Replaces staff.ini durably. */
gboolean    _dc_staff_gate_write  (DcStaffGate   *self,
                                   const char    *text,
                                   GError       **error);
/* No longer busy. Without the mutex. */
void        _dc_staff_gate_end    (DcStaffGate   *self);
/* What a try now would find. Takes the mutex. */
void        _dc_staff_gate_look   (DcStaffGate   *self,
                                   guint         *tries_left,
                                   guint         *wait_s);

G_END_DECLS
