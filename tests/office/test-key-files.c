/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-files.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-office.h"
#include "dc-test.h"

typedef struct
{
  char       *top;
  char       *folder;
  DcKeyFiles *files;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->top = dc_test_dir_new ();
  fixture->folder = g_build_filename (fixture->top, "a", "b", NULL);
  fixture->files = dc_key_files_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  dc_key_files_free (fixture->files);
  g_free (fixture->folder);
  dc_test_dir_remove (fixture->top);
}

static guint
mode_of (Fixture    *fixture,
         const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_mode & 0777 : 0;
}

static void
test_writes (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_key_files_add (fixture->files, fixture->folder, "secret", "abc", 3, FALSE);
  dc_key_files_add (fixture->files, fixture->folder, "public", "def", 3, TRUE);
  g_assert_cmpuint (mode_of (fixture, "secret"), ==, 0);
  g_assert_true (dc_key_files_write (fixture->files, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mode_of (fixture, "secret"), ==, 0600);
  g_assert_cmpuint (mode_of (fixture, "public"), ==, 0644);
  g_assert_cmpuint (mode_of (fixture, "."), ==, 0700);
}

static void
test_all_or_nothing (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autofree char *there = g_build_filename (fixture->folder, "second", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (there, "mine", -1, NULL));
  dc_key_files_add (fixture->files, fixture->folder, "first", "abc", 3, FALSE);
  dc_key_files_add (fixture->files, fixture->folder, "second", "def", 3, FALSE);
  g_assert_false (dc_key_files_write (fixture->files, &error));
  g_assert_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE);
  g_assert_cmpuint (mode_of (fixture, "first"), ==, 0);
  g_assert_true (g_file_get_contents (there, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (fixture->top, "a", NULL);

  g_assert_true (g_file_set_contents (file, "a file", -1, NULL));
  dc_key_files_add (fixture->files, fixture->folder, "first", "abc", 3, FALSE);
  g_assert_false (dc_key_files_write (fixture->files, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
}

static void
test_check (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *link = g_build_filename (fixture->top, "link", NULL);

  g_assert_true (dc_key_files_check (fixture->folder, "first", NULL));
  g_assert_cmpint (symlink ("nowhere", link), ==, 0);
  g_assert_false (dc_key_files_check (fixture->top, "link", &error));
  g_assert_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/office/key-files/makes-secrets-private-and-the-rest-readable", test_writes);
  ADD ("/office/key-files/makes-all-or-none-and-writes-over-nothing", test_all_or_nothing);
  ADD ("/office/key-files/says-where-a-folder-cannot-be-made", test_no_folder);
  ADD ("/office/key-files/sees-a-link-that-leads-nowhere", test_check);

  return g_test_run ();
}
