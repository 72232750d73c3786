/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-heading.h"

#include "dc-display-test.h"

#define TITLE "Mariana has something to tell the world."

typedef struct
{
  GtkWindow *window;
  GtkWidget *heading;
  GtkWidget *text;      /* the label within */
} Shown;

/* A heading in a window as wide as @width. */
static Shown
show (const char *label,
      float       xalign,
      int         width)
{
  Shown self;

  self.heading = g_object_new (DC_TYPE_HEADING, "label", label, "xalign", xalign,
                               "valign", GTK_ALIGN_START, NULL);
  self.window = dc_display_test_present (self.heading, width, 300);
  self.text = gtk_widget_get_first_child (self.heading);

  return self;
}

static PangoLayout *
layout_of (Shown *self)
{
  return gtk_label_get_layout (GTK_LABEL (self->text));
}

static int
line_width (Shown *self,
            int    line)
{
  PangoRectangle extents;

  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (layout_of (self), line),
                                       NULL, &extents);

  return extents.width;
}

/* What the text needs in one line. */
static int
whole_width (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (TITLE));
  int width;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

static void
test_balance (void)
{
  int whole = whole_width ();
  Shown self = show (TITLE, 0, whole - 8);
  int first, second;

  g_assert_cmpint (pango_layout_get_line_count (layout_of (&self)), ==, 2);
  first = line_width (&self, 0);
  second = line_width (&self, 1);
  /* Plainly wrapped, "world." would stand alone. */
  g_assert_cmpint (MIN (first, second) * 10, >, MAX (first, second) * 6);
  g_assert_cmpint (gtk_widget_get_height (self.text), ==, gtk_widget_get_height (self.heading));

  dc_display_test_close (self.window);
}

static void
test_no_more_lines (void)
{
  int whole = whole_width ();
  Shown self = show (TITLE, 0, whole + 40);

  g_assert_cmpint (pango_layout_get_line_count (layout_of (&self)), ==, 1);

  dc_display_test_close (self.window);
}

static void
assert_place (float xalign,
              float fraction)
{
  Shown self = show ("Short.", xalign, 400);
  int spare = gtk_widget_get_width (self.heading) - gtk_widget_get_width (self.text);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (self.text, self.heading, &bounds));
  g_assert_cmpint (spare, >, 100);
  g_assert_cmpfloat_with_epsilon (bounds.origin.x, (float) spare * fraction, 1.0f);

  dc_display_test_close (self.window);
}

static void
test_alignment (void)
{
  assert_place (0, 0);
  assert_place (0.5f, 0.5f);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_place (0, 1);
  assert_place (0.5f, 0.5f);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_label (void)
{
  g_autoptr (GtkWidget) heading = g_object_ref_sink (g_object_new (DC_TYPE_HEADING, NULL));

  g_assert_cmpstr (dc_heading_get_label (DC_HEADING (heading)), ==, "");
  dc_heading_set_label (DC_HEADING (heading), TITLE);
  g_assert_cmpstr (dc_heading_get_label (DC_HEADING (heading)), ==, TITLE);
  dc_heading_set_label (DC_HEADING (heading), NULL);
  g_assert_cmpstr (dc_heading_get_label (DC_HEADING (heading)), ==, "");
  g_assert_true (gtk_widget_get_focusable (heading));
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);

  g_test_add_func ("/heading/label/is-what-was-set", test_label);
  g_test_add_func ("/heading/lines/are-about-equally-long", test_balance);
  g_test_add_func ("/heading/lines/are-no-more-than-needed", test_no_more_lines);
  g_test_add_func ("/heading/place/follows-xalign-and-the-direction-of-the-text", test_alignment);

  return g_test_run ();
}
