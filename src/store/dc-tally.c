/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tally.h"

#include "dc-record.h"
#include "dc-store-error.h"
#include "dc-tally-read.h"

/* Neither erased nor stood for by a sealed withdrawal. */
#define STANDS "(state <> 'withdrawn' AND NOT taken_back)"

/* Records that are alike, counted. */
typedef struct
{
  DcKind      kind;
  DcState     state;
  gboolean    stands;
  gboolean    on_day;
  gboolean    in_shift;
  DcTallySum  sum;         /* with the count */
} Group;

void
dc_tally_free (DcTally *self)
{
  g_clear_pointer (&self->sums_on_day, g_array_unref);
  g_clear_pointer (&self->sums_in_shift, g_array_unref);
  g_clear_pointer (&self->sums, g_array_unref);
  for (guint i = 0; i < DC_N_STATES; i++)
    g_clear_pointer (&self->sums_by_state[i], g_array_unref);
  g_clear_pointer (&self->oldest_waiting_day, g_free);
  g_free (self);
}

static DcTally *
tally_new (void)
{
  DcTally *self = g_new0 (DcTally, 1);

  self->sums_on_day = g_array_new (FALSE, TRUE, sizeof (DcTallySum));
  self->sums_in_shift = g_array_new (FALSE, TRUE, sizeof (DcTallySum));
  self->sums = g_array_new (FALSE, TRUE, sizeof (DcTallySum));
  for (guint i = 0; i < DC_N_STATES; i++)
    self->sums_by_state[i] = g_array_new (FALSE, TRUE, sizeof (DcTallySum));

  return self;
}

/* The groups come by currency and frequency, so that only the last sum can be
 * of the same ones. */
static void
add_sum (GArray           *sums,
         const DcTallySum *sum)
{
  DcTallySum *last = sums->len > 0 ? &g_array_index (sums, DcTallySum, sums->len - 1) : NULL;

  if (last == NULL || last->frequency != sum->frequency
      || g_strcmp0 (last->sum.currency, sum->sum.currency) != 0) {
    g_array_append_val (sums, *sum);
    return;
  }

  last->sum.minor += sum->sum.minor;
  last->count += sum->count;
}

static void
add_pledges (DcTally     *self,
             const Group *group)
{
  guint count = group->sum.count;

  self->taken += count;
  self->by_state[group->state] += count;
  if (group->on_day)
    *(group->stands ? &self->taken_on_day : &self->withdrawn_on_day) += count;

  if (!group->stands)
    return;
  add_sum (self->sums, &group->sum);
  add_sum (self->sums_by_state[group->state], &group->sum);
  if (group->on_day)
    add_sum (self->sums_on_day, &group->sum);
  if (group->in_shift) {
    self->taken_in_shift += count;
    add_sum (self->sums_in_shift, &group->sum);
  }
}

static void
add_group (DcTally     *self,
           const Group *group)
{
  guint count = group->sum.count;

  self->all_by_state[group->state] += count;
  if (group->kind == DC_KIND_PLEDGE)
    add_pledges (self, group);
  else if (group->kind == DC_KIND_PRACTICE)
    self->practice += count;
  else if (group->kind == DC_KIND_DRILL)
    self->drill += count;
  else if (group->kind == DC_KIND_WITHDRAWAL && group->state == DC_STATE_WAITING)
    self->withdrawals_waiting += count;
}

static gboolean
read_group (DcQuery  *select,
            Group    *group,
            GError  **error)
{
  const char *currency;

  if (!dc_kind_from_string (dc_query_get_text (select, 0), &group->kind)
      || !dc_state_from_string (dc_query_get_text (select, 1), &group->state)) {
    g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                         "a record has no known kind or state");
    return FALSE;
  }

  group->stands = dc_query_get_integer (select, 2) != 0;
  group->on_day = dc_query_get_integer (select, 3) != 0;
  group->in_shift = dc_query_get_integer (select, 4) != 0;
  group->sum.sum.minor = dc_query_get_integer (select, 7);
  group->sum.count = (guint) dc_query_get_integer (select, 8);
  currency = dc_query_get_text (select, 5);
  if (currency != NULL) {
    g_strlcpy (group->sum.sum.currency, currency, sizeof group->sum.sum.currency);
    dc_frequency_from_string (dc_query_get_text (select, 6), &group->sum.frequency);
  }

  return TRUE;
}

/* All of it in one walk over the totals, however many sums are wanted. */
static gboolean
read_records (DcTally     *self,
              DcDatabase  *database,
              const char  *day,
              const char  *shift,
              GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT kind, state, " STANDS " AS stands, day = :day AS on_day, "
                                "shift = :shift AS in_shift, "
                                "nullif (currency, ''), frequency, sum (sum), sum (count) "
                                "FROM temp.total WHERE count > 0 "
                                "GROUP BY currency, frequency, kind, state, stands, on_day, in_shift "
                                "ORDER BY currency, frequency", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_text (select, ":day", day);
  dc_query_bind_text (select, ":shift", shift);

  while (dc_query_step (select, &row, error)) {
    Group group = { .stands = FALSE };

    if (!row)
      return TRUE;
    if (!read_group (select, &group, error))
      return FALSE;
    add_group (self, &group);
  }

  return FALSE;
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

/* A destination passes over no record that waits (dc-queue-destinations.c): what
 * one has passed need not be looked at. */
static gboolean
read_oldest (DcTally     *self,
             DcDatabase  *database,
             GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT day FROM record WHERE kind = 'pledge' "
                                "AND state = 'waiting' AND seq > "
                                "(SELECT coalesce (max (passed), 0) FROM destination) "
                                "ORDER BY seq LIMIT 1", error);
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
                                "SELECT coalesce (sum (count), 0) FROM temp.total WHERE to_copy",
                                &count, error))
    return FALSE;

  self->to_copy = (guint) count;

  return TRUE;
}

static gboolean
read_destinations (DcTally     *self,
                   DcDatabase  *database,
                   GError     **error)
{
  g_autoptr (DcQuery) select = NULL;

  select = dc_database_prepare (database, "SELECT count (*), coalesce (max (last_success), 0) "
                                "FROM destination", error);
  if (select == NULL || !dc_query_step (select, NULL, error))
    return FALSE;

  self->destinations = (guint) dc_query_get_integer (select, 0);
  self->last_success = dc_query_get_integer (select, 1);

  return TRUE;
}

DcTally *
dc_tally_read (DcDatabase  *database,
               const char  *day,
               const char  *shift,
               GError     **error)
{
  g_autoptr (DcTally) self = tally_new ();

  if (!read_records (self, database, day, shift, error)
      || !read_codes (self, database, day, error)
      || !read_to_copy (self, database, error)
      || !read_oldest (self, database, error)
      || !read_destinations (self, database, error))
    return NULL;

  return g_steal_pointer (&self);
}
