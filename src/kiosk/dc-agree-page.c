/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-agree-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-heading.h"
#include "dc-label.h"
#include "dc-tick.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcAgreePage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkBox    *consents;
  DcTick    *of_age;
  GtkLabel  *notice;
  GtkLabel  *problem;

  GPtrArray *ticks;      /* of DcTick, one a consent, borrowed */
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (DcAgreePage, dc_agree_page, DC_TYPE_PAGE)

static void
on_tick (DcAgreePage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));

  if (self->filling)
    return;

  dc_visit_set_of_age (visit, dc_tick_get_active (self->of_age));
  for (guint i = 0; i < self->ticks->len; i++)
    dc_visit_set_consent (visit, i, dc_tick_get_active (g_ptr_array_index (self->ticks, i)));
  dc_label_say (self->problem, "");
}

static void
on_next (DcAgreePage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  const char *problem = dc_words_ticks (visit);

  if (problem != NULL) {
    dc_label_say (self->problem, problem);
    dc_tick_grab (dc_visit_get_of_age (visit) ? g_ptr_array_index (self->ticks, 0) : self->of_age);
    return;
  }

  dc_page_go (DC_PAGE (self), DC_PAGE_CHECK);
}

static void
add_tick (DcAgreePage *self,
          guint        consent)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  DcCampaign *campaign = dc_page_get_campaign (DC_PAGE (self));
  const char *text = dc_campaign_get_consent_text (campaign, consent,
                                                   dc_visit_get_language (visit));
  DcTick *tick = dc_tick_new (text, dc_campaign_get_consent (campaign, consent)->required);

  dc_tick_set_active (tick, dc_visit_get_consent (visit, consent));
  gtk_widget_set_visible (GTK_WIDGET (tick), dc_visit_asks_consent (visit, consent));
  g_signal_connect_object (tick, "toggled", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->ticks, tick);
  gtk_box_append (self->consents, GTK_WIDGET (tick));
}

static void
dc_agree_page_fill (DcPage *page)
{
  DcAgreePage *self = DC_AGREE_PAGE (page);
  DcVisit *visit = dc_page_get_visit (page);
  DcCampaign *campaign = dc_page_get_campaign (page);
  /* Translators: %u is an age in years */
  g_autofree char *of_age = g_strdup_printf (_("I am %u or older."),
                                             dc_campaign_get_minimum_age (campaign));

  dc_top_bar_fill (self->top, page);
  self->filling = TRUE;
  for (guint i = 0; i < dc_campaign_get_n_consents (campaign); i++)
    add_tick (self, i);
  dc_tick_set_text (self->of_age, of_age);
  dc_tick_set_active (self->of_age, dc_visit_get_of_age (visit));
  gtk_label_set_label (self->notice, dc_campaign_get_notice (campaign, DC_NOTICE_SHORT,
                                                             dc_visit_get_language (visit)));
  self->filling = FALSE;
}

static void
dc_agree_page_dispose (GObject *object)
{
  g_clear_pointer (&DC_AGREE_PAGE (object)->ticks, g_ptr_array_unref);

  G_OBJECT_CLASS (dc_agree_page_parent_class)->dispose (object);
}

static void
dc_agree_page_class_init (DcAgreePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_agree_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_agree_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TICK);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/agree-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, consents);
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, notice);
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, of_age);
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_tick);
}

static void
dc_agree_page_init (DcAgreePage *self)
{
  self->ticks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
