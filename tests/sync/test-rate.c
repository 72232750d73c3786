/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-rate.h"

static void
test_begins_small (void)
{
  const DcRate rate = { 0 };

  g_assert_cmpuint (dc_rate_get_size (&rate), ==, DC_RATE_FIRST);
  g_assert_cmpint (dc_rate_get_remaining (&rate, 1000), ==, -1);
}

static void
test_follows_a_slow_line (void)
{
  DcRate rate = { 0 };

  dc_rate_add (&rate, 16384, 16 * G_USEC_PER_SEC);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, 1024 * DC_RATE_SECONDS);
  g_assert_cmpint (dc_rate_get_remaining (&rate, 10 * 1024), ==, 11);
}

static void
test_grows_fourfold_to_the_most (void)
{
  DcRate rate = { 0 };

  dc_rate_add (&rate, 16384, 1);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, 4 * DC_RATE_FIRST);
  dc_rate_add (&rate, 65536, 0);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, DC_RATE_MOST);
  dc_rate_add (&rate, DC_RATE_MOST, 1);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, DC_RATE_MOST);
}

static void
test_halves_to_the_least (void)
{
  DcRate rate = { 0 };

  dc_rate_halve (&rate);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, DC_RATE_FIRST / 2);
  for (guint i = 0; i < 10; i++)
    dc_rate_halve (&rate);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, DC_RATE_LEAST);
  dc_rate_add (&rate, 1, 100 * G_USEC_PER_SEC);
  g_assert_cmpuint (dc_rate_get_size (&rate), ==, DC_RATE_LEAST);
}

static void
test_remaining_is_bounded (void)
{
  DcRate rate = { 0 };

  dc_rate_add (&rate, 1, 100 * G_USEC_PER_SEC);
  g_assert_cmpint (dc_rate_get_remaining (&rate, G_MAXUINT64), ==, G_MAXINT);
  g_assert_cmpint (dc_rate_get_remaining (&rate, 0), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rate/begins-small-and-knows-nothing", test_begins_small);
  g_test_add_func ("/rate/follows-a-slow-line", test_follows_a_slow_line);
  g_test_add_func ("/rate/grows-fourfold-and-to-the-most", test_grows_fourfold_to_the_most);
  g_test_add_func ("/rate/halves-to-the-least", test_halves_to_the_least);
  g_test_add_func ("/rate/remaining-is-bounded", test_remaining_is_bounded);

  return g_test_run ();
}
