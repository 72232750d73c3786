/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-set-aside.h"
#include "dc-store-error.h"

#include <glib/gstdio.h>

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


static GBytes *
read_file (const char *directory,
           const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *data = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;

  return g_bytes_new_take (data, size);
}

static void
write_file (DcStoreTest *self,
            const char  *name,
            GBytes      *bytes)
{
  g_autofree char *path = dc_store_test_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

/* A closed queue of some pledges. */
static void
fill (DcStoreTest *self)
{
  for (guint n = 0; n < 20; n++)
    dc_store_test_must_save (self, n);
  g_assert_true (dc_store_test_close (self->queue, NULL));
}

/* Opens: success, an empty queue of a new identity, and the old one below
 * set-aside, counted. Returns where it went. */
static char *
open_and_expect_set_aside (DcStoreTest *self)
{
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *real = realpath (self->directory, NULL);
  DcId before = *dc_queue_get_id (self->queue);
  char *aside = NULL;

  dc_store_test_open (self->queue, &aside, &error);
  g_assert_no_error (error);
  g_assert_nonnull (aside);
  g_assert_true (g_str_has_prefix (aside, real));
  g_assert_true (g_file_test (aside, G_FILE_TEST_IS_DIR));
  g_assert_false (dc_id_equal (dc_queue_get_id (self->queue), &before));

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 0);
  g_assert_cmpuint (tally->set_aside, ==, dc_set_aside_count (real));
  dc_store_test_must_save (self, 1000);

  return aside;
}

static void
test_later_version_is_untouched (DcStoreTest   *self,
                                 gconstpointer  unused)
{
  static const char * const names[] = { "queue.db", "queue.db-wal" };
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *folder = dc_store_test_path (self, "queue");
  g_autofree char *aside = NULL;
  g_autofree char *rows = NULL;
  GBytes *before[2];

  fill (self);
  rows = dc_store_test_query (path, "PRAGMA user_version = 4");
  for (guint i = 0; i < 2; i++)
    before[i] = read_file (folder, names[i]);

  aside = open_and_expect_set_aside (self);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GBytes) after = read_file (aside, names[i]);

    if (before[i] == NULL)
      g_assert_null (after);
    else
      g_assert_true (g_bytes_equal (before[i], after));
    g_clear_pointer (&before[i], g_bytes_unref);
  }
}

/* Changes the version and leaves the change in the journal. */
static void
change_version_in_journal (const char *path)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA user_version = 9", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* The version is only in the journal, as a power cut leaves it: SQLite must
 * read it there and still leave both files as they were. */
static void
test_later_version_in_the_journal (DcStoreTest   *self,
                                   gconstpointer  unused)
{
  g_autofree char *folder = dc_store_test_path (self, "queue");
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *aside = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) journal = NULL;
  g_autoptr (GBytes) file_after = NULL;
  g_autoptr (GBytes) journal_after = NULL;

  fill (self);
  change_version_in_journal (path);
  file = read_file (folder, "queue.db");
  journal = read_file (folder, "queue.db-wal");
  g_assert_cmpuint (g_bytes_get_size (journal), >, 0);

  aside = open_and_expect_set_aside (self);

  file_after = read_file (aside, "queue.db");
  journal_after = read_file (aside, "queue.db-wal");
  g_assert_true (g_bytes_equal (file, file_after));
  g_assert_true (g_bytes_equal (journal, journal_after));
}

static void
test_another_application (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;

  fill (self);
  rows = dc_store_test_query (path, "PRAGMA application_id = 252006673");
  g_assert_cmpstr (rows, ==, "");
  aside = open_and_expect_set_aside (self);

  kept = g_build_filename (aside, "queue.db", NULL);
  g_clear_pointer (&rows, g_free);
  rows = dc_store_test_query (kept, "SELECT count (*) FROM record");
  g_assert_cmpstr (rows, ==, "20");
}

/* No number at all, but somebody's tables. */
static void
test_a_database_of_nobody (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *theirs = NULL;

  fill (self);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_file_set_contents (path, "", 0, NULL);
  rows = dc_store_test_query (path, "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (7)");

  aside = open_and_expect_set_aside (self);

  kept = g_build_filename (aside, "queue.db", NULL);
  theirs = dc_store_test_query (kept, "SELECT a FROM theirs");
  g_assert_cmpstr (theirs, ==, "7");
}

