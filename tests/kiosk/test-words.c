/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-words.h"

#include "dc-language.h"

#define NBSP "\xC2\xA0"

static DcMoney
francs (gint64 minor)
{
  DcMoney money;

  g_assert_true (dc_money_init (&money, minor, "CHF", NULL));

  return money;
}

static void
assert_gift (gint64       minor,
             DcFrequency  frequency,
             const char  *language,
             const char  *expected)
{
  DcMoney amount = francs (minor);
  g_autofree char *gift = dc_words_gift (&amount, frequency, language);

  g_assert_cmpstr (gift, ==, expected);
}

static void
test_gift (void)
{
  dc_language_use ("en");
  assert_gift (1800, DC_FREQUENCY_MONTHLY, "en", "CHF" NBSP "18 a month");
  assert_gift (5050, DC_FREQUENCY_ONCE, "en", "CHF" NBSP "50.50 once");
  assert_gift (120000, DC_FREQUENCY_YEARLY, "en", "CHF" NBSP "1,200 a year");
}

static void
assert_cups (guint        count,
             DcCupPeriod  period,
             const char  *expected)
{
  DcCups cups = { count, period };
  g_autofree char *words = dc_words_cups (&cups);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_cups (void)
{
  dc_language_use ("en");
  assert_cups (1, DC_CUP_PERIOD_DAY, "1 cup a day");
  assert_cups (2, DC_CUP_PERIOD_DAY, "2 cups a day");
  assert_cups (1, DC_CUP_PERIOD_WEEK, "1 cup a week");
  assert_cups (3, DC_CUP_PERIOD_WEEK, "3 cups a week");
  assert_cups (1, DC_CUP_PERIOD_MONTH, "1 cup a month");
  assert_cups (12, DC_CUP_PERIOD_MONTH, "12 cups a month");
}

static void
assert_year (gint64       minor,
             DcFrequency  frequency,
             const char  *expected)
{
  DcMoney amount = francs (minor);
  g_autofree char *year = dc_words_year (&amount, frequency, "en");

  g_assert_cmpstr (year, ==, expected);
}

static void
test_year (void)
{
  dc_language_use ("en");
  assert_year (1800, DC_FREQUENCY_MONTHLY, "CHF" NBSP "216 in a year");
  assert_year (12700, DC_FREQUENCY_MONTHLY, "CHF" NBSP "1,524 in a year");
  assert_year (1800, DC_FREQUENCY_ONCE, NULL);
  assert_year (1800, DC_FREQUENCY_YEARLY, NULL);
  /* Rather nothing than a sum that cannot be. */
  assert_year (DC_MONEY_MAX_MINOR, DC_FREQUENCY_MONTHLY, NULL);
}

static void
assert_day (const char *day,
            const char *expected)
{
  g_autofree char *words = dc_words_day (day);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_day (void)
{
  dc_language_use ("en");
  assert_day ("2026-12-18", "Friday 18 December 2026");
  assert_day ("2028-02-29", "Tuesday 29 February 2028");
  assert_day ("2027-01-01", "Friday 1 January 2027");
}

/* One of each week and of each year. */
static void
test_names (void)
{
  static const char * const weekdays[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  };
  static const char * const months[] = {
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
  };

  dc_language_use ("en");
  for (guint i = 0; i < 7; i++) {
    g_autofree char *day = g_strdup_printf ("2026-12-%02u", 14 + i);
    g_autofree char *words = g_strdup_printf ("%s %u December 2026", weekdays[i], 14 + i);

    assert_day (day, words);
  }
  for (guint i = 0; i < 12; i++) {
    g_autofree char *day = g_strdup_printf ("2026-%02u-09", i + 1);
    g_autofree char *end = g_strdup_printf (" 9 %s 2026", months[i]);
    g_autofree char *words = dc_words_day (day);

    g_assert_true (g_str_has_suffix (words, end));
  }
}

/* What is no day is shown as it is, rather than as another day. */
static void
test_no_day (void)
{
  static const char * const texts[] = {
    "", "today", "2026-02-29", "2026-13-01", "2026-00-10", "2026-12-32", "2026-12",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_day (texts[i], texts[i]);
}

static void
test_problems (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  dc_language_use ("en");
  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    const char *missing = dc_words_problem (field, DC_FIELD_MISSING);

    g_assert_null (dc_words_problem (field, DC_FIELD_GOOD));
    g_assert_true (g_str_has_prefix (missing, "Please "));
    g_assert_true (g_hash_table_add (seen, (char *) missing));
    g_assert_cmpstr (dc_words_problem (field, DC_FIELD_TOO_LONG), ==,
                     "This is too long. Please shorten it.");
    g_assert_true (g_str_has_prefix (dc_words_problem (field, DC_FIELD_CARD_NUMBER),
                                     "This looks like a card number."));
  }
  g_assert_nonnull (strstr (dc_words_problem (DC_FIELD_EMAIL, DC_FIELD_MISSING), "e-mail"));
  g_assert_nonnull (strstr (dc_words_problem (DC_FIELD_PHONE, DC_FIELD_MISSING), "telephone"));
  g_assert_nonnull (strstr (dc_words_problem (DC_FIELD_FAMILY_NAME, DC_FIELD_MISSING),
                            "certificate"));
  g_assert_nonnull (strstr (dc_words_problem (DC_FIELD_EMAIL, DC_FIELD_MALFORMED),
                            "name@example.org"));
  g_assert_nonnull (strstr (dc_words_problem (DC_FIELD_PHONE, DC_FIELD_MALFORMED), "telephone"));
}

static void
test_troubles (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  dc_language_use ("en");
  for (DcTrouble trouble = DC_TROUBLE_NONE; trouble <= DC_TROUBLE_NOT_LIVE; trouble++)
    g_assert_true (g_hash_table_add (seen, (char *) dc_words_trouble (trouble)));
  g_assert_nonnull (strstr (dc_words_trouble (DC_TROUBLE_NONE), "works"));
  for (DcTrouble trouble = DC_TROUBLE_DISK_FULL; trouble <= DC_TROUBLE_NOT_LIVE; trouble++)
    g_assert_nonnull (strstr (dc_words_trouble (trouble), "Donors can only scan."));
}

static void
test_refusals (void)
{
  static const int codes[] = {
    DC_PACK_ERROR_UNSIGNED, DC_PACK_ERROR_SIGNATURE, DC_PACK_ERROR_OLDER, DC_PACK_ERROR_OTHER_KEY,
  };
  static const char * const languages[] = { "en", "fr", "es" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) missing = g_error_new_literal (DC_PACK_ERROR, DC_PACK_ERROR_MISSING, "");
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "");

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    dc_language_use (languages[i]);
    for (gsize j = 0; j < G_N_ELEMENTS (codes); j++) {
      g_autoptr (GError) error = g_error_new_literal (DC_PACK_ERROR, codes[j], "");

      g_assert_true (g_hash_table_add (seen, (char *) dc_words_refusal (error)));
    }
  }
  g_assert_null (dc_words_refusal (missing));
  g_assert_null (dc_words_refusal (other));
}

