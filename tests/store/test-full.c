/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* On a disk of four megabytes that is really full. */

#include "dc-store-test.h"

#include "dc-ballast.h"
#include "dc-small-disk.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>

#define DISK_SIZE "4194304"

typedef struct
{
  DcStoreTest  store;
  DcSmallDisk  disk;
  char        *ballast;
  GPtrArray   *offered;    /* what the run has begun to hand over */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autofree char *state = NULL;

  dc_small_disk_init (&self->disk, DISK_SIZE);
  if (!self->disk.mounted)
    return;

  state = g_build_filename (self->disk.path, "state", NULL);
  dc_store_test_set_up_in (&self->store, state);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  if (self->disk.mounted)
    dc_store_test_tear_down (&self->store, NULL);
  g_clear_pointer (&self->ballast, g_free);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  dc_small_disk_clear (&self->disk);
}

static void
fill_but (Fixture *self,
          guint64  bytes)
{
  dc_small_disk_fill_but (&self->disk, bytes);
}

static void
make_room (Fixture *self)
{
  dc_small_disk_make_room (&self->disk);
}

static const char *
ballast_of (Fixture *self)
{
  if (self->ballast == NULL)
    self->ballast = dc_store_test_path (&self->store, "queue/ballast");

  return self->ballast;
}

static gboolean
has_ballast (Fixture *self)
{
  struct stat status;

  return stat (ballast_of (self), &status) == 0
         && status.st_size == DC_STORE_TEST_BALLAST
         && status.st_blocks * 512 >= DC_STORE_TEST_BALLAST;
}

/* Saves until the disk is full; returns how many were acknowledged. */
static guint
save_until_full (Fixture *self,
                 guint    from)
{
  for (guint n = from; n < from + 2000; n++) {
    g_autoptr (GError) error = NULL;

    if (!dc_store_test_save (&self->store, n, &error)) {
      g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
      return n - from;
    }
  }

  g_assert_not_reached ();
}

static void
assert_taken (Fixture *self,
              guint    taken)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (&self->store);

  g_assert_cmpuint (tally->taken, ==, taken);
}

static void
test_save_is_whole (Fixture       *self,
                    gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  guint saved;

  if (!self->disk.mounted)
    return;

  fill_but (self, 200 * 1024);
  saved = save_until_full (self, 0);
  g_assert_cmpuint (saved, >, 5);
  assert_taken (self, saved);
  /* A donor's pledge is no reason to give up the ballast. */
  g_assert_true (has_ballast (self));

  dc_store_test_drop (&self->store);
  g_assert_true (dc_store_test_open (self->store.queue, NULL, NULL));
  assert_taken (self, saved);
  records = dc_store_test_must_offer (&self->store);
  g_assert_cmpuint (records->len, ==, saved);
}

static void
test_room_again (Fixture       *self,
                 gconstpointer  unused)
{
  guint saved;

  if (!self->disk.mounted)
    return;

  fill_but (self, 100 * 1024);
  saved = save_until_full (self, 0);
  make_room (self);
  dc_store_test_must_save (&self->store, saved);
  assert_taken (self, saved + 1);
}

/* Erasing and moving need room to write; the ballast gives it. */
static void
test_the_queue_can_drain (Fixture       *self,
                          gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GError) error = NULL;
  guint saved;
  guint purged = 0;
  DcId last;

  if (!self->disk.mounted)
    return;

  fill_but (self, 200 * 1024);
  saved = save_until_full (self, 0);
  fill_but (self, 0);
  g_assert_true (has_ballast (self));

  last = dc_store_test_id (saved - 1);
  dc_store_test_withdraw (&self->store, &last, &error);
  g_assert_no_error (error);
  offered = dc_store_test_offer (&self->store, 5, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < offered->len; i++) {
    DcId id = dc_store_test_id (i);

    dc_store_test_move (&self->store, &id, DC_STATE_RECEIPTED, &error);
    g_assert_no_error (error);
  }
  dc_store_test_purge (&self->store, &purged, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (purged, ==, 5);
  assert_taken (self, saved);
}

static gboolean
begin (Fixture  *self,
       GError  **error)
{
  return dc_store_test_begin_run (&self->store, 0, 1, FALSE, NULL, error);
}

