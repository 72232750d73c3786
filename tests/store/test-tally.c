/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

static void
save (DcStoreTest *self,
      guint        n,
      DcKind       kind,
      const char  *day,
      gint64       minor,
      const char  *currency,
      DcFrequency  frequency)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
  g_autoptr (GError) error = NULL;

  g_free (pledge->day);
  pledge->day = g_strdup (day);
  pledge->frequency = frequency;
  g_assert_true (dc_money_init (&pledge->amount, minor, currency, NULL));
  dc_store_test_save_pledge (self, kind, pledge, &error);
  g_assert_no_error (error);
}

static void
assert_sum (GArray      *sums,
            guint        i,
            gint64       minor,
            const char  *currency,
            DcFrequency  frequency,
            guint        count)
{
  DcTallySum *sum = &g_array_index (sums, DcTallySum, i);

  g_assert_cmpuint (i, <, sums->len);
  g_assert_cmpint (sum->sum.minor, ==, minor);
  g_assert_cmpstr (sum->sum.currency, ==, currency);
  g_assert_cmpint (sum->frequency, ==, frequency);
  g_assert_cmpuint (sum->count, ==, count);
}

static void
test_empty (DcStoreTest   *self,
            gconstpointer  unused)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (self);

  g_assert_cmpuint (tally->taken, ==, 0);
  g_assert_cmpuint (tally->practice, ==, 0);
  g_assert_cmpuint (tally->drill, ==, 0);
  g_assert_cmpuint (tally->sums->len, ==, 0);
  g_assert_cmpuint (tally->sums_on_day->len, ==, 0);
  g_assert_cmpuint (tally->codes_shown, ==, 0);
  g_assert_cmpuint (tally->set_aside, ==, 0);
  g_assert_null (tally->oldest_waiting_day);
  g_assert_cmpuint (tally->free_bytes, >, 0);
}

static void
test_monthly_and_once_apart (DcStoreTest   *self,
                             gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;

  save (self, 1, DC_KIND_PLEDGE, "2026-12-18", 1800, "CHF", DC_FREQUENCY_MONTHLY);
  save (self, 2, DC_KIND_PLEDGE, "2026-12-18", 1200, "CHF", DC_FREQUENCY_MONTHLY);
  save (self, 3, DC_KIND_PLEDGE, "2026-12-18", 5000, "CHF", DC_FREQUENCY_ONCE);
  save (self, 4, DC_KIND_PLEDGE, "2026-12-17", 700, "EUR", DC_FREQUENCY_YEARLY);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->sums_on_day->len, ==, 2);
  assert_sum (tally->sums_on_day, 0, 3000, "CHF", DC_FREQUENCY_MONTHLY, 2);
  assert_sum (tally->sums_on_day, 1, 5000, "CHF", DC_FREQUENCY_ONCE, 1);
  g_assert_cmpuint (tally->sums->len, ==, 3);
  assert_sum (tally->sums, 2, 700, "EUR", DC_FREQUENCY_YEARLY, 1);
  g_assert_cmpuint (tally->taken, ==, 4);
  g_assert_cmpuint (tally->taken_on_day, ==, 3);
  g_assert_cmpstr (tally->oldest_waiting_day, ==, "2026-12-18");
}

static void
save_in_shift (DcStoreTest *self,
               guint        n,
               const char  *shift,
               const char  *day,
               gint64       minor)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
  g_autoptr (GError) error = NULL;

  g_free (pledge->day);
  pledge->day = g_strdup (day);
  g_free (pledge->shift);
  pledge->shift = g_strdup (shift);
  pledge->frequency = DC_FREQUENCY_ONCE;
  g_assert_true (dc_money_init (&pledge->amount, minor, "CHF", NULL));
  dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, &error);
  g_assert_no_error (error);
}

/* A shift that began before midnight has both days; what was undone is out. */
static void
test_shift (DcStoreTest   *self,
            gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;
  DcId undone = dc_store_test_id (5);

  save_in_shift (self, 1, "Morning-7F", "2026-12-18", 1000);
  save_in_shift (self, 2, "Morning-7F", "2026-12-19", 200);
  save_in_shift (self, 3, "Evening-1A", "2026-12-18", 30);
  save_in_shift (self, 4, NULL, "2026-12-18", 4);
  save_in_shift (self, 5, "Morning-7F", "2026-12-18", 50000);
  g_assert_true (dc_store_test_withdraw (self, &undone, &error));
  g_assert_no_error (error);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken_in_shift, ==, 2);
  g_assert_cmpuint (tally->sums_in_shift->len, ==, 1);
  assert_sum (tally->sums_in_shift, 0, 1200, "CHF", DC_FREQUENCY_ONCE, 2);
  /* Nothing else is counted otherwise for it. */
  g_assert_cmpuint (tally->taken, ==, 5);
  g_assert_cmpuint (tally->taken_on_day, ==, 3);
  assert_sum (tally->sums_on_day, 0, 1034, "CHF", DC_FREQUENCY_ONCE, 3);
  assert_sum (tally->sums, 0, 1234, "CHF", DC_FREQUENCY_ONCE, 4);
}

