/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-notice-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-heading.h"
#include "dc-top-bar.h"

struct _DcNoticePage
{
  DcPage    parent_instance;

  DcTopBar *top;
  GtkBox   *sections;
};

G_DEFINE_FINAL_TYPE (DcNoticePage, dc_notice_page, DC_TYPE_PAGE)

static const char *
title_of (DcNotice part)
{
  switch (part) {
  case DC_NOTICE_SHORT:
    return _("In short");
  case DC_NOTICE_CONTROLLER:
    return _("Who is responsible");
  case DC_NOTICE_DATA_PROTECTION:
    return _("Whom to ask");
  case DC_NOTICE_PURPOSES:
    return _("What for, and on what basis");
  case DC_NOTICE_RECIPIENTS:
    return _("Who receives it, and where");
  case DC_NOTICE_RETENTION:
    return _("How long it is kept");
  case DC_NOTICE_RIGHTS:
    return _("Your rights");
  case DC_NOTICE_WITHDRAWAL:
    return _("Changing your mind");
  case DC_NOTICE_AUTHORITY:
    return _("Where you can complain");
  case DC_NOTICE_VOLUNTARY:
    return _("Nothing is obligatory");
  case DC_N_NOTICES:
  default:
    g_return_val_if_reached ("");
  }
}

static void
add_label (DcNoticePage *self,
           const char   *text,
           const char   *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->sections, label);
}

static void
dc_notice_page_fill (DcPage *page)
{
  DcNoticePage *self = DC_NOTICE_PAGE (page);
  DcCampaign *campaign = dc_page_get_campaign (page);

  dc_top_bar_fill (self->top, page);
  for (DcNotice part = 0; part < DC_N_NOTICES; part++) {
    add_label (self, title_of (part), "section-title");
    add_label (self, dc_campaign_get_notice (campaign, part, dc_page_get_language (page)), "text");
  }
}

static void
dc_notice_page_class_init (DcNoticePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_notice_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/notice-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcNoticePage, sections);
  gtk_widget_class_bind_template_child (widget_class, DcNoticePage, top);
}

static void
dc_notice_page_init (DcNoticePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
