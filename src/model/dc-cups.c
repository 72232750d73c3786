/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-cups.h"

#include "dc-enum.h"

static const char * const words[] = {
  [DC_CUP_PERIOD_DAY] = "day",
  [DC_CUP_PERIOD_WEEK] = "week",
  [DC_CUP_PERIOD_MONTH] = "month",
};

/* How often each period falls in a year. */
static const gint64 periods_a_year[] = {
  [DC_CUP_PERIOD_DAY] = 365,
  [DC_CUP_PERIOD_WEEK] = 52,
  [DC_CUP_PERIOD_MONTH] = 12,
};

const char *
dc_cup_period_to_string (DcCupPeriod period)
{
  return dc_enum_word (words, G_N_ELEMENTS (words), period);
}

gboolean
dc_cup_period_from_string (const char  *text,
                           DcCupPeriod *period)
{
  guint index;

  if (!dc_enum_find (words, G_N_ELEMENTS (words), text, &index))
    return FALSE;
  *period = index;

  return TRUE;
}

gboolean
dc_cups_price_a_month (const DcCups   *cups,
                       const DcMoney  *price_of_one,
                       DcMoney        *sum,
                       GError        **error)
{
  DcMoney one_unit, price;
  gint64 a_month;

  if (!dc_money_parse (&one_unit, "1", price_of_one->currency, error) ||
      !dc_money_multiply (price_of_one, cups->count, &price, error))
    return FALSE;

  /* At most 2^53 × 365, which an int64 holds. */
  a_month = price.minor * periods_a_year[cups->period] / 12;
  a_month -= a_month % one_unit.minor;
  if (a_month == 0) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE,
                 "found less than one %s a month", price_of_one->currency);
    return FALSE;
  }

  return dc_money_init (sum, a_month, price_of_one->currency, error);
}
