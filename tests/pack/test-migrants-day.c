/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack.h"

#include <string.h>

#include <gio/gio.h>
#include <librsvg/rsvg.h>

#include "dc-giving-link.h"
#include "dc-pin.h"

/* The pack that ships, as it ships: what a charity would proofread. */

static DcPack *pack;
static DcCampaign *campaign;

static char *
pack_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", "campaigns", "migrants-day", name, NULL);
}

typedef void (*TextFunc) (const char *where,
                          const char *language,
                          const char *text);

/* Every value of campaign.ini; @language is that of the key. */
static void
each_text (TextFunc func)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *path = pack_path ("campaign.ini");
  g_auto (GStrv) groups = NULL;
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (keys, path, G_KEY_FILE_KEEP_TRANSLATIONS, &error);
  g_assert_no_error (error);

  groups = g_key_file_get_groups (keys, NULL);
  for (gsize i = 0; groups[i] != NULL; i++) {
    g_auto (GStrv) names = g_key_file_get_keys (keys, groups[i], NULL, NULL);

    for (gsize j = 0; names[j] != NULL; j++) {
      g_autofree char *where = g_strdup_printf ("[%s] %s", groups[i], names[j]);
      g_autofree char *text = g_key_file_get_string (keys, groups[i], names[j], &error);
      const char *bracket = strchr (names[j], '[');
      g_autofree char *language = bracket != NULL ? g_strndup (bracket + 1, strlen (bracket) - 2)
                                                  : g_strdup ("en");

      g_assert_no_error (error);
      func (where, language, text);
    }
  }
}

static void
test_complete (void)
{
  const char * const *languages = dc_campaign_get_languages (campaign);
  const char * const expected[] = { "en", "fr", "es", NULL };

  g_assert_true (g_strv_equal (languages, expected));
  for (gsize i = 0; languages[i] != NULL; i++) {
    g_auto (GStrv) missing = dc_campaign_list_missing (campaign, languages[i]);

    g_assert_cmpstrv (missing, ((const char * const []) { NULL }));
  }
}

/* Two languages with the same text: a translation somebody forgot. */
static void
test_translated (void)
{
  const char * const *languages = dc_campaign_get_languages (campaign);

  for (gsize i = 0; languages[i] != NULL; i++) {
    for (gsize j = 0; j < i; j++) {
      for (guint s = 0; s < dc_campaign_get_n_stories (campaign); s++) {
        g_assert_cmpstr (dc_campaign_get_story_text (campaign, s, languages[i]), !=,
                         dc_campaign_get_story_text (campaign, s, languages[j]));
        g_assert_cmpstr (dc_campaign_get_story_heading (campaign, s, languages[i]), !=,
                         dc_campaign_get_story_heading (campaign, s, languages[j]));
      }
      for (guint n = 0; n < DC_N_NOTICES; n++)
        g_assert_cmpstr (dc_campaign_get_notice (campaign, n, languages[i]), !=,
                         dc_campaign_get_notice (campaign, n, languages[j]));
    }
  }
}

static void
test_headings_short (void)
{
  const char * const *languages = dc_campaign_get_languages (campaign);

  for (gsize i = 0; languages[i] != NULL; i++) {
    for (guint s = 0; s < dc_campaign_get_n_stories (campaign); s++)
      g_assert_cmpint (g_utf8_strlen (dc_campaign_get_story_heading (campaign, s, languages[i]), -1),
                       <=, 45);
  }
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", text, 0, 0);

  return g_strv_length (words);
}

static void
test_short_notice (void)
{
  const char * const *languages = dc_campaign_get_languages (campaign);

  for (gsize i = 0; languages[i] != NULL; i++) {
    const char *notice = dc_campaign_get_notice (campaign, DC_NOTICE_SHORT, languages[i]);

    g_assert_cmpuint (count_words (notice), >, 20);
    g_assert_cmpuint (count_words (notice), <=, 80);
    g_assert_nonnull (strstr (notice, "data-protection@example.org"));
  }
}

/* The figures are those of 2018, and the sentence says so. */
static void
test_figures_dated (void)
{
  const char * const *languages = dc_campaign_get_languages (campaign);
  guint n_figures = 0;

  for (gsize i = 0; languages[i] != NULL; i++) {
    for (guint s = 0; s < dc_campaign_get_n_stories (campaign); s++) {
      const char *text = dc_campaign_get_story_text (campaign, s, languages[i]);
      g_auto (GStrv) sentences = g_strsplit (text, ". ", -1);

      for (gsize n = 0; sentences[n] != NULL; n++) {
        if (!g_regex_match_simple ("\\d", sentences[n], 0, 0))
          continue;
        n_figures++;
        g_assert_nonnull (strstr (sentences[n], "2018"));
      }
    }
  }
  /* the numbers of people, the programme, the report: in each language */
  g_assert_cmpuint (n_figures, ==, 3 * g_strv_length ((char **) languages));
}

