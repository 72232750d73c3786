/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-cups.h"
#include "dc-frequency.h"

static void
assert_month (guint        count,
              DcCupPeriod  period,
              const char  *price,
              const char  *currency,
              gint64       minor)
{
  g_autoptr (GError) error = NULL;
  DcCups cups = { count, period };
  DcMoney one, sum;

  g_assert_true (dc_money_parse (&one, price, currency, NULL));
  g_assert_true (dc_cups_price_a_month (&cups, &one, &sum, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sum.minor, ==, minor);
  g_assert_cmpstr (sum.currency, ==, currency);
}

static void
test_price (void)
{
  assert_month (1, DC_CUP_PERIOD_MONTH, "4.20", "CHF", 400);
  assert_month (1, DC_CUP_PERIOD_WEEK, "4.20", "CHF", 1800);     /* 18.20 */
  assert_month (3, DC_CUP_PERIOD_WEEK, "4.20", "CHF", 5400);     /* 54.60 */
  assert_month (1, DC_CUP_PERIOD_DAY, "4.20", "CHF", 12700);     /* 127.75 */
  assert_month (1, DC_CUP_PERIOD_WEEK, "300", "JPY", 1300);
  assert_month (1, DC_CUP_PERIOD_WEEK, "1.500", "KWD", 6000);    /* 6.500 */
}

static void
assert_refused (guint       count,
                const char *price)
{
  g_autoptr (GError) error = NULL;
  DcCups cups = { count, DC_CUP_PERIOD_DAY };
  DcMoney one, sum;

  g_assert_true (dc_money_parse (&one, price, "CHF", NULL));
  g_assert_false (dc_cups_price_a_month (&cups, &one, &sum, &error));
  g_assert_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_RANGE);
}

static void
test_price_out_of_range (void)
{
  assert_refused (0, "4.20");
  assert_refused (1, "0.03");
  assert_refused (1, "0");
  assert_refused (1, "90071992547409.91");
  assert_refused (G_MAXUINT, "90071992547409.91");
}

static void
test_period_words (void)
{
  static const char *words[] = { "day", "week", "month" };
  DcCupPeriod period;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_true (dc_cup_period_from_string (words[i], &period));
    g_assert_cmpint (period, ==, i);
    g_assert_cmpstr (dc_cup_period_to_string (i), ==, words[i]);
  }
  g_assert_false (dc_cup_period_from_string ("Week", &period));
  g_assert_false (dc_cup_period_from_string ("", &period));
  g_assert_false (dc_cup_period_from_string (NULL, &period));
}

static void
test_frequency_words (void)
{
  static const char *words[] = { "once", "monthly", "yearly" };
  DcFrequency frequency;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_true (dc_frequency_from_string (words[i], &frequency));
    g_assert_cmpint (frequency, ==, i);
    g_assert_cmpstr (dc_frequency_to_string (i), ==, words[i]);
  }
  g_assert_false (dc_frequency_from_string ("weekly", &frequency));
  g_assert_false (dc_frequency_from_string (NULL, &frequency));
}

static void
test_frequency_per_year (void)
{
  g_assert_cmpuint (dc_frequency_per_year (DC_FREQUENCY_ONCE), ==, 1);
  g_assert_cmpuint (dc_frequency_per_year (DC_FREQUENCY_MONTHLY), ==, 12);
  g_assert_cmpuint (dc_frequency_per_year (DC_FREQUENCY_YEARLY), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cups/price-a-month/rounds-down-to-whole-units", test_price);
  g_test_add_func ("/cups/price-a-month/refuses-nothing-and-too-much", test_price_out_of_range);
  g_test_add_func ("/cups/period/has-a-word-for-each-value", test_period_words);
  g_test_add_func ("/frequency/has-a-word-for-each-value", test_frequency_words);
  g_test_add_func ("/frequency/counts-payments-in-a-year", test_frequency_per_year);

  return g_test_run ();
}
