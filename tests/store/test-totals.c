/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-record.h"
#include "dc-store-test.h"

/* The totals are kept by each call, and counted anew by each opening: both must
 * say the same, whatever happened in between. */

static void
append_sums (GString    *text,
             const char *name,
             GArray     *sums)
{
  for (guint i = 0; i < sums->len; i++) {
    DcTallySum *sum = &g_array_index (sums, DcTallySum, i);

    g_string_append_printf (text, "%s %s %d: %" G_GINT64_FORMAT " of %u\n", name, sum->sum.currency,
                            sum->frequency, sum->sum.minor, sum->count);
  }
}

static char *
describe (DcStoreTest *self)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (self);
  g_autoptr (DcStatement) statement = dc_store_test_statement (self, NULL);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u taken, %u on the day, %u withdrawn, %u to copy, %u practice, "
                          "%u withdrawals, oldest %s\n", tally->taken, tally->taken_on_day,
                          tally->withdrawn_on_day, tally->to_copy, tally->practice,
                          tally->withdrawals_waiting, tally->oldest_waiting_day);
  for (guint i = 0; i < DC_N_STATES; i++) {
    g_string_append_printf (text, "%s: %u, %u\n", dc_state_to_string (i), tally->by_state[i],
                            tally->all_by_state[i]);
    append_sums (text, dc_state_to_string (i), tally->sums_by_state[i]);
  }
  append_sums (text, "all", tally->sums);
  append_sums (text, "day", tally->sums_on_day);

  for (guint i = 0; i < statement->rows->len; i++) {
    DcStatementRow *row = &g_array_index (statement->rows, DcStatementRow, i);

    g_string_append_printf (text, "%d %d %d %s %s %d: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT "\n",
                            row->kind, row->state, row->taken_back, row->shift, row->currency,
                            row->frequency, row->sum, row->count);
  }

  return g_string_free (text, FALSE);
}

static void
assert_counted (DcStoreTest *self)
{
  g_autofree char *kept = describe (self);
  g_autofree char *counted = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  dc_store_test_open (self->queue, NULL, &error);
  g_assert_no_error (error);
  counted = describe (self);
  g_assert_cmpstr (kept, ==, counted);
}

static void
receipt (DcStoreTest *self,
         DcRecord    *record)
{
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  guint n = 0;

  dc_store_test_receipts_add (receipts, &record->envelope.id, record->envelope.sealed_sha256);
  g_assert_true (dc_store_test_receipt (self, receipts, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, 1);
}

static void
test_follow_each_change (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GHashTable) none = dc_store_test_ids_new ();
  DcId ids[8];

  for (guint n = 0; n < G_N_ELEMENTS (ids); n++) {
    ids[n] = dc_store_test_id (n);
    dc_store_test_must_save (self, n);
  }
  assert_counted (self);
  g_assert_true (dc_store_test_withdraw (self, &ids[7], NULL));
  assert_counted (self);

  records = dc_store_test_must_offer (self);
  for (guint n = 0; n < 4; n++)
    dc_store_test_must_deliver (self, 0, &ids[n], DC_VERDICT_NEW, NULL);
  dc_store_test_must_deliver (self, 0, &ids[4], DC_VERDICT_REFUSED, "not today");
  dc_store_test_must_deliver (self, 0, &ids[5], DC_VERDICT_DIFFERS, NULL);
  assert_counted (self);
  g_assert_true (dc_store_test_withdraw (self, &ids[1], NULL));
  assert_counted (self);
  g_assert_true (dc_store_test_retry (self, &ids[4], NULL, NULL));
  assert_counted (self);

  copies = dc_store_test_take_copies (self, 0, NULL, 3, NULL);
  g_assert_cmpuint (copies->len, ==, 3);
  g_assert_true (dc_store_test_mark_copied (self, copies, NULL));
  assert_counted (self);
  g_assert_true (dc_store_test_compare_copies (self, none, NULL));
  assert_counted (self);

  receipt (self, records->pdata[0]);
  receipt (self, records->pdata[1]);
  assert_counted (self);
  g_assert_true (dc_store_test_purge (self, NULL, NULL));
  assert_counted (self);
  g_assert_true (dc_store_test_begin_run (self, 0, 1, FALSE, NULL, NULL));
  assert_counted (self);
  g_assert_true (dc_store_test_move (self, &ids[2], DC_STATE_DELIVERED, NULL));
  assert_counted (self);
}

/* A run that ends well leaves nothing to be passed over by the next. */
static void
test_mark_follows_a_bundle (DcStoreTest   *self,
                            gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *mark = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (guint n = 0; n < 5; n++)
    dc_store_test_must_save (self, n);
  records = dc_store_test_must_offer (self);
  for (guint n = 0; n < 4; n++) {
    DcId id = dc_store_test_id (n);

    dc_store_test_must_deliver (self, 0, &id, n == 2 ? DC_VERDICT_RETRY : DC_VERDICT_NEW, NULL);
  }
  g_assert_true (dc_store_test_close (self->queue, NULL));
  mark = dc_store_test_query (path, "SELECT passed FROM destination");
  g_assert_cmpstr (mark, ==, "2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/totals/follow-each-change", test_follow_each_change);
  dc_store_test_add ("/totals/mark-follows-a-bundle", test_mark_follows_a_bundle);

  return g_test_run ();
}
