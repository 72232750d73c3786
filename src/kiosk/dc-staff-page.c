/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-action-row.h"
#include "dc-goal.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-words-delivery.h"
#include "dc-words.h"

struct _DcStaffPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  DcHeading *heading;
  GtkLabel  *state;
  DcActionRow *shift;
  DcActionRow *assisted;
  DcActionRow *practice;
  DcActionRow *help;
  DcGoal     *goal;
  GtkLabel   *event;
  GtkBox    *columns;
  GtkBox    *today;
  GtkBox    *tablet;
};

G_DEFINE_FINAL_TYPE (DcStaffPage, dc_staff_page, DC_TYPE_PAGE)

static void
add_number (GtkBox     *rows,
            const char *caption,
            guint       number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  dc_rows_add_figure (rows, caption, text);
}

static DcShift *
get_shift (DcStaffPage *self)
{
  return dc_stall_get_shift (dc_kiosk_get_stall (dc_page_get_kiosk (DC_PAGE (self))));
}

static void
show_shift (DcStaffPage *self,
            DcTally     *tally)
{
  DcShift *shift = get_shift (self);
  gint64 codes = dc_shift_count_codes (shift, tally->codes_shown);

  if (!dc_shift_is_on (shift))
    return;

  add_number (self->today, _("Promises in this shift"), tally->taken_in_shift);
  if (codes >= 0)
    add_number (self->today, _("Codes shown in this shift"), (guint) codes);
}

static void
show_event (DcStaffPage *self,
            DcTally     *tally)
{
  DcSettings *settings = dc_kiosk_get_settings (dc_page_get_kiosk (DC_PAGE (self)));
  gint64 taken = dc_settings_count_taken (settings, tally->taken);

  if (taken >= 0)
    add_number (self->today, _("Promises at this event"), (guint) taken);
}

static void
show_today (DcStaffPage *self,
            DcTally     *tally)
{
  add_number (self->today, _("Promises"), tally->taken_on_day);
  for (guint i = 0; i < tally->sums_on_day->len; i++) {
    DcTallySum *sum = &g_array_index (tally->sums_on_day, DcTallySum, i);
    g_autofree char *text = dc_money_format (&sum->sum, dc_page_get_language (DC_PAGE (self)));

    dc_rows_add_figure (self->today, dc_words_promised (sum->frequency), text);
  }
  add_number (self->today, _("Deleted by the donor"), tally->withdrawn_on_day);
  add_number (self->today, _("Codes shown"), tally->codes_shown_on_day);
  show_shift (self, tally);
  show_event (self, tally);
}

static const char *
words_of_clock (DcClockTrust trust)
{
  switch (trust) {
  case DC_CLOCK_SYNCHRONISED:
    return _("kept by the network");
  case DC_CLOCK_SET:
    return _("set by hand");
  case DC_CLOCK_UNKNOWN:
  default:
    return _("wrong: please set it");
  }
}

static char *
words_of_now (DcStaffPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  g_autoptr (GTimeZone) zone =
    g_time_zone_new_identifier (dc_campaign_get_time_zone (dc_kiosk_get_campaign (kiosk)));
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  DcStamp stamp;

  dc_clock_now (dc_kiosk_get_clock (kiosk), &stamp);
  utc = g_date_time_new_from_unix_utc (stamp.utc_us / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);

  /* Translators: 1: the hour, 2: the minutes, 3: what the clock is worth: “14:05, set by hand” */
  return g_strdup_printf (_("%1$02d:%2$02d, %3$s"), g_date_time_get_hour (local),
                          g_date_time_get_minute (local), words_of_clock (stamp.trust));
}

/* Not g_format_size (): it speaks the language of the system. */
static char *
words_of_size (guint64 bytes)
{
  guint megabytes = (guint) MIN (bytes / (1000 * 1000), G_MAXUINT);

  if (megabytes < 1000)
    /* Translators: %u is a number of megabytes */
    return g_strdup_printf (_("%u MB"), megabytes);

  /* Translators: %u is a number of gigabytes */
  return g_strdup_printf (_("%u GB"), megabytes / 1000);
}

