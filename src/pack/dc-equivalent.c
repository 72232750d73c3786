/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-equivalent.h"

#include <string.h>

typedef struct
{
  const char *currency;
  const char *amount;
} Equivalent;

static const Equivalent equivalents[] = {
  { "AUD", "35" },  { "BRL", "135" },  { "CAD", "35" },  { "CHF", "20" },   { "CNY", "180" },
  { "CZK", "520" }, { "DKK", "160" },  { "EUR", "20" },  { "GBP", "20" },   { "HKD", "200" },
  { "HUF", "8000" }, { "ILS", "80" },  { "INR", "2200" }, { "JPY", "3800" }, { "KRW", "36000" },
  { "MXN", "450" }, { "NOK", "250" },  { "NZD", "45" },  { "PLN", "90" },   { "RON", "110" },
  { "SEK", "240" }, { "SGD", "30" },   { "USD", "25" },  { "ZAR", "430" },
};

gboolean
dc_equivalent_first_step (const char *currency,
                          DcMoney    *money)
{
  for (gsize i = 0; i < G_N_ELEMENTS (equivalents); i++) {
    if (strcmp (equivalents[i].currency, currency) == 0)
      return dc_money_parse (money, equivalents[i].amount, currency, NULL);
  }

  return FALSE;
}
