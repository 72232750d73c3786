/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement-private.h"

#include <string.h>

#include "dc-envelope.h"
#include "dc-json-nested.h"
#include "dc-json-parts.h"
#include "dc-json-time.h"
#include "dc-note.h"

/* Reading, which the office does. The signature is by the key that the text
 * itself names, so the text is read first, and the signature decides whether
 * anything comes of it. */

/* The last four may be missing. */
static const char * const keys[] = {
  "v", "campaign", "tablet", "queue", "pack", "number", "time", "max_seq", "set_aside", "codes_shown", "rows",
  "event", "place", "ready_at", "ready", NULL
};
#define N_NEEDED (G_N_ELEMENTS (keys) - 1 - 4)
static const char * const row_keys[] = {
  "kind", "state", "taken_back", "shift", "currency", "frequency", "count", "sum", NULL
};

static gboolean
read_kind (DcJsonReader    *reader,
           DcStatementRow  *row,
           GError         **error)
{
  char kind[16];
  char state[16];

  if (!dc_json_read_string (reader, "kind", kind, sizeof kind, error)
      || !dc_json_read_string (reader, "state", state, sizeof state, error)
      || !dc_json_read_boolean (reader, "taken_back", &row->taken_back, error)) {
    return FALSE;
  }
  if (!dc_kind_from_string (kind, &row->kind))
    return dc_json_refuse (reader, "kind", "a kind of record", error);

  return dc_state_from_string (state, &row->state) || dc_json_refuse (reader, "state", "a state of a record", error);
}

static gboolean
read_shift (DcJsonReader    *reader,
            DcStatementRow  *row,
            GError         **error)
{
  if (dc_json_is_null (reader, "shift"))
    return TRUE;

  /* In the structure an empty one is none; in the text none is null. */
  return dc_json_read_string (reader, "shift", row->shift, sizeof row->shift, error) &&
         (row->shift[0] != '\0' || dc_json_refuse (reader, "shift", "null, or 1 to 64 characters", error));
}

/* The two go together: both null or neither. */
static gboolean
read_currency (DcJsonReader    *reader,
               DcStatementRow  *row,
               GError         **error)
{
  char frequency[16];

  if (dc_json_is_null (reader, "currency"))
    return dc_json_is_null (reader, "frequency") ||
           dc_json_refuse (reader, "frequency", "null, as the currency is", error);
  if (!dc_json_read_string (reader, "currency", row->currency, sizeof row->currency, error)
      || !dc_json_read_string (reader, "frequency", frequency, sizeof frequency, error)) {
    return FALSE;
  }
  if (row->currency[0] == '\0')
    return dc_json_refuse (reader, "currency", "null, or an ISO 4217 code", error);

  return dc_frequency_from_string (frequency, &row->frequency) ||
         dc_json_refuse (reader, "frequency", "“once”, “monthly” or “yearly”", error);
}

static gboolean
read_row (DcJsonReader    *reader,
          DcStatementRow  *row,
          GError         **error)
{
  const char *fault;

  if (!dc_json_reader_has_only (reader, row_keys, error)
      || !read_kind (reader, row, error)
      || !read_shift (reader, row, error)
      || !read_currency (reader, row, error)
      || !dc_json_read_integer (reader, "count", &row->count, error)
      || !dc_json_read_integer (reader, "sum", &row->sum, error)) {
    return FALSE;
  }
  fault = dc_statement_row_fault (row);

  return fault == NULL || dc_json_refuse (reader, fault, "what the format allows", error);
}

static gboolean
read_rows (DcJsonReader  *reader,
           GArray        *rows,
           GError       **error)
{
  guint length = 0;

  if (!dc_json_read_list (reader, "rows", &length, error))
    return FALSE;
  if (length > DC_STATEMENT_MAX_ROWS)
    return dc_json_refuse (reader, "rows", "at most 1500", error);

  for (guint i = 0; i < length; i++) {
    g_autoptr (DcJsonReader) item = dc_json_read_item (reader, "rows", i, error);
    DcStatementRow row = { 0 };

    if (item == NULL || !read_row (item, &row, error))
      return FALSE;
    g_array_append_val (rows, row);
  }

  return !dc_statement_has_alike (rows) || dc_json_refuse (reader, "rows", "none twice", error);
}

