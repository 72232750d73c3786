/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Before the event: one button, what is found, and the way to mend it. */

#include "dc-window-test.h"

#include <glib/gstdio.h>

#include "dc-crypto.h"
#include "dc-readiness.h"
#include "dc-test-pack.h"

typedef struct
{
  char        *pack;
  char        *state;
  DcTestClock *clock;
  DcKiosk     *kiosk;
  DcWindow    *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  live)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  self->pack = dc_test_dir_new ();
  self->state = dc_test_dir_new ();
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  dc_test_pack_new (self->pack);
  if (live != NULL)
    dc_test_pack_make_live (self->pack, 3);
  self->kiosk = dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  dc_kiosk_test_start (self->kiosk, &error);
  g_assert_no_error (error);
  dc_kiosk_test_wait_trouble (self->kiosk, live != NULL ? DC_TROUBLE_DRILL : DC_TROUBLE_NONE);
  self->window = dc_window_test_new (self->kiosk, 600, 960);
  dc_window_test_go (self->window, DC_PAGE_READY);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_close_queue (self->kiosk);
  g_assert_finalize_object (g_steal_pointer (&self->kiosk));
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  g_clear_pointer (&self->pack, dc_test_dir_remove);
  g_clear_pointer (&self->state, dc_test_dir_remove);
}

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static void
load_note (Fixture     *self,
           DcReadiness *note)
{
  g_autofree char *path = g_build_filename (self->state, "readiness.ini", NULL);

  dc_readiness_load (note, path);
}

/* Presses the button and waits for the outcome; the note that is kept. */
static void
check (Fixture     *self,
       DcReadiness *note)
{
  dc_click (get_page (self), "Check now");
  dc_window_test_wait_words (self->window, "Keyboard");
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "Checked: Friday 18 December 2026, 11:00"));
  load_note (self, note);
  g_assert_cmpint (note->at_s, ==, DC_KIOSK_TEST_NOW / G_USEC_PER_SEC);
}

static void
test_nothing_is_said_before (Fixture       *self,
                             gconstpointer  unused)
{
  DcReadiness note;

  g_assert_true (dc_shows (get_page (self), "This tablet has not been checked yet."));
  load_note (self, &note);
  g_assert_cmpint (note.at_s, ==, 0);
}

static void
test_finds_a_good_tablet (Fixture       *self,
                          gconstpointer  unused)
{
  DcReadiness note;

  check (self, &note);
  g_assert_cmpuint (dc_readiness_count (&note, DC_READY_RED), ==, 0);
  g_assert_true (dc_shows (get_page (self), "Its files are signed"));
  g_assert_true (dc_shows (get_page (self), "They can be read and written."));
  g_assert_true (dc_shows (get_page (self), "Each was drawn and compared, point by point."));
  g_assert_true (dc_shows (get_page (self), "A USB stick"));
  g_assert_true (dc_shows (get_page (self), "There is room for every promise"));

  /* And the page before says it. */
  dc_window_test_go (self->window, DC_PAGE_COORDINATOR);
  g_assert_true (dc_shows (get_page (self), "Ready"));
}

static void
test_leads_to_where_it_is_mended (Fixture       *self,
                                  gconstpointer  unused)
{
  DcReadiness note;

  check (self, &note);
  g_assert_cmpint (note.levels[DC_READY_KEYS], ==, DC_READY_RED);
  g_assert_true (dc_shows (get_page (self), "1 thing is to be mended."));
  dc_click (get_page (self), "Mend: The office’s keys");
  dc_window_test_wait_page (self->window, DC_PAGE_DRILL);
  dc_kiosk_test_prove (self->kiosk);
  dc_window_test_go (self->window, DC_PAGE_READY);
  check (self, &note);
  g_assert_true (dc_shows (get_page (self), "Each has been tried. Let the tablet go live"));
  dc_click (get_page (self), "Mend: The office’s keys");
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
  dc_kiosk_test_go_live (self->kiosk);
  dc_window_test_go (self->window, DC_PAGE_READY);
  check (self, &note);
  g_assert_cmpint (note.levels[DC_READY_KEYS], ==, DC_READY_GREEN);
  g_assert_null (dc_find_button (get_page (self), "Mend: The office’s keys"));
}

static void
test_finds_an_appeal_that_was_changed (Fixture       *self,
                                       gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->pack, "campaign.ini", NULL);
  DcReadiness note;
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  fputs ("# a word more\n", file);
  fclose (file);
  check (self, &note);
  g_assert_cmpint (note.levels[DC_READY_PACK], ==, DC_READY_RED);
  g_assert_true (dc_shows (get_page (self), "Its files are not as they were signed."));
  /* What was read at the start was good, and the stall goes on with it. */
  g_assert_true (dc_kiosk_can_pledge (self->kiosk));
}

static void
test_finds_a_lost_reserve (Fixture       *self,
                           gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->state, "queue", "ballast", NULL);
  DcReadiness note;

  g_assert_cmpint (g_unlink (path), ==, 0);
  check (self, &note);
  g_assert_cmpint (note.levels[DC_READY_DISK], ==, DC_READY_RED);
  dc_click (get_page (self), "Mend: Disk");
  dc_window_test_wait_page (self->window, DC_PAGE_SYNC);
}

static void
test_finds_a_wrong_clock (Fixture       *self,
                          gconstpointer  unused)
{
  DcReadiness note;

  dc_test_clock_set_trust (self->clock, DC_CLOCK_UNKNOWN);
  check (self, &note);
  g_assert_cmpint (note.levels[DC_READY_CLOCK], ==, DC_READY_RED);
  g_assert_true (dc_shows (get_page (self), "The time of this tablet is wrong."));
}

/* A page that is left while it looks leaves nothing behind: tear_down () sees. */
static void
test_may_be_left_at_once (Fixture       *self,
                          gconstpointer  unused)
{
  DcReadiness note;

  dc_click (get_page (self), "Check now");
  dc_window_test_go (self->window, DC_PAGE_COORDINATOR);
  dc_window_test_wait_queue (self->kiosk);
  dc_display_test_settle (get_page (self));
  load_note (self, &note);
  g_assert_cmpint (note.at_s, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  dc_window_test_init (&argc, &argv);

#define ADD(name, live, func) \
  g_test_add ("/ready-page/" name, Fixture, live, set_up, func, tear_down)
  ADD ("nothing-is-said-before", NULL, test_nothing_is_said_before);
  ADD ("finds-a-good-tablet", NULL, test_finds_a_good_tablet);
  ADD ("leads-to-where-it-is-mended", "live", test_leads_to_where_it_is_mended);
  ADD ("finds-an-appeal-that-was-changed", NULL, test_finds_an_appeal_that_was_changed);
  ADD ("finds-a-lost-reserve", NULL, test_finds_a_lost_reserve);
  ADD ("finds-a-wrong-clock", NULL, test_finds_a_wrong_clock);
  ADD ("may-be-left-at-once", NULL, test_may_be_left_at_once);
#undef ADD

  return g_test_run ();
}