static void
show_copy (DcStaffPage *self,
           DcCopyState  state,
           guint        to_copy)
{
  if (to_copy > 0)
    add_number (self->tablet, _("Still to be copied to the card"), to_copy);
  dc_rows_add (self->tablet, _("Second copy"), dc_words_copy (state), NULL);
}

/* What waits, since when, and when the line was last good for all of it. */
static void
show_waiting (DcStaffPage *self,
              DcTally     *tally)
{
  const char *zone = dc_campaign_get_time_zone (dc_page_get_campaign (DC_PAGE (self)));
  g_autofree char *last = dc_words_last_success (tally->last_success, zone);
  g_autofree char *since = tally->oldest_waiting_day != NULL
                           ? dc_words_day (tally->oldest_waiting_day) : NULL;

  add_number (self->tablet, _("Waiting to be handed over"),
              tally->by_state[DC_STATE_WAITING] + tally->by_state[DC_STATE_REFUSED]);
  if (since != NULL)
    dc_rows_add_figure (self->tablet, _("The oldest is from"), since);
  dc_rows_add_figure (self->tablet, _("Last handed over"), last);
}

static void
show_tablet (DcStaffPage *self,
             DcTally     *tally)
{
  DcSecondCopy *copy = dc_kiosk_get_second_copy (dc_page_get_kiosk (DC_PAGE (self)));
  g_autofree char *free_space = words_of_size (tally->free_bytes);
  g_autofree char *now = words_of_now (self);

  show_waiting (self, tally);
  add_number (self->tablet, _("Promises in all"), tally->taken);
  if (tally->set_aside > 0)
    add_number (self->tablet, _("Stores put aside, for the office"), tally->set_aside);
  if (dc_second_copy_get_folder (copy) != NULL)
    show_copy (self, dc_second_copy_get_state (copy), tally->to_copy);
  dc_rows_add_figure (self->tablet, _("Free disk space"), free_space);
  dc_rows_add_figure (self->tablet, _("Clock"), now);
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcStaffPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, &error);

  dc_rows_clear (self->today);
  dc_rows_clear (self->tablet);
  if (tally == NULL) {
    g_message ("The promises were not counted: %s", error->message);
    dc_rows_add_figure (self->today, _("The promises cannot be counted just now."), "");
    return;
  }

  dc_goal_show (self->goal, dc_campaign_get_goal (dc_page_get_campaign (DC_PAGE (self))),
                tally->sums, dc_page_get_language (DC_PAGE (self)));
  show_today (self, tally);
  show_tablet (self, tally);
}

static void
on_trouble (DcStaffPage *self)
{
  DcTrouble trouble = dc_kiosk_get_trouble (dc_page_get_kiosk (DC_PAGE (self)));
  g_autofree char *words = dc_words_trouble_and_whom (trouble, dc_page_get_campaign (DC_PAGE (self)),
                                                      dc_page_get_language (DC_PAGE (self)));

  gtk_label_set_label (self->state, words);
  if (trouble == DC_TROUBLE_NONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "problem");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "problem");
}

static void
count (DcStaffPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  g_autofree char *day = dc_kiosk_get_day (kiosk);

  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), day, dc_shift_get_id (get_shift (self)),
                        did_tally, g_object_ref (self));
}

static void
say_shift (DcStaffPage *self)
{
  DcShift *shift = get_shift (self);
  const char *zone = dc_campaign_get_time_zone (dc_page_get_campaign (DC_PAGE (self)));
  g_autofree char *hour = NULL;
  g_autofree char *words = NULL;

  if (!dc_shift_is_on (shift)) {
    dc_action_row_set (self->shift, _("No shift is on: promises bear no volunteer’s code."),
                       /* Translators: a button: begins a volunteer’s shift */
                       _("Begin"));
    return;
  }

  hour = dc_words_hour (dc_shift_get_since (shift), zone);
  /* Translators: 1: a volunteer’s code, 2: the time of day: “Volunteer B7, since 14:05.” */
  words = g_strdup_printf (_("Volunteer %1$s, since %2$s."), dc_shift_get_code (shift), hour);
  dc_action_row_set (self->shift, words, _("Open"));
}