static gboolean
read_head (DcJsonReader  *reader,
           DcStatement   *self,
           GError       **error)
{
  gint64 set_aside = 0;

  if (!dc_note_read_origin (reader, &self->origin, error)
      || !dc_json_read_hex (reader, "pack", self->pack, sizeof self->pack, error)
      || !dc_note_read_number (reader, "number", 1, DC_NOTE_MAX_NUMBER, &self->number, error)
      || !dc_json_read_time (reader, &self->time, error)
      || !dc_note_read_number (reader, "max_seq", 0, DC_NOTE_MAX_NUMBER, &self->max_seq, error)
      || !dc_note_read_number (reader, "set_aside", 0, DC_STATEMENT_MAX_SET_ASIDE, &set_aside, error)
      || !dc_note_read_number (reader, "codes_shown", 0, DC_NOTE_MAX_NUMBER, &self->codes_shown, error)) {
    return FALSE;
  }
  self->set_aside = (guint) set_aside;

  return TRUE;
}

/* Each may be missing, but not one of the two that tell of the check. */
static gboolean
read_stall (DcJsonReader      *reader,
            DcStatementStall  *stall,
            GError           **error)
{
  gboolean checked = dc_json_has (reader, "ready") || dc_json_has (reader, "ready_at");
  const char *fault;

  if (dc_json_has (reader, "event")
      && !dc_json_read_string (reader, "event", stall->event, sizeof stall->event, error))
    return FALSE;
  if (dc_json_has (reader, "place")
      && !dc_json_read_string (reader, "place", stall->place, sizeof stall->place, error))
    return FALSE;
  if (checked
      && (!dc_note_read_number (reader, "ready_at", 1, DC_STATEMENT_LAST_S, &stall->ready_s, error)
          || !dc_json_read_string (reader, "ready", stall->ready, sizeof stall->ready, error)))
    return FALSE;
  fault = dc_statement_stall_fault (stall);

  return fault == NULL || dc_json_refuse (reader, fault, "what the format allows", error);
}

static DcStatement *
read_statement (GBytes  *json,
                GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (json, &length);
  g_autoptr (DcJsonReader) reader = dc_json_reader_new ("statement", text, length, DC_STATEMENT_MAX_LINE, error);
  g_autoptr (DcStatement) self = dc_statement_new ();

  if (reader == NULL
      || !dc_envelope_check_version (reader, error)
      || !dc_json_reader_has_among (reader, keys, N_NEEDED, error)
      || !read_head (reader, self, error)
      || !read_stall (reader, &self->stall, error)
      || !read_rows (reader, self->rows, error)) {
    return NULL;
  }

  return g_steal_pointer (&self);
}

static gboolean
check_signature (const DcStatement  *self,
                 GBytes             *json,
                 GBytes             *signature,
                 GError            **error)
{
  g_autoptr (GBytes) message = dc_json_parts_signed (DC_STATEMENT_CONTEXT, json);

  if (g_bytes_get_size (signature) == 64 &&
      dc_tablet_key_verify (self->origin.tablet, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                            g_bytes_get_data (signature, NULL)))
    return TRUE;

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE,
               "statement: not signed by the tablet that it names");

  return FALSE;
}

DcStatement *
dc_statement_from_line (GBytes  *line,
                        GError **error)
{
  GBytes *parts[DC_STATEMENT_N_PARTS] = { NULL };
  DcStatement *self = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (line != NULL, NULL);

  text = g_bytes_get_data (line, &length);
  if (!dc_json_parts_from_line ("statement", text != NULL ? text : "", length, DC_STATEMENT_MAX_LINE,
                                dc_statement_parts, parts, error)) {
    return NULL;
  }
  self = read_statement (parts[DC_STATEMENT_JSON], error);
  if (self != NULL && !check_signature (self, parts[DC_STATEMENT_JSON], parts[DC_STATEMENT_SIGNATURE], error))
    g_clear_pointer (&self, dc_statement_free);
  for (gsize i = 0; i < DC_STATEMENT_N_PARTS; i++)
    g_bytes_unref (parts[i]);

  return self;
}
