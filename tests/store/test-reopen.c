/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include <glib/gstdio.h>

#include <sys/stat.h>
#include <unistd.h>

static void
test_everything_survives (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcId queue = *dc_queue_get_id (self->queue);
  DcId undone = dc_store_test_id (3);

  for (guint n = 0; n < 10; n++)
    dc_store_test_must_save (self, n);
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));
  dc_store_test_reopen (self);

  g_assert_true (dc_id_equal (dc_queue_get_id (self->queue), &queue));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 10);
  g_assert_cmpuint (tally->by_state[DC_STATE_WITHDRAWN], ==, 1);
}

static void
test_opening_twice (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;
  DcId queue = *dc_queue_get_id (self->queue);

  dc_store_test_must_save (self, 1);
  dc_store_test_open (self->queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
  g_assert_true (dc_id_equal (dc_queue_get_id (self->queue), &queue));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
}

static void
test_closing_twice (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
  dc_store_test_must_save (self, 1);
}

static void
test_closing_leaves_no_journal (DcStoreTest   *self,
                                gconstpointer  unused)
{
  g_autofree char *journal = dc_store_test_path (self, "queue/queue.db-wal");

  dc_store_test_must_save (self, 1);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
}

static void
test_never_opened (void)
{
  g_autofree char *directory = dc_test_dir_new ();
  g_autofree char *state = g_build_filename (directory, "state", NULL);
  DcQueue *queue = dc_queue_new (state);

  g_assert_null (dc_queue_get_id (queue));
  g_assert_finalize_object (queue);
  g_assert_false (g_file_test (state, G_FILE_TEST_EXISTS));
  dc_test_dir_remove (g_steal_pointer (&directory));
}

static void
test_dropped_while_saving (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcTestWait wait = { NULL };
  DcQueue *queue = self->queue;

  dc_queue_save_async (queue, DC_KIND_PLEDGE, pledge, self->sealer,
                       dc_test_wait_ready, &wait);
  g_clear_object (&self->queue);   /* the call holds the last reference */
  result = dc_test_wait_take (&wait);
  g_assert_true (dc_queue_save_finish (queue, result, NULL));
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  self->queue = dc_store_test_queue_new (self->directory);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
}

static void
test_no_callback (DcStoreTest   *self,
                  gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (DcTally) tally = NULL;

  dc_queue_save_async (self->queue, DC_KIND_PLEDGE, pledge, self->sealer, NULL, NULL);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
}

static void
test_cancelled (void)
{
  g_autofree char *directory = dc_test_dir_new ();
  g_autoptr (DcQueue) queue = dc_queue_new (directory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };

  g_cancellable_cancel (cancellable);
  dc_queue_open_async (queue, cancellable, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  g_assert_false (dc_queue_open_finish (queue, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (dc_queue_get_id (queue));
  dc_test_dir_remove (g_steal_pointer (&directory));
}

/* A queue that is open is not said to be cancelled: its holder would open
 * another and find it in use. */
static void
test_cancelled_too_late (void)
{
  g_autofree char *directory = dc_test_dir_new ();
  g_autofree char *ballast = g_build_filename (directory, "queue", "ballast", NULL);
  g_autoptr (DcQueue) queue = dc_queue_new (directory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };

  dc_queue_open_async (queue, cancellable, dc_test_wait_ready, &wait);
  while (!g_file_test (ballast, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  g_cancellable_cancel (cancellable);

  result = dc_test_wait_take (&wait);
  dc_queue_open_finish (queue, result, NULL, &error);
  g_assert_no_error (error);
  dc_test_dir_remove (g_steal_pointer (&directory));
}

static void
assert_mode (DcStoreTest *self,
             const char  *name,
             guint        mode)
{
  g_autofree char *path = dc_store_test_path (self, name);
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 07777, ==, mode);
}

static void
test_private_files (void)
{
  g_autofree char *directory = dc_test_dir_new ();
  g_autofree char *state = g_build_filename (directory, "a", "b", NULL);
  mode_t before = umask (0);
  DcStoreTest test = { .directory = NULL };

  dc_store_test_set_up_in (&test, state);
  dc_store_test_must_save (&test, 1);
  umask (before);

  assert_mode (&test, ".", 0700);
  assert_mode (&test, "..", 0700);
  assert_mode (&test, "lock", 0600);
  assert_mode (&test, "queue", 0700);
  assert_mode (&test, "queue/queue.db", 0600);
  assert_mode (&test, "queue/queue.db-wal", 0600);
  assert_mode (&test, "queue/ballast", 0600);

  dc_store_test_tear_down (&test, NULL);
  dc_test_dir_remove (g_steal_pointer (&directory));
}

static void
assert_not_opened (const char *state)
{
  g_autoptr (DcQueue) queue = dc_queue_new (state);
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_store_test_open (queue, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
}

static void
test_what_is_in_the_way (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autofree char *folder = dc_store_test_path (self, "queue");
  g_autofree char *away = dc_store_test_path (self, "away");
  g_autofree char *database = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *target = dc_store_test_path (self, "target");

  g_assert_true (dc_store_test_close (self->queue, NULL));

  /* A link for the folder, then for the file, then a file for the folder. */
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_assert_cmpint (symlink (away, folder), ==, 0);
  assert_not_opened (self->directory);

  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (target, database), ==, 0);
  assert_not_opened (self->directory);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_unlink (database), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "x", 1, NULL));
  assert_not_opened (self->directory);

  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/queue/open/finds-everything-again", test_everything_survives);
  dc_store_test_add ("/queue/open/twice-is-once", test_opening_twice);
  dc_store_test_add ("/queue/close/twice-is-once", test_closing_twice);
  dc_store_test_add ("/queue/close/leaves-no-journal", test_closing_leaves_no_journal);
  g_test_add_func ("/queue/dispose/of-what-was-never-opened", test_never_opened);
  dc_store_test_add ("/queue/dispose/waits-for-a-save", test_dropped_while_saving);
  dc_store_test_add ("/queue/save/needs-no-callback", test_no_callback);
  g_test_add_func ("/queue/open/can-be-cancelled", test_cancelled);
  g_test_add_func ("/queue/open/can-be-cancelled-too-late", test_cancelled_too_late);
  g_test_add_func ("/queue/open/makes-private-files", test_private_files);
  dc_store_test_add ("/queue/open/says-what-is-in-the-way", test_what_is_in_the_way);

  return g_test_run ();
}
