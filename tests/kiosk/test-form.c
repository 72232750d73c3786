/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-form.h"

#include "dc-display-test.h"

static const struct
{
  int         width, height;
  DcForm      form;
  const char *classes;
} forms[] = {
  { 360, 720, DC_FORM_PHONE, "phone short" },
  { 479, 1000, DC_FORM_PHONE, "phone" },
  { 480, 1000, DC_FORM_PORTRAIT, "portrait" },
  { 600, 960, DC_FORM_PORTRAIT, "portrait" },
  { 759, 759, DC_FORM_PORTRAIT, "portrait short" },
  { 760, 760, DC_FORM_LARGE_PORTRAIT, "portrait" },
  { 760, 999, DC_FORM_LARGE_PORTRAIT, "portrait" },
  { 760, 1000, DC_FORM_LARGE_PORTRAIT, "portrait large" },
  { 800, 1280, DC_FORM_LARGE_PORTRAIT, "portrait large" },
  { 1080, 1920, DC_FORM_LARGE_PORTRAIT, "portrait large" },
  { 960, 600, DC_FORM_LOW_LANDSCAPE, "landscape short" },
  { 1280, 759, DC_FORM_LOW_LANDSCAPE, "landscape short" },
  { 1280, 760, DC_FORM_LANDSCAPE, "landscape" },
  { 1280, 800, DC_FORM_LANDSCAPE, "landscape" },
  { 1920, 1080, DC_FORM_LANDSCAPE, "landscape large" },
};

static const char * const classes[] = { "phone", "portrait", "landscape", "short", "large" };

typedef struct
{
  GtkWindow *window;
  guint      calls;
  DcForm     form;
} Changes;

static void
on_changed (GtkWindow *window,
            DcForm     form)
{
  Changes *changes = g_object_get_data (G_OBJECT (window), "changes");

  g_assert_true (changes->window == window);
  changes->calls++;
  changes->form = form;
}

static void
assert_classes (GtkWindow  *window,
                const char *expected)
{
  g_auto (GStrv) wanted = g_strsplit (expected, " ", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    g_assert_cmpint (gtk_widget_has_css_class (GTK_WIDGET (window), classes[i]), ==,
                     g_strv_contains ((const char * const *) wanted, classes[i]));
}

static void
test_of (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    g_assert_cmpuint (dc_form_of (forms[i].width, forms[i].height), ==, forms[i].form);
}

static void
test_landscape (void)
{
  g_assert_true (dc_form_is_landscape (DC_FORM_LANDSCAPE));
  g_assert_true (dc_form_is_landscape (DC_FORM_LOW_LANDSCAPE));
  g_assert_false (dc_form_is_landscape (DC_FORM_PHONE));
  g_assert_false (dc_form_is_landscape (DC_FORM_PORTRAIT));
  g_assert_false (dc_form_is_landscape (DC_FORM_LARGE_PORTRAIT));
}

/* Before the window shows, by the size that it asked for. */
static void
test_at_first (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    GtkWindow *window = GTK_WINDOW (gtk_window_new ());
    Changes changes = { window, 0, DC_FORM_PHONE };

    g_object_set_data (G_OBJECT (window), "changes", &changes);
    dc_form_follow (window, forms[i].width, forms[i].height, on_changed);
    g_assert_cmpuint (changes.calls, ==, 1);
    g_assert_cmpuint (changes.form, ==, forms[i].form);
    assert_classes (window, forms[i].classes);
    gtk_window_destroy (window);
  }
}

static void
resize (GtkWindow *window,
        int        width,
        int        height)
{
  gtk_window_set_default_size (window, width, height);
  dc_display_test_settle (GTK_WIDGET (window));
  dc_display_test_settle (GTK_WIDGET (window));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), ==, width);
}

static void
test_follows (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  Changes changes = { window, 0, DC_FORM_PHONE };

  g_object_set_data (G_OBJECT (window), "changes", &changes);
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, 600, 960);
  dc_form_follow (window, 600, 960, on_changed);
  gtk_window_present (window);
  dc_display_test_settle (GTK_WIDGET (window));
  g_assert_cmpuint (changes.calls, ==, 1);

  resize (window, 1280, 800);
  g_assert_cmpuint (changes.calls, ==, 2);
  g_assert_cmpuint (changes.form, ==, DC_FORM_LANDSCAPE);
  assert_classes (window, "landscape");
  /* Of the same form: nothing to arrange anew, but a class may change. */
  resize (window, 1920, 1080);
  g_assert_cmpuint (changes.calls, ==, 2);
  assert_classes (window, "landscape large");
  resize (window, 360, 720);
  g_assert_cmpuint (changes.calls, ==, 3);
  assert_classes (window, "phone short");
  dc_display_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);

  g_test_add_func ("/form/of-each-screen", test_of);
  g_test_add_func ("/form/knows-landscape", test_landscape);
  g_test_add_func ("/form/is-there-before-the-window-shows", test_at_first);
  g_test_add_func ("/form/follows-the-window", test_follows);

  return g_test_run ();
}
