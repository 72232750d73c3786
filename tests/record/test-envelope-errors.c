/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "fixture.h"

static char *
text_of (const char *name)
{
  g_autoptr (GBytes) json = fixture_vector (name, "envelope");

  return g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
}

static void
assert_refused (const char *json,
                gsize       length,
                int         code,
                const char *word)
{
  g_autoptr (GError) error = NULL;
  DcEnvelope envelope = { .seq = 4711 };

  if (dc_envelope_from_json (&envelope, json, length, &error))
    g_error ("accepted %.*s", (int) length, json);
  g_assert_error (error, DC_RECORD_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, "envelope"));
  if (word != NULL && strstr (error->message, word) == NULL)
    g_error ("“%s” does not say “%s”", error->message, word);
  g_assert_cmpint (envelope.seq, ==, 4711);   /* untouched */
}

/* @name with @old replaced by @by is refused because of @field. */
typedef struct
{
  const char *name;
  const char *old;
  const char *by;
  const char *field;
} Change;

static const Change impossible[] = {
  { "pledge", "\"v\":1", "\"v\":true", " v: " },
  { "pledge", "\"v\":1", "\"v\":1.0", " v: " },
  { "pledge", "\"v\":1", "\"v\":\"1\"", " v: " },
  { "pledge", "\"pledge\"", "\"promise\"", " kind: " },
  { "pledge", "\"pledge\"", "\"Pledge\"", " kind: " },
  { "pledge", "\"pledge\"", "\"pledgepledgepledgepledge\"", " kind: " },
  { "pledge", "\"pledge\"", "0", " kind: " },
  { "pledge", "0e0f\"", "0e0F\"", " id: " },
  { "pledge", "0e0f\"", "0e0\"", " id: " },
  { "pledge", "0e0f\"", "0e0f0\"", " id: " },
  { "pledge", "0e0f\"", "0e0g\"", " id: " },
  { "pledge", "\"about\":null", "\"about\":\"000102030405060708090a0b0c0d0e0f\"", " about: " },
  { "pledge", "\"about\":null", "\"about\":\"\"", " about: " },
  { "pledge", "\"pledge\"", "\"correction\"", " about: " },
  { "withdrawal", "\"withdrawal\"", "\"drill\"", " about: " },
  { "withdrawal", "\"about\":\"000102030405060708090a0b0c0d0e0f\"", "\"about\":null", " about: " },
  { "pledge", "\"tablet\":\"03", "\"tablet\":\"", " tablet: " },
  { "pledge", "\"queue\":\"51", "\"queue\":\"5 ", " queue: " },
  { "pledge", "\"seq\":1", "\"seq\":0", " seq: " },
  { "pledge", "\"seq\":1", "\"seq\":-1", " seq: " },
  { "pledge", "\"seq\":1", "\"seq\":9007199254740992", " seq: " },
  { "pledge", "\"seq\":1", "\"seq\":1.0", " seq: " },
  { "pledge", "\"seq\":1", "\"seq\":1e3", " seq: " },
  { "pledge", "\"seq\":1", "\"seq\":null", " seq: " },
  { "pledge", "\"migrants-day\"", "\"\"", " campaign: " },
  { "pledge", "\"migrants-day\"", "\"Migrants-day\"", " campaign: " },
  { "pledge", "\"migrants-day\"", "\"migrants_day\"", " campaign: " },
  { "pledge", "\"migrants-day\"", "\"../secret\"", " campaign: " },
  { "pledge", "\"migrants-day\"", "\"migr\\u00e4nts\"", " campaign: " },
  { "pledge", "\"migrants-day\"",
    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", " campaign: " },
  { "pledge", "\"pack\":\"05", "\"pack\":\"0x", " pack: " },
  { "pledge", "1800", "0", " amount: " },
  { "pledge", "1800", "-1800", " amount: " },
  { "pledge", "1800", "18.5", " amount: " },
  { "pledge", "1800", "\"1800\"", " amount: " },
  { "pledge", "1800", "9007199254740992", " amount: " },
  { "pledge", "1800,\"currency\":\"CHF\",\"frequency\":\"monthly\"",
    "null,\"currency\":null,\"frequency\":null", " amount: " },
  { "pledge", "1800", "null", " currency: " },
  { "pledge", "1800,\"currency\":\"CHF\"", "null,\"currency\":null", " frequency: " },
  { "withdrawal", "\"amount\":null,\"currency\":null,\"frequency\":null",
    "\"amount\":5,\"currency\":\"CHF\",\"frequency\":\"once\"", " amount: " },
  { "pledge", "\"CHF\"", "null", " currency: " },
  { "pledge", "\"CHF\"", "\"chf\"", " currency: " },
  { "pledge", "\"CHF\"", "\"CH\"", " currency: " },
  { "pledge", "\"CHF\"", "\"CHFR\"", " currency: " },
  { "pledge", "\"monthly\"", "null", " frequency: " },
  { "pledge", "\"monthly\"", "\"weekly\"", " frequency: " },
  { "pledge", "\"shift\":null", "\"shift\":\"\"", " shift: " },
  { "pledge", "\"shift\":null", "\"shift\":\"a b\"", " shift: " },
  { "pledge", "\"shift\":null", "\"shift\":7", " shift: " },
  { "rich", "Morning-7F", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    " shift: " },
  { "pledge", "2026-12-18", "2026-02-29", " day: " },
  { "pledge", "2026-12-18", "2026-13-01", " day: " },
  { "pledge", "2026-12-18", "2026-00-10", " day: " },
  { "pledge", "2026-12-18", "2026-12-00", " day: " },
  { "pledge", "2026-12-18", "0000-12-01", " day: " },
  { "pledge", "2026-12-18", "2026-12-1", " day: " },
  { "pledge", "2026-12-18", "2026/12/18", " day: " },
  { "pledge", "2026-12-18", "26-12-2018", " day: " },
  { "pledge", "2026-12-18", "2026-12-18T", " day: " },
  { "pledge", "\"2026-12-18\"", "null", " day: " },
  { "pledge", "\"sealed_sha256\":\"", "\"sealed_sha256\":\"0", " sealed_sha256: " },
};

static void
test_impossible (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++) {
    const Change *change = &impossible[i];
    g_autofree char *text = text_of (change->name);
    g_autofree char *changed = fixture_replace (text, change->old, change->by);

    assert_refused (changed, strlen (changed), DC_RECORD_ERROR_FIELD, change->field);
  }
}