/* Of one frequency, one currency follows the other; and what is alike is one sum,
 * in whatever state it is. */
static void
test_currencies_apart_and_states_together (DcStoreTest   *self,
                                           gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcId delivered = dc_store_test_id (1);

  save (self, 1, DC_KIND_PLEDGE, "2026-12-18", 1800, "CHF", DC_FREQUENCY_YEARLY);
  offered = dc_store_test_must_offer (self);
  dc_store_test_must_deliver (self, 0, &delivered, DC_VERDICT_NEW, NULL);
  save (self, 2, DC_KIND_PLEDGE, "2026-12-18", 1200, "CHF", DC_FREQUENCY_YEARLY);
  save (self, 3, DC_KIND_PLEDGE, "2026-12-18", 700, "EUR", DC_FREQUENCY_YEARLY);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->sums->len, ==, 2);
  assert_sum (tally->sums, 0, 3000, "CHF", DC_FREQUENCY_YEARLY, 2);
  assert_sum (tally->sums, 1, 700, "EUR", DC_FREQUENCY_YEARLY, 1);
  g_assert_cmpuint (tally->sums_by_state[DC_STATE_DELIVERED]->len, ==, 1);
  assert_sum (tally->sums_by_state[DC_STATE_DELIVERED], 0, 1800, "CHF", DC_FREQUENCY_YEARLY, 1);
}

static void
test_practice_and_drill_apart (DcStoreTest   *self,
                               gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;

  save (self, 1, DC_KIND_PRACTICE, "2026-12-18", 1800, "CHF", DC_FREQUENCY_ONCE);
  save (self, 2, DC_KIND_PRACTICE, "2026-12-18", 1800, "CHF", DC_FREQUENCY_ONCE);
  save (self, 3, DC_KIND_DRILL, "2026-12-18", 1800, "CHF", DC_FREQUENCY_ONCE);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 0);
  g_assert_cmpuint (tally->practice, ==, 2);
  g_assert_cmpuint (tally->drill, ==, 1);
  g_assert_cmpuint (tally->taken_on_day, ==, 0);
  g_assert_cmpuint (tally->sums->len, ==, 0);
  g_assert_null (tally->oldest_waiting_day);
}

static void
test_undone_is_left_out_of_sums (DcStoreTest   *self,
                                 gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcId left = dc_store_test_id (1);
  DcId stayed = dc_store_test_id (2);

  save (self, 1, DC_KIND_PLEDGE, "2026-12-18", 100, "CHF", DC_FREQUENCY_ONCE);
  offered = dc_store_test_must_offer (self);
  save (self, 2, DC_KIND_PLEDGE, "2026-12-18", 200, "CHF", DC_FREQUENCY_ONCE);
  save (self, 3, DC_KIND_PLEDGE, "2026-12-18", 400, "CHF", DC_FREQUENCY_ONCE);
  g_assert_true (dc_store_test_withdraw (self, &left, NULL));
  g_assert_true (dc_store_test_withdraw (self, &stayed, NULL));

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 3);
  g_assert_cmpuint (tally->taken_on_day, ==, 1);
  g_assert_cmpuint (tally->withdrawn_on_day, ==, 2);
  g_assert_cmpuint (tally->sums->len, ==, 1);
  assert_sum (tally->sums, 0, 400, "CHF", DC_FREQUENCY_ONCE, 1);
  assert_sum (tally->sums_on_day, 0, 400, "CHF", DC_FREQUENCY_ONCE, 1);
}

