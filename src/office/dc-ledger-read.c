/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-read.h"

#include <string.h>

#include "dc-ledger-private.h"

/* What is in the ledger. A row is believed no more than a stranger's file:
 * each record is verified anew. */

#define COLUMNS \
  "SELECT number, id, sealed_sha256, tablet, queue, campaign, seq, kind, day, collected, opened, reference, receipt, " \
  "(SELECT max (export) FROM record_export WHERE record = r.number), about, NOT enrolled (tablet), " \
  "enrolled (tablet) AND EXISTS (SELECT 1 FROM record AS o WHERE o.id = r.id AND o.number != r.number " \
  "AND o.gone IS NOT '" DC_LEDGER_GONE_DECIDED "' AND enrolled (o.tablet)), " \
  DC_LEDGER_WITHDRAWN ", gone "
#define BYTES ", envelope, signature, sealed "
#define WHERE \
  "FROM record AS r WHERE (?1 IS NULL OR campaign = ?1) AND (?2 IS NULL OR day = ?2) " \
  "AND (?3 IS NULL OR reference = ?3) AND (?4 = 0 OR receipt IS NULL) " \
  "AND (?5 = 0 OR NOT EXISTS (SELECT 1 FROM record_export WHERE record = r.number)) " \
  "AND (?6 IS NULL OR id = ?6 OR about = ?6) AND (?7 IS NULL OR (tablet = ?7 AND queue = ?8 AND campaign = ?9)) " \
  "ORDER BY tablet, queue, campaign, seq, number"
/* In the order of COLUMNS and BYTES. */
enum
{
  NUMBER, ID, SEALED_SHA256, TABLET, QUEUE, CAMPAIGN, SEQ, KIND, DAY, COLLECTED, OPENED, REFERENCE, RECEIPT,
  EXPORTED, ABOUT, FOREIGN, CONFLICT, WITHDRAWN, GONE, ENVELOPE, SIGNATURE, SEALED
};

static DcRecord *
read_record (sqlite3_stmt  *query,
             GError       **error)
{
  g_autoptr (GBytes) envelope = dc_ledger_column_bytes (query, ENVELOPE);
  g_autoptr (GBytes) sealed = dc_ledger_column_bytes (query, SEALED);
  guint8 signature[64];

  if (envelope == NULL || sealed == NULL || !dc_ledger_column (query, SIGNATURE, signature, sizeof signature)) {
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
read_campaign (sqlite3_stmt *query,
               int           column,
               DcOrigin     *origin)
{
  const char *campaign = get_text (query, column);

  return campaign != NULL && g_strlcpy (origin->campaign, campaign, sizeof origin->campaign) < sizeof origin->campaign;
}

/* What the row is; all of it was NOT NULL when it was written. */
static gboolean
read_names (sqlite3_stmt *query,
            DcLedgerRow  *row)
{
  const char *kind = get_text (query, KIND);

  row->has_about = sqlite3_column_type (query, ABOUT) != SQLITE_NULL;

  return kind != NULL && dc_kind_from_string (kind, &row->kind)
         && dc_ledger_column (query, ID, &row->id, sizeof row->id)
         && dc_ledger_column (query, SEALED_SHA256, row->sealed_sha256, sizeof row->sealed_sha256)
         && dc_ledger_column (query, TABLET, row->origin.tablet, sizeof row->origin.tablet)
         && dc_ledger_column (query, QUEUE, &row->origin.queue, sizeof row->origin.queue)
         && (!row->has_about || dc_ledger_column (query, ABOUT, &row->about, sizeof row->about))
         && read_campaign (query, CAMPAIGN, &row->origin);
}

static void
read_marks (sqlite3_stmt *query,
            DcLedgerRow  *row)
{
  row->number = sqlite3_column_int64 (query, NUMBER);
  row->seq = sqlite3_column_int64 (query, SEQ);
  row->day = get_text (query, DAY);
  row->collected = get_text (query, COLLECTED);
  row->opened = get_text (query, OPENED);
  row->reference = get_text (query, REFERENCE);
  row->receipt = sqlite3_column_int64 (query, RECEIPT);
  row->exported = sqlite3_column_int64 (query, EXPORTED);
  row->foreign = sqlite3_column_int (query, FOREIGN);
  row->conflict = sqlite3_column_int (query, CONFLICT);
  row->withdrawn = sqlite3_column_int (query, WITHDRAWN);
  row->gone = get_text (query, GONE);
}

static gboolean
hand_on (sqlite3_stmt  *query,
         gboolean       marks_only,
         DcLedgerFunc   func,
         gpointer       data,
         GError       **error)
{
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) damage = NULL;
  DcLedgerRow row = { 0 };

  if (!read_names (query, &row))
    return dc_ledger_damaged (error);
  read_marks (query, &row);
  if (row.gone == NULL && !marks_only)
    record = read_record (query, &damage);
  row.record = record;
  row.damage = damage;

  return func (&row, data, error);
}

static sqlite3_stmt *
select_rows (DcLedger              *self,
             const DcLedgerFilter  *filter,
             GError               **error)
{
  const char *sql = filter->marks_only ? COLUMNS WHERE : COLUMNS BYTES WHERE;
  const DcOrigin *origin = filter->origin;
  sqlite3_stmt *query;

  query = dc_ledger_query (self, error, sql, "tttii", filter->campaign, filter->day, filter->reference,
                           (gint64) filter->no_receipt, (gint64) filter->not_exported);
  if (query == NULL)
    return NULL;
  if (filter->id != NULL)
    sqlite3_bind_blob (query, 6, filter->id, sizeof *filter->id, SQLITE_STATIC);
  if (origin != NULL) {
    sqlite3_bind_blob (query, 7, origin->tablet, sizeof origin->tablet, SQLITE_STATIC);
    sqlite3_bind_blob (query, 8, &origin->queue, sizeof origin->queue, SQLITE_STATIC);
    sqlite3_bind_text (query, 9, origin->campaign, -1, SQLITE_STATIC);
  }

  return query;
}

gboolean
dc_ledger_each (DcLedger              *self,
                const DcLedgerFilter  *filter,
                DcLedgerFunc           func,
                gpointer               data,
                GError               **error)
{
  g_autoptr (sqlite3_stmt) query = select_rows (self, filter, error);
  g_autoptr (GError) local_error = NULL;

  if (query == NULL)
    return FALSE;
  while (local_error == NULL && dc_ledger_step (self, query, &local_error))
    hand_on (query, filter->marks_only, func, data, &local_error);
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
