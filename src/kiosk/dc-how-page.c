/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-how-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-emblem.h"
#include "dc-heading.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcHowPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  DcHeading *heading;
  GtkLabel  *gift;
  GtkBox    *choices;
  GtkWidget *later;
};

G_DEFINE_FINAL_TYPE (DcHowPage, dc_how_page, DC_TYPE_PAGE)

/* Scan-only, when no promise can be kept: then it is not offered either.
 * Practice keeps none. */
static void
on_trouble (DcHowPage *self)
{
  gtk_widget_set_visible (self->later,
                          dc_visit_is_practice (dc_page_get_visit (DC_PAGE (self)))
                          || dc_kiosk_can_pledge (dc_page_get_kiosk (DC_PAGE (self))));
}

static void
dc_how_page_fill (DcPage *page)
{
  DcHowPage *self = DC_HOW_PAGE (page);
  DcVisit *visit = dc_page_get_visit (page);
  g_autofree char *gift = dc_words_gift (dc_visit_get_amount (visit),
                                         dc_visit_get_frequency (visit),
                                         dc_visit_get_language (visit));

  dc_top_bar_fill (self->top, page);
  gtk_label_set_label (self->gift, gift);
  g_signal_connect_object (dc_page_get_kiosk (page), "notify::trouble",
                           G_CALLBACK (on_trouble), self, G_CONNECT_SWAPPED);
  on_trouble (self);
  dc_kiosk_check (dc_page_get_kiosk (page));
}

static void
dc_how_page_arrange (DcPage *page,
                     DcForm  form)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (DC_HOW_PAGE (page)->choices),
                                  dc_form_is_landscape (form) ? GTK_ORIENTATION_HORIZONTAL
                                                              : GTK_ORIENTATION_VERTICAL);
}

static void
dc_how_page_class_init (DcHowPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_how_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_how_page_arrange;

  g_type_ensure (DC_TYPE_EMBLEM);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/how-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcHowPage, choices);
  gtk_widget_class_bind_template_child (widget_class, DcHowPage, gift);
  gtk_widget_class_bind_template_child (widget_class, DcHowPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DcHowPage, later);
  gtk_widget_class_bind_template_child (widget_class, DcHowPage, top);
}

static void
dc_how_page_init (DcHowPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
