/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-opened.h"
#include "fixture.h"

static char *
text_of (const char *name)
{
  g_autoptr (GBytes) plaintext = fixture_vector (name, "plaintext");

  return g_strndup (g_bytes_get_data (plaintext, NULL), g_bytes_get_size (plaintext));
}

static void
assert_refused (const DcEnvelope *envelope,
                const char       *text,
                gsize             size,
                int               code,
                const char       *word)
{
  g_autoptr (GError) error = NULL;

  if (dc_opened_read (envelope, text, size, &error) != NULL)
    g_error ("accepted %.*s", (int) size, text);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!g_error_matches (error, DC_RECORD_ERROR, code)
      || strstr (error->message, word) == NULL) {
    g_error ("“%s” (%d) does not say “%s” (%d)", error->message, error->code, word, code);
  }
}

/* @name with @old replaced by @by is refused because of @word. */
typedef struct
{
  const char *name;
  const char *old;
  const char *by;
  const char *word;
} Change;

static void
assert_changes_refused (const Change *changes,
                        gsize         n_changes,
                        int           code)
{
  for (gsize i = 0; i < n_changes; i++) {
    const Change *change = &changes[i];
    DcEnvelope envelope = fixture_envelope (change->name);
    g_autofree char *text = text_of (change->name);
    g_autofree char *changed = fixture_replace (text, change->old, change->by);

    assert_refused (&envelope, changed, strlen (changed), code, change->word);
  }
}

static const Change mismatches[] = {
  { "pledge", "\"kind\":\"pledge\"", "\"kind\":\"practice\"", ": kind: " },
  { "pledge", "\"kind\":\"pledge\"", "\"kind\":\"withdrawal\"", ": kind: " },
  { "pledge", "0c0d0e0f", "0c0d0e00", ": id: " },
  { "pledge", "\"about\":null", "\"about\":\"00000000000000000000000000000000\"", ": about: " },
  { "withdrawal", "\"about\":\"00", "\"about\":\"01", ": about: " },
  { "withdrawal", "\"about\":\"000102030405060708090a0b0c0d0e0f\"", "\"about\":null", ": about: " },
  { "pledge", "\"tablet\":\"03", "\"tablet\":\"04", ": tablet: " },
  { "pledge", "\"queue\":\"51", "\"queue\":\"52", ": queue: " },
  { "pledge", "\"seq\":1", "\"seq\":2", ": seq: " },
  { "pledge", "\"migrants-day\"", "\"migrants-night\"", ": campaign: " },
  { "pledge", "\"pack\":\"05", "\"pack\":\"06", ": pack: " },
  { "pledge", "1800", "1801", ": amount: " },
  { "pledge", "1800,\"currency\":\"CHF\",\"frequency\":\"monthly\"",
    "null,\"currency\":null,\"frequency\":null", ": amount: " },
  { "pledge", "\"CHF\"", "\"EUR\"", ": currency: " },
  { "pledge", "\"monthly\"", "\"yearly\"", ": frequency: " },
  { "pledge", "\"shift\":null", "\"shift\":\"7F\"", ": shift: " },
  { "rich", "\"shift\":\"Morning-7F\"", "\"shift\":null", ": shift: " },
  { "pledge", "\"day\":\"2026-12-18\"", "\"day\":\"2026-12-19\"", ": day: " },
};

static void
test_mismatch (void)
{
  assert_changes_refused (mismatches, G_N_ELEMENTS (mismatches), DC_RECORD_ERROR_MISMATCH);
}

#define CONSENTS \
  "\"consents\":[{\"purpose\":\"newsletter\",\"version\":1,\"language\":\"fr\",\"given\":false}," \
  "{\"purpose\":\"views\",\"version\":2,\"language\":\"fr\",\"given\":true}]"
