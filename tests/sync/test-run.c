/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-run.h"

#include <string.h>

typedef DcTestRun Test;

/* The n-th call of one kind meets a fault, or every one from there on. */
static struct
{
  DcFakeCall call;
  guint      nth;
  gboolean   on;
  DcFakeStep step;
} plan;

static guint n_seen;

static DcFakeStep
decide (DcFakeCall call,
        gpointer   unused)
{
  if (call != plan.call)
    return (DcFakeStep) { DC_FAKE_WELL };
  n_seen++;

  return n_seen == plan.nth || (plan.on && n_seen > plan.nth) ? plan.step
                                                              : (DcFakeStep) { DC_FAKE_WELL };
}

static void
expect_fault (Test            *self,
              DcFakeCall       call,
              guint            nth,
              gboolean         on,
              DcFakeFault      fault,
              DcDeliveryError  code)
{
  plan.call = call;
  plan.nth = nth;
  plan.on = on;
  plan.step = (DcFakeStep) { fault, code };
  n_seen = 0;
  dc_fake_place_decide (self->place, decide, NULL);
}

static void
save (Test  *self,
      guint  from,
      guint  to)
{
  for (guint n = from; n <= to; n++)
    dc_store_test_must_save (&self->store, n);
}

static const DcRunOutcome *
go_well (Test *self)
{
  const DcRunOutcome *outcome = dc_test_run_go (self);

  g_assert_no_error (outcome->error);

  return outcome;
}

static guint
in_state (Test    *self,
          DcState  state)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (&self->store);

  return tally->by_state[state];
}

static void
test_hands_over (Test          *self,
                 gconstpointer  unused)
{
  const DcRunOutcome *outcome;
  guint done;
  guint total;

  save (self, 1, 30);
  outcome = go_well (self);
  g_assert_cmpuint (outcome->handed_over, ==, 30);
  g_assert_cmpuint (outcome->left, ==, 0);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 30);
  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_PUT), >, 1);
  g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==, 30);
  dc_run_get_progress (self->run, &done, &total);
  g_assert_cmpuint (done, ==, 30);
  g_assert_cmpuint (total, ==, 30);

  outcome = go_well (self);
  g_assert_cmpuint (outcome->handed_over, ==, 0);
}

static void
test_erases_only_by_a_receipt (Test          *self,
                               gconstpointer  unused)
{
  g_autoptr (DcMinisignKey) stranger = dc_minisign_key_generate ();
  const DcRunOutcome *outcome;

  save (self, 1, 5);
  g_assert_cmpuint (go_well (self)->erased, ==, 0);
  g_assert_true (dc_test_run_collect (self, NULL));
  g_assert_cmpuint (g_hash_table_size (self->office), ==, 5);

  g_assert_true (dc_test_run_sign (self, stranger, NULL));
  outcome = go_well (self);
  g_assert_cmpuint (outcome->unread_receipts, ==, 1);
  g_assert_cmpuint (outcome->erased, ==, 0);

  g_assert_true (dc_test_run_sign (self, NULL, NULL));
  outcome = go_well (self);
  g_assert_cmpuint (outcome->confirmed, ==, 5);
  g_assert_cmpuint (outcome->erased, ==, 5);
  g_assert_cmpuint (in_state (self, DC_STATE_RECEIPTED), ==, 5);
}

/* What the office signs for in its own time is erased whatever the tablet is lent
 * to by then, and though the run that asks hands nothing over. */
static void
test_receipts_of_earlier_campaigns (Test          *self,
                                    gconstpointer  unused)
{
  const DcRunOutcome *outcome;

  dc_store_test_must_save_for (&self->store, 1, "spring");
  dc_store_test_must_save_for (&self->store, 2, "summer");
  dc_store_test_must_save_for (&self->store, 3, "summer");
  g_assert_cmpuint (go_well (self)->handed_over, ==, 3);
  g_assert_true (dc_test_run_collect (self, NULL));
  g_assert_true (dc_test_run_sign (self, NULL, NULL));
  dc_test_run_crash (self);

  outcome = go_well (self);
  g_assert_cmpuint (outcome->handed_over, ==, 0);
  g_assert_cmpuint (outcome->confirmed, ==, 3);
  g_assert_cmpuint (outcome->erased, ==, 3);
  g_assert_cmpuint (in_state (self, DC_STATE_RECEIPTED), ==, 3);
}

