/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-durable.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-test.h"

/* The linker puts these in front of the C library's (--wrap): they write down
 * the order of what decides durability, and fail where a test asks. */
int __real_fsync  (int         fd);
int __wrap_fsync  (int         fd);
int __real_syncfs (int         fd);
int __wrap_syncfs (int         fd);
int __real_rename (const char *from,
                   const char *to);
int __wrap_rename (const char *from,
                   const char *to);
int __real_link   (const char *from,
                   const char *to);
int __wrap_link   (const char *from,
                   const char *to);

static GString *events;
static const char *failing;

static int
happen (const char *event)
{
  g_string_append_printf (events, "%s ", event);
  if (g_strcmp0 (event, failing) != 0)
    return 0;

  errno = EIO;

  return -1;
}

int
__wrap_fsync (int fd)
{
  struct stat info;

  g_assert_no_errno (fstat (fd, &info));

  return happen (S_ISDIR (info.st_mode) ? "sync-directory" : "sync-file") || __real_fsync (fd) ? -1 : 0;
}

int
__wrap_syncfs (int fd)
{
  return happen ("sync-all") ? -1 : __real_syncfs (fd);
}

int
__wrap_rename (const char *from,
               const char *to)
{
  return happen ("rename") ? -1 : __real_rename (from, to);
}

int
__wrap_link (const char *from,
             const char *to)
{
  return happen ("link") ? -1 : __real_link (from, to);
}

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "file", NULL);
  events = g_string_new (NULL);
  failing = NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->dir, dc_test_dir_remove);
  g_string_free (g_steal_pointer (&events), TRUE);
}