static void
test_missing (void)
{
  const char *keys[] = {
    "v", "kind", "id", "about", "tablet", "queue", "seq", "campaign", "pack", "amount", "currency",
    "frequency", "shift", "day", "sealed_sha256",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *text = text_of ("pledge");
    g_autofree char *key = g_strdup_printf ("\"%s\":", keys[i]);
    g_autofree char *field = g_strdup_printf (" %s: ", keys[i]);
    g_autofree char *found = NULL;
    g_autofree char *without = NULL;
    const char *at = strstr (text, key);
    gsize length = strcspn (at, ",}") + (at[strcspn (at, ",}")] == ',' ? 1 : 0);

    found = g_strndup (at, length);
    without = fixture_replace (text, found, "");
    if (i == G_N_ELEMENTS (keys) - 1)
      without[strlen (without) - 2] = ' ';    /* the comma before it */
    assert_refused (without, strlen (without), DC_RECORD_ERROR_FIELD, field);
  }
}

static void
test_unknown (void)
{
  g_autofree char *text = text_of ("pledge");
  g_autofree char *more = fixture_replace (text, "{", "{\"extra\":1,");
  g_autofree char *strange = fixture_replace (text, "{", "{\"\\u001b[31m\\u00e9\":1,");
  g_autofree char *prefix = fixture_replace (text, "\"shift\"", "\"shif\"");

  assert_refused (more, strlen (more), DC_RECORD_ERROR_FIELD, " extra: ");
  assert_refused (strange, strlen (strange), DC_RECORD_ERROR_FIELD, "\\033[31m\\303\\251");
  assert_refused (prefix, strlen (prefix), DC_RECORD_ERROR_FIELD, " shift: ");
}

static void
test_version (void)
{
  const char *later[] = {
    "{\"v\":2}", "{\"v\":2,\"shape\":[\"quite\",\"another\"]}", "{\"v\":0}", "{\"v\":-1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    assert_refused (later[i], strlen (later[i]), DC_RECORD_ERROR_VERSION, "expected 1");
}

static void
test_syntax (void)
{
  g_autofree char *text = text_of ("pledge");
  g_autofree char *twice = fixture_replace (text, "{", "{\"seq\":1,");
  g_autofree char *hidden = fixture_replace (text, "{", "{\"s\\u0065q\":1,");
  g_autofree char *after = g_strconcat (text, "{}", NULL);
  g_autofree char *latin = fixture_replace (text, "migrants", "migr\344nts");
  g_autofree char *nul = fixture_replace (text, "migrants", "migr\\u0000nts");
  g_autofree char *huge = fixture_replace (text, "\"seq\":1", "\"seq\":99999999999999999999");
  g_autofree char *comma = fixture_replace (text, "}", ",}");
  g_autofree char *deep = g_strnfill (4000, '[');
  const char *wrong[] = {
    "", " ", "null", "1", "\"v\"", "[]", "[{}]", "{", "{\"v\":1", "{'v':1}", twice, hidden, after,
    latin, nul, huge, comma, deep,
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i], strlen (wrong[i]), DC_RECORD_ERROR_SYNTAX, "envelope: ");
  assert_refused ("{\"v\":1}\0", 8, DC_RECORD_ERROR_SYNTAX, NULL);
}

