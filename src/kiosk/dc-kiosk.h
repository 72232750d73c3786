/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"
#include "dc-drill-state.h"
#include "dc-hand-over.h"
#include "dc-pack.h"
#include "dc-queue.h"
#include "dc-sealer.h"
#include "dc-second-copy.h"
#include "dc-settings.h"
#include "dc-staff-gate.h"
#include "dc-stall.h"

G_BEGIN_DECLS

/* What keeps the kiosk from taking pledges. The staff pages have a sentence
 * for each; donors are offered the code instead. */
typedef enum
{
  DC_TROUBLE_NONE,
  DC_TROUBLE_STARTING,     /* the queue is still being opened and checked */
  DC_TROUBLE_DISK_FULL,
  DC_TROUBLE_DISK,         /* cannot be written or read */
  DC_TROUBLE_SEAL,         /* a pledge cannot be sealed */
  DC_TROUBLE_DRILL,        /* a key of the office has not been tried on this tablet */
  DC_TROUBLE_NOT_LIVE,     /* the coordinator has not let it take pledges */
} DcTrouble;

/**
 * DcKiosk:
 *
 * The composition root: the campaign pack, the tablet's key, the queue, the
 * staff gate and the clock of this run, handed down to the window and its
 * pages. Watches whether a pledge could be taken now: property "trouble"
 * (#DcTrouble) notifies. With a live pack that is only after a drill with each
 * of its keys, and after the coordinator said so. Main thread.
 */
#define DC_TYPE_KIOSK (dc_kiosk_get_type ())
G_DECLARE_FINAL_TYPE (DcKiosk, dc_kiosk, DC, KIOSK, GObject)

/* Reads the pack and the staff file; blocks for some milliseconds. Fails only
 * where the pack cannot be used: the one thing that stops a stall. */
DcKiosk     *dc_kiosk_new            (const char           *pack_directory,
                                      const char           *state_directory,
                                      DcClock              *clock,
                                      GError              **error);
/* Decides that all in the state directory is to be deleted, durably, and emits
 * "wiped": who runs the program ends it, and the files go when the queue is
 * closed, or at the next dc_kiosk_new (). Nothing is deleted where it fails. */
gboolean     dc_kiosk_wipe           (DcKiosk              *self,
                                      GError              **error);
/* Opens the queue. Fails only where another Daily Cup has it; any other
 * fault is a trouble, and is tried again by itself. */
void         dc_kiosk_start_async    (DcKiosk              *self,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean     dc_kiosk_start_finish   (DcKiosk              *self,
                                      GAsyncResult         *result,
                                      GError              **error);
/* Looks again whether a pledge could be taken; "trouble" tells. */
void         dc_kiosk_check          (DcKiosk              *self);
/* A save failed: the trouble is known before the next check. */
void         dc_kiosk_report         (DcKiosk              *self,
                                      const GError         *error);
/* The donor of @id has read that nothing is stored. A save that met a failing
 * disk can be found to be there after all: it is undone when the queue is next
 * open. */
void         dc_kiosk_take_back      (DcKiosk              *self,
                                      const DcId           *id);
DcTrouble    dc_kiosk_get_trouble    (DcKiosk              *self);
gboolean     dc_kiosk_can_pledge     (DcKiosk              *self);

DcPack      *dc_kiosk_get_pack       (DcKiosk              *self);
DcCampaign  *dc_kiosk_get_campaign   (DcKiosk              *self);
DcQueue     *dc_kiosk_get_queue      (DcKiosk              *self);
/* The folder that the pack was read from. */
const char  *dc_kiosk_get_pack_directory (DcKiosk          *self);
/* Where all that it keeps lies. */
const char  *dc_kiosk_get_state_directory (DcKiosk         *self);
/* (nullable) until the tablet's key was read, before any pledge can be taken */
DcSealer    *dc_kiosk_get_sealer     (DcKiosk              *self);
/* What a drill has proved; a demonstration has one of its own, for show.
 * (nullable) until dc_kiosk_get_sealer (). Who changes it calls
 * dc_kiosk_check (). */
DcDrillState *dc_kiosk_get_drill      (DcKiosk              *self);
/* Where a drill's file may go besides a removable drive; in a demonstration
 * at first a folder of the state directory. (nullable) */
const char  *dc_kiosk_get_drill_folder (DcKiosk            *self);
void         dc_kiosk_set_drill_folder (DcKiosk            *self,
                                        const char         *folder);
DcStaffGate *dc_kiosk_get_staff_gate (DcKiosk              *self);
/* FALSE: the file with the PINs is damaged; the stall goes on without them,
 * until the office gives leave for new ones. */
gboolean     dc_kiosk_staff_gate_works (DcKiosk            *self);
/* The shift, practice, and whether a volunteer types for the next donor. */
DcStall     *dc_kiosk_get_stall      (DcKiosk              *self);
/* What the coordinator set. */
DcSettings  *dc_kiosk_get_settings   (DcKiosk              *self);
/* The session's own on-screen keyboard, by the settings or as the program was
 * started. */
gboolean     dc_kiosk_uses_platform_keyboard (DcKiosk      *self);
void         dc_kiosk_set_platform_keyboard (DcKiosk       *self,
                                             gboolean       platform);
/* Begins when the queue is open and the tablet has its key. */
DcSecondCopy *dc_kiosk_get_second_copy (DcKiosk            *self);
/* The runs that hand over what waits. */
DcHandOver  *dc_kiosk_get_hand_over  (DcKiosk              *self);
DcClock     *dc_kiosk_get_clock      (DcKiosk              *self);
/* Today in the campaign's time zone. (transfer full) */
char        *dc_kiosk_get_day        (DcKiosk              *self);

G_END_DECLS
