/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* On cards that are real file systems, mounted, unmounted, full and
 * write-protected. */

#include "dc-copy-test.h"

#include "dc-card-journal.h"
#include "dc-card.h"
#include "dc-small-disk.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

typedef DcCopyTest Fixture;

static void
test_copies_all (Fixture       *self,
                 gconstpointer  unused)
{
  if (!self->mounted)
    return;

  for (guint n = 0; n < 3; n++)
    dc_store_test_must_save (&self->store, n);
  dc_copy_test_must_choose (self);
  dc_copy_test_wait_until_copied (self);
  dc_copy_test_assert_journal (self);

  dc_store_test_must_save (&self->store, 3);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_until_copied (self);
  dc_copy_test_assert_journal (self);
}

static void
test_waits_for_the_end (Fixture       *self,
                        gconstpointer  unused)
{
  g_autofree char *journal = NULL;

  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  dc_copy_test_save_held (self, 1);
  /* Something else is copied meanwhile, and the held one is not. */
  dc_store_test_must_save (&self->store, 2);
  dc_copy_test_must_choose (self);
  while (dc_copy_test_count_to_copy (self) > 1)
    g_usleep (500);
  journal = dc_copy_test_read_journal (self);
  g_assert_cmpuint (strlen (journal), >, 0);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 1);

  dc_second_copy_release (self->copy);
  dc_copy_test_wait_until_copied (self);
}

static void
test_never_the_undone (Fixture       *self,
                       gconstpointer  unused)
{
  DcId undone = dc_store_test_id (1);
  g_autoptr (GPtrArray) records = NULL;

  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  dc_copy_test_save_held (self, 1);
  g_assert_true (dc_store_test_withdraw (&self->store, &undone, NULL));
  dc_second_copy_release (self->copy);
  dc_copy_test_save_held (self, 2);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_until_copied (self);
  dc_copy_test_assert_journal (self);
  records = dc_store_test_must_offer (&self->store);
  g_assert_cmpuint (records->len, ==, 1);   /* erased, not withdrawn by a record */
}

/* What stands on the card may have left: a withdrawal follows it there. */
static void
test_withdrawal_follows (Fixture       *self,
                         gconstpointer  unused)
{
  DcId id = dc_store_test_id (1);

  if (!self->mounted)
    return;

  dc_store_test_must_save (&self->store, 1);
  dc_copy_test_must_choose (self);
  dc_copy_test_wait_until_copied (self);
  g_assert_true (dc_store_test_withdraw (&self->store, &id, NULL));
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 1);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_until_copied (self);
  dc_copy_test_assert_journal (self);
}

/* The journal is the evidence: what was marked and is not there whole is
 * copied again, and the torn line stays alone. */
static void
test_torn_line (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr (GHashTable) ids = NULL;
  g_autofree char *text = NULL;
  struct stat status;

  if (!self->mounted)
    return;

  for (guint n = 0; n < 3; n++)
    dc_store_test_must_save (&self->store, n);
  dc_copy_test_must_choose (self);
  dc_copy_test_wait_until_copied (self);
  g_assert_cmpint (stat (self->journal, &status), ==, 0);
  g_assert_cmpint (truncate (self->journal, status.st_size - 100), ==, 0);

  dc_copy_test_restart (self);
  dc_copy_test_wait_for (self, DC_COPY_BUSY);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 0);
  ids = dc_card_journal_read (self->journal, dc_queue_get_id (self->store.queue), NULL);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 3);
  text = dc_copy_test_read_journal (self);
  g_assert_true (g_str_has_suffix (text, "}\n"));
}

static void
test_pulled_out (Fixture       *self,
                 gconstpointer  unused)
{
  g_autofree char *folder = NULL;

  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  dc_copy_test_pull (self);
  dc_store_test_must_save (&self->store, 1);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_NO_CARD);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), ==, 1);
  g_assert_true (dc_copy_test_insert (self));
  dc_second_copy_look (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  dc_copy_test_pull (self);
  dc_second_copy_look (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_NO_CARD);
  dc_store_test_must_save (&self->store, 2);
  folder = g_build_filename (self->card, DC_CARD_FOLDER, NULL);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  /* Another card in its place is not it. */
  g_assert_cmpint (mount ("tmpfs", self->card, "tmpfs", 0, "size=65536"), ==, 0);
  dc_copy_test_restart (self);
  dc_copy_test_wait_for (self, DC_COPY_NO_CARD);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  dc_copy_test_pull (self);

  g_assert_true (dc_copy_test_insert (self));
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  dc_copy_test_assert_journal (self);
}

