/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What volunteers set: the shift, and what it does to the visits that follow. */

#include "dc-window-test.h"

#include "dc-goal.h"
#include "dc-tally.h"
#include "dc-tick.h"
#include "dc-words.h"

#define NBSP "\xC2\xA0"
#define HOUR (60 * 60 * (gint64) G_USEC_PER_SEC)

typedef DcWindowTest Fixture;

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static DcStall *
get_stall (Fixture *self)
{
  return dc_kiosk_get_stall (self->kiosk.kiosk);
}

static void
go (Fixture  *self,
    DcPageId  page)
{
  dc_window_test_go (self->window, page);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));
}

static void
type_code (Fixture    *self,
           const char *code)
{
  GtkWidget *entry = dc_find (get_page (self), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  dc_display_test_settle (get_page (self));
}

static void
begin_shift (Fixture    *self,
             const char *code)
{
  go (self, DC_PAGE_SHIFT);
  type_code (self, code);
  dc_click (get_page (self), "Begin the shift");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_STAFF);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));
}

static void
promise (Fixture *self)
{
  dc_window_test_go_to_check (self->window, self->kiosk.kiosk);
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Send my promise: CHF" NBSP "18 a month");
  dc_window_test_wait_page (self->window, DC_PAGE_THANKS);
}

static DcPledge *
get_pledge (Fixture *self)
{
  return dc_visit_get_pledge (dc_window_test_get_visit (self->window),
                              dc_kiosk_get_clock (self->kiosk.kiosk));
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
test_no_shift (Fixture       *self,
               gconstpointer  unused)
{
  go (self, DC_PAGE_STAFF);
  g_assert_true (dc_shows (get_page (self), "No shift is on"));
  g_assert_false (dc_shows (get_page (self), "Promises in this shift"));
  promise (self);
  g_assert_null (get_pledge (self)->shift);
  g_assert_null (get_pledge (self)->volunteer);
}

static void
test_shift (Fixture       *self,
            gconstpointer  unused)
{
  promise (self);
  dc_visit_choose_preset (dc_window_test_get_visit (self->window), TRUE, 0);
  go (self, DC_PAGE_SCAN);
  begin_shift (self, "b7");
  g_assert_true (dc_shows (get_page (self), "Volunteer B7, since 11:00."));
  assert_figure (self, "Promises in this shift", "0");
  assert_figure (self, "Codes shown in this shift", "0");

  dc_click (get_page (self), "Back to the stall");
  promise (self);
  g_assert_cmpstr (get_pledge (self)->volunteer, ==, "B7");
  g_assert_cmpstr (get_pledge (self)->shift, ==, dc_shift_get_id (dc_stall_get_shift (get_stall (self))));
  dc_window_begin_visit (self->window);
  dc_visit_choose_preset (dc_window_test_get_visit (self->window), TRUE, 0);
  go (self, DC_PAGE_SCAN);

  go (self, DC_PAGE_STAFF);
  assert_figure (self, "Promises", "2");
  assert_figure (self, "Codes shown", "2");
  assert_figure (self, "Promises in this shift", "1");
  assert_figure (self, "Codes shown in this shift", "1");
  assert_figure (self, "The oldest is from", "Friday 18 December 2026");
}

static void
test_shift_page (Fixture       *self,
                 gconstpointer  unused)
{
  begin_shift (self, "417");
  promise (self);
  go (self, DC_PAGE_SHIFT);
  g_assert_null (dc_find_button (get_page (self), "Begin the shift"));
  assert_figure (self, "Volunteer", "417");
  assert_figure (self, "Since", "Friday 18 December 2026, 11:00");
  assert_figure (self, "Promises", "1");
  assert_figure (self, "Promised every month", "CHF" NBSP "18");
  assert_figure (self, "Codes shown", "0");

  dc_click (get_page (self), "End the shift");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_STAFF);
  g_assert_true (dc_shows (get_page (self), "No shift is on"));
  dc_window_begin_visit (self->window);
  promise (self);
  g_assert_null (get_pledge (self)->volunteer);
}

/* It is said what a code is, and nothing begins. */
static void
test_refused (Fixture       *self,
              gconstpointer  unused)
{
  static const struct { const char *code; const char *words; } cases[] = {
    { "Mariana", "This could be a name." },
    { "7", "A code has 2 to 12 letters and digits." },
    { "B-7", "A code has only the letters A to Z and digits." },
  };

  go (self, DC_PAGE_SHIFT);
  g_assert_false (gtk_widget_is_sensitive (dc_find_button (get_page (self), "Begin the shift")));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    type_code (self, cases[i].code);
    g_assert_false (dc_shows (get_page (self), cases[i].words));
    dc_click (get_page (self), "Begin the shift");
    g_assert_true (dc_shows (get_page (self), cases[i].words));
    g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_SHIFT);
  }
  g_assert_false (dc_shift_is_on (dc_stall_get_shift (get_stall (self))));
}

