/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-run.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-run-private.h"
#include "dc-test-run.h"

/* The very program that ships, and a folder. */

#define WEBDAV "[Destination]\nKind=webdav\nAddress=https://cloud.example.org/dav/\n"

static const char *program;   /* daily-cup-send */

typedef struct
{
  DcTestRun  test;
  char      *folder;
  char      *state;
  DcRun     *run;
} Test;

static DcRun *
run_new (Test *self)
{
  const char * const argv[] = { program, "--state", self->state, NULL };

  return dc_run_new (self->test.store.queue, self->test.key, DC_CLOCK (self->test.clock), argv);
}

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  DcRun *run;

  dc_test_run_set_up (&self->test, NULL);
  self->folder = dc_test_dir_new ();
  self->state = dc_test_dir_new ();
  run = run_new (self);
  g_set_object (&self->test.run, run);
  g_object_unref (run);
}

static void
tear_down (Test          *self,
           gconstpointer  unused)
{
  dc_test_run_tear_down (&self->test, NULL);
  dc_test_dir_remove (self->folder);
  dc_test_dir_remove (self->state);
}

static const DcRunOutcome *
go (Test *self)
{
  static const guint8 pack[32] = { 9 };
  const char * const keys[] = { self->test.office_public, NULL };
  const DcRunOrder order = { .campaign = "migrants-day", .pack = pack, .folder = self->folder,
                             .receipt_keys = keys };

  g_assert_true (dc_run_start (self->test.run, &order));

  return dc_test_run_wait (&self->test);
}

static guint
count_files (const char *folder,
             const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      n += count_files (path, suffix);
    else
      n += g_str_has_suffix (name, suffix);
  }

  return n;
}

static void
test_hands_over (Test          *self,
                 gconstpointer  unused)
{
  for (guint n = 1; n <= 30; n++)
    dc_store_test_must_save (&self->test.store, n);
  g_assert_no_error (go (self)->error);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->handed_over, ==, 30);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->left, ==, 0);
  g_assert_cmpuint (count_files (self->folder, ".jsonl"), >=, 1);
  g_assert_cmpuint (count_files (self->folder, "daily-cup.json"), ==, 1);

  g_assert_no_error (go (self)->error);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->handed_over, ==, 0);
}

static void
test_the_stick_is_gone (Test          *self,
                        gconstpointer  unused)
{
  dc_store_test_must_save (&self->test.store, 1);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_assert_error (go (self)->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_GONE);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->left, ==, 1);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
}

static void
test_runs_alone (Test          *self,
                 gconstpointer  unused)
{
  const char * const argv[] = { program, "--state", self->state, NULL };
  g_autoptr (DcSender) other = dc_sender_new_program (argv, NULL);
  g_autofree char *lock = g_build_filename (self->state, "lock", NULL);

  while (!g_file_test (lock, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  g_usleep (20000);
  dc_run_set_connect (self->test.run, NULL, NULL, 1);
  g_assert_error (go (self)->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY);
  dc_sender_stop_async (other, NULL, NULL);
}

static void
test_keeps_a_credential (Test          *self,
                         gconstpointer  unused)
{
  static const guint8 pack[32] = { 9 };
  const DcRunOrder order = { .campaign = "migrants-day", .pack = pack, .setup = WEBDAV };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  DcTestWait wait = { NULL };
  const char *name;
  guint n = 0;

  dc_run_set_credential_async (self->test.run, &order, "tablet-3", "s3cret", NULL,
                               dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  g_assert_true (dc_run_set_credential_finish (self->test.run, result, &error));
  g_assert_no_error (error);

  dir = g_dir_open (self->state, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->state, name, NULL);
    g_autofree char *text = NULL;
    GStatBuf status;

    if (!g_str_has_prefix (name, "credential-"))
      continue;
    n++;
    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 07777, ==, 0600);
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_nonnull (strstr (text, "s3cret"));
  }
  g_assert_cmpuint (n, ==, 1);
}

/* As a session's units start it: each connection has one of its own, which
 * finds the connection as its standard input and output. */

static GSubprocess *
listen_for (Test       *self,
            const char *path)
{
  g_autofree char *where = g_strconcat ("--listen=", path, NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *door = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                        "systemd-socket-activate", "--accept", "--inetd", where,
                                        program, "--state", self->state, NULL);

  g_assert_no_error (error);
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  g_usleep (20000);   /* from bind () to listen () */

  return door;
}

static void
test_behind_a_socket (Test          *self,
                      gconstpointer  unused)
{
  g_autofree char *directory = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (directory, "socket", NULL);
  const char * const argv[] = { "/nowhere/is-not-started", NULL };
  g_autoptr (GSubprocess) door = listen_for (self, path);
  g_autoptr (DcSender) other = NULL;

  g_clear_object (&self->test.run);
  self->test.run = dc_run_new (self->test.store.queue, self->test.key, DC_CLOCK (self->test.clock), argv);
  dc_run_set_socket (self->test.run, path);
  dc_run_set_connect (self->test.run, NULL, NULL, 1);
  for (guint n = 1; n <= 30; n++)
    dc_store_test_must_save (&self->test.store, n);
  g_assert_no_error (go (self)->error);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->handed_over, ==, 30);
  g_assert_cmpuint (count_files (self->folder, ".jsonl"), >=, 1);
  g_assert_cmpuint (count_files (self->state, "lock"), ==, 1);

  /* The last one has gone when its run is over, so the next is not in its way. */
  g_assert_no_error (go (self)->error);

  other = dc_sender_new_socket (path, NULL);
  g_usleep (300 * 1000);
  g_assert_error (go (self)->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY);

  g_subprocess_force_exit (door);
  g_unlink (path);
  dc_test_dir_remove (g_steal_pointer (&directory));
}

#define ADD(path, function) g_test_add (path, Test, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  ADD ("/program/hands-over-to-a-folder-and-that-once", test_hands_over);
  ADD ("/program/says-that-the-stick-is-gone", test_the_stick_is_gone);
  ADD ("/program/runs-alone", test_runs_alone);
  ADD ("/program/keeps-a-credential-to-itself", test_keeps_a_credential);

  ADD ("/program/behind-a-socket-hands-over-and-runs-alone", test_behind_a_socket);

  return g_test_run ();
}
