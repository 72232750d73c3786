/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shift-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-heading.h"
#include "dc-label.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-volunteer-code.h"
#include "dc-words-delivery.h"
#include "dc-words.h"

struct _DcShiftPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkWidget *off;        /* no shift is on */
  GtkLabel  *caption;
  GtkEntry  *code;
  GtkLabel  *problem;
  GtkWidget *begin;
  GtkWidget *on;
  GtkBox    *figures;
  GtkLabel  *failure;    /* to end it */

  gint64     codes;      /* that the tablet has shown in all; -1: not known */
};

G_DEFINE_FINAL_TYPE (DcShiftPage, dc_shift_page, DC_TYPE_PAGE)

static DcStall *
get_stall (DcShiftPage *self)
{
  return dc_kiosk_get_stall (dc_page_get_kiosk (DC_PAGE (self)));
}

static DcShift *
get_shift (DcShiftPage *self)
{
  return dc_stall_get_shift (get_stall (self));
}

static const char *
words_of_code (DcVolunteerCode code)
{
  switch (code) {
  case DC_VOLUNTEER_CODE_SIGN:
    return _("A code has only the letters A to Z and digits.");
  case DC_VOLUNTEER_CODE_NAME:
    return _("This could be a name. A code has at least one digit and at most four letters, so that nobody can be read from it.");
  case DC_VOLUNTEER_CODE_LENGTH:
  case DC_VOLUNTEER_CODE_GOOD:
  default:
    return _("A code has 2 to 12 letters and digits.");
  }
}

static void
add_number (DcShiftPage *self,
            const char  *caption,
            guint        number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  dc_rows_add_figure (self->figures, caption, text);
}

static void
add_counts (DcShiftPage *self,
            DcTally     *tally)
{
  gint64 codes = dc_shift_count_codes (get_shift (self), tally->codes_shown);

  add_number (self, _("Promises"), tally->taken_in_shift);
  for (guint i = 0; i < tally->sums_in_shift->len; i++) {
    DcTallySum *sum = &g_array_index (tally->sums_in_shift, DcTallySum, i);
    g_autofree char *text = dc_money_format (&sum->sum, dc_page_get_language (DC_PAGE (self)));

    dc_rows_add_figure (self->figures, dc_words_promised (sum->frequency), text);
  }
  if (codes >= 0)
    add_number (self, _("Codes shown"), (guint) codes);
}

static void
show (DcShiftPage *self,
      DcTally     *tally)
{
  DcShift *shift = get_shift (self);
  const char *zone = dc_campaign_get_time_zone (dc_page_get_campaign (DC_PAGE (self)));
  g_autofree char *since = NULL;

  gtk_widget_set_visible (self->off, !dc_shift_is_on (shift));
  gtk_widget_set_visible (self->on, dc_shift_is_on (shift));
  dc_rows_clear (self->figures);
  if (!dc_shift_is_on (shift))
    return;

  since = dc_words_moment (dc_shift_get_since (shift), zone);
  dc_rows_add_figure (self->figures, _("Volunteer"), dc_shift_get_code (shift));
  dc_rows_add (self->figures, _("Since"), since, NULL);
  if (tally != NULL)
    add_counts (self, tally);
  else
    dc_rows_add_figure (self->figures, _("The promises cannot be counted just now."), "");
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcShiftPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, &error);

  if (tally == NULL)
    g_message ("The promises were not counted: %s", error->message);
  self->codes = tally != NULL ? (gint64) tally->codes_shown : -1;
  show (self, tally);
}

static void
count (DcShiftPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  g_autofree char *day = dc_kiosk_get_day (kiosk);

  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), day, dc_shift_get_id (get_shift (self)),
                        did_tally, g_object_ref (self));
}

static void
on_typed (DcShiftPage *self)
{
  dc_label_say (self->problem, "");
  gtk_widget_set_sensitive (self->begin, gtk_entry_get_text_length (self->code) > 0);
}

static void
on_begin (DcShiftPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->code));
  DcVolunteerCode code = dc_volunteer_code_check (typed);
  g_autoptr (GError) error = NULL;

  if (code != DC_VOLUNTEER_CODE_GOOD) {
    dc_label_say (self->problem, words_of_code (code));
    return;
  }
  if (!dc_stall_start_shift (get_stall (self), typed, self->codes, &error)) {
    g_warning ("A shift was not begun: %s", error->message);
    dc_label_say (self->problem, _("The shift could not be stored. Please try again."));
    return;
  }
  dc_page_go (DC_PAGE (self), DC_PAGE_STAFF);
}

static void
on_end (DcShiftPage *self)
{
  g_autoptr (GError) error = NULL;

  if (!dc_stall_end_shift (get_stall (self), &error)) {
    g_warning ("A shift was not ended: %s", error->message);
    dc_label_say (self->failure, _("The shift could not be ended. Please try again."));
    return;
  }
  dc_page_go (DC_PAGE (self), DC_PAGE_STAFF);
}

static void
dc_shift_page_fill (DcPage *page)
{
  DcShiftPage *self = DC_SHIFT_PAGE (page);

  dc_top_bar_fill (self->top, page);
  dc_stall_look (get_stall (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->caption), -1);
  on_typed (self);
  gtk_widget_set_visible (self->off, !dc_shift_is_on (get_shift (self)));
  gtk_widget_set_visible (self->on, dc_shift_is_on (get_shift (self)));
  count (self);
}

static void
dc_shift_page_class_init (DcShiftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_shift_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/shift-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, begin);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, caption);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, code);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, failure);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, figures);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, off);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, on);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcShiftPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_end);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
dc_shift_page_init (DcShiftPage *self)
{
  self->codes = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}
