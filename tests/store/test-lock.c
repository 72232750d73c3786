/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-queue-lock.h"
#include "dc-store-error.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *own_path;

static void
assert_in_use (const char *directory)
{
  g_autoptr (DcQueue) queue = dc_store_test_queue_new (directory);
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_store_test_open (queue, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE);
  g_assert_null (dc_queue_get_id (queue));
}

static void
test_a_second_object (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autoptr (DcQueue) other = dc_store_test_queue_new (self->directory);
  g_autoptr (GError) error = NULL;

  assert_in_use (self->directory);

  /* The first goes on. */
  dc_store_test_must_save (self, 1);

  g_assert_true (dc_store_test_close (self->queue, NULL));
  dc_store_test_open (other, NULL, &error);
  g_assert_no_error (error);
}

/* The other way through a symbolic link is the same directory. */
static void
test_another_spelling (DcStoreTest   *self,
                       gconstpointer  unused)
{
  g_autofree char *elsewhere = dc_test_dir_new ();
  g_autofree char *alias = g_build_filename (elsewhere, "alias", NULL);

  g_assert_cmpint (symlink (self->directory, alias), ==, 0);
  assert_in_use (alias);
  dc_test_dir_remove (g_steal_pointer (&elsewhere));
}

static char *
run_self (const char *what,
          const char *directory)
{
  const char *argv[] = { own_path, what, directory, NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                &output, NULL, NULL, &error);
  g_assert_no_error (error);

  return output;
}

static void
test_a_second_process (DcStoreTest   *self,
                       gconstpointer  unused)
{
  g_autofree char *refused = run_self ("--open", self->directory);
  g_autofree char *opened = NULL;

  g_assert_cmpstr (refused, ==, "in use\n");

  g_assert_true (dc_store_test_close (self->queue, NULL));
  opened = run_self ("--open", self->directory);
  g_assert_cmpstr (opened, ==, "open\n");
}

/* However the holder ends, the kernel lets go. */
static void
test_a_holder_that_died (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  output = run_self ("--die", self->directory);
  g_assert_cmpstr (output, ==, "open\n");

  dc_store_test_open (self->queue, NULL, &error);
  g_assert_no_error (error);
}

static void
test_the_file (DcStoreTest   *self,
               gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "another");
  g_autoptr (DcQueueLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  lock = dc_queue_lock_new (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  g_assert_null (dc_queue_lock_new (path, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE);
  g_clear_error (&error);

  g_clear_pointer (&lock, dc_queue_lock_free);
  lock = dc_queue_lock_new (path, &error);
  g_assert_no_error (error);
}

static void
test_a_link_is_not_followed (DcStoreTest   *self,
                             gconstpointer  unused)
{
  g_autofree char *target = dc_store_test_path (self, "target");
  g_autofree char *path = dc_store_test_path (self, "link");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (target, path), ==, 0);
  g_assert_null (dc_queue_lock_new (path, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

/* The second process. */
static int
be_second (const char *what,
           const char *directory)
{
  g_autoptr (DcQueue) queue = dc_store_test_queue_new (directory);
  g_autoptr (GError) error = NULL;

  if (dc_store_test_open (queue, NULL, &error))
    g_print ("open\n");
  else if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE))
    g_print ("in use\n");
  else
    g_print ("%s\n", error->message);

  fflush (stdout);
  if (g_str_equal (what, "--die"))
    kill (getpid (), SIGKILL);

  return 0;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_has_prefix (argv[1], "--")
      && (g_str_equal (argv[1], "--open") || g_str_equal (argv[1], "--die")))
    return be_second (argv[1], argv[2]);

  own_path = argv[0];
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/lock/refuses-a-second-object", test_a_second_object);
  dc_store_test_add ("/lock/refuses-another-spelling", test_another_spelling);
  dc_store_test_add ("/lock/refuses-a-second-process", test_a_second_process);
  dc_store_test_add ("/lock/is-free-when-its-holder-was-killed", test_a_holder_that_died);
  dc_store_test_add ("/lock/is-a-private-file", test_the_file);
  dc_store_test_add ("/lock/follows-no-link", test_a_link_is_not_followed);

  return g_test_run ();
}
