/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every page and every part of one, built from its template for a real kiosk
 * with the campaign that ships. */

#include "dc-window-test.h"

#include "dc-brand.h"
#include "dc-emblem.h"
#include "dc-heading.h"
#include "dc-keyboard-dock.h"
#include "dc-language-bar.h"
#include "dc-pages.h"
#include "dc-preset-button.h"
#include "dc-qr-view.h"
#include "dc-story.h"
#include "dc-text-field.h"
#include "dc-tick.h"
#include "dc-top-bar.h"

static DcKioskTest test;

static DcVisit *
visit_new (const char *language)
{
  DcVisit *visit = dc_visit_new (dc_kiosk_get_campaign (test.kiosk), language);

  dc_window_test_fill_visit (visit, test.kiosk);

  return visit;
}

/* Calls that are under way hold on to their page. */
static void
finalise (gpointer widget)
{
  dc_window_test_wait_queue (test.kiosk);
  g_assert_finalize_object (widget);
}

static void
test_page (gconstpointer id)
{
  for (DcForm form = DC_FORM_PHONE; form <= DC_FORM_LANDSCAPE; form++) {
    DcVisit *visit = visit_new ("en");
    GType type = dc_pages_type (GPOINTER_TO_UINT (id));
    DcPage *page = g_object_ref_sink (dc_page_new (type, test.kiosk, visit));

    g_assert_cmpuint (G_OBJECT_TYPE (page), ==, type);
    g_assert_true (dc_page_get_kiosk (page) == test.kiosk);
    g_assert_true (dc_page_get_visit (page) == visit);
    g_assert_true (dc_page_get_campaign (page) == dc_kiosk_get_campaign (test.kiosk));
    g_assert_cmpstr (dc_page_get_language (page), ==, "en");
    dc_page_arrange (page, form);
    dc_page_make_room (page, TRUE);
    dc_page_make_room (page, FALSE);
    finalise (page);
    g_assert_finalize_object (visit);
  }
}

static void
test_classes_differ (void)
{
  for (DcPageId a = 0; a < DC_N_PAGES; a++) {
    g_assert_true (g_type_is_a (dc_pages_type (a), DC_TYPE_PAGE));
    for (DcPageId b = 0; b < a; b++)
      g_assert_cmpuint (dc_pages_type (a), !=, dc_pages_type (b));
  }
}

static GtkWidget *
new_of (GType type)
{
  return g_object_ref_sink (g_object_new (type, NULL));
}

/* Those that need no page. */
static void
test_parts (void)
{
  const GType types[] = {
    DC_TYPE_BRAND, DC_TYPE_EMBLEM, DC_TYPE_HEADING, DC_TYPE_KEYBOARD_DOCK, DC_TYPE_LANGUAGE_BAR,
    DC_TYPE_PRESET_BUTTON, DC_TYPE_STORY, DC_TYPE_TEXT_FIELD, DC_TYPE_TICK, DC_TYPE_TOP_BAR,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    GtkWidget *shown = new_of (types[i]);
    GtkWindow *window = dc_display_test_present (shown, 360, 400);

    dc_display_test_close (window);
    g_assert_finalize_object (shown);
    g_assert_finalize_object (new_of (types[i]));
  }
}

static void
test_parts_of_a_page (void)
{
  g_autoptr (DcVisit) visit = visit_new ("fr");
  DcPage *page = g_object_ref_sink (dc_page_new (dc_pages_type (DC_PAGE_HOW), test.kiosk, visit));
  GtkWidget *story = g_object_ref_sink (dc_story_new (page, 4));
  GtkWidget *preset = g_object_ref_sink (dc_preset_button_new (page, TRUE, 0));
  GtkWidget *other = g_object_ref_sink (dc_preset_button_new (page, FALSE, -1));
  GtkWidget *brand = new_of (DC_TYPE_BRAND);
  GtkWidget *bar = new_of (DC_TYPE_TOP_BAR);
  DcTick *tick = g_object_ref_sink (dc_tick_new ("text", TRUE));

  dc_brand_fill (DC_BRAND (brand), page, TRUE);
  dc_top_bar_fill (DC_TOP_BAR (bar), page);
  dc_top_bar_hide_back (DC_TOP_BAR (bar));
  g_assert_finalize_object (story);
  g_assert_finalize_object (preset);
  g_assert_finalize_object (other);
  g_assert_finalize_object (brand);
  g_assert_finalize_object (bar);
  g_assert_finalize_object (tick);
  finalise (page);
}

static void
test_emblem_drawings (void)
{
  static const char * const names[] = { "hope", "thanks" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = NULL;
    GtkWidget *emblem = g_object_new (DC_TYPE_EMBLEM, "drawing", names[i], NULL);

    g_object_ref_sink (emblem);
    g_object_get (emblem, "drawing", &name, NULL);
    g_assert_cmpstr (name, ==, names[i]);
    g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (emblem),
                                                 GTK_ACCESSIBLE_ROLE_PRESENTATION));
    g_assert_finalize_object (emblem);
  }
}