#define LONG_WORD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const Change impossible[] = {
  { "pledge", "\"RF34K7Q29WXM4T\"", "\"RF35K7Q29WXM4T\"", ": reference: " },
  { "pledge", "\"RF34K7Q29WXM4T\"", "null", ": reference: " },
  { "pledge", "\"RF34K7Q29WXM4T\"", "\"RF34K7Q29WXM4TRF34K7Q29WXM4T\"", ": reference: " },
  { "pledge", "\"self\"", "\"other\"", ": channel: " },
  { "pledge", "\"self\"", "1", ": channel: " },
  { "pledge", "{\"count\":1,\"period\":\"week\"}", "[]", ": cups: " },
  { "pledge", "\"count\":1", "\"count\":0", ": cups: count: " },
  { "pledge", "\"count\":1", "\"count\":-1", ": cups: count: " },
  { "pledge", "\"count\":1", "\"count\":4294967296", ": cups: count: " },
  { "pledge", "\"count\":1", "\"count\":1.0", ": cups: count: " },
  { "pledge", "\"week\"", "\"year\"", ": cups: period: " },
  { "pledge", "\"week\"}", "\"week\",\"more\":1}", ": cups: more: " },
  { "pledge", "\"language\":\"fr\"", "\"language\":\"\"", ": language: " },
  { "pledge", "\"language\":\"fr\"", "\"language\":\"fr_CH\"", ": language: " },
  { "pledge", "\"language\":\"fr\"", "\"language\":\"" LONG_WORD "\"", ": language: " },
  { "pledge", "\"language\":\"fr\"", "\"language\":7", ": language: " },
  { "pledge", "\"time\":{", "\"time\":[{", "JSON" },
  { "pledge", "2026-12-18T10", "2026-12-18 10", ": time: utc: " },
  { "pledge", "2026-12-18T10", "2026-02-30T10", ": time: utc: " },
  { "pledge", "2026-12-18T10", "2026-12-18T24", ": time: utc: " },
  { "pledge", "10:11:12", "10:11:1x", ": time: utc: " },
  { "pledge", "10:11:12", "10:11:60", ": time: utc: " },
  { "pledge", "123456Z", "12345Z", ": time: utc: " },
  { "pledge", "123456Z", "1234567Z", ": time: utc: " },
  { "pledge", "\"offset_minutes\":60", "\"offset_minutes\":1441", ": time: offset_minutes: " },
  { "pledge", "\"offset_minutes\":60", "\"offset_minutes\":-1441", ": time: offset_minutes: " },
  { "pledge", "\"offset_minutes\":60", "\"offset_minutes\":null", ": time: offset_minutes: " },
  { "pledge", "8f3c2b1a", "8f3c2b1x", ": time: boot: " },
  { "pledge", "8f3c2b1a", "8f3c2b1a0", ": time: boot: " },
  { "pledge", "5400000000", "-1", ": time: monotonic_us: " },
  { "pledge", "5400000000", "9007199254740992", ": time: monotonic_us: " },
  { "pledge", "\"set\"", "\"right\"", ": time: clock: " },
  { "pledge", "\"clock\":\"set\"", "\"watch\":\"set\"", ": time: clock: " },
  { "pledge", "\"donor\":{", "\"donor\":null,\"rest\":{", ": rest: " },
  { "pledge", "\"Ana\"", "7", ": donor: first_name: " },
  { "pledge", "\"phone\":null", "\"phone\":false", ": donor: phone: " },
  { "pledge", "\"phone\":null", "\"fax\":null", ": donor: phone: " },
  { "pledge", "\"phone\":null", "\"phone\":null,\"fax\":null", ": donor: fax: " },
  { "pledge", "\"address\":null", "\"address\":\"\"", ": donor: address: " },
  { "rich", "\"postcode\":\"1202\",", "", ": donor: address: postcode: " },
  { "rich", "\"1202\"", "1202", ": donor: address: postcode: " },
  { "pledge", "\"tax_certificate\":false", "\"tax_certificate\":0", ": tax_certificate: " },
  { "pledge", "\"consents\":[", "\"consents\":[7,", ": consents: " },
  { "pledge", CONSENTS, "\"consents\":{}", ": consents: " },
  { "pledge", "\"newsletter\"", "\"\"", ": consents 1: purpose: " },
  { "pledge", "\"newsletter\"", "\"News\"", ": consents 1: purpose: " },
  { "pledge", "\"newsletter\"", "\"" LONG_WORD "\"", ": consents 1: purpose: " },
  { "pledge", "\"newsletter\"", "\"views\"", ": consents: " },
  { "pledge", "\"views\",\"version\":2", "\"views\",\"version\":-2", ": consents 2: version: " },
  { "pledge", "\"fr\",\"given\":true", "\"fr\",\"given\":1", ": consents 2: given: " },
  { "pledge", "\"fr\",\"given\":true", "\"fr\"", ": consents 2: given: " },
  { "pledge", "\"fr\",\"given\":true", "null,\"given\":true", ": consents 2: language: " },
  { "pledge", "\"notice\":{\"version\":1", "\"notice\":{\"version\":true", ": notice: version: " },
  { "pledge", "\"notice\":{\"version\":1,\"language\":\"fr\"", "\"notice\":{\"version\":1",
    ": notice: language: " },
  { "pledge", "\"minimum\":18", "\"minimum\":-18", ": age: minimum: " },
  { "pledge", "\"stated\":true", "\"stated\":false", ": age: stated: " },
  { "pledge", "\"volunteer\":null", "\"volunteer\":7", ": volunteer: " },
  { "pledge", "\"volunteer\":null", "\"volunteer\":null,\"note\":\"\"", ": note: " },
  { "pledge", ",\"volunteer\":null", "", ": volunteer: " },
  { "withdrawal", "\"day\"", "\"reference\":\"RF34K7Q29WXM4T\",\"day\"", ": reference: " },
  { "pledge", ",\"seq\":1", "", ": seq: " },
  { "pledge", "\"kind\":\"pledge\"", "\"kind\":\"promise\"", ": kind: " },
};

