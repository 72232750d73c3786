/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sealed.h"

#include <jansson.h>
#include <string.h>

#include "dc-crypto.h"
#include "fixture.h"

static GBytes *
sealed_of (DcPledge *pledge)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (GError) error = NULL;
  GBytes *plaintext = dc_sealed_pledge (&envelope, pledge, &error);

  g_assert_no_error (error);

  return plaintext;
}

static json_t *
parse (GBytes *plaintext)
{
  gsize size;
  const char *data = g_bytes_get_data (plaintext, &size);
  json_t *root = json_loadb (data, size, JSON_REJECT_DUPLICATES, NULL);

  g_assert_nonnull (root);

  return root;
}

static void
assert_field (GBytes     *plaintext,
              const char *path,
              const char *expected)
{
  json_t *root = parse (plaintext);
  json_t *node = root;
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);
  char *text;

  for (guint i = 0; keys[i] != NULL; i++)
    node = json_object_get (node, keys[i]);
  g_assert_nonnull (node);
  text = json_dumps (node, JSON_ENCODE_ANY | JSON_COMPACT);
  g_assert_cmpstr (text, ==, expected);
  free (text);
  json_decref (root);
}

static void
test_classes (void)
{
  const gsize classes[] = { 2048, 4096, 8192, 16384, 32768, 65536 };

  g_assert_cmpuint (dc_sealed_class (0), ==, 2048);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    g_assert_cmpuint (dc_sealed_class (classes[i]), ==, classes[i]);
    g_assert_cmpuint (dc_sealed_class (classes[i] + 1), ==, i < 5 ? classes[i + 1] : 0);
  }
  g_assert_cmpuint (dc_sealed_class (G_MAXSIZE), ==, 0);
}

/* Street and town take the characters that fill the plaintext to @size. */
static GBytes *
plaintext_of_size (gsize size)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GBytes) shortest = NULL;
  g_autofree char *text = NULL;
  const char *data;
  gsize length;

  dc_donor_set (pledge->donor, DC_FIELD_STREET, "x");
  shortest = sealed_of (pledge);
  data = g_bytes_get_data (shortest, NULL);
  for (length = g_bytes_get_size (shortest); data[length - 1] == ' ';)
    length--;
  text = g_strnfill (size - length + 1, 'x');
  dc_donor_set (pledge->donor, DC_FIELD_STREET, text);

  return sealed_of (pledge);
}

static void
test_padding (void)
{
  const gsize sizes[] = { 1500, 2047, 2048, 2049, 4096, 4097, 30000, 65535, 65536 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) plaintext = plaintext_of_size (sizes[i]);
    gsize size;
    const char *data = g_bytes_get_data (plaintext, &size);

    g_assert_cmpuint (size, ==, dc_sealed_class (sizes[i]));
    g_assert_cmpint (data[sizes[i] - 1], ==, '}');
    for (gsize at = sizes[i]; at < size; at++)
      g_assert_cmpint (data[at], ==, ' ');
    json_decref (parse (plaintext));
  }
}

/* The boot is unknown where its text is empty, whatever lies behind the end. */
static void
test_unknown_boot (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GBytes) known = sealed_of (pledge);
  g_autoptr (GBytes) unknown = NULL;

  assert_field (known, "time.boot", "\"8f3c2b1a-0d4e-4f5a-9b6c-7d8e9fa0b1c2\"");
  pledge->time.boot_id[0] = '\0';
  unknown = sealed_of (pledge);
  assert_field (unknown, "time.boot", "null");
}

