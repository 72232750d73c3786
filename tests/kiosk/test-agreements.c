/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The ticks of a donor, on the page with the details and on that of a visit in
 * which a volunteer types. */

#include "dc-window-test.h"

#include "dc-agreements.h"
#include "dc-test-pack.h"
#include "dc-tick.h"

/* The appeal's own, then one that only a letter needs. */
#define DETAILS 0
#define NEWSLETTER 1
#define LETTERS 2

static const char letters[] =
  "[Consent letters]\n"
  "Version=4\n"
  "Shown=post\n"
  "Required=true\n"
  "Text=Write letters to me.\n"
  "Text[fr]=Écrivez-moi.\n"
  "Text[es]=Escríbanme.\n"
  "\n"
  "[Notice]\n";

typedef struct
{
  char       *pack;
  DcKioskTest kiosk;
  DcWindow   *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autofree char *text = dc_test_replace (dc_test_campaign_text (), "[Notice]\n", letters);

  self->pack = dc_test_dir_new ();
  dc_test_pack_new (self->pack);
  dc_test_pack_write (self->pack, "campaign.ini", text);
  dc_test_pack_sign (self->pack, "migrants-day", 2);
  dc_kiosk_test_set_up (&self->kiosk, self->pack);
  self->window = dc_window_test_new (self->kiosk.kiosk, 600, 960);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
  dc_test_dir_remove (self->pack);
}

static DcVisit *
get_visit (Fixture *self)
{
  return dc_window_test_get_visit (self->window);
}

/* The one page or the other. */
static GtkWidget *
open_agreements (Fixture   *self,
                 DcPageId   page,
                 DcContact  contact)
{
  dc_visit_choose_preset (get_visit (self), TRUE, 0);
  dc_visit_set_contact (get_visit (self), contact);
  dc_window_test_go (self->window, page);
  dc_display_test_settle (GTK_WIDGET (dc_window_get_page (self->window)));

  return dc_find (GTK_WIDGET (dc_window_get_page (self->window)), DC_TYPE_AGREEMENTS);
}

/* In the order in which they stand: the consents, the age. */
static DcTick *
tick_of (GtkWidget *agreements,
         guint      n)
{
  g_autoptr (GPtrArray) ticks = dc_list (agreements, DC_TYPE_TICK);

  g_assert_cmpuint (ticks->len, ==, 4);

  return ticks->pdata[n];
}

static gboolean
has_focus (Fixture *self,
           DcTick  *tick)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && (focus == GTK_WIDGET (tick) || gtk_widget_is_ancestor (focus, GTK_WIDGET (tick)));
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_are_the_visits (Fixture       *self,
                     gconstpointer  unused)
{
  static const DcPageId pages[] = { DC_PAGE_DETAILS, DC_PAGE_AGREE };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *agreements;
    guint changed = 0;

    dc_window_begin_visit (self->window);
    agreements = open_agreements (self, pages[i], DC_CONTACT_EMAIL);
    g_signal_connect_swapped (agreements, "changed", G_CALLBACK (count), &changed);
    dc_tick_set_active (tick_of (agreements, NEWSLETTER), TRUE);
    g_assert_true (dc_visit_get_consent (get_visit (self), NEWSLETTER));
    g_assert_false (dc_visit_get_consent (get_visit (self), DETAILS));
    g_assert_false (dc_visit_get_of_age (get_visit (self)));
    dc_tick_set_active (tick_of (agreements, 3), TRUE);
    g_assert_true (dc_visit_get_of_age (get_visit (self)));
    g_assert_cmpuint (changed, ==, 2);

    /* Who comes back finds them as they were. */
    dc_window_test_go (self->window, DC_PAGE_NOTICE);
    agreements = open_agreements (self, pages[i], DC_CONTACT_EMAIL);
    g_assert_true (dc_tick_get_active (tick_of (agreements, NEWSLETTER)));
    g_assert_true (dc_tick_get_active (tick_of (agreements, 3)));
    g_assert_false (dc_tick_get_active (tick_of (agreements, DETAILS)));
  }
}

static void
test_asked_for_the_way_to_write (Fixture       *self,
                                 gconstpointer  unused)
{
  GtkWidget *agreements = open_agreements (self, DC_PAGE_DETAILS, DC_CONTACT_EMAIL);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (tick_of (agreements, NEWSLETTER))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (tick_of (agreements, LETTERS))));
  dc_visit_set_contact (get_visit (self), DC_CONTACT_POST);
  dc_agreements_update (DC_AGREEMENTS (agreements));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (tick_of (agreements, NEWSLETTER))));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (tick_of (agreements, LETTERS))));
}

/* The age, then what is needed and asked, wherever it stands. */
static void
test_focus (Fixture       *self,
            gconstpointer  unused)
{
  GtkWidget *agreements = open_agreements (self, DC_PAGE_AGREE, DC_CONTACT_POST);

  dc_click (GTK_WIDGET (self->window), "Continue");
  g_assert_true (has_focus (self, tick_of (agreements, 3)));
  dc_tick_set_active (tick_of (agreements, 3), TRUE);
  dc_click (GTK_WIDGET (self->window), "Continue");
  g_assert_true (has_focus (self, tick_of (agreements, DETAILS)));
  dc_tick_set_active (tick_of (agreements, DETAILS), TRUE);
  dc_click (GTK_WIDGET (self->window), "Continue");
  g_assert_true (has_focus (self, tick_of (agreements, LETTERS)));
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_AGREE);
}

#define ADD(path, run) g_test_add ("/agreements/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("are the visit's", test_are_the_visits);
  ADD ("are asked for the way in which the donor is written to", test_asked_for_the_way_to_write);
  ADD ("the first that is missing has the focus", test_focus);

  return g_test_run ();
}
