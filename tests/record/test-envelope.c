/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "fixture.h"

static void
assert_equal (const DcEnvelope *a,
              const DcEnvelope *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_true (dc_id_equal (&a->id, &b->id));
  g_assert_cmpint (a->has_about, ==, b->has_about);
  g_assert_true (dc_id_equal (&a->about, &b->about));
  g_assert_cmpmem (a->tablet, 32, b->tablet, 32);
  g_assert_true (dc_id_equal (&a->queue, &b->queue));
  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpstr (a->campaign, ==, b->campaign);
  g_assert_cmpmem (a->pack, 32, b->pack, 32);
  g_assert_cmpint (a->has_amount, ==, b->has_amount);
  g_assert_cmpint (a->amount.minor, ==, b->amount.minor);
  g_assert_cmpstr (a->amount.currency, ==, b->amount.currency);
  g_assert_cmpint (a->frequency, ==, b->frequency);
  g_assert_cmpstr (a->shift, ==, b->shift);
  g_assert_cmpstr (a->day, ==, b->day);
  g_assert_cmpmem (a->sealed_sha256, 32, b->sealed_sha256, 32);
}

static void
assert_survives (const DcEnvelope *envelope)
{
  g_autoptr (GBytes) json = dc_envelope_to_json (envelope);
  g_autoptr (GError) error = NULL;
  DcEnvelope read;
  gsize length;
  const char *text = g_bytes_get_data (json, &length);

  g_assert_true (dc_envelope_from_json (&read, text, length, &error));
  g_assert_no_error (error);
  assert_equal (&read, envelope);
}

static void
test_kinds (void)
{
  const char *words[] = { "pledge", "correction", "withdrawal", "practice", "drill" };
  DcKind kind;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_true (dc_kind_from_string (words[i], &kind));
    g_assert_cmpint (kind, ==, i);
    g_assert_cmpstr (dc_kind_to_string (kind), ==, words[i]);
  }
  g_assert_false (dc_kind_from_string ("Pledge", &kind));
  g_assert_false (dc_kind_from_string ("", &kind));
  g_assert_false (dc_kind_from_string (NULL, &kind));
}

static void
test_keys_in_order (void)
{
  DcEnvelope envelope = fixture_envelope ("withdrawal");
  g_autoptr (GBytes) json = dc_envelope_to_json (&envelope);
  gsize length;
  const char *text = g_bytes_get_data (json, &length);
  g_autofree char *copy = g_strndup (text, length);
  const char *keys[] = {
    "{\"v\":1,", "\"kind\":\"withdrawal\",", "\"id\":\"0011", "\"about\":\"000102", "\"tablet\":\"",
    "\"queue\":\"", "\"seq\":2,", "\"campaign\":\"", "\"pack\":\"", "\"amount\":null,",
    "\"currency\":null,", "\"frequency\":null,", "\"shift\":null,", "\"day\":\"2026-12-18\",",
    "\"sealed_sha256\":\"",
  };
  const char *at = copy;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    const char *found = strstr (at, keys[i]);

    g_assert_nonnull (found);
    g_assert_true (i > 0 || found == copy);
    at = found;
  }
  g_assert_null (strpbrk (copy, " \t\r\n"));
  g_assert_cmpint (copy[length - 1], ==, '}');
}

static void
test_survives (void)
{
  const char *names[] = { "pledge", "rich", "withdrawal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DcEnvelope envelope = fixture_envelope (names[i]);

    assert_survives (&envelope);
  }
}

static void
test_every_kind (void)
{
  for (DcKind kind = DC_KIND_PLEDGE; kind <= DC_KIND_DRILL; kind++) {
    DcEnvelope envelope = fixture_envelope (kind == DC_KIND_WITHDRAWAL ? "withdrawal" : "pledge");

    envelope.kind = kind;
    if (kind == DC_KIND_CORRECTION) {
      envelope.has_about = TRUE;
      envelope.about = fixture_queue;
    }
    assert_survives (&envelope);
  }
}

static void
test_extremes (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");

  envelope.amount.minor = 1;
  memset (envelope.campaign, 'a', 64);
  memset (envelope.shift, 'Z', 64);
  assert_survives (&envelope);

  envelope.amount.minor = DC_MONEY_MAX_MINOR;
  envelope.seq = DC_MONEY_MAX_MINOR;
  g_strlcpy (envelope.day, "0001-01-01", sizeof envelope.day);
  assert_survives (&envelope);

  g_strlcpy (envelope.day, "9999-12-31", sizeof envelope.day);
  assert_survives (&envelope);

  envelope.kind = DC_KIND_DRILL;
  envelope.amount.minor = 0;
  assert_survives (&envelope);
}

/* Whoever wrote it: the order of keys, white space and escapes are theirs. */
static void
test_other_spelling (void)
{
  DcEnvelope expected = fixture_envelope ("pledge");
  g_autoptr (GBytes) json = dc_envelope_to_json (&expected);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  g_autofree char *spaced = fixture_replace (text, "{\"v\":1,\"kind\":\"pledge\",",
                                             " {\n\t\"kind\" : \"\\u0070ledge\", ");
  g_autofree char *other = fixture_replace (spaced, "}", ", \"v\" : 1}\r\n");
  g_autoptr (GError) error = NULL;
  DcEnvelope read;

  g_assert_true (dc_envelope_from_json (&read, other, strlen (other), &error));
  g_assert_no_error (error);
  assert_equal (&read, &expected);
}

static void
test_signed_bytes (void)
{
  g_autoptr (GBytes) json = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) message = dc_envelope_signed_bytes (json);
  gsize size;
  const char *data = g_bytes_get_data (message, &size);

  g_assert_cmpmem (data, size, "daily-cup/record/1\n{}", strlen ("daily-cup/record/1\n{}"));
}

static void
test_record_keeps_its_bytes (void)
{
  g_autoptr (GBytes) envelope = fixture_vector ("pledge", "envelope");
  g_autoptr (GBytes) sealed = fixture_vector ("pledge", "age");
  DcRecord *record = fixture_record ("pledge");
  DcEnvelope expected = fixture_envelope ("pledge");

  g_assert_true (dc_record_ref (record) == record);
  dc_record_unref (record);
  g_assert_true (g_bytes_equal (record->envelope_json, envelope));
  g_assert_true (g_bytes_equal (record->sealed, sealed));
  assert_equal (&record->envelope, &expected);
  g_boxed_free (DC_TYPE_RECORD, record);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/envelope/has-a-word-for-each-kind", test_kinds);
  g_test_add_func ("/envelope/writes-every-key-in-order-without-space", test_keys_in_order);
  g_test_add_func ("/envelope/survives-writing-and-reading", test_survives);
  g_test_add_func ("/envelope/survives-as-every-kind", test_every_kind);
  g_test_add_func ("/envelope/survives-at-its-extremes", test_extremes);
  g_test_add_func ("/envelope/reads-another-spelling", test_other_spelling);
  g_test_add_func ("/envelope/is-signed-with-its-context", test_signed_bytes);
  g_test_add_func ("/record/keeps-the-very-bytes", test_record_keeps_its_bytes);

  return g_test_run ();
}
