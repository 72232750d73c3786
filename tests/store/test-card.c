/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One card, a real file system, and what may lie on it. */

#include "dc-store-test.h"

#include "dc-card-journal.h"
#include "dc-card.h"
#include "dc-small-disk.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  DcStoreTest  store;      /* four pledges, of which the records are */
  DcSmallDisk  card;
  GPtrArray   *records;
  const DcId  *queue;
  char        *folder;     /* on the card */
  char        *mark;
  char        *journal;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  static const guint8 tablet[32] = { 0x01, 0xab, 0x00, 0xff, 0x77 };

  dc_small_disk_init (&self->card, "1M");
  dc_store_test_set_up (&self->store, NULL);
  for (guint n = 0; n < 4; n++)
    dc_store_test_must_save (&self->store, n);
  self->records = dc_store_test_must_offer (&self->store);
  self->queue = dc_queue_get_id (self->store.queue);
  self->folder = g_build_filename (self->card.path, DC_CARD_FOLDER, NULL);
  self->mark = g_build_filename (self->folder, "card.ini", NULL);
  self->journal = dc_card_journal_get_path (self->card.path, tablet, self->queue);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->mark, g_free);
  g_clear_pointer (&self->journal, g_free);
  dc_store_test_tear_down (&self->store, NULL);
  dc_small_disk_clear (&self->card);
}

static void
must_mark (Fixture *self,
           DcId    *card)
{
  g_autoptr (GError) error = NULL;

  dc_card_mark (self->card.path, self->store.directory, card, &error);
  g_assert_no_error (error);
}

static void
write_file (const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
assert_is_not (Fixture      *self,
               const DcId   *card,
               DcStoreError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_card_check (self->card.path, self->store.directory, card, &error));
  g_assert_error (error, DC_STORE_ERROR, (gint) code);
}

