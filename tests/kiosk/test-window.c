/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-window-test.h"

#include "dc-keyboard-dock.h"
#include "dc-pages.h"

/* With a wait of 120 seconds, so that a page idles out in a seventh of one. */
#define SECOND_MS 1

typedef DcWindowTest Fixture;

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static void
go (Fixture  *self,
    DcPageId  page)
{
  dc_window_test_go (self->window, page);
}

static void
assert_page (Fixture  *self,
             DcPageId  page)
{
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, page);
  g_assert_cmpuint (G_OBJECT_TYPE (get_page (self)), ==, dc_pages_type (page));
  g_assert_true (gtk_widget_get_mapped (get_page (self)));
}

static void
fill_visit (Fixture *self)
{
  dc_window_test_fill_visit (dc_window_test_get_visit (self->window), self->kiosk.kiosk);
}

static gboolean
give_up (gpointer what)
{
  g_error ("waited for %s in vain", (const char *) what);

  return G_SOURCE_REMOVE;
}

static void
wait_for_words (Fixture    *self,
                const char *words)
{
  guint guard = g_timeout_add_seconds (60, give_up, (gpointer) words);

  while (!dc_shows (GTK_WIDGET (self->window), words))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static void
test_begins (Fixture       *self,
             gconstpointer  unused)
{
  assert_page (self, DC_PAGE_WELCOME);
  g_assert_cmpstr (dc_visit_get_language (dc_window_test_get_visit (self->window)), ==, "en");
  g_assert_false (dc_visit_has_amount (dc_window_test_get_visit (self->window)));
  dc_window_test_back (self->window);
  assert_page (self, DC_PAGE_WELCOME);
}

static void
test_back (Fixture       *self,
           gconstpointer  unused)
{
  static const DcPageId way[] = {
    DC_PAGE_WELCOME, DC_PAGE_AMOUNT, DC_PAGE_HOW, DC_PAGE_DETAILS, DC_PAGE_NOTICE,
  };

  fill_visit (self);
  for (gsize i = 1; i < G_N_ELEMENTS (way); i++)
    go (self, way[i]);
  for (gsize i = G_N_ELEMENTS (way) - 1; i-- > 0;) {
    dc_window_test_back (self->window);
    assert_page (self, way[i]);
  }
}

static void
test_going_to_an_earlier_page (Fixture       *self,
                               gconstpointer  unused)
{
  dc_window_test_go_to_check (self->window, self->kiosk.kiosk);
  go (self, DC_PAGE_AMOUNT);
  dc_window_test_back (self->window);
  assert_page (self, DC_PAGE_WELCOME);
}

static void
test_no_way_back (Fixture       *self,
                  gconstpointer  unused)
{
  static const DcPageId ends[] = { DC_PAGE_THANKS, DC_PAGE_DELETED, DC_PAGE_SCANNED };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    dc_window_test_go_to_check (self->window, self->kiosk.kiosk);
    go (self, ends[i]);
    g_assert_null (dc_find_button (get_page (self), "Back"));
    dc_window_test_back (self->window);
    assert_page (self, ends[i]);
    dc_window_begin_visit (self->window);
  }
}

static void
test_no_such_page (Fixture       *self,
                   gconstpointer  unused)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*to < DC_N_PAGES*");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "kiosk.go", "u", (guint) DC_N_PAGES);
  g_test_assert_expected_messages ();
  assert_page (self, DC_PAGE_WELCOME);
}

static void
test_language (Fixture       *self,
               gconstpointer  unused)
{
  DcVisit *visit = dc_window_test_get_visit (self->window);

  dc_visit_choose_preset (visit, TRUE, 0);
  go (self, DC_PAGE_DETAILS);
  dc_type (get_page (self), DC_FIELD_FIRST_NAME, "Ana");
  dc_type (get_page (self), DC_FIELD_EMAIL, "ana@pos");
  dc_click (get_page (self), "Français");

  assert_page (self, DC_PAGE_DETAILS);
  g_assert_true (dc_window_test_get_visit (self->window) == visit);
  g_assert_cmpstr (dc_visit_get_language (visit), ==, "fr");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (dc_entry_of (get_page (self),
                                                                     DC_FIELD_FIRST_NAME))),
                   ==, "Ana");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (dc_entry_of (get_page (self),
                                                                     DC_FIELD_EMAIL))),
                   ==, "ana@pos");
  g_assert_true (dc_shows (get_page (self), "Prénom"));
  g_assert_false (dc_shows (get_page (self), "First name"));
}

static void
test_language_unknown (Fixture       *self,
                       gconstpointer  unused)
{
  GtkWidget *page = get_page (self);

  gtk_widget_activate_action (GTK_WIDGET (self->window), "kiosk.language", "s", "tlh");
  g_assert_cmpstr (dc_visit_get_language (dc_window_test_get_visit (self->window)), ==, "en");
  /* The one in use builds nothing anew. */
  gtk_widget_activate_action (GTK_WIDGET (self->window), "kiosk.language", "s", "en");
  g_assert_true (get_page (self) == page);
}

