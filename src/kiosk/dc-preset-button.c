/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-preset-button.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-words.h"

struct _DcPresetButton
{
  GtkButton parent_instance;

  GtkLabel *meaning;
  GtkLabel *sum;

  gboolean  monthly;
  int       preset;
};

G_DEFINE_FINAL_TYPE (DcPresetButton, dc_preset_button, GTK_TYPE_BUTTON)

static void
dc_preset_button_class_init (DcPresetButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/preset-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DcPresetButton, meaning);
  gtk_widget_class_bind_template_child (widget_class, DcPresetButton, sum);
}

static void
dc_preset_button_init (DcPresetButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (DcPresetButton *self,
      const char     *sum,
      const char     *meaning,
      const char     *spoken)
{
  gtk_label_set_label (self->sum, sum);
  gtk_label_set_label (self->meaning, meaning);
  gtk_widget_set_visible (GTK_WIDGET (self->meaning), *meaning != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
fill_preset (DcPresetButton *self,
             DcPage         *page)
{
  const DcPreset *preset = dc_campaign_get_preset (dc_page_get_campaign (page),
                                                   self->monthly, (guint) self->preset);
  const char *language = dc_page_get_language (page);
  g_autofree char *sum = dc_money_format (&preset->amount, language);
  g_autofree char *gift = dc_words_gift (&preset->amount,
                                         self->monthly ? DC_FREQUENCY_MONTHLY : DC_FREQUENCY_ONCE,
                                         language);
  g_autofree char *cups = preset->cups.count > 0 ? dc_words_cups (&preset->cups) : g_strdup ("");

  fill (self, sum, cups, gift);
}

GtkWidget *
dc_preset_button_new (DcPage   *page,
                      gboolean  monthly,
                      int       preset)
{
  DcPresetButton *self = g_object_new (DC_TYPE_PRESET_BUTTON, NULL);

  self->monthly = monthly;
  self->preset = preset;
  if (preset >= 0) {
    fill_preset (self, page);
  } else {
    gtk_widget_add_css_class (GTK_WIDGET (self), "other");
    fill (self, "…", _("another amount"),
          monthly ? _("Another amount every month") : _("Another amount once"));
  }

  return GTK_WIDGET (self);
}

gboolean
dc_preset_button_is_monthly (DcPresetButton *self)
{
  return self->monthly;
}

int
dc_preset_button_get_preset (DcPresetButton *self)
{
  return self->preset;
}

void
dc_preset_button_update (DcPresetButton *self,
                         DcVisit        *visit)
{
  gboolean chosen = dc_visit_has_amount (visit)
                    && dc_visit_is_monthly (visit) == self->monthly
                    && dc_visit_get_preset (visit, self->monthly) == self->preset;

  if (chosen)
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");

  if (self->preset < 0 && chosen) {
    g_autofree char *sum = dc_money_format (dc_visit_get_amount (visit),
                                            dc_visit_get_language (visit));

    gtk_label_set_label (self->sum, sum);
  } else if (self->preset < 0) {
    gtk_label_set_label (self->sum, "…");
  }

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}
