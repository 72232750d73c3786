/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-private.h"

#include <string.h>

/* What is in the ledger. A row is believed no more than a stranger's file:
 * each record is verified anew. */

#define COLUMNS \
  "SELECT number, id, sealed_sha256, tablet, queue, campaign, seq, kind, day, collected, opened, " \
  "reference, receipt, exported, gone, envelope, signature, sealed FROM record "
#define WHERE \
  "WHERE (?1 IS NULL OR campaign = ?1) AND (?2 IS NULL OR day = ?2) AND (?3 IS NULL OR reference = ?3) " \
  "AND (?4 = 0 OR receipt IS NULL) AND (?5 IS NULL OR id = ?5 OR about = ?5) "

static DcRecord *
read_record (sqlite3_stmt  *query,
             GError       **error)
{
  g_autoptr (GBytes) envelope = dc_ledger_column_bytes (query, 15);
  g_autoptr (GBytes) sealed = dc_ledger_column_bytes (query, 17);
  guint8 signature[64];

  if (envelope == NULL || sealed == NULL || !dc_ledger_column (query, 16, signature, sizeof signature)) {
    dc_ledger_damaged (error);
    return NULL;
  }

  return dc_record_new (envelope, signature, sealed, error);
}

static const char *
get_text (sqlite3_stmt *query,
          int           column)
{
  return (const char *) sqlite3_column_text (query, column);
}

static gboolean
read_row (sqlite3_stmt  *query,
          DcLedgerRow   *row,
          GError       **error)
{
  const char *campaign = get_text (query, 5);

  *row = (DcLedgerRow) { .number = sqlite3_column_int64 (query, 0), .seq = sqlite3_column_int64 (query, 6) };
  if (!dc_ledger_column (query, 1, &row->id, sizeof row->id)
      || !dc_ledger_column (query, 2, row->sealed_sha256, sizeof row->sealed_sha256)
      || !dc_ledger_column (query, 3, row->origin.tablet, sizeof row->origin.tablet)
      || !dc_ledger_column (query, 4, &row->origin.queue, sizeof row->origin.queue)
      || campaign == NULL || strlen (campaign) >= sizeof row->origin.campaign)
    return dc_ledger_damaged (error);

  g_strlcpy (row->origin.campaign, campaign, sizeof row->origin.campaign);
  row->kind = get_text (query, 7);
  row->day = get_text (query, 8);
  row->collected = get_text (query, 9);
  row->opened = get_text (query, 10);
  row->reference = get_text (query, 11);
  row->receipt = sqlite3_column_int64 (query, 12);
  row->exported = sqlite3_column_int64 (query, 13);
  row->gone = get_text (query, 14);
  if (row->gone != NULL)
    return TRUE;
  row->record = read_record (query, error);
  if (row->record == NULL)
    g_prefix_error (error, DC_LEDGER_FILE ": row %" G_GINT64_FORMAT ": ", row->number);

  return row->record != NULL;
}

gboolean
dc_ledger_each (DcLedger              *self,
                const DcLedgerFilter  *filter,
                DcLedgerFunc           func,
                gpointer               data,
                GError               **error)
{
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;
  DcLedgerRow row;

  query = dc_ledger_query (self, error, COLUMNS WHERE "ORDER BY tablet, queue, campaign, seq, number", "ttti",
                           filter->campaign, filter->day, filter->reference, (gint64) filter->no_receipt);
  if (query == NULL)
    return FALSE;
  if (filter->id != NULL)
    sqlite3_bind_blob (query, 5, filter->id, sizeof *filter->id, SQLITE_STATIC);

  while (local_error == NULL && dc_ledger_step (self, query, &local_error)) {
    if (read_row (query, &row, &local_error))
      func (&row, data, &local_error);
    g_clear_pointer (&row.record, dc_record_unref);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

gboolean
dc_ledger_count (DcLedger  *self,
                 gint64    *n_records,
                 gint64    *n_gone,
                 GError   **error)
{
  g_autoptr (sqlite3_stmt) query = dc_ledger_query (self, error, "SELECT count (sealed), count (gone) FROM record",
                                                    "");

  if (query == NULL || !dc_ledger_step (self, query, error))
    return FALSE;
  *n_records = sqlite3_column_int64 (query, 0);
  *n_gone = sqlite3_column_int64 (query, 1);

  return TRUE;
}

static void
receipt_free (DcLedgerReceipt *self)
{
  g_clear_pointer (&self->line, g_bytes_unref);
  g_free (self);
}

GPtrArray *
dc_ledger_list_receipts (DcLedger                     *self,
                         const DcDestinationIdentity  *place,
                         GError                      **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) receipt_free);
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;

  query = dc_ledger_query (self, error, "SELECT number, tablet, queue, campaign, line FROM receipt WHERE NOT EXISTS "
                           "(SELECT 1 FROM receipt_place WHERE receipt = number AND id = ? AND epoch = ?) "
                           "ORDER BY number", "dd", &place->id, &place->epoch);
  if (query == NULL)
    return NULL;
  while (dc_ledger_step (self, query, &local_error)) {
    DcLedgerReceipt *receipt = g_new0 (DcLedgerReceipt, 1);

    g_ptr_array_add (list, receipt);
    receipt->number = sqlite3_column_int64 (query, 0);
    receipt->line = dc_ledger_column_bytes (query, 4);
    g_strlcpy (receipt->origin.campaign, get_text (query, 3), sizeof receipt->origin.campaign);
    if (!dc_ledger_column (query, 1, receipt->origin.tablet, 32)
        || !dc_ledger_column (query, 2, &receipt->origin.queue, sizeof (DcId)) || receipt->line == NULL) {
      dc_ledger_damaged (error);
      return NULL;
    }
  }
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

GPtrArray *
dc_ledger_list_statements (DcLedger  *self,
                           GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_statement_free);
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;

  query = dc_ledger_query (self, error, "SELECT line, max (number) FROM statement GROUP BY tablet, queue, campaign",
                           "");
  if (query == NULL)
    return NULL;
  while (local_error == NULL && dc_ledger_step (self, query, &local_error)) {
    g_autoptr (GBytes) line = dc_ledger_column_bytes (query, 0);
    DcStatement *statement = line != NULL ? dc_statement_from_line (line, &local_error) : NULL;

    if (statement != NULL)
      g_ptr_array_add (list, statement);
  }
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}
