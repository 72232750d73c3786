/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-schema.h"

#include "dc-crypto.h"
#include "dc-store-error.h"
#include "dc-store-resources.h"

#include <gio/gio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* https://sqlite.org/fileformat2.html, section 1.3, "The Database Header". */
#define HEADER_SIZE 100
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

/* What each version adds: the document of that number. */
static const char * const documents[DC_SCHEMA_VERSION] = {
  "/org/dailycup/store/0001-initial.sql",
  "/org/dailycup/store/0002-second-copy.sql",
  "/org/dailycup/store/0003-destinations.sql",
};

static gboolean
fill_initial (DcDatabase  *database,
              GError     **error)
{
  g_autoptr (DcQuery) insert = NULL;
  DcId id;

  dc_crypto_random (id.bytes, sizeof id.bytes);

  insert = dc_database_prepare (database, "INSERT INTO queue VALUES (1, :id)", error);
  if (insert == NULL)
    return FALSE;
  dc_query_bind_id (insert, ":id", &id);

  return dc_query_step (insert, NULL, error);
}

static void
set_not_ours (gint64   application,
              gint64   version,
              GError **error)
{
  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
               "not a queue of this program: application %" G_GINT64_MODIFIER "x, version "
               "%" G_GINT64_FORMAT ", expected %x, up to %d",
               application, version, DC_SCHEMA_APPLICATION_ID, DC_SCHEMA_VERSION);
}

static gint32
read_header (const guint8 *header,
             gsize         offset)
{
  guint32 value;

  memcpy (&value, header + offset, sizeof value);

  return (gint32) GUINT32_FROM_BE (value);
}

gboolean
dc_schema_peek (const char  *path,
                GError     **error)
{
  guint8 header[HEADER_SIZE];
  gint32 application;
  gint32 version;
  gssize size;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0) {
    dc_store_error_set_errno (error, errno, "open", path);
    return FALSE;
  }

  size = read (fd, header, sizeof header);
  close (fd);
  if (size != sizeof header)
    return TRUE;

  application = read_header (header, HEADER_APPLICATION_ID);
  version = read_header (header, HEADER_USER_VERSION);
  if ((application == 0 || application == DC_SCHEMA_APPLICATION_ID)
      && version >= 0 && version <= DC_SCHEMA_VERSION)
    return TRUE;

  set_not_ours (application, version, error);

  return FALSE;
}

gboolean
dc_schema_check (DcDatabase  *database,
                 GError     **error)
{
  gint64 application;
  gint64 version;
  gint64 objects;

  if (!dc_database_get_integer (database, "PRAGMA application_id", &application, error)
      || !dc_database_get_integer (database, "PRAGMA user_version", &version, error)
      || !dc_database_get_integer (database, "SELECT count (*) FROM sqlite_schema",
                                   &objects, error))
    return FALSE;

  if (application == 0 && version == 0 && objects == 0)
    return TRUE;
  if (application == DC_SCHEMA_APPLICATION_ID && version >= 1 && version <= DC_SCHEMA_VERSION)
    return TRUE;

  set_not_ours (application, version, error);

  return FALSE;
}

/* They are compiled into this program. @loaded keeps what the steps point to. */
static void
load_steps (DcMigrationStep  steps[static DC_SCHEMA_VERSION],
            GPtrArray       *loaded)
{
  for (guint i = 0; i < DC_SCHEMA_VERSION; i++) {
    GBytes *document = g_resource_lookup_data (dc_store_get_resource (), documents[i],
                                               G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    g_assert (document != NULL);

    /* The data of a resource is followed by a zero byte. */
    g_ptr_array_add (loaded, document);
    steps[i] = (DcMigrationStep) { g_bytes_get_data (document, NULL),
                                   i == 0 ? fill_initial : NULL };
  }
}

static gboolean
run_steps (DcDatabase  *database,
           guint        version,
           GError     **error)
{
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  DcMigrationStep steps[DC_SCHEMA_VERSION];

  load_steps (steps, loaded);

  return dc_migration_run (database, steps, version, error);
}

/* SQLite keeps the text of each statement that made something, and what
 * ALTER TABLE makes of it. */
static char *
read_tables (DcDatabase  *database,
             GError     **error)
{
  g_autoptr (GString) tables = g_string_new (NULL);
  g_autoptr (DcQuery) select = NULL;
  gboolean row = TRUE;

  select = dc_database_prepare (database,
                                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL "
                                "AND name <> 'sqlite_sequence' ORDER BY name", error);
  if (select == NULL)
    return NULL;

  while (row) {
    const char *sql;

    if (!dc_query_step (select, &row, error))
      return NULL;
    /* NULL for want of memory: the next step says so. */
    sql = row ? dc_query_get_text (select, 0) : NULL;
    g_string_append_printf (tables, "%s;\n", sql != NULL ? sql : "");
  }

  return g_string_free (g_steal_pointer (&tables), FALSE);
}

/* A file that says it is a queue and has not its tables is damaged, not a
 * reason to fail for ever. What they should be, the same steps tell, taken in
 * memory. */
gboolean
dc_schema_check_tables (DcDatabase  *database,
                        guint        version,
                        GError     **error)
{
  g_autoptr (DcDatabase) model = dc_database_open_in_memory (error);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  if (model == NULL || !run_steps (model, version, error))
    return FALSE;

  expected = read_tables (model, error);
  if (expected == NULL)
    return FALSE;
  found = read_tables (database, error);
  if (found == NULL)
    return FALSE;
  if (g_str_equal (expected, found))
    return TRUE;

  g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                       "the queue has not the tables it should");

  return FALSE;
}

static gboolean
read_queue (DcDatabase  *database,
            DcId        *queue,
            GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  const void *id = NULL;
  gsize size = 0;
  gboolean row;

  select = dc_database_prepare (database, "SELECT id FROM queue", error);
  if (select == NULL || !dc_query_step (select, &row, error))
    return FALSE;

  if (row)
    id = dc_query_get_blob (select, 0, &size);
  if (id == NULL || size != sizeof queue->bytes) {
    g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                         "the queue has no identity");
    return FALSE;
  }

  memcpy (queue->bytes, id, size);

  return TRUE;
}

gboolean
dc_schema_prepare (DcDatabase  *database,
                   DcId        *queue,
                   GError     **error)
{
  return run_steps (database, DC_SCHEMA_VERSION, error)
         && dc_schema_check_tables (database, DC_SCHEMA_VERSION, error)
         && read_queue (database, queue, error);
}
