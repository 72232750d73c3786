/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The PIN pad, and what is behind it. */

#include "dc-window-test.h"

#include "dc-brand.h"
#include "dc-logo-hold.h"
#include "dc-number-pad.h"

#define VOLUNTEER "2468"
#define COORDINATOR "135790"
#define NBSP "\xC2\xA0"

typedef DcWindowTest Fixture;

static DcStaffGate *
get_gate (Fixture *self)
{
  return dc_kiosk_get_staff_gate (self->kiosk.kiosk);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_window_test_set_up (self, NULL);
  dc_staff_gate_set_pin (get_gate (self), DC_STAFF_VOLUNTEER, VOLUNTEER, &error);
  g_assert_no_error (error);
  dc_staff_gate_set_pin (get_gate (self), DC_STAFF_COORDINATOR, COORDINATOR, &error);
  g_assert_no_error (error);
}

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static void
press (Fixture    *self,
       const char *digits)
{
  GtkWidget *pad = dc_find (get_page (self), DC_TYPE_NUMBER_PAD);

  for (const char *p = digits; *p != '\0'; p++) {
    char digit[] = { *p, '\0' };

    g_signal_emit_by_name (pad, "digit", digit);
  }
  dc_display_test_settle (get_page (self));
}

static void
enter (Fixture    *self,
       const char *pin)
{
  press (self, pin);
  dc_click (get_page (self), "Enter");
}

static gboolean
can_enter (Fixture *self)
{
  return gtk_widget_is_sensitive (dc_find_button (get_page (self), "Enter"));
}

/* Three seconds on the emblem lead there, with a real mouse. */
static void
test_hidden_way (Fixture       *self,
                 gconstpointer  unused)
{
  GtkWidget *brand = dc_find (get_page (self), DC_TYPE_BRAND);

  dc_display_test_mouse (brand, 0.2, 0.5, "click");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  dc_display_test_mouse (brand, 0.2, 0.5, "mousedown");
  dc_display_test_wait (DC_LOGO_HOLD_MS - 1500);
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  dc_window_test_wait_page (self->window, DC_PAGE_PIN);
  dc_display_test_mouse (GTK_WIDGET (self->window), 0.2, 0.5, "mouseup");
}

static void
test_pins (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  g_assert_false (can_enter (self));
  press (self, "246");
  g_assert_true (dc_shows (get_page (self), "•••"));
  g_assert_false (dc_shows (get_page (self), "246"));
  g_assert_false (can_enter (self));
  enter (self, "8");
  dc_window_test_wait_page (self->window, DC_PAGE_STAFF);

  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  enter (self, COORDINATOR);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "What this tablet holds");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_STAFF);
}

static void
test_wrong_pin (Fixture       *self,
                gconstpointer  unused)
{
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  enter (self, "9753");
  dc_window_test_wait_words (self->window, "That is not the PIN. 4 tries left.");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_PIN);
  g_assert_false (dc_shows (get_page (self), "•"));
  press (self, "1");
  g_assert_false (dc_shows (get_page (self), "That is not the PIN."));
}

static void
test_locked (Fixture       *self,
             gconstpointer  unused)
{
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  for (guint left = DC_STAFF_GATE_FREE_TRIES - 1; left > 0; left--) {
    g_autofree char *words = g_strdup_printf ("That is not the PIN. %u ", left);

    enter (self, "9753");
    dc_window_test_wait_words (self->window, words);
  }
  enter (self, "9753");
  dc_window_test_wait_words (self->window, "Too many tries. Please wait 1 minute.");

  /* Also for who comes anew, and for the right PIN. */
  dc_window_begin_visit (self->window);
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "Too many tries."));
  enter (self, VOLUNTEER);
  dc_window_test_wait_words (self->window, "Too many tries.");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_PIN);

  dc_test_clock_advance (self->kiosk.clock,
                         (DC_STAFF_GATE_FIRST_WAIT + 1) * (gint64) G_USEC_PER_SEC);
  enter (self, VOLUNTEER);
  dc_window_test_wait_page (self->window, DC_PAGE_STAFF);
}

/* The first to come chooses both PINs, each typed twice. */
static void
test_choose (Fixture       *self,
             gconstpointer  unused)
{
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "Choose a PIN for the coordinator"));
  enter (self, "1234");
  dc_window_test_wait_words (self->window, "This PIN is too easy to guess.");
  enter (self, "805371");
  dc_window_test_wait_words (self->window, "Type the same PIN again");
  enter (self, "805372");
  dc_window_test_wait_words (self->window, "The two were not the same.");
  g_assert_false (dc_staff_gate_has_pin (get_gate (self), DC_STAFF_COORDINATOR));

  enter (self, "805371");
  dc_window_test_wait_words (self->window, "Type the same PIN again");
  enter (self, "805371");
  dc_window_test_wait_words (self->window, "Choose a PIN for the volunteers");
  g_assert_true (dc_staff_gate_has_pin (get_gate (self), DC_STAFF_COORDINATOR));
  enter (self, "805371");
  dc_window_test_wait_words (self->window, "Type the same PIN again");
  enter (self, "805371");
  dc_window_test_wait_words (self->window, "The coordinator has this PIN already.");
  enter (self, "7193");
  dc_window_test_wait_words (self->window, "Type the same PIN again");
  enter (self, "7193");
  dc_window_test_wait_words (self->window, "Both PINs are set.");

  enter (self, "7193");
  dc_window_test_wait_page (self->window, DC_PAGE_STAFF);
}