static void
test_another_card (Fixture       *self,
                   gconstpointer  unused)
{
  if (!self->mounted)
    return;

  dc_store_test_must_save (&self->store, 1);
  dc_copy_test_must_choose (self);
  dc_copy_test_wait_until_copied (self);
  dc_copy_test_pull (self);
  umount2 (self->kept, MNT_DETACH);
  g_assert_cmpint (mount ("tmpfs", self->kept, "tmpfs", 0, "size=262144"), ==, 0);
  g_assert_true (dc_copy_test_insert (self));

  dc_copy_test_must_choose (self);
  dc_copy_test_wait_until_copied (self);
  dc_copy_test_assert_journal (self);
}

static void
test_full (Fixture       *self,
           gconstpointer  unused)
{
  g_autofree char *journal = NULL;
  gsize size;

  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  for (guint n = 0; n < 100; n++)
    dc_store_test_must_save (&self->store, n);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_CARD_FULL);
  g_assert_cmpuint (dc_copy_test_count_to_copy (self), >, 0);
  /* What there was no room for is not there in part. */
  g_assert_true (g_file_get_contents (self->journal, &journal, &size, NULL));
  g_assert_true (size == 0 || journal[size - 1] == '\n');

  /* A larger one. */
  g_assert_cmpint (mount (NULL, self->kept, NULL, MS_REMOUNT, "size=4194304"), ==, 0);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  dc_copy_test_assert_journal (self);
}

static void
test_write_protected (Fixture       *self,
                      gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  if (!self->mounted)
    return;

  dc_copy_test_must_choose (self);
  g_assert_cmpint (mount (NULL, self->card, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL), ==, 0);
  dc_store_test_must_save (&self->store, 1);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_READ_ONLY);
  g_assert_cmpint (mount (NULL, self->card, NULL, MS_REMOUNT | MS_BIND, NULL), ==, 0);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);
  dc_copy_test_assert_journal (self);
}

static void
test_choice (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;
  DcId card;

  if (!self->mounted)
    return;

  /* The tablet's own disk is no card. */
  g_assert_false (dc_copy_test_choose (self, self->store.directory, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD);
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);

  /* Nor is a folder of a drive, nor the drive that the queue itself is on. */
  folder = g_build_filename (self->card, "folder", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_false (dc_card_mark (folder, self->store.directory, &card, NULL));
  g_assert_false (dc_card_mark (self->card, folder, &card, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  settings = dc_store_test_path (&self->store, "settings.ini");
  g_assert_true (g_file_set_contents (settings, "[Other]\nKey=1\n", -1, NULL));
  dc_copy_test_must_choose (self);
  dc_copy_test_restart (self);
  g_assert_cmpstr (dc_second_copy_get_folder (self->copy), ==, self->card);
  dc_copy_test_wait_for (self, DC_COPY_UP_TO_DATE);

  g_assert_true (dc_copy_test_choose (self, NULL, NULL));
  g_assert_cmpint (dc_second_copy_get_state (self->copy), ==, DC_COPY_OFF);
  dc_copy_test_restart (self);
  g_assert_null (dc_second_copy_get_folder (self->copy));
  g_assert_true (g_file_get_contents (settings, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "[Other]\nKey=1\n"));
  g_assert_null (strstr (text, "SecondCopy"));
}

/* What lies where the journal should be may be anybody's. */
static void
test_no_journal (Fixture       *self,
                 gconstpointer  unused)
{
  g_autofree char *victim = NULL;
  g_autofree char *text = NULL;

  if (!self->mounted)
    return;

  victim = dc_store_test_path (&self->store, "victim");
  g_assert_true (g_file_set_contents (victim, "mine", -1, NULL));
  dc_copy_test_must_choose (self);
  g_assert_cmpint (symlink (victim, self->journal), ==, 0);
  dc_store_test_must_save (&self->store, 1);
  dc_second_copy_release (self->copy);
  dc_copy_test_wait_for (self, DC_COPY_FAILING);
  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, dc_copy_test_set_up, run, dc_copy_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  dc_small_disk_enter ();
  g_test_init (&argc, &argv, NULL);

  ADD ("/second-copy/is-the-queue's-lines-to-the-byte", test_copies_all);
  ADD ("/second-copy/waits-for-the-end-of-the-visit", test_waits_for_the_end);
  ADD ("/second-copy/never-holds-what-was-undone", test_never_the_undone);
  ADD ("/second-copy/is-followed-by-a-withdrawal", test_withdrawal_follows);
  ADD ("/second-copy/copies-again-what-was-torn", test_torn_line);
  ADD ("/second-copy/waits-for-a-card-that-was-pulled-out", test_pulled_out);
  ADD ("/second-copy/begins-anew-on-another-card", test_another_card);
  ADD ("/second-copy/waits-for-room", test_full);
  ADD ("/second-copy/knows-a-write-protected-card", test_write_protected);
  ADD ("/second-copy/remembers-the-choice", test_choice);
  ADD ("/second-copy/follows-no-link", test_no_journal);

  return g_test_run ();
}