static void
check_typography (const char *where,
                  const char *language,
                  const char *text)
{
  g_test_message ("%s: %s", where, text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_false (g_regex_match_simple ("[\"'`]", text, 0, 0));
  g_assert_null (strstr (text, "  "));
  g_assert_null (strstr (text, "..."));
  g_assert_null (strstr (text, " ,"));
  g_assert_false (g_regex_match_simple ("^\\s|\\s$", text, 0, 0));
}

static void
test_typography (void)
{
  each_text (check_typography);
}

/* Imprimerie nationale: a no-break space inside guillemets and before
 * the double signs; other languages have none before a sign. */
static void
check_spaces (const char *where,
              const char *language,
              const char *text)
{
  const char *unlike = g_str_equal (language, "fr")
                         ? "(?<![\\x{a0}\\x{202f}])[;:!?»]|«(?!\\x{202f})"
                         : "[\\s][;:!?»]|[«¿¡][\\s]";

  g_test_message ("%s: %s", where, text);
  if (strstr (text, "://") == NULL && strchr (text, ' ') != NULL)
    g_assert_false (g_regex_match_simple (unlike, text, 0, 0));
}

static void
test_spaces (void)
{
  each_text (check_spaces);
}

static void
test_quotation (void)
{
  guint last = dc_campaign_get_n_stories (campaign) - 1;

  g_assert_cmpstr (dc_campaign_get_story_text (campaign, last, "en"), ==,
                   "“Although no State is bound to accept every person who arrives at its "
                   "borders, all human beings are bound by the imperative of compassion.”");
  for (const char * const *l = dc_campaign_get_languages (campaign); *l != NULL; l++) {
    const char *source = dc_campaign_get_story_source (campaign, last, *l);

    g_assert_true (g_str_has_prefix (source, "Michelle Bachelet"));
    g_assert_nonnull (strstr (source, "2018"));
  }
  g_assert_cmpstr (dc_campaign_get_closing (campaign, "en"), ==, "Because no human is illegal.");
}

/* Supporting the cause reveals convictions: asked first, of everyone, and
 * nothing is kept without it. No other consent is a condition. */
static void
test_consents (void)
{
  const char * const purposes[] = { "views", "newsletter", "calls", "post" };
  const DcConsentShown shown[] = {
    DC_CONSENT_ALWAYS, DC_CONSENT_EMAIL, DC_CONSENT_PHONE, DC_CONSENT_POST,
  };

  g_assert_cmpuint (dc_campaign_get_n_consents (campaign), ==, G_N_ELEMENTS (purposes));
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++) {
    const DcConsentAsked *asked = dc_campaign_get_consent (campaign, i);

    g_assert_cmpstr (asked->purpose, ==, purposes[i]);
    g_assert_cmpint (asked->shown, ==, shown[i]);
    g_assert_cmpint (asked->required, ==, i == 0);
  }
}

static void
test_demo (void)
{
  g_assert_true (dc_campaign_is_demo (campaign));
  for (gboolean coordinator = FALSE; coordinator <= TRUE; coordinator++) {
    const char *pin = dc_campaign_get_demo_pin (campaign, coordinator);

    g_assert_true (dc_pin_well_formed (pin));
    g_assert_false (dc_pin_is_trivial (pin));
    g_assert_cmpuint (strlen (pin), <=, 6);
  }
}

/* A demonstration reaches no one: RFC 2606 keeps example.org for that. */
static void
check_host (const char *where,
            const char *language,
            const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) host = g_regex_new ("(?:https://|@)([A-Za-z0-9.-]*[A-Za-z0-9])", 0, 0, NULL);

  g_regex_match (host, text, 0, &match);
  while (g_match_info_matches (match)) {
    g_autofree char *name = g_match_info_fetch (match, 1);

    g_test_message ("%s: %s", where, name);
    g_assert_true (g_str_equal (name, "example.org") || g_str_has_suffix (name, ".example.org"));
    g_match_info_next (match, NULL);
  }
}

static void
test_addresses (void)
{
  const char *address = dc_campaign_get_giving_address (campaign);

  each_text (check_host);
  g_assert_cmpuint (strlen (address), <=, 25);
  g_assert_true (g_str_has_suffix (address, ".example.org"));
}

