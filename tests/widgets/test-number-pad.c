/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-number-pad.h"

#include "dc-display-test.h"
#include "dc-widgets.h"

static void
collect_keys (GtkWidget *widget,
              GPtrArray *keys)
{
  if (GTK_IS_BUTTON (widget))
    g_ptr_array_add (keys, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_keys (child, keys);
}

static GtkWidget *
find_key (DcNumberPad *pad,
          const char  *label)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  collect_keys (GTK_WIDGET (pad), keys);
  for (guint i = 0; i < keys->len; i++) {
    GtkWidget *key = g_ptr_array_index (keys, i);

    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (key)), label) == 0)
      return key;
  }

  return NULL;
}

static void
on_digit (GString    *typed,
          const char *digit)
{
  g_string_append (typed, digit);
}

static void
on_separator (GString *typed)
{
  g_string_append_c (typed, '.');
}

static void
on_delete (GString *typed)
{
  g_string_append_c (typed, '<');
}

static DcNumberPad *
make_pad (GString *typed)
{
  DcNumberPad *pad = DC_NUMBER_PAD (dc_number_pad_new ());

  g_signal_connect_swapped (pad, "digit", G_CALLBACK (on_digit), typed);
  g_signal_connect_swapped (pad, "separator", G_CALLBACK (on_separator), typed);
  g_signal_connect_swapped (pad, "delete", G_CALLBACK (on_delete), typed);

  return pad;
}

static void
test_signals (void)
{
  g_autoptr (GString) typed = g_string_new (NULL);
  DcNumberPad *pad = g_object_ref_sink (make_pad (typed));

  dc_number_pad_set_separator (pad, ",");
  for (char digit = '0'; digit <= '9'; digit++) {
    const char label[] = { digit, '\0' };

    g_signal_emit_by_name (find_key (pad, label), "clicked");
  }
  g_signal_emit_by_name (find_key (pad, ","), "clicked");
  g_signal_emit_by_name (find_key (pad, NULL), "clicked");
  g_assert_cmpstr (typed->str, ==, "0123456789.<");
  g_assert_finalize_object (pad);
}

/* By the mouse, with an entry that has the focus and must keep it. */
static void
test_mouse (void)
{
  g_autoptr (GString) typed = g_string_new (NULL);
  DcNumberPad *pad = make_pad (typed);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *focus;
  GtkWindow *window;

  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (pad));
  window = dc_display_test_present (box, 400, 500);
  gtk_widget_grab_focus (entry);
  focus = gtk_window_get_focus (window);

  dc_display_test_mouse (find_key (pad, "7"), 0.1, 0.1, "click");
  dc_display_test_mouse (find_key (pad, "0"), 0.9, 0.9, "click");
  dc_display_test_mouse (find_key (pad, ""), 0.5, 0.5, "click");
  dc_display_test_mouse (find_key (pad, NULL), 0.5, 0.5, "click");
  g_assert_cmpstr (typed->str, ==, "70<");
  g_assert_true (gtk_window_get_focus (window) == focus);
  dc_display_test_close (window);
}

static void
test_sizes (void)
{
  g_autoptr (GString) typed = g_string_new (NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  DcNumberPad *pad = make_pad (typed);
  GtkWindow *window;

  gtk_widget_set_direction (GTK_WIDGET (pad), GTK_TEXT_DIR_RTL);
  gtk_widget_set_halign (GTK_WIDGET (pad), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (pad), GTK_ALIGN_START);
  window = dc_display_test_present (GTK_WIDGET (pad), 360, 400);
  collect_keys (GTK_WIDGET (pad), keys);
  g_assert_cmpuint (keys->len, ==, 12);
  for (guint i = 0; i < keys->len; i++) {
    GtkWidget *key = g_ptr_array_index (keys, i);

    g_assert_cmpint (gtk_widget_get_width (key), >=, 64);
    g_assert_cmpint (gtk_widget_get_height (key), >=, 64);
  }

  /* 1 stands left of 3 in Arabic too. */
  {
    graphene_rect_t one, three;

    g_assert_true (gtk_widget_compute_bounds (find_key (pad, "1"), GTK_WIDGET (pad), &one));
    g_assert_true (gtk_widget_compute_bounds (find_key (pad, "3"), GTK_WIDGET (pad), &three));
    g_assert_cmpfloat ((double) one.origin.x, <, (double) three.origin.x);
  }
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
  DcNumberPad *pad = g_object_ref_sink (DC_NUMBER_PAD (dc_number_pad_new ()));
  GtkWidget *key = find_key (pad, "");
  guint notified = 0;

  g_assert_false (gtk_widget_get_sensitive (key));
  g_signal_connect (pad, "notify::separator", G_CALLBACK (count), &notified);
  g_object_set (pad, "separator", ".", NULL);
  g_object_set (pad, "separator", ".", NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpstr (dc_number_pad_get_separator (pad), ==, ".");
  g_assert_true (gtk_widget_get_sensitive (key));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (key)), ==, ".");

  dc_number_pad_set_separator (pad, "");
  g_assert_null (dc_number_pad_get_separator (pad));
  g_assert_false (gtk_widget_get_sensitive (key));

  gtk_test_accessible_assert_property (find_key (pad, NULL), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Delete");
  gtk_test_accessible_assert_property (key, GTK_ACCESSIBLE_PROPERTY_LABEL, "Decimal separator");
  g_assert_finalize_object (pad);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());

  g_test_add_func ("/number-pad/separator/has-a-key-only-where-it-is-set", test_properties);
  g_test_add_func ("/number-pad/signals/tell-each-key", test_signals);
  g_test_add_func ("/number-pad/mouse/types-and-leaves-the-focus", test_mouse);
  g_test_add_func ("/number-pad/keys/are-large-and-left-to-right", test_sizes);

  return g_test_run ();
}