static gboolean
offer (Fixture  *self,
       GError  **error)
{
  self->offered = dc_store_test_offer_to (&self->store, 0, 0, NULL, 20, G_MAXSIZE, error);

  return self->offered != NULL;
}

static gboolean
deliver (Fixture  *self,
         GError  **error)
{
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);

  for (guint n = 0; n < 10; n++) {
    const DcId id = dc_store_test_id (n);

    g_ptr_array_add (deliveries, dc_delivery_new (&id, n < 5 ? DC_VERDICT_NEW : DC_VERDICT_REFUSED,
                                                  n < 5 ? NULL : "no"));
  }

  return dc_store_test_deliver (&self->store, 0, deliveries, NULL, NULL, error);
}

static gboolean
retry (Fixture  *self,
       GError  **error)
{
  return dc_store_test_retry (&self->store, NULL, NULL, error);
}

static gboolean
receipt (Fixture  *self,
         GError  **error)
{
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->store.queue));

  for (guint i = 0; i < self->offered->len; i++) {
    const DcRecord *record = self->offered->pdata[i];

    dc_store_test_receipts_add (receipts, &record->envelope.id, record->envelope.sealed_sha256);
  }

  return dc_store_test_receipt (&self->store, receipts, NULL, NULL, error);
}

static gboolean
state (Fixture  *self,
       GError  **error)
{
  g_autoptr (DcStatement) statement = dc_store_test_statement (&self->store, error);

  return statement != NULL;
}

static gboolean
end (Fixture  *self,
     GError  **error)
{
  return dc_store_test_end_run (&self->store, 0, 7, error);
}

/* Each step of a run is the queue's way to have less on the disk: for any one of
 * them the ballast is given up. */
static void
test_each_step_of_a_run (Fixture       *self,
                         gconstpointer  unused)
{
  static gboolean (*const steps[]) (Fixture *, GError **) = { begin, offer, deliver, retry, receipt, state, end };
  guint saved;

  if (!self->disk.mounted)
    return;

  g_assert_true (dc_store_test_begin_run (&self->store, 0, 0, FALSE, NULL, NULL));
  fill_but (self, 500 * 1024);
  saved = save_until_full (self, 0);
  g_assert_cmpuint (saved, >, 20);
  make_room (self);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;

    /* A journal that was long keeps its room; one that has just begun has none. */
    dc_store_test_reopen (&self->store);
    g_assert_true (has_ballast (self));
    fill_but (self, 0);
    steps[i] (self, &error);
    g_assert_no_error (error);
    g_assert_false (has_ballast (self));
    make_room (self);
    g_assert_true (dc_store_test_probe (&self->store, NULL));
  }
  assert_taken (self, saved);
}

static void
test_ballast_goes_and_comes (Fixture       *self,
                             gconstpointer  unused)
{
  if (!self->disk.mounted)
    return;

  g_assert_true (has_ballast (self));
  fill_but (self, 200 * 1024);
  g_assert_cmpuint (save_until_full (self, 0), >, 5);

  /* Until nothing is left but what the ballast holds. */
  for (guint n = 0; has_ballast (self); n++) {
    DcId id = dc_store_test_id (n);

    g_assert_cmpuint (n, <, 20);
    g_assert_true (dc_store_test_move (&self->store, &id, DC_STATE_REFUSED, NULL));
    fill_but (self, 0);
  }

  g_assert_false (dc_store_test_probe (&self->store, NULL));
  g_assert_false (has_ballast (self));
  make_room (self);
  g_assert_true (dc_store_test_probe (&self->store, NULL));
  g_assert_true (has_ballast (self));
}

