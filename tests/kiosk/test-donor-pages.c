/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a donor does on each page and what the visit and the page make of it. */

#include "dc-window-test.h"

#include "dc-cup-view.h"
#include "dc-heading.h"
#include "dc-number-pad.h"
#include "dc-preset-button.h"
#include "dc-qr-view.h"
#include "dc-story.h"
#include "dc-tick.h"

#define NBSP "\xC2\xA0"

typedef DcWindowTest Fixture;

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static DcVisit *
get_visit (Fixture *self)
{
  return dc_window_test_get_visit (self->window);
}

static void
settle (Fixture *self)
{
  dc_display_test_settle (GTK_WIDGET (self->window));
}

static void
go (Fixture  *self,
    DcPageId  page)
{
  dc_window_test_go (self->window, page);
  settle (self);
}

static void
click (Fixture    *self,
       const char *words)
{
  dc_click (get_page (self), words);
  settle (self);
}

static void
assert_page (Fixture  *self,
             DcPageId  page)
{
  g_assert_cmpuint (dc_window_get_page_id (self->window), ==, page);
}

static gboolean
can_click (Fixture    *self,
           const char *words)
{
  GtkWidget *button = dc_find_button (get_page (self), words);

  if (button == NULL)
    g_error ("no button “%s”", words);

  return gtk_widget_is_sensitive (button);
}

static gboolean
shows (Fixture    *self,
       const char *text)
{
  return dc_shows (get_page (self), text);
}

static void
press_digits (Fixture    *self,
              const char *digits)
{
  GtkWidget *pad = dc_find (get_page (self), DC_TYPE_NUMBER_PAD);

  for (const char *p = digits; *p != '\0'; p++) {
    char digit[] = { *p, '\0' };

    if (*p == '<')
      g_signal_emit_by_name (pad, "delete");
    else
      g_signal_emit_by_name (pad, "digit", digit);
  }
  settle (self);
}

static void
test_welcome (Fixture       *self,
              gconstpointer  unused)
{
  settle (self);
  g_assert_cmpuint (dc_count (get_page (self), DC_TYPE_STORY), ==, 2);
  g_assert_true (shows (self, "give.example.org"));
  /* One sentence a line. */
  g_assert_true (shows (self, "A cup a week.\nA defender heard."));
  g_assert_nonnull (dc_qr_view_get_symbol (DC_QR_VIEW (dc_find (get_page (self),
                                                                DC_TYPE_QR_VIEW))));
  click (self, "Give");
  assert_page (self, DC_PAGE_AMOUNT);
}

static void
assert_chosen (Fixture *self,
               guint    expected)
{
  g_autoptr (GPtrArray) buttons = dc_list (get_page (self), DC_TYPE_PRESET_BUTTON);
  guint chosen = 0;

  for (guint i = 0; i < buttons->len; i++)
    chosen += gtk_widget_has_css_class (buttons->pdata[i], "chosen");
  g_assert_cmpuint (chosen, ==, expected);
}

static void
test_amount (Fixture       *self,
             gconstpointer  unused)
{
  DcCupView *cup;
  double level;

  go (self, DC_PAGE_AMOUNT);
  cup = DC_CUP_VIEW (dc_find (get_page (self), DC_TYPE_CUP_VIEW));
  g_assert_cmpuint (dc_count (get_page (self), DC_TYPE_PRESET_BUTTON), ==, 6);
  assert_chosen (self, 0);
  g_assert_false (can_click (self, "Continue"));
  g_assert_cmpfloat (dc_cup_view_get_level (cup), ==, 0.0);

  click (self, "CHF" NBSP "18 a month");
  assert_chosen (self, 1);
  g_assert_true (can_click (self, "Continue"));
  g_assert_true (shows (self, "CHF" NBSP "18 a month"));
  g_assert_true (shows (self, "1 cup a week"));
  g_assert_true (shows (self, "helps a defender to be heard"));
  level = dc_cup_view_get_level (cup);
  g_assert_cmpfloat (level, >, 0.0);

  click (self, "CHF" NBSP "127 a month");
  g_assert_cmpfloat (dc_cup_view_get_level (cup), >, level);
  click (self, "CHF" NBSP "50.50 once");
  assert_chosen (self, 1);
  g_assert_true (shows (self, "pays a day of advice"));
  g_assert_cmpuint (dc_visit_get_frequency (get_visit (self)), ==, DC_FREQUENCY_ONCE);
  click (self, "Continue");
  assert_page (self, DC_PAGE_HOW);
}

