/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

/* @sealed: (out) (optional) the bytes that a purge is to erase */
static void
save_and_receipt (DcStoreTest  *self,
                  guint         n,
                  GBytes      **sealed)
{
  g_autoptr (GPtrArray) records = NULL;
  DcRecord *record;
  DcId id = dc_store_test_id (n);

  dc_store_test_must_save (self, n);
  records = dc_store_test_must_offer (self);
  record = records->pdata[records->len - 1];
  g_assert_true (dc_id_equal (&record->envelope.id, &id));
  g_assert_true (dc_store_test_move (self, &id, DC_STATE_RECEIPTED, NULL));
  if (sealed != NULL)
    *sealed = g_bytes_ref (record->sealed);
}

static void
test_receipted_bytes_go (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *row = NULL;
  g_autoptr (GBytes) sealed = NULL;
  const guint8 *data;
  guint purged = 0;

  save_and_receipt (self, 1, &sealed);
  data = g_bytes_get_data (sealed, NULL);
  g_assert_true (dc_store_test_on_disk (self->directory, data + 500, 100));
  g_assert_true (dc_store_test_purge (self, &purged, NULL));
  g_assert_cmpuint (purged, ==, 1);

  g_assert_false (dc_store_test_on_disk (self->directory, data + 500, 100));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  row = dc_store_test_query (path, "SELECT seq, state, day, amount, currency, frequency, "
                             "receipt, signature, envelope, sealed FROM record");
  g_assert_cmpstr (row, ==, "1|receipted|2026-12-18|1801|CHF|monthly|a receipt|||");
}

static void
test_nothing_else_goes (DcStoreTest   *self,
                        gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  DcId delivered = dc_store_test_id (2);
  DcId refused = dc_store_test_id (3);
  guint purged = 0;

  save_and_receipt (self, 0, NULL);
  for (guint n = 1; n < 4; n++)
    dc_store_test_must_save (self, n);
  g_assert_true (dc_store_test_move (self, &delivered, DC_STATE_DELIVERED, NULL));
  g_assert_true (dc_store_test_move (self, &refused, DC_STATE_REFUSED, NULL));

  g_assert_true (dc_store_test_purge (self, &purged, NULL));
  g_assert_cmpuint (purged, ==, 1);

  g_assert_true (dc_store_test_move (self, &delivered, DC_STATE_WAITING, NULL));
  g_assert_true (dc_store_test_move (self, &refused, DC_STATE_WAITING, NULL));
  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 3);
}

static void
test_twice_is_once (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  guint purged = 7;

  save_and_receipt (self, 1, NULL);
  g_assert_true (dc_store_test_purge (self, NULL, NULL));
  g_assert_true (dc_store_test_purge (self, &purged, NULL));
  g_assert_cmpuint (purged, ==, 0);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
  g_assert_cmpuint (tally->by_state[DC_STATE_RECEIPTED], ==, 1);
  g_assert_cmpuint (tally->sums->len, ==, 1);
}

/* A save that is repeated after the purge, since its answer was lost. */
static void
test_purged_is_still_known (DcStoreTest   *self,
                            gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;

  save_and_receipt (self, 1, NULL);
  g_assert_true (dc_store_test_purge (self, NULL, NULL));
  dc_store_test_must_save (self, 1);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
}

static void
test_purged_can_be_undone (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcId id = dc_store_test_id (1);

  save_and_receipt (self, 1, NULL);
  g_assert_true (dc_store_test_purge (self, NULL, NULL));
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 1);
  g_assert_cmpuint (tally->by_state[DC_STATE_RECEIPTED], ==, 1);
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_false (dc_store_test_purge (self, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/queue/purge/erases-the-bytes-of-the-receipted", test_receipted_bytes_go);
  dc_store_test_add ("/queue/purge/erases-nothing-else", test_nothing_else_goes);
  dc_store_test_add ("/queue/purge/twice-is-once", test_twice_is_once);
  dc_store_test_add ("/queue/purge/leaves-the-identity-known", test_purged_is_still_known);
  dc_store_test_add ("/queue/purge/leaves-the-donor-the-right-to-undo",
                     test_purged_can_be_undone);
  dc_store_test_add ("/queue/purge/says-when-closed", test_closed_is_an_error);

  return g_test_run ();
}