static void
test_probe_knows (Fixture       *self,
                  gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  if (!self->disk.mounted)
    return;

  g_assert_true (dc_store_test_probe (&self->store, NULL));
  fill_but (self, 300 * 1024);
  g_assert_true (dc_store_test_probe (&self->store, NULL));   /* little, but enough */

  fill_but (self, 8 * 1024);
  g_assert_false (dc_store_test_probe (&self->store, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_clear_error (&error);

  make_room (self);
  dc_store_test_probe (&self->store, &error);
  g_assert_no_error (error);
}

/* After a save that failed, whatever statvfs says. */
static void
test_probe_after_a_failure (Fixture       *self,
                            gconstpointer  unused)
{
  guint saved;

  if (!self->disk.mounted)
    return;

  fill_but (self, 100 * 1024);
  saved = save_until_full (self, 0);
  g_assert_false (dc_store_test_probe (&self->store, NULL));
  make_room (self);
  g_assert_true (dc_store_test_probe (&self->store, NULL));
  dc_store_test_must_save (&self->store, saved);
}

static void
test_full_at_the_start (Fixture       *self,
                        gconstpointer  unused)
{
  g_autofree char *state = NULL;
  g_autoptr (DcQueue) queue = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->disk.mounted)
    return;

  dc_store_test_must_save (&self->store, 1);
  fill_but (self, 0);

  /* A queue that is there opens; a new one cannot be made, and says why. */
  dc_store_test_drop (&self->store);
  g_assert_true (dc_store_test_open (self->store.queue, NULL, NULL));
  assert_taken (self, 1);

  state = g_build_filename (self->disk.path, "another", NULL);
  queue = dc_store_test_queue_new (state);
  g_assert_false (dc_store_test_open (queue, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_clear_error (&error);

  make_room (self);
  dc_store_test_open (queue, NULL, &error);
  g_assert_no_error (error);
}

static void
open_old (Fixture  *self,
          GError  **error)
{
  g_autofree char *set_aside = NULL;

  dc_store_test_open (self->store.queue, &set_aside, error);
  g_assert_null (set_aside);
}

/* A queue of an earlier version is copied before it is changed: the ballast
 * gives the room; where that is gone too, nothing has happened. */
static void
test_full_at_an_upgrade (Fixture       *self,
                         gconstpointer  unused)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->disk.mounted)
    return;

  folder = dc_store_test_path (&self->store, "queue");
  path = g_build_filename (folder, "queue.db", NULL);
  copy = g_build_filename (folder, "queue-v1.db", NULL);
  g_assert_true (dc_store_test_close (self->store.queue, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  dc_store_test_restore (self->store.directory, "v1-every-state.sql", FALSE);

  g_assert_true (dc_ballast_release (ballast_of (self)));
  fill_but (self, 16 * 1024);
  open_old (self, &error);
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "from version 1 to 3"));
  g_clear_error (&error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  make_room (self);

  g_assert_true (dc_ballast_restore (ballast_of (self), DC_STORE_TEST_BALLAST));
  fill_but (self, 16 * 1024);
  open_old (self, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_false (has_ballast (self));
  assert_taken (self, 12);
}

static void
test_the_file (Fixture       *self,
               gconstpointer  unused)
{
  g_autofree char *path = NULL;

  if (!self->disk.mounted)
    return;

  path = g_build_filename (self->disk.path, "weight", NULL);
  g_assert_false (dc_ballast_release (path));
  g_assert_true (dc_ballast_restore (path, 8192));
  g_assert_true (dc_ballast_restore (path, 8192));
  g_assert_true (dc_ballast_release (path));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Not where it would take the last of the room. */
  fill_but (self, DC_BALLAST_ROOM + 4096);
  g_assert_false (dc_ballast_restore (path, 8192));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  make_room (self);
  g_assert_true (dc_ballast_restore (path, 8192));
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_small_disk_enter ();
  g_test_init (&argc, &argv, NULL);

  ADD ("/full/a-save-is-whole-or-not-at-all", test_save_is_whole);
  ADD ("/full/saving-goes-on-when-there-is-room", test_room_again);
  ADD ("/full/the-queue-can-drain", test_the_queue_can_drain);
  ADD ("/full/each-step-of-a-run-gets-the-room-it-needs", test_each_step_of_a_run);
  ADD ("/full/the-ballast-goes-and-comes-back", test_ballast_goes_and_comes);
  ADD ("/full/a-probe-knows", test_probe_knows);
  ADD ("/full/a-probe-remembers-a-failure", test_probe_after_a_failure);
  ADD ("/full/a-start-on-a-full-disk", test_full_at_the_start);
  ADD ("/full/an-upgrade-is-whole-or-not-at-all", test_full_at_an_upgrade);
  ADD ("/full/the-ballast-leaves-room", test_the_file);

  return g_test_run ();
}
