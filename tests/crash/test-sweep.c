/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each call of the queue, with each operation in it failing in turn, once and
 * for good: SQLite's on its files, SQLite's requests for memory, and the
 * system calls of src/store. The call may succeed or fail. The next start
 * finds what was there before it or after it and nothing between, finds the
 * latter where it had succeeded, and sets nothing aside; the queue itself
 * works again, or has closed itself and opens again; and no memory and no
 * open file is left over. */

#include "dc-crash-queue.h"
#include "dc-sanitized.h"
#include "dc-set-aside.h"
#include "dc-shim-memory.h"
#include "dc-shim-posix.h"
#include "dc-shim-random.h"
#include "dc-shim-vfs.h"
#include "dc-store-error.h"
#include "dc-store-test.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <sqlite3.h>

/* The pledges of the queue that each sweep begins with, by what they are. */
enum
{
  FRESH,        /* waiting, never offered */
  OFFERED,      /* waiting */
  DELIVERED,
  REFUSED,
  RECEIPTED,
  UNDONE,
  N_PLEDGES
};

typedef enum
{
  START_NOTHING,
  START_CUT_OFF,      /* with most of it in the journal */
  START_VERSION_1,
  START_VERSION_2,
  START_OPEN,         /* opened before the faults begin */
  N_STARTS
} Start;

typedef struct
{
  const char *name;
  Start       start;
  gboolean  (*run) (DcCrashQueue  *queue,
                    GError       **error);
  gboolean    asks_the_system;   /* src/store makes system calls of its own */
  /* (nullable) without faults */
  void      (*prepare) (DcCrashQueue *queue);
} Call;

typedef struct
{
  const char *name;
  void      (*fail) (guint    after,
                     gboolean persistent);
  guint     (*reset) (void);
} Source;

typedef struct
{
  char      *root;
  char      *images[N_STARTS];   /* (nullable) START_NOTHING, START_OPEN */
  char      *state;
  DcSealer  *sealer;
} Fixture;

/* One run of a call. */
typedef struct
{
  Fixture      *fixture;
  const Call   *call;
  DcCrashQueue  queue;
  DcContent    *before;     /* (owned) (nullable) START_NOTHING */
  gboolean      done;
  GError       *error;      /* (owned) */
} Run;

static void
fail_io (guint    after,
         gboolean persistent)
{
  dc_shim_vfs_reset ();
  dc_shim_vfs_fail (DC_SHIM_ANY, "", after, persistent, 0);
}

static guint
reset_io (void)
{
  guint faults = dc_shim_vfs_faults ();

  dc_shim_vfs_reset ();

  return faults;
}

static void
fail_system (guint    after,
             gboolean persistent)
{
  dc_shim_posix_fail (after, persistent, EIO);
}

static void
fail_room (guint    after,
           gboolean persistent)
{
  dc_shim_posix_fail (after, persistent, ENOSPC);
}

static const Source io = { "io", fail_io, reset_io };
static const Source memory = { "memory", dc_shim_memory_fail, dc_shim_memory_reset };
static const Source system_calls = { "system-calls", fail_system, dc_shim_posix_reset };
static const Source room = { "room", fail_room, dc_shim_posix_reset };

static gboolean
save (DcCrashQueue  *queue,
      GError       **error)
{
  return dc_crash_queue_save (queue, N_PLEDGES, DC_KIND_PLEDGE, error);
}

static gboolean
save_again (DcCrashQueue  *queue,
            GError       **error)
{
  return dc_crash_queue_save (queue, FRESH, DC_KIND_PLEDGE, error);
}

static gboolean
undo (DcCrashQueue  *queue,
      GError       **error)
{
  DcId id = dc_store_test_id (FRESH);

  return dc_crash_queue_withdraw (queue, &id, error);
}

static gboolean
withdraw (DcCrashQueue  *queue,
          GError       **error)
{
  DcId id = dc_store_test_id (DELIVERED);

  return dc_crash_queue_withdraw (queue, &id, error);
}

static gboolean
offer (DcCrashQueue  *queue,
       GError       **error)
{
  return dc_crash_queue_offer (queue, 0, 5, error);
}

static gboolean
begin_run (DcCrashQueue  *queue,
           GError       **error)
{
  return dc_crash_queue_begin_run (queue, 1, 0, FALSE, error);
}

static gboolean
begin_run_anew (DcCrashQueue  *queue,
                GError       **error)
{
  return dc_crash_queue_begin_run (queue, 0, 1, FALSE, error);
}

static gboolean
deliver (DcCrashQueue  *queue,
         GError       **error)
{
  DcId id = dc_store_test_id (OFFERED);

  return dc_crash_queue_deliver (queue, 0, &id, DC_VERDICT_NEW, error);
}

