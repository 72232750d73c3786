/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-split.h"

#include "dc-display-test.h"
#include "dc-widgets.h"

/* A child with known needs. */
static GtkWidget *
make_child (int width,
            int height)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (child, width, height);

  return child;
}

static DcSplit *
make_split (int start_height,
            int end_height)
{
  DcSplit *split = DC_SPLIT (dc_split_new ());

  dc_split_set_spacing (split, 20);
  dc_split_set_ratio (split, 0.6);
  dc_split_set_end (split, make_child (200, end_height));
  dc_split_set_start (split, make_child (300, start_height));

  return split;
}

/* @x as it would be in left-to-right text. */
static void
assert_place (DcSplit   *split,
              GtkWidget *child,
              int        x,
              int        y,
              int        width,
              int        height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (split)) == GTK_TEXT_DIR_RTL;
  int left = rtl ? gtk_widget_get_width (GTK_WIDGET (split)) - x - width : x;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (split), &bounds));
  g_assert_cmpfloat ((double) bounds.origin.x, ==, left);
  g_assert_cmpfloat ((double) bounds.origin.y, ==, y);
  g_assert_cmpfloat ((double) bounds.size.width, ==, width);
  g_assert_cmpfloat ((double) bounds.size.height, ==, height);
}

static void
check_geometry (GtkTextDirection direction)
{
  static const struct { int width, height; gboolean wide; } screens[] = {
    { 360, 720, FALSE }, { 600, 960, FALSE }, { 800, 1280, FALSE }, { 1080, 1920, FALSE },
    { 960, 600, TRUE }, { 1280, 800, TRUE }, { 640, 480, TRUE }, { 900, 1000, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (screens); i++) {
    DcSplit *split = make_split (150, 240);
    int width = screens[i].width, height = screens[i].height;
    GtkWindow *window;

    gtk_widget_set_direction (GTK_WIDGET (split), direction);
    window = dc_display_test_present (GTK_WIDGET (split), width, height);

    g_assert_true (dc_split_get_wide (split) == screens[i].wide);
    g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (split), "dc-wide") == screens[i].wide);
    g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (split), "dc-tall") != screens[i].wide);
    if (screens[i].wide) {
      int share = (int) (width * 0.6 - 10 + 0.5);

      assert_place (split, dc_split_get_start (split), 0, 0, share, height);
      assert_place (split, dc_split_get_end (split), share + 20, 0, width - share - 20, height);
    } else {
      assert_place (split, dc_split_get_start (split), 0, 0, width, height - 260);
      assert_place (split, dc_split_get_end (split), 0, height - 240, width, 240);
    }
    dc_display_test_close (window);
  }
}

static void
test_left_to_right (void)
{
  check_geometry (GTK_TEXT_DIR_LTR);
}

static void
test_right_to_left (void)
{
  check_geometry (GTK_TEXT_DIR_RTL);
}

/* 640 by 700 would be tall, but both do not fit one above the other. */
static void
test_falls_back (void)
{
  DcSplit *split = make_split (450, 400);
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (split), 640, 700);
  int minimum, natural;

  g_assert_true (dc_split_get_wide (split));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), ==, 700);
  gtk_widget_measure (GTK_WIDGET (split), GTK_ORIENTATION_VERTICAL, 640,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 450);
  g_assert_cmpint (natural, ==, 870);

  /* Too narrow for both side by side: 300 + 20 + 200. */
  gtk_widget_measure (GTK_WIDGET (split), GTK_ORIENTATION_VERTICAL, 519,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 870);
  gtk_widget_measure (GTK_WIDGET (split), GTK_ORIENTATION_VERTICAL, 1280,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 450);
  g_assert_cmpint (natural, ==, 450);
  gtk_widget_measure (GTK_WIDGET (split), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 300);
  g_assert_cmpint (natural, ==, 520);
  dc_display_test_close (window);
}

static void
test_child_that_needs_more (void)
{
  DcSplit *split = make_split (100, 100);
  GtkWindow *window;

  gtk_widget_set_size_request (dc_split_get_end (split), 500, 100);
  window = dc_display_test_present (GTK_WIDGET (split), 960, 600);
  assert_place (split, dc_split_get_start (split), 0, 0, 440, 600);
  assert_place (split, dc_split_get_end (split), 460, 0, 500, 600);
  dc_display_test_close (window);
}

