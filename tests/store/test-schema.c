/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-crypto.h"
#include "dc-database.h"
#include "dc-migration.h"
#include "dc-schema.h"
#include "dc-store-error.h"

typedef struct
{
  char       *directory;
  char       *path;
  DcDatabase *database;
  DcId        queue;
} Fixture;

static void
open_again (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->database = dc_database_open (self->path, &error);
  g_assert_no_error (error);
  dc_database_make_durable (self->database, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  self->directory = dc_test_dir_new ();
  self->path = g_build_filename (self->directory, "queue.db", NULL);
  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  open_again (self);
  dc_schema_prepare (self->database, &self->queue, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_database_close (g_steal_pointer (&self->database), &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->directory, dc_test_dir_remove);
}

static void
assert_text (Fixture    *self,
             const char *sql,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dc_database_get_text (self->database, sql, &error);

  g_assert_no_error (error);
  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s: %s, not %s", sql, text, expected);
}

static void
assert_refused (Fixture    *self,
                const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (dc_database_execute (self->database, sql, &error))
    g_error ("taken: %s", sql);
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
}

static void
test_settings (Fixture       *self,
               gconstpointer  unused)
{
  static const struct { const char *sql; const char *expected; } settings[] = {
    { "PRAGMA locking_mode", "exclusive" },
    { "PRAGMA journal_mode", "wal" },
    { "PRAGMA synchronous", "2" },
    { "PRAGMA foreign_keys", "1" },
    { "PRAGMA secure_delete", "1" },
    { "PRAGMA trusted_schema", "0" },
    { "PRAGMA cell_size_check", "1" },
    { "PRAGMA mmap_size", "0" },
    { "PRAGMA temp_store", "2" },
    { "PRAGMA page_size", "1024" },
    { "PRAGMA auto_vacuum", "0" },
    { "PRAGMA busy_timeout", "5000" },
    { "PRAGMA user_version", "3" },
    { "PRAGMA application_id", "1145271664" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    assert_text (self, settings[i].sql, settings[i].expected);
}

static void
test_defences (Fixture       *self,
               gconstpointer  unused)
{
  static const char * const attacks[] = {
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''",
    "ATTACH ':memory:' AS other",
    "SELECT \"no such column\"",
    "CREATE TABLE t (a CHECK (a <> \"text\"))",
    "SELECT load_extension ('x.so')",
    "CREATE VIEW v AS SELECT 1; SELECT * FROM v",
    "SELECT zeroblob (2000000)",
    "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++) {
    if (dc_database_execute (self->database, attacks[i], NULL))
      g_error ("taken: %s", attacks[i]);
  }
}

static void
test_triggers_are_off (Fixture       *self,
                       gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_database_execute (self->database,
                       "CREATE TRIGGER t AFTER INSERT ON code_shown BEGIN "
                       "UPDATE code_shown SET count = 99; END; "
                       "INSERT INTO code_shown VALUES ('2026-12-18', 1)", &error);
  g_assert_no_error (error);
  assert_text (self, "SELECT count FROM code_shown", "1");
}

#define INSERT(columns, values) \
  "INSERT INTO record (kind, state, day, " columns ") VALUES (" values ")"
#define ID "x'00112233445566778899aabbccddeeff'"
#define BYTES "zeroblob (64), x'01', x'02'"
#define SUM "100, 'CHF', 'once'"
#define COLUMNS "id, amount, currency, frequency, signature, envelope, sealed"

static void
test_good_row (Fixture       *self,
               gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_database_execute (self->database,
                       INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', "
                               ID ", " SUM ", " BYTES), &error);
  g_assert_no_error (error);
  assert_text (self, "SELECT seq FROM record", "1");
}

/* Each differs from the good row in one thing. */
static void
test_bad_rows (Fixture       *self,
               gconstpointer  unused)
{
  static const char * const rows[] = {
    INSERT (COLUMNS, "'gift', 'waiting', '2026-12-18', " ID ", " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'lost', '2026-12-18', " ID ", " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', 'today', " ID ", " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', x'00', " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', 'sixteen letters.', " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', NULL, " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", -1, 'CHF', 'once', " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", 1.5, 'CHF', 'once', " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", 100, 'CH', 'once', " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", 100, 'CHF', 'daily', " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", 100, NULL, 'once', " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", NULL, NULL, NULL, " BYTES),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", x'00', x'01', x'02'"),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", NULL, NULL, NULL"),
    INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", zeroblob (64), NULL, x'02'"),
    INSERT (COLUMNS, "'pledge', 'delivered', '2026-12-18', " ID ", " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'refused', '2026-12-18', " ID ", " SUM ", " BYTES),
    INSERT (COLUMNS, "'pledge', 'withdrawn', '2026-12-18', " ID ", NULL, NULL, NULL, " BYTES),
    INSERT (COLUMNS, "'pledge', 'withdrawn', '2026-12-18', " ID ", " SUM ", NULL, NULL, NULL"),
    INSERT (COLUMNS, "'withdrawal', 'waiting', '2026-12-18', " ID ", NULL, NULL, NULL, " BYTES),
    INSERT (COLUMNS ", offered", "'pledge', 'receipted', '2026-12-18', " ID ", " SUM ", " BYTES ", 1"),
    INSERT (COLUMNS ", offered", "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", " BYTES ", 2"),
    INSERT (COLUMNS ", copied", "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", " BYTES ", 1"),
    INSERT (COLUMNS ", offered, copied", "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", " BYTES ", 1, 2"),
    INSERT (COLUMNS ", about", "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", " BYTES ", " ID),
    INSERT (COLUMNS ", about", "'withdrawal', 'waiting', '2026-12-18', " ID ", NULL, NULL, NULL, "
            BYTES ", zeroblob (16)"),
    INSERT (COLUMNS ", seq", "'pledge', 'waiting', '2026-12-18', " ID ", " SUM ", " BYTES ", 0"),
    "INSERT INTO queue VALUES (2, " ID ", 0)",
    "UPDATE queue SET id = x'00'",
    "INSERT INTO code_shown VALUES ('2026-12-18', 0)",
    "INSERT INTO code_shown VALUES ('', 1)",
    "INSERT INTO probe VALUES (2, x'00')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (self, rows[i]);
  assert_text (self, "SELECT count (*) FROM record", "0");
}

static void
test_an_id_once (Fixture       *self,
                 gconstpointer  unused)
{
  const char *row = INSERT (COLUMNS, "'pledge', 'waiting', '2026-12-18', "
                            ID ", " SUM ", " BYTES);

  g_assert_true (dc_database_execute (self->database, row, NULL));
  assert_refused (self, row);
}

static void
test_prepared_twice (Fixture       *self,
                     gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcId again;

  dc_schema_prepare (self->database, &again, &error);
  g_assert_no_error (error);
  g_assert_true (dc_id_equal (&again, &self->queue));
  g_assert_true (dc_schema_check (self->database, &error));
}

static void
test_every_queue_is_another (Fixture       *self,
                             gconstpointer  unused)
{
  Fixture other = { .directory = NULL };

  set_up (&other, NULL);
  g_assert_false (dc_id_equal (&self->queue, &other.queue));
  tear_down (&other, NULL);
}

static gboolean
fill_and_fail (DcDatabase  *database,
               GError     **error)
{
  g_assert_true (dc_database_execute (database, "INSERT INTO added VALUES (7)", NULL));
  g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED, "no");

  return FALSE;
}

static gboolean
fill_well (DcDatabase  *database,
           GError     **error)
{
  return dc_database_execute (database, "INSERT INTO added VALUES (7)", error);
}

/* A step that fails, in its SQL or after it, leaves the version before it. */
static void
test_migration_is_whole (Fixture       *self,
                         gconstpointer  unused)
{
  const DcMigrationStep bad_sql[] = {
    { "must not run", NULL },
    { "must not run", NULL },
    { "must not run", NULL },
    { "CREATE TABLE added (a); CREATE TABLE record (a)", NULL },
  };
  const DcMigrationStep bad_fill[] = {
    { "must not run", NULL },
    { "must not run", NULL },
    { "must not run", NULL },
    { "CREATE TABLE added (a)", fill_and_fail },
  };
  const DcMigrationStep good[] = {
    { "must not run", NULL },
    { "must not run", NULL },
    { "must not run", NULL },
    { "CREATE TABLE added (a)", fill_well },
    { "ALTER TABLE added ADD COLUMN b DEFAULT 8", NULL },
  };
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_migration_run (self->database, bad_sql, 4, NULL));
  g_assert_false (dc_migration_run (self->database, bad_fill, 4, NULL));
  assert_text (self, "PRAGMA user_version", "3");
  assert_text (self, "SELECT count (*) FROM sqlite_schema WHERE name = 'added'", "0");

  dc_migration_run (self->database, good, 5, &error);
  g_assert_no_error (error);
  assert_text (self, "PRAGMA user_version", "5");
  assert_text (self, "SELECT a + b FROM added", "15");
}

/* Of the application and version that a file names in its header. */
static const struct
{
  int      application;
  int      version;
  gboolean ours;        /* with tables in it */
  gboolean empty_ours;  /* without */
} headers[] = {
  { 0, 0, FALSE, TRUE },
  { 0, 1, FALSE, FALSE },
  { DC_SCHEMA_APPLICATION_ID, 0, FALSE, FALSE },
  { DC_SCHEMA_APPLICATION_ID, 1, TRUE, TRUE },
  { DC_SCHEMA_APPLICATION_ID, DC_SCHEMA_VERSION, TRUE, TRUE },
  { DC_SCHEMA_APPLICATION_ID, DC_SCHEMA_VERSION + 1, FALSE, FALSE },
  { DC_SCHEMA_APPLICATION_ID, -1, FALSE, FALSE },
  { DC_SCHEMA_APPLICATION_ID + 1, 1, FALSE, FALSE },
};

static void
assert_is_ours (DcDatabase *database,
                guint       i,
                gboolean    ours)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          headers[i].application, headers[i].version);
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_database_execute (database, sql, NULL));
  if (dc_schema_check (database, &error) != ours)
    g_error ("application %x, version %d", (guint) headers[i].application, headers[i].version);
  if (!ours)
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED);
}