static void
test_codes_by_day (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    g_assert_true (dc_store_test_count_code (self, DC_STORE_TEST_DAY, NULL));
  g_assert_true (dc_store_test_count_code (self, "2026-12-17", NULL));
  dc_store_test_reopen (self);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->codes_shown_on_day, ==, 3);
  g_assert_cmpuint (tally->codes_shown, ==, 4);
  g_assert_cmpuint (tally->taken, ==, 0);

  g_assert_false (dc_store_test_count_code (self, "today", &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
}

static void
test_days_are_checked (DcStoreTest   *self,
                       gconstpointer  unused)
{
  static const char * const days[] = { "' OR 1 --", "", "x026-12-18", "2026-12-1x", "2026-12-180" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_store_test_tally_of (self, days[i], &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  }
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) counted = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_null (dc_store_test_tally_of (self, DC_STORE_TEST_DAY, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_assert_false (dc_store_test_count_code (self, DC_STORE_TEST_DAY, &counted));
  g_assert_error (counted, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

/* One thing that a kiosk or a run could do next, at random. */
static void
do_anything (DcStoreTest *self,
             guint       *saved)
{
  DcId id = dc_store_test_id ((guint) g_test_rand_int_range (0, (gint) *saved + 1));
  g_autoptr (GPtrArray) offered = NULL;

  switch (g_test_rand_int_range (0, 8)) {
  case 0:
  case 1:
  case 2:
    dc_store_test_must_save (self, (*saved)++);
    break;
  case 3:
    dc_store_test_withdraw (self, &id, NULL);
    break;
  case 4:
    offered = dc_store_test_offer (self, (guint) g_test_rand_int_range (0, 5), NULL);
    g_assert_nonnull (offered);
    break;
  case 5:
    g_assert_true (dc_store_test_purge (self, NULL, NULL));
    break;
  default:
    dc_store_test_move (self, &id, (DcState) g_test_rand_int_range (0, DC_N_STATES), NULL);
  }
}

/* taken = waiting + delivered + receipted + refused + withdrawn, always, and
 * it is the number that was thanked for. dc_store_test_tally adds them up. */
static void
test_the_identity_holds (DcStoreTest   *self,
                         gconstpointer  unused)
{
  guint saved = 0;

  for (guint i = 0; i < 400; i++) {
    g_autoptr (DcTally) tally = NULL;

    do_anything (self, &saved);
    if (i % 50 == 0)
      dc_store_test_reopen (self);
    tally = dc_store_test_tally (self);
    g_assert_cmpuint (tally->taken, ==, saved);
    g_assert_cmpuint (tally->taken_on_day + tally->withdrawn_on_day, ==, saved);
  }
}

static void
test_withdrawals_wait_until_they_left (DcStoreTest   *self,
                                       gconstpointer  unused)
{
  g_autoptr (GPtrArray) pledges = NULL;
  g_autoptr (GPtrArray) withdrawals = NULL;
  g_autoptr (DcTally) before = NULL;
  g_autoptr (DcTally) after = NULL;
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (0);
  DcRecord *withdrawal;

  dc_store_test_must_save (self, 0);
  pledges = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  before = dc_store_test_tally (self);
  g_assert_cmpuint (before->withdrawals_waiting, ==, 1);

  withdrawals = dc_store_test_must_offer (self);
  g_assert_cmpuint (withdrawals->len, ==, 2);
  withdrawal = g_ptr_array_index (withdrawals, 1);
  dc_store_test_move (self, &withdrawal->envelope.id, DC_STATE_DELIVERED, &error);
  g_assert_no_error (error);
  after = dc_store_test_tally (self);
  g_assert_cmpuint (after->withdrawals_waiting, ==, 0);
  g_assert_cmpuint (after->taken, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/tally/of-nothing-is-nothing", test_empty);
  dc_store_test_add ("/tally/never-adds-monthly-and-once", test_monthly_and_once_apart);
  dc_store_test_add ("/tally/never-adds-currencies-and-always-states", test_currencies_apart_and_states_together);
  dc_store_test_add ("/tally/counts-practice-and-drill-apart", test_practice_and_drill_apart);
  dc_store_test_add ("/tally/leaves-the-undone-out-of-the-sums",
                     test_undone_is_left_out_of_sums);
  dc_store_test_add ("/tally/counts-a-shift-by-itself", test_shift);
  dc_store_test_add ("/tally/counts-codes-by-day", test_codes_by_day);
  dc_store_test_add ("/tally/checks-the-day", test_days_are_checked);
  dc_store_test_add ("/tally/says-when-closed", test_closed_is_an_error);
  dc_store_test_add ("/tally/adds-up-whatever-happens", test_the_identity_holds);
  dc_store_test_add ("/tally/counts-withdrawals-until-they-have-left",
                     test_withdrawals_wait_until_they_left);

  return g_test_run ();
}