/* Whoever chose the one and left chooses the other later. */
static void
test_choose_the_other (Fixture       *self,
                       gconstpointer  unused)
{
  g_assert_true (dc_staff_gate_set_pin (get_gate (self), DC_STAFF_COORDINATOR, COORDINATOR, NULL));
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "Choose a PIN for the volunteers"));
}

static void
save (Fixture  *self,
      gboolean  monthly,
      guint     preset)
{
  DcVisit *visit = dc_window_test_get_visit (self->window);

  dc_window_test_fill_visit (visit, self->kiosk.kiosk);
  dc_visit_choose_preset (visit, monthly, preset);
  dc_window_test_go (self->window, DC_PAGE_CHECK);
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), monthly ? "Send my promise: CHF" NBSP "18 a month"
                                     : "Send my promise: CHF" NBSP "20 once");
  dc_window_test_wait_page (self->window, DC_PAGE_THANKS);
  dc_window_begin_visit (self->window);
}

/* The figure beside a caption. */
static void
assert_figure (Fixture    *self,
               const char *caption,
               const char *figure)
{
  g_autoptr (GPtrArray) labels = dc_list (get_page (self), GTK_TYPE_LABEL);

  for (guint i = 0; i + 1 < labels->len; i++) {
    if (g_str_equal (gtk_label_get_text (labels->pdata[i]), caption)) {
      g_assert_cmpstr (gtk_label_get_text (labels->pdata[i + 1]), ==, figure);
      return;
    }
  }
  g_error ("no “%s”", caption);
}

static void
test_staff (Fixture       *self,
            gconstpointer  unused)
{
  save (self, TRUE, 0);
  save (self, TRUE, 0);
  save (self, FALSE, 0);
  dc_visit_choose_preset (dc_window_test_get_visit (self->window), TRUE, 0);
  dc_window_test_go (self->window, DC_PAGE_SCAN);
  dc_window_test_go (self->window, DC_PAGE_STAFF);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));

  g_assert_true (dc_shows (get_page (self), "Friday 18 December 2026"));
  g_assert_true (dc_shows (get_page (self), "Everything works."));
  assert_figure (self, "Promises", "3");
  /* Never added together. */
  assert_figure (self, "Promised every month", "CHF" NBSP "36");
  assert_figure (self, "Promised once", "CHF" NBSP "20");
  assert_figure (self, "Codes shown", "1");
  assert_figure (self, "Waiting to be handed over", "3");
  assert_figure (self, "Promises in all", "3");
  assert_figure (self, "Clock", "11:00, set by hand");
  /* No name of a donor, on no page of the staff's. */
  g_assert_false (dc_shows (get_page (self), "Ana"));

  dc_click (get_page (self), "Back to the stall");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
}

static void
test_staff_without_queue (Fixture       *self,
                          gconstpointer  unused)
{
  dc_kiosk_test_close_queue (self->kiosk.kiosk);
  dc_window_test_go (self->window, DC_PAGE_STAFF);
  dc_window_test_wait_words (self->window, "The promises cannot be counted just now.");
}

static void
test_staff_in_trouble (Fixture       *self,
                       gconstpointer  unused)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, DC_STORE_ERROR_FULL, "of a test");

  dc_window_test_go (self->window, DC_PAGE_STAFF);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "A pledge was not stored: of a test");
  dc_kiosk_report (self->kiosk.kiosk, error);
  g_test_assert_expected_messages ();
  dc_window_test_wait_words (self->window, "The disk is full.");
  dc_kiosk_check (self->kiosk.kiosk);
  dc_window_test_wait_words (self->window, "Everything works.");
}

#define ADD(path, up, run) \
  g_test_add ("/staff-pages/" path, Fixture, NULL, up, run, dc_window_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("are-behind-the-emblem", set_up, test_hidden_way);
  ADD ("pin/leads-each-where-they-may-go", set_up, test_pins);
  ADD ("pin/wrong", set_up, test_wrong_pin);
  ADD ("pin/wrong-too-often", set_up, test_locked);
  ADD ("pin/is-chosen-by-the-first", dc_window_test_set_up, test_choose);
  ADD ("pin/is-chosen-where-one-is-missing", dc_window_test_set_up, test_choose_the_other);
  ADD ("staff/counts-monthly-and-once-apart", set_up, test_staff);
  ADD ("staff/says-when-it-cannot-count", set_up, test_staff_without_queue);
  ADD ("staff/says-what-is-wrong", set_up, test_staff_in_trouble);

  return g_test_run ();
}
