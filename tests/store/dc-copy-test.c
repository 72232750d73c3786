/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-copy-test.h"

#include "dc-card-job.h"
#include "dc-card-journal.h"
#include "dc-card.h"

#include <errno.h>
#include <string.h>
#include <sys/mount.h>

/* Main thread. */
static struct
{
  guint          asked[DC_N_COPY_STEPS];
  guint          of_card;      /* not yet answered */
  DcCardJobDone  done[DC_N_COPY_STEPS];
} seen;

static struct
{
  GMutex   mutex;
  GCond    changed;
  gboolean held;
} card;

static struct
{
  GSourceFunc function;
  gpointer    data;
  gint64      passed;      /* microseconds that nobody waited for */
} half_minute;

#define WRAPPED(type, name, ...) \
  type __real_ ## name (__VA_ARGS__); \
  type __wrap_ ## name (__VA_ARGS__)

WRAPPED (void, dc_card_job_send, DcCardJob *job, DcCardJobDone done);
WRAPPED (gboolean, dc_card_check, const char *folder, const char *state_directory,
         const DcId *id, GError * *error);
WRAPPED (void, dc_queue_compare_copies_async, DcQueue *queue, GHashTable * ids,
         GAsyncReadyCallback callback, gpointer data);
WRAPPED (void, dc_queue_take_copies_async, DcQueue *queue, gint64 after, const DcId *held,
         guint limit, GAsyncReadyCallback callback, gpointer data);
WRAPPED (void, dc_queue_mark_copied_async, DcQueue *queue, GPtrArray * records,
         GAsyncReadyCallback callback, gpointer data);
WRAPPED (guint, g_timeout_add_seconds, guint seconds, GSourceFunc function, gpointer data);
WRAPPED (gint64, g_get_monotonic_time, void);

static DcCopyStep
step_of (const DcCardJob *job)
{
  return job->records != NULL ? DC_COPY_STEP_APPEND : DC_COPY_STEP_LOOK;
}

static void
answered (gpointer   owner,
          DcCardJob *job)
{
  seen.of_card--;
  seen.done[step_of (job)] (owner, job);
}

void
__wrap_dc_card_job_send (DcCardJob     *job,
                         DcCardJobDone  done)
{
  seen.asked[step_of (job)]++;
  seen.done[step_of (job)] = done;
  seen.of_card++;
  __real_dc_card_job_send (job, answered);
}

/* On the card's thread. */
gboolean
__wrap_dc_card_check (const char  *folder,
                      const char  *state_directory,
                      const DcId  *id,
                      GError     **error)
{
  g_mutex_lock (&card.mutex);
  while (card.held)
    g_cond_wait (&card.changed, &card.mutex);
  g_mutex_unlock (&card.mutex);

  return __real_dc_card_check (folder, state_directory, id, error);
}

void
__wrap_dc_queue_compare_copies_async (DcQueue             *queue,
                                      GHashTable          *ids,
                                      GAsyncReadyCallback  callback,
                                      gpointer             data)
{
  seen.asked[DC_COPY_STEP_COMPARE]++;
  __real_dc_queue_compare_copies_async (queue, ids, callback, data);
}

void
__wrap_dc_queue_take_copies_async (DcQueue             *queue,
                                   gint64               after,
                                   const DcId          *held,
                                   guint                limit,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  seen.asked[DC_COPY_STEP_TAKE]++;
  __real_dc_queue_take_copies_async (queue, after, held, limit, callback, data);
}

void
__wrap_dc_queue_mark_copied_async (DcQueue             *queue,
                                   GPtrArray           *records,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  seen.asked[DC_COPY_STEP_MARK]++;
  __real_dc_queue_mark_copied_async (queue, records, callback, data);
}

/* Nobody can wait half a minute: it passes when the test says so. */
guint
__wrap_g_timeout_add_seconds (guint       seconds,
                              GSourceFunc function,
                              gpointer    data)
{
  if (seconds == 30) {
    half_minute.function = function;
    half_minute.data = data;
  }

  return __real_g_timeout_add_seconds (seconds, function, data);
}

gint64
__wrap_g_get_monotonic_time (void)
{
  return __real_g_get_monotonic_time () + half_minute.passed;
}

guint
dc_copy_test_count (DcCopyStep step)
{
  return seen.asked[step];
}

void
dc_copy_test_hold_card (gboolean hold)
{
  g_mutex_lock (&card.mutex);
  card.held = hold;
  g_cond_broadcast (&card.changed);
  g_mutex_unlock (&card.mutex);
}

void
dc_copy_test_forget_card (void)
{
  seen.of_card = 0;
}

void
dc_copy_test_pass (guint seconds)
{
  half_minute.passed += seconds * G_USEC_PER_SEC;
  g_assert_true (half_minute.function (half_minute.data));
}

/* Twenty seconds at most, of which a busy machine needs one. */
static void
iterate (gint64 began)
{
  g_assert_cmpint (__real_g_get_monotonic_time (), <, began + 20 * G_USEC_PER_SEC);
  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (200);
}

