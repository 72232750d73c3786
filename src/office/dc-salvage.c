/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-salvage.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "dc-input.h"
#include "dc-record.h"

/* A tablet writes the write-ahead log into the database only now and then, so
 * the log may hold most of it; opening a database with a log writes to both.
 * Hence the copy.
 *
 * Numbers are given out from 1 and no row is ever deleted (src/store/sql), so
 * a number that is not to be read is a record that was lost to damage. */

#define COPY "queue.db"
#define N_FILES 3

/* No row is smaller: bounds what a damaged counter may say. */
#define SMALLEST_ROW 24

#define COLUMNS "SELECT seq, envelope, signature, sealed FROM record "

static const char * const suffixes[N_FILES] = { "", "-wal", "-journal" };

typedef struct
{
  char          *folder;   /* (owned) the private one */
  guint64        bytes;    /* of all files in it */
  sqlite3       *handle;   /* (owned) */
  DcSalvageFunc  func;
  gpointer       user_data;
  gint64         last;     /* the last number read */
} Job;

static gboolean
copy_file (Job         *self,
           const char  *database,
           const char  *suffix,
           GError     **error)
{
  g_autofree char *from = g_strconcat (database, suffix, NULL);
  g_autofree char *to = g_strconcat (self->folder, G_DIR_SEPARATOR_S COPY, suffix, NULL);
  g_autofree char *name = dc_input_name (from);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  GStatBuf info;

  if (g_lstat (from, &info) != 0 && *suffix != '\0')
    return TRUE;
  if (g_lstat (from, &info) != 0 || !S_ISREG (info.st_mode)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not a regular file", name);
    return FALSE;
  }
  if (!g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS
                    | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, error)) {
    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }
  self->bytes += (guint64) info.st_size;

  return TRUE;
}

static gboolean
copy_all (Job         *self,
          const char  *database,
          GError     **error)
{
  self->folder = g_dir_make_tmp ("daily-cup-office-XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;
  for (guint i = 0; i < N_FILES; i++) {
    if (!copy_file (self, database, suffixes[i], error))
      return FALSE;
  }

  return TRUE;
}

static void
job_clear (Job *self)
{
  static const char * const names[] = { COPY, COPY "-wal", COPY "-journal", COPY "-shm" };

  g_clear_pointer (&self->handle, sqlite3_close);
  for (guint i = 0; self->folder != NULL && i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

    g_unlink (path);
  }
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
fail (Job         *self,
      const char  *database,
      GError     **error)
{
  g_autofree char *name = dc_input_name (database);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "%s: %s", name, sqlite3_errmsg (self->handle));

  return FALSE;
}

/* A stranger's database may define anything: nothing of it is run. */
static void
make_safe (sqlite3 *handle)
{
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (handle, SQLITE_LIMIT_LENGTH, 8 * DC_LINE_MAX_BYTES);
  sqlite3_exec (handle, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; "
                "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
}

static gboolean
open_copy (Job         *self,
           const char  *database,
           GError     **error)
{
  g_autofree char *path = g_build_filename (self->folder, COPY, NULL);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;

  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    return fail (self, database, error);
  make_safe (self->handle);

  return TRUE;
}

/* FALSE where @sql says nothing. */
static gboolean
get_integer (Job        *self,
             const char *sql,
             gint64     *value)
{
  sqlite3_stmt *statement = NULL;
  gboolean found;

  found = sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) == SQLITE_OK
          && sqlite3_step (statement) == SQLITE_ROW
          && sqlite3_column_type (statement, 0) == SQLITE_INTEGER;
  if (found)
    *value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return found;
}

/* The highest number that was given out. */
static gint64
find_top (Job      *self,
          gboolean *known)
{
  const gint64 most = (gint64) (self->bytes / SMALLEST_ROW);
  gint64 counter = -1;
  gint64 highest = -1;
  gint64 top;

  get_integer (self, "SELECT seq FROM sqlite_sequence WHERE name = 'record'", &counter);
  get_integer (self, "SELECT ifnull (max (seq), 0) FROM record", &highest);
  top = MAX (counter, highest);
  *known = top >= 0 && top <= most;

  return *known ? top : most;
}

static GBytes *
get_blob (sqlite3_stmt *statement,
          int           column)
{
  const void *data = sqlite3_column_blob (statement, column);

  if (sqlite3_column_type (statement, column) != SQLITE_BLOB || data == NULL)
    return NULL;

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

static void
take_row (Job          *self,
          sqlite3_stmt *statement,
          DcSalvage    *salvage)
{
  g_autoptr (GBytes) envelope = get_blob (statement, 1);
  g_autoptr (GBytes) signature = get_blob (statement, 2);
  g_autoptr (GBytes) sealed = get_blob (statement, 3);

  self->last = sqlite3_column_int64 (statement, 0);
  salvage->n_rows++;
  if (envelope == NULL && signature == NULL && sealed == NULL)
    salvage->n_gone++;
  else
    self->func (self->last, envelope, signature, sealed, self->user_data);
}

/* How SQLite ended it: SQLITE_DONE, or where it broke off. */
static int
read_rows (Job       *self,
           DcSalvage *salvage)
{
  sqlite3_stmt *statement = NULL;
  int code;

  code = sqlite3_prepare_v2 (self->handle, COLUMNS "ORDER BY seq", -1, &statement, NULL);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step (statement);
    /* Pages that point into a circle would never end. */
    if (code == SQLITE_ROW && sqlite3_column_int64 (statement, 0) <= self->last)
      code = SQLITE_CORRUPT;
    if (code == SQLITE_ROW)
      take_row (self, statement, salvage);
  }
  sqlite3_finalize (statement);

  return code;
}

/* Each number finds its own way down the tree, past what is damaged. */
static void
walk_numbers (Job       *self,
              gint64     top,
              DcSalvage *salvage)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->handle, COLUMNS "WHERE seq = ?1", -1, &statement, NULL)
      != SQLITE_OK)
    return;
  for (gint64 seq = self->last + 1; seq <= top; seq++) {
    sqlite3_bind_int64 (statement, 1, seq);
    if (sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_int64 (statement, 0) == seq)
      take_row (self, statement, salvage);
    sqlite3_reset (statement);
  }
  sqlite3_finalize (statement);
}

gboolean
dc_salvage_read (const char     *database,
                 DcSalvageFunc   func,
                 gpointer        user_data,
                 DcSalvage      *salvage,
                 GError        **error)
{
  g_auto (Job) job = { .func = func, .user_data = user_data };
  gboolean known;
  gint64 top;
  int code;

  *salvage = (DcSalvage) { 0 };
  if (!copy_all (&job, database, error) || !open_copy (&job, database, error))
    return FALSE;

  top = find_top (&job, &known);
  code = read_rows (&job, salvage);
  if (code != SQLITE_DONE)
    walk_numbers (&job, top, salvage);
  if (code != SQLITE_DONE && salvage->n_rows == 0)
    return fail (&job, database, error);

  /* Where no counter says how many there were, the highest that was read does. */
  if (!known)
    top = job.last;
  salvage->at_least = !known;
  if (top > salvage->n_rows)
    salvage->n_unreadable = (guint) (top - salvage->n_rows);

  return TRUE;
}
