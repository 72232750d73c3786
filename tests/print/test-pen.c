/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands at a place of its own: never cut, never past its edge. */

#include "dc-pen.h"

#include <string.h>

#include "dc-test.h"

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><path d='M0 0h40v20z'/></svg>"

static const DcType type = { DC_FACE_SANS, 20, 8, DC_INK, FALSE };

static DcPdf *
page (void)
{
  return dc_pdf_new ("A page", 100 * DC_MM, 100 * DC_MM);
}

static double
height_of (const char *text)
{
  g_autoptr (DcPdf) pdf = page ();
  DcPen pen = dc_pen_new (pdf, text);

  return dc_pen_text (&pen, &type, (DcPlace) { 0, 0, 200, 200 }, text);
}

static void
test_smaller (void)
{
  g_autofree char *many = g_strnfill (40, 'm');
  g_autoptr (DcPdf) pdf = page ();
  g_autoptr (GBytes) bytes = NULL;
  DcPen pen = dc_pen_new (pdf, "m");

  for (gsize i = 4; i < 40; i += 5)
    many[i] = ' ';
  g_assert_cmpfloat (height_of (many), >, 2 * height_of ("m"));
  g_assert_cmpfloat (dc_pen_text (&pen, &type, (DcPlace) { 0, 0, 200, 60 }, many), <=, 60);
  bytes = dc_pdf_finish (pdf, NULL);
  g_assert_nonnull (bytes);
}

static void
assert_no_room (DcPlace     place,
                const char *text)
{
  g_autoptr (DcPdf) pdf = page ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *message = g_strdup_printf ("the sheet: found no room for “%s”, expected a shorter text", text);
  DcPen pen = dc_pen_new (pdf, text);

  dc_pen_text (&pen, &type, place, text);
  dc_pen_text (&pen, &type, place, "a later text that has no room either");
  bytes = dc_pdf_finish (pdf, &error);
  g_assert_null (bytes);
  g_assert_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_TOO_LONG);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_no_room (void)
{
  assert_no_room ((DcPlace) { 0, 0, 100, 5 }, "too high");
  assert_no_room ((DcPlace) { 0, 0, 20, 100 }, "incomprehensibility");
}

static void
test_direction (void)
{
  g_autoptr (DcPdf) pdf = page ();

  g_assert_true (dc_pen_new (pdf, "اليوم الدولي للمهاجرين").mirrored);
  g_assert_true (dc_pen_new (pdf, "18 اليوم").mirrored);
  g_assert_false (dc_pen_new (pdf, "Journée").mirrored);
  g_assert_false (dc_pen_new (pdf, "18").mirrored);
}

static double
draw (GBytes    *picture,
      gboolean   fill,
      GError   **error)
{
  g_autoptr (DcPdf) pdf = page ();
  DcPen pen = dc_pen_new (pdf, "");

  return dc_pen_picture (&pen, (DcPlace) { 0, 0, 100, 100 }, picture, fill, error);
}

static cairo_status_t
append (void                *closure,
        const unsigned char *data,
        unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_png (int width,
          int height)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append, png), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (png);
}

static void
test_picture (void)
{
  g_autoptr (GBytes) svg = g_bytes_new_static (SVG, strlen (SVG));
  g_autoptr (GBytes) png = make_png (40, 20);

  g_assert_cmpfloat_with_epsilon (draw (svg, FALSE, NULL), 100, 0.01);
  g_assert_cmpfloat_with_epsilon (draw (png, FALSE, NULL), 100, 0.01);
  g_assert_cmpfloat_with_epsilon (draw (svg, TRUE, NULL), 200, 0.01);
  g_assert_cmpfloat_with_epsilon (draw (png, TRUE, NULL), 200, 0.01);
}

static void
test_no_picture (void)
{
  g_autoptr (GBytes) whole = make_png (300, 300);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (GBytes) text = g_bytes_new_static ("a letter", 8);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  GBytes *pictures[] = { half, text, nothing };

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpfloat (draw (pictures[i], FALSE, &error), <, 0);
    g_assert_nonnull (error);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pen/sets-a-long-text-smaller", test_smaller);
  g_test_add_func ("/pen/names-a-text-that-has-no-room", test_no_room);
  g_test_add_func ("/pen/mirrors-what-is-written-from-the-right", test_direction);
  g_test_add_func ("/pen/draws-pictures-whole-or-filling", test_picture);
  g_test_add_func ("/pen/refuses-what-is-no-picture", test_no_picture);

  return g_test_run ();
}