static void
test_hidden_child (void)
{
  DcSplit *split = make_split (100, 100);
  GtkWindow *window;

  gtk_widget_set_visible (dc_split_get_start (split), FALSE);
  window = dc_display_test_present (GTK_WIDGET (split), 1280, 800);
  assert_place (split, dc_split_get_end (split), 0, 0, 1280, 800);

  gtk_widget_set_visible (dc_split_get_start (split), TRUE);
  gtk_widget_set_visible (dc_split_get_end (split), FALSE);
  dc_display_test_settle (GTK_WIDGET (split));
  assert_place (split, dc_split_get_start (split), 0, 0, 1280, 800);

  dc_split_set_end (split, NULL);
  dc_display_test_settle (GTK_WIDGET (split));
  assert_place (split, dc_split_get_start (split), 0, 0, 1280, 800);
  dc_display_test_close (window);

  split = make_split (100, 100);
  gtk_widget_set_visible (dc_split_get_start (split), FALSE);
  window = dc_display_test_present (GTK_WIDGET (split), 600, 960);
  assert_place (split, dc_split_get_end (split), 0, 0, 600, 960);
  dc_display_test_close (window);
}

/* The label wraps: its height is that of the width that it really gets. */
static void
test_wrapping (void)
{
  DcSplit *split = make_split (10, 10);
  GtkWidget *label = gtk_label_new ("A sentence that is far too long for one line of a narrow "
                                    "screen and therefore takes several of them.");
  GtkWindow *window;
  int minimum;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  dc_split_set_end (split, label);
  window = dc_display_test_present (GTK_WIDGET (split), 360, 720);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 360, &minimum, NULL, NULL, NULL);
  assert_place (split, label, 0, 720 - minimum, 360, minimum);
  dc_display_test_close (window);
}

static void
on_wide (DcSplit    *split,
         GParamSpec *pspec,
         guint      *n)
{
  gtk_widget_set_size_request (dc_split_get_end (split), 200, 77);
  (*n)++;
}

static void
test_notifies_after_layout (void)
{
  DcSplit *split = make_split (100, 100);
  guint notified = 0;
  GtkWindow *window;

  g_signal_connect (split, "notify::wide", G_CALLBACK (on_wide), &notified);
  window = dc_display_test_present (GTK_WIDGET (split), 1280, 800);
  g_assert_cmpuint (notified, ==, 1);

  dc_split_set_ratio (split, 0.3);
  dc_display_test_settle (GTK_WIDGET (split));
  g_assert_cmpuint (notified, ==, 1);
  assert_place (split, dc_split_get_start (split), 0, 0, 374, 800);
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
  DcSplit *split = g_object_ref_sink (DC_SPLIT (dc_split_new ()));
  GtkWidget *start = make_child (1, 1), *end = make_child (1, 1);
  guint notified = 0;

  g_signal_connect (split, "notify", G_CALLBACK (count), &notified);
  for (int i = 0; i < 2; i++)
    g_object_set (split, "start", start, "end", end, "ratio", 0.7, "spacing", 12, NULL);
  g_assert_cmpuint (notified, ==, 4);
  g_assert_true (dc_split_get_start (split) == start);
  g_assert_true (dc_split_get_end (split) == end);
  g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (split)) == start);
  g_assert_cmpfloat (dc_split_get_ratio (split), ==, 0.7);
  g_assert_cmpint (dc_split_get_spacing (split), ==, 12);

  g_object_add_weak_pointer (G_OBJECT (start), (gpointer *) &start);
  g_object_add_weak_pointer (G_OBJECT (end), (gpointer *) &end);
  g_assert_finalize_object (split);
  g_assert_null (start);
  g_assert_null (end);
}

static void
test_template (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;
  GObject *split;

  gtk_builder_add_from_string (builder,
                               "<interface><object class='DcSplit' id='split'>"
                               "<child type='end'><object class='GtkLabel'/></child>"
                               "<child type='start'><object class='DcDrawing'/></child>"
                               "</object></interface>", -1, &error);
  g_assert_no_error (error);
  split = gtk_builder_get_object (builder, "split");
  g_assert_true (GTK_IS_LABEL (dc_split_get_end (DC_SPLIT (split))));
  g_assert_nonnull (dc_split_get_start (DC_SPLIT (split)));
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());

  g_test_add_func ("/split/properties/notify-once-and-own-the-children", test_properties);
  g_test_add_func ("/split/properties/children-come-from-a-template", test_template);
  g_test_add_func ("/split/geometry/left-to-right", test_left_to_right);
  g_test_add_func ("/split/geometry/right-to-left", test_right_to_left);
  g_test_add_func ("/split/geometry/takes-the-arrangement-that-has-room", test_falls_back);
  g_test_add_func ("/split/geometry/gives-a-child-its-least-width", test_child_that_needs_more);
  g_test_add_func ("/split/geometry/leaves-all-to-the-child-that-shows", test_hidden_child);
  g_test_add_func ("/split/geometry/follows-text-that-wraps", test_wrapping);
  g_test_add_func ("/split/wide/is-notified-once-after-the-layout", test_notifies_after_layout);

  return g_test_run ();
}
