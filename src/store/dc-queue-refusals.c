/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-refusals.h"

#include "dc-queue.h"
#include "dc-queue-destinations.h"
#include "dc-queue-records.h"

static void
refusal_free (gpointer data)
{
  DcRefusal *self = data;

  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_free (self);
}

static DcRefusal *
read_refusal (DcQuery *select)
{
  DcRefusal *self = g_new0 (DcRefusal, 1);
  const char *currency;

  self->id = dc_query_get_id (select, 0);
  self->seq = dc_query_get_integer (select, 1);
  dc_kind_from_string (dc_query_get_text (select, 2), &self->kind);
  self->day = g_strdup (dc_query_get_text (select, 3));
  self->reason = g_strdup (dc_query_get_text (select, 4));
  currency = dc_query_get_text (select, 6);
  self->has_amount = currency != NULL;
  if (self->has_amount) {
    self->amount.minor = dc_query_get_integer (select, 5);
    g_strlcpy (self->amount.currency, currency, sizeof self->amount.currency);
  }

  return self;
}

GPtrArray *
dc_refusals_read (DcDatabase  *database,
                  guint        limit,
                  GError     **error)
{
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (refusal_free);
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT id, seq, kind, day, reason, amount, currency "
                                "FROM record WHERE state = 'refused' "
                                "ORDER BY seq LIMIT :limit", error);
  if (select == NULL)
    return NULL;
  dc_query_bind_integer (select, ":limit", limit);

  while (dc_query_step (select, &row, error)) {
    if (!row)
      return g_steal_pointer (&refusals);
    g_ptr_array_add (refusals, read_refusal (select));
  }

  return NULL;
}

typedef struct
{
  gint64   seq;
  gboolean delivered;   /* to another destination than the one that refused it */
} Retry;

/* The reason is what a destination says; whether the disk has changed a record,
 * only its bytes do. */
static GArray *
find_whole (DcDatabase  *database,
            const DcId  *id,
            GError     **error)
{
  g_autoptr (GArray) retries = g_array_new (FALSE, FALSE, sizeof (Retry));
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT seq, id, signature, envelope, sealed, "
                                "EXISTS (SELECT 1 FROM delivery WHERE delivery.seq = record.seq) "
                                "FROM record WHERE state = 'refused' "
                                "AND (:id IS NULL OR id = :id) ORDER BY seq", error);
  if (select == NULL)
    return NULL;
  if (id != NULL)
    dc_query_bind_id (select, ":id", id);

  while (dc_query_step (select, &row, error)) {
    g_autoptr (DcRecord) record = NULL;
    Retry retry;

    if (!row)
      return g_steal_pointer (&retries);

    record = dc_records_read_row (select);
    retry.seq = dc_query_get_integer (select, 0);
    retry.delivered = dc_query_get_integer (select, 5) != 0;
    if (record != NULL)
      g_array_append_val (retries, retry);
  }

  return NULL;
}

static gboolean
retry (DcDatabase   *database,
       const Retry  *record,
       GError      **error)
{
  if (!dc_destinations_offer_again (database, record->seq, error))
    return FALSE;

  return record->delivered ? dc_records_set_delivered (database, record->seq, error)
                           : dc_records_set_waiting (database, record->seq, error);
}

gboolean
dc_refusals_retry (DcDatabase  *database,
                   const DcId  *id,
                   guint       *n_records,
                   GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (GArray) retries = NULL;

  if (transaction == NULL)
    return FALSE;

  retries = find_whole (database, id, error);
  if (retries == NULL)
    return FALSE;

  for (guint i = 0; i < retries->len; i++) {
    if (!retry (database, &g_array_index (retries, Retry, i), error))
      return FALSE;
  }
  *n_records = retries->len;

  return dc_transaction_commit (transaction, error);
}
