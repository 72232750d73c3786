/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-rules.h"

#include "dc-campaign.h"

static DcCampaign *
load_shipped (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "campaigns",
                                                 "migrants-day", "campaign.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  DcCampaign *campaign;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  campaign = dc_campaign_new_from_data (text, length, &error);
  g_assert_no_error (error);

  return campaign;
}

/* They stand on a ribbon that anybody can read. */
static void
test_demo (void)
{
  g_autoptr (DcCampaign) campaign = load_shipped ();

  for (gboolean coordinator = FALSE; coordinator <= TRUE; coordinator++) {
    const char *pin = dc_campaign_get_demo_pin (campaign, coordinator);

    g_assert_nonnull (pin);
    g_assert_true (dc_pin_rules_refuse (pin));
  }
}

static void
test_trivial (void)
{
  static const char * const refused[] = { "0000", "1234", "4321", "1111", "123456", "777777" };
  static const char * const taken[] = { "3916", "3918", "629406", "80537142", "7193" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_true (dc_pin_rules_refuse (refused[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    g_assert_false (dc_pin_rules_refuse (taken[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pin-rules/refuse-the-demonstration-s", test_demo);
  g_test_add_func ("/pin-rules/refuse-what-anybody-tries-first", test_trivial);

  return g_test_run ();
}
