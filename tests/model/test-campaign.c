/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign.h"
#include "dc-test-pack.h"

#include <string.h>

static DcCampaign *
campaign_from (const char *text)
{
  g_autoptr (GError) error = NULL;
  DcCampaign *campaign = dc_campaign_new_from_data (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (campaign);

  return campaign;
}

static DcCampaign *
campaign_new (void)
{
  return campaign_from (dc_test_campaign_text ());
}

static DcCampaign *
campaign_with (const char *from,
               const char *to)
{
  g_autofree char *text = dc_test_replace (dc_test_campaign_text (), from, to);

  return campaign_from (text);
}

static void
test_campaign (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();
  const char * const *languages = dc_campaign_get_languages (campaign);

  g_assert_cmpstr (dc_campaign_get_id (campaign), ==, "migrants-day");
  g_assert_cmpstr (dc_campaign_get_name (campaign, "en"), ==, "International Migrants Day");
  g_assert_true (dc_campaign_is_demo (campaign));
  g_assert_cmpuint (g_strv_length ((char **) languages), ==, 3);
  g_assert_cmpstr (languages[0], ==, "en");
  g_assert_cmpstr (languages[2], ==, "es");
  g_assert_true (dc_campaign_has_language (campaign, "fr"));
  g_assert_false (dc_campaign_has_language (campaign, "de"));
  g_assert_false (dc_campaign_has_language (campaign, NULL));
  g_assert_cmpstr (dc_campaign_get_time_zone (campaign), ==, "Europe/Zurich");
  g_assert_cmpstr (dc_campaign_get_currency (campaign), ==, "CHF");
  g_assert_cmpint (dc_campaign_get_price_of_a_cup (campaign)->minor, ==, 420);
  g_assert_cmpuint (dc_campaign_get_minimum_age (campaign), ==, 18);
  g_assert_cmpuint (dc_campaign_get_reply_days (campaign), ==, 3);
  g_assert_cmpstr (dc_campaign_get_ends (campaign), ==, "2027-12-31");
  g_assert_cmpstr (dc_campaign_get_keep_until (campaign, DC_KEEP_COPIES), ==, "2028-06-30");
  g_assert_cmpstr (dc_campaign_get_keep_until (campaign, DC_KEEP_PLEDGES), ==, "2028-12-31");
}

static void
test_organisation (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();

  g_assert_cmpstr (dc_campaign_get_organisation (campaign, "en"), ==,
                   "International Service for Human Rights");
  g_assert_cmpstr (dc_campaign_get_organisation_short (campaign, "fr"), ==, "SIDH");
  g_assert_cmpstr (dc_campaign_get_organisation_email (campaign), ==, "info@example.org");
  g_assert_cmpstr (dc_campaign_get_organisation_phone (campaign), ==, "+41 22 919 71 00");
  g_assert_cmpstr (dc_campaign_get_organisation_website (campaign), ==, "https://example.org/");
  g_assert_cmpstr (dc_campaign_get_organisation_address (campaign, "es"), ==,
                   "Rue de Varembé 1, 1202 Ginebra");
  g_assert_cmpstr (dc_campaign_get_coordinator (campaign, "fr"), ==, "Ana, au bureau");
  g_assert_cmpstr (dc_campaign_get_coordinator_phone (campaign), ==, "+41 79 000 00 00");
  g_assert_cmpstr (dc_campaign_get_logo (campaign), ==, "logo.svg");
}

static void
test_appeal (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();

  g_assert_cmpstr (dc_campaign_get_invitation (campaign, "fr"), ==,
                   "Un café par semaine. Une voix entendue.");
  g_assert_cmpstr (dc_campaign_get_closing (campaign, "en"), ==, "Because no human is illegal.");
  g_assert_cmpuint (dc_campaign_get_n_stories (campaign), ==, 2);
  g_assert_cmpstr (dc_campaign_get_story_picture (campaign, 0), ==, "story-cup.svg");
  g_assert_cmpstr (dc_campaign_get_story_alt (campaign, 1, "es"), ==, "Un puente");
  g_assert_cmpstr (dc_campaign_get_story_heading (campaign, 0, "fr"), ==, "Une tasse");
  g_assert_cmpstr (dc_campaign_get_story_text (campaign, 1, "en"), ==, "We build bridges.");
  g_assert_cmpstr (dc_campaign_get_story_source (campaign, 0, "fr"), ==, "L’appel");
  g_assert_null (dc_campaign_get_story_source (campaign, 1, "fr"));
}

static void
test_giving (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();

  g_assert_cmpstr (dc_campaign_get_giving_address (campaign), ==, "give.example.org");
  g_assert_cmpstr (dc_campaign_get_giving_link (campaign), ==,
                   "https://give.example.org/{language}{/interval,amount,reference}");
  g_assert_cmpstr (dc_campaign_get_appeal_link (campaign), ==, "https://example.org/{language}");
  g_assert_cmpstr (dc_campaign_get_film_link (campaign), ==, "https://example.org/film/{language}");
  g_assert_cmpstr (dc_campaign_get_giving_language (campaign, "fr"), ==, "fr");
  g_assert_cmpstr (dc_campaign_get_giving_language (campaign, "es"), ==, "en");
  g_assert_cmpstr (dc_campaign_get_giving_language (campaign, NULL), ==, "en");
}

static void
test_amounts (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();
  const DcPreset *preset;

  g_assert_cmpint (dc_campaign_get_minimum (campaign)->minor, ==, 500);
  g_assert_cmpint (dc_campaign_get_maximum (campaign)->minor, ==, 500000);
  g_assert_null (dc_campaign_get_goal (campaign));
  g_assert_cmpuint (dc_campaign_get_n_presets (campaign, TRUE), ==, 2);
  g_assert_cmpuint (dc_campaign_get_n_presets (campaign, FALSE), ==, 2);

  preset = dc_campaign_get_preset (campaign, TRUE, 1);
  g_assert_cmpuint (preset->cups.count, ==, 1);
  g_assert_cmpint (preset->cups.period, ==, DC_CUP_PERIOD_DAY);
  g_assert_cmpint (preset->amount.minor, ==, 12700);
  preset = dc_campaign_get_preset (campaign, FALSE, 1);
  g_assert_cmpuint (preset->cups.count, ==, 0);
  g_assert_cmpint (preset->amount.minor, ==, 5050);
  g_assert_cmpstr (preset->amount.currency, ==, "CHF");

  g_assert_cmpstr (dc_campaign_get_preset_effect (campaign, TRUE, 0, "en"), ==,
                   "helps a defender to be heard");
  g_assert_cmpstr (dc_campaign_get_preset_effect (campaign, FALSE, 0, "fr"), ==,
                   "paie une heure de conseil");
  g_assert_cmpstr (dc_campaign_get_other_effect (campaign, TRUE, "en"), ==,
                   "Every franc keeps a door open.");
  g_assert_cmpstr (dc_campaign_get_other_effect (campaign, FALSE, "es"), ==,
                   "Cada donación cuenta.");
}

static void
test_consents (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();
  const DcConsentAsked *details, *newsletter;

  g_assert_cmpuint (dc_campaign_get_n_consents (campaign), ==, 2);
  details = dc_campaign_get_consent (campaign, 0);
  newsletter = dc_campaign_get_consent (campaign, 1);
  g_assert_cmpstr (details->purpose, ==, "details");
  g_assert_true (details->required);
  g_assert_cmpint (details->shown, ==, DC_CONSENT_ALWAYS);
  g_assert_cmpstr (newsletter->purpose, ==, "newsletter");
  g_assert_cmpuint (newsletter->version, ==, 2);
  g_assert_cmpint (newsletter->shown, ==, DC_CONSENT_EMAIL);
  g_assert_false (newsletter->required);
  g_assert_cmpstr (dc_campaign_get_consent_text (campaign, 1, "es"), ==, "Envíenme el boletín.");
}

static void
test_consent_shown (void)
{
  g_autoptr (DcCampaign) phone = campaign_with ("Shown=email", "Shown=phone");
  g_autoptr (DcCampaign) post = campaign_with ("Shown=email", "Shown=post");

  g_assert_cmpint (dc_campaign_get_consent (phone, 1)->shown, ==, DC_CONSENT_PHONE);
  g_assert_cmpint (dc_campaign_get_consent (post, 1)->shown, ==, DC_CONSENT_POST);
}

static void
test_notice (void)
{
  static const char *texts[DC_N_NOTICES] = {
    [DC_NOTICE_SHORT] = "We keep what you type to write to you about this promise.",
    [DC_NOTICE_CONTROLLER] = "ISHR",
    [DC_NOTICE_DATA_PROTECTION] = "privacy@example.org",
    [DC_NOTICE_PURPOSES] = "To write to you (your consent).",
    [DC_NOTICE_RECIPIENTS] = "Nobody else; Switzerland.",
    [DC_NOTICE_RETENTION] = "Two years.",
    [DC_NOTICE_RIGHTS] = "See, correct, erase, move.",
    [DC_NOTICE_WITHDRAWAL] = "Write to us.",
    [DC_NOTICE_AUTHORITY] = "The FDPIC in Bern.",
    [DC_NOTICE_VOLUNTARY] = "You need not tell us anything.",
  };
  g_autoptr (DcCampaign) campaign = campaign_new ();

  g_assert_cmpuint (dc_campaign_get_notice_version (campaign), ==, 1);
  for (DcNotice part = 0; part < DC_N_NOTICES; part++)
    g_assert_cmpstr (dc_campaign_get_notice (campaign, part, "en"), ==, texts[part]);
}

static void
test_demo (void)
{
  g_autoptr (DcCampaign) demo = campaign_new ();
  g_autofree char *undone = dc_test_replace (dc_test_campaign_text (), "Demo=true", "Demo=false");
  g_autofree char *text = g_strndup (undone, (gsize) (strstr (undone, "[Demo]") - undone));
  g_autoptr (DcCampaign) live = campaign_from (text);

  g_assert_cmpstr (dc_campaign_get_demo_pin (demo, FALSE), ==, "2468");
  g_assert_cmpstr (dc_campaign_get_demo_pin (demo, TRUE), ==, "135790");
  g_assert_false (dc_campaign_is_demo (live));
  g_assert_null (dc_campaign_get_demo_pin (live, FALSE));
  g_assert_null (dc_campaign_get_demo_pin (live, TRUE));
}

static void
test_fallback (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();

  g_assert_cmpstr (dc_campaign_get_story_heading (campaign, 0, "es"), ==, "A cup");
  g_assert_cmpstr (dc_campaign_get_name (campaign, "de"), ==, "International Migrants Day");
  g_assert_cmpstr (dc_campaign_get_name (campaign, NULL), ==, "International Migrants Day");
}

static void
test_missing (void)
{
  static const char *expected[] = {
    "campaign.ini: [Story 1] Heading[es]", "campaign.ini: [Story 1] Text[es]",
    "campaign.ini: [Story 2] Heading[es]", "campaign.ini: [Story 2] Text[es]", NULL,
  };
  g_autoptr (DcCampaign) campaign = campaign_new ();
  g_auto (GStrv) spanish = dc_campaign_list_missing (campaign, "es");
  g_auto (GStrv) french = dc_campaign_list_missing (campaign, "fr");
  g_auto (GStrv) english = dc_campaign_list_missing (campaign, "en");
  g_auto (GStrv) german = dc_campaign_list_missing (campaign, "de");

  g_assert_cmpstrv (spanish, expected);
  g_assert_cmpuint (g_strv_length (french), ==, 0);
  g_assert_cmpuint (g_strv_length (english), ==, 0);
  g_assert_cmpuint (g_strv_length (german), ==, 0);
}

static void
test_missing_optional (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with ("Source[fr]=L’appel\n", "");
  g_auto (GStrv) french = dc_campaign_list_missing (campaign, "fr");

  g_assert_cmpuint (g_strv_length (french), ==, 1);
  g_assert_cmpstr (french[0], ==, "campaign.ini: [Story 1] Source[fr]");
}

static void
test_pictures (void)
{
  static const char *expected[] = { "logo.svg", "story-cup.svg", "story-bridge.png", NULL };
  g_autoptr (DcCampaign) campaign = campaign_new ();
  g_autoptr (DcCampaign) same = campaign_with ("story-bridge.png", "story-cup.svg");

  g_assert_cmpstrv (dc_campaign_get_pictures (campaign), expected);
  g_assert_cmpuint (g_strv_length ((char **) dc_campaign_get_pictures (same)), ==, 2);
}

static void
test_optional (void)
{
  static const char *left_out[] = {
    "Ends=2027-12-31\n", "CopiesUntil=2028-06-30\n", "PledgesUntil=2028-12-31\n",
    "Phone=+41 22 919 71 00\n", "Website=https://example.org/\n",
    "Coordinator=Ana, at the office\n", "Coordinator[fr]=Ana, au bureau\n",
    "Coordinator[es]=Ana, en la oficina\n", "CoordinatorPhone=+41 79 000 00 00\n",
    "Film=https://example.org/film/{language}\n",
    "Address=Rue de Varembé 1, 1202 Genève\n", "Address[fr]=Rue de Varembé 1, 1202 Genève\n",
    "Address[es]=Rue de Varembé 1, 1202 Ginebra\n",
  };
  g_autofree char *text = g_strdup (dc_test_campaign_text ());
  g_autoptr (DcCampaign) campaign = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (left_out); i++) {
    g_autofree char *before = g_steal_pointer (&text);

    text = dc_test_replace (before, left_out[i], "");
  }
  campaign = campaign_from (text);
  g_assert_null (dc_campaign_get_ends (campaign));
  g_assert_null (dc_campaign_get_keep_until (campaign, DC_KEEP_COPIES));
  g_assert_null (dc_campaign_get_keep_until (campaign, DC_KEEP_PLEDGES));
  g_assert_null (dc_campaign_get_organisation_phone (campaign));
  g_assert_null (dc_campaign_get_organisation_website (campaign));
  g_assert_null (dc_campaign_get_coordinator (campaign, "fr"));
  g_assert_null (dc_campaign_get_coordinator_phone (campaign));
  g_assert_null (dc_campaign_get_organisation_address (campaign, "fr"));
  g_assert_null (dc_campaign_get_film_link (campaign));
}

