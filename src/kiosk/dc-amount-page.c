/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-amount-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dc-cup-view.h"
#include "dc-heading.h"
#include "dc-preset-button.h"
#include "dc-split.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcAmountPage
{
  DcPage       parent_instance;

  DcTopBar    *top;
  DcCupView   *cup;
  DcHeading   *sum;
  GtkLabel    *cups;
  GtkLabel    *effect;
  GtkGrid     *monthly;
  GtkGrid     *once;
  GtkWidget   *next;

  GPtrArray   *buttons;      /* of DcPresetButton, borrowed from the grids */
};

G_DEFINE_FINAL_TYPE (DcAmountPage, dc_amount_page, DC_TYPE_PAGE)

/* A sip for the least, a full cup for the largest preset or more; the square
 * root keeps small gifts from looking empty. */
static double
level_of (DcAmountPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  DcCampaign *campaign = dc_page_get_campaign (DC_PAGE (self));
  gboolean monthly = dc_visit_is_monthly (visit);
  guint last = dc_campaign_get_n_presets (campaign, monthly) - 1;
  double full = (double) dc_campaign_get_preset (campaign, monthly, last)->amount.minor;

  if (!dc_visit_has_amount (visit))
    return 0.0;

  return CLAMP (sqrt ((double) dc_visit_get_amount (visit)->minor / full), 0.15, 1.0);
}

static void
show_nothing_chosen (DcAmountPage *self)
{
  dc_heading_set_label (self->sum, _("How many cups would you share?"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->sum), "sum");
  gtk_label_set_label (self->cups, _("Choose a monthly gift or a single one."));
  gtk_label_set_label (self->effect, "");
}

static void
show_choice (DcAmountPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  g_autofree char *sum = dc_words_gift (dc_visit_get_amount (visit),
                                        dc_visit_get_frequency (visit),
                                        dc_visit_get_language (visit));
  g_autofree char *cups = NULL;

  if (dc_visit_get_cups (visit)->count > 0)
    cups = dc_words_cups (dc_visit_get_cups (visit));

  dc_heading_set_label (self->sum, sum);
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "sum");
  gtk_label_set_label (self->cups, cups != NULL ? cups : "");
  gtk_label_set_label (self->effect, dc_visit_get_effect (visit));
}

static void
update (DcAmountPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));

  for (guint i = 0; i < self->buttons->len; i++)
    dc_preset_button_update (g_ptr_array_index (self->buttons, i), visit);

  if (dc_visit_has_amount (visit))
    show_choice (self);
  else
    show_nothing_chosen (self);

  gtk_widget_set_sensitive (self->next, dc_visit_has_amount (visit));
  dc_cup_view_set_level (self->cup, level_of (self));
}

static void
on_chosen (DcAmountPage   *self,
           DcPresetButton *button)
{
  gboolean monthly = dc_preset_button_is_monthly (button);
  int preset = dc_preset_button_get_preset (button);

  if (preset < 0) {
    dc_visit_set_other_monthly (dc_page_get_visit (DC_PAGE (self)), monthly);
    dc_page_go (DC_PAGE (self), DC_PAGE_OTHER_AMOUNT);
    return;
  }

  dc_visit_choose_preset (dc_page_get_visit (DC_PAGE (self)), monthly, (guint) preset);
  update (self);
}

/* Not by the action: a button that has one is sensitive whenever that is. */
static void
on_next (DcAmountPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_HOW);
}

static void
add_button (DcAmountPage *self,
            GtkGrid      *grid,
            gboolean      monthly,
            int           preset)
{
  GtkWidget *button = dc_preset_button_new (DC_PAGE (self), monthly, preset);

  g_signal_connect_object (button, "clicked", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  gtk_grid_attach (grid, button, 0, 0, 1, 1);
}

static void
dc_amount_page_fill (DcPage *page)
{
  DcAmountPage *self = DC_AMOUNT_PAGE (page);
  DcCampaign *campaign = dc_page_get_campaign (page);

  dc_top_bar_fill (self->top, page);
  for (gboolean monthly = FALSE; monthly <= TRUE; monthly++) {
    GtkGrid *grid = monthly ? self->monthly : self->once;

    for (guint i = 0; i < dc_campaign_get_n_presets (campaign, monthly); i++)
      add_button (self, grid, monthly, (int) i);
    add_button (self, grid, monthly, -1);
  }
  update (self);
}

static void
lay_out (GtkGrid *grid,
         int      columns)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid));
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (grid));

  for (int i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child)) {
    GtkLayoutChild *place = gtk_layout_manager_get_layout_child (layout, child);

    g_object_set (place, "column", i % columns, "row", i / columns, NULL);
  }
}

static void
dc_amount_page_arrange (DcPage *page,
                        DcForm  form)
{
  DcAmountPage *self = DC_AMOUNT_PAGE (page);
  gboolean phone = form == DC_FORM_PHONE;

  lay_out (self->monthly, phone ? 2 : 4);
  lay_out (self->once, phone ? 2 : 4);
}

static void
dc_amount_page_dispose (GObject *object)
{
  g_clear_pointer (&DC_AMOUNT_PAGE (object)->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (dc_amount_page_parent_class)->dispose (object);
}

static void
dc_amount_page_class_init (DcAmountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_amount_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_amount_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_amount_page_arrange;

  g_type_ensure (DC_TYPE_CUP_VIEW);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_SPLIT);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/amount-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, cup);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, cups);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, effect);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, monthly);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, next);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, once);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, sum);
  gtk_widget_class_bind_template_child (widget_class, DcAmountPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
}

static void
dc_amount_page_init (DcAmountPage *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