/* A shelf is asked for while something on it is awaited, and no longer. */
static void
test_asks_for_what_is_awaited (Test          *self,
                               gconstpointer  unused)
{
  guint before;

  dc_store_test_must_save_for (&self->store, 1, "spring");
  go_well (self);
  before = dc_fake_place_n_calls (self->place, DC_FAKE_READ_NOTES);
  g_assert_true (dc_test_run_collect (self, NULL));
  g_assert_true (dc_test_run_sign (self, NULL, NULL));
  go_well (self);
  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_READ_NOTES) - before, ==, 2);
  before += 2;
  go_well (self);
  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_READ_NOTES) - before, ==, 1);
}

/* A tablet that has been off for a year is told by whom it talks to. */
static void
test_tells_a_wrong_clock (Test          *self,
                          gconstpointer  unused)
{
  static const struct { gint64 seconds; gboolean wrong; } cases[] = {
    { 0, FALSE }, { 299, FALSE }, { -299, FALSE }, { 301, TRUE }, { -301, TRUE },
    { 365 * 86400, TRUE }, { -365 * 86400, TRUE },
  };
  DcStamp now;

  dc_clock_now (DC_CLOCK (self->clock), &now);
  g_assert_false (go_well (self)->clock_wrong);   /* it does not say */
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    dc_fake_place_set_time (self->place, now.utc_us + cases[i].seconds * G_USEC_PER_SEC);
    g_assert_cmpint (go_well (self)->clock_wrong, ==, cases[i].wrong);
  }

  /* Also where the run then ends early, of something else. */
  expect_fault (self, DC_FAKE_READ_NOTES, 1, TRUE, DC_FAKE_FAIL, DC_DELIVERY_ERROR_FULL);
  g_assert_true (dc_test_run_go (self)->clock_wrong);
}

/* Stored, and nobody was told: the next request finds it there. */
static void
test_answer_lost (Test          *self,
                  gconstpointer  unused)
{
  save (self, 1, 4);
  expect_fault (self, DC_FAKE_PUT, 1, FALSE, DC_FAKE_LOSE_ANSWER, DC_DELIVERY_ERROR_TIMEOUT);
  g_assert_cmpuint (go_well (self)->handed_over, ==, 4);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 4);
}

static void
test_gives_up_in_time (Test          *self,
                       gconstpointer  unused)
{
  const DcRunOutcome *outcome;

  save (self, 1, 4);
  expect_fault (self, DC_FAKE_PUT, 1, TRUE, DC_FAKE_FAIL, DC_DELIVERY_ERROR_TIMEOUT);
  outcome = dc_test_run_go (self);
  g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TIMEOUT);
  /* The first, less at a time, three times; then two others, each by itself. */
  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_PUT), ==, 5);
  g_assert_cmpuint (outcome->left, ==, 4);
}

static DcFakeStep
die_at_put (DcFakeCall call,
            gpointer   data)
{
  gboolean *dead = data;

  *dead = *dead || call == DC_FAKE_PUT;

  return (DcFakeStep) { *dead ? DC_FAKE_FAIL : DC_FAKE_WELL, DC_DELIVERY_ERROR_OFFLINE };
}

/* It answers no question either: then it is the line. */
static void
test_asks_no_more_of_a_dead_line (Test          *self,
                                  gconstpointer  unused)
{
  const DcRunOutcome *outcome;
  gboolean dead = FALSE;

  save (self, 1, 4);
  dc_fake_place_decide (self->place, die_at_put, &dead);
  outcome = dc_test_run_go (self);
  g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_OFFLINE);
  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_PUT), ==, 3);
  g_assert_cmpuint (outcome->left, ==, 4);
  g_assert_cmpuint (outcome->need_attention, ==, 0);
}

static void
test_waits_once_for_busy (Test          *self,
                          gconstpointer  unused)
{
  const DcRunOutcome *outcome;

  save (self, 1, 2);
  expect_fault (self, DC_FAKE_PUT, 1, FALSE, DC_FAKE_FAIL, DC_DELIVERY_ERROR_BUSY);
  g_assert_cmpuint (go_well (self)->handed_over, ==, 2);

  save (self, 3, 4);
  expect_fault (self, DC_FAKE_PUT, 1, TRUE, DC_FAKE_FAIL, DC_DELIVERY_ERROR_BUSY);
  outcome = dc_test_run_go (self);
  g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY);
  g_assert_cmpuint (outcome->left, ==, 2);
}

/* Each error at each step ends the run with that error, or is got over; never
 * is anything but what is there taken for delivered. */
