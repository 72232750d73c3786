/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-hope-page.h"

#include "config.h"

#include "dc-code.h"
#include "dc-emblem.h"
#include "dc-heading.h"
#include "dc-split.h"
#include "dc-top-bar.h"

struct _DcHopePage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkBox    *codes;
  DcQrView  *appeal;
  DcQrView  *film;
  GtkWidget *film_box;
  GtkLabel  *closing;
};

G_DEFINE_FINAL_TYPE (DcHopePage, dc_hope_page, DC_TYPE_PAGE)

static void
dc_hope_page_fill (DcPage *page)
{
  DcHopePage *self = DC_HOPE_PAGE (page);

  dc_top_bar_fill (self->top, page);
  dc_code_show_appeal (self->appeal, page, FALSE);
  gtk_widget_set_visible (self->film_box, dc_code_show_appeal (self->film, page, TRUE));
  gtk_label_set_label (self->closing,
                       dc_campaign_get_closing (dc_page_get_campaign (page),
                                                dc_page_get_language (page)));
}

/* Modules of an appeal's address: a symbol of version 4 and its quiet zone. */
#define CODE_MODULES 41

static int
side_of (DcForm form)
{
  switch (form) {
  case DC_FORM_LARGE_PORTRAIT:
    return CODE_MODULES * 8;
  case DC_FORM_LANDSCAPE:
    return CODE_MODULES * 6;
  case DC_FORM_LOW_LANDSCAPE:
  case DC_FORM_PORTRAIT:
    return CODE_MODULES * 5;
  case DC_FORM_PHONE:
  default:
    return CODE_MODULES * 3;
  }
}

static void
dc_hope_page_arrange (DcPage *page,
                      DcForm  form)
{
  DcHopePage *self = DC_HOPE_PAGE (page);
  DcQrView *codes[] = { self->appeal, self->film };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    dc_qr_view_set_natural_side (codes[i], side_of (form));
    dc_qr_view_set_minimum_side (codes[i], side_of (form));
  }
}

static void
dc_hope_page_class_init (DcHopePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_hope_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_hope_page_arrange;

  g_type_ensure (DC_TYPE_EMBLEM);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_QR_VIEW);
  g_type_ensure (DC_TYPE_SPLIT);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/hope-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcHopePage, appeal);
  gtk_widget_class_bind_template_child (widget_class, DcHopePage, closing);
  gtk_widget_class_bind_template_child (widget_class, DcHopePage, codes);
  gtk_widget_class_bind_template_child (widget_class, DcHopePage, film);
  gtk_widget_class_bind_template_child (widget_class, DcHopePage, film_box);
  gtk_widget_class_bind_template_child (widget_class, DcHopePage, top);
}

static void
dc_hope_page_init (DcHopePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
