/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* SQLite, as this program uses it: one connection, which is never shared.
 *
 * SQLite 3.7.0 to 3.51.2 can damage a WAL database when two connections write
 * and checkpoint at one instant ("WAL-reset bug"), and Debian 12 has 3.40.1.
 * There is one connection, and locking_mode=EXCLUSIVE, taken before the
 * journal mode, keeps any other out; it also does without the -shm file.
 *
 * Checkpoints are run by the owner and not by SQLite, which runs its own inside
 * COMMIT and ignores what they return. A failed fsync there would be retried
 * later and succeed without the data (the kernel has dropped the pages), and
 * the journal that still had them would be overwritten. Here the error is
 * seen, and the connection is given up with the journal whole.
 */

#include "dc-database.h"

#include "dc-store-error.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A record of 3 kB dirties eight pages; of 4096 bytes it would dirty five and
 * write more than twice as much. The time is the same: it is the sync's. */
#define PAGE_SIZE 1024

#define MESSAGE_CHARS_MAX 200

static const char rolling_back[] = "ROLLBACK";

struct _DcDatabase
{
  GThread    *thread;
  sqlite3    *handle;
  GHashTable *statements;   /* (owned) by their SQL */
  gsize       wal_pages;
  gboolean    to_roll_back; /* a transaction ended and could not be undone */
};

struct _DcQuery
{
  sqlite3_stmt *handle;
  DcDatabase   *database;   /* which owns this */
  int           bind_code;  /* of the first bind that failed */
  gboolean      lent;
};

/* Every value that the connection runs with, and what SQLite then reports. */
typedef struct
{
  const char *name;
  const char *value;
  const char *reported;
} Setting;

/* Taken before the first read: none of them writes. */
static const Setting reading[] = {
  { "locking_mode", "EXCLUSIVE", "exclusive" },
  { "mmap_size", "0", "0" },   /* a disk error would be a SIGBUS */
  { "cell_size_check", "ON", "1" },
  { "trusted_schema", "OFF", "0" },
  { "foreign_keys", "ON", "1" },
  { "secure_delete", "ON", "1" },
  { "temp_store", "MEMORY", "2" },
};

static const Setting writing[] = {
  { "journal_mode", "WAL", "wal" },
  { "synchronous", "FULL", "2" },
  { "wal_autocheckpoint", "0", "0" },
};

