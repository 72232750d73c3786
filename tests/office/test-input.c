/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-input.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-test-pack.h"
#include "dc-test.h"

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
  fixture->path = g_build_filename (fixture->dir, "input", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_free (fixture->path);
  dc_test_dir_remove (fixture->dir);
}

static void
assert_refused (const char *path,
                gsize       limit,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_input_read (path, limit, &error));
  g_assert_error (error, G_FILE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_reads (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *text = g_strnfill (200000, 'a');
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) empty = NULL;

  dc_test_pack_write (fixture->dir, "input", text);
  bytes = dc_input_read (fixture->path, 200000, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, 200000);

  dc_test_pack_write (fixture->dir, "input", "");
  empty = dc_input_read (fixture->path, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
}

static void
test_refuses (Fixture       *fixture,
              gconstpointer  unused)
{
  dc_test_pack_write (fixture->dir, "input", "hello");
  assert_refused (fixture->path, 4, G_FILE_ERROR_INVAL);
  assert_refused (fixture->dir, 100, G_FILE_ERROR_INVAL);
  g_assert_cmpint (unlink (fixture->path), ==, 0);
  assert_refused (fixture->path, 100, G_FILE_ERROR_NOENT);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, 100, G_FILE_ERROR_INVAL);
}

static void
test_rest (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "key\n", 4), ==, 4);
  close (ends[1]);
  bytes = dc_input_read_rest (ends[0], 4, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "key\n", 4);
  close (ends[0]);

  g_assert_null (dc_input_read_rest (ends[0], 4, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_BADF);
}

static void
test_name (void)
{
  g_autofree char *plain = dc_input_name ("/media/STICK/é.jsonl");
  g_autofree char *nasty = dc_input_name ("a\033[31m\n\177b");

  g_assert_cmpstr (plain, ==, "/media/STICK/é.jsonl");
  g_assert_cmpstr (nasty, ==, "a?[31m??b");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/office/input/reads-a-file-to-its-limit", Fixture, NULL, set_up, test_reads, tear_down);
  g_test_add ("/office/input/refuses-what-is-no-file-or-too-long", Fixture, NULL, set_up, test_refuses, tear_down);
  g_test_add ("/office/input/reads-a-pipe-to-its-end", Fixture, NULL, set_up, test_rest, tear_down);
  g_test_add_func ("/office/input/prints-no-control-character-of-a-name", test_name);

  return g_test_run ();
}
