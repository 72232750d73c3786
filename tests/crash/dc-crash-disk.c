/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crash-disk.h"

#include "dc-test.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

/* Not a name: a file keeps its bytes whatever it is called. */
typedef struct
{
  GByteArray *sure;
  GPtrArray  *open;   /* of DcTapeStep, not synced */
} File;

/* A change of names that is not sure. */
typedef struct
{
  const DcTapeStep *step;
  File             *file;        /* (owned) of an OPEN */
  char             *directory;   /* (owned) */
} Change;

struct _DcCrashDisk
{
  GHashTable *now;       /* path: File (owned) */
  GHashTable *sure;      /* path: File (owned) */
  GArray     *changes;   /* (owned) of Change */
};

static void
file_clear (gpointer data)
{
  File *self = data;

  g_clear_pointer (&self->sure, g_byte_array_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
}

static void
file_unref (gpointer data)
{
  g_rc_box_release_full (data, file_clear);
}

static void
change_clear (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->file, file_unref);
  g_clear_pointer (&self->directory, g_free);
}

static File *
file_new (void)
{
  File *self = g_rc_box_new0 (File);

  self->sure = g_byte_array_new ();
  self->open = g_ptr_array_new ();

  return self;
}

static GHashTable *
names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_unref);
}

DcCrashDisk *
dc_crash_disk_new (void)
{
  DcCrashDisk *self = g_new0 (DcCrashDisk, 1);

  self->now = names_new ();
  self->sure = names_new ();
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, change_clear);

  return self;
}

void
dc_crash_disk_free (DcCrashDisk *self)
{
  g_clear_pointer (&self->now, g_hash_table_unref);
  g_clear_pointer (&self->sure, g_hash_table_unref);
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self);
}

static void
load (DcCrashDisk *self,
      const char  *folder,
      const char  *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *key = prefix != NULL ? g_build_filename (prefix, name, NULL) : g_strdup (name);
    g_autofree char *data = NULL;
    gsize size;
    File *file;

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      load (self, path, key);
      continue;
    }
    g_assert_true (g_file_get_contents (path, &data, &size, NULL));
    file = file_new ();
    g_byte_array_append (file->sure, (const guint8 *) data, (guint) size);
    g_hash_table_insert (self->now, g_strdup (key), file);
    g_hash_table_insert (self->sure, g_strdup (key), g_rc_box_acquire (file));
  }
}

void
dc_crash_disk_load (DcCrashDisk *self,
                    const char  *folder)
{
  load (self, folder, NULL);
}