static void
test_keeps_its_mark (Fixture       *self,
                     gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  struct stat status;
  DcId first;
  DcId again;
  DcId other;

  if (!self->card.mounted)
    return;

  must_mark (self, &first);
  must_mark (self, &again);
  g_assert_true (dc_id_equal (&first, &again));
  g_assert_cmpint (stat (self->folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0700);
  dc_card_check (self->card.path, self->store.directory, &first, &error);
  g_assert_no_error (error);

  other = first;
  other.bytes[15] ^= 1;
  assert_is_not (self, &other, DC_STORE_ERROR_NO_CARD);

  /* One that lost it is another card from then on. */
  g_assert_cmpint (g_unlink (self->mark), ==, 0);
  assert_is_not (self, &first, DC_STORE_ERROR_NO_CARD);
  must_mark (self, &again);
  g_assert_false (dc_id_equal (&first, &again));
}

/* The id of one card is another's only where all of the mark is. */
static void
test_damaged_mark (Fixture       *self,
                   gconstpointer  unused)
{
  static const char good[] = "[Card]\nId=000102030405060708090a0b0c0d0e0f\n";
  static const char * const texts[] = {
    "", "[Card]", "[Card]\n", "[Card]\nId=\n", "[Card]\nId=000102030405060708090a0b0c0d0e\n",
    "[Card]\nId=000102030405060708090a0b0c0d0e0g\n", "Id=000102030405060708090a0b0c0d0e0f\n",
    "[Other]\nId=000102030405060708090a0b0c0d0e0f\n", "\xff\xfe", NULL,
  };
  g_autofree char *longer = NULL;
  DcId card;
  DcId read;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  for (gsize i = 0; i < sizeof card.bytes; i++)
    card.bytes[i] = (guint8) i;
  for (const char * const *text = texts; *text != NULL; text++) {
    write_file (self->mark, *text);
    assert_is_not (self, &card, DC_STORE_ERROR_NO_CARD);
    must_mark (self, &read);
    g_assert_true (dc_card_check (self->card.path, self->store.directory, &read, NULL));
  }

  write_file (self->mark, good);
  g_assert_true (dc_card_check (self->card.path, self->store.directory, &card, NULL));
  longer = g_strdup_printf ("%s#%*s", good, (int) (1023 - strlen (good) - 1), "");
  write_file (self->mark, longer);
  g_assert_true (dc_card_check (self->card.path, self->store.directory, &card, NULL));
  g_clear_pointer (&longer, g_free);
  longer = g_strdup_printf ("%s#%*s", good, (int) (1024 - strlen (good) - 1), "");
  write_file (self->mark, longer);
  assert_is_not (self, &card, DC_STORE_ERROR_NO_CARD);
}

static void
test_where_it_is (Fixture       *self,
                  gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (self->card.path, "nowhere", NULL);
  g_autoptr (GError) error = NULL;
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  g_assert_false (dc_card_check (nowhere, self->store.directory, &card, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD);
  g_clear_error (&error);
  /* A folder of the card, though it holds a mark: nothing is mounted there. */
  g_assert_false (dc_card_check (self->folder, self->store.directory, &card, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD);
  g_clear_error (&error);
  /* The queue would lie on it too. */
  g_assert_false (dc_card_check (self->card.path, self->folder, &card, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD);
  g_clear_error (&error);
  /* Of the tablet, not of the card. */
  g_assert_false (dc_card_check (self->card.path, nowhere, &card, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
}

static void
set_read_only (Fixture  *self,
               gboolean  read_only)
{
  g_assert_cmpint (mount (NULL, self->card.path, NULL,
                          MS_REMOUNT | (read_only ? MS_RDONLY : 0), NULL), ==, 0);
}

static void
test_read_only_or_full (Fixture       *self,
                        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcId card;

  if (!self->card.mounted)
    return;

  for (guint round = 0; round < 2; round++) {   /* without the folder and with it */
    set_read_only (self, TRUE);
    g_assert_false (dc_card_mark (self->card.path, self->store.directory, &card, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_READ_ONLY);
    g_clear_error (&error);
    set_read_only (self, FALSE);
    g_assert_cmpint (g_mkdir_with_parents (self->folder, 0700), ==, 0);
  }

  dc_small_disk_fill_but (&self->card, 0);
  g_assert_false (dc_card_mark (self->card.path, self->store.directory, &card, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_false (g_file_test (self->mark, G_FILE_TEST_EXISTS));
  dc_small_disk_make_room (&self->card);
  must_mark (self, &card);
}

static void
test_numbers (void)
{
  static const struct { int number; DcStoreError code; } numbers[] = {
    { ENOSPC, DC_STORE_ERROR_FULL }, { EDQUOT, DC_STORE_ERROR_FULL },
    { EROFS, DC_STORE_ERROR_READ_ONLY }, { EACCES, DC_STORE_ERROR_READ_ONLY },
    { EPERM, DC_STORE_ERROR_READ_ONLY },
    { ENOENT, DC_STORE_ERROR_NO_CARD }, { ENOTDIR, DC_STORE_ERROR_NO_CARD },
    { ENODEV, DC_STORE_ERROR_NO_CARD }, { ENXIO, DC_STORE_ERROR_NO_CARD },
    { EIO, DC_STORE_ERROR_IO }, { ELOOP, DC_STORE_ERROR_IO }, { EINVAL, DC_STORE_ERROR_IO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (GError) error = NULL;

    dc_card_set_errno (&error, numbers[i].number, "read", "/media/card/file");
    g_assert_error (error, DC_STORE_ERROR, (gint) numbers[i].code);
    g_assert_nonnull (strstr (error->message, "read /media/card/file"));
    g_assert_nonnull (strstr (error->message, g_strerror (numbers[i].number)));
  }
}

static char *
get_line (Fixture *self,
          guint    n)
{
  g_autoptr (GBytes) line = dc_record_to_line (self->records->pdata[n]);
  gsize size;
  const char *data = g_bytes_get_data (line, &size);

  return g_strndup (data, size);
}

static GHashTable *
must_read (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GHashTable *ids = dc_card_journal_read (self->journal, self->queue, &error);

  g_assert_no_error (error);

  return ids;
}

/* @expected: the pledges whose records stand in it, ended by -1. */
static void
assert_reads (Fixture   *self,
              const int  expected[])
{
  g_autoptr (GHashTable) ids = must_read (self);
  guint n = 0;

  for (; expected[n] >= 0; n++) {
    DcId id = dc_store_test_id ((guint) expected[n]);

    g_assert_true (g_hash_table_contains (ids, &id));
  }

  g_assert_cmpuint (g_hash_table_size (ids), ==, n);
}

static void
test_path (Fixture       *self,
           gconstpointer  unused)
{
  g_autofree char *expected = NULL;
  char id[DC_ID_TEXT_SIZE];

  dc_id_to_text (self->queue, id);
  expected = g_strdup_printf ("%s/daily-cup/01ab00ff-%s.jsonl", self->card.path, id);
  g_assert_cmpstr (self->journal, ==, expected);
}

static void
test_reads_whole_lines (Fixture       *self,
                        gconstpointer  unused)
{
  g_autofree char *first = get_line (self, 0);
  g_autofree char *second = get_line (self, 1);
  g_autofree char *third = get_line (self, 2);
  g_autofree char *changed = g_strdup (third);
  g_autofree char *text = NULL;
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  assert_reads (self, (const int[]) { -1 });
  write_file (self->journal, "");
  assert_reads (self, (const int[]) { -1 });

  text = g_strconcat (first, "\n{}\nno line of ours\n", second, second, NULL);
  write_file (self->journal, text);
  assert_reads (self, (const int[]) { 0, 1, -1 });

  /* Torn, and the same to its end but for the newline. */
  text[strlen (text) - 1] = '\0';
  write_file (self->journal, text);
  assert_reads (self, (const int[]) { 0, 1, -1 });
  text[strlen (first) + strlen ("\n{}\nno line of ours\n") + strlen (second) - 1] = ' ';
  write_file (self->journal, text);
  assert_reads (self, (const int[]) { 0, -1 });

  changed[strlen (changed) / 2] ^= 1;
  g_free (text);
  text = g_strconcat (changed, second, NULL);
  write_file (self->journal, text);
  assert_reads (self, (const int[]) { 1, -1 });
}

/* However long a line is, the one after it counts. */
static void
test_reads_past_a_long_line (Fixture       *self,
                             gconstpointer  unused)
{
  g_autofree char *line = get_line (self, 0);
  g_autofree char *longer = g_strnfill (2 * DC_LINE_MAX_BYTES, 'x');
  g_autofree char *text = g_strconcat (longer, "\n", line, longer, NULL);
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  g_assert_cmpint (mount (NULL, self->card.path, NULL, MS_REMOUNT, "size=4M"), ==, 0);
  write_file (self->journal, text);
  assert_reads (self, (const int[]) { 0, -1 });
}

/* A card that another tablet's queue has filled, or this one's before. */
static void
test_other_queue (Fixture       *self,
                  gconstpointer  unused)
{
  g_autofree char *line = get_line (self, 0);
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (GError) error = NULL;
  DcId other = *self->queue;
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  write_file (self->journal, line);
  other.bytes[0] ^= 1;
  ids = dc_card_journal_read (self->journal, &other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 0);
}

static void
must_append (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  dc_card_journal_append (self->journal, self->records, &error);
  g_assert_no_error (error);
}

static char *
get_lines (Fixture *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint n = 0; n < self->records->len; n++) {
    g_autofree char *line = get_line (self, n);

    g_string_append (lines, line);
  }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_appends (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *lines = get_lines (self);
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *expected = g_strconcat (lines, lines, NULL);
  struct stat status;
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  must_append (self);
  once = read_file (self->journal);
  g_assert_cmpstr (once, ==, lines);
  g_assert_cmpint (stat (self->journal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  must_append (self);
  twice = read_file (self->journal);
  g_assert_cmpstr (twice, ==, expected);
  assert_reads (self, (const int[]) { 0, 1, 2, 3, -1 });
}

static void
test_appends_after_torn (Fixture       *self,
                         gconstpointer  unused)
{
  g_autofree char *lines = get_lines (self);
  g_autofree char *expected = g_strconcat ("{\"torn", "\n", lines, NULL);
  g_autofree char *text = NULL;
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  write_file (self->journal, "{\"torn");
  must_append (self);
  text = read_file (self->journal);
  g_assert_cmpstr (text, ==, expected);
}

/* Neither waited for nor written to. */
static void
test_no_file (Fixture       *self,
              gconstpointer  unused)
{
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;

    if (i == 0)
      g_assert_cmpint (mkfifo (self->journal, 0600), ==, 0);
    else if (i == 1)
      g_assert_cmpint (symlink (self->mark, self->journal), ==, 0);
    else
      g_assert_cmpint (g_mkdir (self->journal, 0700), ==, 0);

    g_assert_null (dc_card_journal_read (self->journal, self->queue, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
    g_clear_error (&error);
    g_assert_false (dc_card_journal_append (self->journal, self->records, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
    g_assert_cmpint (g_remove (self->journal), ==, 0);
  }

  g_assert_true (dc_card_check (self->card.path, self->store.directory, &card, NULL));
}

/* What there is no room for is not there in part. */
static void
test_no_room (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *line = get_line (self, 0);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  DcId card;

  if (!self->card.mounted)
    return;

  must_mark (self, &card);
  write_file (self->journal, line);
  dc_small_disk_fill_but (&self->card, 4096);   /* of four records only some */
  g_assert_false (dc_card_journal_append (self->journal, self->records, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  text = read_file (self->journal);
  g_assert_cmpstr (text, ==, line);
  dc_small_disk_make_room (&self->card);
  must_append (self);
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_small_disk_enter ();
  g_test_init (&argc, &argv, NULL);

  ADD ("/card/keeps-its-mark", test_keeps_its_mark);
  ADD ("/card/with-a-damaged-mark-is-no-card", test_damaged_mark);
  ADD ("/card/is-where-a-drive-is-mounted", test_where_it_is);
  ADD ("/card/that-takes-nothing-is-not-marked", test_read_only_or_full);
  g_test_add_func ("/card/tells-apart-what-staff-can-mend", test_numbers);
  ADD ("/card-journal/is-named-by-tablet-and-queue", test_path);
  ADD ("/card-journal/holds-what-stands-in-whole-lines", test_reads_whole_lines);
  ADD ("/card-journal/is-read-past-a-line-of-any-length", test_reads_past_a_long_line);
  ADD ("/card-journal/holds-nothing-of-another-queue", test_other_queue);
  ADD ("/card-journal/grows-by-lines", test_appends);
  ADD ("/card-journal/leaves-a-torn-line-alone", test_appends_after_torn);
  ADD ("/card-journal/is-a-regular-file", test_no_file);
  ADD ("/card-journal/takes-nothing-in-part", test_no_room);

  return g_test_run ();
}