static void
test_night (Fixture       *self,
            gconstpointer  unused)
{
  begin_shift (self, "B7");
  dc_test_clock_advance (self->kiosk.clock, 17 * HOUR);
  go (self, DC_PAGE_STAFF);
  g_assert_true (dc_shows (get_page (self), "No shift is on"));
  dc_window_begin_visit (self->window);
  promise (self);
  g_assert_null (get_pledge (self)->shift);
  g_assert_null (get_pledge (self)->volunteer);
}

/* The shift stands on the disk: a power cut does not end it. */
static void
test_restart (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr (DcKiosk) again = NULL;
  g_autoptr (GError) error = NULL;

  begin_shift (self, "B7");
  again = dc_kiosk_new (self->kiosk.pack, self->kiosk.state, DC_CLOCK (self->kiosk.clock), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dc_shift_get_code (dc_stall_get_shift (dc_kiosk_get_stall (again))), ==, "B7");
}

static guint
count_taken (Fixture *self)
{
  g_autoptr (DcTally) tally = dc_kiosk_test_tally (self->kiosk.kiosk);

  g_assert_cmpuint (tally->practice, ==, 0);
  g_assert_cmpuint (tally->all_by_state[DC_STATE_WAITING], ==, tally->taken);
  g_assert_cmpuint (tally->codes_shown, ==, 0);

  return tally->taken;
}

static void
begin_practice (Fixture *self)
{
  go (self, DC_PAGE_STAFF);
  dc_click (get_page (self), "Practise");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  dc_display_test_settle (get_page (self));
}

static gboolean
is_marked (Fixture *self)
{
  return dc_shows (GTK_WIDGET (self->window), "Practice: nothing you enter here is kept or sent.");
}

/* The whole way, and nothing is left of it in the queue. */
static void
test_practice (Fixture       *self,
               gconstpointer  unused)
{
  static const DcPageId pages[] = {
    DC_PAGE_WELCOME, DC_PAGE_AMOUNT, DC_PAGE_HOW, DC_PAGE_SCAN, DC_PAGE_DETAILS, DC_PAGE_STAFF,
  };

  g_assert_false (is_marked (self));
  begin_practice (self);
  dc_window_test_fill_visit (dc_window_test_get_visit (self->window), self->kiosk.kiosk);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    go (self, pages[i]);
    g_assert_true (is_marked (self));
  }
  promise (self);
  g_assert_true (is_marked (self));
  g_assert_cmpuint (count_taken (self), ==, 0);

  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Undo");
  dc_click (get_page (self), "Delete");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_DELETED);

  /* A button of every screen ends it. */
  dc_click (GTK_WIDGET (self->window), "End practice");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  g_assert_false (is_marked (self));
  promise (self);
  g_assert_cmpuint (count_taken (self), ==, 1);
}

/* What a donor has begun becomes no practice, nor the other way round. */
static void
test_practice_is_of_a_whole_visit (Fixture       *self,
                                   gconstpointer  unused)
{
  dc_window_test_go_to_check (self->window, self->kiosk.kiosk);
  dc_stall_set_practice (get_stall (self), TRUE);
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  g_assert_false (dc_visit_has_amount (dc_window_test_get_visit (self->window)));
  dc_window_test_go_to_check (self->window, self->kiosk.kiosk);
  dc_stall_set_practice (get_stall (self), FALSE);
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_WELCOME);
  g_assert_false (dc_visit_has_amount (dc_window_test_get_visit (self->window)));
}

/* On a tablet that takes no promise it shows how one is taken. */
static void
test_practice_in_trouble (Fixture       *self,
                          gconstpointer  unused)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, DC_STORE_ERROR_FULL, "of a test");

  begin_practice (self);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "A pledge was not stored: of a test");
  dc_kiosk_report (self->kiosk.kiosk, error);
  g_test_assert_expected_messages ();
  dc_window_test_fill_visit (dc_window_test_get_visit (self->window), self->kiosk.kiosk);
  dc_window_test_go (self->window, DC_PAGE_HOW);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_find_button (get_page (self), "Write to me later") != NULL);
  promise (self);
}

static void
test_practice_ends_at_rest (Fixture       *self,
                            gconstpointer  unused)
{
  dc_stall_set_minute (get_stall (self), 50);
  begin_practice (self);
  dc_display_test_wait (250);
  dc_stall_poke (get_stall (self));
  dc_display_test_wait (350);
  g_assert_true (dc_stall_is_practice (get_stall (self)));
  dc_display_test_wait (400);
  g_assert_false (dc_stall_is_practice (get_stall (self)));
  g_assert_false (is_marked (self));
}

