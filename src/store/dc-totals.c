/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A tally or a statement that reads every record takes seconds where there are
 * 100,000, and a save has to wait for it. So the sums are kept: a row for each
 * kind of record that a tally or a statement tells apart, some hundreds in all.
 *
 * The table is a temporary one, in memory. It takes part in each transaction as
 * the records do, and is rolled back with them; and it is made of them anew
 * whenever the queue is opened, which reads all of it to check it anyway. So no
 * file can contradict its records, a save writes no byte more than before, and
 * there is nothing of it to be erased.
 *
 * No trigger keeps it: the connection has them switched off. Whatever changes a
 * record calls dc_totals_remove () before and dc_totals_add () after. */

#include "dc-totals.h"

#define COLUMNS "kind, state, taken_back, to_copy, day, shift, currency, frequency"

/* None of these is to be looked for beyond the first page of a record. */
#define GROUP \
  "kind, state, withdrawn_by IS NOT NULL AS taken_back, " \
  "copied = 0 AND sealed IS NOT NULL AND withdrawn_by IS NULL AS to_copy, " \
  "day, coalesce (shift, '') AS shift, coalesce (currency, '') AS currency, " \
  "coalesce (frequency, '') AS frequency"

static const char table[] =
  "CREATE TEMP TABLE total ("
  "kind TEXT NOT NULL, state TEXT NOT NULL, taken_back INTEGER NOT NULL, "
  "to_copy INTEGER NOT NULL, day TEXT NOT NULL, shift TEXT NOT NULL, "
  "currency TEXT NOT NULL, frequency TEXT NOT NULL, "
  "count INTEGER NOT NULL, sum INTEGER NOT NULL, "
  "PRIMARY KEY (" COLUMNS ")) STRICT, WITHOUT ROWID";

static gboolean
update (DcDatabase  *database,
        const char  *sql,
        gint64       seq,
        GError     **error)
{
  g_autoptr (DcQuery) query = dc_database_prepare (database, sql, error);

  if (query == NULL)
    return FALSE;
  dc_query_bind_integer (query, ":seq", seq);

  return dc_query_step (query, NULL, error);
}

/* A row that has come to 0 stays, for the next; who reads leaves it out. */
gboolean
dc_totals_remove (DcDatabase  *database,
                  gint64       seq,
                  GError     **error)
{
  return update (database, "UPDATE temp.total SET count = count - 1, sum = sum - "
                 "(SELECT coalesce (amount, 0) FROM record WHERE seq = :seq) "
                 "WHERE (" COLUMNS ") = (SELECT " GROUP " FROM record WHERE seq = :seq)",
                 seq, error);
}

gboolean
dc_totals_add (DcDatabase  *database,
               gint64       seq,
               GError     **error)
{
  return update (database, "INSERT INTO temp.total "
                 "SELECT " GROUP ", 1, coalesce (amount, 0) FROM record WHERE seq = :seq "
                 "ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum",
                 seq, error);
}

/* What was receipted and could still have been copied can no longer. */
gboolean
dc_totals_purged (DcDatabase  *database,
                  GError     **error)
{
  return dc_database_execute (database, "INSERT INTO temp.total "
                              "SELECT kind, state, taken_back, 0, day, shift, currency, frequency, "
                              "count, sum FROM temp.total WHERE state = 'receipted' AND to_copy "
                              "ON CONFLICT DO UPDATE SET count = count + excluded.count, "
                              "sum = sum + excluded.sum", error)
         && dc_database_execute (database, "DELETE FROM temp.total "
                                 "WHERE state = 'receipted' AND to_copy", error);
}

gboolean
dc_totals_recount (DcDatabase  *database,
                   GError     **error)
{
  return dc_database_execute (database, "DELETE FROM temp.total", error)
         && dc_database_execute (database, "INSERT INTO temp.total "
                                 "SELECT " GROUP ", count (*), coalesce (sum (amount), 0) "
                                 "FROM record GROUP BY 1, 2, 3, 4, 5, 6, 7, 8", error);
}

gboolean
dc_totals_begin (DcDatabase  *database,
                 GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);

  return transaction != NULL
         && dc_database_execute (database, table, error)
         && dc_totals_recount (database, error)
         && dc_transaction_commit (transaction, error);
}