static void
test_every_error_at_every_step (Test          *self,
                                gconstpointer  unused)
{
  guint n = 0;

  for (guint call = 0; call < DC_FAKE_N_CALLS; call++) {
    for (guint code = 0; code < DC_N_DELIVERY_ERRORS; code++) {
      const DcRunOutcome *outcome;

      if (code == DC_DELIVERY_ERROR_REJECTED && call == DC_FAKE_PUT)
        continue;
      n++;
      save (self, n, n);
      expect_fault (self, call, 1, TRUE, DC_FAKE_FAIL, code);
      outcome = dc_test_run_go (self);
      g_assert_error (outcome->error, DC_DELIVERY_ERROR, (int) code);
      g_assert_cmpint (outcome->clock_wrong, ==, code == DC_DELIVERY_ERROR_CLOCK);
      g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==,
                        dc_fake_place_n_records (self->place));
    }
  }
  dc_fake_place_decide (self->place, NULL, NULL);
  go_well (self);
  g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==, n);
}

static void
test_a_bad_record_holds_no_other (Test          *self,
                                  gconstpointer  unused)
{
  const DcId rejected = dc_store_test_id (7);
  const DcId refused = dc_store_test_id (11);
  const DcRunOutcome *outcome;

  save (self, 1, 20);
  dc_fake_place_refuse (self->place, &rejected, NULL);
  dc_fake_place_refuse (self->place, &refused, "no such campaign");
  outcome = go_well (self);
  g_assert_cmpuint (outcome->handed_over, ==, 18);
  g_assert_cmpuint (outcome->need_attention, ==, 2);
  g_assert_cmpuint (outcome->left, ==, 0);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 18);
}

/* What is proven of the others shows that it is not the line. */
static void
test_one_that_is_never_answered_holds_no_other (Test          *self,
                                                gconstpointer  unused)
{
  const DcId id = dc_store_test_id (7);
  const DcRunOutcome *outcome;

  save (self, 1, 20);
  dc_fake_place_hang_up (self->place, &id);
  outcome = go_well (self);
  g_assert_cmpuint (outcome->handed_over, ==, 19);
  g_assert_cmpuint (outcome->need_attention, ==, 1);
  g_assert_cmpuint (outcome->left, ==, 0);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 19);
}

/* Alone it proves nothing: it waits, and the run says why. */
static void
test_one_that_is_never_answered_alone (Test          *self,
                                       gconstpointer  unused)
{
  const DcId id = dc_store_test_id (1);
  const DcRunOutcome *outcome;

  save (self, 1, 1);
  dc_fake_place_hang_up (self->place, &id);
  outcome = dc_test_run_go (self);
  g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_OFFLINE);
  g_assert_cmpuint (outcome->left, ==, 1);
  g_assert_cmpuint (outcome->need_attention, ==, 0);

  dc_fake_place_refuse_none (self->place);
  g_assert_cmpuint (go_well (self)->handed_over, ==, 1);
}

static void
test_ends_where_nothing_is_taken (Test          *self,
                                  gconstpointer  unused)
{
  const DcRunOutcome *outcome;

  save (self, 1, 20);
  for (guint n = 1; n <= 20; n++) {
    const DcId id = dc_store_test_id (n);

    dc_fake_place_refuse (self->place, &id, NULL);
  }
  outcome = dc_test_run_go (self);
  g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED);
  g_assert_cmpuint (outcome->need_attention, ==, 8);
  g_assert_cmpuint (outcome->left, ==, 12);
}

/* Verdicts that are missing, doubtful, in another order, or of others. */
static void
test_odd_answers (Test          *self,
                  gconstpointer  unused)
{
  static const DcFakeFault odd[] = { DC_FAKE_SILENCE, DC_FAKE_DOUBT, DC_FAKE_SHUFFLE,
                                     DC_FAKE_STRANGE, DC_FAKE_MOST };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++) {
    save (self, n + 1, n + 5);
    n += 5;
    expect_fault (self, DC_FAKE_PUT, 1, FALSE, odd[i], 0);
    go_well (self);
    g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==, n);
    g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, n);
  }
}

static void
test_doubt_without_end_is_left (Test          *self,
                                gconstpointer  unused)
{
  const DcRunOutcome *outcome;

  save (self, 1, 5);
  expect_fault (self, DC_FAKE_PUT, 1, TRUE, DC_FAKE_MOST, 0);
  outcome = go_well (self);
  g_assert_cmpuint (outcome->left, ==, 1);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 4);
}