static void
test_french (void)
{
  dc_language_use ("fr");
  assert_gift (1800, DC_FREQUENCY_MONTHLY, "fr", "18" NBSP "CHF par mois");
  assert_gift (5050, DC_FREQUENCY_ONCE, "fr", "50,50" NBSP "CHF en une fois");
  assert_gift (5000, DC_FREQUENCY_YEARLY, "fr", "50" NBSP "CHF par an");
  assert_cups (1, DC_CUP_PERIOD_WEEK, "1 café par semaine");
  assert_cups (3, DC_CUP_PERIOD_WEEK, "3 cafés par semaine");
  assert_cups (1, DC_CUP_PERIOD_DAY, "1 café par jour");
  assert_cups (2, DC_CUP_PERIOD_MONTH, "2 cafés par mois");
  assert_day ("2026-12-18", "Vendredi 18 décembre 2026");
  /* The first of a month is an ordinal. */
  assert_day ("2027-02-01", "Lundi 1er février 2027");
  g_assert_cmpstr (dc_words_problem (DC_FIELD_TOWN, DC_FIELD_MISSING), ==,
                   "Veuillez indiquer la localité.");
  g_assert_cmpstr (dc_words_trouble (DC_TROUBLE_NONE), ==,
                   "Tout fonctionne. On peut recevoir des promesses.");
}

static void
test_spanish (void)
{
  dc_language_use ("es");
  assert_gift (1800, DC_FREQUENCY_MONTHLY, "es", "18" NBSP "CHF al mes");
  assert_gift (5050, DC_FREQUENCY_ONCE, "es", "50,50" NBSP "CHF, una sola vez");
  assert_cups (1, DC_CUP_PERIOD_DAY, "1 café al día");
  assert_cups (3, DC_CUP_PERIOD_WEEK, "3 cafés por semana");
  assert_day ("2026-12-18", "Viernes 18 de diciembre de 2026");
  assert_day ("2027-02-01", "Lunes 1 de febrero de 2027");
  g_assert_cmpstr (dc_words_problem (DC_FIELD_TOWN, DC_FIELD_MISSING), ==,
                   "Escriba la localidad, por favor.");
  g_assert_cmpstr (dc_words_trouble (DC_TROUBLE_NONE), ==,
                   "Todo funciona. Se pueden recibir promesas.");
}

/* Each sentence in each language: none is left in English. */
static void
test_all_translated (void)
{
  static const char * const languages[] = { "fr", "es" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    for (DcFieldProblem problem = DC_FIELD_MISSING; problem <= DC_FIELD_CARD_NUMBER; problem++) {
      for (DcField field = 0; field < DC_N_FIELDS; field++) {
        const char *english;

        dc_language_use ("en");
        english = dc_words_problem (field, problem);
        dc_language_use (languages[i]);
        g_assert_cmpstr (dc_words_problem (field, problem), !=, english);
      }
    }
    for (DcTrouble trouble = DC_TROUBLE_NONE; trouble <= DC_TROUBLE_NOT_LIVE; trouble++) {
      const char *english;

      dc_language_use ("en");
      english = dc_words_trouble (trouble);
      dc_language_use (languages[i]);
      g_assert_cmpstr (dc_words_trouble (trouble), !=, english);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dc_language_init ();
  gtk_init_check ();

  g_test_add_func ("/words/gift/says-how-often", test_gift);
  g_test_add_func ("/words/cups/one-or-many", test_cups);
  g_test_add_func ("/words/year/adds-the-months", test_year);
  g_test_add_func ("/words/day/without-the-system-s-locales", test_day);
  g_test_add_func ("/words/day/has-every-name", test_names);
  g_test_add_func ("/words/day/leaves-what-is-none", test_no_day);
  g_test_add_func ("/words/problem/says-what-to-do", test_problems);
  g_test_add_func ("/words/trouble/says-what-staff-should-know", test_troubles);
  g_test_add_func ("/words/refusal/says-why-the-files-are-not-taken", test_refusals);
  g_test_add_func ("/words/french", test_french);
  g_test_add_func ("/words/spanish", test_spanish);
  g_test_add_func ("/words/are-all-translated", test_all_translated);

  return g_test_run ();
}
