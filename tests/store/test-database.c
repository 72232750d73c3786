/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-database.h"

#include "dc-schema.h"
#include "dc-store-error.h"
#include "dc-test.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

/* What the next switch that is set comes to: a failure, or no effect. */
static int refused_with;
static gboolean ignored;

int __real_sqlite3_db_config (sqlite3 *database,
                              int      what,
                              ...);
int __wrap_sqlite3_db_config (sqlite3 *database,
                              int      what,
                              ...);

/* All switches that are used take a number and a place for what became of it. */
int
__wrap_sqlite3_db_config (sqlite3 *database,
                          int      what,
                          ...)
{
  va_list rest;
  int on;
  int *now;
  int code;

  va_start (rest, what);
  on = va_arg (rest, int);
  now = va_arg (rest, int *);
  va_end (rest);

  code = __real_sqlite3_db_config (database, what, on, now);
  if (ignored && now != NULL)
    *now = !on;

  return refused_with != SQLITE_OK ? refused_with : code;
}

static gboolean no_backup;

sqlite3_backup *__real_sqlite3_backup_init (sqlite3    *to,
                                            const char *to_name,
                                            sqlite3    *from,
                                            const char *from_name);
sqlite3_backup *__wrap_sqlite3_backup_init (sqlite3    *to,
                                            const char *to_name,
                                            sqlite3    *from,
                                            const char *from_name);

sqlite3_backup *
__wrap_sqlite3_backup_init (sqlite3    *to,
                            const char *to_name,
                            sqlite3    *from,
                            const char *from_name)
{
  return no_backup ? NULL : __real_sqlite3_backup_init (to, to_name, from, from_name);
}

typedef struct
{
  char       *dir;
  DcDatabase *database;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = dc_test_dir_new ();
  path = g_build_filename (fixture->dir, "database", NULL);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  fixture->database = dc_database_open (path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->database, dc_database_abandon);
  g_clear_pointer (&fixture->dir, dc_test_dir_remove);
}

/* The first bind that failed counts, whatever follows. */
static void
test_failed_bind (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr (DcQuery) select = NULL;
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  select = dc_database_prepare (fixture->database, "SELECT :there", &error);
  g_assert_no_error (error);
  dc_query_bind_integer (select, ":elsewhere", 1);
  dc_query_bind_integer (select, ":there", 1);
  g_assert_false (dc_query_step (select, &row, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  g_assert_false (row);

  /* Forgotten with the use that it belongs to. */
  dc_query_release (g_steal_pointer (&select));
  g_clear_error (&error);
  select = dc_database_prepare (fixture->database, "SELECT :there", &error);
  g_assert_no_error (error);
  dc_query_bind_integer (select, ":there", 7);
  g_assert_true (dc_query_step (select, &row, &error));
  g_assert_true (row);
  g_assert_cmpint (dc_query_get_integer (select, 0), ==, 7);
}

static void
test_no_row (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 7;

  g_assert_false (dc_database_get_integer (fixture->database, "SELECT 1 WHERE 0", &value, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  g_assert_cmpint (value, ==, 7);
  g_clear_error (&error);
  g_assert_null (dc_database_get_text (fixture->database, "SELECT 1 WHERE 0", &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
}

static void
test_null (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  text = dc_database_get_text (fixture->database, "SELECT NULL", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "");
}

static void
test_commit_and_end (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  gint64 rows = 0;

  g_assert_true (dc_database_execute (fixture->database, "CREATE TABLE t (a)", NULL));
  for (guint commits = 0; commits < 2; commits++) {
    DcTransaction *transaction = dc_transaction_begin (fixture->database, &error);

    g_assert_no_error (error);
    g_assert_true (dc_database_execute (fixture->database, "INSERT INTO t VALUES (1)", NULL));
    g_assert_cmpuint (dc_database_get_changes (fixture->database), ==, 1);
    if (commits)
      g_assert_true (dc_transaction_commit (transaction, NULL));
    dc_transaction_end (transaction);
    g_assert_true (dc_database_get_integer (fixture->database, "SELECT count (*) FROM t",
                                            &rows, NULL));
    g_assert_cmpint (rows, ==, commits);
  }
}

/* A library that lacks a switch is not good enough. */
static void
test_refused_switch (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "database", NULL);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (DcDatabase) database = NULL;
    g_autoptr (GError) error = NULL;

    refused_with = i == 0 ? SQLITE_ERROR : SQLITE_OK;
    ignored = i == 1;
    database = dc_database_open (path, &error);
    refused_with = SQLITE_OK;
    ignored = FALSE;
    g_assert_null (database);
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  }
}

/* What a queue should be is found out in memory; where that cannot be, nothing
 * is said about the queue. */
static void
test_no_model (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  refused_with = SQLITE_NOMEM;
  g_assert_false (dc_schema_check_tables (fixture->database, DC_SCHEMA_VERSION, &error));
  refused_with = SQLITE_OK;
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (dc_schema_check_tables (fixture->database, DC_SCHEMA_VERSION, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED);
}

/* A database in memory has no journal that could be durable. */
static void
test_ignored_setting (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcDatabase) database = dc_database_open_in_memory (&error);

  g_assert_no_error (error);
  g_assert_false (dc_database_make_durable (database, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "journal_mode memory, not wal"));
}

/* SQLite quotes what it does not understand, on one line and not without end. */
static void
test_long_message (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *sql = g_strdup_printf ("SELECT \"a\n\xff%s\"", name);
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_database_execute (fixture->database, sql, &error));
  g_assert_nonnull (strstr (error->message, "xxxx"));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 300);
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "copy", NULL);
  g_autoptr (DcDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  g_assert_true (dc_database_execute (fixture->database, "CREATE TABLE t (a); "
                                      "INSERT INTO t VALUES (7)", NULL));
  g_assert_false (dc_database_copy (fixture->database, path, &error));   /* no file */
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  no_backup = TRUE;
  g_assert_false (dc_database_copy (fixture->database, path, &error));
  no_backup = FALSE;
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  g_clear_error (&error);

  dc_database_copy (fixture->database, path, &error);
  g_assert_no_error (error);
  copy = dc_database_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (dc_database_get_integer (copy, "SELECT a FROM t", &value, NULL));
  g_assert_cmpint (value, ==, 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/database/a-bind-that-failed-is-told-by-the-step",
              Fixture, NULL, set_up, test_failed_bind, tear_down);
  g_test_add ("/database/a-switch-that-cannot-be-set-opens-nothing",
              Fixture, NULL, set_up, test_refused_switch, tear_down);
  g_test_add ("/database/without-a-model-says-nothing-of-a-queue",
              Fixture, NULL, set_up, test_no_model, tear_down);
  g_test_add_func ("/database/a-setting-without-effect-is-an-error", test_ignored_setting);
  g_test_add ("/database/quotes-one-short-line",
              Fixture, NULL, set_up, test_long_message, tear_down);
  g_test_add ("/database/is-copied-whole-or-not", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/database/no-row-is-an-error", Fixture, NULL, set_up, test_no_row, tear_down);
  g_test_add ("/database/reads-null-as-nothing", Fixture, NULL, set_up, test_null, tear_down);
  g_test_add ("/database/a-transaction-counts-only-with-its-commit",
              Fixture, NULL, set_up, test_commit_and_end, tear_down);

  return g_test_run ();
}
