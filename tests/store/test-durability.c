/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-shim-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define KILLS 50

static char *own_path;

/* One sync each, checkpoints and all. */
static void
test_syncs_per_save (DcStoreTest   *self,
                     gconstpointer  unused)
{
  guint syncs;

  dc_shim_vfs_reset ();
  for (guint n = 0; n < 100; n++)
    dc_store_test_must_save (self, n);
  syncs = dc_shim_vfs_count (DC_SHIM_SYNC);

  g_test_message ("%u syncs, %" G_GUINT64_FORMAT " bytes for 100 saves",
                  syncs, dc_shim_vfs_bytes ());
  g_assert_cmpuint (syncs, >=, 100);
  g_assert_cmpuint (syncs, <=, 110);
}

/* Before the answer, not after. */
static void
test_synced_before_thanked (DcStoreTest   *self,
                            gconstpointer  unused)
{
  for (guint n = 0; n < 20; n++) {
    guint before = dc_shim_vfs_count (DC_SHIM_SYNC);

    dc_store_test_must_save (self, n);
    g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_SYNC), >, before);
  }
}

/* A queue that stands still syncs nothing, and reading is free. */
static void
test_reading_is_free (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;

  dc_store_test_must_save (self, 1);
  dc_store_test_must_save (self, 1);
  dc_shim_vfs_reset ();
  tally = dc_store_test_tally (self);
  g_assert_true (dc_store_test_probe (self, NULL));
  dc_store_test_must_save (self, 1);   /* it is there */
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_SYNC), ==, 0);
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_WRITE), ==, 0);
}

/* The journal does not grow without end. */
static void
test_journal_is_bounded (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autofree char *journal = dc_store_test_path (self, "queue/queue.db-wal");
  gsize size;

  for (guint n = 0; n < 300; n++) {
    g_autofree char *data = NULL;

    dc_store_test_must_save (self, n);
    if (n % 20 == 0) {
      g_assert_true (g_file_get_contents (journal, &data, &size, NULL));
      g_assert_cmpuint (size, <, 1024 * 1024);
    }
  }
}

static GSubprocess *
start_saver (const char    *directory,
             GInputStream **output)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *saver = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                         own_path, "--save", directory, NULL);

  g_assert_no_error (error);
  *output = g_subprocess_get_stdout_pipe (saver);

  return saver;
}

/* Lets the saver run for a while, kills it, and notes what it had printed: the
 * numbers of the pledges it was told are on disk. */
static void
kill_a_saver (const char *directory,
              GHashTable *acknowledged)
{
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GSubprocess) saver = NULL;
  GInputStream *output;
  guint left = (guint) g_test_rand_int_range (0, 40);
  char *line;

  saver = start_saver (directory, &output);
  lines = g_data_input_stream_new (output);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL) {
    g_hash_table_add (acknowledged, line);
    if (left-- == 0) {
      g_usleep ((gulong) g_test_rand_int_range (0, 2000));
      g_subprocess_send_signal (saver, SIGKILL);
      left = G_MAXUINT;
    }
  }
  g_assert_true (g_subprocess_wait (saver, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (saver));
}

static void
test_killed_saver (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (GHashTable) acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                               g_free, NULL);
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;
  GHashTableIter iter;
  gpointer text;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  for (guint i = 0; i < KILLS; i++)
    kill_a_saver (self->directory, acknowledged);
  g_assert_cmpuint (g_hash_table_size (acknowledged), >, KILLS);

  dc_store_test_open (self->queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
  records = dc_store_test_must_offer (self);
  for (guint i = 0; i < records->len; i++) {
    DcRecord *record = records->pdata[i];
    char *id = g_malloc (DC_ID_TEXT_SIZE);

    dc_id_to_text (&record->envelope.id, id);
    g_assert_true (g_hash_table_add (there, id));   /* none twice */
  }

  g_hash_table_iter_init (&iter, acknowledged);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    g_assert_true (g_hash_table_contains (there, text));
  g_test_message ("%u acknowledged, %u there, %d kills",
                  g_hash_table_size (acknowledged), g_hash_table_size (there), KILLS);
}

/* The process that is killed: saves for ever, and prints each id when it is
 * told that it is on disk. */
static int
save_for_ever (const char *directory)
{
  DcStoreTest test = { .directory = NULL };

  dc_store_test_set_up_in (&test, directory);
  for (;;) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
    char text[DC_ID_TEXT_SIZE + 1];

    for (gsize i = 0; i < sizeof pledge->id.bytes; i++)
      pledge->id.bytes[i] = (guint8) g_random_int ();
    g_assert_true (dc_store_test_save_pledge (&test, DC_KIND_PLEDGE, pledge, NULL));

    dc_id_to_text (&pledge->id, text);
    strcat (text, "\n");
    if (write (STDOUT_FILENO, text, strlen (text)) != (gssize) strlen (text))
      return 1;
  }
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--save"))
    return save_for_ever (argv[2]);

  own_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  dc_shim_vfs_install ();

  dc_store_test_add ("/durability/costs-one-sync-a-save", test_syncs_per_save);
  dc_store_test_add ("/durability/syncs-before-it-answers", test_synced_before_thanked);
  dc_store_test_add ("/durability/reads-without-a-write", test_reading_is_free);
  dc_store_test_add ("/durability/keeps-the-journal-short", test_journal_is_bounded);
  dc_store_test_add ("/durability/keeps-what-a-killed-process-was-told", test_killed_saver);

  return g_test_run ();
}