static void
test_too_large (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autofree char *text = g_strnfill (65536, 'x');
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (GError) error = NULL;

  dc_donor_set (pledge->donor, DC_FIELD_STREET, text);
  g_assert_null (dc_sealed_pledge (&envelope, pledge, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  g_assert_null (strstr (error->message, "xxx"));
}

/* Every field of the model at its longest, in three-byte letters, with eight
 * consents: the second class, never refused. */
static void
test_longest_donor (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GBytes) plaintext = NULL;

  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < dc_field_max_chars (field); i++)
      g_string_append (text, "語");
    dc_donor_set (pledge->donor, field, text->str);
  }
  while (pledge->consents->len < 8)
    g_ptr_array_add (pledge->consents, dc_consent_new ("newsletter", 1, "zh-Hant", TRUE));
  plaintext = sealed_of (pledge);
  g_assert_cmpuint (g_bytes_get_size (plaintext), ==, 4096);
}

static void
test_ordinary_is_first_class (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("rich");
  g_autoptr (GBytes) plaintext = NULL;

  dc_donor_set (pledge->donor, DC_FIELD_STREET,
                "Chemin de la Grande-Gorge 123, bâtiment B, 4e étage à gauche");
  dc_donor_set (pledge->donor, DC_FIELD_COUNTRY, "Switzerland");
  while (pledge->consents->len < 8)
    g_ptr_array_add (pledge->consents, dc_consent_new ("newsletter", 1, "zh-Hant", TRUE));
  plaintext = sealed_of (pledge);
  g_assert_cmpuint (g_bytes_get_size (plaintext), ==, 2048);
}

static void
test_every_field_of_the_model (void)
{
  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("rich");
    g_autoptr (GBytes) plaintext = NULL;
    g_autofree char *path = NULL;

    dc_donor_set (pledge->donor, field, "L'«été» \"\\ 🙂");
    plaintext = sealed_of (pledge);
    path = g_strconcat (field < DC_FIELD_STREET ? "donor." : "donor.address.",
                        dc_field_to_string (field), NULL);
    assert_field (plaintext, path, "\"L'«été» \\\"\\\\ 🙂\"");
  }
}

static void
test_words (void)
{
  const char *clocks[] = { "\"synchronised\"", "\"set\"", "\"unknown\"" };
  const char *periods[] = { "{\"count\":50,\"period\":\"day\"}", "{\"count\":50,\"period\":\"week\"}",
                            "{\"count\":50,\"period\":\"month\"}" };
  const char *channels[] = { "\"self\"", "\"assisted\"", "\"scan\"", "\"paper\"" };

  for (guint i = 0; i < 4; i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
    g_autoptr (GBytes) plaintext = NULL;

    pledge->time.trust = (DcClockTrust) (i % 3);
    pledge->cups = (DcCups) { 50, (DcCupPeriod) (i % 3) };
    pledge->channel = (DcChannel) i;
    plaintext = sealed_of (pledge);
    assert_field (plaintext, "time.clock", clocks[i % 3]);
    assert_field (plaintext, "cups", periods[i % 3]);
    assert_field (plaintext, "channel", channels[i]);
  }
}

