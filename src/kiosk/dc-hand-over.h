/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"
#include "dc-pack.h"
#include "dc-run.h"
#include "dc-second-copy.h"
#include "dc-tablet-key.h"

G_BEGIN_DECLS

typedef enum
{
  DC_HAND_OVER_AT_REST,
  DC_HAND_OVER_PROBING,    /* whether the place answers; nothing leaves */
  DC_HAND_OVER_RUNNING,
} DcHandOverState;

/* What is known of the place that the pack names. */
typedef enum
{
  DC_HAND_OVER_UNKNOWN,
  DC_HAND_OVER_ANSWERS,
  DC_HAND_OVER_SILENT,     /* dc_hand_over_get_answer_error () */
} DcHandOverAnswer;

/**
 * DcHandOver:
 *
 * The kiosk's runs (#DcRun): where they go, by the pack, and what came of the
 * last one. Belongs to the kiosk and not to a page, so a run goes on whoever
 * stands before the tablet. Main thread. "changed" after each step.
 *
 * A demonstration hands over to a folder or a stick, never to a server.
 */
#define DC_TYPE_HAND_OVER (dc_hand_over_get_type ())
G_DECLARE_FINAL_TYPE (DcHandOver, dc_hand_over, DC, HAND_OVER, GObject)

/* @state_directory: below it daily-cup-send keeps what it knows. */
DcHandOver         *dc_hand_over_new              (DcPack           *pack,
                                                   DcQueue          *queue,
                                                   DcSecondCopy     *copy,
                                                   DcClock          *clock,
                                                   const char       *state_directory);
/* The tablet has its key: before that no run starts. */
void                dc_hand_over_set_tablet       (DcHandOver       *self,
                                                   DcTabletKey      *tablet);
/* Before that: daily-cup-send is not started but reached by this socket. */
void                dc_hand_over_set_socket       (DcHandOver       *self,
                                                   const char       *path);
/* Tests: another daily-cup-send than the one beside this program. */
void                dc_hand_over_set_program      (DcHandOver       *self,
                                                   const char       *path);

/* Where the pack's promises go; NULL: a stick that is chosen each time. */
const DcDestinationSetup *dc_hand_over_get_place  (DcHandOver       *self);
/* It is a server, and this is a demonstration. */
gboolean            dc_hand_over_is_forbidden     (DcHandOver       *self);
/* It may want a user and a password. */
gboolean            dc_hand_over_takes_credential (DcHandOver       *self);
/* A stick has to be chosen. */
gboolean            dc_hand_over_wants_drive      (DcHandOver       *self);

/* Asks the pack's place, where nothing else is under way. */
void                dc_hand_over_probe            (DcHandOver       *self);
/* Hands over what waits: to @drive, where it is mounted, or where NULL to the
 * pack's place. @everything: also what it has. FALSE: a run is under way, the
 * tablet has no key yet, or it is forbidden. */
gboolean            dc_hand_over_start            (DcHandOver       *self,
                                                   const char       *drive,
                                                   gboolean          everything);
void                dc_hand_over_stop             (DcHandOver       *self);

DcHandOverState     dc_hand_over_get_state        (DcHandOver       *self);
/* Of the run that is under way; as of dc_run_get_remaining (). */
void                dc_hand_over_get_progress     (DcHandOver       *self,
                                                   guint            *done,
                                                   guint            *total,
                                                   gint             *seconds);
gboolean            dc_hand_over_is_stopping      (DcHandOver       *self);
/* Of the last run since the program started. (transfer none) (nullable) */
const DcRunOutcome *dc_hand_over_get_outcome      (DcHandOver       *self);
/* Where that run, or the one under way, goes: the mount point of a stick; NULL:
 * the pack's place. */
const char         *dc_hand_over_get_drive        (DcHandOver       *self);
DcHandOverAnswer    dc_hand_over_get_answer       (DcHandOver       *self);
const GError       *dc_hand_over_get_answer_error (DcHandOver       *self);
/* The credential that is stored could also delete there. */
gboolean            dc_hand_over_may_remove       (DcHandOver       *self);

/* For the pack's place; as dc_run_set_credential_async (). */
void                dc_hand_over_set_credential_async  (DcHandOver           *self,
                                                        const char           *user,
                                                        const char           *password,
                                                        const char           *file,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean            dc_hand_over_set_credential_finish (DcHandOver           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
