/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What needs attention, and what becomes of it. */

#include "dc-store-test.h"

/* @n pledges, offered to destination 0. */
static void
hand_over (DcStoreTest *self,
           guint        n)
{
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < n; i++)
    dc_store_test_must_save (self, i);
  records = dc_store_test_must_offer (self);
}

static void
refuse (DcStoreTest *self,
        guint        n,
        const char  *reason)
{
  DcId id = dc_store_test_id (n);

  dc_store_test_must_deliver (self, 0, &id, DC_VERDICT_REFUSED, reason);
}

static guint
retry (DcStoreTest *self,
       const DcId  *id)
{
  g_autoptr (GError) error = NULL;
  guint n_records = 0;

  dc_store_test_retry (self, id, &n_records, &error);
  g_assert_no_error (error);

  return n_records;
}

static GPtrArray *
read_refusals (DcStoreTest *self,
               guint        limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *refusals = dc_store_test_refusals (self, limit, &error);

  g_assert_no_error (error);

  return refusals;
}

static void
test_says_what_was_refused (DcStoreTest   *self,
                            gconstpointer  unused)
{
  g_autoptr (GPtrArray) none = read_refusals (self, 10);
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) oldest = NULL;
  DcId id = dc_store_test_id (1);
  DcRefusal *refusal;

  g_assert_cmpuint (none->len, ==, 0);
  hand_over (self, 4);
  refuse (self, 3, NULL);
  refuse (self, 1, "another campaign’s");
  dc_store_test_must_deliver (self, 0, &(DcId) { { 0 } }, DC_VERDICT_REFUSED, "of nobody");

  refusals = read_refusals (self, 10);
  g_assert_cmpuint (refusals->len, ==, 2);
  refusal = refusals->pdata[0];
  g_assert_true (dc_id_equal (&refusal->id, &id));
  g_assert_cmpint (refusal->seq, ==, 2);
  g_assert_cmpint (refusal->kind, ==, DC_KIND_PLEDGE);
  g_assert_cmpstr (refusal->day, ==, "2026-12-18");
  g_assert_cmpstr (refusal->reason, ==, "another campaign’s");
  g_assert_true (refusal->has_amount);
  g_assert_cmpint (refusal->amount.minor, ==, 1801);
  g_assert_cmpstr (refusal->amount.currency, ==, "CHF");
  refusal = refusals->pdata[1];
  g_assert_cmpstr (refusal->reason, ==, DC_REFUSAL_UNEXPLAINED);

  oldest = read_refusals (self, 1);
  g_assert_cmpuint (oldest->len, ==, 1);
}

/* A withdrawal has no amount, and another record under its id is there. */
static void
test_any_kind (DcStoreTest   *self,
               gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  DcId id = dc_store_test_id (0);
  DcRecord *withdrawal;
  DcRefusal *refusal;

  hand_over (self, 1);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  records = dc_store_test_must_offer (self);
  withdrawal = records->pdata[1];
  dc_store_test_must_deliver (self, 0, &withdrawal->envelope.id, DC_VERDICT_DIFFERS, NULL);

  refusals = read_refusals (self, 10);
  g_assert_cmpuint (refusals->len, ==, 1);
  refusal = refusals->pdata[0];
  g_assert_cmpint (refusal->kind, ==, DC_KIND_WITHDRAWAL);
  g_assert_false (refusal->has_amount);
  g_assert_cmpstr (refusal->reason, ==, DC_REFUSAL_DIFFERS);
}

static void
test_retries_one_or_all (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) all = NULL;
  DcId one = dc_store_test_id (0);
  DcId waiting = dc_store_test_id (3);

  hand_over (self, 4);
  for (guint n = 0; n < 3; n++)
    refuse (self, n, "not today");
  dc_store_test_must_deliver (self, 0, &waiting, DC_VERDICT_NEW, NULL);
  offered = dc_store_test_must_offer (self);
  g_assert_cmpuint (offered->len, ==, 0);

  g_assert_cmpuint (retry (self, &waiting), ==, 0);
  g_assert_cmpuint (retry (self, &one), ==, 1);
  g_assert_cmpuint (retry (self, &one), ==, 0);
  g_assert_cmpuint (retry (self, NULL), ==, 2);
  all = dc_store_test_must_offer (self);
  g_assert_cmpuint (all->len, ==, 3);
}

/* By its bytes, not by a word that a destination may say too. */
static void
test_a_damaged_one_stays (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autoptr (GPtrArray) left = NULL;

  hand_over (self, 2);
  refuse (self, 0, DC_REFUSAL_DAMAGED);
  refuse (self, 1, "not today");
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "UPDATE record SET sealed = x'00' WHERE seq = 2");
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  g_assert_cmpuint (retry (self, NULL), ==, 1);
  left = read_refusals (self, 10);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpint (((DcRefusal *) left->pdata[0])->seq, ==, 2);
}

/* Refused by one, and at another all the while. */
static void
test_delivered_elsewhere (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autoptr (DcTally) refused = NULL;
  g_autoptr (DcTally) retried = NULL;
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  DcId id = dc_store_test_id (0);

  hand_over (self, 1);
  g_assert_true (dc_store_test_begin_run (self, 1, 0, FALSE, NULL, NULL));
  dc_store_test_must_deliver (self, 1, &id, DC_VERDICT_NEW, NULL);
  refuse (self, 0, "not today");
  refused = dc_store_test_tally (self);
  g_assert_cmpuint (refused->by_state[DC_STATE_REFUSED], ==, 1);

  g_assert_cmpuint (retry (self, NULL), ==, 1);
  retried = dc_store_test_tally (self);
  g_assert_cmpuint (retried->by_state[DC_STATE_DELIVERED], ==, 1);
  here = dc_store_test_offer_to (self, 0, 0, NULL, 10, G_MAXSIZE, NULL);
  g_assert_cmpuint (here->len, ==, 1);
  there = dc_store_test_offer_to (self, 1, 0, NULL, 10, G_MAXSIZE, NULL);
  g_assert_cmpuint (there->len, ==, 0);
}

/* It had it, and now says that something else is there. */
static void
test_delivered_there_before (DcStoreTest   *self,
                             gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcId id = dc_store_test_id (0);

  hand_over (self, 1);
  dc_store_test_must_deliver (self, 0, &id, DC_VERDICT_NEW, NULL);
  dc_store_test_must_deliver (self, 0, &id, DC_VERDICT_DIFFERS, NULL);
  g_assert_cmpuint (retry (self, NULL), ==, 1);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_WAITING], ==, 1);
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) reading = NULL;
  g_autoptr (GError) retrying = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_null (dc_store_test_refusals (self, 1, &reading));
  g_assert_error (reading, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_assert_false (dc_store_test_retry (self, NULL, NULL, &retrying));
  g_assert_error (retrying, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/refusals/say-what-and-why", test_says_what_was_refused);
  dc_store_test_add ("/refusals/are-of-any-kind", test_any_kind);
  dc_store_test_add ("/refusals/are-retried-one-or-all", test_retries_one_or_all);
  dc_store_test_add ("/refusals/keep-what-the-disk-has-changed", test_a_damaged_one_stays);
  dc_store_test_add ("/refusals/by-one-while-another-has-it", test_delivered_elsewhere);
  dc_store_test_add ("/refusals/by-one-that-had-it", test_delivered_there_before);
  dc_store_test_add ("/refusals/say-when-closed", test_closed_is_an_error);

  return g_test_run ();
}
