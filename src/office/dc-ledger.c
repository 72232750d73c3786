/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dc-office-resources.h"

#define APPLICATION_ID 0x44436c64
#define VERSION        (gint64) G_N_ELEMENTS (documents)
#define WAIT_MS        5000

/* From one version to the next, beginning with none. */
static const char * const documents[] = {
  "/org/dailycup/office/0001-ledger.sql",
  "/org/dailycup/office/0002-tidying.sql",
  "/org/dailycup/office/0003-paper.sql",
};

G_DEFINE_QUARK (dc-ledger-error-quark, dc_ledger_error)

/* No message of SQLite's holds a bound value. */
static gboolean
fail (DcLedger  *self,
      GError   **error)
{
  int code = sqlite3_errcode (self->handle);
  gboolean damaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;

  g_set_error (error, DC_LEDGER_ERROR, damaged ? DC_LEDGER_ERROR_DAMAGED : DC_LEDGER_ERROR_FAILED,
               DC_LEDGER_FILE ": %s", sqlite3_errmsg (self->handle));

  return FALSE;
}

gboolean
dc_ledger_damaged (GError **error)
{
  g_set_error_literal (error, DC_LEDGER_ERROR, DC_LEDGER_ERROR_DAMAGED,
                       DC_LEDGER_FILE ": found a row that is not as it was written");

  return FALSE;
}

static void
bind (sqlite3_stmt *query,
      int           place,
      char          type,
      va_list      *values)
{
  GBytes *bytes;

  switch (type) {
  case 'i':
    sqlite3_bind_int64 (query, place, va_arg (*values, gint64));
    break;
  case 't':
    sqlite3_bind_text (query, place, va_arg (*values, const char *), -1, SQLITE_STATIC);
    break;
  case 'd':
    sqlite3_bind_blob (query, place, va_arg (*values, const void *), sizeof (DcId), SQLITE_STATIC);
    break;
  case 'h':
    sqlite3_bind_blob (query, place, va_arg (*values, const void *), 32, SQLITE_STATIC);
    break;
  case 's':
    sqlite3_bind_blob (query, place, va_arg (*values, const void *), 64, SQLITE_STATIC);
    break;
  case 'b':
    bytes = va_arg (*values, GBytes *);
    if (bytes != NULL)
      sqlite3_bind_blob (query, place, g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes),
                         SQLITE_STATIC);
    break;
  default:
    g_assert_not_reached ();
  }
}

sqlite3_stmt *
dc_ledger_query (DcLedger    *self,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  sqlite3_stmt *query = NULL;
  va_list values;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &query, NULL) != SQLITE_OK) {
    fail (self, error);
    return NULL;
  }
  va_start (values, types);
  for (int i = 0; types[i] != '\0'; i++)
    bind (query, i + 1, types[i], &values);
  va_end (values);

  return query;
}

gboolean
dc_ledger_step (DcLedger      *self,
                sqlite3_stmt  *query,
                GError       **error)
{
  int code = sqlite3_step (query);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    fail (self, error);

  return code == SQLITE_ROW;
}

gboolean
dc_ledger_run (DcLedger      *self,
               sqlite3_stmt  *query,
               GError       **error)
{
  g_autoptr (sqlite3_stmt) owned = query;

  if (query == NULL)
    return FALSE;

  return sqlite3_step (owned) == SQLITE_DONE || fail (self, error);
}

gboolean
dc_ledger_column (sqlite3_stmt *query,
                  int           column,
                  void         *target,
                  gsize         size)
{
  const void *data = sqlite3_column_blob (query, column);

  if (data == NULL || (gsize) sqlite3_column_bytes (query, column) != size)
    return FALSE;
  memcpy (target, data, size);

  return TRUE;
}

GBytes *
dc_ledger_column_bytes (sqlite3_stmt *query,
                        int           column)
{
  const void *data = sqlite3_column_blob (query, column);

  return data != NULL ? g_bytes_new (data, (gsize) sqlite3_column_bytes (query, column)) : NULL;
}

