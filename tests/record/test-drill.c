/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test.h"
#include "dc-wordlist.h"
#include "fixture.h"

static const char * const keys[] = { FIXTURE_DESK, FIXTURE_SPARE };

static DcDrill *
make_drill (guint n_recipients)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (n_recipients);
  DcDrillOccasion occasion = { .day = "2026-12-18", .language = "fr", .currency = "CHF",
                               .notice_version = 3, .minimum_age = 18 };
  g_autoptr (GError) error = NULL;
  DcDrill *drill;

  occasion.time.utc_us = G_GINT64_CONSTANT (1797588000000000);
  drill = dc_drill_new (sealer, &occasion, &error);
  g_assert_no_error (error);

  return drill;
}

/* The records of the file, in its order. */
static GPtrArray *
read_lines (DcDrill *drill)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_autofree char *text = g_strndup (g_bytes_get_data (drill->lines, NULL),
                                     g_bytes_get_size (drill->lines));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines) - 1;

  g_assert_cmpstr (lines[n], ==, "");
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    DcRecord *record = dc_record_from_line (lines[i], strlen (lines[i]), &error);

    g_assert_no_error (error);
    g_ptr_array_add (records, record);
  }

  return records;
}

/* What a person does who has age, sha256sum and the list of words. */
static char *
answer_by_hand (DcRecord   *record,
                const char *key)
{
  g_autoptr (GBytes) plaintext = fixture_open (record->sealed, key);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  if (plaintext == NULL)
    return NULL;
  g_checksum_update (sum, (const guchar *) "daily-cup/drill/1\n", -1);
  g_checksum_update (sum, g_bytes_get_data (plaintext, NULL),
                     (gssize) g_bytes_get_size (plaintext));
  g_checksum_get_digest (sum, digest, &length);

  return dc_wordlist_encode (digest, sizeof digest, 4);
}

/* Computed apart, by the words of FORMAT.md. */
static void
test_vectors (void)
{
  const struct {
    const char *plaintext;
    const char *answer;
  } vectors[] = {
    { "{\"v\":1}     ", "relief wing false shove" },
    { "{\"v\":1}", "creek spell six soon" },
    { "", "clay grocery mask enlist" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *answer = dc_drill_answer ((const guint8 *) vectors[i].plaintext,
                                               strlen (vectors[i].plaintext));

    g_assert_cmpstr (answer, ==, vectors[i].answer);
  }
}

static void
test_each_key_alone (void)
{
  g_autoptr (DcDrill) drill = make_drill (2);
  g_autoptr (GPtrArray) records = read_lines (drill);

  g_assert_cmpuint (records->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    DcRecord *record = g_ptr_array_index (records, i);
    g_autofree char *answer = answer_by_hand (record, keys[i]);
    g_autofree char *other = answer_by_hand (record, keys[1 - i]);

    g_assert_cmpstr (answer, ==, drill->answers[i]);
    g_assert_null (other);
  }
  g_assert_null (drill->answers[2]);
  g_assert_cmpstr (drill->answers[0], !=, drill->answers[1]);
}

static void
test_envelopes (void)
{
  g_autoptr (DcDrill) drill = make_drill (2);
  g_autoptr (GPtrArray) records = read_lines (drill);

  for (guint i = 0; i < records->len; i++) {
    const DcEnvelope *envelope = &((DcRecord *) g_ptr_array_index (records, i))->envelope;

    g_assert_cmpint (envelope->kind, ==, DC_KIND_DRILL);
    g_assert_true (dc_id_equal (&envelope->queue, &drill->queue));
    g_assert_cmpint (envelope->seq, ==, i + 1);
    g_assert_cmpint (envelope->amount.minor, ==, 0);
    g_assert_cmpstr (envelope->amount.currency, ==, "CHF");
    g_assert_cmpstr (envelope->day, ==, "2026-12-18");
  }
}

static void
test_nobody_in_it (void)
{
  g_autoptr (DcDrill) drill = make_drill (1);
  g_autoptr (GPtrArray) records = read_lines (drill);
  DcRecord *record = g_ptr_array_index (records, 0);
  g_autoptr (GBytes) plaintext = fixture_open (record->sealed, FIXTURE_DESK);
  g_autofree char *text = g_strndup (g_bytes_get_data (plaintext, NULL),
                                     g_bytes_get_size (plaintext));

  g_assert_cmpuint (strlen (text), ==, 2048);
  g_assert_nonnull (strstr (text, "\"donor\":{\"first_name\":null,\"family_name\":null,"
                            "\"email\":null,\"phone\":null,\"address\":null}"));
  g_assert_nonnull (strstr (text, "\"consents\":[]"));
  g_assert_nonnull (strstr (text, "\"notice\":{\"version\":3,\"language\":\"fr\"}"));
}

/* Of the same occasion: only chance tells one drill from the next. */
static void
test_never_twice (void)
{
  g_autoptr (DcDrill) one = make_drill (2);
  g_autoptr (DcDrill) other = make_drill (2);

  g_assert_false (dc_id_equal (&one->queue, &other->queue));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (one->answers[i], !=, other->answers[i]);
}

static void
test_no_currency (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  DcDrillOccasion occasion = { .day = "2026-12-18", .language = "fr", .currency = "XXQ" };
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_drill_new (sealer, &occasion, &error));
  g_assert_error (error, DC_MONEY_ERROR, DC_MONEY_ERROR_CURRENCY);
  g_clear_error (&error);

  occasion.currency = "CHF";
  occasion.day = "2026-02-30";
  g_assert_null (dc_drill_new (sealer, &occasion, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
}

static void
test_file_name (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autofree char *name = dc_drill_file_name (dc_tablet_key_get_public (tablet), &fixture_queue);

  g_assert_cmpstr (name, ==, "daily-cup-drill-03a107bf-51ee9a0c.jsonl");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/drill/answer/is-made-as-the-format-says", test_vectors);
  g_test_add_func ("/drill/record/is-opened-by-its-key-alone-which-gives-the-answer",
                   test_each_key_alone);
  g_test_add_func ("/drill/record/has-the-drills-own-queue-and-no-amount", test_envelopes);
  g_test_add_func ("/drill/record/holds-nobodys-details", test_nobody_in_it);
  g_test_add_func ("/drill/answer/is-another-each-time", test_never_twice);
  g_test_add_func ("/drill/new/refuses-what-no-record-can-say", test_no_currency);
  g_test_add_func ("/drill/file/is-named-by-tablet-and-queue", test_file_name);

  return g_test_run ();
}
