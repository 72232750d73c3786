/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the button that keeps a promise to its end, and what happens when the
 * queue cannot keep it. */

#include "dc-window-test.h"

#include "dc-qr-view.h"
#include "dc-reference.h"
#include "dc-shim-vfs.h"

#include <sqlite3.h>

#define SEND "Send my promise: CHF\xC2\xA0" "18 a month"

typedef DcWindowTest Fixture;

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static void
go_to_check (Fixture *self)
{
  dc_window_test_go_to_check (self->window, self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));
}

static void
go_to_thanks (Fixture *self)
{
  go_to_check (self);
  dc_click (get_page (self), SEND);
  dc_window_test_wait_page (self->window, DC_PAGE_THANKS);
  dc_display_test_settle (get_page (self));
}

static void
assert_tally (Fixture *self,
              guint    taken,
              guint    withdrawn)
{
  g_autoptr (DcTally) tally = dc_kiosk_test_tally (self->kiosk.kiosk);

  g_assert_cmpuint (tally->taken, ==, taken);
  g_assert_cmpuint (tally->by_state[DC_STATE_WITHDRAWN], ==, withdrawn);
}

static void
expect_warning (const char *pattern)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, pattern);
}

static void
test_thanks_after_the_save (Fixture       *self,
                            gconstpointer  unused)
{
  DcPledge *pledge;
  g_autofree char *reference = NULL;

  go_to_check (self);
  dc_click (get_page (self), SEND);
  /* Nobody is thanked yet, and nobody can press twice. */
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_CHECK);
  g_assert_false (gtk_widget_is_sensitive (get_page (self)));
  dc_window_test_wait_page (self->window, DC_PAGE_THANKS);
  assert_tally (self, 1, 0);

  dc_display_test_settle (get_page (self));
  pledge = dc_visit_get_pledge (dc_window_test_get_visit (self->window),
                                DC_CLOCK (self->kiosk.clock));
  reference = dc_reference_in_fours (pledge->reference);
  g_assert_true (dc_shows (get_page (self), "Thank you, Ana."));
  g_assert_true (dc_shows (get_page (self), reference));
  g_assert_false (dc_shows (get_page (self), "ana@posteo.ch"));
  g_assert_nonnull (dc_qr_view_get_symbol (DC_QR_VIEW (dc_find (get_page (self),
                                                                DC_TYPE_QR_VIEW))));
}

/* The language of the thanks may change; the promise may not. */
static void
test_thanks_in_another_language (Fixture       *self,
                                 gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = NULL;
  g_autofree char *reference = NULL;

  go_to_thanks (self);
  pledge = dc_pledge_ref (dc_visit_get_pledge (dc_window_test_get_visit (self->window),
                                               DC_CLOCK (self->kiosk.clock)));
  reference = dc_reference_in_fours (pledge->reference);
  dc_window_test_speak (self->window, "fr");
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_visit_get_pledge (dc_window_test_get_visit (self->window),
                                      DC_CLOCK (self->kiosk.clock)) == pledge);
  g_assert_true (dc_shows (get_page (self), reference));
  g_assert_cmpstr (pledge->language, ==, "en");
  assert_tally (self, 1, 0);
}

static float
area (GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));

  return bounds.size.width * bounds.size.height;
}

static void
test_finish (Fixture       *self,
             gconstpointer  unused)
{
  go_to_thanks (self);
  g_assert_cmpfloat (area (dc_find_button (get_page (self), "Finish")), >,
                     area (dc_find_button (get_page (self), "Undo")));
  dc_click (get_page (self), "Finish");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  assert_tally (self, 1, 0);
}

/* The donor went while the disk was slow: the next one must not be thanked. */
static void
test_gone_while_saving (Fixture       *self,
                        gconstpointer  unused)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  go_to_check (self);
  dc_click (get_page (self), SEND);
  dc_window_begin_visit (self->window);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  dc_display_test_wait (400);
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  g_assert_false (dc_visit_has_amount (dc_window_test_get_visit (self->window)));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static void
test_gone_while_deleting (Fixture       *self,
                          gconstpointer  unused)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  go_to_thanks (self);
  dc_click (get_page (self), "Undo");
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Delete");
  dc_window_begin_visit (self->window);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_wait (400);
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  assert_tally (self, 1, 1);
}