static void
test_other_amount (Fixture       *self,
                   gconstpointer  unused)
{
  go (self, DC_PAGE_AMOUNT);
  click (self, "Another amount every month");
  assert_page (self, DC_PAGE_OTHER_AMOUNT);
  g_assert_true (shows (self, "From CHF" NBSP "5 to CHF" NBSP "5,000"));
  g_assert_true (shows (self, "CHF" NBSP "0 a month"));
  g_assert_false (can_click (self, "Choose this amount"));

  press_digits (self, "004");
  g_assert_true (shows (self, "CHF" NBSP "4 a month"));
  g_assert_false (can_click (self, "Choose this amount"));
  press_digits (self, "2");
  g_assert_true (can_click (self, "Choose this amount"));
  press_digits (self, "00");
  g_assert_true (shows (self, "CHF" NBSP "4,200 a month"));
  press_digits (self, "0<<");
  g_assert_true (shows (self, "CHF" NBSP "420 a month"));
  click (self, "Choose this amount");
  assert_page (self, DC_PAGE_AMOUNT);
  g_assert_cmpint (dc_visit_get_amount (get_visit (self))->minor, ==, 42000);
  g_assert_true (dc_visit_is_monthly (get_visit (self)));
  assert_chosen (self, 1);
}

static void
test_other_amount_bounds (Fixture       *self,
                          gconstpointer  unused)
{
  go (self, DC_PAGE_AMOUNT);
  click (self, "Another amount once");
  press_digits (self, "5000");
  g_assert_true (can_click (self, "Choose this amount"));
  press_digits (self, "<1");
  g_assert_false (can_click (self, "Choose this amount"));
  /* No more digits than a sum can have, and no fewer than none. */
  press_digits (self, "99999999999999999999");
  g_assert_false (can_click (self, "Choose this amount"));
  press_digits (self, "<<<<<<<<<<<<<<<<<<<<<<<<<");
  g_assert_true (shows (self, "CHF" NBSP "0 once"));
  g_assert_false (dc_visit_has_amount (get_visit (self)));
}

static void
test_how (Fixture       *self,
          gconstpointer  unused)
{
  static const struct
  {
    const char *words;
    DcPageId    page;
  } ways[] = {
    { "Give now with my phone", DC_PAGE_SCAN },
    { "Write to me later", DC_PAGE_DETAILS },
    { "Not today", DC_PAGE_HOPE },
  };

  dc_visit_choose_preset (get_visit (self), TRUE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    go (self, DC_PAGE_HOW);
    dc_window_test_wait_queue (self->kiosk.kiosk);
    g_assert_true (shows (self, "CHF" NBSP "18 a month"));
    click (self, ways[i].words);
    assert_page (self, ways[i].page);
  }
}

static void
test_scan (Fixture       *self,
           gconstpointer  unused)
{
  dc_visit_choose_preset (get_visit (self), TRUE, 0);
  go (self, DC_PAGE_SCAN);
  g_assert_true (shows (self, "give.example.org"));
  g_assert_true (shows (self, "CHF" NBSP "18 a month"));
  click (self, "I have scanned it");
  assert_page (self, DC_PAGE_SCANNED);
  click (self, "Finish");
  assert_page (self, DC_PAGE_WELCOME);
}

