/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-money.h"

#define NB "\u00a0"
#define NNB "\u202f"

static DcMoney
money (gint64      minor,
       const char *currency)
{
  g_autoptr (GError) error = NULL;
  DcMoney value;

  g_assert_true (dc_money_init (&value, minor, currency, &error));
  g_assert_no_error (error);

  return value;
}

static void
test_exponents (void)
{
  static const struct { const char *code; guint exponent; } cases[] = {
    { "CHF", 2 }, { "EUR", 2 }, { "AED", 2 }, { "ZWG", 2 }, { "JPY", 0 }, { "BIF", 0 },
    { "XPF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "TND", 3 }, { "BHD", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint exponent = 99;

    g_assert_true (dc_currency_exponent (cases[i].code, &exponent));
    g_assert_cmpuint (exponent, ==, cases[i].exponent);
  }
}

static void
test_no_currency (void)
{
  static const char *codes[] = {
    "", "C", "CH", "CHFX", "chf", "XXX", "HF ", "F C", " CH", "DEM", "ED A",
  };
  guint exponent;

  g_assert_false (dc_currency_exponent (NULL, &exponent));
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = NULL;
    DcMoney value;

    g_assert_false (dc_currency_exponent (codes[i], &exponent));
    g_assert_false (dc_money_init (&value, 1, codes[i], &error));
    g_assert_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_CURRENCY);
  }
}

static void
test_range (void)
{
  DcMoney value;
  g_autoptr (GError) below = NULL;
  g_autoptr (GError) above = NULL;

  g_assert_false (dc_money_init (&value, -1, "CHF", &below));
  g_assert_error (below, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE);
  g_assert_false (dc_money_init (&value, DC_MONEY_MAX_MINOR + 1, "CHF", &above));
  g_assert_error (above, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE);
  g_assert_true (dc_money_init (&value, 0, "CHF", NULL));
  g_assert_true (dc_money_init (&value, DC_MONEY_MAX_MINOR, "CHF", NULL));
  g_assert_cmpint (value.minor, ==, G_GINT64_CONSTANT (9007199254740991));
  g_assert_cmpstr (value.currency, ==, "CHF");
}