static void
assert_holds (const char *path,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  data = dc_durable_read (path, 100, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (data, ==, expected);
  g_assert_cmpuint (size, ==, strlen (expected));
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

static guint
mode_of (const char *path)
{
  struct stat info;

  g_assert_no_errno (stat (path, &info));

  return info.st_mode & 07777;
}

static void
test_create_order (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_durable_create (fixture->path, "one", 3, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (events->str, ==, "sync-file link sync-directory ");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0600);
  g_assert_cmpuint (count_files (fixture->dir), ==, 1);
  assert_holds (fixture->path, "one");
}

static void
test_create_never_overwrites (Fixture       *fixture,
                              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_durable_create (fixture->path, "one", 3, NULL));
  g_assert_false (dc_durable_create (fixture->path, "two", 3, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  assert_holds (fixture->path, "one");
  g_assert_cmpuint (count_files (fixture->dir), ==, 1);
}

static void
test_hand_over (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_durable_hand_over (fixture->path, "one", 3, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (events->str, ==, "sync-file rename sync-directory sync-all ");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0644);
  g_assert_cmpuint (count_files (fixture->dir), ==, 1);

  /* The stick must not be taken away yet. */
  failing = "sync-all";
  g_assert_false (dc_durable_hand_over (fixture->path, "two", 3, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
}

static void
test_replace_order (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_durable_replace (fixture->path, "one", 3, &error));
  g_string_truncate (events, 0);
  g_assert_true (dc_durable_replace (fixture->path, "", 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (events->str, ==, "sync-file rename sync-directory ");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0600);
  assert_holds (fixture->path, "");
}

static void
test_a_failing_disk (Fixture       *fixture,
                     gconstpointer  unused)
{
  static const struct { const char *at, *left; } cases[] = {
    { "sync-file", "one" }, { "rename", "one" }, { "sync-directory", "two" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    failing = NULL;
    g_assert_true (dc_durable_replace (fixture->path, "one", 3, NULL));
    failing = cases[i].at;
    g_assert_false (dc_durable_replace (fixture->path, "two", 3, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
    g_assert_nonnull (strstr (error->message, fixture->dir));
    assert_holds (fixture->path, cases[i].left);
    g_assert_cmpuint (count_files (fixture->dir), ==, 1);
  }
}

static void
test_a_failing_disk_at_creation (Fixture       *fixture,
                                 gconstpointer  unused)
{
  static const char *cases[] = { "sync-file", "link" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    failing = cases[i];
    g_assert_false (dc_durable_create (fixture->path, "one", 3, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
    g_assert_cmpuint (count_files (fixture->dir), ==, 0);
  }
}

/* As on a full disk, a write that cannot be finished. */
static void
test_no_room (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit little;

  g_assert_true (dc_durable_replace (fixture->path, "one", 3, NULL));
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &before));
  little = before;
  little.rlim_cur = 10;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &little));
  g_assert_false (dc_durable_replace (fixture->path, "twelve bytes", 12, &error));
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &before));

  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
  assert_holds (fixture->path, "one");
  g_assert_cmpuint (count_files (fixture->dir), ==, 1);
}

static void
test_left_over (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autofree char *left_over = g_strconcat (fixture->path, ".new", NULL);

  g_assert_true (dc_durable_create (fixture->path, "one", 3, NULL));
  g_assert_true (g_file_set_contents (left_over, "half a fi", -1, NULL));
  g_assert_true (dc_durable_replace (fixture->path, "two", 3, NULL));
  assert_holds (fixture->path, "two");
  g_assert_cmpuint (count_files (fixture->dir), ==, 1);
}

static void
test_no_directory (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "nowhere", "file", NULL);
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) replace_error = NULL;

  g_assert_false (dc_durable_create (path, "one", 3, &create_error));
  g_assert_error (create_error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_false (dc_durable_replace (path, "one", 3, &replace_error));
  g_assert_error (replace_error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_read_is_bounded (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (dc_durable_create (fixture->path, "four", 4, NULL));
  data = dc_durable_read (fixture->path, 4, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (data, ==, "four");
  g_assert_null (dc_durable_read (fixture->path, 3, &size, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_cmpuint (size, ==, 0);
}

static void
assert_unreadable (const char *path,
                   GFileError  code)
{
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_null (dc_durable_read (path, 100, &size, &error));
  g_assert_error (error, G_FILE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_read_takes_regular_files_only (Fixture       *fixture,
                                    gconstpointer  unused)
{
  g_autofree char *fifo = g_build_filename (fixture->dir, "fifo", NULL);
  g_autofree char *symbolic = g_build_filename (fixture->dir, "symbolic", NULL);

  g_assert_true (dc_durable_create (fixture->path, "one", 3, NULL));
  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (symlink (fixture->path, symbolic));

  assert_unreadable (fifo, G_FILE_ERROR_INVAL);
  assert_unreadable (fixture->dir, G_FILE_ERROR_INVAL);
  assert_unreadable (symbolic, G_FILE_ERROR_LOOP);
  assert_unreadable ("/nowhere/at/all", G_FILE_ERROR_NOENT);
}

static void
test_read_makes_private (Fixture       *fixture,
                         gconstpointer  unused)
{
  static const mode_t modes[] = { 0600, 0601, 0604, 0610, 0644, 0660, 0777 };

  g_assert_true (dc_durable_create (fixture->path, "one", 3, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_assert_no_errno (g_chmod (fixture->path, modes[i]));
    assert_holds (fixture->path, "one");
    g_assert_cmpuint (mode_of (fixture->path) & 077, ==, 0);
  }
}

static void
add (const char *name,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  unused))
{
  g_autofree char *path = g_strconcat ("/seal/durable/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("a-new-file-is-synced-before-it-is-named", test_create_order);
  add ("a-new-file-never-takes-the-place-of-another", test_create_never_overwrites);
  add ("what-is-handed-over-is-for-all-to-read-and-wholly-synced", test_hand_over);
  add ("a-replacement-is-synced-before-it-is-named", test_replace_order);
  add ("a-failing-disk-leaves-the-one-or-the-other", test_a_failing_disk);
  add ("a-failing-disk-leaves-no-half-a-new-file", test_a_failing_disk_at_creation);
  add ("a-full-disk-leaves-what-was-there", test_no_room);
  add ("a-left-over-of-a-power-cut-is-in-nobodys-way", test_left_over);
  add ("says-where-there-is-no-directory", test_no_directory);
  add ("reads-no-more-than-the-limit", test_read_is_bounded);
  add ("reads-regular-files-only", test_read_takes_regular_files_only);
  add ("makes-private-what-others-could-read", test_read_makes_private);

  return g_test_run ();
}
