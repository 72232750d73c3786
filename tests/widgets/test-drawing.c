/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drawing.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-display-test.h"
#include "dc-widgets.h"

#define RED 0xffff0000u
#define GREEN 0xff00ff00u
#define BLUE 0xff0000ffu
#define SAND 0xfff3eadau

/* Three bands of a third each: 300 by 100. */
#define BANDS \
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 100'>" \
  "<rect width='100' height='100' fill='#f00'/>" \
  "<rect x='100' width='100' height='100' fill='#0f0'/>" \
  "<rect x='200' width='100' height='100' fill='#00f'/></svg>"

static DcDrawing *
make_drawing (const char *svg)
{
  DcDrawing *drawing = DC_DRAWING (dc_drawing_new ());
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));

  gtk_widget_set_name (GTK_WIDGET (drawing), "bare");
  dc_drawing_set_svg (drawing, bytes, NULL);

  return drawing;
}

static guint32
colour_at (DcDrawing *drawing,
           double     x,
           double     y)
{
  g_autoptr (DcPicture) picture = dc_picture_take (GTK_WIDGET (drawing));

  return dc_picture_at (picture, (int) (x * (picture->width - 1)),
                        (int) (y * (picture->height - 1)));
}

static void
test_cover (void)
{
  DcDrawing *drawing = make_drawing (BANDS);
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (drawing), 200, 200);

  /* 600 by 200 scaled; the middle 200 are the green band. */
  g_assert_cmphex (colour_at (drawing, 0.02, 0.5), ==, GREEN);
  g_assert_cmphex (colour_at (drawing, 0.98, 0.5), ==, GREEN);

  dc_drawing_set_focal_point (drawing, 0, 0.5);
  dc_display_test_settle (GTK_WIDGET (drawing));
  g_assert_cmphex (colour_at (drawing, 0, 0), ==, RED);
  g_assert_cmphex (colour_at (drawing, 1, 1), ==, RED);

  dc_drawing_set_focal_point (drawing, 1, 0.5);
  dc_display_test_settle (GTK_WIDGET (drawing));
  g_assert_cmphex (colour_at (drawing, 0.5, 0.5), ==, BLUE);

  /* A point a third in comes to the middle: half red, half green. */
  dc_drawing_set_focal_point (drawing, 1.0 / 3, 0.5);
  dc_display_test_settle (GTK_WIDGET (drawing));
  g_assert_cmphex (colour_at (drawing, 0.4, 0.5), ==, RED);
  g_assert_cmphex (colour_at (drawing, 0.6, 0.5), ==, GREEN);
  dc_display_test_close (window);
}

static void
test_sharp (void)
{
  DcDrawing *drawing = make_drawing (BANDS);
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (drawing), 600, 200);
  g_autoptr (DcPicture) picture = dc_picture_take (GTK_WIDGET (drawing));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (drawing));

  g_assert_cmpint (picture->width, ==, 600 * scale);
  for (int x = 0; x < picture->width; x++)
    g_assert_cmphex (dc_picture_at (picture, x, picture->height / 2), ==,
                     x < 200 * scale ? RED : x < 400 * scale ? GREEN : BLUE);
  dc_display_test_close (window);
}

static void
test_resize (void)
{
  DcDrawing *drawing = make_drawing (BANDS);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWindow *window;

  gtk_widget_set_halign (GTK_WIDGET (drawing), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (drawing), GTK_ALIGN_START);
  gtk_widget_set_size_request (GTK_WIDGET (drawing), 300, 100);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (drawing));
  window = dc_display_test_present (box, 700, 400);
  g_assert_cmphex (colour_at (drawing, 0.1, 0.5), ==, RED);

  gtk_widget_set_size_request (GTK_WIDGET (drawing), 630, 210);
  dc_display_test_settle (GTK_WIDGET (drawing));
  g_assert_cmphex (colour_at (drawing, 0.32, 0.5), ==, RED);
  g_assert_cmphex (colour_at (drawing, 0.34, 0.5), ==, GREEN);
  dc_display_test_close (window);
}

static void
test_rounded (void)
{
  DcDrawing *drawing = make_drawing (BANDS);
  GtkWindow *window;

  gtk_widget_set_name (GTK_WIDGET (drawing), "");
  window = dc_display_test_present (GTK_WIDGET (drawing), 300, 100);
  g_assert_cmphex (colour_at (drawing, 0, 0), ==, 0);
  g_assert_cmphex (colour_at (drawing, 1, 1), ==, 0);
  g_assert_cmphex (colour_at (drawing, 0.1, 0.5), ==, RED);
  dc_display_test_close (window);
}

static void
assert_plain (const char *svg,
              gsize       size,
              int         code)
{
  DcDrawing *drawing = DC_DRAWING (dc_drawing_new ());
  g_autoptr (GBytes) bytes = g_bytes_new (svg, size);
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  gtk_widget_set_name (GTK_WIDGET (drawing), "bare");
  g_assert_false (dc_drawing_set_svg (drawing, bytes, &error));
  g_assert_error (error, DC_DRAWING_ERROR, code);

  window = dc_display_test_present (GTK_WIDGET (drawing), 120, 80);
  g_assert_cmphex (colour_at (drawing, 0.5, 0.5), ==, SAND);
  g_assert_cmphex (colour_at (drawing, 0, 1), ==, SAND);
  dc_display_test_close (window);
}

