/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-private.h"

static gboolean
read_monthly (DcCampaign  *self,
              DcKeys      *keys,
              const char  *group,
              DcPreset    *preset,
              GError     **error)
{
  g_autofree char *found = NULL;
  const char *period = NULL;

  if (!dc_keys_number (keys, group, "Cups", 1, 50, &preset->cups.count, error) ||
      !dc_keys_string (keys, group, "Per", DC_NEEDED, dc_is_slug, "day, week or month",
                       &period, error))
    return FALSE;
  if (period == NULL || preset->cups.count == 0 || self->price_of_a_cup.minor == 0)
    return TRUE;   /* told already */
  if (!dc_cup_period_from_string (period, &preset->cups.period))
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, "Per", period,
                           "day, week or month");
  if (dc_cups_price_a_month (&preset->cups, &self->price_of_a_cup, &preset->amount, NULL))
    return TRUE;

  found = g_strdup_printf ("%u", preset->cups.count);

  return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, "Cups", found,
                         "cups that cost at least 1 %s a month", self->currency);
}

/* Upwards, and within what may be given. */
static gboolean
check_amount (DcCampaign       *self,
              const char       *group,
              const DcPresets  *presets,
              GError          **error)
{
  const DcMoney *amount = &presets->preset[presets->n].amount;
  const char *key = presets == &self->monthly ? "Cups" : "Amount";
  g_autofree char *found = NULL;
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;

  if (amount->minor == 0 || self->minimum.minor == 0 || self->maximum.minor == 0)
    return TRUE;   /* told already */

  found = dc_money_format (amount, "en");
  minimum = dc_money_to_decimal (&self->minimum);
  maximum = dc_money_to_decimal (&self->maximum);
  if (amount->minor < self->minimum.minor || amount->minor > self->maximum.minor)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found,
                           "an amount from Minimum=%s to Maximum=%s", minimum, maximum);
  if (presets->n > 0 && amount->minor <= presets->preset[presets->n - 1].amount.minor)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found,
                           "more than the preset before it");

  return TRUE;
}

static gboolean
read_preset (DcCampaign  *self,
             DcKeys      *keys,
             const char  *group,
             DcPresets   *presets,
             GError     **error)
{
  DcPreset *preset = &presets->preset[presets->n];
  gboolean good;

  if (presets == &self->monthly)
    good = dc_keys_go_on (keys, read_monthly (self, keys, group, preset, error), error);
  else
    good = dc_keys_money (keys, group, "Amount", self->currency, &preset->amount, error);

  return good && dc_keys_go_on (keys, check_amount (self, group, presets, error), error) &&
         dc_keys_texts (keys, group, "Effect", DC_NEEDED, 160, &presets->effect[presets->n], error);
}

static gboolean
read_presets (DcCampaign  *self,
              DcKeys      *keys,
              const char  *word,
              DcPresets   *presets,
              GError     **error)
{
  for (presets->n = 0; presets->n < DC_PRESETS_MAX; presets->n++) {
    g_autofree char *group = g_strdup_printf ("%s %u", word, presets->n + 1);

    if (presets->n > 0 && !dc_keys_has_group (keys, group))
      break;
    if (!read_preset (self, keys, group, presets, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_bounds (DcCampaign  *self,
              GError     **error)
{
  g_autofree char *found = NULL;
  g_autofree char *minimum = NULL;

  if (self->maximum.minor == 0 || self->maximum.minor >= self->minimum.minor)
    return TRUE;
  found = dc_money_to_decimal (&self->maximum);
  minimum = dc_money_to_decimal (&self->minimum);

  return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, "Amounts", "Maximum", found,
                         "at least Minimum=%s", minimum);
}

gboolean
dc_campaign_read_amounts (DcCampaign  *self,
                          DcKeys      *keys,
                          GError     **error)
{
  if (!dc_keys_money (keys, "Amounts", "Minimum", self->currency, &self->minimum, error) ||
      !dc_keys_money (keys, "Amounts", "Maximum", self->currency, &self->maximum, error))
    return FALSE;

  if (dc_keys_has_key (keys, "Amounts", "Goal")
      && !dc_keys_money (keys, "Amounts", "Goal", self->currency, &self->goal, error))
    return FALSE;

  if (!dc_keys_go_on (keys, check_bounds (self, error), error))
    return FALSE;

  return dc_keys_texts (keys, "Amounts", "OtherMonthly", DC_NEEDED, 160, &self->monthly.other, error) &&
         dc_keys_texts (keys, "Amounts", "OtherOnce", DC_NEEDED, 160, &self->once.other, error) &&
         read_presets (self, keys, "Monthly", &self->monthly, error) &&
         read_presets (self, keys, "Once", &self->once, error);
}
