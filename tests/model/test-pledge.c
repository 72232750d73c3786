/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pledge.h"
#include "dc-test.h"

static void
test_new (void)
{
  g_autoptr (DcPledge) pledge = dc_pledge_new ();

  g_assert_null (pledge->donor);
  g_assert_null (pledge->campaign);
  g_assert_cmpuint (pledge->consents->len, ==, 0);
  g_assert_cmpint (pledge->amount.minor, ==, 0);
  g_assert_cmpuint (pledge->cups.count, ==, 0);
  g_assert_cmpint (pledge->channel, ==, DC_CHANNEL_SELF);
}

static void
test_references (void)
{
  DcPledge *pledge = dc_test_pledge_new (1);
  g_autoptr (DcPledge) kept = dc_pledge_ref (pledge);
  g_autoptr (DcDonor) donor = dc_donor_ref (pledge->donor);
  GValue value = G_VALUE_INIT;

  dc_pledge_unref (pledge);
  g_value_init (&value, DC_TYPE_PLEDGE);
  g_value_take_boxed (&value, g_steal_pointer (&kept));
  pledge = g_value_get_boxed (&value);
  g_assert_cmpstr (pledge->campaign, ==, "migrants-day");
  g_assert_cmpuint (pledge->consents->len, ==, 2);
  g_value_unset (&value);

  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_FIRST_NAME), ==, "Ana1");
}

static void
test_channel_words (void)
{
  static const char *words[] = { "self", "assisted", "scan", "paper" };
  DcChannel channel;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_true (dc_channel_from_string (words[i], &channel));
    g_assert_cmpint (channel, ==, i);
    g_assert_cmpstr (dc_channel_to_string (i), ==, words[i]);
  }
  g_assert_false (dc_channel_from_string ("web", &channel));
  g_assert_false (dc_channel_from_string (NULL, &channel));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pledge/new/is-empty", test_new);
  g_test_add_func ("/pledge/ref/lives-until-the-last-one-goes", test_references);
  g_test_add_func ("/pledge/channel/has-a-word-for-each-value", test_channel_words);

  return g_test_run ();
}