static void
test_parse (void)
{
  static const struct { const char *text; const char *currency; gint64 minor; } cases[] = {
    { "18", "CHF", 1800 }, { "4.20", "CHF", 420 }, { "4.2", "CHF", 420 },
    { "0", "CHF", 0 }, { "0.05", "EUR", 5 }, { "18", "JPY", 18 },
    { "1.005", "KWD", 1005 }, { "1.5", "KWD", 1500 },
    { "90071992547409.91", "CHF", DC_MONEY_MAX_MINOR },
    { "9007199254740991", "JPY", DC_MONEY_MAX_MINOR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    DcMoney value;

    g_assert_true (dc_money_parse (&value, cases[i].text, cases[i].currency, &error));
    g_assert_no_error (error);
    g_assert_cmpint (value.minor, ==, cases[i].minor);
    g_assert_cmpstr (value.currency, ==, cases[i].currency);
  }
}

static void
test_parse_refuses (void)
{
  static const struct { const char *text; const char *currency; DcMoneyError code; } cases[] = {
    { "", "CHF", DC_MONEY_ERROR_SYNTAX }, { ".", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "5.", "CHF", DC_MONEY_ERROR_SYNTAX }, { ".5", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "+5", "CHF", DC_MONEY_ERROR_SYNTAX }, { " 5", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "5 ", "CHF", DC_MONEY_ERROR_SYNTAX }, { "05", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "5,20", "CHF", DC_MONEY_ERROR_SYNTAX }, { "5.205", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "5.0", "JPY", DC_MONEY_ERROR_SYNTAX }, { "1e3", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "٥", "CHF", DC_MONEY_ERROR_SYNTAX }, { "0x5", "CHF", DC_MONEY_ERROR_SYNTAX },
    { "--5", "CHF", DC_MONEY_ERROR_SYNTAX }, { "-5", "CHF", DC_MONEY_ERROR_RANGE },
    { "90071992547409.92", "CHF", DC_MONEY_ERROR_RANGE },
    { "99999999999999999999999999999999", "CHF", DC_MONEY_ERROR_RANGE },
    { "5", "CHX", DC_MONEY_ERROR_CURRENCY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    DcMoney value;

    g_assert_false (dc_money_parse (&value, cases[i].text, cases[i].currency, &error));
    g_assert_error (error, DC_MONEY_ERROR, (int) cases[i].code);
  }
}

static void
test_arithmetic (void)
{
  DcMoney a = money (1850, "CHF");
  DcMoney b = money (150, "CHF");
  DcMoney result;

  g_assert_true (dc_money_add (&a, &b, &result, NULL));
  g_assert_cmpint (result.minor, ==, 2000);
  g_assert_true (dc_money_multiply (&a, 12, &result, NULL));
  g_assert_cmpint (result.minor, ==, 22200);
  g_assert_true (dc_money_add (&a, &b, &a, NULL));
  g_assert_cmpint (a.minor, ==, 2000);
}

static void
test_arithmetic_refuses (void)
{
  DcMoney large = money (DC_MONEY_MAX_MINOR, "CHF");
  DcMoney euro = money (1, "EUR");
  DcMoney franc = money (1, "CHF");
  DcMoney result;
  g_autoptr (GError) sum = NULL;
  g_autoptr (GError) mixed = NULL;
  g_autoptr (GError) product = NULL;
  g_autoptr (GError) negative = NULL;

  g_assert_false (dc_money_add (&large, &franc, &result, &sum));
  g_assert_error (sum, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE);
  g_assert_false (dc_money_add (&franc, &euro, &result, &mixed));
  g_assert_error (mixed, DC_MONEY_ERROR, DC_MONEY_ERROR_CURRENCY);
  g_assert_false (dc_money_multiply (&large, G_MAXINT64, &result, &product));
  g_assert_error (product, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE);
  g_assert_false (dc_money_multiply (&franc, -1, &result, &negative));
  g_assert_error (negative, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE);
}

static void
test_decimal (void)
{
  static const struct { gint64 minor; const char *currency; const char *text; } cases[] = {
    { 1800, "CHF", "18" }, { 1850, "CHF", "18.50" }, { 5, "CHF", "0.05" }, { 0, "CHF", "0" },
    { 18, "JPY", "18" }, { 1005, "KWD", "1.005" }, { 1000, "KWD", "1" },
    { DC_MONEY_MAX_MINOR, "CHF", "90071992547409.91" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    DcMoney value = money (cases[i].minor, cases[i].currency);
    g_autofree char *text = dc_money_to_decimal (&value);
    DcMoney back;

    g_assert_cmpstr (text, ==, cases[i].text);
    g_assert_true (dc_money_parse (&back, text, cases[i].currency, NULL));
    g_assert_cmpint (back.minor, ==, value.minor);
  }
}

static void
assert_formats (gint64      minor,
                const char *currency,
                const char *language,
                const char *expected)
{
  DcMoney value = money (minor, currency);
  g_autofree char *text = dc_money_format (&value, language);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format_english (void)
{
  assert_formats (1800, "CHF", "en", "CHF" NB "18");
  assert_formats (1850, "CHF", "en", "CHF" NB "18.50");
  assert_formats (123450, "CHF", "en", "CHF" NB "1,234.50");
  assert_formats (100000, "CHF", "en-GB", "CHF" NB "1,000");
  assert_formats (123456789012, "EUR", "en", "EUR" NB "1,234,567,890.12");
  assert_formats (1234567, "JPY", "en", "JPY" NB "1,234,567");
  assert_formats (1234500, "KWD", "en", "KWD" NB "1,234.500");
}

static void
test_format_french (void)
{
  assert_formats (1800, "CHF", "fr", "18" NB "CHF");
  assert_formats (123450, "CHF", "fr", "1" NNB "234,50" NB "CHF");
  assert_formats (123450, "CHF", "fr-CH", "1" NNB "234,50" NB "CHF");
}

static void
test_format_spanish (void)
{
  assert_formats (1800, "CHF", "es", "18" NB "CHF");
  assert_formats (123450, "CHF", "es", "1234,50" NB "CHF");
  assert_formats (1234550, "CHF", "es", "12.345,50" NB "CHF");
}

static void
test_format_others (void)
{
  assert_formats (123450, "CHF", "de", "1.234,50" NB "CHF");
  assert_formats (123450, "CHF", "de-CH", "CHF" NB "1’234.50");
  assert_formats (123450, "CHF", "pt", "CHF" NB "1.234,50");
  assert_formats (1234550, "CHF", "pt-PT", "12" NB "345,50" NB "CHF");
  assert_formats (123450, "CHF", "ar", "1,234.50" NB "CHF");
  assert_formats (123450, "CHF", "ru", "1" NB "234,50" NB "CHF");
  assert_formats (123450, "CHF", "zh", "CHF" NB "1,234.50");
  assert_formats (123450, "CHF", "it", "1234,50" NB "CHF");
}

static void
test_format_unknown (void)
{
  assert_formats (123450, "CHF", "tlh", "CHF" NB "1,234.50");
  assert_formats (123450, "CHF", "frr", "CHF" NB "1,234.50");
  assert_formats (123450, "CHF", "", "CHF" NB "1,234.50");
  assert_formats (123450, "CHF", NULL, "CHF" NB "1,234.50");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/currency/has-the-decimals-of-iso-4217", test_exponents);
  g_test_add_func ("/money/currency/refuses-what-is-none", test_no_currency);
  g_test_add_func ("/money/init/holds-zero-to-two-to-the-53", test_range);
  g_test_add_func ("/money/parse/reads-decimals", test_parse);
  g_test_add_func ("/money/parse/refuses-other-spellings", test_parse_refuses);
  g_test_add_func ("/money/arithmetic/adds-and-multiplies", test_arithmetic);
  g_test_add_func ("/money/arithmetic/refuses-overflow-and-two-currencies", test_arithmetic_refuses);
  g_test_add_func ("/money/decimal/reads-back-as-the-same-amount", test_decimal);
  g_test_add_func ("/money/format/puts-the-code-before-in-english", test_format_english);
  g_test_add_func ("/money/format/puts-the-code-after-in-french", test_format_french);
  g_test_add_func ("/money/format/leaves-four-digits-whole-in-spanish", test_format_spanish);
  g_test_add_func ("/money/format/knows-other-languages", test_format_others);
  g_test_add_func ("/money/format/writes-an-unknown-language-as-english", test_format_unknown);

  return g_test_run ();
}
