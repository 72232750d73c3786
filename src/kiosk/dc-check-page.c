/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-check-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-button.h"
#include "dc-heading.h"
#include "dc-rows.h"
#include "dc-text.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcCheckPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkWidget *body;
  GtkBox    *rows;
  GtkButton *send;
  GtkLabel  *sorry;
  GtkWidget *instead;
  DcId       sent;      /* the pledge that was last sent to the queue */
};

G_DEFINE_FINAL_TYPE (DcCheckPage, dc_check_page, DC_TYPE_PAGE)

static GtkWidget *
make_change (const char *caption,
             DcPageId    page)
{
  GtkWidget *button = gtk_button_new_with_label (_("Change"));
  /* Translators: what a screen reader says of a “Change” button; %s is what
   * it changes: “E-mail” */
  g_autofree char *spoken = g_strdup_printf (_("Change: %s"), caption);

  gtk_widget_add_css_class (button, "link");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "kiosk.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint) page);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);

  return button;
}

static void
add_row (DcCheckPage *self,
         const char  *caption,
         const char  *value,
         DcPageId     change)
{
  dc_rows_add (self->rows, caption, value, make_change (caption, change));
}

/* On a screen that others can see, a donor who hid what they typed finds it
 * masked here too. */
static void
add_typed (DcCheckPage *self,
           const char  *caption,
           char        *text)
{
  gboolean masked = dc_visit_get_masked (dc_page_get_visit (DC_PAGE (self)));

  if (*text != '\0')
    add_row (self, caption, masked ? "••••••" : text, DC_PAGE_DETAILS);
  dc_wipe_string (&text);
}

static char *
join (DcDonor    *donor,
      DcField     first,
      const char *separator,
      DcField     second)
{
  const char *a = dc_donor_get (donor, first);
  const char *b = dc_donor_get (donor, second);

  return g_strconcat (a, *a != '\0' && *b != '\0' ? separator : "", b, NULL);
}

static void
add_person (DcCheckPage *self,
            DcPledge    *pledge)
{
  DcDonor *donor = pledge->donor;

  add_typed (self, _("Name"), join (donor, DC_FIELD_FIRST_NAME, " ", DC_FIELD_FAMILY_NAME));
  add_typed (self, _("E-mail"), g_strdup (dc_donor_get (donor, DC_FIELD_EMAIL)));
  add_typed (self, _("Telephone"), g_strdup (dc_donor_get (donor, DC_FIELD_PHONE)));
  if (dc_donor_has_address (donor)) {
    char *street = join (donor, DC_FIELD_STREET, "\n", DC_FIELD_POSTCODE);
    char *town = join (donor, DC_FIELD_TOWN, ", ", DC_FIELD_COUNTRY);

    add_typed (self, _("Postal address"), g_strconcat (street, " ", town, NULL));
    dc_wipe_string (&street);
    dc_wipe_string (&town);
  }
}

static void
add_agreements (DcCheckPage *self,
                DcPledge    *pledge)
{
  g_autoptr (GString) text = g_string_new (NULL);
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  DcCampaign *campaign = dc_page_get_campaign (DC_PAGE (self));

  for (guint i = 0; i < dc_campaign_get_n_consents (campaign); i++) {
    if (dc_visit_asks_consent (visit, i) && dc_visit_get_consent (visit, i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                              dc_campaign_get_consent_text (campaign, i,
                                                            dc_visit_get_language (visit)));
  }
  if (text->len > 0)
    add_row (self, _("You agree"), text->str,
             dc_visit_is_assisted (visit) ? DC_PAGE_AGREE : DC_PAGE_DETAILS);
  if (pledge->tax_certificate)
    add_row (self, _("Tax certificate"), _("Yes, please"), DC_PAGE_DETAILS);
}

static void
add_gift (DcCheckPage *self,
          DcPledge    *pledge)
{
  const char *language = dc_page_get_language (DC_PAGE (self));
  g_autofree char *gift = dc_words_gift (&pledge->amount, pledge->frequency, language);
  g_autofree char *year = dc_words_year (&pledge->amount, pledge->frequency, language);
  g_autofree char *both = year != NULL ? g_strdup_printf ("%s\n%s", gift, year) : g_strdup (gift);
  /* Translators: the button that keeps the promise; %s is “CHF 18 a month” */
  g_autofree char *send = g_strdup_printf (_("Send my promise: %s"), gift);

  add_row (self, _("Your promise"), both, DC_PAGE_AMOUNT);
  dc_button_set_words (self->send, send);
}

static void
fail (DcCheckPage  *self,
      const GError *error)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));

  dc_kiosk_report (kiosk, error);
  if (!g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
    dc_kiosk_take_back (kiosk, &self->sent);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->sorry), TRUE);
  gtk_widget_set_visible (self->instead, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->send), FALSE);
  if (dc_page_is_current (DC_PAGE (self)))
    gtk_widget_grab_focus (self->instead);
}

static void
did_save (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DcCheckPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dc_queue_save_finish (DC_QUEUE (source), result, &error)) {
    fail (self, error);
    return;
  }

  /* The donor may have gone meanwhile and the page with them. */
  if (dc_page_is_current (DC_PAGE (self)))
    dc_page_go (DC_PAGE (self), DC_PAGE_THANKS);
}

static void
on_send (DcCheckPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  DcPledge *pledge = dc_visit_get_pledge (visit, dc_kiosk_get_clock (kiosk));

  /* Not even sealed: it shall work where nothing can be. */
  if (dc_visit_is_practice (visit)) {
    dc_page_go (DC_PAGE (self), DC_PAGE_THANKS);
    return;
  }

  self->sent = pledge->id;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  dc_second_copy_hold (dc_kiosk_get_second_copy (kiosk), &pledge->id);
  dc_queue_save_async (dc_kiosk_get_queue (kiosk), DC_KIND_PLEDGE, pledge,
                       dc_kiosk_get_sealer (kiosk), did_save, g_object_ref (self));
}

static void
dc_check_page_fill (DcPage *page)
{
  DcCheckPage *self = DC_CHECK_PAGE (page);
  DcPledge *pledge;

  /* Made anew, in the language in which it is now read. */
  dc_visit_drop_pledge (dc_page_get_visit (page));
  pledge = dc_visit_get_pledge (dc_page_get_visit (page),
                                dc_kiosk_get_clock (dc_page_get_kiosk (page)));
  dc_stall_stamp (dc_kiosk_get_stall (dc_page_get_kiosk (page)), pledge);

  dc_top_bar_fill (self->top, page);
  add_gift (self, pledge);
  add_person (self, pledge);
  add_agreements (self, pledge);
}

static void
dc_check_page_class_init (DcCheckPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_check_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcCheckPage, body);
  gtk_widget_class_bind_template_child (widget_class, DcCheckPage, instead);
  gtk_widget_class_bind_template_child (widget_class, DcCheckPage, rows);
  gtk_widget_class_bind_template_child (widget_class, DcCheckPage, send);
  gtk_widget_class_bind_template_child (widget_class, DcCheckPage, sorry);
  gtk_widget_class_bind_template_child (widget_class, DcCheckPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
}

static void
dc_check_page_init (DcCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
