/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include <string.h>

/* Puts a fresh record into @state by legal moves. */
static DcId
put_into (DcStoreTest *self,
          guint        n,
          DcState      state)
{
  DcId id = dc_store_test_id (n);

  dc_store_test_must_save (self, n);
  if (state != DC_STATE_WAITING)
    g_assert_true (dc_store_test_move (self, &id, state, NULL));

  return id;
}

static void
assert_state (DcStoreTest *self,
              DcState      state,
              guint        count)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (self);

  g_assert_cmpuint (tally->by_state[state], ==, count);
}

/* All 25 pairs, in the real queue; what is refused leaves the record as it
 * was. */
static void
test_all_pairs (DcStoreTest   *self,
                gconstpointer  unused)
{
  guint counts[DC_N_STATES] = { 0 };
  guint n = 0;

  for (guint from = 0; from < DC_N_STATES; from++) {
    for (guint to = 0; to < DC_N_STATES; to++) {
      g_autoptr (GError) error = NULL;
      DcId id = put_into (self, n++, from);
      gboolean moved = dc_store_test_move (self, &id, to, &error);

      g_assert_cmpint (moved, ==, dc_state_may_become (from, to));
      if (!moved)
        g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION);
      counts[moved ? to : from]++;
      assert_state (self, from, counts[from]);
      assert_state (self, to, counts[to]);
    }
  }
}

static void
test_unknown_is_not_found (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  g_assert_false (dc_store_test_move (self, &id, DC_STATE_DELIVERED, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND);
}

static void
test_offered_is_never_erased (DcStoreTest   *self,
                              gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  DcId id = put_into (self, 1, DC_STATE_WAITING);

  offered = dc_store_test_must_offer (self);
  g_assert_false (dc_store_test_move (self, &id, DC_STATE_WITHDRAWN, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION);
  again = dc_store_test_must_offer (self);
  g_assert_cmpuint (again->len, ==, 1);
}

/* What was delivered has left, offered by name or not. */
static void
test_delivered_has_left (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcId id = put_into (self, 1, DC_STATE_DELIVERED);

  g_assert_true (dc_store_test_move (self, &id, DC_STATE_WAITING, NULL));
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_WAITING], ==, 1);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 1);
}

static void
assert_refused (DcStoreTest *self,
                DcState      to,
                const char  *reason,
                GBytes      *receipt)
{
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  g_assert_false (dc_store_test_move_with (self, &id, to, reason, receipt, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  assert_state (self, DC_STATE_WAITING, 1);
}

static void
test_reasons_are_checked (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autofree char *longest = g_strnfill (512, 'x');
  g_autofree char *longer = g_strnfill (513, 'x');
  DcId id = put_into (self, 1, DC_STATE_WAITING);

  assert_refused (self, DC_STATE_REFUSED, NULL, NULL);
  assert_refused (self, DC_STATE_REFUSED, "", NULL);
  assert_refused (self, DC_STATE_REFUSED, "\xff\xfe", NULL);
  assert_refused (self, DC_STATE_REFUSED, longer, NULL);
  assert_refused (self, DC_STATE_DELIVERED, "no reason to have one", NULL);

  g_assert_true (dc_store_test_move_with (self, &id, DC_STATE_REFUSED, longest, NULL, NULL));
}

static void
test_receipts_are_checked (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autofree char *filler = g_strnfill (64 * 1024 + 1, 'x');
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) largest = g_bytes_new_static (filler, 64 * 1024);
  g_autoptr (GBytes) larger = g_bytes_new_static (filler, 64 * 1024 + 1);
  DcId id = put_into (self, 1, DC_STATE_WAITING);

  assert_refused (self, DC_STATE_RECEIPTED, NULL, NULL);
  assert_refused (self, DC_STATE_RECEIPTED, NULL, empty);
  assert_refused (self, DC_STATE_RECEIPTED, NULL, larger);
  assert_refused (self, DC_STATE_DELIVERED, NULL, largest);

  g_assert_true (dc_store_test_move_with (self, &id, DC_STATE_RECEIPTED, NULL, largest, NULL));
}

/* The reason goes when the refusal does; a receipt stays, byte for byte. */
static void
test_what_is_kept (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autoptr (GBytes) receipt = g_bytes_new_static ("a\0b", 3);
  g_autofree char *refused = NULL;
  g_autofree char *receipted = NULL;
  DcId id = put_into (self, 1, DC_STATE_WAITING);

  g_assert_true (dc_store_test_move_with (self, &id, DC_STATE_REFUSED, "too old", NULL, NULL));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  refused = dc_store_test_query (path, "SELECT state, reason FROM record");
  g_assert_cmpstr (refused, ==, "refused|too old");

  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
  g_assert_true (dc_store_test_move (self, &id, DC_STATE_WAITING, NULL));
  g_assert_true (dc_store_test_move_with (self, &id, DC_STATE_RECEIPTED, NULL, receipt, NULL));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  receipted = dc_store_test_query (path, "SELECT state, reason, hex (receipt) FROM record");
  g_assert_cmpstr (receipted, ==, "receipted||610062");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/queue/move/takes-the-legal-and-refuses-the-others-of-25-pairs",
                     test_all_pairs);
  dc_store_test_add ("/queue/move/says-when-there-is-no-such-record",
                     test_unknown_is_not_found);
  dc_store_test_add ("/queue/move/never-erases-what-was-offered", test_offered_is_never_erased);
  dc_store_test_add ("/queue/move/knows-that-the-delivered-has-left", test_delivered_has_left);
  dc_store_test_add ("/queue/move/checks-the-reason", test_reasons_are_checked);
  dc_store_test_add ("/queue/move/checks-the-receipt", test_receipts_are_checked);
  dc_store_test_add ("/queue/move/keeps-the-receipt-and-drops-an-old-reason",
                     test_what_is_kept);

  return g_test_run ();
}
