/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-draft.h"

#include <string.h>

#include "dc-campaign.h"
#include "dc-test-pack.h"

static void
test_live (void)
{
  g_autofree char *draft = dc_campaign_draft_text (dc_test_campaign_text (), "winter");
  g_autoptr (GError) error = NULL;
  g_autoptr (DcCampaign) campaign = dc_campaign_new_from_data (draft, strlen (draft), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dc_campaign_get_id (campaign), ==, "winter");
  g_assert_false (dc_campaign_is_demo (campaign));
  g_assert_null (strstr (draft, "[Demo]"));
}

static void
test_keeps (void)
{
  static const char text[] = "# mine\n[Demo]\nVolunteerPin=1\n# gone with it\n[Campaign]\nId=a\n"
                             "# Demo=maybe\nDemo=true\n[Other]\nId=b\nDemo=c\n\n\n";
  g_autofree char *draft = dc_campaign_draft_text (text, "new");

  g_assert_cmpstr (draft, ==, "# mine\n[Campaign]\nId=new\n# Demo=maybe\nDemo=false\n[Other]\nId=b\nDemo=c\n");
}

static void
test_windows (void)
{
  g_autofree char *draft = dc_campaign_draft_text ("[Campaign]\r\nId=a\r\nDemo=true\r\n[Demo]\r\nX=1\r\n", "new");

  g_assert_cmpstr (draft, ==, "[Campaign]\r\nId=new\r\nDemo=false\r\n");
}

static void
test_addresses (void)
{
  static const char text[] = "# a@b.test\n[Giving]\nAddress=here\nName=no\nLink=https://x.test\n"
                             "[Notice]\nShort=Write to us, to whom you like and whenever you like, about all of it: a@b.test\n";
  g_auto (GStrv) lines = dc_campaign_draft_addresses (text);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, "campaign.ini:3: [Giving] Address=here");
  g_assert_cmpstr (lines[1], ==, "campaign.ini:5: [Giving] Link=https://x.test");
  g_assert_true (g_str_has_prefix (lines[2], "campaign.ini:7: [Notice] Short=Write to us"));
  g_assert_true (g_str_has_suffix (lines[2], "…"));
}

static void
test_id (void)
{
  static const char * const rows[][2] = {
    { "winter-2026", "winter-2026" },
    { "Winter 2026!", "winter-2026" },
    { "--a--b--", "a-b" },
    { "Été", "t" },
    { "日本", "campaign" },
    { "", "campaign" },
  };
  g_autofree char *long_name = g_strnfill (200, 'a');
  g_autofree char *cut = dc_campaign_draft_id (long_name);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *id = dc_campaign_draft_id (rows[i][0]);

    g_assert_cmpstr (id, ==, rows[i][1]);
  }
  g_assert_cmpuint (strlen (cut), ==, 64);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/office/campaign-draft/is-a-live-campaign", test_live);
  g_test_add_func ("/office/campaign-draft/changes-no-other-line", test_keeps);
  g_test_add_func ("/office/campaign-draft/keeps-the-line-ends-of-windows", test_windows);
  g_test_add_func ("/office/campaign-draft/names-each-line-with-an-address", test_addresses);
  g_test_add_func ("/office/campaign-draft/makes-an-id-of-a-folder-name", test_id);

  return g_test_run ();
}
