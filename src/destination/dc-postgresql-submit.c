/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-submit.h"

#include <string.h>

#include "dc-bundle.h"

#define SUBMIT "SELECT id, verdict, reason FROM daily_cup.submit($1, $2, $3)"

enum { COLUMN_ID, COLUMN_VERDICT, COLUMN_REASON, N_COLUMNS };

/* Which part of a record. */
typedef enum
{
  PART_ENVELOPE,
  PART_SIGNATURE,
  PART_SEALED,
  N_PARTS
} Part;

GPtrArray *
dc_postgresql_read_bundle (GBytes  *bundle,
                           GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (bundle, DC_BUNDLE_FORM_FRESH, NULL);
  g_auto (DcBundleItem) item = { 0 };

  while (reader != NULL && dc_bundle_reader_next (reader, &item)) {
    if (item.found != DC_BUNDLE_RECORD) {
      g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED, "the bundle: line %u: %s",
                   item.line, item.error->message);
      return NULL;
    }
    g_ptr_array_add (records, g_steal_pointer (&item.record));
  }
  if (records->len == 0) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED,
                         "the bundle: no record in it");
    return NULL;
  }

  return g_steal_pointer (&records);
}

static void
append_int (GByteArray *array,
            guint32     number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (array, (const guint8 *) &number, sizeof number);
}

static const guint8 *
part_of (const DcRecord *record,
         Part            part,
         gsize          *size)
{
  switch (part) {
  case PART_ENVELOPE:
    return g_bytes_get_data (record->envelope_json, size);
  case PART_SIGNATURE:
    *size = sizeof record->signature;
    return record->signature;
  case PART_SEALED:
    return g_bytes_get_data (record->sealed, size);
  case N_PARTS:
  default:
    g_return_val_if_reached (NULL);
  }
}

/* A bytea[] as array_recv () reads it: dimensions, "has no nulls", type of the
 * elements, length, first index; then each element behind its size. */
static GByteArray *
list_parts (GPtrArray *records,
            Part       part)
{
  GByteArray *array = g_byte_array_new ();

  append_int (array, 1);
  append_int (array, 0);
  append_int (array, DC_POSTGRESQL_BYTEA);
  append_int (array, records->len);
  append_int (array, 1);
  for (guint i = 0; i < records->len; i++) {
    gsize size;
    const guint8 *data = part_of (records->pdata[i], part, &size);

    append_int (array, (guint32) size);
    g_byte_array_append (array, data, (guint) size);
  }

  return array;
}

static gboolean
unreadable (GError     **error,
            int          row,
            const char  *what)
{
  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
               "the answer: row %d: %s", row + 1, what);

  return FALSE;
}

static DcDelivery *
read_row (const PGresult  *answer,
          int              row,
          gboolean         doubt,
          GError         **error)
{
  DcVerdict verdict;
  DcId id;

  if (PQgetisnull (answer, row, COLUMN_ID) || PQgetlength (answer, row, COLUMN_ID) != sizeof id.bytes) {
    unreadable (error, row, "expected an id of 16 bytes");
    return NULL;
  }
  memcpy (id.bytes, PQgetvalue (answer, row, COLUMN_ID), sizeof id.bytes);
  if (!dc_verdict_from_string (PQgetvalue (answer, row, COLUMN_VERDICT), &verdict)) {
    unreadable (error, row, "expected a verdict");
    return NULL;
  }
  if (doubt && (verdict == DC_VERDICT_NEW || verdict == DC_VERDICT_SAME))
    verdict = DC_VERDICT_RETRY;

  return dc_delivery_new (&id, verdict, verdict == DC_VERDICT_REFUSED
                                        ? PQgetvalue (answer, row, COLUMN_REASON) : NULL);
}

gboolean
dc_postgresql_read_verdicts (const PGresult  *answer,
                             GPtrArray       *records,
                             gboolean         doubt,
                             GPtrArray       *deliveries,
                             GError         **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new (dc_id_hash, dc_id_same);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);

  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (open, &((DcRecord *) records->pdata[i])->envelope.id);
  for (int row = 0; row < PQntuples (answer); row++) {
    DcDelivery *delivery = read_row (answer, row, doubt, error);

    if (delivery == NULL)
      return FALSE;
    g_ptr_array_add (found, delivery);
    if (!g_hash_table_remove (open, &delivery->id))
      return unreadable (error, row, "an id that was not sent, or twice");
  }
  g_ptr_array_extend_and_steal (deliveries, g_steal_pointer (&found));

  return TRUE;
}

gboolean
dc_postgresql_submit (DcPostgresqlConnection  *connection,
                      GBytes                  *bundle,
                      DcTransfer              *transfer,
                      GPtrArray               *deliveries,
                      GError                 **error)
{
  g_autoptr (GPtrArray) records = dc_postgresql_read_bundle (bundle, error);
  g_autoptr (PGresult) answer = NULL;
  DcPostgresqlValues values = { 0 };
  DcPostgresqlCall call;
  guint64 total = 0;
  GByteArray *lists[N_PARTS];

  if (records == NULL)
    return FALSE;
  for (Part part = 0; part < N_PARTS; part++) {
    lists[part] = list_parts (records, part);
    total += lists[part]->len;
    dc_postgresql_add_value (&values, DC_POSTGRESQL_BYTEA_ARRAY, lists[part]->data, lists[part]->len);
  }
  dc_postgresql_call_begin (&call, transfer, total);
  answer = dc_postgresql_run (connection, SUBMIT, &values, N_COLUMNS, &call, error);
  for (Part part = 0; part < N_PARTS; part++)
    g_byte_array_unref (lists[part]);

  return answer != NULL
         && dc_postgresql_read_verdicts (answer, records, connection->warned, deliveries, error);
}
