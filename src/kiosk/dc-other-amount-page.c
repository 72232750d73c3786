/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-other-amount-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-heading.h"
#include "dc-number-pad.h"
#include "dc-top-bar.h"
#include "dc-words.h"

/* More digits than any maximum has. */
#define MAX_DIGITS 7

struct _DcOtherAmountPage
{
  DcPage       parent_instance;

  DcTopBar    *top;
  DcHeading   *heading;
  GtkLabel    *sum;
  GtkLabel    *range;
  DcNumberPad *pad;
  GtkWidget   *take;

  GString     *digits;
};

G_DEFINE_FINAL_TYPE (DcOtherAmountPage, dc_other_amount_page, DC_TYPE_PAGE)

/* Whole units of the currency: nobody needs centimes at a table. */
static gboolean
read_amount (DcOtherAmountPage *self,
             DcMoney           *amount)
{
  const char *digits = self->digits->len > 0 ? self->digits->str : "0";

  return dc_money_parse (amount, digits,
                         dc_campaign_get_currency (dc_page_get_campaign (DC_PAGE (self))), NULL);
}

static gboolean
in_range (DcOtherAmountPage *self,
          const DcMoney     *amount)
{
  DcCampaign *campaign = dc_page_get_campaign (DC_PAGE (self));

  return amount->minor >= dc_campaign_get_minimum (campaign)->minor
         && amount->minor <= dc_campaign_get_maximum (campaign)->minor;
}

static void
update (DcOtherAmountPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  g_autofree char *sum = NULL;
  DcMoney amount;

  if (!read_amount (self, &amount))
    return;

  sum = dc_words_gift (&amount,
                       dc_visit_get_other_monthly (visit) ? DC_FREQUENCY_MONTHLY
                                                          : DC_FREQUENCY_ONCE,
                       dc_visit_get_language (visit));
  gtk_label_set_label (self->sum, sum);
  gtk_widget_set_sensitive (self->take, in_range (self, &amount));
  if (self->digits->len > 0 && !in_range (self, &amount))
    gtk_widget_add_css_class (GTK_WIDGET (self->range), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->range), "problem");
}

static void
on_digit (DcOtherAmountPage *self,
          const char        *digit)
{
  if (self->digits->len >= MAX_DIGITS || (self->digits->len == 0 && *digit == '0'))
    return;

  g_string_append (self->digits, digit);
  update (self);
}

static void
on_delete (DcOtherAmountPage *self)
{
  if (self->digits->len > 0)
    g_string_truncate (self->digits, self->digits->len - 1);
  update (self);
}

static void
on_take (DcOtherAmountPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  DcMoney amount;

  if (read_amount (self, &amount)
      && dc_visit_choose_amount (visit, dc_visit_get_other_monthly (visit), &amount))
    dc_page_go (DC_PAGE (self), DC_PAGE_AMOUNT);
}

static void
dc_other_amount_page_fill (DcPage *page)
{
  DcOtherAmountPage *self = DC_OTHER_AMOUNT_PAGE (page);
  DcCampaign *campaign = dc_page_get_campaign (page);
  const char *language = dc_page_get_language (page);
  g_autofree char *least = dc_money_format (dc_campaign_get_minimum (campaign), language);
  g_autofree char *most = dc_money_format (dc_campaign_get_maximum (campaign), language);
  /* Translators: 1: the least, 2: the most that may be given: “From CHF 5 to CHF 5,000” */
  g_autofree char *range = g_strdup_printf (_("From %1$s to %2$s"), least, most);

  dc_top_bar_fill (self->top, page);
  dc_heading_set_label (self->heading,
                        dc_visit_get_other_monthly (dc_page_get_visit (page))
                        ? _("How much would you like to give every month?")
                        : _("How much would you like to give once?"));
  gtk_label_set_label (self->range, range);
  update (self);
}

static void
dc_other_amount_page_dispose (GObject *object)
{
  DcOtherAmountPage *self = DC_OTHER_AMOUNT_PAGE (object);

  if (self->digits != NULL)
    g_string_free (g_steal_pointer (&self->digits), TRUE);

  G_OBJECT_CLASS (dc_other_amount_page_parent_class)->dispose (object);
}

static void
dc_other_amount_page_class_init (DcOtherAmountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_other_amount_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_other_amount_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_NUMBER_PAD);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/other-amount-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcOtherAmountPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DcOtherAmountPage, pad);
  gtk_widget_class_bind_template_child (widget_class, DcOtherAmountPage, range);
  gtk_widget_class_bind_template_child (widget_class, DcOtherAmountPage, sum);
  gtk_widget_class_bind_template_child (widget_class, DcOtherAmountPage, take);
  gtk_widget_class_bind_template_child (widget_class, DcOtherAmountPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_digit);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
}

static void
dc_other_amount_page_init (DcOtherAmountPage *self)
{
  self->digits = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
