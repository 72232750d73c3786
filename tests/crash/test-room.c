/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The disk is full at every step: each call with every amount of room from
 * nothing to more than it needs, a block at a time, on a disk that is really
 * full. No record is lost; where the probe says that a pledge can be stored
 * it can; and with the ballast a queue on a full disk is delivered and purged. */

#include "dc-crash-queue.h"
#include "dc-small-disk.h"
#include "dc-store-error.h"
#include "dc-store-test.h"

#include <glib/gstdio.h>

#define BLOCK 4096
#define DISK_SIZE "6m"
#define PLEDGES 5

typedef struct
{
  DcSmallDisk   disk;
  char         *state;
  DcSealer     *sealer;
  DcCrashQueue  queue;
} Fixture;

static void
set_up (Fixture *self)
{
  dc_small_disk_init (&self->disk, DISK_SIZE);
  self->state = g_build_filename (self->disk.path, "state", NULL);
  self->sealer = dc_store_test_sealer_new ();
  if (self->disk.mounted)
    g_assert_cmpint (g_mkdir (self->state, 0700), ==, 0);
}

static void
tear_down (Fixture *self)
{
  dc_small_disk_clear (&self->disk);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
}

static void
begin (Fixture *self)
{
  dc_crash_queue_init_with (&self->queue, self->state, self->sealer, DC_STORE_TEST_BALLAST);
}

#define MUST(call) \
  do { \
    g_autoptr (GError) error_ = NULL; \
    gboolean done_ = (call); \
\
    g_assert_no_error (error_); \
    g_assert_true (done_); \
  } while (FALSE)

static void
fill (Fixture *self)
{
  for (guint n = 0; n < PLEDGES; n++)
    MUST (dc_crash_queue_save (&self->queue, n, DC_KIND_PLEDGE, &error_));
}

/* TRUE, or FULL and nothing else. */
static gboolean
may (gboolean   done,
     GError   **error)
{
  if (!done)
    g_assert_error (*error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);

  return done;
}

/* After a start as things are now. */
static void
assert_content (Fixture   *self,
                DcContent *content)
{
  g_autoptr (DcContent) found = NULL;

  MUST (dc_crash_queue_open (&self->queue, &error_));
  found = dc_crash_queue_read (&self->queue, NULL);
  g_assert_nonnull (found);
  g_assert_true (dc_content_equal (content, found));
}

/* A donor is asked for nothing that could then not be stored: where a probe
 * says yes, the next save does too, and one that says no is right as long as
 * nothing changes. */
static gboolean
probe_and_save (Fixture *self,
                guint    n)
{
  g_autoptr (GError) error = NULL;

  if (!may (dc_crash_queue_probe (&self->queue, &error), &error))
    return FALSE;
  MUST (dc_crash_queue_save (&self->queue, n, DC_KIND_PLEDGE, &error_));

  return TRUE;
}

static void
drain (Fixture *self)
{
  DcId undone = dc_store_test_id (PLEDGES - 1);

  MUST (dc_crash_queue_withdraw (&self->queue, &undone, &error_));
  MUST (dc_crash_queue_begin_run (&self->queue, 0, 0, FALSE, &error_));
  MUST (dc_crash_queue_offer (&self->queue, 0, 100, &error_));
  for (guint n = 0; n < PLEDGES - 1; n++) {
    DcId id = dc_store_test_id (n);

    MUST (dc_crash_queue_deliver (&self->queue, 0, &id, DC_VERDICT_NEW, &error_));
    MUST (dc_crash_queue_receipt (&self->queue, &id, &error_));
  }
  MUST (dc_crash_queue_statement (&self->queue, &error_));
  MUST (dc_crash_queue_end_run (&self->queue, 0, &error_));
  MUST (dc_crash_queue_purge (&self->queue, &error_));
}

/* A stall whose disk has @room left, is then filled to the last block, hands
 * over what it has, and starts again before and after there is room. */
static guint
live_with (Fixture *self,
           guint64  room)
{
  g_autoptr (DcContent) content = NULL;
  guint saved = 0;

  begin (self);
  MUST (dc_crash_queue_open (&self->queue, &error_));
  fill (self);
  dc_small_disk_fill_but (&self->disk, room);
  while (saved < 8 && probe_and_save (self, PLEDGES + saved))
    saved++;

  dc_small_disk_fill_but (&self->disk, 0);
  drain (self);
  content = dc_crash_queue_read (&self->queue, NULL);
  dc_crash_queue_clear (&self->queue);

  begin (self);
  assert_content (self, content);
  dc_small_disk_make_room (&self->disk);
  g_assert_true (probe_and_save (self, 99));
  dc_crash_queue_clear (&self->queue);
  dc_test_dir_remove (g_strdup (self->state));
  g_assert_cmpint (g_mkdir (self->state, 0700), ==, 0);

  return saved;
}

