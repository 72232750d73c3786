/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"
#include "dc-delivery.h"
#include "dc-queue.h"
#include "dc-statement.h"
#include "dc-tablet-key.h"

G_BEGIN_DECLS

/* What one run is told. Plain; dc_run_start () copies what it keeps. */
typedef struct
{
  const char         *campaign;
  const guint8       *pack;            /* SHA-256 of the signed manifest */
  const char         *setup;           /* text of destination.ini; NULL: a removable drive */
  const char         *authority;       /* (nullable) text of the PEM file that it names */
  const char         *folder;          /* (nullable) where a removable drive is mounted */
  const char * const *receipt_keys;    /* NULL-terminated */
  gboolean            everything;      /* also what was handed over there before */
  const DcStatementStall *stall;       /* (nullable) what the statement says of it */
  /* (nullable) the pledge whose donor may still undo it; NULL: none. Asked
   * before each step, so its data lives until the run has ended. */
  const DcId       *(*get_held) (gpointer data);
  gpointer            held_data;
} DcRunOrder;

typedef enum
{
  DC_RUN_IDLE,
  DC_RUN_CONNECTING,
  DC_RUN_SENDING,
  DC_RUN_CONFIRMING,       /* statement and receipts */
  DC_RUN_STOPPING,
  DC_RUN_ENDED,
} DcRunState;

/* What came of it, true at its end. */
typedef struct
{
  guint   handed_over;       /* records of any kind proven to be there by this run */
  guint   confirmed;         /* by the office: receipted by this run */
  guint   erased;            /* purged after that */
  guint   need_attention;    /* refused, in all; of any kind, as what follows */
  guint   left;              /* waiting, in all */
  guint   unread_receipts;   /* forged, foreign, truncated, of other bytes: nothing was done for them */
  gboolean may_remove;       /* the credential could delete there, which it should not */
  gboolean new_epoch;        /* the destination had lost what it had: all was offered again */
  gboolean clock_wrong;      /* by more than five minutes, or a certificate's time, as the destination's shows */
  GError *error;             /* (owned) (nullable) DC_DELIVERY_ERROR or DC_STORE_ERROR: what ended it early */
} DcRunOutcome;

/**
 * DcRun:
 *
 * Hands over what waits: queue → daily-cup-send → verdicts → queue. By hand
 * only, one at a time, oldest first, records in bundles sized to what the line
 * carries. Main thread; the work is the queue's thread and the other program's.
 * "changed" after each step. Holds a reference to the queue. When it is dropped
 * while it runs it stops as dc_run_stop () does.
 */
#define DC_TYPE_RUN (dc_run_get_type ())
G_DECLARE_FINAL_TYPE (DcRun, dc_run, DC, RUN, GObject)

/* @argv starts daily-cup-send (NULL-terminated; --state … and the like). */
DcRun              *dc_run_new              (DcQueue             *queue,
                                             DcTabletKey         *key,
                                             DcClock             *clock,
                                             const char * const  *argv);
/* From the next run on it is not started, but reached by the socket @path, as
 * dc_sender_new_socket () does. NULL: it is started. */
void                dc_run_set_socket       (DcRun               *self,
                                             const char          *path);
/* FALSE where one runs already. */
gboolean            dc_run_start            (DcRun               *self,
                                             const DcRunOrder    *order);
/* After "changed" says DC_RUN_ENDED, which follows within 2 s, no further byte leaves. */
void                dc_run_stop             (DcRun               *self);
DcRunState          dc_run_get_state        (DcRun               *self);
/* Records; @total is what there was to hand over. */
void                dc_run_get_progress     (DcRun               *self,
                                             guint               *done,
                                             guint               *total);
/* Seconds, by the rate so far; -1 where it cannot be told yet. */
gint                dc_run_get_remaining    (DcRun               *self);
/* (transfer none) (nullable) after DC_RUN_ENDED */
const DcRunOutcome *dc_run_get_outcome      (DcRun               *self);

/* Only whether it answers and takes the credential: an outcome without records. */
gboolean            dc_run_probe            (DcRun               *self,
                                             const DcRunOrder    *order);

/* The credential goes to daily-cup-send, which alone keeps it and never gives
 * it back. The file is that of a set-up stick. Errors are DC_DELIVERY_ERROR. */
void     dc_run_set_credential_async   (DcRun                *self,
                                        const DcRunOrder     *order,
                                        const char           *user,
                                        const char           *password,
                                        const char           *file,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean dc_run_set_credential_finish  (DcRun                *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
