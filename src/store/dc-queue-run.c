/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The calls of a run, on the main thread; dc-queue.c has the others. */

#include "dc-queue-private.h"

void
dc_queue_begin_run_async (DcQueue             *self,
                          const DcId          *id,
                          const DcId          *epoch,
                          gboolean             everything,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL && epoch != NULL);

  request = dc_request_new ();
  request->id = *id;
  request->epoch = *epoch;
  request->everything = everything;
  dc_queue_submit (self, request, dc_request_begin_run, dc_queue_begin_run_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_begin_run_finish (DcQueue       *self,
                           GAsyncResult  *result,
                           gboolean      *new_epoch,
                           guint         *n_records,
                           guint64       *n_bytes,
                           GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_begin_run_async, error))
    return FALSE;

  if (new_epoch != NULL)
    *new_epoch = dc_queue_get_request (result)->scope.new_epoch;
  if (n_records != NULL)
    *n_records = dc_queue_get_request (result)->scope.n_records;
  if (n_bytes != NULL)
    *n_bytes = dc_queue_get_request (result)->scope.n_bytes;

  return TRUE;
}

void
dc_queue_offer_async (DcQueue             *self,
                      const DcId          *id,
                      gint64               after,
                      const DcId          *held,
                      guint                limit,
                      gsize                max_bytes,
                      GPtrArray           *known,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL);

  request = dc_request_new ();
  request->id = *id;
  request->after = after;
  request->holds = held != NULL;
  if (held != NULL)
    request->held = *held;
  request->limit = limit;
  request->max_bytes = max_bytes;
  request->known = known != NULL ? g_ptr_array_ref (known) : NULL;
  dc_queue_submit (self, request, dc_request_offer, dc_queue_offer_async, NULL,
                   callback, user_data);
}

GPtrArray *
dc_queue_offer_finish (DcQueue       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_offer_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->records);
}

void
dc_queue_read_ahead_async (DcQueue             *self,
                           const DcId          *id,
                           gint64               after,
                           guint                limit,
                           gsize                max_bytes,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL);

  request = dc_request_new ();
  request->id = *id;
  request->after = after;
  request->limit = limit;
  request->max_bytes = max_bytes;
  dc_queue_submit (self, request, dc_request_read_ahead, dc_queue_read_ahead_async, NULL,
                   callback, user_data);
}

GPtrArray *
dc_queue_read_ahead_finish (DcQueue       *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_read_ahead_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->records);
}

void
dc_queue_deliver_async (DcQueue             *self,
                        const DcId          *id,
                        GPtrArray           *deliveries,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL && deliveries != NULL);

  request = dc_request_new ();
  request->id = *id;
  request->deliveries = g_ptr_array_ref (deliveries);
  dc_queue_submit (self, request, dc_request_deliver, dc_queue_deliver_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_deliver_finish (DcQueue       *self,
                         GAsyncResult  *result,
                         guint         *n_delivered,
                         guint         *n_refused,
                         GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_deliver_async, error))
    return FALSE;

  if (n_delivered != NULL)
    *n_delivered = dc_queue_get_request (result)->n_delivered;
  if (n_refused != NULL)
    *n_refused = dc_queue_get_request (result)->n_refused;

  return TRUE;
}

void
dc_queue_receipt_async (DcQueue             *self,
                        GPtrArray           *receipts,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (receipts != NULL);

  request = dc_request_new ();
  request->receipts = g_ptr_array_ref (receipts);
  dc_queue_submit (self, request, dc_request_receipt, dc_queue_receipt_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_receipt_finish (DcQueue       *self,
                         GAsyncResult  *result,
                         guint         *n_receipted,
                         guint         *n_strange,
                         GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_receipt_async, error))
    return FALSE;

  if (n_receipted != NULL)
    *n_receipted = dc_queue_get_request (result)->n_receipted;
  if (n_strange != NULL)
    *n_strange = dc_queue_get_request (result)->n_strange;

  return TRUE;
}

void
dc_queue_origins_async (DcQueue             *self,
                        guint                limit,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  request->limit = limit;
  dc_queue_submit (self, request, dc_request_origins, dc_queue_origins_async, NULL,
                   callback, user_data);
}

GPtrArray *
dc_queue_origins_finish (DcQueue       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_origins_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->origins);
}

void
dc_queue_refusals_async (DcQueue             *self,
                         guint                limit,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  request->limit = limit;
  dc_queue_submit (self, request, dc_request_refusals, dc_queue_refusals_async, NULL,
                   callback, user_data);
}

GPtrArray *
dc_queue_refusals_finish (DcQueue       *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_refusals_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->refusals);
}

void
dc_queue_retry_async (DcQueue             *self,
                      const DcId          *id,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  request->has_id = id != NULL;
  if (id != NULL)
    request->id = *id;
  dc_queue_submit (self, request, dc_request_retry, dc_queue_retry_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_retry_finish (DcQueue       *self,
                       GAsyncResult  *result,
                       guint         *n_records,
                       GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_retry_async, error))
    return FALSE;

  if (n_records != NULL)
    *n_records = dc_queue_get_request (result)->n_retried;

  return TRUE;
}

void
dc_queue_statement_async (DcQueue             *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  dc_queue_submit (self, request, dc_request_statement, dc_queue_statement_async, NULL,
                   callback, user_data);
}

DcStatement *
dc_queue_statement_finish (DcQueue       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_statement_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->statement);
}

void
dc_queue_end_run_async (DcQueue             *self,
                        const DcId          *id,
                        const DcStamp       *at,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL && at != NULL);

  request = dc_request_new ();
  request->id = *id;
  request->at = at->utc_us;
  dc_queue_submit (self, request, dc_request_end_run, dc_queue_end_run_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_end_run_finish (DcQueue       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_end_run_async, error);
}
