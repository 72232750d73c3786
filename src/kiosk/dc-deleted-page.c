/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-deleted-page.h"

#include "config.h"

#include "dc-emblem.h"
#include "dc-heading.h"
#include "dc-top-bar.h"

struct _DcDeletedPage
{
  DcPage    parent_instance;

  DcTopBar *top;
};

G_DEFINE_FINAL_TYPE (DcDeletedPage, dc_deleted_page, DC_TYPE_PAGE)

static void
dc_deleted_page_fill (DcPage *page)
{
  DcDeletedPage *self = DC_DELETED_PAGE (page);

  dc_top_bar_fill (self->top, page);
  dc_top_bar_hide_back (self->top);
}

static void
dc_deleted_page_class_init (DcDeletedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_deleted_page_fill;

  g_type_ensure (DC_TYPE_EMBLEM);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/deleted-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcDeletedPage, top);
}

static void
dc_deleted_page_init (DcDeletedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
