/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-code.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-giving-link.h"

/* A pack is checked when it is loaded, so a link that cannot be drawn is a
 * fault of ours; the short address beside the code still leads there. */
static gboolean
show (DcQrView   *view,
      char       *link,
      GError     *error,
      const char *label)
{
  g_autofree char *owned_link = link;
  g_autoptr (GError) owned_error = error;
  g_autoptr (DcSymbol) symbol = NULL;

  if (owned_link != NULL)
    symbol = dc_symbol_new (owned_link, DC_GIVING_LINK_MAX_VERSION, &owned_error);
  if (symbol == NULL) {
    g_warning ("No code can be drawn: %s", owned_error != NULL ? owned_error->message : "");
    return FALSE;
  }

  dc_qr_view_set_symbol (view, symbol);
  dc_qr_view_set_label (view, label);

  return TRUE;
}

void
dc_code_show_giving (DcQrView      *view,
                     DcPage        *page,
                     const DcMoney *amount,
                     DcFrequency    frequency,
                     const char    *reference)
{
  DcCampaign *campaign = dc_page_get_campaign (page);
  GError *error = NULL;
  char *link = dc_giving_link_new (campaign, dc_page_get_language (page), amount,
                                   frequency, reference, &error);
  /* Translators: what a screen reader says of the giving code; %s is an address */
  g_autofree char *label = g_strdup_printf (_("Code that opens %s on your phone"),
                                            dc_campaign_get_giving_address (campaign));

  show (view, link, error, label);
}

gboolean
dc_code_show_appeal (DcQrView *view,
                     DcPage   *page,
                     gboolean  film)
{
  DcCampaign *campaign = dc_page_get_campaign (page);
  GError *error = NULL;
  char *link;

  if (film && dc_campaign_get_film_link (campaign) == NULL)
    return FALSE;

  link = dc_appeal_link_new (campaign, dc_page_get_language (page), film, &error);

  return show (view, link, error,
               film ? _("Code that opens the film on your phone")
                    : _("Code that opens the appeal on your phone"));
}

gboolean
dc_code_show_nth (DcQrView   *view,
                  DcPage     *page,
                  const char *language,
                  guint       nth)
{
  DcCampaign *campaign = dc_page_get_campaign (page);
  const char *reference = dc_visit_get_scan_reference (dc_page_get_visit (page));
  GError *error = NULL;
  char *link;

  if (nth == 3 && dc_campaign_get_film_link (campaign) == NULL)
    return FALSE;

  if (nth == 0)
    link = dc_giving_link_new (campaign, language, NULL, DC_FREQUENCY_ONCE, NULL, &error);
  else if (nth == 1)
    link = dc_giving_link_new (campaign, language, dc_campaign_get_maximum (campaign),
                               DC_FREQUENCY_MONTHLY, reference, &error);
  else if (nth < 4)
    link = dc_appeal_link_new (campaign, language, nth == 3, &error);
  else
    return FALSE;

  dc_qr_view_set_symbol (view, NULL);
  show (view, link, error, _("Code that is being checked"));

  return TRUE;
}
