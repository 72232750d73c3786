/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Destinations, by small numbers: what each has, is to have, and lost. */

#include "dc-store-test.h"

#include <string.h>

static DcStoreTestScope
begin_run (DcStoreTest *self,
           guint        destination,
           guint        epoch,
           gboolean     everything)
{
  g_autoptr (GError) error = NULL;
  DcStoreTestScope scope = { FALSE, 0, 0 };

  dc_store_test_begin_run (self, destination, epoch, everything, &scope, &error);
  g_assert_no_error (error);

  return scope;
}

static GPtrArray *
offer_after (DcStoreTest *self,
             guint        destination,
             gint64       after)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  records = dc_store_test_offer_to (self, destination, after, NULL, 1000, G_MAXSIZE, &error);
  g_assert_no_error (error);

  return records;
}

/* "1 2 5": the numbers of what is offered. */
static char *
join (GPtrArray *records)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((DcRecord *) records->pdata[i])->envelope.seq);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_offered (DcStoreTest *self,
                guint        destination,
                const char  *expected)
{
  g_autoptr (GPtrArray) records = offer_after (self, destination, 0);
  g_autofree char *numbers = join (records);

  g_assert_cmpstr (numbers, ==, expected);
}

static void
assert_states (DcStoreTest *self,
               const char  *expected)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "SELECT group_concat (state, ' ') FROM "
                              "(SELECT state FROM record ORDER BY seq)");
  g_assert_cmpstr (rows, ==, expected);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
}

static void
save (DcStoreTest *self,
      guint        n)
{
  for (guint i = 0; i < n; i++)
    dc_store_test_must_save (self, i);
}

static void
deliver (DcStoreTest *self,
         guint        destination,
         guint        n,
         DcVerdict    verdict)
{
  DcId id = dc_store_test_id (n);

  dc_store_test_must_deliver (self, destination, &id, verdict, "too old");
}

/* Of any kind: all of them travel. */
static void
test_says_what_there_is_to_do (DcStoreTest   *self,
                               gconstpointer  unused)
{
  static const DcKind kinds[] = { DC_KIND_PLEDGE, DC_KIND_PRACTICE, DC_KIND_DRILL };
  g_autoptr (GPtrArray) records = NULL;
  DcStoreTestScope scope;
  guint64 bytes = 0;

  scope = begin_run (self, 0, 0, FALSE);
  g_assert_false (scope.new_epoch);
  g_assert_cmpuint (scope.n_records, ==, 0);
  g_assert_cmpuint (scope.n_bytes, ==, 0);

  for (guint n = 0; n < 9; n++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);

    g_assert_true (dc_store_test_save_pledge (self, kinds[n % 3], pledge, NULL));
  }
  scope = begin_run (self, 0, 0, FALSE);
  records = offer_after (self, 0, 0);
  g_assert_cmpuint (records->len, ==, 9);
  for (guint i = 0; i < records->len; i++) {
    g_autoptr (GBytes) line = dc_record_to_line (records->pdata[i]);

    bytes += g_bytes_get_size (line);
  }

  g_assert_cmpuint (scope.n_records, ==, 9);
  g_assert_cmpuint (scope.n_bytes, ==, bytes);
}

static void
test_offers_in_portions (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) fewer = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  gsize both;

  save (self, 4);
  begin_run (self, 0, 0, FALSE);
  all = offer_after (self, 0, 0);
  first = dc_record_to_line (all->pdata[0]);
  second = dc_record_to_line (all->pdata[1]);
  both = g_bytes_get_size (first) + g_bytes_get_size (second);

  rest = offer_after (self, 0, 2);
  g_assert_cmpuint (rest->len, ==, 2);
  g_assert_cmpint (((DcRecord *) rest->pdata[0])->envelope.seq, ==, 3);

  /* The first always goes, or one that is too long would stop all. */
  one = dc_store_test_offer_to (self, 0, 0, NULL, 10, 1, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  two = dc_store_test_offer_to (self, 0, 0, NULL, 10, both, NULL);
  g_assert_cmpuint (two->len, ==, 2);
  fewer = dc_store_test_offer_to (self, 0, 0, NULL, 10, both - 1, NULL);
  g_assert_cmpuint (fewer->len, ==, 1);
}

/* Its donor may still undo it, and then it must never have left. */
static void
test_holds_one_back (DcStoreTest   *self,
                     gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *numbers = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcId held = dc_store_test_id (1);

  save (self, 3);
  begin_run (self, 0, 0, FALSE);
  records = dc_store_test_offer_to (self, 0, 0, &held, 10, G_MAXSIZE, NULL);
  numbers = join (records);
  g_assert_cmpstr (numbers, ==, "1 3");

  g_assert_true (dc_store_test_withdraw (self, &held, NULL));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_WITHDRAWN], ==, 1);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 0);
}