static void
on_shift (DcStaffPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_SHIFT);
}

static void
say_modes (DcStaffPage *self)
{
  gboolean practice = dc_stall_is_practice (dc_kiosk_get_stall (dc_page_get_kiosk (DC_PAGE (self))));

  dc_action_row_set (self->assisted, _("You type, the donor ticks. For the next donor only."),
                     /* Translators: a button: a volunteer begins to type for a donor */
                     _("Begin"));
  dc_action_row_set (self->practice, practice
                     ? _("On. It ends by itself after 10 minutes without a touch.")
                     : _("To try everything: nothing is kept, counted or sent."),
                     practice ? _("End practice")
                     /* Translators: a button: volunteers begin to practise */
                              : _("Practise"));
  dc_action_row_set (self->help, _("What it is in one sentence, and whom to call."), _("Open"));
}

static void
on_assisted (DcStaffPage *self)
{
  dc_stall_ask_assisted (dc_kiosk_get_stall (dc_page_get_kiosk (DC_PAGE (self))));
  gtk_widget_activate_action (GTK_WIDGET (self), "kiosk.finish", NULL);
}

/* The window begins a new visit. */
static void
on_practice (DcStaffPage *self)
{
  DcStall *stall = dc_kiosk_get_stall (dc_page_get_kiosk (DC_PAGE (self)));

  dc_stall_set_practice (stall, !dc_stall_is_practice (stall));
}

static void
on_help (DcStaffPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_HELP);
}

static void
dc_staff_page_fill (DcPage *page)
{
  DcStaffPage *self = DC_STAFF_PAGE (page);
  DcKiosk *kiosk = dc_page_get_kiosk (page);
  g_autofree char *day = dc_kiosk_get_day (kiosk);
  g_autofree char *words = dc_words_day (day);
  g_autofree char *event = dc_words_event (dc_kiosk_get_settings (kiosk));

  dc_top_bar_fill (self->top, page);
  dc_heading_set_label (self->heading, words);
  dc_label_say (self->event, event != NULL ? event : "");
  g_signal_connect_object (kiosk, "notify::trouble", G_CALLBACK (on_trouble), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dc_kiosk_get_second_copy (kiosk), "notify::state", G_CALLBACK (count),
                           self, G_CONNECT_SWAPPED);
  dc_second_copy_look (dc_kiosk_get_second_copy (kiosk));
  dc_stall_look (dc_kiosk_get_stall (kiosk));
  say_shift (self);
  say_modes (self);
  on_trouble (self);
  count (self);
}

static void
dc_staff_page_arrange (DcPage *page,
                       DcForm  form)
{
  GtkBox *columns = DC_STAFF_PAGE (page)->columns;
  gboolean landscape = dc_form_is_landscape (form);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (columns),
                                  landscape ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (columns, landscape);
  dc_action_row_arrange (DC_STAFF_PAGE (page)->shift, form);
  dc_action_row_arrange (DC_STAFF_PAGE (page)->assisted, form);
  dc_action_row_arrange (DC_STAFF_PAGE (page)->practice, form);
  dc_action_row_arrange (DC_STAFF_PAGE (page)->help, form);
}

static void
dc_staff_page_class_init (DcStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_staff_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_staff_page_arrange;

  g_type_ensure (DC_TYPE_ACTION_ROW);
  g_type_ensure (DC_TYPE_GOAL);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, assisted);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, event);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, goal);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, help);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, practice);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, shift);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, state);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, tablet);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, today);
  gtk_widget_class_bind_template_child (widget_class, DcStaffPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_assisted);
  gtk_widget_class_bind_template_callback (widget_class, on_help);
  gtk_widget_class_bind_template_callback (widget_class, on_practice);
  gtk_widget_class_bind_template_callback (widget_class, on_shift);
}

static void
dc_staff_page_init (DcStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
