/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-private.h"
#include "dc-ledger-read.h"

/* What is told of all records, a queue or a single record, as lists. */

gboolean
dc_ledger_add_rows (DcLedger        *self,
                    sqlite3_stmt    *query,
                    DcLedgerAddRow   add,
                    gpointer         list,
                    GError         **error)
{
  g_autoptr (sqlite3_stmt) owned = query;
  g_autoptr (GError) local_error = NULL;

  if (query == NULL)
    return FALSE;
  while (local_error == NULL && dc_ledger_step (self, query, &local_error))
    add (query, list, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
add_gap (sqlite3_stmt  *query,
         gpointer       list,
         GError       **error)
{
  DcLedgerGap gap = { .first = sqlite3_column_int64 (query, 2), .last = sqlite3_column_int64 (query, 3) };

  if (!dc_ledger_column (query, 0, gap.tablet, sizeof gap.tablet)
      || !dc_ledger_column (query, 1, &gap.queue, sizeof gap.queue))
    return dc_ledger_damaged (error);
  g_array_append_val (list, gap);

  return TRUE;
}

GArray *
dc_ledger_list_gaps (DcLedger  *self,
                     GError   **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (DcLedgerGap));
  const char *sql = "SELECT tablet, queue, before + 1, seq - 1 FROM (SELECT tablet, queue, seq, "
                    "lag (seq, 1, 0) OVER (PARTITION BY tablet, queue ORDER BY seq) AS before "
                    "FROM record WHERE enrolled (tablet)) WHERE seq > before + 1 ORDER BY tablet, queue, seq";

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, ""), add_gap, list, error))
    return NULL;

  return g_steal_pointer (&list);
}

static gboolean
add_twin (sqlite3_stmt  *query,
          gpointer       list,
          GError       **error)
{
  DcLedgerTwin twin = { .seq = sqlite3_column_int64 (query, 2) };

  if (!dc_ledger_column (query, 0, twin.tablet, sizeof twin.tablet)
      || !dc_ledger_column (query, 1, &twin.queue, sizeof twin.queue))
    return dc_ledger_damaged (error);
  g_array_append_val (list, twin);

  return TRUE;
}

GArray *
dc_ledger_list_twins (DcLedger  *self,
                      GError   **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (DcLedgerTwin));
  const char *sql = "SELECT tablet, queue, seq FROM record WHERE enrolled (tablet) GROUP BY tablet, queue, seq "
                    "HAVING count (DISTINCT id) > 1 "
                    "UNION ALL SELECT DISTINCT tablet, queue, 0 FROM record WHERE enrolled (tablet) AND queue IN "
                    "(SELECT queue FROM record WHERE enrolled (tablet) "
                    "GROUP BY queue HAVING min (tablet) != max (tablet)) ORDER BY 1, 2, 3";

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, ""), add_twin, list, error))
    return NULL;

  return g_steal_pointer (&list);
}

gboolean
dc_ledger_add_text (sqlite3_stmt  *query,
                    gpointer       list,
                    GError       **error)
{
  const char *text = (const char *) sqlite3_column_text (query, 0);

  if (text == NULL)
    return dc_ledger_damaged (error);
  g_ptr_array_add (list, g_strdup (text));

  return TRUE;
}

static GPtrArray *
list_texts (DcLedger    *self,
            const char  *sql,
            gint64       number,
            GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, "i", number), dc_ledger_add_text, list, error))
    return NULL;

  return g_steal_pointer (&list);
}

GPtrArray *
dc_ledger_list_places (DcLedger  *self,
                       gint64     number,
                       GError   **error)
{
  return list_texts (self, "SELECT name FROM place, record_place WHERE place = number AND record = ? ORDER BY name",
                     number, error);
}

GPtrArray *
dc_ledger_list_exports (DcLedger  *self,
                        gint64     number,
                        GError   **error)
{
  return list_texts (self, "SELECT day || ifnull (' ' || path, '') FROM export, record_export "
                     "WHERE export = number AND record = ? ORDER BY number", number, error);
}

static void
receipt_free (DcLedgerReceipt *self)
{
  g_clear_pointer (&self->line, g_bytes_unref);
  g_free (self);
}

static gboolean
add_receipt (sqlite3_stmt  *query,
             gpointer       list,
             GError       **error)
{
  DcLedgerReceipt *receipt = g_new0 (DcLedgerReceipt, 1);
  const char *campaign = (const char *) sqlite3_column_text (query, 3);

  g_ptr_array_add (list, receipt);
  receipt->number = sqlite3_column_int64 (query, 0);
  receipt->line = dc_ledger_column_bytes (query, 4);
  if (receipt->line == NULL || campaign == NULL
      || g_strlcpy (receipt->origin.campaign, campaign, sizeof receipt->origin.campaign)
      >= sizeof receipt->origin.campaign
      || !dc_ledger_column (query, 1, receipt->origin.tablet, sizeof receipt->origin.tablet)
      || !dc_ledger_column (query, 2, &receipt->origin.queue, sizeof receipt->origin.queue))
    return dc_ledger_damaged (error);

  return TRUE;
}

GPtrArray *
dc_ledger_list_receipts (DcLedger                     *self,
                         const DcDestinationIdentity  *place,
                         GError                      **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) receipt_free);
  const char *sql = "SELECT number, tablet, queue, campaign, line FROM receipt WHERE NOT EXISTS "
                    "(SELECT 1 FROM receipt_place WHERE receipt = number AND id = ? AND epoch = ?) ORDER BY number";

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, "dd", &place->id, &place->epoch), add_receipt, list, error))
    return NULL;

  return g_steal_pointer (&list);
}

static gboolean
add_statement (sqlite3_stmt  *query,
               gpointer       list,
               GError       **error)
{
  g_autoptr (GBytes) line = dc_ledger_column_bytes (query, 0);
  DcStatement *statement;

  if (line == NULL)
    return dc_ledger_damaged (error);
  statement = dc_statement_from_line (line, error);
  if (statement == NULL) {
    g_prefix_error (error, DC_LEDGER_FILE ": statement: ");
    return FALSE;
  }
  g_ptr_array_add (list, statement);

  return TRUE;
}

GPtrArray *
dc_ledger_list_statements (DcLedger  *self,
                           GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_statement_free);
  const char *sql = "SELECT line, max (number) FROM statement WHERE enrolled (tablet) "
                    "GROUP BY tablet, queue, campaign ORDER BY tablet, queue, campaign";

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, ""), add_statement, list, error))
    return NULL;

  return g_steal_pointer (&list);
}