static void
test_ribbon (Fixture       *self,
             gconstpointer  unused)
{
  wait_for_words (self, "Demonstration.");
  dc_window_test_speak (self->window, "fr");
  g_assert_true (dc_shows (GTK_WIDGET (self->window), "Démonstration"));
  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    fill_visit (self);
    go (self, id);
    g_assert_true (dc_shows (GTK_WIDGET (self->window), "Démonstration"));
  }
}

static void
on_gone (gpointer  gone,
         GObject  *where)
{
  *(gboolean *) gone = TRUE;
}

static void
assert_forgotten (Fixture *self)
{
  assert_page (self, DC_PAGE_WELCOME);
  dc_display_test_settle (GTK_WIDGET (self->window));
  g_assert_cmpuint (dc_count (GTK_WIDGET (self->window), GTK_TYPE_ENTRY), ==, 0);
  g_assert_cmpuint (dc_count (GTK_WIDGET (self->window), DC_TYPE_PAGE), ==, 1);
  g_assert_cmpstr (dc_visit_get_language (dc_window_test_get_visit (self->window)), ==, "en");
  g_assert_false (dc_visit_has_amount (dc_window_test_get_visit (self->window)));
  g_assert_false (gtk_widget_get_visible (dc_find (GTK_WIDGET (self->window),
                                                   DC_TYPE_KEYBOARD_DOCK)));
  g_assert_null (gdk_clipboard_get_content (gtk_widget_get_clipboard (get_page (self))));
  g_assert_null (gdk_clipboard_get_content (gtk_widget_get_primary_clipboard (get_page (self))));
}

/* Every way to a new visit forgets all of the last one. */
static void
test_forgets (Fixture       *self,
              gconstpointer  unused)
{
  DcVisit *visit = dc_window_test_get_visit (self->window);
  gboolean gone = FALSE;

  g_object_weak_ref (G_OBJECT (visit), on_gone, &gone);
  dc_window_test_speak (self->window, "es");
  dc_visit_choose_preset (visit, TRUE, 0);
  go (self, DC_PAGE_DETAILS);
  dc_type (get_page (self), DC_FIELD_FIRST_NAME, "Ana");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (get_page (self)), "Ana");
  gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (get_page (self)), "Ana");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "kiosk.finish", NULL);
  assert_forgotten (self);
  g_assert_true (gone);

  dc_window_test_back (self->window);
  assert_page (self, DC_PAGE_WELCOME);
}

/* While the old page fades it is still there; then it must go. */
static void
test_forgets_after_fading (Fixture       *self,
                           gconstpointer  unused)
{
  gboolean gone = FALSE;
  guint guard;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_object_weak_ref (G_OBJECT (dc_window_test_get_visit (self->window)), on_gone, &gone);
  fill_visit (self);
  go (self, DC_PAGE_DETAILS);
  dc_display_test_settle (GTK_WIDGET (self->window));
  dc_window_begin_visit (self->window);

  guard = g_timeout_add_seconds (60, give_up, (gpointer) "the donor to be forgotten");
  while (!gone)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  assert_forgotten (self);
}

/* What the coordinator sets holds from the next donor on. */
static void
test_waits_of_the_next_visit (Fixture       *self,
                              gconstpointer  unused)
{
  DcSettings *settings = dc_kiosk_get_settings (self->kiosk.kiosk);

  g_assert_true (dc_settings_set_wait (settings, DC_WAIT_OTHER, 300, NULL));
  go (self, DC_PAGE_AMOUNT);
  g_assert_cmpuint (dc_window_get_patience (self->window), ==, 45);
  dc_window_begin_visit (self->window);
  go (self, DC_PAGE_AMOUNT);
  g_assert_cmpuint (dc_window_get_patience (self->window), ==, 300);
  go (self, DC_PAGE_SCAN);
  g_assert_cmpuint (dc_window_get_patience (self->window), ==, 120);
}

static void
test_idles_out (Fixture       *self,
                gconstpointer  unused)
{
  dc_window_set_second (self->window, SECOND_MS);
  for (DcPageId id = DC_PAGE_AMOUNT; id < DC_N_PAGES; id++) {
    gboolean gone = FALSE;

    g_object_weak_ref (G_OBJECT (dc_window_test_get_visit (self->window)), on_gone, &gone);
    dc_window_test_speak (self->window, "fr");
    fill_visit (self);
    go (self, id);
    dc_window_test_wait_page (self->window, DC_PAGE_WELCOME);
    dc_window_test_wait_queue (self->kiosk.kiosk);
    assert_forgotten (self);
    g_assert_true (gone);
  }
}

