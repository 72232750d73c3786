/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-giving-link.h"

#include <string.h>

#include "dc-symbol.h"
#include "dc-test-pack.h"

#define LINK   "Link=https://give.example.org/{language}{/interval,amount,reference}"
#define APPEAL "Appeal=https://example.org/{language}"
#define FILM   "Film=https://example.org/film/{language}"

static DcCampaign *
campaign_with (const char *from,
               const char *to)
{
  g_autofree char *text = dc_test_replace (dc_test_campaign_text (), from, to);
  g_autoptr (GError) error = NULL;
  DcCampaign *campaign = dc_campaign_new_from_data (text, strlen (text), &error);

  g_assert_no_error (error);

  return campaign;
}

static DcMoney
francs (const char *decimal)
{
  DcMoney money;

  g_assert_true (dc_money_parse (&money, decimal, "CHF", NULL));

  return money;
}

static void
assert_link (DcCampaign    *campaign,
             const char    *language,
             const DcMoney *amount,
             DcFrequency    frequency,
             const char    *reference,
             const char    *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *link = dc_giving_link_new (campaign, language, amount, frequency, reference,
                                              &error);

  g_assert_no_error (error);
  g_assert_cmpstr (link, ==, expected);
}

static void
test_path (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (LINK, LINK);
  DcMoney whole = francs ("18");
  DcMoney broken = francs ("18.5");

  assert_link (campaign, "fr", &whole, DC_FREQUENCY_MONTHLY, "RF34K7Q29WXM4T",
               "https://give.example.org/fr/monthly/18/RF34K7Q29WXM4T");
  assert_link (campaign, "en", &broken, DC_FREQUENCY_ONCE, NULL,
               "https://give.example.org/en/once/18.50");
  assert_link (campaign, "en", &broken, DC_FREQUENCY_YEARLY, NULL,
               "https://give.example.org/en/yearly/18.50");
}

/* The welcome page: no amount, so no interval that would stand in its place. */
static void
test_asks_for_nothing (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (LINK, LINK);
  g_autoptr (DcCampaign) query = campaign_with (
    LINK, "Link=https://give.example.org/{?interval,currency,campaign}");

  assert_link (campaign, "en", NULL, DC_FREQUENCY_MONTHLY, NULL, "https://give.example.org/en");
  assert_link (query, "en", NULL, DC_FREQUENCY_MONTHLY, NULL,
               "https://give.example.org/?campaign=migrants-day");
}

/* The page speaks en and fr; the kiosk also speaks es. */
static void
test_language_of_the_page (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (LINK, LINK);

  assert_link (campaign, "es", NULL, DC_FREQUENCY_ONCE, NULL, "https://give.example.org/en");
  assert_link (campaign, "fr", NULL, DC_FREQUENCY_ONCE, NULL, "https://give.example.org/fr");
}

static void
test_every_variable (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (
    LINK, "Link=https://g.example/{?language,interval,amount,currency,reference,campaign}");
  DcMoney amount = francs ("4999.95");

  assert_link (campaign, "fr", &amount, DC_FREQUENCY_MONTHLY, "RF34K7Q29WXM4T",
               "https://g.example/?language=fr&interval=monthly&amount=4999.95&currency=CHF"
               "&reference=RF34K7Q29WXM4T&campaign=migrants-day");
}

static void
test_appeal_and_film (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (FILM, "Film=https://example.org/{campaign}/film");
  g_autofree char *appeal = dc_appeal_link_new (campaign, "es", FALSE, NULL);
  g_autofree char *film = dc_appeal_link_new (campaign, "es", TRUE, NULL);

  g_assert_cmpstr (appeal, ==, "https://example.org/es");
  g_assert_cmpstr (film, ==, "https://example.org/migrants-day/film");
}

static void
test_no_film (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (FILM "\n", "");
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_appeal_link_new (campaign, "en", TRUE, &error));
  g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_EMPTY);
  g_assert_nonnull (strstr (error->message, "[Giving] Film"));
  g_clear_error (&error);
  g_assert_true (dc_giving_link_check (campaign, &error));
  g_assert_no_error (error);
}

static void
test_check_accepts (void)
{
  g_autoptr (DcCampaign) campaign = campaign_with (LINK, LINK);
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_giving_link_check (campaign, &error));
  g_assert_no_error (error);
}

