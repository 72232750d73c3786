/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-journal.h"

#include "dc-store-test.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

#define HEADER_SIZE 32
#define FRAME_SIZE (24 + 1024)

/* The journal of a queue with five pledges in it, as it is on the disk. */
static GByteArray *
read_journal (DcStoreTest *self)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db-wal");
  g_autofree char *data = NULL;
  GByteArray *bytes = g_byte_array_new ();
  gsize size;

  for (guint n = 0; n < 5; n++)
    dc_store_test_must_save (self, n);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_byte_array_append (bytes, (const guint8 *) data, (guint) size);

  return bytes;
}

static gboolean
is_commit (const GByteArray *bytes,
           gsize             frame)
{
  static const guint8 none[4];

  return memcmp (bytes->data + HEADER_SIZE + frame * FRAME_SIZE + 4, none, sizeof none) != 0;
}

/* From the frame on, itself too. */
static guint
count_commits (const GByteArray *bytes,
               gsize             frame)
{
  guint commits = 0;

  for (; HEADER_SIZE + (frame + 1) * FRAME_SIZE <= bytes->len; frame++)
    commits += is_commit (bytes, frame);

  return commits;
}

static void
test_whole (DcStoreTest   *self,
            gconstpointer  unused)
{
  g_autoptr (GByteArray) bytes = read_journal (self);

  g_assert_cmpuint (count_commits (bytes, 0), >=, 5);
  for (gsize size = 0; size <= bytes->len; size++)
    g_assert_false (dc_journal_has_lost (bytes->data, size));
}

/* One bit anywhere in a frame: a loss is seen wherever two commits are behind
 * it, and the last commit may have been torn. */
static void
test_changed (DcStoreTest   *self,
              gconstpointer  unused)
{
  g_autoptr (GByteArray) bytes = read_journal (self);
  guint seen = 0;

  for (gsize at = HEADER_SIZE; at < bytes->len; at += 61) {
    gsize frame = (at - HEADER_SIZE) / FRAME_SIZE;
    guint behind = count_commits (bytes, frame + 1);
    gboolean lost;

    bytes->data[at] ^= 0x10;
    lost = dc_journal_has_lost (bytes->data, bytes->len);
    bytes->data[at] ^= 0x10;
    if (behind >= 2)
      g_assert_true (lost);
    if (behind == 0)
      g_assert_false (lost);
    seen += lost;
  }

  g_assert_cmpuint (seen, >, 10);
}

static guint32
get_word (const guint8 *at,
          gboolean      big_endian)
{
  guint32 word;

  memcpy (&word, at, sizeof word);

  return big_endian ? GUINT32_FROM_BE (word) : GUINT32_FROM_LE (word);
}

static void
set_word (GByteArray *bytes,
          gsize       at,
          guint32     word)
{
  word = GUINT32_TO_BE (word);
  memcpy (bytes->data + at, &word, sizeof word);
}

static void
add (GByteArray *bytes,
     gsize       at,
     gsize       size,
     gboolean    big_endian,
     guint32     sum[static 2])
{
  for (gsize end = at + size; at < end; at += 8) {
    sum[0] += get_word (bytes->data + at, big_endian) + sum[1];
    sum[1] += get_word (bytes->data + at + 4, big_endian) + sum[0];
  }
}

/* All sums anew, as a machine of that order of bytes would write them. */
static void
sum_up (GByteArray *bytes,
        gboolean    big_endian)
{
  guint32 sum[2] = { 0, 0 };

  set_word (bytes, 0, 0x377f0682u | (big_endian ? 1 : 0));
  add (bytes, 0, 24, big_endian, sum);
  set_word (bytes, 24, sum[0]);
  set_word (bytes, 28, sum[1]);
  for (gsize at = HEADER_SIZE; at + FRAME_SIZE <= bytes->len; at += FRAME_SIZE) {
    add (bytes, at, 8, big_endian, sum);
    add (bytes, at + 24, 1024, big_endian, sum);
    set_word (bytes, at + 16, sum[0]);
    set_word (bytes, at + 20, sum[1]);
  }
}

/* SQLite itself finds the five pledges in it. */
static void
assert_sqlite_reads (DcStoreTest *self,
                     GByteArray  *bytes)
{
  g_autofree char *state = dc_test_dir_new ();
  g_autofree char *from = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *to = g_build_filename (state, "queue.db", NULL);
  g_autofree char *journal = g_build_filename (state, "queue.db-wal", NULL);
  g_autofree char *database = NULL;
  g_autofree char *found = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &database, &size, NULL));
  g_assert_true (g_file_set_contents (to, database, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (journal, (char *) bytes->data, bytes->len, NULL));
  found = dc_store_test_query (to, "SELECT count (*) FROM record");
  g_assert_cmpstr (found, ==, "5");
  dc_test_dir_remove (g_steal_pointer (&state));
}