static void
test_headers (void)
{
  g_autoptr (DcDatabase) empty = dc_database_open_in_memory (NULL);
  g_autoptr (DcDatabase) full = dc_database_open_in_memory (NULL);

  g_assert_true (dc_database_execute (full, "CREATE TABLE t (a)", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    assert_is_ours (empty, i, headers[i].empty_ours);
    assert_is_ours (full, i, headers[i].ours);
  }
}

static void
set_header (char    *header,
            gsize    at,
            guint32  value)
{
  value = GUINT32_TO_BE (value);
  memcpy (header + at, &value, sizeof value);
}

/* Before SQLite is let near the file: the same, but for a file that may be new,
 * whose tables are not known. */
static void
test_peeked (Fixture       *self,
             gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->directory, "peeked", NULL);
  g_autoptr (GError) error = NULL;
  char header[100] = "SQLite format 3";

  g_assert_false (dc_schema_peek (path, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    gboolean peeked = headers[i].version >= 0 && headers[i].version <= DC_SCHEMA_VERSION
                      && (headers[i].application == 0
                          || headers[i].application == DC_SCHEMA_APPLICATION_ID);

    set_header (header, 60, (guint32) headers[i].version);
    set_header (header, 68, (guint32) headers[i].application);
    g_assert_true (g_file_set_contents (path, header, sizeof header, NULL));
    g_assert_cmpint (dc_schema_peek (path, NULL), ==, peeked);
    g_assert_true (g_file_set_contents (path, header, sizeof header - 1, NULL));
    g_assert_true (dc_schema_peek (path, NULL));   /* too short for SQLite to take */
  }
}

static void
test_abandoned_is_untouched (Fixture       *self,
                             gconstpointer  unused)
{
  g_autofree char *journal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before;
  gsize size_after;

  g_assert_true (dc_database_execute (self->database,
                                      "INSERT INTO code_shown VALUES ('2026-12-18', 1)", NULL));
  g_assert_true (g_file_get_contents (journal, &before, &size_before, NULL));
  dc_database_abandon (g_steal_pointer (&self->database));
  g_assert_true (g_file_get_contents (journal, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);

  open_again (self);
  assert_text (self, "SELECT count FROM code_shown", "1");
}

static void
test_transaction_without_commit (Fixture       *self,
                                 gconstpointer  unused)
{
  DcTransaction *transaction = dc_transaction_begin (self->database, NULL);

  g_assert_nonnull (transaction);
  g_assert_null (dc_transaction_begin (self->database, NULL));
  g_assert_true (dc_database_execute (self->database,
                                      "INSERT INTO code_shown VALUES ('2026-12-18', 1)", NULL));
  dc_transaction_end (transaction);
  assert_text (self, "SELECT count (*) FROM code_shown", "0");
}

static void
test_a_bad_bind_is_reported (Fixture       *self,
                             gconstpointer  unused)
{
  g_autoptr (DcQuery) select = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_database_prepare (self->database, "SELECT a FROM nothing", &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED);
  g_clear_error (&error);

  select = dc_database_prepare (self->database, "SELECT :a", &error);
  g_assert_no_error (error);
  dc_query_bind_integer (select, ":b", 1);
  g_assert_false (dc_query_step (select, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/database/runs-with-the-settings-it-should", test_settings);
  ADD ("/database/refuses-what-a-queue-never-does", test_defences);
  ADD ("/database/fires-no-trigger", test_triggers_are_off);
  ADD ("/database/leaves-the-files-when-abandoned", test_abandoned_is_untouched);
  ADD ("/database/undoes-what-was-not-committed", test_transaction_without_commit);
  ADD ("/database/reports-a-bad-bind", test_a_bad_bind_is_reported);
  g_test_add_func ("/schema/knows-its-own-by-application-and-version", test_headers);
  ADD ("/schema/peeks-at-what-a-file-says-it-is", test_peeked);
  ADD ("/schema/takes-a-good-row", test_good_row);
  ADD ("/schema/refuses-every-bad-row", test_bad_rows);
  ADD ("/schema/takes-an-id-once", test_an_id_once);
  ADD ("/schema/is-prepared-once", test_prepared_twice);
  ADD ("/schema/gives-every-queue-its-own-id", test_every_queue_is_another);
  ADD ("/migration/is-whole-or-not-at-all", test_migration_is_whole);

  return g_test_run ();
}