/* An empty answer says that there are no more; it may not come of damage. */
static void
test_looks_past_what_is_damaged (DcStoreTest   *self,
                                 gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *numbers = NULL;

  save (self, 3);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "UPDATE record SET sealed = x'00' WHERE seq < 3");
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  begin_run (self, 0, 0, FALSE);
  records = dc_store_test_offer_to (self, 0, 0, NULL, 1, 1, NULL);
  numbers = join (records);
  g_assert_cmpstr (numbers, ==, "3");
  assert_states (self, "refused refused waiting");
}

/* Delivered is what one destination has; another is still to have it. */
static void
test_each_destination_gets_all (DcStoreTest   *self,
                                gconstpointer  unused)
{
  save (self, 3);
  begin_run (self, 0, 0, FALSE);
  begin_run (self, 1, 0, FALSE);
  assert_offered (self, 0, "1 2 3");
  deliver (self, 0, 0, DC_VERDICT_NEW);
  deliver (self, 0, 1, DC_VERDICT_SAME);

  assert_states (self, "delivered delivered waiting");
  assert_offered (self, 0, "3");
  assert_offered (self, 1, "1 2 3");
  deliver (self, 1, 0, DC_VERDICT_NEW);
  assert_offered (self, 1, "2 3");
  g_assert_cmpuint (begin_run (self, 0, 0, FALSE).n_records, ==, 1);
  g_assert_cmpuint (begin_run (self, 1, 0, FALSE).n_records, ==, 2);
  g_assert_cmpuint (begin_run (self, 2, 0, FALSE).n_records, ==, 3);
}

/* In another epoch it has lost what it had. */
static void
test_a_changed_epoch_begins_anew (DcStoreTest   *self,
                                  gconstpointer  unused)
{
  DcStoreTestScope scope;

  save (self, 3);
  begin_run (self, 0, 0, FALSE);
  begin_run (self, 1, 0, FALSE);
  assert_offered (self, 0, "1 2 3");
  deliver (self, 0, 0, DC_VERDICT_NEW);
  deliver (self, 0, 1, DC_VERDICT_NEW);
  deliver (self, 1, 1, DC_VERDICT_NEW);
  begin_run (self, 0, 0, FALSE);

  scope = begin_run (self, 0, 1, FALSE);
  g_assert_true (scope.new_epoch);
  g_assert_cmpuint (scope.n_records, ==, 3);
  assert_states (self, "waiting delivered waiting");
  assert_offered (self, 0, "1 2 3");
  assert_offered (self, 1, "1 3");

  /* It is known by that from here on. */
  g_assert_false (begin_run (self, 0, 1, FALSE).new_epoch);
}

static void
test_everything_again (DcStoreTest   *self,
                       gconstpointer  unused)
{
  DcStoreTestScope scope;

  save (self, 2);
  begin_run (self, 0, 0, TRUE);   /* of one that is new, the same as always */
  assert_offered (self, 0, "1 2");
  deliver (self, 0, 0, DC_VERDICT_NEW);
  deliver (self, 0, 1, DC_VERDICT_NEW);
  g_assert_cmpuint (begin_run (self, 0, 0, FALSE).n_records, ==, 0);

  scope = begin_run (self, 0, 0, TRUE);
  g_assert_false (scope.new_epoch);
  g_assert_cmpuint (scope.n_records, ==, 2);
  assert_states (self, "waiting waiting");
}

static void
test_counts_verdicts (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = NULL;
  guint delivered = 0;
  guint refused = 0;

  save (self, DC_N_VERDICTS);
  begin_run (self, 0, 0, FALSE);
  assert_offered (self, 0, "1 2 3 4 5");
  deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  for (guint n = 0; n < DC_N_VERDICTS; n++) {
    DcId id = dc_store_test_id (n);

    g_ptr_array_add (deliveries, dc_delivery_new (&id, n, NULL));
  }

  dc_store_test_deliver (self, 0, deliveries, &delivered, &refused, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (delivered, ==, 2);
  g_assert_cmpuint (refused, ==, 2);
  assert_states (self, "delivered delivered refused refused waiting");

  /* Said twice, it counts once. */
  dc_store_test_deliver (self, 0, deliveries, &delivered, &refused, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (delivered, ==, 0);
  g_assert_cmpuint (refused, ==, 0);
}

/* What never left cannot be there, whatever a destination says. */
static void
test_believes_nothing_impossible (DcStoreTest   *self,
                                  gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  DcId undone = dc_store_test_id (3);

  save (self, 4);
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));
  begin_run (self, 0, 0, FALSE);
  offered = dc_store_test_offer_to (self, 0, 0, NULL, 2, G_MAXSIZE, NULL);
  g_assert_cmpuint (offered->len, ==, 2);
  deliver (self, 0, 1, DC_VERDICT_REFUSED);

  deliver (self, 0, 1, DC_VERDICT_NEW);       /* refused: stays so until a retry */
  deliver (self, 0, 2, DC_VERDICT_NEW);       /* never offered */
  deliver (self, 0, 2, DC_VERDICT_REFUSED);
  deliver (self, 0, 3, DC_VERDICT_NEW);       /* erased */
  deliver (self, 0, 99, DC_VERDICT_NEW);      /* never heard of */
  assert_states (self, "waiting refused waiting withdrawn");
}

