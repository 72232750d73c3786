/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-qr-view.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "dc-display-test.h"
#include "dc-widgets.h"

#define TEXT "https://give.example.org/g/18/m/K3F7Q9"
#define WHITE 0xffffffffu
#define BLACK 0xff000000u

static DcSymbol *
make_symbol (const char *text)
{
  g_autoptr (GError) error = NULL;
  DcSymbol *symbol = dc_symbol_new (text, 10, &error);

  g_assert_no_error (error);

  return symbol;
}

/* The view alone, without the padding and the radius of the stylesheet. */
static DcQrView *
make_view (const char *text)
{
  DcQrView *view = DC_QR_VIEW (dc_qr_view_new ());
  g_autoptr (DcSymbol) symbol = make_symbol (text);

  gtk_widget_set_name (GTK_WIDGET (view), "bare");
  dc_qr_view_set_minimum_side (view, 0);
  dc_qr_view_set_symbol (view, symbol);

  return view;
}

static void
add_css (const char *css)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, css, -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
}

/* What a reader may ask of the pixel at x, y; computed from the definition,
 * not from the widget: whole modules, as many pixels as fit, centred. */
static guint32
expected_at (DcSymbol *symbol,
             int       side,
             int       x,
             int       y)
{
  int size = (int) dc_symbol_get_size (symbol);
  int module = side / (size + 8);
  int margin = (side - size * module) / 2;
  int column = (x - margin) / module;
  int row = (y - margin) / module;

  if (x < margin || y < margin || column >= size || row >= size)
    return WHITE;

  return dc_symbol_is_dark (symbol, (guint) column, (guint) row) ? BLACK : WHITE;
}

static void
assert_exact (DcQrView *view,
              int       width,
              int       height)
{
  g_autoptr (DcPicture) picture = dc_picture_take (GTK_WIDGET (view));
  DcSymbol *symbol = dc_qr_view_get_symbol (view);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (view));
  int side = MIN (width, height) * scale;
  int left = (width * scale - side) / 2;
  int top = (height * scale - side) / 2;

  g_assert_cmpint (scale, ==, g_getenv ("GDK_SCALE") != NULL ? 2 : 1);
  g_assert_cmpint (picture->width, ==, width * scale);
  g_assert_cmpint (picture->height, ==, height * scale);
  g_assert_cmpuint (dc_qr_view_get_module_pixels (view), ==,
                    (guint) side / (dc_symbol_get_size (symbol) + 8));

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      g_assert_cmphex (dc_picture_at (picture, left + x, top + y), ==,
                       expected_at (symbol, side, x, y));
}

static void
test_pixels (void)
{
  static const struct { int width, height; } sizes[] = {
    { 80, 80 }, { 123, 123 }, { 200, 170 }, { 171, 240 }, { 311, 311 }, { 480, 480 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    DcQrView *view = make_view (TEXT);
    GtkWindow *window = dc_display_test_present (GTK_WIDGET (view),
                                                 sizes[i].width, sizes[i].height);

    assert_exact (view, sizes[i].width, sizes[i].height);
    dc_display_test_close (window);
  }
}

static void
test_right_to_left (void)
{
  DcQrView *view = make_view (TEXT);
  GtkWindow *window;

  gtk_widget_set_direction (GTK_WIDGET (view), GTK_TEXT_DIR_RTL);
  window = dc_display_test_present (GTK_WIDGET (view), 200, 200);
  assert_exact (view, 200, 200);
  dc_display_test_close (window);
}

static void
test_dark_theme (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  DcQrView *view = make_view (TEXT);
  GtkWindow *window;

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_widget_add_css_class (GTK_WIDGET (view), "night");
  window = dc_display_test_present (GTK_WIDGET (view), 200, 200);
  assert_exact (view, 200, 200);
  dc_display_test_close (window);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
}

/* An uneven place in the window, as a page gives it. */
static void
test_inside_a_page (void)
{
  DcQrView *view = make_view (TEXT);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWindow *window;

  gtk_widget_set_margin_start (GTK_WIDGET (view), 17);
  gtk_widget_set_margin_top (GTK_WIDGET (view), 31);
  gtk_widget_set_halign (GTK_WIDGET (view), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (view), GTK_ALIGN_START);
  dc_qr_view_set_natural_side (view, 187);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view));
  window = dc_display_test_present (box, 400, 300);
  assert_exact (view, 187, 187);
  g_assert_true (dc_qr_view_matches (view, NULL));
  dc_display_test_close (window);
}

