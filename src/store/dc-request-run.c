/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The worker's half of a run. All of it lets the queue empty itself, so that a
 * full disk gives up its ballast for it. */

#include "dc-request.h"

#include "dc-queue-origins.h"
#include "dc-queue-receipts.h"
#include "dc-queue-refusals.h"
#include "dc-queue-runs.h"
#include "dc-set-aside.h"
#include "dc-statement-read.h"

static gboolean
begin_run (DcStore   *store,
           gpointer   data,
           GError   **error)
{
  DcRequest *request = data;

  return dc_destinations_begin (dc_store_get_database (store), &request->id, &request->epoch,
                                request->everything, &request->scope, error);
}

gboolean
dc_request_begin_run (DcStore       *store,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return dc_store_run (store, begin_run, data, TRUE, error);
}

static gboolean
offer (DcStore   *store,
       gpointer   data,
       GError   **error)
{
  DcRequest *request = data;

  request->records = dc_runs_offer (dc_store_get_database (store), &request->id, request->after,
                                    request->holds ? &request->held : NULL,
                                    request->limit, request->max_bytes, request->known, error);

  return request->records != NULL;
}

static gboolean
read_ahead (DcStore   *store,
            gpointer   data,
            GError   **error)
{
  DcRequest *request = data;

  request->records = dc_runs_read_ahead (dc_store_get_database (store), &request->id, request->after,
                                         request->limit, request->max_bytes, error);

  return request->records != NULL;
}

gboolean
dc_request_read_ahead (DcStore       *store,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  return dc_store_run (store, read_ahead, data, FALSE, error);
}

gboolean
dc_request_offer (DcStore       *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return dc_store_run (store, offer, data, TRUE, error);
}

static gboolean
deliver (DcStore   *store,
         gpointer   data,
         GError   **error)
{
  DcRequest *request = data;

  return dc_runs_deliver (dc_store_get_database (store), &request->id, request->deliveries,
                          &request->n_delivered, &request->n_refused, error);
}

gboolean
dc_request_deliver (DcStore       *store,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return dc_store_run (store, deliver, data, TRUE, error);
}

static gboolean
receipt (DcStore   *store,
         gpointer   data,
         GError   **error)
{
  DcRequest *request = data;

  return dc_receipts_take (dc_store_get_database (store), dc_store_get_queue (store),
                           request->receipts, &request->n_receipted, &request->n_strange, error);
}

gboolean
dc_request_receipt (DcStore       *store,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return dc_store_run (store, receipt, data, TRUE, error);
}

static gboolean
origins (DcStore   *store,
         gpointer   data,
         GError   **error)
{
  DcRequest *request = data;

  request->origins = dc_origins_read (dc_store_get_database (store), request->limit, error);

  return request->origins != NULL;
}

gboolean
dc_request_origins (DcStore       *store,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return dc_store_run (store, origins, data, FALSE, error);
}

static gboolean
refusals (DcStore   *store,
          gpointer   data,
          GError   **error)
{
  DcRequest *request = data;

  request->refusals = dc_refusals_read (dc_store_get_database (store), request->limit, error);

  return request->refusals != NULL;
}

gboolean
dc_request_refusals (DcStore       *store,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return dc_store_run (store, refusals, data, FALSE, error);
}

static gboolean
retry (DcStore   *store,
       gpointer   data,
       GError   **error)
{
  DcRequest *request = data;

  return dc_refusals_retry (dc_store_get_database (store),
                            request->has_id ? &request->id : NULL,
                            &request->n_retried, error);
}

gboolean
dc_request_retry (DcStore       *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return dc_store_run (store, retry, data, TRUE, error);
}

static gboolean
statement (DcStore   *store,
           gpointer   data,
           GError   **error)
{
  DcRequest *request = data;

  request->statement = dc_statement_read (dc_store_get_database (store),
                                          dc_store_get_queue (store), error);
  if (request->statement == NULL)
    return FALSE;

  request->statement->set_aside = dc_set_aside_count (dc_store_get_directory (store));

  return TRUE;
}

gboolean
dc_request_statement (DcStore       *store,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return dc_store_run (store, statement, data, TRUE, error);
}

static gboolean
end_run (DcStore   *store,
         gpointer   data,
         GError   **error)
{
  DcRequest *request = data;

  return dc_destinations_end (dc_store_get_database (store), &request->id, request->at, error);
}

gboolean
dc_request_end_run (DcStore       *store,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return dc_store_run (store, end_run, data, TRUE, error);
}
