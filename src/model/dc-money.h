/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcMoney:
 * @minor: the amount in minor units (centimes, cents), never negative
 * @currency: an ISO 4217 code, NUL-terminated
 *
 * An amount of money. A plain value: copied by assignment, owns nothing.
 */
typedef struct
{
  gint64 minor;
  char   currency[4];
} DcMoney;

/* The largest amount that survives JSON: 2^53 - 1 (RFC 8259, section 6). */
#define DC_MONEY_MAX_MINOR G_GINT64_CONSTANT (9007199254740991)

#define DC_MONEY_ERROR (dc_money_error_quark ())
GQuark dc_money_error_quark (void);

typedef enum
{
  DC_MONEY_ERROR_CURRENCY,   /* not a currency this program knows */
  DC_MONEY_ERROR_SYNTAX,     /* not a decimal number */
  DC_MONEY_ERROR_RANGE,      /* negative, or past DC_MONEY_MAX_MINOR */
} DcMoneyError;

/* Decimals of the minor unit (ISO 4217, list one): 2 for CHF, 0 for JPY. FALSE
 * where @currency is no active code. */
gboolean dc_currency_exponent    (const char    *currency,
                                  guint         *exponent);

gboolean dc_money_init           (DcMoney       *money,
                                  gint64         minor,
                                  const char    *currency,
                                  GError       **error);
/* @decimal: "18", "4.20", "4.2"; no sign, no leading zero, a point, and no more
 * decimals than the currency has. */
gboolean dc_money_parse          (DcMoney       *money,
                                  const char    *decimal,
                                  const char    *currency,
                                  GError       **error);
/* @product and @sum may be the operands. Errors: DC_MONEY_ERROR_RANGE, and
 * DC_MONEY_ERROR_CURRENCY for a sum of two currencies. */
gboolean dc_money_multiply       (const DcMoney *money,
                                  gint64         factor,
                                  DcMoney       *product,
                                  GError       **error);
gboolean dc_money_add            (const DcMoney *a,
                                  const DcMoney *b,
                                  DcMoney       *sum,
                                  GError       **error);
/* "18" or "18.50": for links and codes, in no language. (transfer full) */
char    *dc_money_to_decimal     (const DcMoney *money);
/* "CHF 18" (en), "18 CHF" (fr, es), with the language's separators (Unicode
 * CLDR) and no-break spaces; the decimals only where they are not zero. A
 * language not known is written as English. (transfer full) */
char    *dc_money_format         (const DcMoney *money,
                                  const char    *language);

G_END_DECLS