static gboolean
refuse (DcCrashQueue  *queue,
        GError       **error)
{
  DcId id = dc_store_test_id (OFFERED);

  return dc_crash_queue_deliver (queue, 0, &id, DC_VERDICT_REFUSED, error);
}

static void
prepare_delivery (DcCrashQueue *queue)
{
  g_autoptr (GError) error = NULL;

  deliver (queue, &error);
  g_assert_no_error (error);
}

static GPtrArray *receipts;

static void
prepare_receipt (DcCrashQueue *queue)
{
  DcId id = dc_store_test_id (OFFERED);
  g_autoptr (GError) error = NULL;

  prepare_delivery (queue);
  g_clear_pointer (&receipts, g_ptr_array_unref);
  receipts = dc_store_test_receipts_new (dc_store_get_queue (queue->store));
  dc_store_test_receipts_add_from (receipts, dc_store_get_database (queue->store), &id, &error);
  g_assert_no_error (error);
}

static gboolean
receipt (DcCrashQueue  *queue,
         GError       **error)
{
  return dc_crash_queue_take_receipts (queue, receipts, error);
}

static gboolean
retry (DcCrashQueue  *queue,
       GError       **error)
{
  return dc_crash_queue_retry (queue, NULL, error);
}

static gboolean
end_run (DcCrashQueue  *queue,
         GError       **error)
{
  return dc_crash_queue_end_run (queue, 0, error);
}

static gboolean
truncate_journal (DcCrashQueue  *queue,
                  GError       **error)
{
  return dc_crash_queue_checkpoint (queue, TRUE, error);
}

static gboolean
checkpoint (DcCrashQueue  *queue,
            GError       **error)
{
  return dc_crash_queue_checkpoint (queue, FALSE, error);
}

/* What the last preparation took. */
static GPtrArray *taken;

static void
prepare_mark (DcCrashQueue *queue)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&taken, g_ptr_array_unref);
  dc_crash_queue_take_copies (queue, &taken, &error);
  g_assert_no_error (error);
}

static void
prepare_compare (DcCrashQueue *queue)
{
  g_autoptr (GError) error = NULL;

  prepare_mark (queue);
  dc_crash_queue_mark_copied (queue, taken, &error);
  g_assert_no_error (error);
}

static gboolean
take_copies (DcCrashQueue  *queue,
             GError       **error)
{
  return dc_crash_queue_take_copies (queue, NULL, error);
}

static gboolean
mark_copied (DcCrashQueue  *queue,
             GError       **error)
{
  return dc_crash_queue_mark_copied (queue, taken, error);
}

/* All but one are lost. */
static gboolean
compare_copies (DcCrashQueue  *queue,
                GError       **error)
{
  DcId id = dc_store_test_id (OFFERED);

  return dc_crash_queue_compare_copies (queue, &id, error);
}

#define MOVE(name, which, to) \
  static gboolean \
  name (DcCrashQueue  *queue, \
        GError * *error) \
  { \
    DcId id = dc_store_test_id (which); \
\
    return dc_crash_queue_move (queue, &id, to, error); \
  }

MOVE (waiting_delivered, OFFERED, DC_STATE_DELIVERED)
MOVE (waiting_refused, OFFERED, DC_STATE_REFUSED)
MOVE (waiting_receipted, OFFERED, DC_STATE_RECEIPTED)
MOVE (waiting_withdrawn, FRESH, DC_STATE_WITHDRAWN)
MOVE (delivered_waiting, DELIVERED, DC_STATE_WAITING)
MOVE (delivered_receipted, DELIVERED, DC_STATE_RECEIPTED)
MOVE (refused_waiting, REFUSED, DC_STATE_WAITING)
MOVE (refused_receipted, REFUSED, DC_STATE_RECEIPTED)