static void
test_hope (Fixture       *self,
           gconstpointer  unused)
{
  go (self, DC_PAGE_HOPE);
  g_assert_cmpuint (dc_count (get_page (self), DC_TYPE_QR_VIEW), ==, 2);
  g_assert_true (shows (self, "Because no human is illegal."));
  click (self, "Finish");
  assert_page (self, DC_PAGE_WELCOME);
}

static GtkWidget *
entry_of (Fixture *self,
          DcField  field)
{
  return GTK_WIDGET (dc_entry_of (get_page (self), field));
}

static DcTick *
tick_of (Fixture    *self,
         const char *text)
{
  g_autoptr (GPtrArray) ticks = dc_list (get_page (self), DC_TYPE_TICK);

  for (guint i = 0; i < ticks->len; i++) {
    g_autofree char *its_text = NULL;

    g_object_get (ticks->pdata[i], "text", &its_text, NULL);
    if (g_str_equal (its_text, text))
      return ticks->pdata[i];
  }

  g_error ("no box “%s”", text);
}

static void
set_tick (Fixture    *self,
          const char *text,
          gboolean    ticked)
{
  dc_tick_set_active (tick_of (self, text), ticked);
  settle (self);
}

#define KEEP "Keep my details to write to me about this promise."
#define TAX "I would like a tax certificate."

static gboolean
focus_is_in (Fixture   *self,
             GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus == widget || (focus != NULL && gtk_widget_is_ancestor (focus, widget));
}

/* Step by step: each time the first thing that is missing has the focus. */
static void
test_details (Fixture       *self,
              gconstpointer  unused)
{
  dc_visit_choose_preset (get_visit (self), TRUE, 0);
  go (self, DC_PAGE_DETAILS);
  click (self, "Continue");
  assert_page (self, DC_PAGE_DETAILS);
  g_assert_true (focus_is_in (self, entry_of (self, DC_FIELD_FIRST_NAME)));
  g_assert_true (shows (self, "Please tell us your first name"));
  g_assert_true (shows (self, "Please enter your e-mail address"));

  dc_type (get_page (self), DC_FIELD_FIRST_NAME, "Ana");
  click (self, "Continue");
  g_assert_true (focus_is_in (self, entry_of (self, DC_FIELD_EMAIL)));
  dc_type (get_page (self), DC_FIELD_EMAIL, "ana@posteo.ch");
  click (self, "Continue");
  assert_page (self, DC_PAGE_DETAILS);
  g_assert_true (focus_is_in (self, GTK_WIDGET (tick_of (self, "I am 18 or older."))));

  set_tick (self, "I am 18 or older.", TRUE);
  click (self, "Continue");
  assert_page (self, DC_PAGE_DETAILS);
  g_assert_true (focus_is_in (self, GTK_WIDGET (tick_of (self, KEEP))));
  set_tick (self, KEEP, TRUE);
  g_assert_true (dc_visit_is_complete (get_visit (self)));
  click (self, "Continue");
  assert_page (self, DC_PAGE_CHECK);
}

static void
assert_asked (Fixture       *self,
              const DcField *fields,
              gsize          n)
{
  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    gboolean asked = FALSE;

    for (gsize i = 0; i < n; i++)
      asked = asked || fields[i] == field;
    g_assert_cmpint (gtk_widget_get_mapped (entry_of (self, field)), ==, asked);
  }
}

#define ASSERT_ASKED(self, ...) \
  assert_asked (self, (const DcField[]) { __VA_ARGS__ }, \
                sizeof ((const DcField[]) { __VA_ARGS__ }) / sizeof (DcField))
#define ADDRESS DC_FIELD_STREET, DC_FIELD_POSTCODE, DC_FIELD_TOWN, DC_FIELD_COUNTRY

