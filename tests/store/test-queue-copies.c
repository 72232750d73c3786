/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the queue gives out for the second copy, and what it learns of it. */

#include "dc-store-test.h"

#include "dc-shim-vfs.h"

/* The numbers of the pledges whose records are taken, as text. */
static char *
take (DcStoreTest *self,
      gint64       after,
      const DcId  *held,
      guint        limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = dc_store_test_take_copies (self, after, held, limit, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++) {
    DcRecord *record = records->pdata[i];

    g_string_append_printf (text, "%s%d", i == 0 ? "" : " ", (int) record->envelope.seq);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_takes (DcStoreTest *self,
              gint64       after,
              const DcId  *held,
              guint        limit,
              const char  *expected)
{
  g_autofree char *taken = take (self, after, held, limit);

  g_assert_cmpstr (taken, ==, expected);
}

static guint
count_to_copy (DcStoreTest *self)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (self);

  return tally->to_copy;
}

/* As standing in the second copy. */
static void
mark (DcStoreTest *self,
      gint64       after,
      guint        limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = dc_store_test_take_copies (self, after, NULL, limit, &error);

  g_assert_no_error (error);
  g_assert_true (dc_store_test_mark_copied (self, records, &error));
  g_assert_no_error (error);
}

/* @n: pledges that stand in the second copy, ended by -1. */
static void
compare (DcStoreTest *self,
         const int    n[])
{
  g_autoptr (GHashTable) ids = dc_store_test_ids_new ();
  g_autoptr (GError) error = NULL;

  for (; *n >= 0; n++) {
    DcId id = dc_store_test_id ((guint) *n);

    dc_store_test_ids_add (ids, &id);
  }

  g_assert_true (dc_store_test_compare_copies (self, ids, &error));
  g_assert_no_error (error);
}

/* Pledges 0 to 3, numbers 1 to 4. */
static void
fill (DcStoreTest *self)
{
  for (guint n = 0; n < 4; n++)
    dc_store_test_must_save (self, n);
}

static void
test_in_order (DcStoreTest   *self,
               gconstpointer  unused)
{
  DcId held = dc_store_test_id (2);

  assert_takes (self, 0, NULL, 10, "");
  fill (self);
  assert_takes (self, 0, NULL, 10, "1 2 3 4");
  assert_takes (self, 1, NULL, 10, "2 3 4");
  assert_takes (self, 1, NULL, 2, "2 3");
  assert_takes (self, 0, &held, 10, "1 2 4");
  assert_takes (self, 4, NULL, 10, "");
}

/* A withdrawal must be able to follow what was taken: the mark is made before
 * anything is given out. What was held back is erased as if it never was. */
static void
test_taken_has_left (DcStoreTest   *self,
                     gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcId held = dc_store_test_id (1);
  DcId taken = dc_store_test_id (0);

  fill (self);
  assert_takes (self, 0, &held, 10, "1 3 4");
  g_assert_true (dc_store_test_withdraw (self, &held, NULL));
  g_assert_true (dc_store_test_withdraw (self, &taken, NULL));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_WITHDRAWN], ==, 1);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 1);

  /* Of an undone one that is not there yet, only the withdrawal goes. */
  assert_takes (self, 0, NULL, 10, "3 4 5");
}

static void
test_marked (DcStoreTest   *self,
             gconstpointer  unused)
{
  fill (self);
  mark (self, 1, 2);
  g_assert_cmpuint (count_to_copy (self), ==, 2);
  assert_takes (self, 0, NULL, 10, "1 4");
  dc_store_test_reopen (self);
  assert_takes (self, 0, NULL, 10, "1 4");
  mark (self, 0, 10);
  g_assert_cmpuint (count_to_copy (self), ==, 0);
}

/* Both ways: what was lost is taken again; what is there is not, and has left. */
static void
test_compared (DcStoreTest   *self,
               gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcId id = dc_store_test_id (3);

  fill (self);
  mark (self, 0, 2);
  compare (self, (const int[]) { 1, 3, 99, -1 });
  assert_takes (self, 0, NULL, 10, "1 3");
  g_assert_cmpuint (count_to_copy (self), ==, 2);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 1);

  compare (self, (const int[]) { -1 });
  assert_takes (self, 0, NULL, 10, "1 2 3 5");
}

/* A card that comes back as it went costs no write. */
static void
test_nothing_new (DcStoreTest   *self,
                  gconstpointer  unused)
{
  fill (self);
  mark (self, 0, 2);
  dc_shim_vfs_reset ();
  compare (self, (const int[]) { 0, 1, -1 });
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_WRITE), ==, 0);
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_SYNC), ==, 0);

  compare (self, (const int[]) { 0, -1 });
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_SYNC), ==, 1);
}

/* Its bytes are gone; it is not to be copied, whatever the card says. */
static void
test_purged (DcStoreTest   *self,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (0);
  guint purged;

  fill (self);
  g_assert_true (dc_store_test_move (self, &id, DC_STATE_DELIVERED, NULL));
  g_assert_true (dc_store_test_move (self, &id, DC_STATE_RECEIPTED, NULL));
  assert_takes (self, 0, NULL, 1, "1");
  g_assert_true (dc_store_test_purge (self, &purged, &error));
  g_assert_cmpuint (purged, ==, 1);
  assert_takes (self, 0, NULL, 10, "2 3 4");
  g_assert_cmpuint (count_to_copy (self), ==, 3);
  dc_shim_vfs_reset ();
  compare (self, (const int[]) { 0, -1 });
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_WRITE), ==, 0);
}

/* One that does not verify is left out, and holds up no other. */
static void
test_damaged (DcStoreTest   *self,
              gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;

  fill (self);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "UPDATE record SET sealed = zeroblob (length (sealed)) "
                              "WHERE seq = 2");
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
  assert_takes (self, 0, NULL, 10, "1 3 4");
}

static void
test_closed (DcStoreTest   *self,
             gconstpointer  unused)
{
  g_autoptr (GHashTable) ids = dc_store_test_ids_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_null (dc_store_test_take_copies (self, 0, NULL, 10, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (dc_store_test_mark_copied (self, records, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (dc_store_test_compare_copies (self, ids, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dc_shim_vfs_install ();

  dc_store_test_add ("/queue/copies/are-taken-in-order", test_in_order);
  dc_store_test_add ("/queue/copies/once-taken-are-withdrawn-by-a-record", test_taken_has_left);
  dc_store_test_add ("/queue/copies/once-marked-are-not-taken-again", test_marked);
  dc_store_test_add ("/queue/copies/follow-what-the-card-holds", test_compared);
  dc_store_test_add ("/queue/copies/that-stand-as-known-cost-no-write", test_nothing_new);
  dc_store_test_add ("/queue/copies/are-none-of-what-was-purged", test_purged);
  dc_store_test_add ("/queue/copies/leave-out-what-is-damaged", test_damaged);
  dc_store_test_add ("/queue/copies/are-an-error-of-a-closed-queue", test_closed);

  return g_test_run ();
}