static void
resize (GByteArray *bytes,
        gsize       size)
{
  guint before = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

/* The part of @step from @from to @to, which are places in the file. */
static void
write_part (GByteArray       *bytes,
            const DcTapeStep *step,
            gsize             from,
            gsize             to)
{
  gsize start = (gsize) step->offset;

  from = MAX (from, start);
  to = MIN (to, start + step->size);
  if (bytes->len < to)
    resize (bytes, to);
  memcpy (bytes->data + from, step->data + (from - start), to - from);
}

static void
apply (GByteArray       *bytes,
       const DcTapeStep *step)
{
  if (step->kind == DC_TAPE_TRUNCATE)
    resize (bytes, (gsize) step->offset);
  else
    write_part (bytes, step, 0, G_MAXSIZE);
}

static void
tear (GByteArray       *bytes,
      const DcTapeStep *step,
      GRand            *rand)
{
  gsize start = (gsize) step->offset;
  gsize end = start + step->size;

  if (step->kind == DC_TAPE_TRUNCATE) {
    if (g_rand_boolean (rand))
      apply (bytes, step);
    return;
  }

  for (gsize sector = start / SECTOR * SECTOR; sector < end; sector += SECTOR) {
    if (g_rand_boolean (rand))
      write_part (bytes, step, sector, sector + SECTOR);
  }
  if (bytes->len < end && g_rand_int_range (rand, 0, 4) == 0)
    resize (bytes, end);
}

/* One change of names, done to @names. */
static void
rename_in (GHashTable   *names,
           const Change *change)
{
  const DcTapeStep *step = change->step;
  File *file;

  switch (step->kind) {
  case DC_TAPE_OPEN:
    g_hash_table_insert (names, g_strdup (step->path), g_rc_box_acquire (change->file));
    break;
  case DC_TAPE_UNLINK:
    g_hash_table_remove (names, step->path);
    break;
  default:
    file = g_hash_table_lookup (names, step->path);
    if (file != NULL)
      g_hash_table_insert (names, g_strdup (step->to), g_rc_box_acquire (file));
    g_hash_table_remove (names, step->path);
  }
}

static void
change_names (DcCrashDisk      *self,
              const DcTapeStep *step)
{
  const char *path = step->kind == DC_TAPE_RENAME ? step->to : step->path;
  Change change = { .step = step };

  if (step->kind == DC_TAPE_OPEN && g_hash_table_contains (self->now, step->path))
    return;

  change.directory = g_path_get_dirname (path);
  if (step->kind == DC_TAPE_OPEN)
    change.file = file_new ();
  rename_in (self->now, &change);
  g_array_append_val (self->changes, change);
}

static void
sync_names (DcCrashDisk *self,
            const char  *directory)
{
  const char *wanted = directory[0] == '\0' ? "." : directory;
  guint at = 0;

  while (at < self->changes->len) {
    Change *change = &g_array_index (self->changes, Change, at);

    if (strcmp (change->directory, wanted) != 0) {
      at++;
      continue;
    }
    rename_in (self->sure, change);
    g_array_remove_index (self->changes, at);
  }
}

static void
sync_file (File *file)
{
  for (guint i = 0; i < file->open->len; i++)
    apply (file->sure, g_ptr_array_index (file->open, i));
  g_ptr_array_set_size (file->open, 0);
}

void
dc_crash_disk_do (DcCrashDisk      *self,
                  const DcTapeStep *step)
{
  File *file = g_hash_table_lookup (self->now, step->path);

  switch (step->kind) {
  case DC_TAPE_OPEN:
  case DC_TAPE_UNLINK:
  case DC_TAPE_RENAME:
    change_names (self, step);
    break;
  case DC_TAPE_SYNC_DIRECTORY:
    sync_names (self, step->path);
    break;
  case DC_TAPE_SYNC:
    if (file != NULL)
      sync_file (file);
    break;
  case DC_TAPE_WRITE:
  case DC_TAPE_TRUNCATE:
    g_assert_nonnull (file);
    g_ptr_array_add (file->open, (gpointer) step);
    break;
  }
}

static GByteArray *
leave_file (File    *file,
            DcCrash  crash,
            GRand   *rand)
{
  GByteArray *bytes = g_byte_array_sized_new (file->sure->len + 8192);
  guint n = file->open->len;
  guint first = n > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) n + 1) : 0;
  gdouble share = g_rand_double (rand);

  g_byte_array_append (bytes, file->sure->data, file->sure->len);
  for (guint i = 0; i < n; i++) {
    const DcTapeStep *step = g_ptr_array_index (file->open, i);
    gboolean kept = crash == DC_CRASH_ALL
                    || (crash == DC_CRASH_FIRST && i < first)
                    || (crash == DC_CRASH_SOME && g_rand_double (rand) < share)
                    || (crash == DC_CRASH_TORN && g_rand_double (rand) < share * share);

    if (kept)
      apply (bytes, step);
    else if ((crash == DC_CRASH_FIRST && i == first)
             || (crash == DC_CRASH_TORN && g_rand_boolean (rand)))
      tear (bytes, step, rand);
  }

  return bytes;
}

static GHashTable *
leave_names (DcCrashDisk *self,
             DcCrash      crash,
             GRand       *rand)
{
  GHashTable *names = names_new ();
  guint n = self->changes->len;
  GHashTableIter iter;
  gpointer name;
  gpointer file;

  g_hash_table_iter_init (&iter, self->sure);
  while (g_hash_table_iter_next (&iter, &name, &file))
    g_hash_table_insert (names, g_strdup (name), g_rc_box_acquire (file));

  if (crash == DC_CRASH_NOTHING)
    n = 0;
  else if (crash != DC_CRASH_ALL && n > 0)
    n = (guint) g_rand_int_range (rand, 0, (gint32) n + 1);
  for (guint i = 0; i < n; i++)
    rename_in (names, &g_array_index (self->changes, Change, i));

  return names;
}

static void
write_file (const char       *path,
            const GByteArray *bytes)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, bytes->len);
  close (fd);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

void
dc_crash_disk_leave (DcCrashDisk *self,
                     DcCrash      crash,
                     GRand       *rand,
                     const char  *folder)
{
  g_autoptr (GHashTable) names = leave_names (self, crash, rand);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (names), compare_names);

  dc_test_dir_remove (g_strdup (folder));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (GList *at = keys; at != NULL; at = at->next) {
    g_autoptr (GByteArray) bytes = leave_file (g_hash_table_lookup (names, at->data), crash, rand);
    g_autofree char *path = g_build_filename (folder, at->data, NULL);
    g_autofree char *directory = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
    write_file (path, bytes);
  }
}
