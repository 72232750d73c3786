/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-help-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-heading.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcHelpPage
{
  DcPage    parent_instance;

  DcTopBar *top;
  GtkLabel *state;
  GtkBox   *call;
};

G_DEFINE_FINAL_TYPE (DcHelpPage, dc_help_page, DC_TYPE_PAGE)

/* One sentence: what keeps promises from being taken comes first. */
static const char *
words_of (DcKiosk *kiosk)
{
  DcTrouble trouble = dc_kiosk_get_trouble (kiosk);
  DcStamp stamp;

  dc_clock_now (dc_kiosk_get_clock (kiosk), &stamp);
  if (trouble == DC_TROUBLE_NONE && stamp.trust == DC_CLOCK_UNKNOWN)
    return _("The clock of this tablet is wrong. Promises can be taken. Please call your coordinator, who can set it.");

  return dc_words_trouble (trouble);
}

static void
update (DcHelpPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));

  gtk_label_set_label (self->state, words_of (kiosk));
  if (dc_kiosk_can_pledge (kiosk))
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "problem");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "problem");
}

static void
dc_help_page_fill (DcPage *page)
{
  DcHelpPage *self = DC_HELP_PAGE (page);
  DcCampaign *campaign = dc_page_get_campaign (page);
  const char *coordinator = dc_campaign_get_coordinator (campaign, dc_page_get_language (page));
  const char *number = dc_campaign_get_coordinator_phone (campaign);
  const char *phone = dc_campaign_get_organisation_phone (campaign);

  dc_top_bar_fill (self->top, page);
  g_signal_connect_object (dc_page_get_kiosk (page), "notify::trouble", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  dc_rows_add (self->call, _("First"), coordinator != NULL ? coordinator : _("Your coordinator"), NULL);
  if (number != NULL)
    dc_rows_add (self->call, _("Telephone"), number, NULL);
  dc_rows_add (self->call, _("If nobody answers"),
               dc_campaign_get_organisation (campaign, dc_page_get_language (page)), NULL);
  if (phone != NULL)
    dc_rows_add (self->call, _("Telephone"), phone, NULL);
  dc_rows_add (self->call, _("E-mail"), dc_campaign_get_organisation_email (campaign), NULL);
  dc_kiosk_check (dc_page_get_kiosk (page));
}

static void
dc_help_page_class_init (DcHelpPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_help_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/help-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcHelpPage, call);
  gtk_widget_class_bind_template_child (widget_class, DcHelpPage, state);
  gtk_widget_class_bind_template_child (widget_class, DcHelpPage, top);
}

static void
dc_help_page_init (DcHelpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