static const Call calls[] = {
  { "a-first-opening", START_NOTHING, dc_crash_queue_open, TRUE },
  { "an-opening", START_CUT_OFF, dc_crash_queue_open, TRUE },
  { "a-migration-from-version-1", START_VERSION_1, dc_crash_queue_open, TRUE },
  { "a-migration-from-version-2", START_VERSION_2, dc_crash_queue_open, TRUE },
  { "a-save", START_OPEN, save },
  { "a-repeated-save", START_OPEN, save_again },
  { "an-undo", START_OPEN, undo },
  { "a-withdrawal", START_OPEN, withdraw },
  { "an-offer", START_OPEN, offer },
  { "a-taking-of-copies", START_OPEN, take_copies },
  { "a-marking-of-copies", START_OPEN, mark_copied, FALSE, prepare_mark },
  { "a-comparing-of-copies", START_OPEN, compare_copies, FALSE, prepare_compare },
  { "a-run-with-a-new-destination", START_OPEN, begin_run },
  { "a-run-with-one-that-lost-all", START_OPEN, begin_run_anew, FALSE, prepare_delivery },
  { "a-delivery", START_OPEN, deliver },
  { "a-refusal", START_OPEN, refuse },
  { "a-receipt", START_OPEN, receipt, FALSE, prepare_receipt },
  { "origins", START_OPEN, dc_crash_queue_origins },
  { "refusals", START_OPEN, dc_crash_queue_refusals },
  { "a-retry", START_OPEN, retry },
  { "a-statement", START_OPEN, dc_crash_queue_statement },
  { "the-end-of-a-run", START_OPEN, end_run },
  { "waiting-to-delivered", START_OPEN, waiting_delivered },
  { "waiting-to-refused", START_OPEN, waiting_refused },
  { "waiting-to-receipted", START_OPEN, waiting_receipted },
  { "waiting-to-withdrawn", START_OPEN, waiting_withdrawn },
  { "delivered-to-waiting", START_OPEN, delivered_waiting },
  { "delivered-to-receipted", START_OPEN, delivered_receipted },
  { "refused-to-waiting", START_OPEN, refused_waiting },
  { "refused-to-receipted", START_OPEN, refused_receipted },
  { "a-purge", START_OPEN, dc_crash_queue_purge },
  { "a-count", START_OPEN, dc_crash_queue_count },
  { "a-tally", START_OPEN, dc_crash_queue_tally, TRUE },
  { "a-probe", START_OPEN, dc_crash_queue_probe, TRUE },
  { "a-checkpoint", START_OPEN, checkpoint },
  { "a-checkpoint-that-truncates", START_OPEN, truncate_journal },
  { "a-close", START_OPEN, dc_crash_queue_close },
};

static void
must (gboolean   done,
      GError   **error)
{
  g_assert_no_error (*error);
  g_assert_true (done);
}

static void
fill (DcCrashQueue *queue)
{
  static const DcState moves[N_PLEDGES] = {
    [DELIVERED] = DC_STATE_DELIVERED,
    [REFUSED] = DC_STATE_REFUSED,
    [RECEIPTED] = DC_STATE_RECEIPTED,
  };
  g_autoptr (GError) error = NULL;

  must (dc_crash_queue_open (queue, &error), &error);
  must (dc_crash_queue_save (queue, OFFERED, DC_KIND_PLEDGE, &error), &error);
  must (dc_crash_queue_begin_run (queue, 0, 0, FALSE, &error), &error);
  must (dc_crash_queue_offer (queue, 0, 1, &error), &error);
  for (guint n = 0; n < N_PLEDGES; n++) {
    DcId id = dc_store_test_id (n);

    must (dc_crash_queue_save (queue, n, DC_KIND_PLEDGE, &error), &error);
    if (moves[n] != DC_STATE_WAITING)
      must (dc_crash_queue_move (queue, &id, moves[n], &error), &error);
    if (n == UNDONE)
      must (dc_crash_queue_withdraw (queue, &id, &error), &error);
  }
  must (dc_crash_queue_count (queue, &error), &error);
}

static void
set_up (Fixture *self)
{
  g_autofree char *made = NULL;
  DcCrashQueue queue;

  self->root = dc_test_dir_new ();
  self->state = g_build_filename (self->root, "state", NULL);
  self->images[START_CUT_OFF] = g_build_filename (self->root, "cut-off", NULL);
  self->images[START_VERSION_1] = g_build_filename (self->root, "version-1", NULL);
  self->images[START_VERSION_2] = g_build_filename (self->root, "version-2", NULL);
  self->sealer = dc_store_test_sealer_new ();

  made = g_build_filename (self->root, "made", NULL);
  g_assert_cmpint (g_mkdir (made, 0700), ==, 0);
  dc_crash_queue_init (&queue, made, self->sealer);
  fill (&queue);
  dc_crash_copy_folder (made, self->images[START_CUT_OFF]);
  dc_crash_queue_clear (&queue);
  for (guint version = 1; version <= DC_CRASH_N_OLD_VERSIONS; version++) {
    const char *image = self->images[START_VERSION_1 + version - 1];

    g_assert_cmpint (g_mkdir (image, 0700), ==, 0);
    dc_crash_copy_as_version (version, made, image);
  }
}