static void
test_either_order (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (GByteArray) bytes = read_journal (self);

  for (gboolean big_endian = FALSE; big_endian <= TRUE; big_endian++) {
    sum_up (bytes, big_endian);
    assert_sqlite_reads (self, bytes);
    g_assert_false (dc_journal_has_lost (bytes->data, bytes->len));
    bytes->data[HEADER_SIZE + 100] ^= 1;
    g_assert_true (dc_journal_has_lost (bytes->data, bytes->len));
    bytes->data[HEADER_SIZE + 100] ^= 1;
  }
}

/* A frame of no page ends the log, however well it adds up. */
static void
test_no_page (DcStoreTest   *self,
              gconstpointer  unused)
{
  g_autoptr (GByteArray) bytes = read_journal (self);

  set_word (bytes, HEADER_SIZE, 0);
  sum_up (bytes, FALSE);
  g_assert_true (dc_journal_has_lost (bytes->data, bytes->len));
}

/* What SQLite takes for no log at all it begins anew, and nothing is lost that
 * was there. */
static void
test_no_header (DcStoreTest   *self,
                gconstpointer  unused)
{
  static const struct { gsize at; guint32 word; } changes[] = {
    { 0, 0x377f0684 }, { 8, 256 }, { 8, 0 }, { 8, 1000 }, { 8, 131072 }, { 24, 1 }, { 28, 1 },
  };
  g_autoptr (GByteArray) good = read_journal (self);

  good->data[HEADER_SIZE + 100] ^= 1;
  g_assert_true (dc_journal_has_lost (good->data, good->len));
  for (gsize size = 0; size < HEADER_SIZE; size++)
    g_assert_false (dc_journal_has_lost (good->data, size));

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    g_byte_array_append (bytes, good->data, good->len);
    set_word (bytes, changes[i].at, changes[i].word);
    g_assert_false (dc_journal_has_lost (bytes->data, bytes->len));
    if (changes[i].at == 8) {   /* and so with a sum that is right */
      sum_up (bytes, FALSE);
      g_assert_false (dc_journal_has_lost (bytes->data, bytes->len));
    }
  }
}

static void
test_any_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint8 data[4096];

  for (guint round = 0; round < 1000; round++) {
    for (gsize i = 0; i < sizeof data; i++)
      data[i] = (guint8) g_rand_int (rand);
    memcpy (data, "\x37\x7f\x06\x82", 4);
    g_assert_false (dc_journal_has_lost (data, sizeof data));
  }
}

/* SQLite would have opened it, and the pledges would be gone. */
static void
test_set_aside (DcStoreTest   *self,
                gconstpointer  unused)
{
  g_autoptr (GByteArray) bytes = read_journal (self);
  g_autofree char *state = dc_test_dir_new ();
  g_autofree char *folder = g_build_filename (state, "queue", NULL);
  g_autofree char *from = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *to = g_build_filename (folder, "queue.db", NULL);
  g_autofree char *journal = g_build_filename (folder, "queue.db-wal", NULL);
  g_autofree char *database = NULL;
  g_autofree char *set_aside = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcQueue) queue = dc_store_test_queue_new (state);
  gsize size;

  bytes->data[HEADER_SIZE + 200] ^= 1;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (from, &database, &size, NULL));
  g_assert_true (g_file_set_contents (to, database, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (journal, (char *) bytes->data, bytes->len, NULL));

  dc_store_test_open (queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_nonnull (set_aside);
  g_assert_true (dc_store_test_on_disk (set_aside, bytes->data, bytes->len));
  g_assert_true (dc_store_test_close (queue, NULL));
  dc_test_dir_remove (g_steal_pointer (&state));
}

static void
test_files (void)
{
  g_autofree char *directory = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (directory, "log", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_journal_check (path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (symlink (directory, path), ==, 0);
  g_assert_false (dc_journal_check (path, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (dc_journal_check (directory, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (dc_journal_check ("/dev/zero", &error));   /* it has no end */
  g_assert_no_error (error);
  dc_test_dir_remove (g_steal_pointer (&directory));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/journal/a-torn-end-is-no-loss", test_whole);
  dc_store_test_add ("/journal/a-changed-bit-with-commits-behind-it-is", test_changed);
  dc_store_test_add ("/journal/adds-up-in-either-order-of-bytes", test_either_order);
  dc_store_test_add ("/journal/ends-at-a-frame-of-no-page", test_no_page);
  dc_store_test_add ("/journal/without-its-header-is-no-journal", test_no_header);
  g_test_add_func ("/journal/any-bytes-are-taken", test_any_bytes);
  dc_store_test_add ("/journal/a-queue-that-lost-commits-is-set-aside", test_set_aside);
  g_test_add_func ("/journal/a-file-that-cannot-be-read-is-an-error", test_files);

  return g_test_run ();
}