/* https://sqlite.org/security.html, section 1.1; a record is well below 1 MiB. */
static const struct { int what; int most; } limits[] = {
  { SQLITE_LIMIT_LENGTH, 1024 * 1024 },
  { SQLITE_LIMIT_SQL_LENGTH, 100000 },
  { SQLITE_LIMIT_COLUMN, 100 },
  { SQLITE_LIMIT_EXPR_DEPTH, 30 },
  { SQLITE_LIMIT_COMPOUND_SELECT, 3 },
  { SQLITE_LIMIT_VDBE_OP, 25000 },
  { SQLITE_LIMIT_FUNCTION_ARG, 8 },
  { SQLITE_LIMIT_ATTACHED, 0 },
  { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50 },
  { SQLITE_LIMIT_VARIABLE_NUMBER, 20 },
  { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
  { SQLITE_LIMIT_WORKER_THREADS, 0 },
};

static const struct { int what; int on; } switches[] = {
  { SQLITE_DBCONFIG_DEFENSIVE, 1 },
  { SQLITE_DBCONFIG_DQS_DDL, 0 },
  { SQLITE_DBCONFIG_DQS_DML, 0 },
  { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
  { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
  { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
  { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
};

static void
assert_thread (DcDatabase *self)
{
  g_assert (self->thread == g_thread_self ());
}

static DcStoreError
code_from_sqlite (DcDatabase *self,
                  int         code)
{
  int number = sqlite3_system_errno (self->handle);

  /* A disk without room is SQLITE_FULL; a quota SQLite does not know. Not for a
   * sync: whatever its reason, the pages are lost. */
  if (code == SQLITE_IOERR_WRITE && number == EDQUOT)
    return DC_STORE_ERROR_FULL;

  switch (code & 0xff) {
  case SQLITE_FULL:
    return DC_STORE_ERROR_FULL;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return DC_STORE_ERROR_IO;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return DC_STORE_ERROR_DAMAGED;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return DC_STORE_ERROR_IN_USE;
  default:
    return DC_STORE_ERROR_FAILED;
  }
}

/* SQLite quotes a damaged schema whole, and it need not be UTF-8. */
static char *
tidy_message (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  char *line = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MESSAGE_CHARS_MAX));

  for (char *at = line; *at != '\0'; at++) {
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  }

  return line;
}

/* Names the step and the code; SQLite's own message can name a column or a
 * file, but no bound value. */
static void
set_error (DcDatabase  *self,
           int          code,
           const char  *step,
           GError     **error)
{
  g_autofree char *message = tidy_message (sqlite3_errmsg (self->handle));

  g_set_error (error, DC_STORE_ERROR, code_from_sqlite (self, code),
               "SQLite could not %s: %s (%d)",
               step, message, sqlite3_extended_errcode (self->handle));
}

/* The SQL is this program's own and sound: where it cannot even be prepared,
 * it has met a schema that is not. */
static void
set_prepare_error (DcDatabase  *self,
                   int          code,
                   const char  *step,
                   GError     **error)
{
  set_error (self, code, step, error);
  if (code == SQLITE_ERROR && error != NULL)
    (*error)->code = DC_STORE_ERROR_DAMAGED;
}

static int
on_committed (gpointer    data,
              sqlite3    *handle,
              const char *schema,
              int         pages)
{
  DcDatabase *self = data;

  self->wal_pages = pages;

  return SQLITE_OK;
}

static void
statement_free (gpointer data)
{
  DcQuery *self = data;

  sqlite3_finalize (self->handle);
  g_free (self);
}

static gboolean
configure (DcDatabase  *self,
           GError     **error)
{
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, 5000);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (self->handle, limits[i].what, limits[i].most);

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++) {
    int now = -1;
    int code = sqlite3_db_config (self->handle, switches[i].what, switches[i].on, &now);

    if (code != SQLITE_OK || now != switches[i].on) {
      set_error (self, code, "be made safe", error);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
apply (DcDatabase     *self,
       const Setting  *settings,
       guint           n_settings,
       GError        **error)
{
  for (guint i = 0; i < n_settings; i++) {
    g_autofree char *set = g_strdup_printf ("PRAGMA %s = %s",
                                            settings[i].name, settings[i].value);
    g_autofree char *get = g_strdup_printf ("PRAGMA %s", settings[i].name);
    g_autofree char *reported = NULL;

    if (!dc_database_execute (self, set, error))
      return FALSE;
    reported = dc_database_get_text (self, get, error);
    if (reported == NULL)
      return FALSE;
    if (g_strcmp0 (reported, settings[i].reported) != 0) {
      g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED,
                   "SQLite runs with %s %s, not %s",
                   settings[i].name, reported, settings[i].reported);
      return FALSE;
    }
  }

  return TRUE;
}

static DcDatabase *
open_handle (const char  *path,
             GError     **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_FULLMUTEX
              | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  g_autoptr (DcDatabase) self = g_new0 (DcDatabase, 1);
  int code;

  self->thread = g_thread_self ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);

  code = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (code != SQLITE_OK) {
    set_error (self, code, "open the queue", error);
    return NULL;
  }

  if (!configure (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

DcDatabase *
dc_database_open (const char  *path,
                  GError     **error)
{
  g_autoptr (DcDatabase) self = open_handle (path, error);

  if (self == NULL || !apply (self, reading, G_N_ELEMENTS (reading), error))
    return NULL;

  return g_steal_pointer (&self);
}

DcDatabase *
dc_database_open_in_memory (GError **error)
{
  return open_handle (":memory:", error);
}

gboolean
dc_database_make_durable (DcDatabase  *self,
                          GError     **error)
{
  g_autoptr (DcQuery) rollback = dc_database_prepare (self, rolling_back, error);

  /* Counts for a file that is still empty; a queue keeps the size it began
   * with. Before journal_mode, which makes the first page. */
  if (rollback == NULL
      || !dc_database_execute (self, "PRAGMA page_size = " G_STRINGIFY (PAGE_SIZE), error))
    return FALSE;

  if (!apply (self, writing, G_N_ELEMENTS (writing), error))
    return FALSE;

  /* After wal_autocheckpoint, which takes this very hook away. */
  sqlite3_wal_hook (self->handle, on_committed, self);

  return TRUE;
}

/* The check reports a page that the disk would not give as a finding, and only
 * in words (btree.c: checkTreePage, checkList). That proves no damage. */
static DcStoreError
code_from_finding (const char *found)
{
  static const char unread[] = "unable to get the page. error code=";
  const char *at = strstr (found, unread);

  if (at != NULL && (strtol (at + strlen (unread), NULL, 10) & 0xff) != SQLITE_CORRUPT)
    return DC_STORE_ERROR_IO;
  if (strstr (found, "failed to get page") != NULL)
    return DC_STORE_ERROR_IO;

  return DC_STORE_ERROR_DAMAGED;
}

/* The file itself can be written; but a header that names a format newer than
 * SQLite knows, by two bytes which no check looks at, makes it read-only. */
static gboolean
check_writable (DcDatabase  *self,
                GError     **error)
{
  if (sqlite3_db_readonly (self->handle, "main") != 1)
    return TRUE;

  g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                       "the queue's header lets nobody write");

  return FALSE;
}

gboolean
dc_database_check (DcDatabase  *self,
                   GError     **error)
{
  g_autofree char *found = dc_database_get_text (self, "PRAGMA integrity_check (1)", error);
  g_autofree char *message = NULL;

  if (found == NULL)
    return FALSE;
  if (g_strcmp0 (found, "ok") == 0)
    return check_writable (self, error);

  message = tidy_message (found);
  g_set_error (error, DC_STORE_ERROR, code_from_finding (found),
               "the queue is not sound: %s", message);

  return FALSE;
}

gboolean
dc_database_close (DcDatabase  *self,
                   GError     **error)
{
  gboolean moved = dc_database_checkpoint (self, TRUE, error);

  if (moved)
    sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  dc_database_abandon (self);

  return moved;
}

void
dc_database_abandon (DcDatabase *self)
{
  assert_thread (self);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

gboolean
dc_database_execute (DcDatabase  *self,
                     const char  *sql,
                     GError     **error)
{
  int code;

  assert_thread (self);

  code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;

  set_prepare_error (self, code, "execute", error);

  return FALSE;
}

static gboolean
step_to_one_row (DcQuery     *statement,
                 const char  *sql,
                 GError     **error)
{
  gboolean row = FALSE;

  if (!dc_query_step (statement, &row, error))
    return FALSE;
  if (row)
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED, "no row: %s", sql);

  return FALSE;
}

gboolean
dc_database_get_integer (DcDatabase  *self,
                         const char  *sql,
                         gint64      *value,
                         GError     **error)
{
  g_autoptr (DcQuery) statement = dc_database_prepare (self, sql, error);

  if (statement == NULL || !step_to_one_row (statement, sql, error))
    return FALSE;

  *value = dc_query_get_integer (statement, 0);

  return TRUE;
}

char *
dc_database_get_text (DcDatabase  *self,
                      const char  *sql,
                      GError     **error)
{
  g_autoptr (DcQuery) statement = dc_database_prepare (self, sql, error);
  const char *text;

  if (statement == NULL || !step_to_one_row (statement, sql, error))
    return NULL;

  text = dc_query_get_text (statement, 0);
  if (text == NULL && !dc_query_is_null (statement, 0)) {
    set_error (self, SQLITE_NOMEM, "read", error);
    return NULL;
  }

  return g_strdup (text != NULL ? text : "");
}

guint
dc_database_get_changes (DcDatabase *self)
{
  assert_thread (self);

  return (guint) sqlite3_changes (self->handle);
}

gsize
dc_database_get_wal_bytes (DcDatabase *self)
{
  assert_thread (self);

  return self->wal_pages * PAGE_SIZE;
}

gboolean
dc_database_checkpoint (DcDatabase  *self,
                        gboolean     truncate,
                        GError     **error)
{
  int how = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  int code;

  assert_thread (self);

  code = sqlite3_wal_checkpoint_v2 (self->handle, NULL, how, NULL, NULL);
  if (code != SQLITE_OK) {
    set_error (self, code, "move the journal into the queue", error);
    return FALSE;
  }

  self->wal_pages = 0;

  return TRUE;
}

/* What goes wrong on either side, SQLite notes in the handle of the copy. */
static gboolean
copy_pages (DcDatabase  *self,
            DcDatabase  *copy,
            GError     **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (copy->handle, "main", self->handle, "main");
  int code = SQLITE_ERROR;

  if (backup != NULL) {
    sqlite3_backup_step (backup, -1);
    code = sqlite3_backup_finish (backup);
  }
  if (code == SQLITE_OK)
    return TRUE;

  set_error (copy, code, "copy the queue", error);

  return FALSE;
}

/* The copy's own rollback journal is worth nothing: half a copy is thrown
 * away. (OFF would be refused under DEFENSIVE.) */
gboolean
dc_database_copy (DcDatabase  *self,
                  const char  *path,
                  GError     **error)
{
  g_autoptr (DcDatabase) copy = NULL;

  assert_thread (self);

  copy = dc_database_open (path, error);

  return copy != NULL
         && dc_database_execute (copy, "PRAGMA journal_mode = MEMORY; "
                                 "PRAGMA synchronous = FULL", error)
         && copy_pages (self, copy, error);
}

/* A full disk can already have undone it; whether there is one to undo is
 * SQLite's knowledge. The statement is kept ready, since it is wanted above all
 * where there is no memory to prepare one. */
static void
roll_back (DcDatabase *self)
{
  g_autoptr (DcQuery) rollback = NULL;

  self->to_roll_back = !sqlite3_get_autocommit (self->handle);
  if (self->to_roll_back)
    rollback = dc_database_prepare (self, rolling_back, NULL);
  if (rollback != NULL)
    self->to_roll_back = !dc_query_step (rollback, NULL, NULL);
}

DcTransaction *
dc_transaction_begin (DcDatabase  *database,
                      GError     **error)
{
  g_autoptr (DcQuery) begin = NULL;

  if (database->to_roll_back)
    roll_back (database);
  begin = dc_database_prepare (database, "BEGIN IMMEDIATE", error);
  if (begin == NULL || !dc_query_step (begin, NULL, error))
    return NULL;

  return database;
}

gboolean
dc_transaction_commit (DcTransaction  *self,
                       GError        **error)
{
  g_autoptr (DcQuery) commit = dc_database_prepare (self, "COMMIT", error);

  return commit != NULL && dc_query_step (commit, NULL, error);
}

void
dc_transaction_end (DcTransaction *self)
{
  assert_thread (self);
  roll_back (self);
}

static DcQuery *
prepare_new (DcDatabase  *self,
             const char  *sql,
             GError     **error)
{
  sqlite3_stmt *handle = NULL;
  DcQuery *statement;
  int code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                 &handle, NULL);

  if (code != SQLITE_OK) {
    set_prepare_error (self, code, "prepare", error);
    return NULL;
  }

  statement = g_new0 (DcQuery, 1);
  statement->handle = handle;
  statement->database = self;
  g_hash_table_insert (self->statements, (gpointer) sqlite3_sql (handle), statement);

  return statement;
}

DcQuery *
dc_database_prepare (DcDatabase  *self,
                     const char  *sql,
                     GError     **error)
{
  DcQuery *statement;

  assert_thread (self);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    statement = prepare_new (self, sql, error);
  if (statement == NULL)
    return NULL;

  g_assert (!statement->lent);
  statement->lent = TRUE;
  statement->bind_code = SQLITE_OK;

  return statement;
}

void
dc_query_release (DcQuery *self)
{
  assert_thread (self->database);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->lent = FALSE;
}

static void
note_bind (DcQuery *self,
           int      code)
{
  if (self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

void
dc_query_bind_integer (DcQuery    *self,
                       const char *name,
                       gint64      value)
{
  note_bind (self, sqlite3_bind_int64 (self->handle,
                                       sqlite3_bind_parameter_index (self->handle, name),
                                       value));
}

void
dc_query_bind_text (DcQuery    *self,
                    const char *name,
                    const char *text)
{
  note_bind (self, sqlite3_bind_text (self->handle,
                                      sqlite3_bind_parameter_index (self->handle, name),
                                      text, -1, SQLITE_TRANSIENT));
}

void
dc_query_bind_blob (DcQuery    *self,
                    const char *name,
                    const void *data,
                    gsize       size)
{
  note_bind (self, sqlite3_bind_blob64 (self->handle,
                                        sqlite3_bind_parameter_index (self->handle, name),
                                        data, size, SQLITE_TRANSIENT));
}

void
dc_query_bind_bytes (DcQuery    *self,
                     const char *name,
                     GBytes     *bytes)
{
  gsize size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  dc_query_bind_blob (self, name, data, size);
}

void
dc_query_bind_id (DcQuery    *self,
                  const char *name,
                  const DcId *id)
{
  dc_query_bind_blob (self, name, id->bytes, sizeof id->bytes);
}

gboolean
dc_query_step (DcQuery   *self,
               gboolean  *row,
               GError   **error)
{
  int code = self->bind_code;

  assert_thread (self->database);

  if (code == SQLITE_OK)
    code = sqlite3_step (self->handle);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    set_error (self->database, code, "step", error);
    return FALSE;
  }

  if (row != NULL)
    *row = code == SQLITE_ROW;

  return TRUE;
}

gboolean
dc_query_is_null (DcQuery *self,
                  int      column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

gint64
dc_query_get_integer (DcQuery *self,
                      int      column)
{
  return sqlite3_column_int64 (self->handle, column);
}

const char *
dc_query_get_text (DcQuery *self,
                   int      column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

const void *
dc_query_get_blob (DcQuery *self,
                   int      column,
                   gsize   *size)
{
  const void *data = sqlite3_column_blob (self->handle, column);

  *size = (gsize) sqlite3_column_bytes (self->handle, column);

  return data;
}

DcId
dc_query_get_id (DcQuery *self,
                 int      column)
{
  DcId id = { { 0 } };
  gsize size;
  const void *data = dc_query_get_blob (self, column, &size);

  if (data != NULL && size == sizeof id.bytes)
    memcpy (id.bytes, data, size);

  return id;
}
