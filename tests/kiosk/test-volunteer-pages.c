/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What volunteers set: the shift, and what it does to the visits that follow. */

#include "dc-window-test.h"

#define NBSP "\xC2\xA0"
#define HOUR (60 * 60 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  DcKioskTest kiosk;
  DcWindow   *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  dc_kiosk_test_set_up (&self->kiosk, NULL);
  self->window = dc_window_test_new (self->kiosk.kiosk, 600, 960);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
}

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

#define ADD(path, run) \
  g_test_add ("/volunteer-pages/" path, Fixture, NULL, set_up, run, tear_down)

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

  return g_test_run ();
}
