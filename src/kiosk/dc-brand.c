/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-brand.h"

#include "dc-drawing.h"
#include "dc-logo-hold.h"

struct _DcBrand
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  DcDrawing *emblem;
  GtkLabel  *name;
};

G_DEFINE_FINAL_TYPE (DcBrand, dc_brand, GTK_TYPE_WIDGET)

static void
on_held (GtkWidget *self)
{
  gtk_widget_activate_action (self, "kiosk.go", "u", (guint) DC_PAGE_PIN);
}

/* Donors need not know; staff who pass by see a ring round the emblem. */
static void
on_trouble (DcBrand    *self,
            GParamSpec *pspec,
            DcKiosk    *kiosk)
{
  DcTrouble trouble = dc_kiosk_get_trouble (kiosk);

  if (trouble == DC_TROUBLE_NONE || trouble == DC_TROUBLE_STARTING)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "needs-staff");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "needs-staff");
}

static void
dc_brand_dispose (GObject *object)
{
  g_clear_pointer (&DC_BRAND (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_brand_parent_class)->dispose (object);
}

static void
dc_brand_class_init (DcBrandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_brand_dispose;

  g_type_ensure (DC_TYPE_DRAWING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/brand.ui");
  gtk_widget_class_bind_template_child (widget_class, DcBrand, box);
  gtk_widget_class_bind_template_child (widget_class, DcBrand, emblem);
  gtk_widget_class_bind_template_child (widget_class, DcBrand, name);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "brand");
}

static void
dc_brand_init (DcBrand *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (dc_logo_hold_attach (GTK_WIDGET (self)), "held",
                            G_CALLBACK (on_held), self);
}

void
dc_brand_fill (DcBrand  *self,
               DcPage   *page,
               gboolean  brief)
{
  DcCampaign *campaign = dc_page_get_campaign (page);
  const char *name = dc_campaign_get_organisation (campaign, dc_page_get_language (page));

  g_signal_connect_object (dc_page_get_kiosk (page), "notify::trouble",
                           G_CALLBACK (on_trouble), self, G_CONNECT_SWAPPED);
  on_trouble (self, NULL, dc_page_get_kiosk (page));
  dc_drawing_set_svg (self->emblem,
                      dc_pack_get_file (dc_kiosk_get_pack (dc_page_get_kiosk (page)),
                                        dc_campaign_get_logo (campaign)),
                      NULL);
  gtk_label_set_label (self->name,
                       brief ? dc_campaign_get_organisation_short (campaign,
                                                                   dc_page_get_language (page))
                             : name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