static void
test_unknown_destinations (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new ();
  g_autoptr (GError) offering = NULL;
  g_autoptr (GError) delivering = NULL;
  g_autoptr (GError) ending = NULL;

  begin_run (self, 0, 0, FALSE);
  g_assert_null (dc_store_test_offer_to (self, 1, 0, NULL, 1, 1, &offering));
  g_assert_error (offering, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND);
  g_assert_false (dc_store_test_deliver (self, 1, deliveries, NULL, NULL, &delivering));
  g_assert_error (delivering, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND);
  g_assert_false (dc_store_test_end_run (self, 1, 5, &ending));
  g_assert_error (ending, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND);
}

/* The office is not to hear of an undoing before the promise. */
static void
test_a_withdrawal_follows (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GPtrArray) passed = NULL;
  g_autoptr (GPtrArray) held_back = NULL;
  g_autofree char *without = NULL;
  DcId id = dc_store_test_id (0);

  save (self, 2);
  begin_run (self, 0, 0, FALSE);
  assert_offered (self, 0, "1 2");
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));   /* number 3 */
  assert_offered (self, 0, "1 2 3");

  /* The pledge had no answer, so the run goes on after it. */
  passed = offer_after (self, 0, 1);
  without = join (passed);
  g_assert_cmpstr (without, ==, "2");
  held_back = dc_store_test_offer_to (self, 0, 0, &id, 10, G_MAXSIZE, NULL);
  g_assert_cmpuint (held_back->len, ==, 1);

  deliver (self, 0, 0, DC_VERDICT_NEW);
  assert_offered (self, 0, "2 3");
}

/* It may have kept what it refused: a no is a no there too. */
static void
test_a_withdrawal_follows_what_is_refused (DcStoreTest   *self,
                                           gconstpointer  unused)
{
  DcId id = dc_store_test_id (0);

  save (self, 1);
  begin_run (self, 0, 0, FALSE);
  assert_offered (self, 0, "1");
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  deliver (self, 0, 0, DC_VERDICT_REFUSED);
  assert_offered (self, 0, "2");
}

static void
test_remembers_its_success (DcStoreTest   *self,
                            gconstpointer  unused)
{
  g_autoptr (DcTally) never = dc_store_test_tally (self);
  g_autoptr (DcTally) once = NULL;
  g_autoptr (DcTally) last = NULL;

  g_assert_cmpint (never->last_success, ==, 0);
  g_assert_cmpuint (never->destinations, ==, 0);

  begin_run (self, 0, 0, FALSE);
  begin_run (self, 1, 0, FALSE);
  g_assert_true (dc_store_test_end_run (self, 0, -5, NULL));   /* a clock may say anything */
  once = dc_store_test_tally (self);
  g_assert_cmpint (once->last_success, ==, 0);
  g_assert_cmpuint (once->destinations, ==, 2);

  g_assert_true (dc_store_test_end_run (self, 0, 1798000000000000, NULL));
  g_assert_true (dc_store_test_end_run (self, 1, 1797000000000000, NULL));
  dc_store_test_reopen (self);
  last = dc_store_test_tally (self);
  g_assert_cmpint (last->last_success, ==, 1798000000000000);
}

