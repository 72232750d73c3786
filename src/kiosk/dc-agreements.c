/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-agreements.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-tick.h"

struct _DcAgreements
{
  GtkWidget   parent_instance;

  GtkBox     *consents;
  DcTick     *of_age;
  GtkLabel   *notice;

  DcVisit    *visit;       /* (owned) (nullable) until it is filled */
  DcCampaign *campaign;    /* (owned) (nullable) */
  GPtrArray  *ticks;       /* of DcTick, one a consent, borrowed */
  gboolean    filling;
};

G_DEFINE_FINAL_TYPE (DcAgreements, dc_agreements, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
on_tick (DcAgreements *self)
{
  if (self->filling)
    return;

  dc_visit_set_of_age (self->visit, dc_tick_get_active (self->of_age));
  for (guint i = 0; i < self->ticks->len; i++)
    dc_visit_set_consent (self->visit, i, dc_tick_get_active (g_ptr_array_index (self->ticks, i)));
  g_signal_emit (self, changed_signal, 0);
}

static void
add_tick (DcAgreements *self,
          guint         consent)
{
  const char *text = dc_campaign_get_consent_text (self->campaign, consent,
                                                   dc_visit_get_language (self->visit));
  DcTick *tick = dc_tick_new (text, dc_campaign_get_consent (self->campaign, consent)->required);

  dc_tick_set_active (tick, dc_visit_get_consent (self->visit, consent));
  g_signal_connect_object (tick, "toggled", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->ticks, tick);
  gtk_box_append (self->consents, GTK_WIDGET (tick));
}

void
dc_agreements_fill (DcAgreements *self,
                    DcPage       *page)
{
  g_autofree char *of_age = NULL;

  g_return_if_fail (DC_IS_AGREEMENTS (self) && self->visit == NULL);

  self->visit = g_object_ref (dc_page_get_visit (page));
  self->campaign = g_object_ref (dc_page_get_campaign (page));
  /* Translators: %u is an age in years */
  of_age = g_strdup_printf (_("I am %u or older."), dc_campaign_get_minimum_age (self->campaign));

  self->filling = TRUE;
  for (guint i = 0; i < dc_campaign_get_n_consents (self->campaign); i++)
    add_tick (self, i);
  dc_tick_set_text (self->of_age, of_age);
  dc_tick_set_active (self->of_age, dc_visit_get_of_age (self->visit));
  gtk_label_set_label (self->notice, dc_campaign_get_notice (self->campaign, DC_NOTICE_SHORT,
                                                             dc_visit_get_language (self->visit)));
  self->filling = FALSE;
  dc_agreements_update (self);
}

void
dc_agreements_update (DcAgreements *self)
{
  for (guint i = 0; i < self->ticks->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->ticks, i),
                            dc_visit_asks_consent (self->visit, i));
}

void
dc_agreements_grab (DcAgreements *self)
{
  DcTick *missing = dc_visit_get_of_age (self->visit) ? NULL : self->of_age;

  for (guint i = 0; missing == NULL && i < self->ticks->len; i++) {
    if (dc_campaign_get_consent (self->campaign, i)->required
        && dc_visit_asks_consent (self->visit, i) && !dc_visit_get_consent (self->visit, i))
      missing = g_ptr_array_index (self->ticks, i);
  }
  if (missing != NULL)
    dc_tick_grab (missing);
}

static void
dc_agreements_dispose (GObject *object)
{
  DcAgreements *self = DC_AGREEMENTS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->visit);
  g_clear_object (&self->campaign);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);

  G_OBJECT_CLASS (dc_agreements_parent_class)->dispose (object);
}

static void
dc_agreements_class_init (DcAgreementsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_agreements_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (DC_TYPE_TICK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/agreements.ui");
  gtk_widget_class_bind_template_child (widget_class, DcAgreements, consents);
  gtk_widget_class_bind_template_child (widget_class, DcAgreements, notice);
  gtk_widget_class_bind_template_child (widget_class, DcAgreements, of_age);
  gtk_widget_class_bind_template_callback (widget_class, on_tick);
}

static void
dc_agreements_init (DcAgreements *self)
{
  self->ticks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