static void
test_practice_ends_with_a_shift (Fixture       *self,
                                 gconstpointer  unused)
{
  begin_shift (self, "B7");
  begin_practice (self);
  go (self, DC_PAGE_SHIFT);
  dc_click (get_page (self), "End the shift");
  g_assert_false (dc_stall_is_practice (get_stall (self)));
  g_assert_false (is_marked (self));

  begin_shift (self, "B7");
  begin_practice (self);
  dc_test_clock_advance (self->kiosk.clock, 17 * HOUR);
  dc_window_begin_visit (self->window);
  g_assert_false (dc_stall_is_practice (get_stall (self)));
  g_assert_false (is_marked (self));
}

/* Name and address, as the volunteer types them, without a tick. */
static void
type_for_donor (Fixture *self)
{
  DcVisit *visit = dc_window_test_get_visit (self->window);

  dc_window_test_fill_visit (visit, self->kiosk.kiosk);
  dc_visit_set_of_age (visit, FALSE);
  for (guint i = 0; i < dc_campaign_get_n_consents (dc_kiosk_get_campaign (self->kiosk.kiosk)); i++)
    dc_visit_set_consent (visit, i, FALSE);
  go (self, DC_PAGE_DETAILS);
}

static void
tick_all (Fixture *self)
{
  g_autoptr (GPtrArray) ticks = dc_list (get_page (self), DC_TYPE_TICK);

  for (guint i = 0; i < ticks->len; i++)
    dc_tick_set_active (ticks->pdata[i], TRUE);
}

static void
test_assisted (Fixture       *self,
               gconstpointer  unused)
{
  go (self, DC_PAGE_STAFF);
  dc_stall_ask_assisted (get_stall (self));
  dc_click (get_page (self), "Back to the stall");
  g_assert_true (dc_shows (GTK_WIDGET (self->window), "A volunteer types."));
  type_for_donor (self);
  g_assert_false (dc_shows (get_page (self), "What you agree to"));
  dc_click (get_page (self), "Continue");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_AGREE);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "Please hand the tablet to the donor."));

  /* Nothing is ticked for them, and without it nothing goes on. */
  dc_click (get_page (self), "Continue");
  g_assert_true (dc_shows (get_page (self), "Please tick that you are old enough."));
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_AGREE);
  tick_all (self);
  dc_click (get_page (self), "Continue");
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, DC_PAGE_CHECK);
  g_assert_cmpint (get_pledge (self)->channel, ==, DC_CHANNEL_ASSISTED);
  g_assert_true (dc_visit_is_complete (dc_window_test_get_visit (self->window)));
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Send my promise: CHF" NBSP "18 a month");
  dc_window_test_wait_page (self->window, DC_PAGE_THANKS);
  g_assert_cmpuint (count_taken (self), ==, 1);

  /* The next donor types. */
  dc_window_begin_visit (self->window);
  g_assert_false (dc_shows (GTK_WIDGET (self->window), "A volunteer types."));
  promise (self);
  g_assert_cmpint (get_pledge (self)->channel, ==, DC_CHANNEL_SELF);
}

static void
test_assisted_is_left (Fixture       *self,
                       gconstpointer  unused)
{
  dc_stall_ask_assisted (get_stall (self));
  dc_window_begin_visit (self->window);
  dc_click (GTK_WIDGET (self->window), "Start again");
  g_assert_false (dc_visit_is_assisted (dc_window_test_get_visit (self->window)));
  g_assert_false (dc_shows (GTK_WIDGET (self->window), "A volunteer types."));
}

static void
test_help (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, DC_STORE_ERROR_FULL, "of a test");
  DcCampaign *campaign = dc_kiosk_get_campaign (self->kiosk.kiosk);

  go (self, DC_PAGE_HELP);
  g_assert_true (dc_shows (get_page (self), "Everything works."));
  g_assert_true (dc_shows (get_page (self), "Ana, at the office"));
  g_assert_true (dc_shows (get_page (self), "+41 79 000 00 00"));
  g_assert_true (dc_shows (get_page (self), dc_campaign_get_organisation_email (campaign)));
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "A pledge was not stored: of a test");
  dc_kiosk_report (self->kiosk.kiosk, error);
  g_test_assert_expected_messages ();
  g_assert_true (dc_shows (get_page (self), "The disk is full. Donors can only scan."));
}

