/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign.h"

#include <string.h>

/* Any bytes: either refused with a message that names the file, or a campaign
 * all of whose texts are there and within their bounds. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_text (const char *text,
            glong       max_chars)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), >=, 1);
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, max_chars);
  g_assert_null (strpbrk (text, "\n\r\t\033"));
}

static void
check_stories (DcCampaign *campaign,
               const char *language)
{
  g_assert_cmpuint (dc_campaign_get_n_stories (campaign), >=, 1);
  g_assert_cmpuint (dc_campaign_get_n_stories (campaign), <=, 8);
  for (guint i = 0; i < dc_campaign_get_n_stories (campaign); i++) {
    const char *source = dc_campaign_get_story_source (campaign, i, language);

    check_text (dc_campaign_get_story_picture (campaign, i), 64);
    check_text (dc_campaign_get_story_alt (campaign, i, language), 200);
    check_text (dc_campaign_get_story_heading (campaign, i, language), 70);
    check_text (dc_campaign_get_story_text (campaign, i, language), 220);
    if (source != NULL)
      check_text (source, 120);
  }
}

static void
check_presets (DcCampaign *campaign,
               gboolean    monthly,
               const char *language)
{
  gint64 before = dc_campaign_get_minimum (campaign)->minor - 1;

  for (guint i = 0; i < dc_campaign_get_n_presets (campaign, monthly); i++) {
    const DcPreset *preset = dc_campaign_get_preset (campaign, monthly, i);

    g_assert_cmpint (preset->amount.minor, >, before);
    g_assert_cmpint (preset->amount.minor, <=, dc_campaign_get_maximum (campaign)->minor);
    g_assert_cmpint (preset->cups.count > 0, ==, monthly);
    check_text (dc_campaign_get_preset_effect (campaign, monthly, i, language), 160);
    before = preset->amount.minor;
  }
  check_text (dc_campaign_get_other_effect (campaign, monthly, language), 160);
}

static void
check_language (DcCampaign *campaign,
                const char *language)
{
  g_auto (GStrv) missing = dc_campaign_list_missing (campaign, language);

  for (gsize i = 0; missing[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (missing[i], "campaign.ini: ["));

  check_text (dc_campaign_get_name (campaign, language), 60);
  check_text (dc_campaign_get_organisation (campaign, language), 80);
  check_text (dc_campaign_get_organisation_short (campaign, language), 24);
  check_text (dc_campaign_get_invitation (campaign, language), 80);
  check_text (dc_campaign_get_closing (campaign, language), 80);
  check_text (dc_campaign_get_giving_language (campaign, language), 12);
  check_stories (campaign, language);
  check_presets (campaign, TRUE, language);
  check_presets (campaign, FALSE, language);
  for (guint i = 0; i < dc_campaign_get_n_consents (campaign); i++) {
    check_text (dc_campaign_get_consent (campaign, i)->purpose, 32);
    check_text (dc_campaign_get_consent_text (campaign, i, language), 400);
  }
  for (DcNotice part = 0; part < DC_N_NOTICES; part++)
    check_text (dc_campaign_get_notice (campaign, part, language), 1200);
}

static void
check_campaign (DcCampaign *campaign)
{
  const char * const *languages = dc_campaign_get_languages (campaign);

  check_text (dc_campaign_get_id (campaign), 64);
  check_text (dc_campaign_get_currency (campaign), 3);
  check_text (dc_campaign_get_time_zone (campaign), 64);
  check_text (dc_campaign_get_organisation_email (campaign), 254);
  check_text (dc_campaign_get_giving_address (campaign), 25);
  g_assert_true (g_str_has_prefix (dc_campaign_get_giving_link (campaign), "https://"));
  g_assert_true (g_str_has_prefix (dc_campaign_get_appeal_link (campaign), "https://"));
  g_assert_cmpint (dc_campaign_get_price_of_a_cup (campaign)->minor, >, 0);
  g_assert_true (dc_campaign_is_demo (campaign) ==
                 (dc_campaign_get_demo_pin (campaign, TRUE) != NULL));
  for (gsize i = 0; dc_campaign_get_pictures (campaign)[i] != NULL; i++)
    g_assert_null (strchr (dc_campaign_get_pictures (campaign)[i], '/'));
  for (gsize i = 0; languages[i] != NULL; i++)
    check_language (campaign, languages[i]);
  check_language (campaign, "xx");
}

/* Who asks for every problem is told the one that the other was told first. */
static void
check_problems (const guint8 *data,
                gsize         size,
                const GError *error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DcCampaign) campaign = dc_campaign_check ((const char *) data, size, problems);

  g_assert_true ((campaign == NULL) == (error != NULL));
  g_assert_true ((campaign == NULL) == (problems->len > 0));
  for (guint i = 0; i < problems->len; i++) {
    g_assert_true (g_str_has_prefix (problems->pdata[i], "campaign.ini: "));
    g_assert_true (g_utf8_validate (problems->pdata[i], -1, NULL));
  }
  if (error != NULL)
    g_assert_cmpstr (problems->pdata[0], ==, error->message);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcCampaign) campaign = dc_campaign_new_from_data ((const char *) data, size, &error);

  g_assert_true ((campaign == NULL) == (error != NULL));
  if (campaign != NULL) {
    check_campaign (campaign);
  } else {
    g_assert_true (g_str_has_prefix (error->message, "campaign.ini: "));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_nonnull (strstr (error->message, "expected "));
  }
  check_problems (data, size, error);

  return 0;
}
