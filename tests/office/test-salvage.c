/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-salvage.h"

#include <string.h>
#include <unistd.h>

#include "dc-record.h"
#include "dc-store-test.h"

/* Databases that the tablet's own store made. */

#define N_RECORDS 40
#define PAGE      4096

typedef struct
{
  gint64 last;
  guint  n_whole;
} Seen;

static void
on_row (gint64    seq,
        GBytes   *envelope,
        GBytes   *signature,
        GBytes   *sealed,
        gpointer  user_data)
{
  Seen *seen = user_data;
  g_autoptr (DcRecord) record = NULL;

  g_assert_cmpint (seq, >, seen->last);
  seen->last = seq;
  if (envelope == NULL || sealed == NULL || signature == NULL || g_bytes_get_size (signature) != 64)
    return;
  record = dc_record_new (envelope, g_bytes_get_data (signature, NULL), sealed, NULL);
  if (record == NULL)
    return;
  g_assert_cmpint (record->envelope.seq, ==, seq);
  seen->n_whole++;
}

static char *
database_of (DcStoreTest *self)
{
  return dc_store_test_path (self, "queue/queue.db");
}

static void
fill (DcStoreTest *self)
{
  for (guint n = 0; n < N_RECORDS; n++)
    dc_store_test_must_save (self, n);
}

static void
test_open_queue (DcStoreTest   *self,
                 gconstpointer  unused)
{
  g_autofree char *path = database_of (self);
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  DcSalvage salvage;

  fill (self);
  g_assert_true (dc_salvage_read (path, on_row, &seen, &salvage, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (salvage.n_rows, ==, N_RECORDS);
  g_assert_cmpuint (salvage.n_unreadable + salvage.n_gone, ==, 0);
  g_assert_false (salvage.at_least);
  g_assert_cmpuint (seen.n_whole, ==, N_RECORDS);
  /* It was in use meanwhile, and is none the worse. */
  dc_store_test_must_save (self, N_RECORDS);
}

static void
test_gone (DcStoreTest   *self,
           gconstpointer  unused)
{
  g_autofree char *path = database_of (self);
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (3);
  Seen seen = { 0 };
  DcSalvage salvage;

  fill (self);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_true (dc_salvage_read (path, on_row, &seen, &salvage, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (salvage.n_rows, ==, N_RECORDS);
  g_assert_cmpuint (salvage.n_gone, ==, 1);
  g_assert_cmpuint (seen.n_whole, ==, N_RECORDS - 1);
}

/* @data with one page gone: what is read is whole, and with what is told to be
 * lost it makes all there were. Returns how many were read. */
static guint
read_without (const char *path,
              const char *data,
              gsize       size,
              gsize       page)
{
  g_autofree char *damaged = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  DcSalvage salvage;

  memset (damaged + page * PAGE, 0xa5, PAGE);
  g_assert_true (g_file_set_contents (path, damaged, (gssize) size, NULL));
  if (!dc_salvage_read (path, on_row, &seen, &salvage, &error)) {
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    return 0;
  }
  if (!salvage.at_least)
    g_assert_cmpuint (salvage.n_rows + salvage.n_unreadable, ==, N_RECORDS);
  g_assert_cmpuint (seen.n_whole, <=, N_RECORDS);

  return seen.n_whole;
}

static void
test_pages (DcStoreTest   *self,
            gconstpointer  unused)
{
  g_autofree char *path = database_of (self);
  g_autofree char *data = NULL;
  guint n_hurt = 0;
  guint n_none = 0;
  gsize size;

  fill (self);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize page = 0; page < size / PAGE; page++) {
    guint n_read = read_without (path, data, size, page);

    n_none += n_read == 0;
    n_hurt += n_read > 0 && n_read < N_RECORDS;
  }
  /* The header, the two pages of the schema, the root of the table: without
   * those there is nothing to find the rows by. */
  g_test_message ("of %u pages %u cost some rows and %u all", (guint) (size / PAGE), n_hurt, n_none);
  g_assert_cmpuint (n_hurt, >, 0);
  g_assert_cmpuint (n_none, ==, 4);
}

static void
test_untouched (DcStoreTest   *self,
                gconstpointer  unused)
{
  g_autofree char *path = database_of (self);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before;
  gsize size_after;
  Seen seen = { 0 };
  DcSalvage salvage;

  fill (self);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_true (g_file_get_contents (path, &before, &size_before, NULL));
  g_assert_true (dc_salvage_read (path, on_row, &seen, &salvage, NULL));
  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_nothing (DcStoreTest   *self,
              gconstpointer  unused)
{
  g_autofree char *none = dc_store_test_path (self, "none.db");
  g_autofree char *link = dc_store_test_path (self, "link.db");
  g_autofree char *empty = dc_store_test_path (self, "empty.db");
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  DcSalvage salvage;

  g_assert_false (dc_salvage_read (none, on_row, &seen, &salvage, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_false (dc_salvage_read (link, on_row, &seen, &salvage, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_false (dc_salvage_read (empty, on_row, &seen, &salvage, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/office/salvage/reads-a-queue-with-its-log", test_open_queue);
  dc_store_test_add ("/office/salvage/counts-rows-without-bytes", test_gone);
  dc_store_test_add ("/office/salvage/reads-around-each-damaged-page", test_pages);
  dc_store_test_add ("/office/salvage/changes-nothing", test_untouched);
  dc_store_test_add ("/office/salvage/refuses-what-is-no-database", test_nothing);

  return g_test_run ();
}