static void
test_a_stall (void)
{
  Fixture fixture;
  guint most = 0;
  guint refused = 0;

  set_up (&fixture);
  for (guint64 room = 0; fixture.disk.mounted && room <= 400 * 1024; room += BLOCK) {
    guint saved = live_with (&fixture, room);

    most = MAX (most, saved);
    refused += saved == 0;
  }
  if (fixture.disk.mounted) {
    g_assert_cmpuint (most, >, 0);
    g_assert_cmpuint (refused, >, 0);
  }
  tear_down (&fixture);
}

/* A start with @room: it opens or says that the disk is full, and loses
 * nothing. @image (nullable): what there is. */
static gboolean
start_with (Fixture    *self,
            const char *image,
            guint64     room)
{
  g_autoptr (DcContent) content = NULL;
  g_autoptr (GError) error = NULL;
  gboolean opened;

  if (image != NULL) {
    g_autofree char *copy = g_strconcat (image, "-read", NULL);

    dc_crash_copy_folder (image, copy);
    content = dc_crash_read (copy, NULL);
    g_assert_nonnull (content);
    dc_test_dir_remove (g_steal_pointer (&copy));
    g_rmdir (self->state);
    dc_crash_copy_folder (image, self->state);
  }

  dc_small_disk_fill_but (&self->disk, room);
  begin (self);
  opened = may (dc_crash_queue_open (&self->queue, &error), &error);
  dc_crash_queue_clear (&self->queue);

  dc_small_disk_make_room (&self->disk);
  begin (self);
  if (content != NULL)
    assert_content (self, content);
  MUST (dc_crash_queue_open (&self->queue, &error_));
  g_assert_true (probe_and_save (self, 99));
  dc_crash_queue_clear (&self->queue);
  dc_test_dir_remove (g_strdup (self->state));
  g_assert_cmpint (g_mkdir (self->state, 0700), ==, 0);

  return opened;
}

static guint
start_with_every_room (Fixture    *self,
                       const char *image)
{
  guint refused = 0;

  for (guint64 room = 0; room <= 200 * 1024; room += BLOCK)
    refused += !start_with (self, image, room);
  g_assert_cmpuint (refused, <, 50);   /* with the most room it opens */

  return refused;
}

static void
test_a_first_start (void)
{
  Fixture fixture;

  set_up (&fixture);
  if (fixture.disk.mounted)
    g_assert_cmpuint (start_with_every_room (&fixture, NULL), >, 0);
  tear_down (&fixture);
}

/* Cut off, and a queue of version 1. */
static void
test_a_start (void)
{
  g_autofree char *root = dc_test_dir_new ();
  g_autofree char *made = g_build_filename (root, "made", NULL);
  g_autofree char *cut_off = g_build_filename (root, "cut-off", NULL);
  g_autofree char *version_1 = g_build_filename (root, "version-1", NULL);
  Fixture fixture;

  set_up (&fixture);
  if (fixture.disk.mounted) {
    dc_crash_queue_init (&fixture.queue, made, fixture.sealer);
    MUST (dc_crash_queue_open (&fixture.queue, &error_));
    fill (&fixture);
    dc_crash_copy_folder (made, cut_off);
    dc_crash_queue_clear (&fixture.queue);
    g_assert_cmpint (g_mkdir (version_1, 0700), ==, 0);
    dc_crash_copy_as_version_1 (made, version_1);

    start_with_every_room (&fixture, cut_off);
    start_with_every_room (&fixture, version_1);
  }
  tear_down (&fixture);
  dc_test_dir_remove (g_steal_pointer (&root));
}

int
main (int   argc,
      char *argv[])
{
  dc_small_disk_enter ();
  g_test_init (&argc, &argv, NULL);
  dc_crash_be_quiet ();

  g_test_add_func ("/room/a-stall-on-a-full-disk-loses-nothing-and-drains", test_a_stall);
  g_test_add_func ("/room/a-first-start-can-be-repeated", test_a_first_start);
  g_test_add_func ("/room/a-start-loses-nothing", test_a_start);

  return g_test_run ();
}
