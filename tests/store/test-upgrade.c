/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Queues of earlier versions of the schema, as the programs of those versions
 * wrote them, opened by the one of today. */

#include "dc-sanitized.h"
#include "dc-store-test.h"

#include "dc-shim-vfs.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

/* All that version 1 held. What a destination had was not written down before
 * version 3: delivered records wait again. */
#define ROWS \
  "SELECT quote (only), quote (id) FROM queue; " \
  "SELECT quote (seq), quote (id), quote (kind), quote (CASE state WHEN 'delivered' THEN 'waiting' ELSE state END), quote (offered), quote (day), " \
  "quote (shift), quote (amount), quote (currency), quote (frequency), quote (about), " \
  "quote (withdrawn_by), quote (reason), quote (receipt), quote (signature), " \
  "quote (envelope), quote (sealed) FROM record ORDER BY seq; " \
  "SELECT quote (day), quote (count) FROM code_shown; " \
  "SELECT quote (only), quote (filler) FROM probe; " \
  "SELECT name, seq FROM sqlite_sequence"

static const char * const fixtures[] = {
  "v1-empty.sql", "v1-every-state.sql", "v1-undone.sql",
  "v2-copied.sql", "v2-empty.sql", "v2-every-state.sql",
};

/* What the tests that need one of each version look at. */
static const char * const full[] = { "v1-every-state.sql", "v2-every-state.sql" };

static char *own_path;

typedef struct
{
  DcStoreTest  store;      /* not yet open */
  char         version[2];
  char        *path;
  char        *copy;
  char        *rows;       /* what the fixture held */
  char        *copied;     /* what it said of the second copy */
} Fixture;

/* Of each record, from version 2 on. */
static char *
query_copied (Fixture    *self,
              const char *path)
{
  return dc_store_test_query (path, self->version[0] == '1'
                                    ? "SELECT seq, 0 FROM record ORDER BY seq"
                                    : "SELECT seq, copied FROM record ORDER BY seq");
}

static void
begin (Fixture    *self,
       const char *fixture,
       gboolean    in_journal)
{
  g_autofree char *elsewhere = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (elsewhere, "queue", "queue.db", NULL);

  self->version[0] = fixture[1];
  dc_store_test_restore (elsewhere, fixture, FALSE);
  self->rows = dc_store_test_query (path, ROWS);
  self->copied = query_copied (self, path);
  dc_test_dir_remove (g_steal_pointer (&elsewhere));

  dc_shim_vfs_reset ();
  self->store.directory = dc_test_dir_new ();
  self->store.sealer = dc_store_test_sealer_new ();
  self->store.queue = dc_store_test_queue_new (self->store.directory);
  self->path = dc_store_test_path (&self->store, "queue/queue.db");
  self->copy = dc_store_test_path (&self->store, fixture[1] == '1' ? "queue/queue-v1.db"
                                                                   : "queue/queue-v2.db");
  dc_store_test_restore (self->store.directory, fixture, in_journal);
}

static void
end (Fixture *self)
{
  dc_shim_vfs_reset ();
  dc_store_test_tear_down (&self->store, NULL);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->copy, g_free);
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->copied, g_free);
}

static void
assert_rows (Fixture    *self,
             const char *path)
{
  g_autofree char *rows = dc_store_test_query (path, ROWS);

  g_assert_cmpstr (rows, ==, self->rows);
}

static char *
get_version (const char *path)
{
  return dc_store_test_query (path, "PRAGMA user_version");
}

/* It opens, and closes as a queue of today that holds what the old one did. */
static void
assert_upgrades (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *version = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *delivered = NULL;

  dc_store_test_open (self->store.queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
  g_assert_false (g_file_test (self->copy, G_FILE_TEST_EXISTS));
  g_assert_true (dc_store_test_close (self->store.queue, NULL));

  assert_rows (self, self->path);
  version = get_version (self->path);
  g_assert_cmpstr (version, ==, "3");
  copied = dc_store_test_query (self->path, "SELECT seq, copied FROM record ORDER BY seq");
  g_assert_cmpstr (copied, ==, self->copied);
  delivered = dc_store_test_query (self->path, "SELECT count (*) FROM record "
                                   "WHERE state = 'delivered'; SELECT * FROM delivery");
  g_assert_cmpstr (delivered, ==, "0");
}

static void
test_keeps_every_row (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    Fixture self = { .path = NULL };

    begin (&self, fixtures[i], FALSE);
    assert_upgrades (&self);
    end (&self);
  }
}

static void
test_reads_the_journal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    Fixture self = { .path = NULL };
    struct stat status;

    begin (&self, fixtures[i], TRUE);
    g_assert_cmpint (stat (self.path, &status), ==, 0);
    g_assert_cmpint (status.st_size, <=, 2048);   /* next to nothing */
    assert_upgrades (&self);
    end (&self);
  }
}