static void
test_bad_files (void)
{
  static const char *bad[] = {
    "",
    "not a drawing",
    "<svg",
    "<html><body/></html>",
    "\x89PNG\r\n\x1a\n",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1e9 1'/>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='-4' height='9'/>",
    "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
    "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]>"
    "<svg xmlns='http://www.w3.org/2000/svg'><text>&f;&f;&f;&f;&f;&f;&f;&f;</text></svg>",
  };
  g_autofree char *large = g_malloc0 (DC_DRAWING_MAX_BYTES + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_plain (bad[i], strlen (bad[i]), DC_DRAWING_ERROR_UNREADABLE);
  assert_plain (large, DC_DRAWING_MAX_BYTES + 1, DC_DRAWING_ERROR_TOO_LARGE);
}

/* Reads well, but to draw it would take for ever: <use> doubles 60 times. */
static void
test_bomb (void)
{
  g_autoptr (GString) svg =
    g_string_new ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><defs>"
                  "<g id='g0'><rect width='9' height='9'/></g>");
  DcDrawing *drawing;
  GtkWindow *window;
  gint64 start = g_get_monotonic_time ();

  for (int i = 1; i <= 60; i++)
    g_string_append_printf (svg, "<g id='g%d'><use href='#g%d'/><use href='#g%d'/></g>",
                            i, i - 1, i - 1);
  g_string_append (svg, "</defs><use href='#g60'/></svg>");

  drawing = make_drawing (svg->str);
  window = dc_display_test_present (GTK_WIDGET (drawing), 90, 90);
  g_assert_cmphex (colour_at (drawing, 0.5, 0.5), ==, SAND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
  dc_display_test_close (window);
}

/* The red file lies beside; a drawing that named it would show it. */
static void
test_no_references (void)
{
  g_autofree char *dir = g_dir_make_tmp ("daily-cup-svg-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "red.svg", NULL);
  g_autofree char *svg =
    g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>"
                     "<rect width='10' height='10' fill='#0f0'/>"
                     "<image href='file://%s' width='10' height='10'/></svg>", path);
  DcDrawing *drawing;
  GtkWindow *window;

  g_assert_true (g_file_set_contents (path,
                                      "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>"
                                      "<rect width='10' height='10' fill='#f00'/></svg>", -1, NULL));
  drawing = make_drawing (svg);
  window = dc_display_test_present (GTK_WIDGET (drawing), 100, 100);
  g_assert_cmphex (colour_at (drawing, 0.5, 0.5), ==, GREEN);
  dc_display_test_close (window);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_measure (void)
{
  DcDrawing *drawing = g_object_ref_sink (make_drawing (BANDS));
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (drawing), GTK_ORIENTATION_VERTICAL, 600,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (natural, ==, 200);
  gtk_widget_measure (GTK_WIDGET (drawing), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (natural, ==, 300);
  g_assert_finalize_object (drawing);
}

static void
count (GObject    *object,
       GParamSpec *pspec,
       guint      *n)
{
  (*n)++;
}

static void
test_properties (void)
{
  DcDrawing *drawing = g_object_ref_sink (DC_DRAWING (dc_drawing_new ()));
  g_autoptr (GBytes) bytes = g_bytes_new_static (BANDS, strlen (BANDS));
  guint notified = 0;
  double x, y;

  g_signal_connect (drawing, "notify", G_CALLBACK (count), &notified);
  for (int i = 0; i < 2; i++)
    g_object_set (drawing, "svg", bytes, "alternative", "A bridge",
                  "focal-x", 0.25, "focal-y", 0.75, NULL);
  g_assert_cmpuint (notified, ==, 4);
  g_object_get (drawing, "focal-x", &x, "focal-y", &y, NULL);
  g_assert_cmpfloat (x, ==, 0.25);
  g_assert_cmpfloat (y, ==, 0.75);
  g_assert_true (dc_drawing_get_svg (drawing) == bytes);
  g_assert_cmpstr (dc_drawing_get_alternative (drawing), ==, "A bridge");

  gtk_test_accessible_assert_role (drawing, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (drawing, GTK_ACCESSIBLE_PROPERTY_LABEL, "A bridge");
  gtk_test_accessible_assert_state (drawing, GTK_ACCESSIBLE_STATE_HIDDEN, FALSE);
  dc_drawing_set_alternative (drawing, NULL);
  gtk_test_accessible_assert_state (drawing, GTK_ACCESSIBLE_STATE_HIDDEN, TRUE);

  g_assert_true (dc_drawing_set_svg (drawing, NULL, NULL));
  g_assert_null (dc_drawing_get_svg (drawing));
  g_assert_finalize_object (drawing);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GtkCssProvider) provider = NULL;

  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, "#bare { border-radius: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);

  g_test_add_func ("/drawing/properties/notify-and-name-the-picture", test_properties);
  g_test_add_func ("/drawing/measure/keeps-the-ratio-and-asks-for-nothing", test_measure);
  g_test_add_func ("/drawing/fit/covers-and-keeps-the-focal-point-in-sight", test_cover);
  g_test_add_func ("/drawing/pixels/are-sharp-at-the-device-s-size", test_sharp);
  g_test_add_func ("/drawing/pixels/follow-a-new-size", test_resize);
  g_test_add_func ("/drawing/corners/are-cut-by-the-stylesheet-s-radius", test_rounded);
  g_test_add_func ("/drawing/hostile/a-bad-file-shows-as-plain-sand", test_bad_files);
  g_test_add_func ("/drawing/hostile/a-file-without-end-shows-as-plain-sand", test_bomb);
  g_test_add_func ("/drawing/hostile/no-other-file-is-read", test_no_references);

  return g_test_run ();
}