/* What Windows editors make of the file. */
static void
test_windows (void)
{
  g_autofree char *lines = dc_test_replace (dc_test_campaign_text (), "\n", "\r\n");
  g_autofree char *text = g_strconcat ("\xef\xbb\xbf", lines, NULL);
  g_autoptr (DcCampaign) campaign = campaign_from (text);

  g_assert_cmpstr (dc_campaign_get_id (campaign), ==, "migrants-day");
  g_assert_cmpstr (dc_campaign_get_closing (campaign, "en"), ==, "Because no human is illegal.");
}

static void
test_layout (void)
{
  g_autofree char *text = g_strconcat ("# a comment\n\n  # another\n", dc_test_campaign_text (), NULL);
  g_autofree char *spaced = dc_test_replace (text, "Id=migrants-day", "  Id = migrants-day");
  g_autoptr (DcCampaign) campaign = campaign_from (spaced);

  g_assert_cmpstr (dc_campaign_get_id (campaign), ==, "migrants-day");
}

/* "€" is three bytes; limits are in characters. */
static void
test_longest_texts (void)
{
  g_autoptr (GString) sixty = g_string_new ("Name=");
  g_autoptr (DcCampaign) campaign = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append (sixty, "€");
  campaign = campaign_with ("Name=International Migrants Day", sixty->str);
  g_assert_cmpint (g_utf8_strlen (dc_campaign_get_name (campaign, "en"), -1), ==, 60);
}

