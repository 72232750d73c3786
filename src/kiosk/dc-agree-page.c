/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-agree-page.h"

#include "dc-agreements.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcAgreePage
{
  DcPage        parent_instance;

  DcTopBar     *top;
  DcAgreements *agreements;
  GtkLabel     *problem;
};

G_DEFINE_FINAL_TYPE (DcAgreePage, dc_agree_page, DC_TYPE_PAGE)

static void
on_agreed (DcAgreePage *self)
{
  dc_label_say (self->problem, "");
}

static void
on_next (DcAgreePage *self)
{
  const char *problem = dc_words_ticks (dc_page_get_visit (DC_PAGE (self)));

  if (problem != NULL) {
    dc_label_say (self->problem, problem);
    dc_agreements_grab (self->agreements);
    return;
  }

  dc_page_go (DC_PAGE (self), DC_PAGE_CHECK);
}

static void
dc_agree_page_fill (DcPage *page)
{
  DcAgreePage *self = DC_AGREE_PAGE (page);

  dc_top_bar_fill (self->top, page);
  dc_agreements_fill (self->agreements, page);
}

static void
dc_agree_page_class_init (DcAgreePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_agree_page_fill;

  g_type_ensure (DC_TYPE_AGREEMENTS);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/agree-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, agreements);
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcAgreePage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_agreed);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
}

static void
dc_agree_page_init (DcAgreePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