static void
test_undo (Fixture       *self,
           gconstpointer  unused)
{
  go_to_thanks (self);
  dc_click (get_page (self), "Undo");
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "Delete your details from this tablet?"));
  g_assert_null (dc_find_button (get_page (self), "Finish"));
  assert_tally (self, 1, 0);

  dc_click (get_page (self), "Delete");
  g_assert_false (gtk_widget_is_sensitive (get_page (self)));
  dc_window_test_wait_page (self->window, DC_PAGE_DELETED);
  assert_tally (self, 1, 1);
}

static void
test_undo_kept (Fixture       *self,
                gconstpointer  unused)
{
  go_to_thanks (self);
  dc_click (get_page (self), "Undo");
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Keep my promise");
  dc_display_test_settle (get_page (self));
  g_assert_nonnull (dc_find_button (get_page (self), "Finish"));
  g_assert_null (dc_find_button (get_page (self), "Delete"));
  assert_tally (self, 1, 0);
}

static void
test_undo_fails (Fixture       *self,
                 gconstpointer  unused)
{
  go_to_thanks (self);
  dc_kiosk_test_close_queue (self->kiosk.kiosk);
  dc_click (get_page (self), "Undo");
  dc_display_test_settle (get_page (self));
  expect_warning ("A promise was not deleted: *");
  dc_click (get_page (self), "Delete");
  dc_window_test_wait_queue (self->kiosk.kiosk);
  g_test_assert_expected_messages ();
  dc_display_test_settle (get_page (self));

  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_THANKS);
  g_assert_true (dc_shows (get_page (self), "The details could not be deleted just now."));
  g_assert_true (gtk_widget_is_sensitive (get_page (self)));
  /* It can be tried again. */
  g_assert_true (dc_kiosk_test_start (self->kiosk.kiosk, NULL));
  dc_click (get_page (self), "Delete");
  dc_window_test_wait_page (self->window, DC_PAGE_DELETED);
  assert_tally (self, 1, 1);
}

static void
test_save_fails (Fixture       *self,
                 gconstpointer  unused)
{
  GtkWidget *instead;

  go_to_check (self);
  dc_kiosk_test_close_queue (self->kiosk.kiosk);
  expect_warning ("A pledge was not stored: *");
  dc_click (get_page (self), SEND);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  g_test_assert_expected_messages ();
  dc_display_test_settle (get_page (self));

  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_CHECK);
  g_assert_false (dc_kiosk_can_pledge (self->kiosk.kiosk));
  g_assert_true (dc_shows (get_page (self), "We could not save your promise on this tablet"));
  g_assert_null (dc_find_button (get_page (self), SEND));
  instead = dc_find_button (get_page (self), "Give now with my phone");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == instead);

  g_assert_true (dc_kiosk_test_start (self->kiosk.kiosk, NULL));
  dc_click (get_page (self), "Give now with my phone");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_SCAN);
  assert_tally (self, 0, 0);
}

/* A sync that failed: nobody is thanked, the queue has closed itself, and the
 * kiosk opens and checks it anew before it offers to keep another promise. */
static void
test_sync_fails (Fixture       *self,
                 gconstpointer  unused)
{
  go_to_check (self);
  dc_shim_vfs_fail (DC_SHIM_SYNC, "-wal", 0, FALSE, SQLITE_IOERR_FSYNC);
  g_test_expect_message ("dc-store", G_LOG_LEVEL_MESSAGE, "The queue closed itself: *");
  expect_warning ("A pledge was not stored: *");
  dc_click (get_page (self), SEND);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (dc_shim_vfs_faults (), ==, 1);
  dc_shim_vfs_reset ();
  dc_display_test_settle (get_page (self));

  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_CHECK);
  g_assert_true (dc_shows (get_page (self), "We could not save your promise on this tablet"));
  g_assert_cmpuint (dc_kiosk_get_trouble (self->kiosk.kiosk), ==, DC_TROUBLE_DISK);
  g_assert_false (dc_kiosk_can_pledge (self->kiosk.kiosk));

  dc_kiosk_check (self->kiosk.kiosk);
  dc_kiosk_test_wait_trouble (self->kiosk.kiosk, DC_TROUBLE_NONE);
  g_assert_true (dc_kiosk_can_pledge (self->kiosk.kiosk));
  g_assert_cmpuint (dc_shim_vfs_count (DC_SHIM_OPEN), >, 0);
  /* It was found to be there, and the donor had read that it is not. */
  assert_tally (self, 1, 1);
}

