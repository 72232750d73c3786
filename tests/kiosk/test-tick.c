/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tick.h"

#include "dc-window-test.h"

static void
count (guint *n)
{
  (*n)++;
}

static DcTick *
tick_new (const char *text,
          gboolean    needed)
{
  return g_object_ref_sink (dc_tick_new (text, needed));
}

static void
test_never_ticked_at_first (void)
{
  DcTick *tick = tick_new ("I agree", FALSE);

  g_assert_false (dc_tick_get_active (tick));
  g_assert_finalize_object (tick);
}

static void
test_toggles (void)
{
  DcTick *tick = tick_new ("I agree", FALSE);
  guint toggled = 0;

  g_signal_connect_swapped (tick, "toggled", G_CALLBACK (count), &toggled);
  dc_tick_set_active (tick, TRUE);
  g_assert_true (dc_tick_get_active (tick));
  g_assert_cmpuint (toggled, ==, 1);
  dc_tick_set_active (tick, TRUE);
  g_assert_cmpuint (toggled, ==, 1);
  dc_tick_set_active (tick, FALSE);
  g_assert_false (dc_tick_get_active (tick));
  g_assert_cmpuint (toggled, ==, 2);
  g_assert_finalize_object (tick);
}

static void
test_text (void)
{
  DcTick *tick = tick_new ("I agree", FALSE);
  GtkWidget *button = dc_find (GTK_WIDGET (tick), GTK_TYPE_CHECK_BUTTON);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "I agree");
  dc_tick_set_text (tick, "J’accepte");
  g_object_get (tick, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "J’accepte");
  name = dc_accessible_name (button);
  g_assert_cmpstr (name, ==, "J’accepte");
  g_assert_finalize_object (tick);
}

static void
test_needed (void)
{
  DcTick *needed = tick_new ("I agree", TRUE);
  DcTick *other = tick_new ("News, please", FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window;

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (needed));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (other));
  window = dc_display_test_present (box, 360, 300);
  g_assert_true (dc_shows (GTK_WIDGET (needed), "needed for a promise"));
  g_assert_false (dc_shows (GTK_WIDGET (other), "needed for a promise"));

  dc_tick_grab (other);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (window), GTK_WIDGET (other)));
  dc_display_test_close (window);
  g_assert_finalize_object (needed);
  g_assert_finalize_object (other);
}

/* Its whole row can be touched, and a long text wraps. */
static void
test_touch (void)
{
  DcTick *tick = tick_new ("I agree that this charity keeps my name and my e-mail address, so that "
                           "it can write to me about this promise and nothing else.", FALSE);
  GtkWindow *window = dc_display_test_present (GTK_WIDGET (tick), 360, 200);

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (tick)), ==, 360);
  dc_display_test_mouse (GTK_WIDGET (tick), 0.7, 0.5, "click");
  g_assert_true (dc_tick_get_active (tick));
  dc_display_test_mouse (GTK_WIDGET (tick), 0.06, 0.5, "click");
  g_assert_false (dc_tick_get_active (tick));
  dc_display_test_close (window);
  g_assert_finalize_object (tick);
}

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  g_test_add_func ("/tick/is-never-ticked-at-first", test_never_ticked_at_first);
  g_test_add_func ("/tick/toggles", test_toggles);
  g_test_add_func ("/tick/has-a-text-and-a-name", test_text);
  g_test_add_func ("/tick/says-that-it-is-needed", test_needed);
  g_test_add_func ("/tick/is-its-whole-row", test_touch);

  return g_test_run ();
}