/* What is not asked of this donor does not show. */
static void
test_contacts (Fixture       *self,
               gconstpointer  unused)
{
  go (self, DC_PAGE_DETAILS);
  ASSERT_ASKED (self, DC_FIELD_FIRST_NAME, DC_FIELD_FAMILY_NAME, DC_FIELD_EMAIL);
  g_assert_true (shows (self, "Send me the newsletter."));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dc_find_button (get_page (self), "Telephone")),
                                TRUE);
  settle (self);
  g_assert_cmpuint (dc_visit_get_contact (get_visit (self)), ==, DC_CONTACT_PHONE);
  ASSERT_ASKED (self, DC_FIELD_FIRST_NAME, DC_FIELD_FAMILY_NAME, DC_FIELD_PHONE);
  g_assert_false (shows (self, "Send me the newsletter."));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dc_find_button (get_page (self), "Post")), TRUE);
  settle (self);
  g_assert_cmpuint (dc_visit_get_contact (get_visit (self)), ==, DC_CONTACT_POST);
  ASSERT_ASKED (self, DC_FIELD_FIRST_NAME, DC_FIELD_FAMILY_NAME, ADDRESS);
  g_assert_false (shows (self, "A tax certificate must bear your postal address."));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dc_find_button (get_page (self), "E-mail")), TRUE);
  set_tick (self, TAX, TRUE);
  g_assert_true (dc_visit_get_tax_certificate (get_visit (self)));
  ASSERT_ASKED (self, DC_FIELD_FIRST_NAME, DC_FIELD_FAMILY_NAME, DC_FIELD_EMAIL, ADDRESS);
  g_assert_true (shows (self, "A tax certificate must bear your postal address."));
}

static void
test_mask (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_fill_visit (get_visit (self), self->kiosk.kiosk);
  go (self, DC_PAGE_DETAILS);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dc_find_button (get_page (self),
                                                                   "Hide what I type")), TRUE);
  settle (self);
  for (DcField field = 0; field < DC_N_FIELDS; field++)
    g_assert_false (gtk_entry_get_visibility (GTK_ENTRY (entry_of (self, field))));
  g_assert_nonnull (dc_find_button (get_page (self), "Show what I type"));

  /* Who hid it here finds it hidden there, and hidden again on coming back. */
  click (self, "Continue");
  assert_page (self, DC_PAGE_CHECK);
  g_assert_true (shows (self, "••••••"));
  g_assert_false (shows (self, "Ana"));
  g_assert_false (shows (self, "ana@posteo.ch"));
  dc_window_test_back (self->window);
  settle (self);
  g_assert_false (gtk_entry_get_visibility (GTK_ENTRY (entry_of (self, DC_FIELD_EMAIL))));
}

static void
test_notice (Fixture       *self,
             gconstpointer  unused)
{
  go (self, DC_PAGE_DETAILS);
  g_assert_true (shows (self, "We keep what you type to write to you about this promise."));
  dc_type (get_page (self), DC_FIELD_FIRST_NAME, "Ana");
  click (self, "Read everything about your details");
  assert_page (self, DC_PAGE_NOTICE);
  g_assert_true (shows (self, "The FDPIC in Bern."));
  g_assert_true (shows (self, "privacy@example.org"));
  click (self, "I have read this");
  assert_page (self, DC_PAGE_DETAILS);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, DC_FIELD_FIRST_NAME))), ==,
                   "Ana");
}

static void
fill_all (Fixture *self)
{
  DcDonor *donor = dc_visit_get_donor (get_visit (self));

  dc_window_test_fill_visit (get_visit (self), self->kiosk.kiosk);
  dc_visit_set_tax_certificate (get_visit (self), TRUE);
  dc_donor_set (donor, DC_FIELD_FAMILY_NAME, "Márquez");
  dc_donor_set (donor, DC_FIELD_STREET, "Rue de Varembé 1");
  dc_donor_set (donor, DC_FIELD_POSTCODE, "1202");
  dc_donor_set (donor, DC_FIELD_TOWN, "Genève");
  dc_donor_set (donor, DC_FIELD_COUNTRY, "Suisse");
}

