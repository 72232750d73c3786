/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-event-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-action-row.h"
#include "dc-heading.h"
#include "dc-idle.h"
#include "dc-label.h"
#include "dc-top-bar.h"

struct _DcEventPage
{
  DcPage       parent_instance;

  DcTopBar    *top;
  GtkLabel    *name_caption;
  GtkEntry    *name;
  GtkLabel    *place_caption;
  GtkEntry    *place;
  GtkLabel    *outcome;
  DcActionRow *scan;
  DcActionRow *details;
  DcActionRow *other;
  DcActionRow *keyboard;
  GtkLabel    *grace;
  GtkLabel    *problem;    /* of the rows */

  gint64       taken;      /* by the tablet in all; -1: not known */
};

G_DEFINE_FINAL_TYPE (DcEventPage, dc_event_page, DC_TYPE_PAGE)

static DcSettings *
get_settings (DcEventPage *self)
{
  return dc_kiosk_get_settings (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
show_wait (DcEventPage *self,
           DcActionRow *row,
           DcWait       wait)
{
  guint seconds = dc_settings_get_wait (get_settings (self), wait);
  g_autofree char *state =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: %u is a number of seconds without a touch */
                                  "%u second", "%u seconds", seconds), seconds);

  /* Translators: a button: each press chooses the next longer time */
  dc_action_row_set (row, state, _("Change"));
}

static void
show (DcEventPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  gboolean kept = dc_settings_get_platform_keyboard (get_settings (self));

  show_wait (self, self->scan, DC_WAIT_SCAN);
  show_wait (self, self->details, DC_WAIT_DETAILS);
  show_wait (self, self->other, DC_WAIT_OTHER);
  if (dc_kiosk_uses_platform_keyboard (kiosk) && !kept)
    dc_action_row_set (self->keyboard, _("That of the tablet’s system, as the program was started."), "");
  else
    dc_action_row_set (self->keyboard, kept ? _("That of the tablet’s system.") : _("That of this program."),
                       _("Change"));
}

static void
say_if_not_stored (DcEventPage  *self,
                   const GError *error)
{
  if (error != NULL)
    g_warning ("A setting was not stored: %s", error->message);
  dc_label_say (self->problem, error != NULL ? _("This could not be written down. Please try again.") : "");
}

static void
lengthen (DcEventPage *self,
          DcWait       wait)
{
  DcSettings *settings = get_settings (self);
  g_autoptr (GError) error = NULL;

  dc_settings_set_wait (settings, wait, dc_settings_next_wait (settings, wait), &error);
  say_if_not_stored (self, error);
  show (self);
}

static void
on_scan (DcEventPage *self)
{
  lengthen (self, DC_WAIT_SCAN);
}

static void
on_details (DcEventPage *self)
{
  lengthen (self, DC_WAIT_DETAILS);
}

static void
on_other (DcEventPage *self)
{
  lengthen (self, DC_WAIT_OTHER);
}

static void
on_keyboard (DcEventPage *self)
{
  DcSettings *settings = get_settings (self);
  g_autoptr (GError) error = NULL;

  dc_settings_set_platform_keyboard (settings, !dc_settings_get_platform_keyboard (settings), &error);
  say_if_not_stored (self, error);
  show (self);
}

static const char *
words_of (const GError *error)
{
  if (g_error_matches (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_LENGTH))
    return _("This is too long. Please use at most 60 letters for each.");
  if (g_error_matches (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_CARD))
    return _("This looks like the number of a card. Please leave it out.");

  return _("This could not be written down. Please try again.");
}

static void
on_keep (DcEventPage *self)
{
  g_autoptr (GError) error = NULL;

  if (dc_settings_set_event (get_settings (self), gtk_editable_get_text (GTK_EDITABLE (self->name)),
                             gtk_editable_get_text (GTK_EDITABLE (self->place)), self->taken,
                             &error)) {
    dc_label_say_outcome (self->outcome, _("Kept."), FALSE);
    return;
  }

  g_message ("The event was not stored: %s", error->message);
  dc_label_say_outcome (self->outcome, words_of (error), TRUE);
}

static void
on_typed (DcEventPage *self)
{
  dc_label_say_outcome (self->outcome, "", FALSE);
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcEventPage) self = user_data;
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, NULL);

  self->taken = tally != NULL ? (gint64) tally->taken : -1;
}

static void
fill_entry (GtkEntry   *entry,
            GtkLabel   *caption,
            const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (caption), -1);
}

static void
dc_event_page_fill (DcPage *page)
{
  DcEventPage *self = DC_EVENT_PAGE (page);
  DcKiosk *kiosk = dc_page_get_kiosk (page);
  g_autofree char *day = dc_kiosk_get_day (kiosk);
  g_autofree char *grace =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: %u is a number of seconds */
                                  "Then the donor is asked, and has %u second more. A change holds from the next donor on.",
                                  "Then the donor is asked, and has %u seconds more. A change holds from the next donor on.",
                                  DC_IDLE_GRACE), DC_IDLE_GRACE);

  dc_top_bar_fill (self->top, page);
  gtk_label_set_label (self->grace, grace);
  fill_entry (self->name, self->name_caption, dc_settings_get_name (get_settings (self)));
  fill_entry (self->place, self->place_caption, dc_settings_get_place (get_settings (self)));
  show (self);
  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), day, NULL, did_tally, g_object_ref (self));
}

static void
dc_event_page_arrange (DcPage *page,
                       DcForm  form)
{
  DcEventPage *self = DC_EVENT_PAGE (page);

  dc_action_row_arrange (self->scan, form);
  dc_action_row_arrange (self->details, form);
  dc_action_row_arrange (self->other, form);
  dc_action_row_arrange (self->keyboard, form);
}

static void
dc_event_page_class_init (DcEventPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_event_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_event_page_arrange;

  g_type_ensure (DC_TYPE_ACTION_ROW);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/event-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, details);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, grace);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, keyboard);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, name);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, name_caption);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, other);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, place);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, place_caption);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, scan);
  gtk_widget_class_bind_template_child (widget_class, DcEventPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_details);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
  gtk_widget_class_bind_template_callback (widget_class, on_keyboard);
  gtk_widget_class_bind_template_callback (widget_class, on_other);
  gtk_widget_class_bind_template_callback (widget_class, on_scan);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
dc_event_page_init (DcEventPage *self)
{
  self->taken = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}
