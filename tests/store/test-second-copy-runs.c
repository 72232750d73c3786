/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What comes between the steps of a run: another choice, the end of a visit,
 * a queue that closes, a card that does not answer. */

#include "dc-copy-test.h"

#include "dc-card-journal.h"
#include "dc-small-disk.h"

#include <glib/gstdio.h>

#include <string.h>

typedef DcCopyTest Fixture;

static const char * const steps[DC_N_COPY_STEPS] = {
  "look", "compare", "take", "append", "mark",
};

/* One pledge waits and a card is chosen: a run of five steps, up to that one,
 * whose answer is not heard yet. */
static void
run_to (Fixture    *self,
        DcCopyStep  step)
{
  g_autoptr (GError) error = NULL;
  guint before = dc_copy_test_count (step);

  dc_copy_test_choose (self, self->card, &error);
  g_assert_no_error (error);
  if (dc_copy_test_count (step) == before)
    dc_copy_test_run_to (self, step);
  g_assert_cmpuint (dc_copy_test_count (step), ==, before + 1);
}

static guint
count_all (void)
{
  guint sum = 0;

  for (DcCopyStep step = 0; step < DC_N_COPY_STEPS; step++)
    sum += dc_copy_test_count (step);

  return sum;
}

static guint
count_in_journal (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) ids = NULL;

  ids = dc_card_journal_read (self->journal, dc_queue_get_id (self->store.queue), &error);
  g_assert_no_error (error);

  return g_hash_table_size (ids);
}

typedef void (*Between) (Fixture    *self,
                         DcCopyStep  step);

/* @between, once in each step of a run. */
static void
at_each_step (Between between)
{
  for (DcCopyStep step = 0; step < DC_N_COPY_STEPS; step++) {
    Fixture self = { .copy = NULL };

    g_test_message ("at the step %s", steps[step]);
    dc_copy_test_set_up (&self, NULL);
    if (self.mounted)
      between (&self, step);
    dc_copy_test_tear_down (&self, NULL);
  }
}

/* No card any more: what is asked is answered, and leads to nothing. */
static void
choose_none (Fixture    *self,
             DcCopyStep  step)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint asked;

  dc_store_test_must_save (&self->store, 1);
  dc_second_copy_choose_async (self->copy, NULL, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  run_to (self, step);
  dc_second_copy_choose_finish (self->copy, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);

  asked = count_all ();
  dc_copy_test_settle (self);
  g_assert_cmpuint (count_all (), ==, asked);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);

  dc_copy_test_must_choose (self);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 0);
  dc_copy_test_assert_journal (self);   /* once, not twice */
}

static void
test_choose_none (void)
{
  at_each_step (choose_none);
}

/* Never two runs at once; but one more, for what could have come too late. Here
 * it has: a record before those that were taken. */
static void
end_visit (Fixture    *self,
           DcCopyStep  step)
{
  dc_copy_test_save_held (self, 1);
  dc_store_test_must_save (&self->store, 2);
  run_to (self, step);
  dc_second_copy_release (self->copy);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_LOOK), ==, 1);
  dc_copy_test_settle (self);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_LOOK), ==, 2);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_COMPARE), ==, 1);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_UP_TO_DATE);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 0);
  g_assert_cmpuint (count_in_journal (self), ==, 2);
}

static void
test_end_visit (void)
{
  at_each_step (end_visit);
}

/* After what has been asked already. */
static void
close_queue (Fixture    *self,
             DcCopyStep  step)
{
  g_autoptr (GError) error = NULL;

  dc_store_test_must_save (&self->store, 1);
  run_to (self, step);
  g_assert_true (dc_store_test_close (self->store.queue, NULL));
  dc_copy_test_settle (self);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), !=, DC_COPY_UP_TO_DATE);

  dc_store_test_open (self->store.queue, NULL, &error);
  g_assert_no_error (error);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 0);
  dc_copy_test_assert_journal (self);
}

static void
test_close_queue (void)
{
  at_each_step (close_queue);
}

/* What a run finds on a card that is as it was left, it knows. */
static void
test_reads_once (Fixture       *self,
                 gconstpointer  unused)
{
  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  for (guint n = 0; n < 3; n++) {
    dc_store_test_must_save (&self->store, n);
    dc_second_copy_release (self->copy);
    dc_copy_test_settle (self);
  }
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_COMPARE), ==, 1);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_APPEND), ==, 3);

  /* Somebody cleared it. */
  g_assert_cmpint (g_unlink (self->journal), ==, 0);
  dc_second_copy_look (self->copy);
  dc_copy_test_settle (self);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_COMPARE), ==, 2);
  dc_copy_test_assert_journal (self);
}

/* A batch is 64 records with one sync. */
static void
test_batches (Fixture       *self,
              gconstpointer  unused)
{
  if (!self->mounted)
    return;

  for (guint n = 0; n < 66; n++)
    dc_store_test_must_save (&self->store, n);
  dc_copy_test_must_choose (self);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_APPEND), ==, 2);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_TAKE), ==, 3);
  dc_copy_test_assert_journal (self);
}

/* It may answer yet; after half a minute staff are told. */
static void
test_hangs (Fixture       *self,
            gconstpointer  unused)
{
  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  dc_copy_test_hold_card (TRUE);
  dc_store_test_must_save (&self->store, 1);
  dc_second_copy_release (self->copy);
  dc_copy_test_pass (29);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_UP_TO_DATE);
  dc_copy_test_pass (2);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_FAILING);
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_LOOK), ==, 2);   /* not asked again */

  dc_copy_test_hold_card (FALSE);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  dc_copy_test_assert_journal (self);
}

