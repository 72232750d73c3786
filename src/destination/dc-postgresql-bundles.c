/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-shelf.h"

#include "dc-bundle.h"

/* Records came in batches, each of which fits into one bundle and never changes
 * but by being removed as a whole; so a batch is what the office reads, and what
 * it removes is what it has read. */

#define BATCHES \
  "SELECT batch, envelope, signature, sealed FROM daily_cup.record WHERE batch IN " \
  "(SELECT DISTINCT batch FROM daily_cup.record WHERE batch > $1 ORDER BY batch LIMIT 20) " \
  "ORDER BY batch, seq"

enum { COLUMN_BATCH, COLUMN_ENVELOPE, COLUMN_SIGNATURE, COLUMN_SEALED, N_COLUMNS };

static GBytes *
column (const PGresult *answer,
        int             row,
        int             n)
{
  return g_bytes_new (PQgetvalue (answer, row, n), (gsize) PQgetlength (answer, row, n));
}

/* Whole, or NULL: nobody has verified it yet. */
static DcRecord *
read_record (const PGresult *answer,
             int             row)
{
  g_autoptr (GBytes) envelope = column (answer, row, COLUMN_ENVELOPE);
  g_autoptr (GBytes) sealed = column (answer, row, COLUMN_SEALED);

  if (PQgetlength (answer, row, COLUMN_SIGNATURE) != 64)
    return NULL;

  return dc_record_new (envelope, (const guint8 *) PQgetvalue (answer, row, COLUMN_SIGNATURE), sealed,
                        NULL);
}

/* As a line would have it, so that who reads it says what is wrong. */
static gboolean
tell_odd (const PGresult     *answer,
          int                 row,
          const char         *place,
          DcDestinationFound  found,
          gpointer            data)
{
  static const char * const names[] = { "{\"envelope\":\"", "\",\"signature\":\"", "\",\"sealed\":\"" };
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GBytes) content = NULL;

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++) {
    const char *value = PQgetvalue (answer, row, COLUMN_ENVELOPE + i);
    g_autofree char *base64 = g_base64_encode ((const guchar *) value,
                                               (gsize) PQgetlength (answer, row, COLUMN_ENVELOPE + i));

    g_string_append (line, names[i]);
    g_string_append (line, base64);
  }
  g_string_append (line, "\"}\n");
  content = g_string_free_to_bytes (g_steal_pointer (&line));

  return found (place, content, data);
}

gboolean
dc_postgresql_tell_batch (const PGresult     *answer,
                          int                 from,
                          int                 to,
                          const char         *place,
                          DcDestinationFound  found,
                          gpointer            data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);

  for (int row = from; row < to; row++) {
    DcRecord *record = read_record (answer, row);

    if (record != NULL)
      g_ptr_array_add (records, record);
    else if (!tell_odd (answer, row, place, found, data))
      return FALSE;
  }
  for (guint done = 0, taken; done < records->len; done += taken) {
    g_autoptr (GBytes) bundle = dc_bundle_new ((DcRecord **) records->pdata + done,
                                               records->len - done, &taken);

    if (!found (place, bundle, data))
      return FALSE;
  }

  return TRUE;
}

/* The rows from @from on that are of one batch end before this one. */
static int
batch_end (const PGresult *answer,
           int             from,
           gint64          batch)
{
  gint64 other;
  int row = from;

  while (row < PQntuples (answer) && dc_postgresql_read_number (answer, row, COLUMN_BATCH, 0, &other)
         && other == batch) {
    row++;
  }

  return row;
}

/* One page. @after becomes the last; FALSE with no error: enough. */
static gboolean
tell_batches (const PGresult      *answer,
              gint64              *after,
              DcDestinationFound   found,
              gpointer             data,
              GError             **error)
{
  for (int row = 0, end; row < PQntuples (answer); row = end) {
    g_autofree char *place = NULL;

    if (!dc_postgresql_read_number (answer, row, COLUMN_BATCH, *after, after)) {
      g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                   "the answer: row %d: expected a higher batch", row + 1);
      return FALSE;
    }
    end = batch_end (answer, row, *after);
    place = g_strdup_printf ("record/%" G_GINT64_FORMAT, *after);
    if (!dc_postgresql_tell_batch (answer, row, end, place, found, data))
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_postgresql_read_bundles (DcPostgresqlConnection  *connection,
                            DcTransfer              *transfer,
                            DcDestinationFound       found,
                            gpointer                 data,
                            GError                 **error)
{
  GError *failure = NULL;
  gint64 after = 0;

  for (;;) {
    g_autoptr (PGresult) answer = NULL;
    gint64 network = GINT64_TO_BE (after);
    DcPostgresqlValues values = { 0 };
    DcPostgresqlCall call;

    dc_postgresql_add_value (&values, DC_POSTGRESQL_INT8, &network, sizeof network);
    dc_postgresql_call_begin (&call, transfer, 0);
    answer = dc_postgresql_run (connection, BATCHES, &values, N_COLUMNS, &call, error);
    if (answer == NULL)
      return FALSE;
    if (PQntuples (answer) == 0)
      return TRUE;
    if (!tell_batches (answer, &after, found, data, &failure)) {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, failure);
      return FALSE;
    }
  }
}