static void
test_codes_small (void)
{
  g_autoptr (GError) error = NULL;

  dc_giving_link_check (campaign, &error);
  g_assert_no_error (error);
}

/* Draws; fatal-warnings of the test environment makes a warning fail. */
static void
render (const char *name,
        GBytes     *svg,
        gboolean    covers)
{
  g_autoptr (GError) error = NULL;
  RsvgHandle *handle;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 300, 160);
  cairo_t *cr = cairo_create (surface);
  const RsvgRectangle viewport = { 0, 0, 300, 160 };
  gsize size;
  const guint8 *data = g_bytes_get_data (svg, &size);
  const guint8 *pixels;
  guint painted = 0;

  g_test_message ("%s", name);
  g_assert_cmpuint (size, <, 30 * 1024);
  handle = rsvg_handle_new_from_data (data, size, &error);
  g_assert_no_error (error);
  rsvg_handle_render_document (handle, cr, &viewport, &error);
  g_assert_no_error (error);
  cairo_surface_flush (surface);

  pixels = cairo_image_surface_get_data (surface);
  for (gsize i = 0; i < 300 * 160; i++)
    painted += ((const guint32 *) (const void *) pixels)[i] >> 24 == 0xff;
  g_assert_cmpuint (painted, >=, covers ? 300 * 160 : 300 * 160 / 10);

  g_object_unref (handle);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Nothing that runs, reaches out, needs a font or is costly to draw. */
static void
check_plain (const char *name,
             GBytes     *svg)
{
  const char * const never[] = {
    "<script", "<filter", "<image", "<text", "<foreignObject", "<style", "<use", "href", "url(",
    "<!ENTITY", "<!DOCTYPE",
  };
  gsize size;
  const char *data = g_bytes_get_data (svg, &size);
  g_autofree char *text = g_strndup (data, size);

  for (guint i = 0; i < G_N_ELEMENTS (never); i++) {
    g_test_message ("%s: %s", name, never[i]);
    g_assert_null (strstr (text, never[i]));
  }
}

static void
test_pictures (void)
{
  const char * const *names = dc_campaign_get_pictures (campaign);

  g_assert_cmpuint (g_strv_length ((char **) names), ==, dc_campaign_get_n_stories (campaign) + 1);
  for (gsize i = 0; names[i] != NULL; i++) {
    GBytes *svg = dc_pack_get_file (pack, names[i]);

    g_assert_nonnull (svg);
    check_plain (names[i], svg);
    render (names[i], svg, g_str_has_prefix (names[i], "story-"));
  }
}

static void
test_drawings (void)
{
  const char * const names[] = { "hope.svg", "thanks.svg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "ui", "drawings",
                                                   names[i], NULL);
    g_autoptr (GBytes) svg = NULL;
    g_autoptr (GError) error = NULL;
    char *data = NULL;
    gsize size = 0;

    g_file_get_contents (path, &data, &size, &error);
    g_assert_no_error (error);
    svg = g_bytes_new_take (data, size);
    check_plain (names[i], svg);
    render (names[i], svg, g_str_equal (names[i], "hope.svg"));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *directory = NULL;
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  directory = pack_path (NULL);
  pack = dc_pack_load (directory, &error);
  g_assert_no_error (error);
  campaign = dc_pack_get_campaign (pack);

  g_test_add_func ("/migrants-day/is-complete-in-each-language", test_complete);
  g_test_add_func ("/migrants-day/is-translated-not-repeated", test_translated);
  g_test_add_func ("/migrants-day/tempts-with-short-headings", test_headings_short);
  g_test_add_func ("/migrants-day/informs-in-eighty-words", test_short_notice);
  g_test_add_func ("/migrants-day/dates-its-figures", test_figures_dated);
  g_test_add_func ("/migrants-day/is-set-with-care", test_typography);
  g_test_add_func ("/migrants-day/spaces-signs-as-each-language-does", test_spaces);
  g_test_add_func ("/migrants-day/quotes-word-for-word-and-names-the-source", test_quotation);
  g_test_add_func ("/migrants-day/asks-for-views-first-and-requires-nothing-else", test_consents);
  g_test_add_func ("/migrants-day/is-a-demonstration", test_demo);
  g_test_add_func ("/migrants-day/leads-to-example-org-only", test_addresses);
  g_test_add_func ("/migrants-day/makes-codes-that-read-from-a-metre", test_codes_small);
  g_test_add_func ("/migrants-day/draws-its-pictures", test_pictures);
  g_test_add_func ("/migrants-day/draws-the-emblems-of-the-pages", test_drawings);

  result = g_test_run ();
  g_clear_object (&pack);

  return result;
}
