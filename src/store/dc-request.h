/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-pledge.h"
#include "dc-queue-destinations.h"
#include "dc-sealer.h"
#include "dc-state.h"
#include "dc-statement.h"
#include "dc-store.h"
#include "dc-tally.h"

G_BEGIN_DECLS

/**
 * DcRequest:
 *
 * One call on its way to the worker thread and back: the data of its GTask.
 * Made and freed on the main thread; between, while the job runs, the worker
 * reads what was asked and writes the answer.
 */
typedef struct
{
  /* Asked. */
  DcKind     kind;
  DcPledge  *pledge;       /* (owned) */
  DcSealer  *sealer;       /* (owned) */
  DcId       id;
  char      *day;          /* (owned) */
  char      *shift;        /* (owned) (nullable) */
  guint      limit;
  DcState    to;
  char      *reason;       /* (owned) */
  GBytes    *receipt;      /* (owned) */
  gint64     after;
  gboolean   has_id;       /* else all of them */
  DcId       held;
  gboolean   holds;        /* @held is held back */
  DcId       epoch;
  gboolean   everything;
  gsize      max_bytes;
  GPtrArray *known;        /* (owned) of DcRecord */
  GPtrArray *deliveries;   /* (owned) of DcDelivery */
  GPtrArray *receipts;     /* (owned) of DcReceipt */
  gint64     at;           /* microseconds since 1970 in UTC */
  GPtrArray *copied;       /* (owned) of DcRecord */
  GHashTable *ids;         /* (owned) of DcId */

  /* Answered. */
  DcId       queue;
  char      *set_aside;    /* (owned) */
  GPtrArray *records;      /* (owned) */
  DcTally   *tally;        /* (owned) */
  guint      purged;
  DcRunScope scope;
  guint      n_delivered;
  guint      n_refused;
  guint      n_receipted;
  guint      n_strange;
  guint      n_retried;
  GPtrArray *refusals;     /* (owned) of DcRefusal */
  GPtrArray *origins;      /* (owned) of DcOrigin */
  DcStatement *statement;  /* (owned) */
} DcRequest;

DcRequest *dc_request_new  (void);
void       dc_request_free (DcRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcRequest, dc_request_free)

/* The worker's half of each call of DcQueue. */
gboolean dc_request_open       (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_close      (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_save       (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_withdraw   (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_count_code (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_tally      (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_probe      (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_move       (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_take_copies (DcStore      *store,
                                 gpointer      request,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean dc_request_mark_copied (DcStore      *store,
                                 gpointer      request,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean dc_request_compare_copies (DcStore      *store,
                                    gpointer      request,
                                    GCancellable *cancellable,
                                    GError      **error);
gboolean dc_request_purge      (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);

/* Those of a run, in dc-request-run.c. */
gboolean dc_request_begin_run  (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_read_ahead (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_offer      (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_deliver    (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_receipt    (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_origins    (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_refusals   (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_retry      (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_statement  (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean dc_request_end_run    (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
