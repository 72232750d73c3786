/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bare.h"

#include <libpq-fe.h>
#include <string.h>

#include "dc-bundle.h"

/* One INSERT and one SELECT a bundle: three columns, as many rows as it has
 * records, into a table with a key and no rules. */

#define BYTEA       17
#define BYTEA_ARRAY 1001
#define N_PARTS     3

#define TABLE \
  "CREATE TABLE IF NOT EXISTS bare (bundle int, place int, envelope bytea, signature bytea, " \
  "sealed bytea, PRIMARY KEY (bundle, place)); TRUNCATE bare"
#define INSERT \
  "INSERT INTO bare SELECT $4::text::int, place, e, s, b " \
  "FROM unnest ($1, $2, $3) WITH ORDINALITY AS t (e, s, b, place)"
#define SELECT \
  "SELECT envelope, signature, sealed FROM bare WHERE bundle = $1::text::int ORDER BY place"

/* One bundle as it goes and as it comes back. */
typedef struct
{
  GByteArray *lists[N_PARTS];   /* bytea[] in binary */
  GByteArray *plain;            /* the parts, row by row */
} Rows;

static void
append_int (GByteArray *array,
            guint32     number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (array, (const guint8 *) &number, sizeof number);
}

static void
append_part (Rows       *self,
             guint       part,
             const void *data,
             gsize       size)
{
  append_int (self->lists[part], (guint32) size);
  g_byte_array_append (self->lists[part], data, (guint) size);
  g_byte_array_append (self->plain, data, (guint) size);
}

static void
append_record (Rows     *self,
               DcRecord *record)
{
  append_part (self, 0, g_bytes_get_data (record->envelope_json, NULL),
               g_bytes_get_size (record->envelope_json));
  append_part (self, 1, record->signature, sizeof record->signature);
  append_part (self, 2, g_bytes_get_data (record->sealed, NULL), g_bytes_get_size (record->sealed));
}

static void
rows_init (Rows   *self,
           GBytes *bundle)
{
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (bundle, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_auto (DcBundleItem) item = { 0 };
  guint32 n = 0;

  self->plain = g_byte_array_new ();
  for (guint i = 0; i < N_PARTS; i++) {
    self->lists[i] = g_byte_array_new ();
    append_int (self->lists[i], 1);
    append_int (self->lists[i], 0);
    append_int (self->lists[i], BYTEA);
    append_int (self->lists[i], 0);
    append_int (self->lists[i], 1);
  }
  for (; dc_bundle_reader_next (reader, &item); n++) {
    g_assert_cmpint (item.found, ==, DC_BUNDLE_RECORD);
    append_record (self, item.record);
    dc_bundle_item_clear (&item);
  }
  n = GUINT32_TO_BE (n);
  for (guint i = 0; i < N_PARTS; i++)
    memcpy (self->lists[i]->data + 3 * sizeof n, &n, sizeof n);
}

static void
rows_clear (Rows *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_byte_array_unref (self->lists[i]);
  g_byte_array_unref (self->plain);
}

static PGconn *
connection_new (const char *how)
{
  PGconn *connection = PQconnectdb (how);

  if (PQstatus (connection) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (connection));

  return connection;
}

static PGresult *
require (PGconn         *connection,
         PGresult       *answer,
         ExecStatusType  status)
{
  if (PQresultStatus (answer) != status)
    g_error ("%s", PQerrorMessage (connection));

  return answer;
}

static void
do_simply (PGconn     *connection,
           const char *sql)
{
  PQclear (require (connection, PQexec (connection, sql), PGRES_COMMAND_OK));
}

static void
insert (PGconn     *connection,
        Rows       *rows,
        const char *number)
{
  const Oid types[] = { BYTEA_ARRAY, BYTEA_ARRAY, BYTEA_ARRAY, 0 };
  const char *values[] = { (const char *) rows->lists[0]->data, (const char *) rows->lists[1]->data,
                           (const char *) rows->lists[2]->data, number };
  const int lengths[] = { (int) rows->lists[0]->len, (int) rows->lists[1]->len,
                          (int) rows->lists[2]->len, 0 };
  const int formats[] = { 1, 1, 1, 0 };

  PQclear (require (connection, PQexecParams (connection, INSERT, 4, types, values, lengths, formats, 1),
                    PGRES_COMMAND_OK));
}

static void
fetch_back (PGconn     *connection,
            Rows       *rows,
            const char *number)
{
  PGresult *answer = require (connection, PQexecParams (connection, SELECT, 1, NULL, &number, NULL, NULL, 1),
                              PGRES_TUPLES_OK);
  g_autoptr (GByteArray) found = g_byte_array_new ();

  for (int row = 0; row < PQntuples (answer); row++)
    for (int i = 0; i < N_PARTS; i++)
      g_byte_array_append (found, (const guint8 *) PQgetvalue (answer, row, i),
                           (guint) PQgetlength (answer, row, i));
  PQclear (answer);
  g_assert_cmpuint (found->len, ==, rows->plain->len);
  dc_bare_compare (rows->plain->data, found->data, found->len);
}

double
dc_bare_postgresql (const DcBarePlace *place,
                    const char        *folder,
                    GPtrArray         *bundles)
{
  PGconn *connection = connection_new (place->connection);
  double seconds = 0;

  do_simply (connection, "SET client_min_messages = warning");
  do_simply (connection, TABLE);
  for (guint i = 0; i < bundles->len; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    Rows rows;
    gint64 begin;

    rows_init (&rows, bundles->pdata[i]);
    begin = g_get_monotonic_time ();
    insert (connection, &rows, number);
    fetch_back (connection, &rows, number);
    seconds += (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
    rows_clear (&rows);
  }
  PQfinish (connection);

  return seconds;
}

void
dc_bare_postgresql_clear (const DcBarePlace *place)
{
  PGconn *connection = connection_new (place->superuser);

  do_simply (connection, "TRUNCATE daily_cup.record, daily_cup.note, daily_cup.destination");
  PQfinish (connection);
}
