/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tally.h"

#include "dc-record.h"
#include "dc-store-error.h"
#include "dc-tally-read.h"

/* Neither erased nor stood for by a sealed withdrawal. */
#define STANDS "(state <> 'withdrawn' AND withdrawn_by IS NULL)"

void
dc_tally_free (DcTally *self)
{
  g_clear_pointer (&self->sums_on_day, g_array_unref);
  g_clear_pointer (&self->sums, g_array_unref);
  g_clear_pointer (&self->oldest_waiting_day, g_free);
  g_free (self);
}

static gboolean
add_count (DcTally     *self,
           const char  *kind_text,
           const char  *state_text,
           guint        count,
           GError     **error)
{
  DcKind kind;
  DcState state;

  if (!dc_kind_from_string (kind_text, &kind) || !dc_state_from_string (state_text, &state)) {
    g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                         "a record has no known kind or state");
    return FALSE;
  }

  if (kind == DC_KIND_PLEDGE) {
    self->taken += count;
    self->by_state[state] += count;
  } else if (kind == DC_KIND_PRACTICE) {
    self->practice += count;
  } else if (kind == DC_KIND_DRILL) {
    self->drill += count;
  } else if (kind == DC_KIND_WITHDRAWAL && state == DC_STATE_WAITING) {
    self->withdrawals_waiting += count;
  }

  return TRUE;
}

static gboolean
read_counts (DcTally     *self,
             DcDatabase  *database,
             GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database, "SELECT kind, state, count (*) FROM record "
                                "GROUP BY kind, state", error);
  if (select == NULL)
    return FALSE;

  while (dc_query_step (select, &row, error)) {
    if (!row)
      return TRUE;
    if (!add_count (self, dc_query_get_text (select, 0),
                    dc_query_get_text (select, 1),
                    (guint) dc_query_get_integer (select, 2), error))
      return FALSE;
  }

  return FALSE;
}

static gboolean
read_day (DcTally     *self,
          DcDatabase  *database,
          const char  *day,
          GError     **error)
{
  g_autoptr (DcQuery) select = NULL;

  select = dc_database_prepare (database,
                                "SELECT count (*) FILTER (WHERE " STANDS "), "
                                "count (*) FILTER (WHERE NOT " STANDS ") "
                                "FROM record WHERE kind = 'pledge' AND day = :day", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_text (select, ":day", day);
  if (!dc_query_step (select, NULL, error))
    return FALSE;

  self->taken_on_day = (guint) dc_query_get_integer (select, 0);
  self->withdrawn_on_day = (guint) dc_query_get_integer (select, 1);

  return TRUE;
}

/* @day: NULL for all of them. */
static GArray *
read_sums (DcDatabase  *database,
           const char  *day,
           GError     **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, TRUE, sizeof (DcTallySum));
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT currency, frequency, sum (amount), count (*) "
                                "FROM record WHERE kind = 'pledge' AND " STANDS " "
                                "AND (:day IS NULL OR day = :day) "
                                "GROUP BY currency, frequency "
                                "ORDER BY currency, frequency", error);
  if (select == NULL)
    return NULL;
  dc_query_bind_text (select, ":day", day);

  while (dc_query_step (select, &row, error)) {
    DcTallySum sum = { 0 };

    if (!row)
      return g_steal_pointer (&sums);

    g_strlcpy (sum.sum.currency, dc_query_get_text (select, 0), sizeof sum.sum.currency);
    dc_frequency_from_string (dc_query_get_text (select, 1), &sum.frequency);
    sum.sum.minor = dc_query_get_integer (select, 2);
    sum.count = (guint) dc_query_get_integer (select, 3);
    g_array_append_val (sums, sum);
  }

  return NULL;
}

static gboolean
read_codes (DcTally     *self,
            DcDatabase  *database,
            const char  *day,
            GError     **error)
{
  g_autoptr (DcQuery) select = NULL;

  select = dc_database_prepare (database,
                                "SELECT total (count), total (count) FILTER (WHERE day = :day) "
                                "FROM code_shown", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_text (select, ":day", day);
  if (!dc_query_step (select, NULL, error))
    return FALSE;

  self->codes_shown = (guint) dc_query_get_integer (select, 0);
  self->codes_shown_on_day = (guint) dc_query_get_integer (select, 1);

  return TRUE;
}

static gboolean
read_oldest (DcTally     *self,
             DcDatabase  *database,
             GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT day FROM record WHERE kind = 'pledge' "
                                "AND state = 'waiting' ORDER BY seq LIMIT 1", error);
  if (select == NULL || !dc_query_step (select, &row, error))
    return FALSE;

  if (row)
    self->oldest_waiting_day = g_strdup (dc_query_get_text (select, 0));

  return TRUE;
}

static gboolean
read_to_copy (DcTally     *self,
              DcDatabase  *database,
              GError     **error)
{
  gint64 count;

  if (!dc_database_get_integer (database,
                                "SELECT count (*) FROM record WHERE copied = 0 "
                                "AND sealed IS NOT NULL AND withdrawn_by IS NULL",
                                &count, error))
    return FALSE;

  self->to_copy = (guint) count;

  return TRUE;
}

DcTally *
dc_tally_read (DcDatabase  *database,
               const char  *day,
               GError     **error)
{
  g_autoptr (DcTally) self = g_new0 (DcTally, 1);

  if (!read_counts (self, database, error)
      || !read_day (self, database, day, error)
      || !read_codes (self, database, day, error)
      || !read_to_copy (self, database, error)
      || !read_oldest (self, database, error))
    return NULL;

  self->sums_on_day = read_sums (database, day, error);
  if (self->sums_on_day == NULL)
    return NULL;

  self->sums = read_sums (database, NULL, error);
  if (self->sums == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
