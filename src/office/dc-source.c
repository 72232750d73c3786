/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-source.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dc-bundle.h"
#include "dc-input.h"
#include "dc-salvage.h"
#include "dc-statement.h"

#define MAX_DEPTH 16
#define DATABASE  "queue.db"
#define OLD_COPY  "queue-v"

typedef struct
{
  DcSource   *source;
  char       *name;   /* as it may be printed */
} Place;

static void
fail (DcSource     *self,
      const GError *error)
{
  self->n_failed++;
  g_printerr ("%s\n", error->message);
}

/* A tablet's name for a journal, "TABLET8-QUEUE32.jsonl", or for a drill's
 * file. What was renamed is read as a bundle, and loses a complaint about its
 * trailer but no record. */
static DcBundleForm
form_of (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *digits = "0123456789abcdef";
  gboolean journal = strspn (name, digits) == 8 && name[8] == '-'
                     && strspn (name + 9, digits) == 32 && g_str_equal (name + 41, ".jsonl");

  return journal || g_str_has_prefix (name, "daily-cup-drill-") ? DC_BUNDLE_FORM_JOURNAL
                                                                : DC_BUNDLE_FORM_BUNDLE;
}

static void
take_item (DcSource           *self,
           const char         *name,
           const DcBundleItem *item,
           gboolean           *altered)
{
  g_autofree char *where = g_strdup_printf ("%s:%u", name, item->line);

  if (item->found == DC_BUNDLE_RECORD) {
    self->record (item->record, where, self->data);
  } else if (item->found == DC_BUNDLE_LOST) {
    self->lost (where, item->has_id ? &item->id : NULL, item->error, self->data);
  } else {
    *altered = TRUE;
    g_printerr ("%s: %s\n", where, item->error->message);
  }
}

static gboolean
add_bytes (DcSource     *self,
           const char   *name,
           GBytes       *file,
           DcBundleForm  form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (file, form, &error);
  g_auto (DcBundleItem) item = { 0 };
  gboolean altered = FALSE;

  if (reader == NULL) {
    fail (self, error);
    return FALSE;
  }

  self->n_files++;
  while (dc_bundle_reader_next (reader, &item)) {
    take_item (self, name, &item, &altered);
    dc_bundle_item_clear (&item);
  }
  self->n_altered += altered;

  return TRUE;
}

static void
end (DcSource     *self,
     DcSourceKind  kind,
     const char   *path,
     gboolean      whole)
{
  if (self->ended != NULL)
    self->ended (kind, path, whole, self->data);
}

static void
add_file (DcSource   *self,
          const char *path)
{
  g_autofree char *name = dc_input_name (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = dc_input_read (path, DC_BUNDLE_MAX_FILE, &error);
  gboolean whole = FALSE;

  if (file != NULL)
    whole = add_bytes (self, name, file, form_of (path));
  else
    fail (self, error);
  end (self, DC_SOURCE_FILE, path, whole);
}

/* "statement-…": of a tablet, at a destination of files (record/EXCHANGE.md). */
static gboolean
is_statement (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_str_has_prefix (name, "statement-") && strstr (name, ".json") != NULL;
}

static void
add_statement (DcSource   *self,
               const char *path)
{
  g_autofree char *name = dc_input_name (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) line = dc_input_read (path, DC_STATEMENT_MAX_LINE, &error);

  if (line != NULL)
    self->statement (line, name, self->data);
  else
    fail (self, error);
}

static void
on_salvaged (gint64    seq,
             GBytes   *envelope,
             GBytes   *signature,
             GBytes   *sealed,
             gpointer  user_data)
{
  Place *place = user_data;
  g_autofree char *where = g_strdup_printf ("%s:%" G_GINT64_FORMAT, place->name, seq);
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  if (envelope == NULL || sealed == NULL || signature == NULL
      || g_bytes_get_size (signature) != 64)
    g_set_error (&error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
                 "row: expected an envelope, a signature and a sealed part");
  else
    record = dc_record_new (envelope, g_bytes_get_data (signature, NULL), sealed, &error);

  if (record != NULL)
    place->source->record (record, where, place->source->data);
  else
    place->source->lost (where, NULL, error, place->source->data);
}

static gboolean
add_database (DcSource   *self,
              const char *path)
{
  g_autofree char *name = dc_input_name (path);
  Place place = { self, name };
  g_autoptr (GError) error = NULL;
  DcSalvage salvage;

  if (!dc_salvage_read (path, on_salvaged, &place, &salvage, &error)) {
    fail (self, error);
    end (self, DC_SOURCE_DATABASE, path, FALSE);
    return FALSE;
  }
  self->n_files++;
  self->n_unreadable += salvage.n_unreadable;
  self->n_failed += salvage.at_least;
  if (salvage.n_unreadable > 0 || salvage.at_least)
    g_printerr ("%s: %u rows were read, %s%u could not be\n", name, salvage.n_rows,
                salvage.at_least ? "at least " : "", salvage.n_unreadable);
  end (self, DC_SOURCE_DATABASE, path, salvage.n_unreadable == 0 && !salvage.at_least);

  return TRUE;
}

/* The version in "queue-v1.db", and in what SQLite keeps beside it; else 0. */
static guint
old_version_of (const char *name)
{
  guint64 version = 0;
  char *end = NULL;

  if (g_str_has_prefix (name, OLD_COPY) && g_ascii_isdigit (name[strlen (OLD_COPY)]))
    version = g_ascii_strtoull (name + strlen (OLD_COPY), &end, 10);

  return version <= G_MAXINT && end != NULL && g_str_has_prefix (end, ".db") ? (guint) version : 0;
}

/* The name of the latest copy before @version; NULL where there is none. */
static const char *
find_old_copy (GPtrArray *names,
               guint      version)
{
  const char *found = NULL;

  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    guint old = old_version_of (name);

    if (old > 0 && old < version && g_str_has_suffix (name, ".db")
        && (found == NULL || old > old_version_of (found)))
      found = name;
  }

  return found;
}

