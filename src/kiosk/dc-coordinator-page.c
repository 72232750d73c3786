/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-coordinator-page.h"

#include "config.h"

#include "dc-heading.h"
#include "dc-top-bar.h"

struct _DcCoordinatorPage
{
  DcPage    parent_instance;

  DcTopBar *top;
};

G_DEFINE_FINAL_TYPE (DcCoordinatorPage, dc_coordinator_page, DC_TYPE_PAGE)

static void
dc_coordinator_page_fill (DcPage *page)
{
  DcCoordinatorPage *self = DC_COORDINATOR_PAGE (page);

  dc_top_bar_fill (self->top, page);
}

static void
dc_coordinator_page_class_init (DcCoordinatorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_coordinator_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/coordinator-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, top);
}

static void
dc_coordinator_page_init (DcCoordinatorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
