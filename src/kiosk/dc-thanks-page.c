/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-thanks-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-code.h"
#include "dc-contact.h"
#include "dc-emblem.h"
#include "dc-heading.h"
#include "dc-reference.h"
#include "dc-split.h"
#include "dc-text.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcThanksPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  DcHeading *heading;
  GtkLabel  *promise;
  GtkLabel  *next;
  GtkLabel  *reference;
  DcQrView  *code;
  GtkWidget *end;
  GtkWidget *question;
  GtkLabel  *problem;
};

G_DEFINE_FINAL_TYPE (DcThanksPage, dc_thanks_page, DC_TYPE_PAGE)

static DcPledge *
get_pledge (DcThanksPage *self)
{
  return dc_visit_get_pledge (dc_page_get_visit (DC_PAGE (self)),
                              dc_kiosk_get_clock (dc_page_get_kiosk (DC_PAGE (self))));
}

/* Enough of an address for the donor to know that it is right, too little for
 * who stands behind. (transfer full) */
static char *
words_of_next (DcDonor    *donor,
               guint       days,
               const char *organisation)
{
  const char *phone = dc_donor_get (donor, DC_FIELD_PHONE);
  char *where = NULL;
  char *text = NULL;

  if (*dc_donor_get (donor, DC_FIELD_EMAIL) != '\0')
    where = dc_email_mask (dc_donor_get (donor, DC_FIELD_EMAIL));
  else if (*phone == '\0')
    where = g_strdup (_("your postal address"));

  if (where != NULL) {
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: 1: number of days, 2: an organisation, 3: a masked
                                          * e-mail address (“a…a@posteo.ch”) or “your postal address” */
                                         "Within %1$u day, %2$s will write to %3$s. Nothing is taken from any account until you say so.",
                                         "Within %1$u days, %2$s will write to %3$s. Nothing is taken from any account until you say so.",
                                         days),
                            days, organisation, where);
  } else {
    where = dc_phone_mask (phone);
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: 1: number of days, 2: an organisation, 3: a masked
                                          * telephone number (“…89”) */
                                         "Within %1$u day, %2$s will send a message to your number %3$s. Nothing is taken from any account until you say so.",
                                         "Within %1$u days, %2$s will send a message to your number %3$s. Nothing is taken from any account until you say so.",
                                         days),
                            days, organisation, where);
  }
  dc_wipe_string (&where);

  return text;
}

static void
fill_next (DcThanksPage *self,
           DcPledge     *pledge)
{
  DcCampaign *campaign = dc_page_get_campaign (DC_PAGE (self));
  const char *organisation =
    dc_campaign_get_organisation_short (campaign, dc_page_get_language (DC_PAGE (self)));
  g_autofree char *text = words_of_next (pledge->donor, dc_campaign_get_reply_days (campaign),
                                         organisation);

  gtk_label_set_label (self->next, text);
}

static void
dc_thanks_page_fill (DcPage *page)
{
  DcThanksPage *self = DC_THANKS_PAGE (page);
  DcPledge *pledge = get_pledge (self);
  const char *language = dc_page_get_language (page);
  g_autofree char *gift = dc_words_gift (&pledge->amount, pledge->frequency, language);
  /* Translators: %s is “CHF 18 a month” */
  g_autofree char *promise = g_strdup_printf (_("You promised %s."), gift);
  g_autofree char *reference = dc_reference_in_fours (pledge->reference);
  /* Translators: %s is a first name */
  char *heading = g_strdup_printf (_("Thank you, %s."),
                                   dc_donor_get (pledge->donor, DC_FIELD_FIRST_NAME));

  dc_top_bar_fill (self->top, page);
  dc_top_bar_hide_back (self->top);
  dc_heading_set_label (self->heading, heading);
  gtk_label_set_label (self->promise, promise);
  gtk_label_set_label (self->reference, reference);
  fill_next (self, pledge);
  dc_code_show_giving (self->code, page, &pledge->amount, pledge->frequency, pledge->reference);
  dc_wipe_string (&heading);
}

/* The question takes the place of what happens next: there is no room for
 * both on a small screen. */
static void
ask_to_delete (DcThanksPage *self,
               gboolean      asking)
{
  gtk_widget_set_visible (self->end, !asking);
  gtk_widget_set_visible (GTK_WIDGET (self->next), !asking);
  gtk_widget_set_visible (self->question, asking);
}

static void
on_undo (DcThanksPage *self)
{
  ask_to_delete (self, TRUE);
  gtk_widget_child_focus (self->question, GTK_DIR_TAB_FORWARD);
}

static void
on_keep (DcThanksPage *self)
{
  ask_to_delete (self, FALSE);
}

static void
did_withdraw (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DcThanksPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!dc_queue_withdraw_finish (DC_QUEUE (source), result, &error)) {
    g_warning ("A promise was not deleted: %s", error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    return;
  }

  if (dc_page_is_current (DC_PAGE (self)))
    dc_page_go (DC_PAGE (self), DC_PAGE_DELETED);
}

static void
on_delete (DcThanksPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  DcPledge *pledge = get_pledge (self);
  g_autofree char *day = dc_kiosk_get_day (kiosk);

  /* There is nothing to delete. */
  if (dc_visit_is_practice (dc_page_get_visit (DC_PAGE (self)))) {
    dc_page_go (DC_PAGE (self), DC_PAGE_DELETED);
    return;
  }

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  dc_queue_withdraw_async (dc_kiosk_get_queue (kiosk), &pledge->id, day,
                           dc_kiosk_get_sealer (kiosk), did_withdraw, g_object_ref (self));
}

/* Modules of a filled-in link: a symbol of version 4 and its quiet zone. */
#define CODE_MODULES 41

static int
side_of (DcForm form)
{
  switch (form) {
  case DC_FORM_LANDSCAPE:
  case DC_FORM_LARGE_PORTRAIT:
    return CODE_MODULES * 9;
  case DC_FORM_LOW_LANDSCAPE:
  case DC_FORM_PORTRAIT:
    return CODE_MODULES * 6;
  case DC_FORM_PHONE:
  default:
    return CODE_MODULES * 4;
  }
}

static void
dc_thanks_page_arrange (DcPage *page,
                        DcForm  form)
{
  DcQrView *code = DC_THANKS_PAGE (page)->code;

  dc_qr_view_set_natural_side (code, side_of (form));
  dc_qr_view_set_minimum_side (code, side_of (form));
}

static void
dc_thanks_page_class_init (DcThanksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_thanks_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_thanks_page_arrange;

  g_type_ensure (DC_TYPE_EMBLEM);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_QR_VIEW);
  g_type_ensure (DC_TYPE_SPLIT);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/thanks-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, code);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, end);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, next);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, promise);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, question);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, reference);
  gtk_widget_class_bind_template_child (widget_class, DcThanksPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
}

static void
dc_thanks_page_init (DcThanksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
