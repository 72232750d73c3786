/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-cup-view.h"

#include <math.h>

#include "dc-display-test.h"
#include "dc-widgets.h"

#define COFFEE 0xff7a4226u

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static guint
count_colour (DcPicture *picture,
              guint32    colour)
{
  guint n = 0;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      n += dc_picture_at (picture, x, y) == colour;

  return n;
}

static guint
coffee_at (DcCupView *cup,
           double     level)
{
  g_autoptr (DcPicture) picture = NULL;

  dc_cup_view_set_level (cup, level);
  dc_display_test_settle (GTK_WIDGET (cup));
  picture = dc_picture_take (GTK_WIDGET (cup));

  return count_colour (picture, COFFEE);
}

static void
test_fills (void)
{
  DcCupView *cup = DC_CUP_VIEW (dc_cup_view_new ());
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (cup), 400, 400);
  guint before;

  set_animations (FALSE);
  g_assert_cmpuint (coffee_at (cup, 0), ==, 0);
  before = 0;
  for (int i = 1; i <= 10; i++) {
    guint now = coffee_at (cup, i / 10.0);

    g_assert_cmpuint (now, >, before);
    before = now;
  }
  g_assert_cmpuint (coffee_at (cup, 0.2), <, before / 2);
  set_animations (TRUE);
  dc_display_test_close (window);
}

static void
on_after_paint (GdkFrameClock *clock,
                guint         *frames)
{
  (*frames)++;
}

static guint
count_frames (GtkWidget *widget,
              guint      ms)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &frames);

  dc_display_test_wait (ms);
  g_signal_handler_disconnect (clock, id);

  return frames;
}

static void
test_rests (void)
{
  DcCupView *cup = DC_CUP_VIEW (dc_cup_view_new ());
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (cup), 300, 300);
  gint64 start = g_get_monotonic_time ();

  dc_cup_view_set_level (cup, 0.8);
  g_assert_cmpfloat (dc_cup_view_get_level (cup), ==, 0.8);
  g_assert_cmpfloat (dc_cup_view_get_shown_level (cup), <, 0.8);
  while (dc_cup_view_get_shown_level (cup) < 0.8)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 150 * 1000);

  dc_display_test_wait (200);
  g_assert_cmpuint (count_frames (GTK_WIDGET (cup), 1000), ==, 0);
  g_assert_cmpfloat (dc_cup_view_get_shown_level (cup), ==, 0.8);
  dc_display_test_close (window);
}

/* A new sum while the last one is still being poured. */
static void
test_interrupted (void)
{
  DcCupView *cup = DC_CUP_VIEW (dc_cup_view_new ());
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (cup), 300, 300);
  double middle;

  dc_cup_view_set_level (cup, 1);
  while (dc_cup_view_get_shown_level (cup) < 0.2)
    g_main_context_iteration (NULL, TRUE);
  middle = dc_cup_view_get_shown_level (cup);
  dc_cup_view_set_level (cup, 0);
  g_assert_cmpfloat (fabs (dc_cup_view_get_shown_level (cup) - middle), <, 0.01);
  while (dc_cup_view_get_shown_level (cup) > 0)
    g_main_context_iteration (NULL, TRUE);
  dc_display_test_close (window);

  /* And a window that closes meanwhile. */
  cup = DC_CUP_VIEW (dc_cup_view_new ());
  window = dc_display_test_present (GTK_WIDGET (cup), 300, 300);
  dc_cup_view_set_level (cup, 1);
  g_object_add_weak_pointer (G_OBJECT (cup), (gpointer *) &cup);
  dc_display_test_close (window);
  dc_display_test_wait (300);
  g_assert_null (cup);
}

static void
test_no_animations (void)
{
  DcCupView *cup = DC_CUP_VIEW (dc_cup_view_new ());
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (cup), 300, 300);

  set_animations (FALSE);
  dc_cup_view_set_level (cup, 0.7);
  g_assert_cmpfloat (dc_cup_view_get_shown_level (cup), ==, 0.7);
  set_animations (TRUE);
  dc_display_test_close (window);
}

/* The handle: white far out on one side only. */
static guint
white_in (DcPicture *picture,
          int        from,
          int        to)
{
  guint n = 0;

  for (int y = 0; y < picture->height; y++)
    for (int x = from; x < to; x++)
      n += dc_picture_at (picture, x, y) == 0xffffffffu;

  return n;
}

static void
test_mirrored (void)
{
  for (int rtl = 0; rtl < 2; rtl++) {
    DcCupView *cup = DC_CUP_VIEW (dc_cup_view_new ());
    g_autoptr (DcPicture) picture = NULL;
    GtkWindow *window;
    guint left, right;

    gtk_widget_set_direction (GTK_WIDGET (cup), rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
    window = dc_display_test_present (GTK_WIDGET (cup), 400, 410);
    picture = dc_picture_take (GTK_WIDGET (cup));
    left = white_in (picture, 0, 84);
    right = white_in (picture, 316, 400);
    if (rtl)
      g_assert_cmpuint (left, >, 2 * right);
    else
      g_assert_cmpuint (right, >, 2 * left);
    dc_display_test_close (window);
  }
}

static void
test_sizes (void)
{
  static const int sizes[] = { 48, 64, 900 };

  set_animations (FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    DcCupView *cup = DC_CUP_VIEW (dc_cup_view_new ());
    GtkWindow *window = dc_display_test_present (GTK_WIDGET (cup), sizes[i], sizes[i]);
    guint area = (guint) (sizes[i] * sizes[i]);
    guint coffee = coffee_at (cup, 1);

    g_assert_cmpuint (coffee, >, area / 6);
    g_assert_cmpuint (coffee, <, area / 3);
    dc_display_test_close (window);
  }
  set_animations (TRUE);
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
  DcCupView *cup = g_object_ref_sink (DC_CUP_VIEW (dc_cup_view_new ()));
  guint notified = 0;
  double level;

  g_signal_connect (cup, "notify::level", G_CALLBACK (count), &notified);
  g_object_set (cup, "level", 0.25, NULL);
  g_object_set (cup, "level", 0.25, NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_object_get (cup, "level", &level, NULL);
  g_assert_cmpfloat (level, ==, 0.25);

  dc_cup_view_set_level (cup, 7);
  g_assert_cmpfloat (dc_cup_view_get_level (cup), ==, 1);
  dc_cup_view_set_level (cup, -1);
  g_assert_cmpfloat (dc_cup_view_get_level (cup), ==, 0);
  dc_cup_view_set_level (cup, 0.5);
  dc_cup_view_set_level (cup, NAN);
  g_assert_cmpfloat (dc_cup_view_get_level (cup), ==, 0);

  gtk_test_accessible_assert_role (cup, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  g_assert_finalize_object (cup);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());

  g_test_add_func ("/cup-view/level/is-kept-between-empty-and-full", test_properties);
  g_test_add_func ("/cup-view/level/shows-as-more-coffee", test_fills);
  g_test_add_func ("/cup-view/animation/stops-and-draws-nothing-more", test_rests);
  g_test_add_func ("/cup-view/animation/goes-on-from-where-it-was", test_interrupted);
  g_test_add_func ("/cup-view/animation/is-left-out-where-animations-are-off", test_no_animations);
  g_test_add_func ("/cup-view/drawing/is-mirrored-in-right-to-left", test_mirrored);
  g_test_add_func ("/cup-view/drawing/keeps-its-proportions-small-and-large", test_sizes);

  return g_test_run ();
}