static void
test_a_destination_that_lost_all (Test          *self,
                                  gconstpointer  unused)
{
  g_autoptr (DcFakePlace) empty = dc_fake_place_new ();
  const DcRunOutcome *outcome;

  save (self, 1, 5);
  go_well (self);
  dc_fake_place_restore (self->place, empty, FALSE);
  outcome = go_well (self);
  g_assert_true (outcome->new_epoch);
  g_assert_cmpuint (outcome->handed_over, ==, 5);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 5);

  /* It lost all again, and does not say so: by hand. */
  dc_fake_place_restore (self->place, empty, TRUE);
  g_assert_cmpuint (go_well (self)->handed_over, ==, 0);
  g_assert_true (dc_test_run_start (self, TRUE));
  g_assert_no_error (dc_test_run_wait (self)->error);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 5);
}

/* Bundle follows bundle while verdicts are still being taken; a withdrawal that
 * was held back meanwhile goes before the run is over. */
static void
test_withdrawals_go_in_the_same_run (Test          *self,
                                     gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  const DcRunOutcome *outcome;

  save (self, 1, 60);
  g_assert_true (dc_store_test_begin_run (&self->store, 9, 9, FALSE, NULL, NULL));
  offered = dc_store_test_offer_to (&self->store, 9, 0, NULL, 100, G_MAXSIZE, NULL);
  g_assert_cmpuint (offered->len, ==, 60);
  for (guint n = 1; n <= 60; n += 2) {
    const DcId id = dc_store_test_id (n);

    g_assert_true (dc_store_test_withdraw (&self->store, &id, NULL));
  }
  outcome = go_well (self);
  g_assert_cmpuint (outcome->handed_over, ==, 90);
  g_assert_cmpuint (outcome->left, ==, 0);
}

static void
test_holds_what_may_be_undone (Test          *self,
                               gconstpointer  unused)
{
  save (self, 1, 3);
  self->holding = TRUE;
  self->held = dc_store_test_id (2);
  g_assert_cmpuint (go_well (self)->left, ==, 1);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, 2);
  self->holding = FALSE;
  g_assert_cmpuint (go_well (self)->handed_over, ==, 1);
}

static void
test_dies_after_any_byte (Test          *self,
                          gconstpointer  unused)
{
  save (self, 1, 3);
  for (gsize bytes = 1; bytes < 1400; bytes += 37) {
    const DcRunOutcome *outcome;

    self->send.cut_after = bytes;
    g_assert_true (dc_test_run_start (self, TRUE));
    outcome = dc_test_run_wait (self);
    if (outcome->error != NULL)
      g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM);
    g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), <=,
                      dc_fake_place_n_records (self->place));
  }
  go_well (self);
  g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==, 3);
}

static void
test_stops (Test          *self,
            gconstpointer  unused)
{
  for (guint call = 0; call < DC_FAKE_N_CALLS; call++) {
    guint before = dc_fake_place_n_calls (self->place, call);
    const DcRunOutcome *outcome;
    gint64 began;

    save (self, call + 1, call + 1);
    expect_fault (self, call, 1, FALSE, DC_FAKE_HANG, 0);
    g_assert_true (dc_test_run_start (self, FALSE));
    while (dc_fake_place_n_calls (self->place, call) == before)
      g_main_context_iteration (NULL, FALSE);
    began = g_get_monotonic_time ();
    dc_run_stop (self->run);
    g_assert_cmpint (dc_run_get_state (self->run), ==, DC_RUN_STOPPING);
    outcome = dc_test_run_wait (self);
    g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
    g_assert_error (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);
  }
}

/* What was not under way when Stop was pressed is not even offered: it can still be
 * undone without a trace. */
static void
test_stop_offers_nothing (Test          *self,
                          gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (&self->store, "queue/queue.db");
  g_autofree char *offered = NULL;
  guint before;

  save (self, 1, 60);
  expect_fault (self, DC_FAKE_PUT, 2, FALSE, DC_FAKE_HANG, 0);
  g_assert_true (dc_test_run_start (self, FALSE));
  while (dc_fake_place_n_calls (self->place, DC_FAKE_PUT) < 2)
    g_main_context_iteration (NULL, FALSE);
  before = dc_fake_place_n_records (self->place);
  dc_run_stop (self->run);
  g_assert_error (dc_test_run_wait (self)->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);
  for (guint i = 0; i < 100; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }

  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_PUT), ==, 2);
  g_assert_cmpuint (dc_fake_place_n_calls (self->place, DC_FAKE_PUT_NOTE), ==, 0);
  g_assert_cmpuint (dc_fake_place_n_records (self->place), ==, before);
  g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==, before);
  g_assert_true (dc_store_test_close (self->store.queue, NULL));
  offered = dc_store_test_query (path, "SELECT min (offered), max (offered) FROM record WHERE seq > 40");
  g_assert_cmpstr (offered, ==, "0|0");
}

