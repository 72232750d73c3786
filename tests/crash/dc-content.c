/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-content.h"

#include <string.h>

/* What is read, and how many columns each has. */
static const struct { const char *sql; int columns; } parts[] = {
  { "SELECT id, statements FROM queue", 2 },
  { "SELECT seq FROM sqlite_sequence WHERE name = 'record'", 1 },
  { "SELECT day, count FROM code_shown ORDER BY day", 2 },
  { "SELECT id, state, withdrawn_by, sealed, seq, kind, offered, day, shift, amount, "
    "currency, frequency, about, reason, receipt, signature, envelope, copied "
    "FROM record ORDER BY seq", 18 },
  { "SELECT key, id, epoch, passed, last_success FROM destination ORDER BY key", 5 },
  { "SELECT seq, destination FROM delivery ORDER BY seq, destination", 2 },
  { "SELECT sha256, line FROM receipt ORDER BY key", 2 },
};

enum { PART_QUEUE, PART_SEQUENCE, PART_CODES, PART_RECORDS };

static void
append_column (DcContent   *self,
               DcQuery *statement,
               int          column)
{
  guint32 length = G_MAXUINT32;   /* NULL */
  const void *data = NULL;
  gsize size = 0;

  if (!dc_query_is_null (statement, column)) {
    data = dc_query_get_blob (statement, column, &size);
    length = (guint32) size;
  }

  g_byte_array_append (self->bytes, (const guint8 *) &length, sizeof length);
  if (size > 0)
    g_byte_array_append (self->bytes, data, (guint) size);
}

static void
append_row (DcContent   *self,
            DcQuery *statement)
{
  DcContentRow row = { .whole = FALSE };
  gsize size;
  const guint8 *data = dc_query_get_blob (statement, 0, &size);

  g_assert_cmpuint (size, ==, sizeof row.id.bytes);
  memcpy (row.id.bytes, data, size);
  g_assert_true (dc_state_from_string (dc_query_get_text (statement, 1), &row.state));
  row.undone = row.state == DC_STATE_WITHDRAWN || !dc_query_is_null (statement, 2);
  row.whole = !dc_query_is_null (statement, 3);
  if (row.whole) {
    data = dc_query_get_blob (statement, 3, &size);
    g_assert_cmpuint (size, >, 2 * DC_NEEDLE_SIZE);
    memcpy (row.needle, data + size / 2, sizeof row.needle);
  }

  g_array_append_val (self->rows, row);
}

static gboolean
read_part (DcContent   *self,
           guint        part,
           DcDatabase  *database,
           GError     **error)
{
  g_autoptr (DcQuery) select = dc_database_prepare (database, parts[part].sql, error);
  gboolean row = TRUE;

  if (select == NULL)
    return FALSE;

  for (;;) {
    if (!dc_query_step (select, &row, error))
      return FALSE;
    if (!row)
      return TRUE;

    for (int i = 0; i < parts[part].columns; i++)
      append_column (self, select, i);
    if (part == PART_RECORDS)
      append_row (self, select);
    self->codes += part == PART_CODES;
  }
}

DcContent *
dc_content_read (DcDatabase  *database,
                 GError     **error)
{
  g_autoptr (DcContent) self = g_rc_box_new0 (DcContent);

  self->bytes = g_byte_array_sized_new (64 * 1024);
  self->rows = g_array_new (FALSE, FALSE, sizeof (DcContentRow));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (!read_part (self, i, database, error))
      return NULL;
  }

  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  DcContent *self = data;

  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
}

DcContent *
dc_content_ref (DcContent *self)
{
  return g_rc_box_acquire (self);
}

void
dc_content_unref (DcContent *self)
{
  g_rc_box_release_full (self, clear);
}

gboolean
dc_content_equal (const DcContent *self,
                  const DcContent *other)
{
  return self->bytes->len == other->bytes->len
         && memcmp (self->bytes->data, other->bytes->data, self->bytes->len) == 0;
}

gboolean
dc_content_is_empty (const DcContent *self)
{
  return self->rows->len == 0 && self->codes == 0;
}

static guint
find (const DcContent     *self,
      const DcId          *id,
      const DcContentRow **found)
{
  guint times = 0;

  *found = NULL;
  for (guint i = 0; i < self->rows->len; i++) {
    const DcContentRow *row = &g_array_index (self->rows, DcContentRow, i);

    if (memcmp (row->id.bytes, id->bytes, sizeof id->bytes) == 0) {
      *found = row;
      times++;
    }
  }

  return times;
}

void
dc_content_compare (const DcContent *acknowledged,
                    const DcContent *found,
                    DcContentHarm   *harm)
{
  *harm = (DcContentHarm) { .lost = 0 };

  for (guint i = 0; i < acknowledged->rows->len; i++) {
    const DcContentRow *row = &g_array_index (acknowledged->rows, DcContentRow, i);
    const DcContentRow *there;
    guint times = find (found, &row->id, &there);

    harm->lost += times == 0;
    harm->doubled += times > 1;
    harm->back += times > 0 && row->undone && !there->undone;
  }

  harm->other = harm->lost + harm->doubled + harm->back == 0;
}
