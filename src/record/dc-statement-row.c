/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement-private.h"

#include <string.h>

#include "dc-envelope.h"
#include "dc-note.h"

const char * const dc_statement_parts[] = { "statement", "signature", NULL };

static gboolean
is_shift (const char *shift)
{
  return shift[0] == '\0' || strcmp (shift, DC_STATEMENT_SEVERAL) == 0 || dc_envelope_is_shift (shift);
}

const char *
dc_statement_row_fault (const DcStatementRow *row)
{
  if (!is_shift (row->shift))
    return "shift";
  if (row->currency[0] != '\0' && !dc_envelope_is_currency (row->currency))
    return "currency";
  if (row->count < 1 || row->count > DC_NOTE_MAX_NUMBER)
    return "count";
  if (row->sum < 0 || row->sum > DC_NOTE_MAX_NUMBER || (row->currency[0] == '\0' && row->sum != 0))
    return "sum";

  return NULL;
}

/* Without an amount there is no frequency either, whatever stands there. */
static guint
frequency_of (const DcStatementRow *row)
{
  return row->currency[0] != '\0' ? (guint) row->frequency : G_MAXUINT;
}

guint
dc_statement_row_hash (gconstpointer row)
{
  const DcStatementRow *self = row;
  guint hash = g_str_hash (self->shift);

  hash = 31 * hash + g_str_hash (self->currency);
  hash = 31 * hash + frequency_of (self);
  hash = 31 * hash + (guint) self->kind;
  hash = 31 * hash + (guint) self->state;

  return 2 * hash + (self->taken_back != FALSE);
}

gboolean
dc_statement_row_alike (gconstpointer a,
                        gconstpointer b)
{
  const DcStatementRow *one = a;
  const DcStatementRow *other = b;

  return one->kind == other->kind && one->state == other->state &&
         (one->taken_back != FALSE) == (other->taken_back != FALSE) &&
         frequency_of (one) == frequency_of (other) &&
         strcmp (one->currency, other->currency) == 0 && strcmp (one->shift, other->shift) == 0;
}

gboolean
dc_statement_has_alike (GArray *rows)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (dc_statement_row_hash, dc_statement_row_alike);

  for (guint i = 0; i < rows->len; i++) {
    if (!g_hash_table_add (seen, &g_array_index (rows, DcStatementRow, i)))
      return TRUE;
  }

  return FALSE;
}

/* One line that a person can read, and that prints as one. */
static gboolean
is_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

const char *
dc_statement_stall_fault (const DcStatementStall *stall)
{
  gboolean checked = stall->ready_s != 0;

  if (!is_line (stall->event))
    return "event";
  if (!is_line (stall->place))
    return "place";
  if (stall->ready_s < 0 || stall->ready_s > DC_STATEMENT_LAST_S)
    return "ready_at";
  if (checked != (stall->ready[0] != '\0') || strspn (stall->ready, "gar") != strlen (stall->ready))
    return "ready";

  return NULL;
}