static void
test_counts_by_state (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcId undone = dc_store_test_id (3);
  DcTallySum *sum;

  save (self, 5);
  begin_run (self, 0, 0, FALSE);
  offered = offer_after (self, 0, 0);
  deliver (self, 0, 0, DC_VERDICT_NEW);
  deliver (self, 0, 1, DC_VERDICT_NEW);
  deliver (self, 0, 2, DC_VERDICT_REFUSED);
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->all_by_state[DC_STATE_WAITING], ==, 3);   /* the withdrawal too */
  g_assert_cmpuint (tally->by_state[DC_STATE_WAITING], ==, 2);
  g_assert_cmpuint (tally->all_by_state[DC_STATE_REFUSED], ==, 1);
  g_assert_cmpuint (tally->sums_by_state[DC_STATE_DELIVERED]->len, ==, 1);
  sum = &g_array_index (tally->sums_by_state[DC_STATE_DELIVERED], DcTallySum, 0);
  g_assert_cmpuint (sum->count, ==, 2);
  g_assert_cmpint (sum->sum.minor, ==, 1800 + 1801);
  sum = &g_array_index (tally->sums_by_state[DC_STATE_WAITING], DcTallySum, 0);
  g_assert_cmpuint (sum->count, ==, 1);   /* the undone one is left out */
  g_assert_cmpuint (tally->sums_by_state[DC_STATE_WITHDRAWN]->len, ==, 0);
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_false (dc_store_test_begin_run (self, 0, 0, FALSE, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

/* What each destination should be offered, by looking at every record. */
static char *
find_by_looking_at_all (DcStoreTest *self,
                        guint        destination)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  DcId id = dc_store_test_destination (destination);
  char text[DC_ID_TEXT_SIZE];
  g_autofree char *sql = NULL;
  char *rows;

  dc_id_to_text (&id, text);
  sql = g_strdup_printf ("SELECT group_concat (seq, ' ') FROM (SELECT seq FROM record "
                         "WHERE state IN ('waiting', 'delivered') AND seq NOT IN "
                         "(SELECT seq FROM delivery JOIN destination ON key = destination "
                         "WHERE destination.id = x'%s') ORDER BY seq)", text);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, sql);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  return rows;
}

static void
do_anything (DcStoreTest *self,
             guint       *saved,
             guint        epochs[static 2])
{
  guint destination = (guint) g_test_rand_int_range (0, 2);
  guint n = (guint) g_test_rand_int_range (0, (gint32) *saved + 1);
  g_autoptr (GPtrArray) offered = NULL;
  DcId id = dc_store_test_id (n);

  switch (g_test_rand_int_range (0, 9)) {
  case 0:
  case 1:
    dc_store_test_must_save (self, (*saved)++);
    break;
  case 2:
    dc_store_test_withdraw (self, &id, NULL);
    break;
  case 3:
    g_assert_true (dc_store_test_retry (self, g_test_rand_bit () ? &id : NULL, NULL, NULL));
    break;
  case 4:
    dc_store_test_move (self, &id, DC_STATE_RECEIPTED, NULL);
    break;
  case 5:
    epochs[destination] += g_test_rand_int_range (0, 5) == 0;
    begin_run (self, destination, epochs[destination], g_test_rand_int_range (0, 8) == 0);
    break;
  default:
    offered = offer_after (self, destination, 0);
    deliver (self, destination, n, (DcVerdict) g_test_rand_int_range (0, DC_N_VERDICTS));
  }
}

/* The mark up to which a run need not look never hides a record. */
static void
test_offers_what_is_to_be_offered (DcStoreTest   *self,
                                   gconstpointer  unused)
{
  guint epochs[2] = { 0, 0 };
  guint saved = 0;

  begin_run (self, 0, 0, FALSE);
  begin_run (self, 1, 0, FALSE);
  for (guint i = 0; i < 400; i++) {
    do_anything (self, &saved, epochs);
    for (guint destination = 0; i % 8 == 0 && destination < 2; destination++) {
      g_autofree char *expected = find_by_looking_at_all (self, destination);

      assert_offered (self, destination, expected);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/run/says-how-much-there-is-to-do", test_says_what_there_is_to_do);
  dc_store_test_add ("/run/offers-in-portions", test_offers_in_portions);
  dc_store_test_add ("/run/holds-back-what-may-still-be-undone", test_holds_one_back);
  dc_store_test_add ("/run/looks-past-what-is-damaged", test_looks_past_what_is_damaged);
  dc_store_test_add ("/run/gives-each-destination-all", test_each_destination_gets_all);
  dc_store_test_add ("/run/begins-anew-where-a-destination-lost-all",
                     test_a_changed_epoch_begins_anew);
  dc_store_test_add ("/run/sends-everything-again-when-asked", test_everything_again);
  dc_store_test_add ("/run/counts-verdicts-once", test_counts_verdicts);
  dc_store_test_add ("/run/believes-nothing-impossible", test_believes_nothing_impossible);
  dc_store_test_add ("/run/knows-its-destinations", test_unknown_destinations);
  dc_store_test_add ("/run/lets-a-withdrawal-follow-its-pledge", test_a_withdrawal_follows);
  dc_store_test_add ("/run/lets-a-withdrawal-follow-what-was-refused",
                     test_a_withdrawal_follows_what_is_refused);
  dc_store_test_add ("/run/remembers-when-one-last-ended-well", test_remembers_its_success);
  dc_store_test_add ("/run/is-seen-in-the-tally", test_counts_by_state);
  dc_store_test_add ("/run/says-when-closed", test_closed_is_an_error);
  dc_store_test_add ("/run/offers-what-is-to-be-offered-whatever-happened",
                     test_offers_what_is_to_be_offered);

  return g_test_run ();
}