/* A tablet copies a queue before it brings it to a later version, and removes
 * the copy before the queue is used. So the copy adds nothing to a queue that
 * opens, and has all of one that came out of it broken. */
static void
add_old_copy (DcSource   *self,
              const char *folder,
              GPtrArray  *names)
{
  const char *name = NULL;
  guint version = G_MAXUINT;

  while ((name = find_old_copy (names, version)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *printed = dc_input_name (path);

    version = old_version_of (name);
    if (!add_database (self, path))
      continue;
    g_printerr ("%s: read in place of %s: the copy from before it was brought to a later version\n",
                printed, DATABASE);
    return;
  }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* In one order, whatever the disk's, so that a run can be repeated. */
static GPtrArray *
list_folder (const char  *path,
             GError     **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  GPtrArray *names;
  const char *name;

  if (dir == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

static void add_folder (DcSource *self,
                        const char *path,
                        guint       depth);

/* TRUE: a queue, which opens. */
static gboolean
add_entry (DcSource   *self,
           const char *path,
           guint       depth)
{
  GStatBuf info = { 0 };

  g_lstat (path, &info);
  if (S_ISDIR (info.st_mode))
    add_folder (self, path, depth + 1);
  else if (g_str_has_suffix (path, G_DIR_SEPARATOR_S DATABASE))
    return add_database (self, path);
  else if (g_str_has_suffix (path, ".jsonl") && S_ISREG (info.st_mode))
    add_file (self, path);
  else if (self->statement != NULL && is_statement (path) && S_ISREG (info.st_mode))
    add_statement (self, path);
  else if (!g_str_has_suffix (path, DATABASE "-wal") && !g_str_has_suffix (path, DATABASE "-shm")
           && !g_str_has_suffix (path, DATABASE "-journal"))
    self->n_passed_over++;

  return FALSE;
}

static void
add_folder (DcSource   *self,
            const char *path,
            guint       depth)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gboolean opens = FALSE;
  guint n_old = 0;

  if (depth > MAX_DEPTH)
    g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: folders too deep", path);
  else
    names = list_folder (path, &error);
  if (names == NULL) {
    fail (self, error);
    return;
  }
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *entry = g_build_filename (path, name, NULL);

    if (old_version_of (name) == 0)
      opens |= add_entry (self, entry, depth);
    else if (g_str_has_suffix (name, ".db"))
      n_old++;
  }
  if (opens)
    self->n_passed_over += n_old;
  else
    add_old_copy (self, path, names);
}

void
dc_source_add_path (DcSource   *self,
                    const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    add_folder (self, path, 0);
  else if (g_str_has_suffix (path, ".db"))
    add_database (self, path);
  else
    add_file (self, path);
}

static gboolean
on_bundle (const char *place,
           GBytes     *content,
           gpointer    data)
{
  DcSource *self = data;
  g_autofree char *name = dc_input_name (place);

  end (self, DC_SOURCE_PLACE, place, add_bytes (self, name, content, DC_BUNDLE_FORM_BUNDLE));

  return TRUE;
}

static gboolean
on_statement (const char *place,
              GBytes     *content,
              gpointer    data)
{
  DcSource *self = data;
  g_autofree char *name = dc_input_name (place);

  self->statement (content, name, self->data);

  return TRUE;
}

gboolean
dc_source_add_destination (DcSource       *self,
                           DcDestination  *destination,
                           DcTransfer     *transfer,
                           GError        **error)
{
  if (!dc_destination_read_bundles (destination, transfer, on_bundle, self, error))
    return FALSE;

  return self->statement == NULL
         || dc_destination_read_notes (destination, DC_NOTE_STATEMENT, NULL, transfer, on_statement,
                                       self, error);
}