/* Not the rows alone: what they hold is still whole and can go on. What was
 * delivered nobody knows where is offered again. */
static void
goes_on (const char *fixture,
         guint       taken,
         guint       to_offer)
{
  Fixture self = { .path = NULL };
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcRecord *last;

  begin (&self, fixture, TRUE);
  assert_upgrades (&self);
  g_assert_true (dc_store_test_open (self.store.queue, NULL, NULL));

  tally = dc_store_test_tally (&self.store);
  g_assert_cmpuint (tally->taken, ==, taken);
  g_assert_cmpuint (tally->by_state[DC_STATE_RECEIPTED], ==, 2);

  records = dc_store_test_must_offer (&self.store);
  g_assert_cmpuint (records->len, ==, to_offer);
  last = records->pdata[to_offer - 1];
  dc_store_test_must_deliver (&self.store, 0, &last->envelope.id, DC_VERDICT_SAME, NULL);
  dc_store_test_must_save (&self.store, 1000);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = dc_store_test_must_offer (&self.store);
  g_assert_cmpuint (records->len, ==, to_offer);
  end (&self);
}

static void
test_goes_on (void)
{
  goes_on (full[0], 12, 11);
  goes_on (full[1], 11, 11);
}

/* The copy, seen when the very next thing fails. */
static void
copies_first (const char *fixture)
{
  Fixture self = { .path = NULL };
  g_autofree char *journal = NULL;
  g_autofree char *version = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  begin (&self, fixture, TRUE);
  dc_shim_vfs_fail (DC_SHIM_WRITE, "-wal", 0, TRUE, SQLITE_IOERR_WRITE);
  g_assert_false (dc_store_test_open (self.store.queue, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  expected = g_strdup_printf ("from version %s to 3", self.version);
  g_assert_nonnull (strstr (error->message, expected));

  g_assert_cmpint (stat (self.copy, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  journal = g_strconcat (self.copy, "-journal", NULL);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  assert_rows (&self, self.copy);
  version = get_version (self.copy);
  g_assert_cmpstr (version, ==, self.version);

  dc_shim_vfs_reset ();
  assert_upgrades (&self);
  end (&self);
}

/* No copy, no step: the old queue stays as it was. */
static void
test_not_without_a_copy (void)
{
  Fixture self = { .path = NULL };
  g_autofree char *version = NULL;
  g_autoptr (GError) error = NULL;

  begin (&self, "v1-every-state.sql", FALSE);
  g_assert_cmpint (g_mkdir (self.copy, 0700), ==, 0);
  g_assert_false (dc_store_test_open (self.store.queue, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  version = get_version (self.path);
  g_assert_cmpstr (version, ==, "1");
  assert_rows (&self, self.path);

  g_assert_cmpint (g_rmdir (self.copy), ==, 0);
  assert_upgrades (&self);
  end (&self);
}

static void
test_copies_first (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    copies_first (full[i]);
}

/* What a power cut left: beside an old queue a torn copy, beside one of today
 * a whole one. */
static void
test_leaves_no_copy (void)
{
  Fixture self = { .path = NULL };

  begin (&self, "v1-undone.sql", FALSE);
  g_assert_true (g_file_set_contents (self.copy, "half a copy", -1, NULL));
  assert_upgrades (&self);
  g_assert_true (g_file_set_contents (self.copy, "a copy", -1, NULL));
  assert_upgrades (&self);

  /* One that cannot be removed must not be forgotten. */
  g_assert_cmpint (g_mkdir (self.copy, 0700), ==, 0);
  g_assert_false (dc_store_test_open (self.store.queue, NULL, NULL));
  g_assert_cmpint (g_rmdir (self.copy), ==, 0);
  assert_upgrades (&self);
  end (&self);
}

/* It says that it is a queue of version 1, and is none. */
static void
test_sets_aside (void)
{
  static const char * const harms[] = {
    "DROP TABLE probe",
    "ALTER TABLE record ADD COLUMN copied INTEGER",
    "PRAGMA user_version = 2",
    "PRAGMA user_version = 3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (harms); i++) {
    Fixture self = { .path = NULL };
    g_autofree char *rows = NULL;
    g_autofree char *set_aside = NULL;
    g_autofree char *database = NULL;
    g_autofree char *copy = NULL;

    begin (&self, "v1-every-state.sql", FALSE);
    rows = dc_store_test_query (self.path, harms[i]);
    g_assert_true (dc_store_test_open (self.store.queue, &set_aside, NULL));
    g_assert_nonnull (set_aside);
    copy = g_build_filename (set_aside, "queue-v1.db", NULL);
    g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
    end (&self);
  }
}

/* A new version that came out damaged goes aside with the copy of the old one,
 * whole. */
static void
test_keeps_the_copy (void)
{
  Fixture self = { .path = NULL };
  g_autofree char *set_aside = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;

  begin (&self, "v1-every-state.sql", FALSE);
  dc_shim_vfs_fail (DC_SHIM_WRITE, "queue.db-wal", 0, FALSE, SQLITE_CORRUPT);
  dc_store_test_open (self.store.queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_nonnull (set_aside);
  copy = g_build_filename (set_aside, "queue-v1.db", NULL);
  assert_rows (&self, copy);
  end (&self);
}

/* Whatever fails: an error and the old queue, or one of the two versions,
 * and the next start finishes. */
static void
sweep (const char      *fixture,
       DcShimOperation  operation,
       gboolean         in_journal,
       gboolean         persistent,
       int              code)
{
  guint at = 0;

  for (gboolean reached = TRUE; reached; at++) {
    Fixture self = { .path = NULL };
    g_autofree char *set_aside = NULL;
    g_autoptr (GError) error = NULL;

    begin (&self, fixture, in_journal);
    dc_shim_vfs_fail (operation, "", at, persistent, code);
    if (!dc_store_test_open (self.store.queue, &set_aside, &error)
        && !g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
      g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
    if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
      g_assert_false (g_file_test (self.copy, G_FILE_TEST_EXISTS));
    reached = dc_shim_vfs_faults () > 0;
    g_assert_null (set_aside);

    dc_shim_vfs_reset ();
    dc_store_test_drop (&self.store);
    assert_upgrades (&self);
    end (&self);
  }

  g_test_message ("%u points", at - 1);
  g_assert_cmpuint (at, >, 2);   /* the copy, and the step itself */
}

static void
test_every_fault (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (full); i++) {
    sweep (full[i], DC_SHIM_READ, TRUE, FALSE, SQLITE_IOERR_READ);
    sweep (full[i], DC_SHIM_WRITE, TRUE, TRUE, SQLITE_IOERR_WRITE);
    sweep (full[i], DC_SHIM_WRITE, FALSE, TRUE, SQLITE_FULL);
    sweep (full[i], DC_SHIM_SYNC, FALSE, FALSE, SQLITE_IOERR_FSYNC);
  }
}

/* TRUE where the child died of it; FALSE where it came to the end. */
static gboolean
open_and_die (const char *directory,
              guint       after)
{
  g_autofree char *number = g_strdup_printf ("%u", after);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                            own_path, "--open", directory, number, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  if (!g_subprocess_get_if_signaled (child))
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  else
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);

  return g_subprocess_get_if_signaled (child);
}

static void
kill_everywhere (const char *fixture)
{
  const guint stride = DC_SANITIZED ? 7 : 1;
  guint copies = 0;
  guint at = 0;

  for (gboolean died = TRUE; died; at += stride) {
    Fixture self = { .path = NULL };

    begin (&self, fixture, TRUE);
    died = open_and_die (self.store.directory, at);
    if (died && g_file_test (self.copy, G_FILE_TEST_EXISTS))
      copies++;
    /* A second death on the way out of the first, at another step. */
    if (at % 3 == 2)
      open_and_die (self.store.directory, at / 2);
    assert_upgrades (&self);
    end (&self);
  }

  g_test_message ("%u steps, %u with a copy left", at / stride - 1, copies);
  g_assert_cmpuint (at, >, 50);
  g_assert_cmpuint (copies, >, 20 / stride);
}

static void
test_every_kill (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    kill_everywhere (full[i]);
}

/* The process that is killed at one step of its disk. */
static int
open_until (const char *directory,
            const char *after)
{
  g_autoptr (DcQueue) queue = dc_store_test_queue_new (directory);

  dc_shim_vfs_kill ((guint) g_ascii_strtoull (after, NULL, 10));

  return dc_store_test_open (queue, NULL, NULL) ? 0 : 1;
}

int
main (int   argc,
      char *argv[])
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  own_path = argv[0];
  dc_shim_vfs_install ();
  if (argc == 4 && g_str_equal (argv[1], "--open"))
    return open_until (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upgrade/keeps-every-row", test_keeps_every_row);
  g_test_add_func ("/upgrade/takes-what-is-still-in-the-journal", test_reads_the_journal);
  g_test_add_func ("/upgrade/goes-on-where-the-old-one-stopped", test_goes_on);
  g_test_add_func ("/upgrade/copies-before-it-changes-anything", test_copies_first);
  g_test_add_func ("/upgrade/changes-nothing-without-a-copy", test_not_without_a_copy);
  g_test_add_func ("/upgrade/leaves-no-copy-behind", test_leaves_no_copy);
  g_test_add_func ("/upgrade/sets-aside-what-is-no-version-1", test_sets_aside);
  g_test_add_func ("/upgrade/sets-aside-the-copy-with-what-came-out-damaged", test_keeps_the_copy);
  g_test_add_func ("/upgrade/survives-every-fault-in-turn", test_every_fault);
  g_test_add_func ("/upgrade/survives-a-kill-at-every-step", test_every_kill);

  return g_test_run ();
}