static void
tear_down (Fixture *self)
{
  g_clear_pointer (&self->root, dc_test_dir_remove);
  for (guint i = 0; i < N_STARTS; i++)
    g_clear_pointer (&self->images[i], g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

/* Up to the call, without faults. */
static void
begin (Run        *self,
       Fixture    *fixture,
       const Call *call)
{
  const char *image = fixture->images[call->start == START_OPEN ? START_CUT_OFF : call->start];
  g_autoptr (GError) error = NULL;

  *self = (Run) { .fixture = fixture, .call = call };
  dc_test_dir_remove (g_strdup (fixture->state));
  if (image == NULL) {
    g_assert_cmpint (g_mkdir (fixture->state, 0700), ==, 0);
  } else {
    dc_crash_copy_folder (image, fixture->state);
    if (call->start != START_OPEN)
      self->before = dc_crash_read (fixture->state, &error);
    g_assert_no_error (error);
    dc_test_dir_remove (g_strdup (fixture->state));
    dc_crash_copy_folder (image, fixture->state);
  }

  dc_crash_queue_init (&self->queue, fixture->state, fixture->sealer);
  dc_shim_random_seed (1);
  if (call->start != START_OPEN)
    return;

  must (dc_crash_queue_open (&self->queue, &error), &error);
  must (dc_crash_queue_count (&self->queue, &error), &error);   /* something is in the journal */
  if (call->prepare != NULL)
    call->prepare (&self->queue);
  self->before = dc_crash_queue_read (&self->queue, &error);
  g_assert_no_error (error);
}

static gboolean
write_something (DcStore   *store,
                 gpointer   unused,
                 GError   **error)
{
  DcDatabase *database = dc_store_get_database (store);
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);

  return transaction != NULL
         && dc_database_execute (database,
                                 "INSERT INTO probe VALUES (1, x'00') "
                                 "ON CONFLICT DO UPDATE SET filler = excluded.filler", error)
         && dc_transaction_commit (transaction, error);
}

/* After the fault the same queue takes a write, or is closed and opens. */
static void
assert_it_works (Run *self)
{
  g_autoptr (GError) error = NULL;

  if (dc_store_get_database (self->queue.store) == NULL)
    must (dc_crash_queue_open (&self->queue, &error), &error);
  must (dc_store_run (self->queue.store, write_something, NULL, FALSE, &error), &error);
}

/* What is on the disk: before the call or after it. */
static void
assert_whole (Run       *self,
              DcContent *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcContent) found = dc_crash_read (self->fixture->state, &error);
  gboolean is_before;

  g_assert_no_error (error);
  if (self->call->start == START_NOTHING) {
    g_assert_true (dc_content_is_empty (found));
    return;
  }

  is_before = dc_content_equal (found, self->before);
  if (self->done)
    g_assert_true (dc_content_equal (found, after));
  else if (g_error_matches (self->error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
    g_assert_true (is_before);
  else
    g_assert_true (is_before || dc_content_equal (found, after));
}

static void
end (Run *self)
{
  dc_shim_random_reset ();
  g_clear_pointer (&self->before, dc_content_unref);
  g_clear_error (&self->error);
}

/* What the call leads to where nothing fails. */
static DcContent *
find_after (Fixture    *fixture,
            const Call *call)
{
  Run run;
  DcContent *after;
  g_autoptr (GError) error = NULL;

  begin (&run, fixture, call);
  must (call->run (&run.queue, &error), &error);
  dc_crash_queue_clear (&run.queue);
  after = dc_crash_read (fixture->state, &error);
  g_assert_no_error (error);
  end (&run);

  return after;
}

/* FALSE where there are fewer than @at operations in the call. */
static gboolean
fail_at (Fixture      *fixture,
         const Call   *call,
         const Source *source,
         DcContent    *after,
         guint         at,
         gboolean      persistent)
{
  gint64 memory_before = sqlite3_memory_used ();
  guint files_before = count_open_files ();
  guint faults;
  Run run;

  begin (&run, fixture, call);
  source->fail (at, persistent);
  run.done = call->run (&run.queue, &run.error);
  if (persistent)
    dc_crash_queue_clear (&run.queue);
  faults = source->reset ();
  if (!run.done && faults == 0)
    g_assert_no_error (run.error);

  if (run.queue.store != NULL && call->run != dc_crash_queue_close)
    assert_it_works (&run);
  dc_crash_queue_clear (&run.queue);
  assert_whole (&run, after);
  end (&run);

  g_assert_cmpint (sqlite3_memory_used (), ==, memory_before);
  g_assert_cmpuint (count_open_files (), ==, files_before);

  return faults > 0;
}

static void
sweep (const Call   *call,
       const Source *source,
       guint         stride)
{
  Fixture fixture = { .root = NULL };
  DcContent *after;
  guint points = 0;

  set_up (&fixture);
  after = find_after (&fixture, call);
  for (int persistent = FALSE; persistent <= TRUE; persistent++) {
    guint at = 0;

    while (fail_at (&fixture, call, source, after, at, persistent)) {
      points++;
      at += stride;
    }
  }

  g_test_message ("%s: %u points", call->name, points);
  g_assert_cmpuint (points, >, 0);
  dc_content_unref (after);
  g_clear_pointer (&taken, g_ptr_array_unref);
  g_clear_pointer (&receipts, g_ptr_array_unref);
  tear_down (&fixture);
}

/* A queue that cannot be read, set aside by a system whose calls fail: it is
 * where it was or aside, once and whole, and the next start works. */
static gboolean
set_aside_with (Fixture  *fixture,
                guint     at,
                gboolean  persistent)
{
  static const char marker[] = "this was never a database, but it may hold what a donor promised";
  g_autofree char *path = g_build_filename (fixture->state, "queue", "queue.db", NULL);
  g_autofree char *aside = g_build_filename (fixture->state, "set-aside", NULL);
  g_autofree char *set_aside = NULL;
  g_autoptr (GError) error = NULL;
  DcStore *store;
  guint faults;

  dc_test_dir_remove (g_strdup (fixture->state));
  dc_crash_copy_folder (fixture->images[START_CUT_OFF], fixture->state);
  g_assert_true (g_file_set_contents (path, marker, sizeof marker, NULL));

  store = dc_store_new (fixture->state, DC_CRASH_BALLAST);
  dc_shim_posix_fail (at, persistent, EIO);
  dc_store_open (store, &set_aside, NULL);
  faults = dc_shim_posix_reset ();
  g_assert_true (dc_store_test_on_disk (fixture->state, marker, sizeof marker));

  g_clear_pointer (&set_aside, g_free);
  must (dc_store_open (store, &set_aside, &error), &error);
  g_assert_cmpuint (dc_set_aside_count (fixture->state), ==, 1);
  g_assert_true (dc_store_test_on_disk (aside, marker, sizeof marker));
  must (dc_store_run (store, write_something, NULL, FALSE, &error), &error);
  dc_store_free (store);

  return faults > 0;
}

static void
test_set_aside (void)
{
  Fixture fixture = { .root = NULL };

  set_up (&fixture);
  for (int persistent = FALSE; persistent <= TRUE; persistent++) {
    guint at = 0;

    while (set_aside_with (&fixture, at, persistent))
      at++;
    g_test_message ("%u points", at);
    g_assert_cmpuint (at, >, 10);
  }
  tear_down (&fixture);
}

static gboolean
offer_on_full_disk (DcCrashQueue  *queue,
                    GError       **error)
{
  gboolean done;

  dc_shim_vfs_fail (DC_SHIM_WRITE, "-wal", 0, FALSE, SQLITE_FULL);
  done = dc_crash_queue_offer (queue, 0, 5, error);
  dc_shim_vfs_reset ();

  return done;
}

/* The ballast is given up, or cannot be: then the disk is full, and nothing is
 * half offered. */
static void
test_ballast (void)
{
  static const Call call = { "an-offer-on-a-full-disk", START_OPEN, offer_on_full_disk, TRUE };

  sweep (&call, &system_calls, 1);
  sweep (&call, &room, 1);
}

typedef struct
{
  const Call   *call;
  const Source *source;
  guint         stride;
} Case;

static void
run_case (gconstpointer data)
{
  const Case *self = data;

  sweep (self->call, self->source, self->stride);
}

static void
add (const Source *source,
     guint         stride)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autofree char *path = g_strdup_printf ("/sweep/%s/%s", source->name, calls[i].name);
    Case *self;

    if (source->reset == dc_shim_posix_reset && !calls[i].asks_the_system)
      continue;
    self = g_new (Case, 1);
    *self = (Case) { &calls[i], source, stride / dc_crash_rounds (1, stride) };
    g_test_add_data_func_full (path, self, run_case, g_free);
  }
}

int
main (int   argc,
      char *argv[])
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  g_test_init (&argc, &argv, NULL);
  dc_crash_be_quiet ();
  dc_shim_memory_install ();
  dc_shim_vfs_install ();

  add (&io, 1);
  add (&system_calls, 1);
  add (&room, 1);
  add (&memory, DC_SANITIZED ? 101 : 23);
  g_test_add_func ("/sweep/system-calls/a-setting-aside", test_set_aside);
  g_test_add_func ("/sweep/system-calls/an-offer-on-a-full-disk", test_ballast);

  return g_test_run ();
}
