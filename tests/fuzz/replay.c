/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

/* Feeds each file of a folder to the fuzz target it is linked with, once: the
 * corpus is a regression test for compilers that have no libFuzzer. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
replay (const char *path)
{
  g_autofree char *data = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  /* g_file_get_contents () adds a NUL; without it a sanitizer sees a read
   * past the end. */
  exact = g_memdup2 (data, size);
  LLVMFuzzerTestOneInput (exact, size);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  guint count = 0;

  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL);

    replay (path);
    count++;
  }
  g_assert_cmpuint (count, >, 0);
  g_print ("%u inputs\n", count);

  return 0;
}