static void
test_warns (Fixture       *self,
            gconstpointer  unused)
{
  GtkWidget *page;

  dc_window_set_second (self->window, 20);
  fill_visit (self);
  go (self, DC_PAGE_AMOUNT);
  page = get_page (self);
  wait_for_words (self, "Are you still there?");
  wait_for_words (self, "In 19 seconds");
  g_assert_false (gtk_widget_is_sensitive (page));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (self->window))));

  dc_click (GTK_WIDGET (self->window), "I need more time");
  g_assert_true (gtk_widget_is_sensitive (page));
  g_assert_true (get_page (self) == page);
  g_assert_true (dc_visit_has_amount (dc_window_test_get_visit (self->window)));
  g_assert_null (dc_find_button (GTK_WIDGET (self->window), "I need more time"));
  /* The focus is back on the page. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), page));
}

static void
test_warns_in_the_donor_s_language (Fixture       *self,
                                    gconstpointer  unused)
{
  dc_window_set_second (self->window, 20);
  dc_window_test_speak (self->window, "fr");
  go (self, DC_PAGE_AMOUNT);
  wait_for_words (self, "Dans 19 secondes");
  g_assert_false (dc_shows (GTK_WIDGET (self->window), "Are you still there?"));
}

/* The next donor should find the first language; nobody is asked. */
static void
test_welcome_resets (Fixture       *self,
                     gconstpointer  unused)
{
  guint guard;

  dc_window_set_second (self->window, SECOND_MS);
  dc_window_test_speak (self->window, "es");
  guard = g_timeout_add_seconds (60, give_up, (gpointer) "the first language");
  while (g_str_equal (dc_visit_get_language (dc_window_test_get_visit (self->window)), "es")) {
    g_assert_null (dc_find_button (GTK_WIDGET (self->window), "Necesito más tiempo"));
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (guard);
  assert_forgotten (self);
  g_assert_true (dc_shows (get_page (self), "International Service"));
}

/* It waits for ever: nothing is there to be forgotten. */
static void
test_welcome_waits (Fixture       *self,
                    gconstpointer  unused)
{
  GtkWidget *page;

  dc_window_set_second (self->window, SECOND_MS);
  dc_window_begin_visit (self->window);
  page = get_page (self);
  dc_display_test_wait (45 * SECOND_MS * 4);
  g_assert_true (get_page (self) == page);
}

/* On a tablet that was turned. */
static void
test_turned (Fixture       *self,
             gconstpointer  unused)
{
  GtkWidget *page;

  dc_window_test_speak (self->window, "es");
  go (self, DC_PAGE_DETAILS);
  dc_type (get_page (self), DC_FIELD_FIRST_NAME, "Ana");
  page = get_page (self);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (self->window), "portrait"));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  dc_display_test_settle (page);
  dc_display_test_settle (page);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (self->window), "landscape"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (self->window), "portrait"));
  g_assert_true (get_page (self) == page);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (dc_entry_of (page, DC_FIELD_FIRST_NAME))),
                   ==, "Ana");
}

static GtkAdjustment *
get_scroll (Fixture *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (gtk_widget_get_parent (get_page (self)),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

/* On a screen that is lower than any page is made for. */
static void
test_begins_at_the_top (Fixture       *self,
                        gconstpointer  unused)
{
  static const DcPageId long_pages[] = {
    DC_PAGE_OTHER_AMOUNT, DC_PAGE_SCAN, DC_PAGE_PIN, DC_PAGE_THANKS,
  };
  GtkAdjustment *scroll = get_scroll (self);

  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 420);
  dc_display_test_settle (get_page (self));
  for (gsize i = 0; i < G_N_ELEMENTS (long_pages); i++) {
    gtk_adjustment_set_value (scroll, 1000);
    dc_display_test_settle (get_page (self));
    g_assert_cmpfloat (gtk_adjustment_get_value (scroll), >, 0.0);
    fill_visit (self);
    go (self, long_pages[i]);
    dc_display_test_settle (get_page (self));
    g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 0.0);
  }

  gtk_adjustment_set_value (scroll, 1000);
  dc_window_begin_visit (self->window);
  dc_display_test_settle (get_page (self));
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 0.0);
}

#define ADD(path, run) \
  g_test_add ("/window/" path, Fixture, NULL, dc_window_test_set_up, run, dc_window_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("begins-at-the-welcome-page", test_begins);
  ADD ("back/leads-the-way-that-was-come", test_back);
  ADD ("back/is-cut-by-going-to-an-earlier-page", test_going_to_an_earlier_page);
  ADD ("back/does-not-lead-into-what-is-past", test_no_way_back);
  ADD ("go/refuses-a-page-that-is-not-there", test_no_such_page);
  ADD ("language/keeps-page-and-what-was-typed", test_language);
  ADD ("language/ignores-one-that-the-campaign-lacks", test_language_unknown);
  ADD ("ribbon/stands-on-every-page", test_ribbon);
  ADD ("forgets/everything", test_forgets);
  ADD ("forgets/the-page-that-faded", test_forgets_after_fading);
  ADD ("idle/forgets-on-every-page", test_idles_out);
  ADD ("idle/waits-as-the-coordinator-set", test_waits_of_the_next_visit);
  ADD ("idle/warns-and-waits-for-who-needs-more-time", test_warns);
  ADD ("idle/warns-in-the-donor-s-language", test_warns_in_the_donor_s_language);
  ADD ("idle/goes-back-to-the-first-language-in-silence", test_welcome_resets);
  ADD ("idle/leaves-the-welcome-page-alone", test_welcome_waits);
  ADD ("turned/keeps-the-page", test_turned);
  ADD ("low/begins-each-page-at-its-top", test_begins_at_the_top);

  return g_test_run ();
}
