/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-clock.h"
#include "dc-test.h"

static char *
day_at (gint64      utc_s,
        const char *zone)
{
  DcStamp stamp = { .utc_us = utc_s * G_USEC_PER_SEC };

  return dc_stamp_day (&stamp, zone);
}

static void
test_day (void)
{
  /* 2026-12-17 23:30 UTC is the 18th in Zürich and the 17th in Bogotá. */
  g_autofree char *utc = day_at (1797550200, "UTC");
  g_autofree char *zurich = day_at (1797550200, "Europe/Zurich");
  g_autofree char *bogota = day_at (1797550200, "America/Bogota");

  g_assert_cmpstr (utc, ==, "2026-12-17");
  g_assert_cmpstr (zurich, ==, "2026-12-18");
  g_assert_cmpstr (bogota, ==, "2026-12-17");
}

static void
test_day_in_summer (void)
{
  /* 22:30 UTC: past midnight in summer, not in winter. */
  g_autofree char *summer = day_at (1782858600, "Europe/Zurich");
  g_autofree char *winter = day_at (1798669800, "Europe/Zurich");

  g_assert_cmpstr (summer, ==, "2026-07-01");
  g_assert_cmpstr (winter, ==, "2026-12-30");
}

static void
test_day_of_nonsense (void)
{
  g_assert_null (day_at (0, "Europe/Nowhere"));
  g_assert_null (day_at (G_MAXINT64 / G_USEC_PER_SEC, "UTC"));
  g_assert_null (day_at (G_MININT64 / G_USEC_PER_SEC, "UTC"));
}

static void
test_trust_words (void)
{
  static const char *words[] = { "synchronised", "set", "unknown" };
  DcClockTrust trust;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_true (dc_clock_trust_from_string (words[i], &trust));
    g_assert_cmpint (trust, ==, i);
    g_assert_cmpstr (dc_clock_trust_to_string (i), ==, words[i]);
  }
  g_assert_false (dc_clock_trust_from_string ("synchronized", &trust));
  g_assert_false (dc_clock_trust_from_string (NULL, &trust));
}

static void
test_now (void)
{
  g_autoptr (DcTestClock) clock = dc_test_clock_new (1797588000000000);
  DcStamp before, after;

  dc_clock_now (DC_CLOCK (clock), &before);
  dc_test_clock_advance (clock, 90);
  dc_clock_now (DC_CLOCK (clock), &after);

  g_assert_cmpint (before.utc_us, ==, 1797588000000000);
  g_assert_cmpint (after.utc_us - before.utc_us, ==, 90);
  g_assert_cmpint (after.monotonic_us - before.monotonic_us, ==, 90);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/day/is-the-local-one", test_day);
  g_test_add_func ("/clock/day/follows-summer-time", test_day_in_summer);
  g_test_add_func ("/clock/day/is-null-for-nonsense", test_day_of_nonsense);
  g_test_add_func ("/clock/trust/has-a-word-for-each-value", test_trust_words);
  g_test_add_func ("/clock/now/asks-the-implementation", test_now);

  return g_test_run ();
}
