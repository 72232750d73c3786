/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-giving-link.h"

#include "dc-symbol.h"

char *
dc_giving_link_new (DcCampaign     *campaign,
                    const char     *language,
                    const DcMoney  *amount,
                    DcFrequency     frequency,
                    const char     *reference,
                    GError        **error)
{
  static const char * const names[] = {
    "language", "interval", "amount", "currency", "reference", "campaign", NULL
  };
  g_autofree char *decimal = NULL;

  g_return_val_if_fail (DC_IS_CAMPAIGN (campaign), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  if (amount != NULL)
    decimal = dc_money_to_decimal (amount);

  const char * const values[] = {
    dc_campaign_get_giving_language (campaign, language),
    amount != NULL ? dc_frequency_to_string (frequency) : NULL,
    decimal,
    amount != NULL ? amount->currency : NULL,
    reference,
    dc_campaign_get_id (campaign),
  };

  return dc_uri_template_expand (dc_campaign_get_giving_link (campaign), names, values, error);
}

char *
dc_appeal_link_new (DcCampaign  *campaign,
                    const char  *language,
                    gboolean     film,
                    GError     **error)
{
  static const char * const names[] = { "language", "campaign", NULL };
  const char *template_;

  g_return_val_if_fail (DC_IS_CAMPAIGN (campaign), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  template_ = film ? dc_campaign_get_film_link (campaign)
                   : dc_campaign_get_appeal_link (campaign);
  if (template_ == NULL) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_EMPTY,
                 "campaign.ini: [Giving] %s: found none", film ? "Film" : "Appeal");
    return NULL;
  }

  const char * const values[] = { language, dc_campaign_get_id (campaign) };

  return dc_uri_template_expand (template_, names, values, error);
}

static gboolean
check_giving (DcCampaign     *campaign,
              const char     *language,
              const DcMoney  *amount,
              DcFrequency     frequency,
              GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (DcSymbol) symbol = NULL;
  g_autofree char *link = NULL;

  /* Every reference has this many characters: DC_REFERENCE_LENGTH. */
  link = dc_giving_link_new (campaign, language, amount, frequency, "RF00S000000000", &local_error);
  if (link != NULL)
    symbol = dc_symbol_new (link, DC_GIVING_LINK_MAX_VERSION, &local_error);
  if (symbol != NULL)
    return TRUE;

  g_propagate_prefixed_error (error, g_steal_pointer (&local_error),
                              "campaign.ini: [Giving] Link: found “%s”: ",
                              link != NULL ? link : dc_campaign_get_giving_link (campaign));

  return FALSE;
}

/* The longest decimal up to the maximum is the maximum itself or, where that
 * is a whole number, the last one before it that has a fraction. */
static gboolean
check_language (DcCampaign  *campaign,
                const char  *language,
                GError     **error)
{
  const DcMoney *maximum = dc_campaign_get_maximum (campaign);
  const DcFrequency frequencies[] = {
    DC_FREQUENCY_ONCE, DC_FREQUENCY_MONTHLY, DC_FREQUENCY_YEARLY
  };
  DcMoney fraction = *maximum;

  fraction.minor -= fraction.minor > 0 ? 1 : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (frequencies); i++) {
    if (!check_giving (campaign, language, maximum, frequencies[i], error)
        || !check_giving (campaign, language, &fraction, frequencies[i], error)) {
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
check_page (DcCampaign  *campaign,
            const char  *language,
            gboolean     film,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *link = dc_appeal_link_new (campaign, language, film, &local_error);

  if (link != NULL)
    return TRUE;

  g_propagate_prefixed_error (error, g_steal_pointer (&local_error),
                              "campaign.ini: [Giving] %s: ", film ? "Film" : "Appeal");

  return FALSE;
}

gboolean
dc_giving_link_check (DcCampaign  *campaign,
                      GError     **error)
{
  const char * const *languages;

  g_return_val_if_fail (DC_IS_CAMPAIGN (campaign), FALSE);

  languages = dc_campaign_get_languages (campaign);
  for (gsize i = 0; languages[i] != NULL; i++) {
    if (!check_language (campaign, languages[i], error)
        || !check_page (campaign, languages[i], FALSE, error)) {
      return FALSE;
    }
    if (dc_campaign_get_film_link (campaign) != NULL
        && !check_page (campaign, languages[i], TRUE, error)) {
      return FALSE;
    }
  }

  return TRUE;
}