static void
test_time (void)
{
  const struct
  {
    gint64      utc_us;
    const char *utc;
  } times[] = {
    { 0, "\"1970-01-01T00:00:00.000000Z\"" },
    { -1, "\"1969-12-31T23:59:59.999999Z\"" },
    { -1000000, "\"1969-12-31T23:59:59.000000Z\"" },
    { G_GINT64_CONSTANT (1797588672123456), "\"2026-12-18T10:11:12.123456Z\"" },
    { G_GINT64_CONSTANT (253402300799999999), "\"9999-12-31T23:59:59.999999Z\"" },
    { G_GINT64_CONSTANT (-62135596800000000), "\"0001-01-01T00:00:00.000000Z\"" },
  };
  const gint64 impossible[] = {
    G_GINT64_CONSTANT (253402300800000000), G_GINT64_CONSTANT (-62135596800000001), G_MAXINT64,
    G_MININT64,
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
    g_autoptr (GBytes) plaintext = NULL;

    pledge->time.utc_us = times[i].utc_us;
    plaintext = sealed_of (pledge);
    assert_field (plaintext, "time.utc", times[i].utc);
  }
  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
    DcEnvelope envelope = fixture_envelope ("pledge");
    g_autoptr (GError) error = NULL;

    pledge->time.utc_us = impossible[i];
    g_assert_null (dc_sealed_pledge (&envelope, pledge, &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
    g_assert_nonnull (strstr (error->message, " time: "));
  }
}

static void
break_reference (DcPledge *pledge)
{
  g_clear_pointer (&pledge->reference, g_free);
}

static void
break_language (DcPledge *pledge)
{
  g_clear_pointer (&pledge->language, g_free);
}

static void
break_donor (DcPledge *pledge)
{
  g_clear_pointer (&pledge->donor, dc_donor_unref);
}

static void
break_monotonic (DcPledge *pledge)
{
  pledge->time.monotonic_us = -1;
}

static void
break_offset (DcPledge *pledge)
{
  pledge->time.offset_s = G_MININT;
}

static void
break_offset_by_a_second (DcPledge *pledge)
{
  pledge->time.offset_s = 24 * 60 * 60 + 1;
}

static void
break_volunteer (DcPledge *pledge)
{
  pledge->volunteer = g_strdup ("V\377");
}

static void
break_consent (DcPledge *pledge)
{
  g_ptr_array_add (pledge->consents, dc_consent_new ("p\377", 1, "fr", TRUE));
}

static void
test_errors (void)
{
  const struct
  {
    void (*spoil) (DcPledge *pledge);
    const char *field;
  } broken[] = {
    { break_reference, " reference: " }, { break_language, " language: " },
    { break_donor, " donor: " }, { break_monotonic, " time: " }, { break_offset, " time: " },
    { break_offset_by_a_second, " time: " },
    { break_volunteer, " volunteer: " }, { break_consent, " purpose: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
    DcEnvelope envelope = fixture_envelope ("pledge");
    g_autoptr (GError) error = NULL;

    broken[i].spoil (pledge);
    g_assert_null (dc_sealed_pledge (&envelope, pledge, &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
    g_assert_nonnull (strstr (error->message, broken[i].field));
  }
}

static void
test_drill_without_donor (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GBytes) plaintext = NULL;
  DcEnvelope envelope = fixture_envelope ("pledge");

  envelope.kind = DC_KIND_DRILL;
  break_donor (pledge);
  plaintext = dc_sealed_pledge (&envelope, pledge, NULL);
  assert_field (plaintext, "donor", "{\"first_name\":null,\"family_name\":null,\"email\":null,"
                "\"phone\":null,\"address\":null}");
}

static void
test_envelope_is_checked (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (GError) error = NULL;

  envelope.seq = 0;
  g_assert_null (dc_sealed_pledge (&envelope, pledge, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
  g_clear_error (&error);
  g_assert_null (dc_sealed_withdrawal (&envelope, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/sealed/has-six-size-classes", test_classes);
  g_test_add_func ("/sealed/is-padded-with-spaces-to-its-class", test_padding);
  g_test_add_func ("/sealed/has-no-boot-where-it-is-unknown", test_unknown_boot);
  g_test_add_func ("/sealed/refuses-more-than-the-largest-class", test_too_large);
  g_test_add_func ("/sealed/takes-the-longest-donor-that-the-model-allows", test_longest_donor);
  g_test_add_func ("/sealed/puts-an-ordinary-donor-in-the-first-class",
                   test_ordinary_is_first_class);
  g_test_add_func ("/sealed/has-every-field-of-a-donor", test_every_field_of_the_model);
  g_test_add_func ("/sealed/has-the-words-of-the-model", test_words);
  g_test_add_func ("/sealed/writes-the-time-to-the-microsecond", test_time);
  g_test_add_func ("/sealed/refuses-a-broken-pledge-and-names-the-field", test_errors);
  g_test_add_func ("/sealed/lets-a-drill-have-no-donor", test_drill_without_donor);
  g_test_add_func ("/sealed/checks-the-envelope-first", test_envelope_is_checked);

  return g_test_run ();
}