static char *
decode (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) zbar = NULL;
  char *text = NULL;

  zbar = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           &error, "zbarimg", "--quiet", "--raw", "-Sbinary",
                           "-Sdisable", "-Sqrcode.enable", path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (zbar, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_reader (void)
{
  static const int sides[] = { 120, 243, 500 };
  g_autofree char *dir = g_dir_make_tmp ("daily-cup-qr-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "code.png", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++) {
    DcQrView *view = make_view (TEXT);
    GtkWindow *window = dc_display_test_present (GTK_WIDGET (view), sides[i], sides[i]);
    g_autoptr (DcPicture) picture = dc_picture_take (GTK_WIDGET (view));
    g_autofree char *text = NULL;

    g_assert_true (gdk_texture_save_to_png (picture->texture, path));
    text = decode (path);
    g_assert_cmpstr (text, ==, TEXT);
    dc_display_test_close (window);
  }

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_matches (void)
{
  DcQrView *view = make_view (TEXT);
  g_autoptr (DcSymbol) other = make_symbol ("https://example.org/other");
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  g_assert_false (dc_qr_view_matches (view, &error));
  g_assert_error (error, DC_QR_VIEW_ERROR, DC_QR_VIEW_ERROR_NOT_DRAWN);
  g_clear_error (&error);

  window = dc_display_test_present (GTK_WIDGET (view), 200, 200);
  g_assert_true (dc_qr_view_matches (view, &error));
  g_assert_no_error (error);

  dc_qr_view_set_symbol (view, other);
  g_assert_false (dc_qr_view_matches (view, &error));
  g_assert_error (error, DC_QR_VIEW_ERROR, DC_QR_VIEW_ERROR_NOT_DRAWN);
  dc_display_test_settle (GTK_WIDGET (view));
  g_assert_true (dc_qr_view_matches (view, NULL));

  dc_qr_view_set_symbol (view, NULL);
  g_assert_true (dc_qr_view_matches (view, NULL));
  dc_display_test_close (window);
}

static void
assert_differs (DcQrView *view)
{
  g_autoptr (GError) error = NULL;

  dc_display_test_settle (GTK_WIDGET (view));
  g_assert_false (dc_qr_view_matches (view, &error));
  g_assert_error (error, DC_QR_VIEW_ERROR, DC_QR_VIEW_ERROR_DIFFERS);
}

/* What lies above the code, or what a theme does to it, is seen. */
static void
test_spoilt (void)
{
  DcQrView *view = make_view (TEXT);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *notice = gtk_label_new ("x");
  GtkWindow *window;

  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (view));
  window = dc_display_test_present (overlay, 220, 220);
  g_assert_true (dc_qr_view_matches (view, NULL));

  gtk_widget_add_css_class (GTK_WIDGET (view), "faded");
  assert_differs (view);
  gtk_widget_remove_css_class (GTK_WIDGET (view), "faded");
  gtk_widget_add_css_class (GTK_WIDGET (view), "inverted");
  assert_differs (view);
  gtk_widget_remove_css_class (GTK_WIDGET (view), "inverted");

  gtk_widget_set_name (notice, "notice");
  gtk_widget_set_halign (notice, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (notice, GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), notice);
  assert_differs (view);
  gtk_widget_set_visible (notice, FALSE);
  dc_display_test_settle (GTK_WIDGET (view));
  g_assert_true (dc_qr_view_matches (view, NULL));
  dc_display_test_close (window);
}

static void
test_no_room (void)
{
  DcQrView *view = make_view (TEXT);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWindow *window;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPicture) picture = NULL;

  dc_qr_view_set_natural_side (view, 15);
  gtk_widget_set_halign (GTK_WIDGET (view), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (view), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view));
  window = dc_display_test_present (box, 100, 100);

  g_assert_cmpuint (dc_qr_view_get_module_pixels (view), ==, 0);
  g_assert_false (dc_qr_view_matches (view, &error));
  g_assert_error (error, DC_QR_VIEW_ERROR, DC_QR_VIEW_ERROR_TOO_SMALL);
  picture = dc_picture_take (GTK_WIDGET (view));
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      g_assert_cmphex (dc_picture_at (picture, x, y), ==, WHITE);
  dc_display_test_close (window);
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
  DcQrView *view = g_object_ref_sink (DC_QR_VIEW (dc_qr_view_new ()));
  g_autoptr (DcSymbol) symbol = make_symbol (TEXT);
  guint notified = 0;
  int minimum, natural;

  g_signal_connect (view, "notify", G_CALLBACK (count), &notified);
  g_object_set (view, "symbol", symbol, "label", "Give on your phone",
                "minimum-side", 96, "natural-side", 192, NULL);
  g_assert_cmpuint (notified, ==, 4);
  g_object_set (view, "symbol", symbol, "label", "Give on your phone",
                "minimum-side", 96, "natural-side", 192, NULL);
  g_assert_cmpuint (notified, ==, 4);

  g_assert_true (dc_qr_view_get_symbol (view) == symbol);
  g_assert_cmpstr (dc_qr_view_get_label (view), ==, "Give on your phone");
  g_assert_cmpint (dc_qr_view_get_minimum_side (view), ==, 96);
  g_assert_cmpint (dc_qr_view_get_natural_side (view), ==, 192);

  gtk_widget_set_name (GTK_WIDGET (view), "bare");
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_VERTICAL, 40,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 96);
  g_assert_cmpint (natural, ==, 192);

  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Give on your phone");
  dc_qr_view_set_label (view, NULL);
  g_assert_null (dc_qr_view_get_label (view));

  g_assert_finalize_object (view);
}

