/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-shim-vfs.h"

#include <sqlite3.h>
#include <string.h>

static void
assert_closed (DcStoreTest *self)
{
  DcId id = dc_store_test_id (0);
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_store_test_save (self, 77, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (dc_store_test_withdraw (self, &id, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (dc_store_test_move (self, &id, DC_STATE_DELIVERED, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (dc_store_test_probe (self, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

static void
open_again (DcStoreTest *self)
{
  g_autofree char *set_aside = NULL;
  g_autoptr (GError) error = NULL;

  dc_store_test_open (self->queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
}

/* An fsync that failed proves nothing when it is tried again. */
static void
test_failed_sync_closes (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;

  dc_store_test_must_save (self, 0);
  dc_shim_vfs_fail (DC_SHIM_SYNC, "-wal", 0, FALSE, SQLITE_IOERR_FSYNC);
  g_assert_false (dc_store_test_save (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  assert_closed (self);

  open_again (self);
  dc_store_test_must_save (self, 1);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 2);
}

/* While it is closed, and not after that, nobody else comes in. */
static void
test_lock_stays (DcStoreTest   *self,
                 gconstpointer  unused)
{
  g_autoptr (DcQueue) other = dc_store_test_queue_new (self->directory);
  g_autoptr (GError) error = NULL;

  dc_shim_vfs_fail (DC_SHIM_SYNC, "-wal", 0, FALSE, SQLITE_IOERR_FSYNC);
  g_assert_false (dc_store_test_save (self, 1, NULL));
  g_assert_false (dc_store_test_open (other, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE);
  g_clear_error (&error);

  g_assert_true (dc_store_test_close (self->queue, NULL));
  dc_store_test_open (other, NULL, &error);
  g_assert_no_error (error);
}

/* A checkpoint comes after the answer; where it fails, the pledge is safe and
 * the queue closes before the journal is written over. */
static void
test_failed_checkpoint_closes (DcStoreTest   *self,
                               gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  guint saved = 0;

  dc_shim_vfs_fail (DC_SHIM_SYNC, "queue.db", 0, TRUE, SQLITE_IOERR_FSYNC);
  while (saved < 1000 && dc_store_test_save (self, saved, NULL))
    saved++;
  g_assert_cmpuint (saved, >, 10);
  g_assert_cmpuint (saved, <, 1000);
  g_assert_cmpuint (dc_shim_vfs_faults (), ==, 1);
  assert_closed (self);

  dc_shim_vfs_reset ();
  open_again (self);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, saved);
}

static void
test_found_damage_closes (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_shim_vfs_fail (DC_SHIM_WRITE, "-wal", 0, FALSE, SQLITE_CORRUPT);
  g_assert_false (dc_store_test_save (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED);
  assert_closed (self);
  open_again (self);   /* the file itself is sound */
}

/* There is room by the books, and yet the last write failed: the probe asks
 * the disk itself. */
static void
test_probe_after_a_failure (DcStoreTest   *self,
                            gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_shim_vfs_fail (DC_SHIM_WRITE, "-wal", 0, TRUE, SQLITE_FULL);
  g_assert_true (dc_store_test_probe (self, NULL));   /* no doubt yet */
  g_assert_false (dc_store_test_save (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_clear_error (&error);

  g_assert_false (dc_store_test_probe (self, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_clear_error (&error);

  dc_shim_vfs_reset ();
  dc_store_test_probe (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_SYNC), ==, 1);
  g_assert_true (dc_store_test_probe (self, NULL));
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_SYNC), ==, 1);
}

/* A disk that cannot be read is no proof of damage: nothing is moved. */
static void
test_unreadable_is_not_set_aside (DcStoreTest   *self,
                                  gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  g_autofree char *set_aside = NULL;

  dc_store_test_must_save (self, 1);
  g_assert_true (dc_store_test_close (self->queue, NULL));

  for (guint after = 0; after < 40; after++) {
    g_autoptr (GError) error = NULL;

    dc_shim_vfs_fail (DC_SHIM_READ, "queue.db", after, TRUE, SQLITE_IOERR_READ);
    if (dc_store_test_open (self->queue, &set_aside, &error))
      g_assert_true (dc_store_test_close (self->queue, NULL));
    else
      g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
    g_assert_null (set_aside);
    dc_shim_vfs_reset ();
  }

  open_again (self);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
  g_assert_cmpuint (tally->set_aside, ==, 0);
}

/* Bytes that SQLite itself finds wrong while it reads are damage: the queue is
 * set aside, and another begins. Where its check tells only that it did not get
 * a page, it may be the disk; the next opening knows. */
static void
test_damaged_is_set_aside (void)
{
  guint found = 0;
  guint at = 0;

  for (gboolean reached = TRUE; reached; at++) {
    DcStoreTest test = { .directory = NULL };
    g_autoptr (DcTally) tally = NULL;
    g_autofree char *set_aside = NULL;
    g_autoptr (GError) error = NULL;

    dc_shim_vfs_reset ();
    dc_store_test_set_up (&test, NULL);
    dc_store_test_must_save (&test, 1);
    g_assert_true (dc_store_test_close (test.queue, NULL));
    dc_shim_vfs_fail (DC_SHIM_READ, "queue.db", at, FALSE, SQLITE_CORRUPT);
    if (!dc_store_test_open (test.queue, &set_aside, &error)) {
      g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "failed to get page"));
      g_clear_error (&error);
      dc_store_test_open (test.queue, &set_aside, &error);
      g_assert_no_error (error);
      g_assert_null (set_aside);
    }
    reached = dc_shim_vfs_faults () > 0;
    found += set_aside != NULL;
    tally = dc_store_test_tally (&test);
    g_assert_cmpuint (tally->taken, ==, set_aside == NULL);
    g_assert_cmpuint (tally->set_aside, ==, set_aside != NULL);
    dc_store_test_tear_down (&test, NULL);
  }

  g_assert_cmpuint (found, >, 3);
}

/* What a queue answered in a short life. */
typedef struct
{
  gboolean saved[5];
  gboolean undone;
  gboolean delivered;
} Life;

static void
live (DcStoreTest *self,
      Life        *life)
{
  g_autoptr (GPtrArray) offered = NULL;
  DcId undone = dc_store_test_id (0);
  DcId delivered = dc_store_test_id (1);
  DcId receipted = dc_store_test_id (2);

  for (guint n = 0; n < 4; n++)
    life->saved[n] = dc_store_test_save (self, n, NULL);
  life->undone = dc_store_test_withdraw (self, &undone, NULL);
  offered = dc_store_test_offer (self, 2, NULL);
  life->delivered = dc_store_test_move (self, &delivered, DC_STATE_DELIVERED, NULL);
  dc_store_test_move (self, &receipted, DC_STATE_RECEIPTED, NULL);
  dc_store_test_purge (self, NULL, NULL);
  life->saved[4] = dc_store_test_save (self, 4, NULL);
  dc_store_test_close (self->queue, NULL);
}

/* What was answered with success is so, and nothing is there twice. */
static void
check_life (DcStoreTest *self,
            const Life  *life)
{
  g_autoptr (DcTally) before = dc_store_test_tally (self);
  g_autoptr (DcTally) after = NULL;
  guint saved = 0;

  for (guint n = 0; n < G_N_ELEMENTS (life->saved); n++)
    saved += life->saved[n];
  g_assert_cmpuint (before->taken, >=, saved);
  if (life->undone)
    g_assert_cmpuint (before->by_state[DC_STATE_WITHDRAWN], ==, 1);
  if (life->delivered)
    g_assert_cmpuint (before->by_state[DC_STATE_DELIVERED], ==, 1);

  /* Each is known by its id: saving it again adds only what was not there. */
  for (guint n = 0; n < G_N_ELEMENTS (life->saved); n++)
    dc_store_test_save (self, n, NULL);
  after = dc_store_test_tally (self);
  g_assert_cmpuint (after->taken, ==, G_N_ELEMENTS (life->saved));
}

/* Every single operation on the disk fails in turn, once and for good. */
static void
sweep (DcShimOperation operation,
       gboolean        persistent,
       int             code)
{
  guint at = 0;

  for (gboolean reached = TRUE; reached; at++) {
    DcStoreTest test = { .directory = NULL };
    Life life = { .undone = FALSE };
    g_autofree char *set_aside = NULL;
    g_autoptr (GError) error = NULL;

    dc_shim_vfs_reset ();
    dc_store_test_set_up (&test, NULL);
    dc_shim_vfs_fail (operation, "", at, persistent, code);
    live (&test, &life);
    reached = dc_shim_vfs_faults () > 0;

    dc_shim_vfs_reset ();
    dc_store_test_drop (&test);
    dc_store_test_open (test.queue, &set_aside, &error);
    g_assert_no_error (error);
    g_assert_null (set_aside);
    check_life (&test, &life);
    dc_store_test_tear_down (&test, NULL);
  }

  g_test_message ("%u points", at);
  g_assert_cmpuint (at, >, 5);
}

static void
test_every_write (void)
{
  sweep (DC_SHIM_WRITE, FALSE, SQLITE_IOERR_WRITE);
  sweep (DC_SHIM_WRITE, TRUE, SQLITE_IOERR_WRITE);
}

static void
test_every_full_disk (void)
{
  sweep (DC_SHIM_WRITE, FALSE, SQLITE_FULL);
  sweep (DC_SHIM_WRITE, TRUE, SQLITE_FULL);
}

static void
test_every_sync (void)
{
  sweep (DC_SHIM_SYNC, FALSE, SQLITE_IOERR_FSYNC);
  sweep (DC_SHIM_SYNC, TRUE, SQLITE_IOERR_FSYNC);
}

static void
test_failed_first_opening (void)
{
  static const DcShimOperation operations[] = { DC_SHIM_READ, DC_SHIM_WRITE, DC_SHIM_SYNC };

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++) {
    for (guint at = 0; at < 30; at++) {
      g_autofree char *directory = dc_test_dir_new ();
      g_autoptr (DcQueue) queue = dc_store_test_queue_new (directory);
      g_autoptr (GError) error = NULL;
      g_autofree char *set_aside = NULL;

      dc_shim_vfs_reset ();
      dc_shim_vfs_fail (operations[i], "", at, TRUE, SQLITE_IOERR);
      if (!dc_store_test_open (queue, NULL, &error))
        g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
      g_clear_error (&error);

      dc_shim_vfs_reset ();
      dc_store_test_open (queue, &set_aside, &error);
      g_assert_no_error (error);
      g_assert_null (set_aside);
      dc_test_dir_remove (g_steal_pointer (&directory));
    }
  }
}

static void
set_up (DcStoreTest   *self,
        gconstpointer  unused)
{
  dc_shim_vfs_reset ();
  dc_store_test_set_up (self, NULL);
}

static void
tear_down (DcStoreTest   *self,
           gconstpointer  unused)
{
  dc_shim_vfs_reset ();
  dc_store_test_tear_down (self, NULL);
}

#define ADD(path, run) \
  g_test_add (path, DcStoreTest, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  /* The faults are the shim's; the disk below may as well be quick. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  g_test_init (&argc, &argv, NULL);
  dc_shim_vfs_install ();

  ADD ("/faults/a-failed-sync-closes-the-queue", test_failed_sync_closes);
  ADD ("/faults/the-lock-stays", test_lock_stays);
  ADD ("/faults/a-failed-checkpoint-closes-the-queue", test_failed_checkpoint_closes);
  ADD ("/faults/damage-closes-the-queue", test_found_damage_closes);
  ADD ("/faults/a-probe-writes-after-a-failure", test_probe_after_a_failure);
  ADD ("/faults/an-unreadable-disk-sets-nothing-aside", test_unreadable_is_not_set_aside);
  g_test_add_func ("/faults/damage-that-is-read-sets-aside", test_damaged_is_set_aside);
  g_test_add_func ("/faults/every-write-in-turn", test_every_write);
  g_test_add_func ("/faults/every-write-on-a-full-disk", test_every_full_disk);
  g_test_add_func ("/faults/every-sync-in-turn", test_every_sync);
  g_test_add_func ("/faults/a-first-opening-can-be-repeated", test_failed_first_opening);

  return g_test_run ();
}
