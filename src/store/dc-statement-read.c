/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement-read.h"

#include "dc-store-error.h"

static gboolean
take_number (DcDatabase  *database,
             gint64      *number,
             GError     **error)
{
  return dc_database_execute (database, "UPDATE queue SET statements = statements + 1", error)
         && dc_database_get_integer (database, "SELECT statements FROM queue", number, error);
}

static void
copy_text (DcQuery *select,
           int      column,
           char    *text,
           gsize    size)
{
  const char *found = dc_query_get_text (select, column);

  g_strlcpy (text, found != NULL ? found : "", size);
}

static gboolean
read_row (DcQuery         *select,
          DcStatementRow  *row,
          GError         **error)
{
  if (!dc_kind_from_string (dc_query_get_text (select, 0), &row->kind)
      || !dc_state_from_string (dc_query_get_text (select, 1), &row->state)) {
    g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                         "a record has no known kind or state");
    return FALSE;
  }

  row->taken_back = dc_query_get_integer (select, 2) != 0;
  copy_text (select, 3, row->shift, sizeof row->shift);
  copy_text (select, 4, row->currency, sizeof row->currency);
  dc_frequency_from_string (dc_query_get_text (select, 5), &row->frequency);
  row->count = dc_query_get_integer (select, 6);
  row->sum = dc_query_get_integer (select, 7);

  return TRUE;
}

static gboolean
read_rows (DcDatabase  *database,
           GArray      *rows,
           GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  gboolean found;

  select = dc_database_prepare (database,
                                "SELECT kind, state, taken_back, shift, currency, frequency, "
                                "sum (count), sum (sum) FROM temp.total WHERE count > 0 "
                                "GROUP BY kind, state, taken_back, shift, currency, frequency "
                                "ORDER BY kind, state, taken_back, shift, currency, frequency",
                                error);
  if (select == NULL)
    return FALSE;

  while (dc_query_step (select, &found, error)) {
    DcStatementRow row = { .count = 0 };

    if (!found)
      return TRUE;
    if (!read_row (select, &row, error))
      return FALSE;
    g_array_append_val (rows, row);
  }

  return FALSE;
}

DcStatement *
dc_statement_read (DcDatabase  *database,
                   const DcId  *queue,
                   GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (DcStatement) self = dc_statement_new ();

  self->origin.queue = *queue;
  if (transaction == NULL
      || !take_number (database, &self->number, error)
      || !dc_database_get_integer (database, "SELECT coalesce (max (seq), 0) "
                                   "FROM sqlite_sequence WHERE name = 'record'",
                                   &self->max_seq, error)
      || !dc_database_get_integer (database, "SELECT coalesce (sum (count), 0) FROM code_shown",
                                   &self->codes_shown, error)
      || !read_rows (database, self->rows, error)
      || !dc_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&self);
}