static void
test_stylesheet (void)
{
  DcQrView *view = make_view (TEXT);
  GtkWindow *window;

  gtk_widget_set_name (GTK_WIDGET (view), "");
  window = dc_display_test_present (GTK_WIDGET (view), 300, 300);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (view)), <, 300);
  g_assert_true (dc_qr_view_matches (view, NULL));
  dc_display_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());
  add_css ("#bare { padding: 0; border-radius: 0; box-shadow: none; }"
           ".night { background-color: black; color: white; }"
           ".faded { opacity: 0.4; }"
           ".inverted { filter: invert(1); }"
           "#notice { background-color: red; }");

  g_test_add_func ("/qr-view/properties/notify-once-and-measure-a-square", test_properties);
  g_test_add_func ("/qr-view/pixels/are-whole-modules-in-black-and-white", test_pixels);
  g_test_add_func ("/qr-view/pixels/are-not-mirrored-in-right-to-left", test_right_to_left);
  g_test_add_func ("/qr-view/pixels/are-dark-on-white-in-a-dark-theme", test_dark_theme);
  g_test_add_func ("/qr-view/pixels/are-exact-at-an-uneven-place", test_inside_a_page);
  g_test_add_func ("/qr-view/pixels/are-read-by-a-reader", test_reader);
  g_test_add_func ("/qr-view/room/shows-no-code-without-a-pixel-a-module", test_no_room);
  g_test_add_func ("/qr-view/matches/what-is-on-the-screen", test_matches);
  g_test_add_func ("/qr-view/matches/not-what-is-covered-faded-or-inverted", test_spoilt);
  g_test_add_func ("/qr-view/matches/under-the-shipped-stylesheet", test_stylesheet);

  return g_test_run ();
}
