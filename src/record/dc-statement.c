/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement-private.h"

#include <string.h>

#include "dc-json-parts.h"
#include "dc-json-time.h"
#include "dc-note.h"
#include "dc-statement-join.h"

/* Writing, which the tablet does; the reading is in dc-statement-reader.c. */

DcStatement *
dc_statement_new (void)
{
  DcStatement *self = g_new0 (DcStatement, 1);

  self->rows = g_array_new (FALSE, TRUE, sizeof (DcStatementRow));

  return self;
}

void
dc_statement_free (DcStatement *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self);
}

static gboolean
is_number (gint64 value,
           gint64 minimum)
{
  return value >= minimum && value <= DC_NOTE_MAX_NUMBER;
}

static gboolean
is_valid (const DcStatement *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    if (dc_statement_row_fault (&g_array_index (self->rows, DcStatementRow, i)) != NULL)
      return FALSE;
  }

  return dc_statement_stall_fault (&self->stall) == NULL && dc_note_is_origin (&self->origin) && is_number (self->number, 1) && is_number (self->max_seq, 0) &&
         is_number (self->codes_shown, 0) && self->set_aside <= DC_STATEMENT_MAX_SET_ASIDE;
}

static void
add_row (DcJsonWriter         *writer,
         const DcStatementRow *row)
{
  gboolean has_amount = row->currency[0] != '\0';

  dc_json_open_object (writer, NULL);
  dc_json_add_string (writer, "kind", dc_kind_to_string (row->kind));
  dc_json_add_string (writer, "state", dc_state_to_string (row->state));
  dc_json_add_boolean (writer, "taken_back", row->taken_back);
  dc_json_add_string (writer, "shift", row->shift[0] != '\0' ? row->shift : NULL);
  dc_json_add_string (writer, "currency", has_amount ? row->currency : NULL);
  dc_json_add_string (writer, "frequency", has_amount ? dc_frequency_to_string (row->frequency) : NULL);
  dc_json_add_integer (writer, "count", row->count);
  dc_json_add_integer (writer, "sum", row->sum);
  dc_json_close_object (writer);
}

static void
add_head (DcJsonWriter      *writer,
          const DcStatement *self)
{
  dc_json_add_integer (writer, "v", 1);
  dc_note_add_origin (writer, &self->origin);
  dc_json_add_hex (writer, "pack", self->pack, sizeof self->pack);
  dc_json_add_integer (writer, "number", self->number);
  dc_json_add_time (writer, &self->time);
  dc_json_add_integer (writer, "max_seq", self->max_seq);
  dc_json_add_integer (writer, "set_aside", self->set_aside);
  dc_json_add_integer (writer, "codes_shown", self->codes_shown);
}

/* What is not known is not there. */
static void
add_stall (DcJsonWriter           *writer,
           const DcStatementStall *stall)
{
  if (stall->event[0] != '\0')
    dc_json_add_string (writer, "event", stall->event);
  if (stall->place[0] != '\0')
    dc_json_add_string (writer, "place", stall->place);
  if (stall->ready_s > 0) {
    dc_json_add_integer (writer, "ready_at", stall->ready_s);
    dc_json_add_string (writer, "ready", stall->ready);
  }
}

static GBytes *
to_json (const DcStatement *self)
{
  g_autofree char *text = g_malloc (DC_STATEMENT_MAX_LINE);
  DcJsonWriter writer;

  dc_json_writer_init (&writer, text, DC_STATEMENT_MAX_LINE);
  dc_json_open_object (&writer, NULL);
  add_head (&writer, self);
  add_stall (&writer, &self->stall);
  dc_json_open_array (&writer, "rows");
  for (guint i = 0; i < self->rows->len; i++)
    add_row (&writer, &g_array_index (self->rows, DcStatementRow, i));
  dc_json_close_array (&writer);
  dc_json_close_object (&writer);
  g_return_val_if_fail (!dc_json_writer_failed (&writer), NULL);

  return g_bytes_new (text, writer.length);
}

GBytes *
dc_statement_to_line (DcStatement *self,
                      DcTabletKey *key)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;
  guint8 bytes[64];

  g_return_val_if_fail (self != NULL && key != NULL, NULL);
  g_return_val_if_fail (memcmp (self->origin.tablet, dc_tablet_key_get_public (key), 32) == 0, NULL);
  g_return_val_if_fail (is_valid (self) && !dc_statement_has_alike (self->rows), NULL);

  dc_statement_join_shifts (self->rows, DC_STATEMENT_MAX_ROWS);
  g_return_val_if_fail (self->rows->len <= DC_STATEMENT_MAX_ROWS, NULL);
  json = to_json (self);
  g_return_val_if_fail (json != NULL, NULL);

  message = dc_json_parts_signed (DC_STATEMENT_CONTEXT, json);
  dc_tablet_key_sign (key, g_bytes_get_data (message, NULL), g_bytes_get_size (message), bytes);
  signature = g_bytes_new (bytes, sizeof bytes);

  return dc_json_parts_to_line (dc_statement_parts, (GBytes *[]) { json, signature });
}
