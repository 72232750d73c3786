/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-shelf.h"

#include <string.h>

#define MAX_NOTE (512 * 1024)

#define PUT_NOTE "SELECT daily_cup.put_note($1, $2, $3, $4, $5)"
#define NOTES    "SELECT number, line FROM daily_cup.notes($1, $2, $3, $4, $5)"
#define REMOVE_BATCH "DELETE FROM daily_cup.record WHERE batch = $1"
#define REMOVE_NOTE  "DELETE FROM daily_cup.note WHERE number = $1 AND kind = $2"

static const char * const kinds[] = {
  [DC_NOTE_STATEMENT] = "statement",
  [DC_NOTE_RECEIPT] = "receipt",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == DC_N_NOTES);

static void
add_text (DcPostgresqlValues *values,
          const char         *text)
{
  dc_postgresql_add_value (values, DC_POSTGRESQL_TEXT, text, text != NULL ? strlen (text) : 0);
}

/* Kind and origin, which may be any. */
static void
add_shelf (DcPostgresqlValues *values,
           DcNote              note,
           const DcOrigin     *origin)
{
  add_text (values, kinds[note]);
  add_text (values, origin != NULL ? origin->campaign : NULL);
  dc_postgresql_add_value (values, DC_POSTGRESQL_BYTEA, origin != NULL ? origin->tablet : NULL,
                           origin != NULL ? sizeof origin->tablet : 0);
  dc_postgresql_add_value (values, DC_POSTGRESQL_BYTEA, origin != NULL ? origin->queue.bytes : NULL,
                           origin != NULL ? sizeof origin->queue.bytes : 0);
}

gboolean
dc_postgresql_put_note (DcPostgresqlConnection  *connection,
                        DcNote                   note,
                        const DcOrigin          *origin,
                        GBytes                  *line,
                        DcTransfer              *transfer,
                        GError                 **error)
{
  g_autoptr (PGresult) answer = NULL;
  DcPostgresqlValues values = { 0 };
  DcPostgresqlCall call;
  gsize size;
  const char *data = g_bytes_get_data (line, &size);

  add_shelf (&values, note, origin);
  dc_postgresql_add_value (&values, DC_POSTGRESQL_BYTEA, data, size);
  dc_postgresql_call_begin (&call, transfer, size);
  answer = dc_postgresql_run (connection, PUT_NOTE, &values, 1, &call, error);
  if (answer == NULL)
    return FALSE;
  if (connection->warned || PQntuples (answer) != 1) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY,
                         "the server warned: it is not known how safe the note is");
    return FALSE;
  }

  return TRUE;
}

gboolean
dc_postgresql_read_number (const PGresult *answer,
                           int             row,
                           int             column,
                           gint64          after,
                           gint64         *number)
{
  gint64 network;

  if (PQgetisnull (answer, row, column) || PQgetlength (answer, row, column) != sizeof network)
    return FALSE;
  memcpy (&network, PQgetvalue (answer, row, column), sizeof network);
  *number = GINT64_FROM_BE (network);

  return *number > after;
}

/* One page of notes. @after becomes the last; FALSE with no error: enough. */
static gboolean
tell_notes (const PGresult      *answer,
            DcNote               note,
            gint64              *after,
            DcDestinationFound   found,
            gpointer             data,
            GError             **error)
{
  for (int row = 0; row < PQntuples (answer); row++) {
    int size = PQgetlength (answer, row, 1);
    g_autoptr (GBytes) line = g_bytes_new (PQgetvalue (answer, row, 1), (gsize) size);
    g_autofree char *place = NULL;

    if (!dc_postgresql_read_number (answer, row, 0, *after, after)) {
      g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                   "the answer: row %d: expected a higher number", row + 1);
      return FALSE;
    }
    place = g_strdup_printf ("%s/%" G_GINT64_FORMAT, kinds[note], *after);
    if (size <= MAX_NOTE && !found (place, line, data))
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_postgresql_read_notes (DcPostgresqlConnection  *connection,
                          DcNote                   note,
                          const DcOrigin          *origin,
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

    add_shelf (&values, note, origin);
    dc_postgresql_add_value (&values, DC_POSTGRESQL_INT8, &network, sizeof network);
    dc_postgresql_call_begin (&call, transfer, 0);
    answer = dc_postgresql_run (connection, NOTES, &values, 2, &call, error);
    if (answer == NULL)
      return FALSE;
    if (PQntuples (answer) == 0)
      return TRUE;
    if (!tell_notes (answer, note, &after, found, data, &failure)) {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, failure);
      return FALSE;
    }
  }
}

/* "record/12" → 12. */
static gboolean
read_place (const char *place,
            const char *kind,
            gint64     *number)
{
  const char *digits = place + strlen (kind) + 1;

  return g_str_has_prefix (place, kind) && place[strlen (kind)] == '/'
         && digits[0] >= '1' && digits[0] <= '9' && strlen (digits) <= 18
         && strspn (digits, "0123456789") == strlen (digits)
         && (*number = g_ascii_strtoll (digits, NULL, 10)) > 0;
}

gboolean
dc_postgresql_remove (DcPostgresqlConnection  *connection,
                      const char              *place,
                      DcTransfer              *transfer,
                      GError                 **error)
{
  g_autoptr (PGresult) answer = NULL;
  DcPostgresqlValues values = { 0 };
  DcPostgresqlCall call;
  gint64 number = 0;
  const char *kind = NULL;

  for (gsize i = 0; kind == NULL && i < G_N_ELEMENTS (kinds); i++) {
    if (read_place (place, kinds[i], &number))
      kind = kinds[i];
  }
  if (kind == NULL && !read_place (place, "record", &number)) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED,
                         "expected the name of something that lies there");
    return FALSE;
  }
  number = GINT64_TO_BE (number);
  dc_postgresql_add_value (&values, DC_POSTGRESQL_INT8, &number, sizeof number);
  if (kind != NULL)
    add_text (&values, kind);
  dc_postgresql_call_begin (&call, transfer, 0);
  answer = dc_postgresql_run (connection, kind != NULL ? REMOVE_NOTE : REMOVE_BATCH, &values, 0,
                              &call, error);

  return answer != NULL;
}