static void
test_tables_that_are_not_there (DcStoreTest   *self,
                                gconstpointer  unused)
{
  static const char * const harm[] = {
    "DROP TABLE code_shown",
    "DELETE FROM queue",
    "DROP TABLE probe; CREATE TABLE probe (only, filler)",
    "CREATE TABLE more (a)",
    "CREATE TRIGGER t AFTER INSERT ON record BEGIN SELECT 1; END",
    "PRAGMA writable_schema = ON; "
    "UPDATE sqlite_schema SET sql = replace (sql, 'receipted', 'receiptes')",
    "PRAGMA writable_schema = ON; "
    "UPDATE sqlite_schema SET sql = replace (sql, 'length', 'leneth')",
  };
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");

  g_assert_true (dc_store_test_close (self->queue, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (harm); i++) {
    g_autofree char *rows = dc_store_test_query (path, harm[i]);
    g_autofree char *aside = NULL;
    g_autofree char *ballast = NULL;

    g_assert_cmpstr (rows, ==, "");
    aside = open_and_expect_set_aside (self);
    /* The room is the next queue's. */
    ballast = g_build_filename (aside, "ballast", NULL);
    g_assert_false (g_file_test (ballast, G_FILE_TEST_EXISTS));
    g_assert_true (dc_store_test_close (self->queue, NULL));
  }
}

static void
test_no_database (DcStoreTest   *self,
                  gconstpointer  unused)
{
  g_autofree char *noise = g_malloc (50000);
  g_autofree char *text = g_strnfill (4000, 'x');
  const struct { const char *data; gsize size; } files[] = {
    { "just a text\n", 12 }, { "\0", 2 }, { text, 4000 }, { noise, 50000 },
  };

  for (guint i = 0; i < 50000; i++)
    noise[i] = (char) g_test_rand_int ();

  g_assert_true (dc_store_test_close (self->queue, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (files[i].data, files[i].size);
    g_autofree char *aside = NULL;
    g_autoptr (GBytes) after = NULL;

    write_file (self, "queue/queue.db", bytes);
    aside = open_and_expect_set_aside (self);
    after = read_file (aside, "queue.db");
    g_assert_true (g_bytes_equal (bytes, after));
    g_assert_true (dc_store_test_close (self->queue, NULL));
  }
}

static void
test_cut_short (DcStoreTest   *self,
                gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *folder = dc_store_test_path (self, "queue");
  g_autofree char *aside = NULL;
  g_autoptr (GBytes) whole = NULL;

  fill (self);
  whole = read_file (folder, "queue.db");
  g_assert_cmpint (truncate (path, (off_t) g_bytes_get_size (whole) / 2), ==, 0);
  aside = open_and_expect_set_aside (self);
}

/* An empty file, or of one byte, with a journal beside it: SQLite would begin a new database
 * and delete the journal. */
static void
test_journal_without_database (DcStoreTest   *self,
                               gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autoptr (GBytes) journal = g_bytes_new_static ("a journal", 9);

  fill (self);
  for (off_t size = 0; size < 2; size++) {
    g_autofree char *aside = NULL;
    g_autoptr (GBytes) after = NULL;

    write_file (self, "queue/queue.db-wal", journal);
    g_assert_cmpint (truncate (path, size), ==, 0);

    aside = open_and_expect_set_aside (self);
    after = read_file (aside, "queue.db-wal");
    g_assert_true (g_bytes_equal (journal, after));
    g_assert_true (dc_store_test_close (self->queue, NULL));
  }
}

/* Pages overwritten at random. Whatever it meets, opening succeeds, and what
 * was not set aside still adds up; a record whose bytes changed is refused. */
static void
test_flipped_bytes (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autofree char *folder = dc_store_test_path (self, "queue");
  g_autoptr (GBytes) sound = NULL;
  guint set_aside = 0;

  fill (self);
  sound = read_file (folder, "queue.db");

  for (guint round = 0; round < 60; round++) {
    gsize size = g_bytes_get_size (sound);
    g_autoptr (GByteArray) data = g_byte_array_new ();
    g_autofree char *aside = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) records = NULL;

    g_byte_array_append (data, g_bytes_get_data (sound, NULL), (guint) size);
    for (guint i = 0; i < 1 + round % 40; i++)
      data->data[g_test_rand_int_range (0, (gint) size)] ^= 1 << g_test_rand_int_range (0, 8);
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&data));
    write_file (self, "queue/queue.db", bytes);

    dc_store_test_open (self->queue, &aside, &error);
    g_assert_no_error (error);
    set_aside += aside != NULL;
    records = dc_store_test_offer (self, 1000, &error);
    if (records == NULL)
      g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED);
    else
      g_assert_cmpuint (records->len, <=, 20);
    g_assert_true (dc_store_test_close (self->queue, NULL));
  }

  g_assert_cmpuint (set_aside, >, 0);
  g_assert_cmpuint (set_aside, ==, dc_set_aside_count (self->directory));
}

/* One changed byte of an index, whose pages are otherwise sound: the row is
 * there, and its identity would not be found. */
