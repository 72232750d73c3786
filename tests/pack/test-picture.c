/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-picture.h"

#include <string.h>

static const char *
check (const char *name,
       const char *data,
       gsize       size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return dc_picture_check (name, bytes);
}

static void
test_svg (void)
{
  static const char *good[] = {
    "<svg/>", "\xef\xbb\xbf<svg/>", " \r\n\t<svg xmlns='x'>",
    "<?xml version='1.0'?><svg/>", "<!-- drawn by hand -->\n<svg/>",
    "<!DOCTYPE svg>\n<svg/>",
  };
  static const char *bad[] = {
    "", "svg", "<html><svg/></html>", "<?xml version='1.0'?><html/>", "GIF89a", "\x89PNG\r\n\x1a\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpstr (check ("a.svg", good[i], strlen (good[i])), ==, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpstr (check ("a.svg", bad[i], strlen (bad[i])), ==, "an SVG picture");
}

static const char *
check_png (guint32 width,
           guint32 height)
{
  guint8 data[29] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

  width = GUINT32_TO_BE (width);
  height = GUINT32_TO_BE (height);
  memcpy (data + 16, &width, sizeof width);
  memcpy (data + 20, &height, sizeof height);

  return check ("a.png", (const char *) data, sizeof data);
}

static void
test_png (void)
{
  g_assert_cmpstr (check_png (1, 1), ==, NULL);
  g_assert_cmpstr (check_png (4096, 4096), ==, NULL);
  g_assert_cmpstr (check_png (4097, 1), ==, "a PNG picture of 1 to 4096 pixels on a side");
  g_assert_cmpstr (check_png (1, 4097), ==, "a PNG picture of 1 to 4096 pixels on a side");
  g_assert_cmpstr (check_png (0, 1), ==, "a PNG picture of 1 to 4096 pixels on a side");
  g_assert_cmpstr (check_png (1, G_MAXUINT32), ==, "a PNG picture of 1 to 4096 pixels on a side");
  g_assert_cmpstr (check ("a.png", "", 0), ==, "a PNG picture");
  g_assert_cmpstr (check ("a.png", "\x89PNG\r\n\x1a\n", 8), ==, "a PNG picture");
  g_assert_cmpstr (check ("a.png", "<svg/>", 6), ==, "a PNG picture");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture/svg/is-known-by-its-first-bytes", test_svg);
  g_test_add_func ("/picture/png/is-known-by-its-header-and-bounded", test_png);

  return g_test_run ();
}