static void
test_every_cut (void)
{
  g_autofree char *text = text_of ("pledge");

  for (gsize length = 0; length < strlen (text); length++) {
    g_autofree char *exact = g_memdup2 (text, length);

    assert_refused (exact != NULL ? exact : "", length, DC_RECORD_ERROR_SYNTAX, NULL);
  }
}

static void
test_too_large (void)
{
  g_autofree char *text = text_of ("pledge");
  g_autofree char *padded = g_strnfill (DC_ENVELOPE_MAX_BYTES + 1, ' ');
  DcEnvelope envelope;

  memcpy (padded, text, strlen (text));
  g_assert_true (dc_envelope_from_json (&envelope, padded, DC_ENVELOPE_MAX_BYTES, NULL));
  assert_refused (padded, DC_ENVELOPE_MAX_BYTES + 1, DC_RECORD_ERROR_TOO_LARGE, "4096");
}

/* One valid value for another, under the old signature. */
static const Change tampered[] = {
  { "pledge", "\"pledge\"", "\"practice\"", NULL },
  { "pledge", "0e0f\"", "0e0e\"", NULL },
  { "withdrawal", "0e0f\"", "0e0e\"", NULL },
  { "pledge", "\"tablet\":\"03", "\"tablet\":\"13", NULL },
  { "pledge", "\"queue\":\"51", "\"queue\":\"50", NULL },
  { "pledge", "\"seq\":1", "\"seq\":2", NULL },
  { "pledge", "migrants-day", "migrants-dax", NULL },
  { "pledge", "\"pack\":\"05", "\"pack\":\"06", NULL },
  { "pledge", "1800", "18000", NULL },
  { "pledge", "CHF", "CLF", NULL },
  { "pledge", "monthly", "once", NULL },
  { "pledge", "\"shift\":null", "\"shift\":\"a\"", NULL },
  { "rich", "\"shift\":\"Morning-7F\"", "\"shift\":null", NULL },
  { "pledge", "2026-12-18", "2026-12-19", NULL },
  { "pledge", "\"sealed_sha256\":\"", "\"sealed_sha256\":\"", NULL },   /* its digit follows */
  { "pledge", "{\"v\"", "{ \"v\"", NULL },
  { "pledge", "\"}", "\"} ", NULL },
};

static void
test_tampered (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tampered); i++) {
    const Change *change = &tampered[i];
    g_autofree char *text = text_of (change->name);
    g_autofree char *changed = fixture_replace (text, change->old, change->by);
    g_autoptr (DcRecord) record = fixture_record (change->name);
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;

    if (g_str_equal (change->old, change->by)) {
      char *digit = strstr (changed, change->by) + strlen (change->by);

      *digit = *digit == '0' ? '1' : '0';
    }
    json = g_bytes_new (changed, strlen (changed));
    g_assert_null (dc_record_new (json, record->signature, record->sealed, &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE);
  }
}

static void
test_signature_and_sealed (void)
{
  g_autoptr (DcRecord) record = fixture_record ("pledge");
  g_autoptr (DcRecord) other = fixture_record ("rich");

  for (guint i = 0; i < 64; i++) {
    g_autoptr (GError) error = NULL;
    guint8 signature[64];

    memcpy (signature, record->signature, sizeof signature);
    signature[i] ^= 1 << (i % 8);
    g_assert_null (dc_record_new (record->envelope_json, signature, record->sealed, &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE);
  }

  for (guint i = 0; i < 3; i++) {
    gsize size = g_bytes_get_size (record->sealed);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (record->sealed, 0, size - 1);
    g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
    GBytes *wrong[] = { cut, empty, other->sealed };
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_record_new (record->envelope_json, record->signature, wrong[i], &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_HASH);
  }
}

static void
test_sealed_too_large (void)
{
  g_autoptr (DcRecord) record = fixture_record ("pledge");
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (DC_SEALED_MAX_BYTES + 1),
                                              DC_SEALED_MAX_BYTES + 1);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_record_new (record->envelope_json, record->signature, huge, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (dc_record_new (empty, record->signature, record->sealed, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/envelope/refuses-impossible-values-and-names-the-field", test_impossible);
  g_test_add_func ("/envelope/refuses-a-missing-field-and-names-it", test_missing);
  g_test_add_func ("/envelope/refuses-an-unknown-field-and-names-it", test_unknown);
  g_test_add_func ("/envelope/knows-another-version-before-its-fields", test_version);
  g_test_add_func ("/envelope/refuses-what-is-not-one-object", test_syntax);
  g_test_add_func ("/envelope/refuses-itself-cut-anywhere", test_every_cut);
  g_test_add_func ("/envelope/bounds-its-size", test_too_large);
  g_test_add_func ("/record/refuses-every-field-tampered-with", test_tampered);
  g_test_add_func ("/record/refuses-another-signature-or-sealed-text", test_signature_and_sealed);
  g_test_add_func ("/record/bounds-its-sealed-bytes", test_sealed_too_large);

  return g_test_run ();
}
