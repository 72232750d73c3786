/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-pledge.h"
#include "dc-sealer.h"
#include "dc-state.h"
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
  guint      limit;
  DcState    to;
  char      *reason;       /* (owned) */
  GBytes    *receipt;      /* (owned) */
  gint64     after;
  gboolean   holds;        /* @id is held back */
  GPtrArray *copied;       /* (owned) of DcRecord */
  GHashTable *ids;         /* (owned) of DcId */

  /* Answered. */
  DcId       queue;
  char      *set_aside;    /* (owned) */
  GPtrArray *records;      /* (owned) */
  DcTally   *tally;        /* (owned) */
  guint      purged;
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
gboolean dc_request_offer      (DcStore       *store,
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

G_END_DECLS