static void
test_a_damaged_index (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *page = NULL;
  g_autofree char *data = NULL;
  g_autofree char *aside = NULL;
  DcId id = dc_store_test_id (10);
  gsize size;
  guint8 *at;

  fill (self);
  page = dc_store_test_query (path, "SELECT (rootpage - 1) * 1024 FROM sqlite_schema "
                              "WHERE name = 'sqlite_autoindex_record_1'");
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  at = memmem (data + g_ascii_strtoull (page, NULL, 10), 1024, id.bytes, sizeof id.bytes);
  g_assert_nonnull (at);
  at[15] ^= 1;
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));

  aside = open_and_expect_set_aside (self);
}

static void
test_names_are_new (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 5; i++) {
    g_autofree char *path = dc_store_test_path (self, "victim");
    g_autoptr (GError) error = NULL;
    char *aside;

    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    aside = dc_set_aside (self->directory, "victim", &error);
    g_assert_no_error (error);
    g_assert_true (g_hash_table_add (names, aside));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }

  g_assert_cmpuint (dc_set_aside_count (self->directory), ==, 5);
}

static void
test_what_is_not_there (DcStoreTest   *self,
                        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (dc_set_aside_count (self->directory), ==, 0);
  g_assert_null (dc_set_aside (self->directory, "nothing", &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
}

/* A pledge set aside is not one that is lost: it comes back with its folder. */
static void
test_can_be_brought_back (DcStoreTest   *self,
                          gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *elsewhere = dc_test_dir_new ();
  g_autofree char *moved = g_build_filename (elsewhere, "queue", NULL);
  g_autofree char *database = g_build_filename (moved, "queue.db", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *back = NULL;
  DcStoreTest other = { .directory = NULL };
  g_autoptr (DcTally) tally = NULL;

  fill (self);
  rows = dc_store_test_query (path, "PRAGMA user_version = 4");
  aside = open_and_expect_set_aside (self);

  g_assert_cmpint (g_rename (aside, moved), ==, 0);
  back = dc_store_test_query (database, "PRAGMA user_version = 3");
  dc_store_test_set_up_in (&other, elsewhere);
  tally = dc_store_test_tally (&other);
  g_assert_cmpuint (tally->taken, ==, 20);
  dc_store_test_tear_down (&other, NULL);
}

/* 18 and 19: the versions of the format for writing and for reading. */
static void
test_header_that_forbids_writing (DcStoreTest   *self,
                                  gconstpointer  unused)
{
  g_autofree char *folder = dc_store_test_path (self, "queue");

  for (gsize at = 18; at < 20; at++) {
    g_autoptr (GBytes) sound = NULL;
    g_autoptr (GBytes) changed = NULL;
    g_autofree char *aside = NULL;
    guint8 *data;
    gsize size;

    fill (self);
    sound = read_file (folder, "queue.db");
    data = g_memdup2 (g_bytes_get_data (sound, &size), g_bytes_get_size (sound));
    data[at] ^= 0x40;
    changed = g_bytes_new_take (data, size);
    write_file (self, "queue/queue.db", changed);
    aside = open_and_expect_set_aside (self);
  }
}

static void
test_only_folders_count (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autofree char *folder = dc_store_test_path (self, "set-aside");
  g_autofree char *queue = g_build_filename (folder, "queue", NULL);
  g_autofree char *file = g_build_filename (folder, "a-note", NULL);

  g_assert_cmpint (g_mkdir_with_parents (queue, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_cmpuint (dc_set_aside_count (self->directory), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/set-aside/leaves-a-later-version-as-it-was",
                     test_later_version_is_untouched);
  dc_store_test_add ("/set-aside/finds-a-later-version-in-the-journal",
                     test_later_version_in_the_journal);
  dc_store_test_add ("/set-aside/takes-another-application's", test_another_application);
  dc_store_test_add ("/set-aside/takes-a-database-of-nobody", test_a_database_of_nobody);
  dc_store_test_add ("/set-aside/takes-a-queue-without-its-tables",
                     test_tables_that_are_not_there);
  dc_store_test_add ("/set-aside/takes-what-is-no-database", test_no_database);
  dc_store_test_add ("/set-aside/takes-what-was-cut-short", test_cut_short);
  dc_store_test_add ("/set-aside/takes-a-journal-that-lost-its-database",
                     test_journal_without_database);
  dc_store_test_add ("/set-aside/takes-a-damaged-index", test_a_damaged_index);
  dc_store_test_add ("/set-aside/survives-flipped-bytes", test_flipped_bytes);
  dc_store_test_add ("/set-aside/gives-each-a-name-of-its-own", test_names_are_new);
  dc_store_test_add ("/set-aside/says-when-there-is-nothing", test_what_is_not_there);
  dc_store_test_add ("/set-aside/can-be-brought-back", test_can_be_brought_back);
  dc_store_test_add ("/set-aside/takes-a-header-that-forbids-writing",
                     test_header_that_forbids_writing);
  dc_store_test_add ("/set-aside/counts-folders-only", test_only_folders_count);

  return g_test_run ();
}
