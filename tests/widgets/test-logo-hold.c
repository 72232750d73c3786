/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-logo-hold.h"

#include "dc-display-test.h"

static void
count (DcLogoHold *hold,
       guint      *n)
{
  (*n)++;
}

static GtkWindow *
present (guint *held)
{
  GtkWidget *logo = gtk_label_new ("Logo");
  GtkWindow *window;

  *held = 0;
  g_signal_connect (dc_logo_hold_attach (logo), "held", G_CALLBACK (count), held);
  window = dc_display_test_present (logo, 300, 200);
  dc_display_test_mouse (logo, 0.5, 0.5, "mousemove");

  return window;
}

static void
test_held (void)
{
  guint held;
  GtkWindow *window = present (&held);
  GtkWidget *logo = gtk_window_get_child (window);

  dc_display_test_mouse (logo, 0.5, 0.5, "mousedown");
  dc_display_test_wait (2500);
  g_assert_cmpuint (held, ==, 0);
  dc_display_test_mouse (logo, 0.55, 0.5, "mousemove");   /* 15 pixels: still */
  dc_display_test_wait (700);
  g_assert_cmpuint (held, ==, 1);
  dc_display_test_wait (3300);
  g_assert_cmpuint (held, ==, 1);
  dc_display_test_mouse (logo, 0.55, 0.5, "mouseup");
  dc_display_test_close (window);
}

static void
test_moved (void)
{
  guint held;
  GtkWindow *window = present (&held);
  GtkWidget *logo = gtk_window_get_child (window);

  dc_display_test_mouse (logo, 0.5, 0.5, "mousedown");
  dc_display_test_wait (500);
  dc_display_test_mouse (logo, 0.6, 0.5, "mousemove");   /* 30 pixels */
  dc_display_test_mouse (logo, 0.5, 0.5, "mousemove");
  dc_display_test_wait (3300);
  g_assert_cmpuint (held, ==, 0);
  dc_display_test_mouse (logo, 0.5, 0.5, "mouseup");
  dc_display_test_close (window);
}

static void
test_let_go (void)
{
  guint held;
  GtkWindow *window = present (&held);
  GtkWidget *logo = gtk_window_get_child (window);

  dc_display_test_mouse (logo, 0.5, 0.5, "mousedown");
  dc_display_test_wait (2000);
  dc_display_test_mouse (logo, 0.5, 0.5, "mouseup");
  dc_display_test_mouse (logo, 0.5, 0.5, "mousedown");
  dc_display_test_wait (2000);
  g_assert_cmpuint (held, ==, 0);

  /* The page goes while the finger rests. */
  gtk_widget_set_visible (logo, FALSE);
  dc_display_test_wait (1500);
  g_assert_cmpuint (held, ==, 0);
  dc_display_test_mouse (GTK_WIDGET (window), 0.5, 0.5, "mouseup");
  dc_display_test_close (window);
}

static void
test_distance (void)
{
  g_assert_true (dc_logo_hold_is_still (0, 0));
  g_assert_true (dc_logo_hold_is_still (24, 0));
  g_assert_true (dc_logo_hold_is_still (0, -24));
  g_assert_true (dc_logo_hold_is_still (-16, 16));
  g_assert_false (dc_logo_hold_is_still (25, 0));
  g_assert_false (dc_logo_hold_is_still (18, -18));
}

static void
test_ownership (void)
{
  GtkWidget *logo = g_object_ref_sink (gtk_label_new ("Logo"));
  DcLogoHold *hold = dc_logo_hold_attach (logo);

  g_object_add_weak_pointer (G_OBJECT (hold), (gpointer *) &hold);
  g_assert_finalize_object (logo);
  g_assert_null (hold);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);

  g_test_add_func ("/logo-hold/distance/24-pixels-are-still", test_distance);
  g_test_add_func ("/logo-hold/widget/frees-it", test_ownership);
  g_test_add_func ("/logo-hold/press/of-three-seconds-is-held-once", test_held);
  g_test_add_func ("/logo-hold/press/that-moves-is-not", test_moved);
  g_test_add_func ("/logo-hold/press/that-ends-is-not", test_let_go);

  return g_test_run ();
}