/* The card has answered, and the queue takes its time: no fault of the card's. */
static void
test_queue_is_slow (Fixture       *self,
                    gconstpointer  unused)
{
  static const DcCopyStep of_queue[] = { DC_COPY_STEP_COMPARE, DC_COPY_STEP_TAKE, DC_COPY_STEP_MARK };

  if (!self->mounted)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (of_queue); i++) {
    dc_store_test_must_save (&self->store, i);
    run_to (self, of_queue[i]);
    dc_copy_test_pass (3600);
    g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_BUSY);
    dc_copy_test_settle (self);
    g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_UP_TO_DATE);
  }
}

/* A card that hangs holds up neither another choice nor the end. */
static void
test_hangs_for_ever (Fixture       *self,
                     gconstpointer  unused)
{
  if (!self->mounted)
    return;

  dc_store_test_must_save (&self->store, 1);
  dc_copy_test_hold_card (TRUE);
  g_assert_true (dc_copy_test_choose (self, self->card, NULL));
  g_assert_true (dc_copy_test_choose (self, NULL, NULL));
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);
  dc_copy_test_pass (60);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);
  while (G_OBJECT (self->copy)->ref_count > 1)   /* the thread that stored the choice */
    g_usleep (200);
  g_assert_finalize_object (g_steal_pointer (&self->copy));

  dc_copy_test_hold_card (FALSE);
  while (!g_main_context_iteration (NULL, TRUE))
    continue;
  dc_copy_test_forget_card ();
  g_assert_cmpuint (dc_copy_test_count (DC_COPY_STEP_COMPARE), ==, 0);
}

static void
test_half_minute (Fixture       *self,
                  gconstpointer  unused)
{
  if (!self->mounted)
    return;

  dc_copy_test_pass (30);   /* no card was chosen */
  g_assert_cmpuint (count_all (), ==, 0);

  dc_copy_test_must_choose (self);
  dc_copy_test_pull (self);
  dc_copy_test_pass (30);
  dc_copy_test_wait_for (self, DC_COPY_NO_CARD);
  g_assert_true (dc_copy_test_insert (self));
  dc_copy_test_pass (30);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
}

static void
count_message (const char     *domain,
               GLogLevelFlags  level,
               const char     *message,
               gpointer        count)
{
  *(guint *) count += 1;
}

static void
count_change (DcSecondCopy *copy,
              GParamSpec   *pspec,
              guint        *count)
{
  *count += 1;
}

/* That there is no card is written down once, and so is each change told. */
static void
test_told_once (Fixture       *self,
                gconstpointer  unused)
{
  guint messages = 0;
  guint changes = 0;
  guint state = 0;
  guint handler;

  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  dc_copy_test_pull (self);
  handler = g_log_set_handler ("dc-store", G_LOG_LEVEL_MESSAGE, count_message, &messages);
  g_signal_connect (self->copy, "notify::state", G_CALLBACK (count_change), &changes);
  for (guint look = 0; look < 3; look++) {
    dc_second_copy_look (self->copy);
    dc_copy_test_settle (self);
  }
  g_log_remove_handler ("dc-store", handler);
  g_object_get (self->copy, "state", &state, NULL);
  g_assert_cmpuint (state, ==, DC_COPY_NO_CARD);
  g_assert_cmpuint (messages, ==, 1);
  g_assert_cmpuint (changes, ==, 1);
}

/* A choice that cannot be kept is none. */
static void
test_choice_not_kept (Fixture       *self,
                      gconstpointer  unused)
{
  g_autofree char *temporary = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->mounted)
    return;

  temporary = dc_store_test_path (&self->store, "settings.ini.new");
  g_assert_cmpint (g_mkdir (temporary, 0700), ==, 0);
  g_assert_false (dc_copy_test_choose (self, self->card, &error));
  g_assert_nonnull (error);
  g_assert_null (dc_second_copy_get_folder (self->copy));
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);
  g_assert_cmpint (g_rmdir (temporary), ==, 0);
  dc_copy_test_must_choose (self);
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, dc_copy_test_set_up, run, dc_copy_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  dc_small_disk_enter ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/second-copy/runs/end-with-another-choice", test_choose_none);
  g_test_add_func ("/second-copy/runs/follow-one-another-when-a-visit-ends", test_end_visit);
  g_test_add_func ("/second-copy/runs/end-with-the-queue-and-begin-with-it", test_close_queue);
  ADD ("/second-copy/runs/read-the-card-once", test_reads_once);
  ADD ("/second-copy/runs/append-some-records-at-a-time", test_batches);
  ADD ("/second-copy/runs/wait-for-a-card-that-hangs-and-say-so", test_hangs);
  ADD ("/second-copy/runs/blame-no-card-for-the-queue", test_queue_is_slow);
  ADD ("/second-copy/runs/leave-a-card-that-hangs-for-ever", test_hangs_for_ever);
  ADD ("/second-copy/runs/begin-every-half-minute", test_half_minute);
  ADD ("/second-copy/runs/tell-each-change-once", test_told_once);
  ADD ("/second-copy/runs/need-a-choice-that-is-kept", test_choice_not_kept);

  return g_test_run ();
}