static gboolean
execute (DcLedger    *self,
         const char  *sql,
         GError     **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

static gboolean
get_integer (DcLedger    *self,
             const char  *sql,
             gint64      *value,
             GError     **error)
{
  g_autoptr (sqlite3_stmt) query = dc_ledger_query (self, error, sql, "");

  if (query == NULL || sqlite3_step (query) != SQLITE_ROW)
    return fail (self, error);
  *value = sqlite3_column_int64 (query, 0);

  return TRUE;
}

/* @version: the one that it makes. */
static gboolean
bring_to (DcLedger  *self,
          gint64     version,
          GError   **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);
  g_autoptr (GBytes) document = g_resource_lookup_data (dc_office_get_resource (), documents[version - 1],
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  /* The data of a resource is followed by a zero byte. */
  return document != NULL && execute (self, g_bytes_get_data (document, NULL), error)
         && execute (self, mark, error);
}

/* Inside a transaction, so that of two programs that begin at once one makes it. */
static gboolean
make_tables (DcLedger  *self,
             GError   **error)
{
  gint64 application, version, objects;

  if (!get_integer (self, "PRAGMA application_id", &application, error)
      || !get_integer (self, "PRAGMA user_version", &version, error)
      || !get_integer (self, "SELECT count (*) FROM sqlite_schema", &objects, error))
    return FALSE;
  if (!(application == APPLICATION_ID && version >= 1 && version <= VERSION)
      && !(application == 0 && version == 0 && objects == 0)) {
    g_set_error (error, DC_LEDGER_ERROR, DC_LEDGER_ERROR_NOT_OURS,
                 DC_LEDGER_FILE ": found application %" G_GINT64_MODIFIER "x, version %" G_GINT64_FORMAT
                 ", expected %x, at most %" G_GINT64_FORMAT, application, version, APPLICATION_ID, VERSION);
    return FALSE;
  }
  while (version < VERSION)
    if (!bring_to (self, ++version, error))
      return FALSE;

  return TRUE;
}

static void
on_enrolled (sqlite3_context  *context,
             int               n_values,
             sqlite3_value   **values)
{
  DcTablets *tablets = sqlite3_user_data (context);
  const guint8 *tablet = sqlite3_value_blob (values[0]);

  sqlite3_result_int (context, n_values == 1 && tablet != NULL && sqlite3_value_bytes (values[0]) == 32
                      && dc_tablets_has (tablets, tablet));
}

static gboolean
prepare (DcLedger  *self,
         GError   **error)
{
  sqlite3_busy_timeout (self->handle, WAIT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);

  if (sqlite3_create_function (self->handle, "enrolled", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                               self->tablets, on_enrolled, NULL, NULL) != SQLITE_OK)
    return fail (self, error);

  /* 64 MiB: with the 2 that SQLite has by itself, 800 records took 1,600 reads each. */
  return execute (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
                  "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY", error)
         && dc_ledger_begin (self, error)
         && make_tables (self, error)
         && dc_ledger_commit (self, error);
}

DcLedger *
dc_ledger_open (const char  *folder,
                GError     **error)
{
  g_autofree char *path = g_build_filename (folder, DC_LEDGER_FILE, NULL);
  g_autoptr (DcLedger) self = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW;

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, DC_LEDGER_ERROR, DC_LEDGER_ERROR_FAILED, "%s: %s", folder, g_strerror (errno));
    return NULL;
  }
  self = g_new0 (DcLedger, 1);
  self->tablets = dc_tablets_load (folder, error);
  if (self->tablets == NULL)
    return NULL;
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK) {
    fail (self, error);
    return NULL;
  }
  if (!prepare (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
dc_ledger_free (DcLedger *self)
{
  dc_ledger_undo (self);
  g_clear_pointer (&self->handle, sqlite3_close);
  g_clear_pointer (&self->tablets, dc_tablets_free);
  g_free (self);
}

DcTablets *
dc_ledger_get_tablets (DcLedger *self)
{
  return self->tablets;
}

gboolean
dc_ledger_begin (DcLedger  *self,
                 GError   **error)
{
  self->in_transaction = execute (self, "BEGIN IMMEDIATE", error);

  return self->in_transaction;
}

gboolean
dc_ledger_commit (DcLedger  *self,
                  GError   **error)
{
  if (!execute (self, "COMMIT", error))
    return FALSE;
  self->in_transaction = FALSE;

  return TRUE;
}

void
dc_ledger_undo (DcLedger *self)
{
  if (self->in_transaction)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  self->in_transaction = FALSE;
}

gboolean
dc_ledger_cut (DcLedger  *self,
               GError   **error)
{
  return sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK
         || fail (self, error);
}

gboolean
dc_ledger_shrink (DcLedger  *self,
                  GError   **error)
{
  return execute (self, "VACUUM", error) && dc_ledger_cut (self, error);
}