static void
test_other_values (void)
{
  g_autoptr (DcCampaign) tags = campaign_with ("Languages=en;fr\n", "Languages=pt-BR;zh-Hant;es-419;\n");
  g_autoptr (DcCampaign) utc = campaign_with ("TimeZone=Europe/Zurich", "TimeZone=UTC");
  g_autoptr (DcCampaign) slash = campaign_with ("example.org/{language}{/interval",
                                                "example.org:8443{/language,interval");
  g_autoptr (DcCampaign) query = campaign_with ("Link=https://give.example.org/{language}{/interval,amount,reference}",
                                                "Link=https://g.example{?campaign,currency}{&amount}{#interval}");

  g_assert_cmpstr (dc_campaign_get_giving_language (tags, "zh-Hant"), ==, "zh-Hant");
  g_assert_cmpstr (dc_campaign_get_giving_language (tags, "en"), ==, "pt-BR");
  g_assert_cmpstr (dc_campaign_get_time_zone (utc), ==, "UTC");
  g_assert_true (g_str_has_suffix (dc_campaign_get_giving_link (slash), "amount,reference}"));
  g_assert_true (g_str_has_suffix (dc_campaign_get_giving_link (query), "{#interval}"));
}

static void
test_wrong_index (void)
{
  g_autoptr (DcCampaign) campaign = campaign_new ();

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*story < self->n_stories*");
  g_assert_null (dc_campaign_get_story_text (campaign, 2, "en"));
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*preset < presets_of*");
  g_assert_null (dc_campaign_get_preset (campaign, TRUE, 2));
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*consent < self->n_consents*");
  g_assert_null (dc_campaign_get_consent (campaign, 2));
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/campaign/reads/the-campaign", test_campaign);
  g_test_add_func ("/campaign/reads/the-organisation", test_organisation);
  g_test_add_func ("/campaign/reads/the-appeal-and-its-stories", test_appeal);
  g_test_add_func ("/campaign/reads/the-giving-page", test_giving);
  g_test_add_func ("/campaign/reads/amounts-and-prices-cups", test_amounts);
  g_test_add_func ("/campaign/reads/consents-in-the-order-of-the-file", test_consents);
  g_test_add_func ("/campaign/reads/to-whom-a-consent-is-shown", test_consent_shown);
  g_test_add_func ("/campaign/reads/the-notice", test_notice);
  g_test_add_func ("/campaign/reads/pins-of-a-demonstration-only", test_demo);
  g_test_add_func ("/campaign/reads/other-languages-zones-and-links", test_other_values);
  g_test_add_func ("/campaign/language/falls-back-to-the-first", test_fallback);
  g_test_add_func ("/campaign/language/lists-what-is-missing", test_missing);
  g_test_add_func ("/campaign/language/lists-missing-optional-texts", test_missing_optional);
  g_test_add_func ("/campaign/pictures/are-each-named-once", test_pictures);
  g_test_add_func ("/campaign/file/may-leave-out-what-is-optional", test_optional);
  g_test_add_func ("/campaign/file/may-come-from-windows", test_windows);
  g_test_add_func ("/campaign/file/may-have-comments-and-blanks", test_layout);
  g_test_add_func ("/campaign/file/counts-characters-not-bytes", test_longest_texts);
  g_test_add_func ("/campaign/getter/refuses-an-index-past-the-end", test_wrong_index);

  return g_test_run ();
}