static void
test_check_accepts_ours (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "campaigns",
                                                 "migrants-day", "campaign.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (DcCampaign) campaign = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  campaign = dc_campaign_new_from_data (text, length, &error);
  g_assert_no_error (error);
  g_assert_true (dc_giving_link_check (campaign, &error));
  g_assert_no_error (error);
}

static void
assert_check_refuses (const char *from,
                      const char *to,
                      int         code,
                      const char *prefix)
{
  g_autoptr (DcCampaign) campaign = campaign_with (from, to);
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_giving_link_check (campaign, &error));
  g_assert_error (error, DC_QR_ERROR, code);
  if (!g_str_has_prefix (error->message, prefix))
    g_error ("“%s” does not begin with “%s”", error->message, prefix);
}

/* "https://" … "/fr/monthly/4999.99/RF………": 62 bytes fit version 4 and 63 do
 * not. The host is as long as leaves just that. */
static void
test_check_is_exact (void)
{
  for (guint spare = 0; spare < 2; spare++) {
    g_autofree char *host = g_strnfill (62 + spare - strlen ("https:///fr/monthly/4999.99/")
                                        - 14, 'h');
    g_autofree char *link = g_strdup_printf ("Link=https://%s/{language}{/interval,amount,reference}",
                                             host);

    if (spare == 0) {
      g_autoptr (DcCampaign) campaign = campaign_with (LINK, link);
      g_autoptr (GError) error = NULL;

      g_assert_true (dc_giving_link_check (campaign, &error));
      g_assert_no_error (error);
    } else {
      assert_check_refuses (LINK, link, DC_QR_ERROR_TOO_LONG,
                            "campaign.ini: [Giving] Link: found “https://h");
    }
  }
}

/* Only one of the languages makes it too long. */
static void
test_check_looks_at_every_language (void)
{
  g_autofree char *host = g_strnfill (62 - strlen ("https:///en/monthly/4999.99/") - 14, 'h');
  g_autofree char *link = g_strdup_printf ("Link=https://%s/{language}{/interval,amount,reference}",
                                           host);
  g_autofree char *page = dc_test_replace (dc_test_campaign_text (), "Languages=en;fr\n",
                                           "Languages=en;fr;es\n");
  g_autofree char *list = dc_test_replace (page, "en;fr;es", "en;fr;es-419");
  g_autofree char *texts = dc_test_replace (list, "[es]", "[es-419]");
  g_autofree char *whole = dc_test_replace (texts, LINK, link);
  g_autoptr (DcCampaign) campaign = NULL;
  g_autoptr (GError) error = NULL;

  campaign = dc_campaign_new_from_data (whole, strlen (whole), &error);
  g_assert_no_error (error);
  g_assert_false (dc_giving_link_check (campaign, &error));
  g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "/es-419/"));
}

static void
test_check_reads_templates (void)
{
  assert_check_refuses (LINK, "Link=https://give.example.org/a'b", DC_QR_ERROR_TEMPLATE,
                        "campaign.ini: [Giving] Link: ");
  assert_check_refuses (APPEAL, "Appeal=https://example.org/%4", DC_QR_ERROR_TEMPLATE,
                        "campaign.ini: [Giving] Appeal: ");
  assert_check_refuses (FILM, "Film=https://example.org/it's", DC_QR_ERROR_TEMPLATE,
                        "campaign.ini: [Giving] Film: ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/giving-link/names-interval-amount-and-reference", test_path);
  g_test_add_func ("/giving-link/asks-for-nothing-without-an-amount", test_asks_for_nothing);
  g_test_add_func ("/giving-link/is-in-a-language-of-the-page", test_language_of_the_page);
  g_test_add_func ("/giving-link/knows-every-variable", test_every_variable);
  g_test_add_func ("/giving-link/leads-to-appeal-and-film", test_appeal_and_film);
  g_test_add_func ("/giving-link/does-without-a-film", test_no_film);
  g_test_add_func ("/giving-link/check-accepts-a-short-link", test_check_accepts);
  g_test_add_func ("/giving-link/check-accepts-the-campaign-that-ships", test_check_accepts_ours);
  g_test_add_func ("/giving-link/check-is-exact-at-version-4", test_check_is_exact);
  g_test_add_func ("/giving-link/check-looks-at-every-language", test_check_looks_at_every_language);
  g_test_add_func ("/giving-link/check-refuses-what-is-no-template", test_check_reads_templates);

  return g_test_run ();
}