static void
test_emblem_unknown (void)
{
  GtkWidget *emblem;

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*drawings/nothing.svg*");
  emblem = g_object_ref_sink (g_object_new (DC_TYPE_EMBLEM, "drawing", "nothing", NULL));
  g_test_assert_expected_messages ();
  g_assert_finalize_object (emblem);
}

static void
test_heading (void)
{
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;
  float xalign;
  GtkWidget *heading = g_object_ref_sink (g_object_new (DC_TYPE_HEADING, "label", "One",
                                                        "xalign", 0.5f, NULL));

  g_object_get (heading, "label", &label, "xalign", &xalign, NULL);
  g_assert_cmpstr (label, ==, "One");
  g_assert_cmpfloat (xalign, ==, 0.5f);
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (heading),
                                               GTK_ACCESSIBLE_ROLE_HEADING));
  g_assert_true (gtk_widget_get_focusable (heading));
  dc_heading_set_label (DC_HEADING (heading), "Two");
  g_assert_cmpstr (dc_heading_get_label (DC_HEADING (heading)), ==, "Two");
  name = dc_accessible_name (heading);
  g_assert_cmpstr (name, ==, "Two");
  dc_heading_set_label (DC_HEADING (heading), NULL);
  g_assert_cmpstr (dc_heading_get_label (DC_HEADING (heading)), ==, "");
  g_assert_finalize_object (heading);
}

/* Of what shows: a proposal has its words once there is something to propose. */
static gboolean
needs_name (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget)
         && (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget)
             || DC_IS_QR_VIEW (widget) || DC_IS_HEADING (widget));
}

static void
assert_named (GtkWidget *widget,
              gpointer   unused)
{
  g_autofree char *name = NULL;

  if (!needs_name (widget))
    return;

  name = dc_accessible_name (widget);
  if (*g_strstrip (name) == '\0')
    g_error ("a %s without accessible name", G_OBJECT_TYPE_NAME (widget));
}

/* What can take the focus is one of those that the test above knows, or is
 * inside one, or shows only what it holds. */
static void
assert_known (GtkWidget *widget,
              gpointer   unused)
{
  if (!gtk_widget_get_focusable (widget) || !gtk_widget_get_mapped (widget)
      || needs_name (widget))
    return;
  if (GTK_IS_TEXT (widget) || GTK_IS_SCROLLED_WINDOW (widget) || ADW_IS_CAROUSEL (widget)
      || GTK_IS_LABEL (widget) || GTK_IS_WINDOW (widget))
    return;

  g_error ("a %s can take the focus", G_OBJECT_TYPE_NAME (widget));
}

/* A label that can be selected opens a menu when it is held. */
static void
assert_not_selectable (GtkWidget *widget,
                       gpointer   unused)
{
  if (!GTK_IS_LABEL (widget))
    return;

  g_assert_false (gtk_label_get_selectable (GTK_LABEL (widget)));
  g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (widget)), "<a "));
}

static void
test_names (void)
{
  DcWindow *window = dc_window_test_new (test.kiosk, 600, 960);

  dc_window_test_fill_visit (dc_window_test_get_visit (window), test.kiosk);
  dc_visit_set_tax_certificate (dc_window_test_get_visit (window), TRUE);
  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    dc_window_test_go (window, id);
    dc_display_test_settle (GTK_WIDGET (window));
    dc_walk (GTK_WIDGET (window), assert_named, NULL);
    dc_walk (GTK_WIDGET (window), assert_known, NULL);
    dc_walk (GTK_WIDGET (window), assert_not_selectable, NULL);
  }
  dc_window_test_close (window);
}

/* A screen reader begins a page at its heading. */
static void
test_heading_has_focus (void)
{
  DcWindow *window = dc_window_test_new (test.kiosk, 600, 960);

  dc_window_test_fill_visit (dc_window_test_get_visit (window), test.kiosk);
  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    dc_window_test_go (window, id);
    g_assert_true (DC_IS_HEADING (gtk_window_get_focus (GTK_WINDOW (window))));
    g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                           GTK_WIDGET (dc_window_get_page (window))));
  }
  dc_window_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *pack = NULL;
  int status;

  dc_window_test_init (&argc, &argv);
  pack = dc_kiosk_test_shipped_pack ();
  dc_kiosk_test_set_up (&test, pack);

  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    g_autofree char *path = g_strdup_printf ("/templates/%s/is-built-and-goes",
                                             g_type_name (dc_pages_type (id)));

    g_test_add_data_func (path, GUINT_TO_POINTER (id), test_page);
  }
  g_test_add_func ("/templates/pages/are-of-different-classes", test_classes_differ);
  g_test_add_func ("/templates/parts/are-built-and-go", test_parts);
  g_test_add_func ("/templates/parts/of-a-page-are-built-and-go", test_parts_of_a_page);
  g_test_add_func ("/templates/emblem/has-each-drawing", test_emblem_drawings);
  g_test_add_func ("/templates/emblem/says-which-drawing-is-not-there", test_emblem_unknown);
  g_test_add_func ("/templates/heading/is-one", test_heading);
  g_test_add_func ("/templates/controls/have-names", test_names);
  g_test_add_func ("/templates/pages/begin-at-their-heading", test_heading_has_focus);

  status = g_test_run ();
  dc_kiosk_test_tear_down (&test);

  return status;
}
