/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-top-bar.h"

#include "dc-brand.h"
#include "dc-language-bar.h"

struct _DcTopBar
{
  GtkWidget      parent_instance;

  GtkWidget     *box;
  GtkWidget     *back;
  DcBrand       *brand;
  DcLanguageBar *languages;
};

G_DEFINE_FINAL_TYPE (DcTopBar, dc_top_bar, GTK_TYPE_WIDGET)

static void
dc_top_bar_dispose (GObject *object)
{
  g_clear_pointer (&DC_TOP_BAR (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_top_bar_parent_class)->dispose (object);
}

static void
dc_top_bar_class_init (DcTopBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_top_bar_dispose;

  g_type_ensure (DC_TYPE_BRAND);
  g_type_ensure (DC_TYPE_LANGUAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/top-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DcTopBar, back);
  gtk_widget_class_bind_template_child (widget_class, DcTopBar, box);
  gtk_widget_class_bind_template_child (widget_class, DcTopBar, brand);
  gtk_widget_class_bind_template_child (widget_class, DcTopBar, languages);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "topbar");
}

static void
dc_top_bar_init (DcTopBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dc_top_bar_fill (DcTopBar *self,
                 DcPage   *page)
{
  dc_brand_fill (self->brand, page, TRUE);
  dc_language_bar_fill (self->languages, page);
}

void
dc_top_bar_hide_back (DcTopBar *self)
{
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->brand), TRUE);
}