static void
test_one_at_a_time (Test          *self,
                    gconstpointer  unused)
{
  save (self, 1, 1);
  g_assert_true (dc_test_run_start (self, FALSE));
  g_assert_false (dc_test_run_start (self, FALSE));
  g_assert_no_error (dc_test_run_wait (self)->error);
  g_assert_cmpuint (self->send.n_started, ==, 1);
}

static void
test_dropped (Test          *self,
              gconstpointer  unused)
{
  save (self, 1, 1);
  for (guint n = 0; n < 40; n += 3) {
    dc_test_run_start (self, TRUE);
    for (guint i = 0; i < n; i++)
      g_main_context_iteration (NULL, FALSE);
    dc_test_run_crash (self);
  }
  g_assert_no_error (dc_test_run_go (self)->error);
  g_assert_cmpuint (in_state (self, DC_STATE_DELIVERED), ==, 1);
}

static void
test_program_is_not_there (Test          *self,
                           gconstpointer  unused)
{
  static const char * const nothing[] = { "/nonexistent/daily-cup-send", NULL };
  g_autoptr (DcRun) run = dc_run_new (self->store.queue, self->key, DC_CLOCK (self->clock), nothing);

  g_set_object (&self->run, run);
  g_assert_error (dc_test_run_go (self)->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM);
}

#define ADD(path, function) \
  g_test_add (path, Test, NULL, dc_test_run_set_up, function, dc_test_run_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/run/hands-over-what-waits-and-that-once", test_hands_over);
  ADD ("/run/receipt/only-the-office-lets-a-tablet-erase", test_erases_only_by_a_receipt);
  ADD ("/run/receipt/of-earlier-campaigns-too", test_receipts_of_earlier_campaigns);
  ADD ("/run/receipt/is-asked-for-while-it-is-awaited", test_asks_for_what_is_awaited);
  ADD ("/run/clock/is-held-against-that-of-the-destination", test_tells_a_wrong_clock);
  ADD ("/run/fault/an-answer-that-is-lost-is-asked-again", test_answer_lost);
  ADD ("/run/fault/trying-again-has-an-end", test_gives_up_in_time);
  ADD ("/run/fault/asks-no-more-of-a-dead-line", test_asks_no_more_of_a_dead_line);
  ADD ("/run/fault/waits-once-for-who-is-busy", test_waits_once_for_busy);
  ADD ("/run/fault/every-error-at-every-step", test_every_error_at_every_step);
  ADD ("/run/verdict/a-bad-record-holds-no-other", test_a_bad_record_holds_no_other);
  ADD ("/run/verdict/one-never-answered-holds-no-other", test_one_that_is_never_answered_holds_no_other);
  ADD ("/run/verdict/one-never-answered-alone", test_one_that_is_never_answered_alone);
  ADD ("/run/verdict/ends-where-nothing-is-taken", test_ends_where_nothing_is_taken);
  ADD ("/run/verdict/odd-answers-prove-nothing", test_odd_answers);
  ADD ("/run/verdict/doubt-without-end-is-left-for-the-next", test_doubt_without_end_is_left);
  ADD ("/run/destination/that-lost-all-gets-all-again", test_a_destination_that_lost_all);
  ADD ("/run/held/hands-over-what-undoes-others-in-the-same-run", test_withdrawals_go_in_the_same_run);
  ADD ("/run/held/stays-while-it-may-be-undone", test_holds_what_may_be_undone);
  ADD ("/run/program/dies-after-any-byte", test_dies_after_any_byte);
  ADD ("/run/program/is-not-there", test_program_is_not_there);
  ADD ("/run/stop/at-any-step-within-2-s", test_stops);
  ADD ("/run/stop/offers-nothing-more", test_stop_offers_nothing);
  ADD ("/run/one-at-a-time", test_one_at_a_time);
  ADD ("/run/dropped-at-any-step", test_dropped);

  return g_test_run ();
}