/* Everything that is promised, and nothing of it is new to the donor. */
static void
test_check (Fixture       *self,
            gconstpointer  unused)
{
  fill_all (self);
  go (self, DC_PAGE_CHECK);
  g_assert_true (shows (self, "CHF" NBSP "18 a month\nCHF" NBSP "216 in a year"));
  g_assert_true (shows (self, "Ana Márquez"));
  g_assert_true (shows (self, "ana@posteo.ch"));
  g_assert_true (shows (self, "Rue de Varembé 1\n1202 Genève, Suisse"));
  g_assert_true (shows (self, KEEP "\nSend me the newsletter."));
  g_assert_true (shows (self, "Tax certificate"));
  g_assert_false (shows (self, "Telephone"));
}

static void
test_check_changes (Fixture       *self,
                    gconstpointer  unused)
{
  fill_all (self);
  go (self, DC_PAGE_CHECK);
  click (self, "Change: E-mail");
  assert_page (self, DC_PAGE_DETAILS);
  dc_type (get_page (self), DC_FIELD_EMAIL, "eve@posteo.ch");
  click (self, "Continue");
  assert_page (self, DC_PAGE_CHECK);
  g_assert_true (shows (self, "eve@posteo.ch"));
  g_assert_false (shows (self, "ana@posteo.ch"));

  click (self, "Change: Your promise");
  assert_page (self, DC_PAGE_AMOUNT);
  click (self, "CHF" NBSP "20 once");
  go (self, DC_PAGE_CHECK);
  g_assert_true (can_click (self, "Send my promise: CHF" NBSP "20 once"));
  g_assert_false (shows (self, "CHF" NBSP "216 in a year"));
}

static void
test_thanks_masks (Fixture       *self,
                   gconstpointer  unused)
{
  fill_all (self);
  go (self, DC_PAGE_THANKS);
  g_assert_true (shows (self, "Within 3 days, ISHR will write to a…a@posteo.ch."));

  dc_visit_drop_pledge (get_visit (self));
  dc_donor_set (dc_visit_get_donor (get_visit (self)), DC_FIELD_PHONE, "+41 22 919 71 67");
  dc_visit_set_contact (get_visit (self), DC_CONTACT_PHONE);
  go (self, DC_PAGE_THANKS);
  g_assert_true (shows (self, "Within 3 days, ISHR will send a message to your number …67."));
}

static void
test_deleted (Fixture       *self,
              gconstpointer  unused)
{
  go (self, DC_PAGE_DELETED);
  g_assert_null (dc_find_button (get_page (self), "Back"));
  click (self, "Finish");
  assert_page (self, DC_PAGE_WELCOME);
}

#define ADD(path, run) \
  g_test_add ("/donor-pages/" path, Fixture, NULL, dc_window_test_set_up, run, dc_window_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("welcome/tells-and-invites", test_welcome);
  ADD ("amount/is-chosen-by-one-touch", test_amount);
  ADD ("other-amount/is-typed", test_other_amount);
  ADD ("other-amount/has-bounds", test_other_amount_bounds);
  ADD ("how/leads-three-ways", test_how);
  ADD ("scan/ends-on-the-donor-s-phone", test_scan);
  ADD ("hope/shows-appeal-and-film", test_hope);
  ADD ("details/lead-to-what-is-missing", test_details);
  ADD ("details/ask-only-what-is-needed", test_contacts);
  ADD ("details/hide-what-is-typed", test_mask);
  ADD ("details/have-the-whole-notice-behind-them", test_notice);
  ADD ("check/shows-everything", test_check);
  ADD ("check/leads-to-what-is-changed", test_check_changes);
  ADD ("thanks/show-the-address-to-its-owner-only", test_thanks_masks);
  ADD ("deleted/ends", test_deleted);

  return g_test_run ();
}