static void
test_impossible (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (impossible); i++) {
    gboolean syntax = g_str_equal (impossible[i].word, "JSON");

    assert_changes_refused (&impossible[i], 1,
                            syntax ? DC_RECORD_ERROR_SYNTAX : DC_RECORD_ERROR_FIELD);
  }
}

static const Change not_an_object[] = {
  { "pledge", "\"volunteer\":null", "\"volunteer\":null,\"volunteer\":null", "no key twice" },
  { "pledge", "\"phone\":null", "\"phone\":null,\"phone\":null", "no key twice" },
  { "pledge", "Ana", "A\xff", "one JSON object" },
  { "pledge", "Ana", "A\\u0000", "one JSON object" },
  { "pledge", "null}", "null}{}", "one JSON object" },
  { "pledge", "{\"v\":1", "[{\"v\":1", "one JSON object" },
};

static void
test_syntax (void)
{
  assert_changes_refused (not_an_object, G_N_ELEMENTS (not_an_object), DC_RECORD_ERROR_SYNTAX);
}

static void
test_version (void)
{
  static const Change later[] = {
    { "pledge", "\"v\":1", "\"v\":2", "found 2, expected 1" },
    { "pledge", "\"v\":1,\"kind\"", "\"v\":2,\"more\":1,\"kind\"", "found 2" },
  };

  assert_changes_refused (later, G_N_ELEMENTS (later), DC_RECORD_ERROR_VERSION);
}

static void
test_too_large (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autofree char *text = text_of ("pledge");
  g_autofree char *padded = g_strnfill (DC_OPENED_MAX_BYTES + 1, ' ');
  g_autoptr (DcOpened) opened = NULL;

  memcpy (padded, text, strlen (text));
  opened = dc_opened_read (&envelope, padded, DC_OPENED_MAX_BYTES, NULL);
  g_assert_nonnull (opened);
  assert_refused (&envelope, padded, DC_OPENED_MAX_BYTES + 1, DC_RECORD_ERROR_TOO_LARGE, "pledge: ");
}

/* A list can be longer than anybody's questions. */
static void
test_many_consents (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autofree char *text = text_of ("pledge");
  GString *many = g_string_new ("\"consents\":[");
  g_autofree char *changed = NULL;

  for (guint i = 0; i < 63; i++)
    g_string_append_printf (many, "{\"purpose\":\"p%u\",\"version\":1,\"language\":\"fr\","
                            "\"given\":false},", i);
  changed = fixture_replace (text, "\"consents\":[", many->str);
  g_string_free (many, TRUE);
  assert_refused (&envelope, changed, strlen (changed), DC_RECORD_ERROR_FIELD, ": consents: ");
}

static void
test_every_cut (void)
{
  DcEnvelope envelope = fixture_envelope ("rich");
  g_autofree char *text = text_of ("rich");

  g_strchomp (text);
  for (gsize size = 0; size < strlen (text); size++)
    assert_refused (&envelope, text, size, DC_RECORD_ERROR_SYNTAX, "one JSON object");
}

/* An error may be logged, so it repeats nothing of what a donor typed. */
static void
test_silent (void)
{
  const char *fields[] = { "Ana", "ana@example.org" };
  DcEnvelope envelope = fixture_envelope ("pledge");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *text = text_of ("pledge");
    g_autofree char *quoted = g_strdup_printf ("\"%s\"", fields[i]);
    g_autofree char *list = g_strdup_printf ("[\"%s\"]", fields[i]);
    g_autofree char *changed = fixture_replace (text, quoted, list);
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_opened_read (&envelope, changed, strlen (changed), &error));
    g_assert_null (strstr (error->message, fields[i]));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  dc_opened_init ();

  g_test_add_func ("/opened/names-the-field-that-is-not-the-envelope-s", test_mismatch);
  g_test_add_func ("/opened/refuses-impossible-fields", test_impossible);
  g_test_add_func ("/opened/refuses-what-is-not-one-object", test_syntax);
  g_test_add_func ("/opened/refuses-a-later-version", test_version);
  g_test_add_func ("/opened/bounds-its-size", test_too_large);
  g_test_add_func ("/opened/bounds-the-list-of-consents", test_many_consents);
  g_test_add_func ("/opened/refuses-itself-cut-anywhere", test_every_cut);
  g_test_add_func ("/opened/says-nothing-of-the-donor-in-an-error", test_silent);

  return g_test_run ();
}
