/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-money.h"

#include <string.h>

G_DEFINE_QUARK (dc-money-error-quark, dc_money_error)

/* ISO 4217 list one, by the number of decimals of the minor unit. */
static const struct
{
  const char *codes;
  guint       exponent;
} currencies[] = {
  { "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN "
    "ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
    "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
    "MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK "
    "PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES "
    "WST XCD XCG YER ZAR ZMW ZWG", 2 },
  { "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF", 0 },
  { "BHD IQD JOD KWD LYD OMR TND", 3 },
};

gboolean
dc_currency_exponent (const char *currency,
                      guint      *exponent)
{
  if (currency == NULL || strlen (currency) != 3)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++) {
    const char *code = currencies[i].codes;

    for (; *code != '\0'; code += code[3] == ' ' ? 4 : 3) {
      if (memcmp (code, currency, 3) == 0) {
        *exponent = currencies[i].exponent;
        return TRUE;
      }
    }
  }

  return FALSE;
}

/* Minor units in one unit: 100 for CHF. 1 for what is no currency, so that a
 * DcMoney nobody initialised cannot divide by zero. */
static gint64
minor_in_one (const char *currency,
              guint      *exponent)
{
  gint64 scale = 1;

  *exponent = 0;
  dc_currency_exponent (currency, exponent);
  for (guint i = 0; i < *exponent; i++)
    scale *= 10;

  return scale;
}

gboolean
dc_money_init (DcMoney     *money,
               gint64       minor,
               const char  *currency,
               GError     **error)
{
  guint exponent;

  if (!dc_currency_exponent (currency, &exponent)) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_CURRENCY,
                 "found currency “%.8s”, expected a code of ISO 4217",
                 currency != NULL ? currency : "");
    return FALSE;
  }

  if (minor < 0 || minor > DC_MONEY_MAX_MINOR) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE,
                 "found %" G_GINT64_FORMAT " minor units, expected 0 to %" G_GINT64_FORMAT,
                 minor, DC_MONEY_MAX_MINOR);
    return FALSE;
  }

  money->minor = minor;
  memcpy (money->currency, currency, sizeof money->currency);

  return TRUE;
}

/* One spelling for one amount: no sign, no leading zero, no lonely point. */
static gboolean
decimal_well_formed (const char *decimal,
                     guint       exponent,
                     gsize      *whole,
                     gsize      *fraction)
{
  static const char digits[] = "0123456789";

  *whole = strspn (decimal, digits);
  *fraction = 0;
  if (*whole == 0 || (*whole > 1 && decimal[0] == '0'))
    return FALSE;
  if (decimal[*whole] == '\0')
    return TRUE;
  if (decimal[*whole] != '.')
    return FALSE;
  *fraction = strspn (decimal + *whole + 1, digits);

  return *fraction > 0 && *fraction <= exponent &&
         decimal[*whole + 1 + *fraction] == '\0';
}

static gboolean
decimal_to_minor (const char *decimal,
                  gsize       whole,
                  gsize       fraction,
                  guint       exponent,
                  gint64     *minor)
{
  *minor = 0;

  for (gsize i = 0; i < whole + exponent; i++) {
    int digit = 0;

    if (i < whole)
      digit = decimal[i] - '0';
    else if (i < whole + fraction)
      digit = decimal[i + 1] - '0';

    if (*minor > (DC_MONEY_MAX_MINOR - digit) / 10)
      return FALSE;
    *minor = *minor * 10 + digit;
  }

  return TRUE;
}

gboolean
dc_money_parse (DcMoney     *money,
                const char  *decimal,
                const char  *currency,
                GError     **error)
{
  guint exponent = 0;
  gsize whole, fraction;
  gint64 minor;

  /* Lets dc_money_init () refuse what is no currency. */
  if (!dc_currency_exponent (currency, &exponent))
    return dc_money_init (money, 0, currency, error);

  if (decimal[0] == '-' && decimal_well_formed (decimal + 1, exponent, &whole, &fraction)) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE,
                 "found a negative amount, expected 0 or more");
    return FALSE;
  }

  if (!decimal_well_formed (decimal, exponent, &whole, &fraction)) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_SYNTAX,
                 "expected an amount with at most %u decimals, such as %s",
                 exponent, exponent > 0 ? "18 or 4.20" : "18");
    return FALSE;
  }

  if (!decimal_to_minor (decimal, whole, fraction, exponent, &minor)) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE,
                 "found an amount past %" G_GINT64_FORMAT " minor units",
                 DC_MONEY_MAX_MINOR);
    return FALSE;
  }

  return dc_money_init (money, minor, currency, error);
}

gboolean
dc_money_multiply (const DcMoney  *money,
                   gint64          factor,
                   DcMoney        *product,
                   GError        **error)
{
  gint64 minor;

  if (__builtin_mul_overflow (money->minor, factor, &minor))
    minor = G_MAXINT64;   /* refused below as out of range */

  return dc_money_init (product, minor, money->currency, error);
}

gboolean
dc_money_add (const DcMoney  *a,
              const DcMoney  *b,
              DcMoney        *sum,
              GError        **error)
{
  gint64 minor;

  if (strcmp (a->currency, b->currency) != 0) {
    g_set_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_CURRENCY,
                 "found %s, expected %s: two currencies have no sum",
                 b->currency, a->currency);
    return FALSE;
  }

  if (__builtin_add_overflow (a->minor, b->minor, &minor))
    minor = G_MAXINT64;

  return dc_money_init (sum, minor, a->currency, error);
}

char *
dc_money_to_decimal (const DcMoney *money)
{
  guint exponent;
  gint64 scale = minor_in_one (money->currency, &exponent);

  if (money->minor % scale == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, money->minor / scale);

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT,
                          money->minor / scale, (int) exponent, money->minor % scale);
}