static void
report_full (Fixture *self)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, DC_STORE_ERROR_FULL, "of a test");

  expect_warning ("A pledge was not stored: of a test");
  dc_kiosk_report (self->kiosk.kiosk, error);
  g_test_assert_expected_messages ();
}

/* Not offered while it cannot be kept. */
static void
test_scan_only (Fixture       *self,
                gconstpointer  unused)
{
  dc_window_test_fill_visit (dc_window_test_get_visit (self->window), self->kiosk.kiosk);
  dc_window_test_go (self->window, DC_PAGE_HOW);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));
  g_assert_nonnull (dc_find_button (get_page (self), "Write to me later"));

  report_full (self);
  dc_display_test_settle (get_page (self));
  g_assert_null (dc_find_button (get_page (self), "Write to me later"));
  g_assert_nonnull (dc_find_button (get_page (self), "Give now with my phone"));
  g_assert_nonnull (dc_find_button (get_page (self), "Not today"));

  dc_kiosk_check (self->kiosk.kiosk);
  dc_kiosk_test_wait_trouble (self->kiosk.kiosk, DC_TROUBLE_NONE);
  dc_display_test_settle (get_page (self));
  g_assert_nonnull (dc_find_button (get_page (self), "Write to me later"));
}

static void
assert_codes_shown (Fixture *self,
                    guint    codes)
{
  g_autoptr (DcTally) tally = dc_kiosk_test_tally (self->kiosk.kiosk);

  g_assert_cmpuint (tally->codes_shown_on_day, ==, codes);
  g_assert_cmpuint (tally->taken, ==, 0);
}

static void
test_scan_counts_once (Fixture       *self,
                       gconstpointer  unused)
{
  dc_window_test_fill_visit (dc_window_test_get_visit (self->window), self->kiosk.kiosk);
  dc_window_test_go (self->window, DC_PAGE_HOW);
  assert_codes_shown (self, 0);
  dc_window_test_go (self->window, DC_PAGE_SCAN);
  assert_codes_shown (self, 1);
  dc_window_test_speak (self->window, "fr");
  dc_window_test_back (self->window);
  dc_window_test_go (self->window, DC_PAGE_SCAN);
  assert_codes_shown (self, 1);

  dc_visit_choose_preset (dc_window_test_get_visit (self->window), FALSE, 1);
  dc_window_test_go (self->window, DC_PAGE_SCAN);
  assert_codes_shown (self, 2);
}

/* A count that is lost costs a figure, not a gift. */
static void
test_scan_without_queue (Fixture       *self,
                         gconstpointer  unused)
{
  dc_window_test_fill_visit (dc_window_test_get_visit (self->window), self->kiosk.kiosk);
  dc_kiosk_test_close_queue (self->kiosk.kiosk);
  dc_window_test_go (self->window, DC_PAGE_SCAN);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "give.example.org"));
  g_assert_nonnull (dc_qr_view_get_symbol (DC_QR_VIEW (dc_find (get_page (self),
                                                                DC_TYPE_QR_VIEW))));
}

#define ADD(path, run) \
  g_test_add ("/promise/" path, Fixture, NULL, dc_window_test_set_up, run, dc_window_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);
  dc_shim_vfs_install ();

  ADD ("is-thanked-for-once-it-is-kept", test_thanks_after_the_save);
  ADD ("is-the-same-in-another-language", test_thanks_in_another_language);
  ADD ("finishes-by-the-larger-button", test_finish);
  ADD ("of-who-went-is-not-the-next-one-s", test_gone_while_saving);
  ADD ("deleted-by-who-went-is-not-the-next-one-s", test_gone_while_deleting);
  ADD ("undo/deletes-after-one-question", test_undo);
  ADD ("undo/keeps-it-after-all", test_undo_kept);
  ADD ("undo/says-when-it-cannot", test_undo_fails);
  ADD ("that-cannot-be-kept/offers-the-code", test_save_fails);
  ADD ("that-cannot-be-kept/closes-and-checks-the-queue", test_sync_fails);
  ADD ("that-cannot-be-kept/is-not-offered", test_scan_only);
  ADD ("scan/counts-once-a-gift", test_scan_counts_once);
  ADD ("scan/needs-no-queue", test_scan_without_queue);

  return g_test_run ();
}