static void
test_trouble_names_whom (Fixture       *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, DC_STORE_ERROR_FULL, "of a test");
  DcCampaign *campaign = dc_kiosk_get_campaign (self->kiosk.kiosk);
  g_autofree char *words = dc_words_trouble_and_whom (DC_TROUBLE_DISK_FULL, campaign, "fr");

  g_assert_true (g_str_has_suffix (words, "\nAna, au bureau · +41 79 000 00 00"));
  go (self, DC_PAGE_STAFF);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "A pledge was not stored: of a test");
  dc_kiosk_report (self->kiosk.kiosk, error);
  g_test_assert_expected_messages ();
  dc_window_test_wait_words (self->window, "The disk is full. Donors can only scan.");
}

static void
add_sum (GArray      *sums,
         gint64       minor,
         const char  *currency,
         DcFrequency  frequency)
{
  DcTallySum sum = { .frequency = frequency, .count = 1 };

  g_assert_true (dc_money_init (&sum.sum, minor, currency, NULL));
  g_array_append_val (sums, sum);
}

static double
fraction_of (DcGoal *goal)
{
  return gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (dc_find (GTK_WIDGET (goal),
                                                                   GTK_TYPE_PROGRESS_BAR)));
}

static gboolean
says (DcGoal     *goal,
      const char *words)
{
  GtkLabel *label = GTK_LABEL (dc_find (GTK_WIDGET (goal), GTK_TYPE_LABEL));

  return g_str_has_prefix (gtk_label_get_text (label), words);
}

/* The sums of a year; those of another currency are not added to them. */
static void
test_goal (void)
{
  DcGoal *goal = g_object_ref_sink (g_object_new (DC_TYPE_GOAL, NULL));
  g_autoptr (GArray) sums = g_array_new (FALSE, TRUE, sizeof (DcTallySum));
  DcMoney hoped;

  g_assert_true (dc_money_init (&hoped, 100000, "CHF", NULL));
  dc_goal_show (goal, NULL, sums, "en");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (goal)));
  dc_goal_show (goal, &hoped, sums, "en");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (goal)));
  g_assert_cmpfloat (fraction_of (goal), ==, 0);

  add_sum (sums, 2000, "CHF", DC_FREQUENCY_MONTHLY);
  add_sum (sums, 1000, "CHF", DC_FREQUENCY_ONCE);
  add_sum (sums, 90000, "EUR", DC_FREQUENCY_ONCE);
  dc_goal_show (goal, &hoped, sums, "en");
  g_assert_true (says (goal, "CHF" NBSP "250 promised of CHF" NBSP "1,000"));
  g_assert_cmpfloat (fraction_of (goal), ==, 0.25);

  /* More than was hoped for fills it, and the sum says by how much. */
  add_sum (sums, 200000, "CHF", DC_FREQUENCY_ONCE);
  dc_goal_show (goal, &hoped, sums, "en");
  g_assert_true (says (goal, "CHF" NBSP "2,250 promised"));
  g_assert_cmpfloat (fraction_of (goal), ==, 1);
  add_sum (sums, DC_MONEY_MAX_MINOR, "CHF", DC_FREQUENCY_MONTHLY);
  dc_goal_show (goal, &hoped, sums, "en");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (goal)));
  g_object_unref (goal);
}

/* A pack without a goal shows no bar. */
static void
test_no_goal (Fixture       *self,
              gconstpointer  unused)
{
  go (self, DC_PAGE_STAFF);
  g_assert_false (gtk_widget_get_visible (dc_find (get_page (self), DC_TYPE_GOAL)));
}

#define ADD(path, run) \
  g_test_add ("/volunteer-pages/" path, Fixture, NULL, dc_window_test_set_up, run, dc_window_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("shift/none-stamps-nothing", test_no_shift);
  ADD ("shift/stamps-and-counts-its-promises", test_shift);
  ADD ("shift/is-read-and-ended-on-its-page", test_shift_page);
  ADD ("shift/is-refused-a-name", test_refused);
  ADD ("shift/ends-by-itself-in-the-night", test_night);
  ADD ("shift/lasts-over-a-restart", test_restart);
  ADD ("practice/keeps-nothing", test_practice);
  ADD ("practice/is-of-a-whole-visit", test_practice_is_of_a_whole_visit);
  ADD ("practice/works-where-no-promise-can-be-taken", test_practice_in_trouble);
  ADD ("practice/ends-when-nobody-touches-it", test_practice_ends_at_rest);
  ADD ("practice/ends-with-a-shift", test_practice_ends_with_a_shift);
  ADD ("assisted/the-donor-ticks", test_assisted);
  ADD ("assisted/can-be-left", test_assisted_is_left);
  g_test_add_func ("/volunteer-pages/goal/is-of-a-year-and-one-currency", test_goal);
  ADD ("goal/is-not-shown-where-there-is-none", test_no_goal);
  ADD ("help/says-what-is-wrong-and-whom-to-call", test_help);
  ADD ("trouble/names-whom-to-call", test_trouble_names_whom);

  return g_test_run ();
}