void
dc_copy_test_run_to (DcCopyTest *self,
                     DcCopyStep  step)
{
  gint64 began = __real_g_get_monotonic_time ();
  guint before = seen.asked[step];

  while (seen.asked[step] == before)
    iterate (began);
}

/* A question to the queue holds its asker. */
void
dc_copy_test_settle (DcCopyTest *self)
{
  gint64 began = __real_g_get_monotonic_time ();

  while (seen.of_card > 0 || G_OBJECT (self->copy)->ref_count > 1)
    iterate (began);
}

void
dc_copy_test_wait_for (DcCopyTest  *self,
                       DcCopyState  state)
{
  gint64 began = __real_g_get_monotonic_time ();

  while (dc_second_copy_get_state (self->copy) != state)
    iterate (began);
}

guint
dc_copy_test_count_to_copy (DcCopyTest *self)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (&self->store);

  return tally->to_copy;
}

void
dc_copy_test_wait_until_copied (DcCopyTest *self)
{
  gint64 began = __real_g_get_monotonic_time ();

  while (dc_copy_test_count_to_copy (self) > 0)
    iterate (began);
}

gboolean
dc_copy_test_insert (DcCopyTest *self)
{
  return mount (self->kept, self->card, NULL, MS_BIND, NULL) == 0;
}

void
dc_copy_test_pull (DcCopyTest *self)
{
  g_assert_cmpint (umount2 (self->card, MNT_DETACH), ==, 0);
}

static void
begin (DcCopyTest *self)
{
  self->copy = dc_second_copy_new (self->store.queue, self->store.directory);
  dc_second_copy_start (self->copy, self->tablet);
}

void
dc_copy_test_set_up (DcCopyTest    *self,
                     gconstpointer  unused)
{
  memset (&seen, 0, sizeof seen);
  memset (&half_minute, 0, sizeof half_minute);
  self->card = dc_test_dir_new ();
  self->kept = dc_test_dir_new ();
  self->mounted = mount ("tmpfs", self->kept, "tmpfs", 0, "size=262144") == 0
                  && dc_copy_test_insert (self);
  if (!self->mounted) {
    g_test_skip_printf ("cannot mount a card: %s", g_strerror (errno));
    return;
  }

  dc_store_test_set_up (&self->store, NULL);
  memset (self->tablet, 0xab, sizeof self->tablet);
  self->journal = dc_card_journal_get_path (self->kept, self->tablet,
                                            dc_queue_get_id (self->store.queue));
  begin (self);
}

static void
drop (DcCopyTest *self)
{
  if (self->copy == NULL)
    return;

  dc_copy_test_settle (self);
  g_assert_finalize_object (g_steal_pointer (&self->copy));
}

void
dc_copy_test_tear_down (DcCopyTest    *self,
                        gconstpointer  unused)
{
  if (self->mounted) {
    drop (self);
    dc_store_test_tear_down (&self->store, NULL);
    umount2 (self->card, MNT_DETACH);
    umount2 (self->kept, MNT_DETACH);
    g_clear_pointer (&self->journal, g_free);
  }
  g_clear_pointer (&self->card, dc_test_dir_remove);
  g_clear_pointer (&self->kept, dc_test_dir_remove);
}

void
dc_copy_test_restart (DcCopyTest *self)
{
  drop (self);
  begin (self);
}

gboolean
dc_copy_test_choose (DcCopyTest  *self,
                     const char  *folder,
                     GError     **error)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  dc_second_copy_choose_async (self->copy, folder, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);

  return dc_second_copy_choose_finish (self->copy, result, error);
}

void
dc_copy_test_must_choose (DcCopyTest *self)
{
  g_autoptr (GError) error = NULL;

  dc_copy_test_choose (self, self->card, &error);
  g_assert_no_error (error);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
}

void
dc_copy_test_save_held (DcCopyTest *self,
                        guint       n)
{
  DcId id = dc_store_test_id (n);

  dc_second_copy_hold (self->copy, &id);
  dc_store_test_must_save (&self->store, n);
}

char *
dc_copy_test_read_journal (DcCopyTest *self)
{
  char *text = NULL;

  return g_file_get_contents (self->journal, &text, NULL, NULL) ? text : g_strdup ("");
}

static char *
make_lines (DcCopyTest *self)
{
  g_autoptr (GPtrArray) records = dc_store_test_must_offer (&self->store);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++) {
    g_autoptr (GBytes) line = dc_record_to_line (records->pdata[i]);
    gsize size;
    const char *data = g_bytes_get_data (line, &size);

    g_string_append_len (lines, data, (gssize) size);
  }

  return g_string_free (lines, FALSE);
}

void
dc_copy_test_assert_journal (DcCopyTest *self)
{
  g_autofree char *lines = make_lines (self);
  g_autofree char *journal = dc_copy_test_read_journal (self);

  g_assert_cmpstr (journal, ==, lines);
}
