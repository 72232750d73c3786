/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement-join.h"

#include <string.h>

#include "dc-note.h"
#include "dc-statement-private.h"

/* A tablet that stands somewhere for a year has many hundred shifts, of which
 * each is several rows. */

typedef struct
{
  const char *name;     /* (not owned) in the first of @rows */
  GPtrArray  *rows;     /* (owned) of DcStatementRow, not owned */
  gint64      count;
  gboolean    joined;
} Shift;

static void
shift_free (gpointer data)
{
  Shift *self = data;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* Each is at most 2^53 - 1, so that their sum cannot overflow. */
static gint64
add (gint64 a,
     gint64 b)
{
  return MIN (a + b, DC_NOTE_MAX_NUMBER);
}

static int
compare_shifts (gconstpointer a,
                gconstpointer b)
{
  const Shift *one = *(const Shift * const *) a;
  const Shift *other = *(const Shift * const *) b;

  int more = (one->count > other->count) - (one->count < other->count);

  return more != 0 ? more : strcmp (one->name, other->name);
}

static void
put_into_shift (GHashTable     *by_name,
                DcStatementRow *row)
{
  Shift *shift = g_hash_table_lookup (by_name, row->shift);

  if (shift == NULL) {
    shift = g_new0 (Shift, 1);
    shift->name = row->shift;
    shift->rows = g_ptr_array_new ();
    g_hash_table_insert (by_name, row->shift, shift);
  }
  g_ptr_array_add (shift->rows, row);
  shift->count = add (shift->count, row->count);
}

/* Those with the fewest records first. (transfer container) */
static GPtrArray *
sort_shifts (GHashTable *by_name)
{
  GPtrArray *shifts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer shift;

  g_hash_table_iter_init (&iter, by_name);
  while (g_hash_table_iter_next (&iter, NULL, &shift)) {
    if (((Shift *) shift)->name[0] != '\0' && strcmp (((Shift *) shift)->name, DC_STATEMENT_SEVERAL) != 0)
      g_ptr_array_add (shifts, shift);
  }
  g_ptr_array_sort (shifts, compare_shifts);

  return shifts;
}

/* The rows of @shift into @result, all under one name; what is alike is added.
 * @places: where in @result such a row is, by row. */
static void
join_shift (Shift      *shift,
            GHashTable *places,
            GArray     *result)
{
  shift->joined = TRUE;
  for (guint i = 0; i < shift->rows->len; i++) {
    DcStatementRow row = *(DcStatementRow *) shift->rows->pdata[i];
    gpointer place;

    g_strlcpy (row.shift, DC_STATEMENT_SEVERAL, sizeof row.shift);
    if (g_hash_table_lookup_extended (places, &row, NULL, &place)) {
      DcStatementRow *into = &g_array_index (result, DcStatementRow, GPOINTER_TO_UINT (place));

      into->count = add (into->count, row.count);
      into->sum = add (into->sum, row.sum);
    } else {
      g_hash_table_insert (places, g_memdup2 (&row, sizeof row), GUINT_TO_POINTER (result->len));
      g_array_append_val (result, row);
    }
  }
}

static void
replace_rows (GArray     *rows,
              GHashTable *by_name,
              GArray     *joined)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, TRUE, sizeof (DcStatementRow));

  for (guint i = 0; i < rows->len; i++) {
    DcStatementRow *row = &g_array_index (rows, DcStatementRow, i);
    Shift *shift = g_hash_table_lookup (by_name, row->shift);

    if (!shift->joined)
      g_array_append_val (kept, *row);
  }
  g_hash_table_remove_all (by_name);   /* its names are in @rows */
  g_array_set_size (rows, 0);
  g_array_append_vals (rows, kept->data, kept->len);
  g_array_append_vals (rows, joined->data, joined->len);
}

void
dc_statement_join_shifts (GArray *rows,
                          guint   limit)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, shift_free);
  g_autoptr (GHashTable) places = g_hash_table_new_full (dc_statement_row_hash, dc_statement_row_alike, g_free, NULL);
  g_autoptr (GArray) joined = g_array_new (FALSE, TRUE, sizeof (DcStatementRow));
  g_autoptr (GPtrArray) shifts = NULL;
  guint left = rows->len;
  Shift *before;

  if (rows->len <= limit)
    return;

  for (guint i = 0; i < rows->len; i++)
    put_into_shift (by_name, &g_array_index (rows, DcStatementRow, i));
  before = g_hash_table_lookup (by_name, DC_STATEMENT_SEVERAL);
  if (before != NULL) {
    join_shift (before, places, joined);
    left -= before->rows->len;
  }
  shifts = sort_shifts (by_name);
  for (guint i = 0; i < shifts->len && left + joined->len > limit; i++) {
    Shift *shift = shifts->pdata[i];

    join_shift (shift, places, joined);
    left -= shift->rows->len;
  }
  replace_rows (rows, by_name, joined);
}
