/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-test.h"
#include "fixture.h"

static GPtrArray *
records_new (guint n)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);

  for (guint i = 0; i < n; i++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (i);
    g_autoptr (GError) error = NULL;
    DcRecord *record = dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue,
                                              i + 1, &error);

    g_assert_no_error (error);
    g_ptr_array_add (records, record);
  }

  return records;
}

static GBytes *
bundle_of (GPtrArray *records)
{
  guint taken;
  GBytes *bundle = dc_bundle_new ((DcRecord * const *) records->pdata, records->len, &taken);

  g_assert_cmpuint (taken, ==, records->len);

  return bundle;
}

static GBytes *
journal_of (GPtrArray *records)
{
  GByteArray *journal = g_byte_array_new ();

  for (guint i = 0; i < records->len; i++) {
    g_autoptr (GBytes) line = dc_record_to_line (g_ptr_array_index (records, i));

    g_byte_array_append (journal, g_bytes_get_data (line, NULL), (guint) g_bytes_get_size (line));
  }

  return g_byte_array_free_to_bytes (journal);
}

/* What a reader finds, in one word a place: "1 2 lost@3 altered@4", a record
 * by its number in its queue. */
static char *
read_all (GBytes       *file,
          DcBundleForm  form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (file, form, &error);
  g_auto (DcBundleItem) item = { 0 };
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  while (dc_bundle_reader_next (reader, &item)) {
    g_assert_true ((item.record != NULL) == (item.found == DC_BUNDLE_RECORD));
    g_assert_true ((item.error != NULL) == (item.found != DC_BUNDLE_RECORD));
    g_string_append (found, found->len > 0 ? " " : "");
    if (item.found == DC_BUNDLE_RECORD)
      g_string_append_printf (found, "%" G_GINT64_FORMAT, item.record->envelope.seq);
    else
      g_string_append_printf (found, "%s@%u",
                              item.found == DC_BUNDLE_LOST ? "lost" : "altered", item.line);
    dc_bundle_item_clear (&item);
  }

  return g_string_free (found, FALSE);
}

static void
assert_found (GBytes       *file,
              DcBundleForm  form,
              const char   *expected)
{
  g_autofree char *found = read_all (file, form);

  g_assert_cmpstr (found, ==, expected);
}

/* The same for text with @old replaced by @by. */
static void
assert_found_with (GBytes       *file,
                   DcBundleForm  form,
                   const char   *old,
                   const char   *by,
                   const char   *expected)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_autofree char *changed = fixture_replace (text, old, by);
  g_autoptr (GBytes) bytes = g_bytes_new (changed, strlen (changed));

  assert_found (bytes, form, expected);
}

static GBytes *
cut (GBytes *file,
     gsize   bytes)
{
  return g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - bytes);
}

static void
test_form (void)
{
  g_autoptr (GPtrArray) records = records_new (2);
  g_autoptr (GBytes) bundle = bundle_of (records);
  g_autoptr (GBytes) lines = journal_of (records);
  g_autofree char *text = g_strndup (g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle));
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, lines);
  g_autofree char *trailer = g_strdup_printf ("{\"bundle\":1,\"records\":2,\"sha256\":\"%s\"}\n",
                                              digest);

  g_assert_true (g_str_has_suffix (text, trailer));
  g_assert_cmpuint (strlen (text), ==, g_bytes_get_size (lines) + strlen (trailer));
  g_assert_cmpmem (text, g_bytes_get_size (lines), g_bytes_get_data (lines, NULL),
                   g_bytes_get_size (lines));
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) records = records_new (3);
  g_autoptr (GBytes) bundle = bundle_of (records);
  g_autoptr (GBytes) journal = journal_of (records);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  assert_found (bundle, DC_BUNDLE_FORM_BUNDLE, "1 2 3");
  assert_found (journal, DC_BUNDLE_FORM_JOURNAL, "1 2 3");
  assert_found (empty, DC_BUNDLE_FORM_JOURNAL, "");
}

static void
test_full (void)
{
  g_autoptr (GPtrArray) records = records_new (100);
  guint first;
  guint second;
  g_autoptr (GBytes) one = dc_bundle_new ((DcRecord * const *) records->pdata, records->len,
                                          &first);
  g_autoptr (GBytes) two = dc_bundle_new ((DcRecord * const *) records->pdata + first,
                                          records->len - first, &second);
  gsize line = g_bytes_get_size (one) / first;

  g_assert_cmpuint (first, <, records->len);
  g_assert_cmpuint (g_bytes_get_size (one), <=, DC_BUNDLE_MAX_BYTES);
  g_assert_cmpuint (g_bytes_get_size (one), >, DC_BUNDLE_MAX_BYTES - 2 * line);
  g_assert_cmpuint (second, >, 0);
}

/* As long as an envelope and a sealed part may be, it is alone in its bundle. */
static void
test_largest (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autofree guint8 *sealed = g_malloc0 (DC_SEALED_MAX_BYTES);
  g_autoptr (GBytes) bytes = g_bytes_new (sealed, DC_SEALED_MAX_BYTES);
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) error = NULL;
  DcRecord *records[2];
  guint8 signature[64];
  guint taken;

  dc_crypto_sha256 (sealed, DC_SEALED_MAX_BYTES, envelope.sealed_sha256);
  json = dc_envelope_to_json (&envelope);
  message = dc_envelope_signed_bytes (json);
  dc_tablet_key_sign (tablet, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                      signature);
  record = dc_record_new (json, signature, bytes, &error);
  g_assert_no_error (error);

  records[0] = records[1] = record;
  bundle = dc_bundle_new (records, 2, &taken);
  g_assert_cmpuint (taken, ==, 1);
  assert_found (bundle, DC_BUNDLE_FORM_BUNDLE, "1");
}

static void
test_torn_journal (void)
{
  g_autoptr (GPtrArray) records = records_new (2);
  g_autoptr (GBytes) journal = journal_of (records);
  g_autoptr (GBytes) first = dc_record_to_line (g_ptr_array_index (records, 0));
  gsize last = g_bytes_get_size (journal) - g_bytes_get_size (first);
  g_autoptr (GBytes) no_line_feed = cut (journal, 1);

  assert_found (no_line_feed, DC_BUNDLE_FORM_JOURNAL, "1 2");
  for (gsize bytes = 2; bytes <= last; bytes += 7) {
    g_autoptr (GBytes) torn = cut (journal, bytes);

    assert_found (torn, DC_BUNDLE_FORM_JOURNAL, "1");
  }
}

/* Whoever appends after a cut need not know of it. */
static void
test_journal_goes_on (void)
{
  g_autoptr (GPtrArray) records = records_new (3);
  g_autoptr (GBytes) journal = journal_of (records);
  g_autoptr (GBytes) third = dc_record_to_line (g_ptr_array_index (records, 2));
  gsize size = g_bytes_get_size (third);
  g_autoptr (GBytes) torn = cut (journal, size + size / 2);
  GByteArray *more = g_bytes_unref_to_array (g_bytes_ref (torn));
  g_autoptr (GBytes) file = NULL;

  g_byte_array_append (more, g_bytes_get_data (third, NULL), (guint) size);
  file = g_byte_array_free_to_bytes (more);
  assert_found (file, DC_BUNDLE_FORM_JOURNAL, "1 lost@2 3");
}

static void
test_cut_bundle (void)
{
  g_autoptr (GPtrArray) records = records_new (2);
  g_autoptr (GBytes) bundle = bundle_of (records);
  g_autoptr (GBytes) journal = journal_of (records);
  gsize trailer = g_bytes_get_size (bundle) - g_bytes_get_size (journal);
  g_autoptr (GBytes) half_trailer = cut (bundle, trailer / 2);
  g_autoptr (GBytes) letters = cut (bundle, trailer - 3);
  g_autoptr (GBytes) none = cut (bundle, trailer);
  g_autoptr (GBytes) half_record = cut (bundle, trailer + 40);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  assert_found (half_trailer, DC_BUNDLE_FORM_BUNDLE, "1 2 altered@3");
  assert_found (letters, DC_BUNDLE_FORM_BUNDLE, "1 2 altered@3");
  assert_found (none, DC_BUNDLE_FORM_BUNDLE, "1 2 altered@2");
  assert_found (half_record, DC_BUNDLE_FORM_BUNDLE, "1 lost@2 altered@2");
  assert_found (empty, DC_BUNDLE_FORM_BUNDLE, "altered@1");
}

static void
test_wrong_trailer (void)
{
  g_autoptr (GPtrArray) records = records_new (2);
  g_autoptr (GBytes) bundle = bundle_of (records);

  assert_found_with (bundle, DC_BUNDLE_FORM_BUNDLE, "\"records\":2", "\"records\":3",
                     "1 2 altered@3");
  assert_found_with (bundle, DC_BUNDLE_FORM_BUNDLE, "{\"bundle\":1", "{\"bundle\":2",
                     "1 2 altered@3");
  assert_found_with (bundle, DC_BUNDLE_FORM_BUNDLE, "{\"bundle\":1", "{\"bundle\":\"1\"",
                     "1 2 altered@3");
  assert_found_with (bundle, DC_BUNDLE_FORM_BUNDLE, ",\"records\"", ",\"more\":1,\"records\"",
                     "1 2 altered@3");
  assert_found_with (bundle, DC_BUNDLE_FORM_BUNDLE, "{\"bundle\":1", "{\"bungle\":1",
                     "1 2 altered@3");
  assert_found_with (bundle, DC_BUNDLE_FORM_BUNDLE, "\"sha256\":\"", "\"sha256\":\"\n",
                     "1 2 altered@3");
}

static void
test_goes_on (void)
{
  g_autoptr (GPtrArray) records = records_new (2);
  g_autoptr (GBytes) bundle = bundle_of (records);
  gsize size;
  const guint8 *data = g_bytes_get_data (bundle, &size);
  GByteArray *twice = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;

  g_byte_array_append (twice, data, (guint) size);
  g_byte_array_append (twice, data, (guint) size);
  file = g_byte_array_free_to_bytes (twice);
  assert_found (file, DC_BUNDLE_FORM_BUNDLE, "1 2 1 2 altered@6");
}

/* What an editor or another system leaves behind takes no record away. */
static void
test_white_space (void)
{
  g_autoptr (GPtrArray) records = records_new (2);
  g_autoptr (GBytes) journal = journal_of (records);

  assert_found_with (journal, DC_BUNDLE_FORM_JOURNAL, "}\n", "}\r\n\r\n\n", "1 2");
}

static void
test_names_id (void)
{
  g_autoptr (GPtrArray) records = records_new (1);
  g_autoptr (GBytes) bundle = bundle_of (records);
  DcRecord *record = g_ptr_array_index (records, 0);
  g_autofree char *text = g_strndup (g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle));
  g_autofree char *changed = fixture_replace (text, "\"sealed\":\"", "\"sealed\":\"*");
  g_autofree char *other = fixture_replace (text, "{\"envelope\":\"e", "{\"envelope\":\"A");
  g_autofree char *none = fixture_replace (text, "{\"envelope\":", "{\"envelopo\":");
  const char *damages[] = { changed, other, none };
  g_auto (DcBundleItem) item = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autoptr (GBytes) file = g_bytes_new (damages[i], strlen (damages[i]));
    g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (file, DC_BUNDLE_FORM_BUNDLE, NULL);

    g_assert_true (dc_bundle_reader_next (reader, &item));
    g_assert_cmpint (item.found, ==, DC_BUNDLE_LOST);
    g_assert_true (item.error->domain == DC_RECORD_ERROR);
    g_assert_cmpint (item.has_id, ==, i == 0);
    if (item.has_id)
      g_assert_true (dc_id_equal (&item.id, &record->envelope.id));
    dc_bundle_item_clear (&item);
  }
}

static void
test_too_large (void)
{
  g_autofree char *data = g_malloc0 (DC_BUNDLE_MAX_FILE + 1);
  g_autoptr (GBytes) file = g_bytes_new_static (data, DC_BUNDLE_MAX_FILE + 1);
  g_autoptr (GBytes) largest = g_bytes_new_static (data, DC_BUNDLE_MAX_FILE);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_bundle_reader_new (file, DC_BUNDLE_FORM_JOURNAL, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  assert_found (largest, DC_BUNDLE_FORM_BUNDLE, "lost@1 altered@1");
}

/* A hostile file of nothing but beginnings takes no longer than another. */
static void
test_linear (void)
{
  const char *unit = "{\"envelope\":\"{\"bundle\":";
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *found = NULL;
  gint64 start = g_get_monotonic_time ();

  while (text->len < 2 * 1024 * 1024)
    g_string_append (text, unit);
  file = g_string_free_to_bytes (text);
  found = read_all (file, DC_BUNDLE_FORM_BUNDLE);
  g_assert_true (g_str_has_prefix (found, "lost@1 altered@1 lost@1"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
}

/* A line of @record that has the trailer which belongs to it, whatever is in it. */
static GBytes *
bundle_with (GBytes     *bundle,
             const char *old,
             const char *by)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle));
  g_autofree char *changed = fixture_replace (text, old, by);
  char *trailer = strstr (changed, "{\"bundle\"");
  g_autofree char *head = g_strndup (changed, (gsize) (trailer - changed));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, head, -1);
  char *whole = g_strdup_printf ("%s{\"bundle\":1,\"records\":1,\"sha256\":\"%s\"}\n", head, hash);

  return g_bytes_new_take (whole, strlen (whole));
}

static void
test_fresh (void)
{
  g_autoptr (DcRecord) record = fixture_record ("pledge");
  guint taken;
  g_autoptr (GBytes) bundle = dc_bundle_new (&record, 1, &taken);
  g_autofree char *number = read_all (bundle, DC_BUNDLE_FORM_BUNDLE);
  g_autofree guint8 *other = g_memdup2 (record->signature, 64);
  g_autofree char *signature = g_base64_encode (record->signature, 64);
  g_autofree char *wrong = NULL;
  g_autoptr (GBytes) unsigned_one = NULL;
  g_autoptr (GBytes) unsealed = NULL;

  other[5] ^= 1;
  wrong = g_base64_encode (other, 64);
  unsigned_one = bundle_with (bundle, signature, wrong);
  unsealed = bundle_with (bundle, "\"sealed\":\"YWdl", "\"sealed\":\"YWdm");

  assert_found (bundle, DC_BUNDLE_FORM_FRESH, number);
  assert_found (unsigned_one, DC_BUNDLE_FORM_BUNDLE, "lost@1 altered@2");
  assert_found (unsigned_one, DC_BUNDLE_FORM_FRESH, number);
  assert_found (unsealed, DC_BUNDLE_FORM_FRESH, "lost@1 altered@2");
  assert_found_with (bundle, DC_BUNDLE_FORM_FRESH, signature, wrong, "1 altered@2");
  assert_found_with (bundle, DC_BUNDLE_FORM_FRESH, "\"signature\":", "\"signatura\":", "lost@1 altered@2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/bundle/ends-with-the-trailer-that-the-format-says", test_form);
  g_test_add_func ("/bundle/survives-writing-and-reading", test_round_trip);
  g_test_add_func ("/bundle/takes-as-many-as-fit", test_full);
  g_test_add_func ("/bundle/takes-any-single-record", test_largest);
  g_test_add_func ("/bundle/reports-what-was-cut-off", test_cut_bundle);
  g_test_add_func ("/bundle/reports-a-wrong-trailer-and-reads-on", test_wrong_trailer);
  g_test_add_func ("/bundle/reports-what-comes-after-its-trailer", test_goes_on);
  g_test_add_func ("/bundle/takes-the-line-ends-of-another-system", test_white_space);
  g_test_add_func ("/bundle/names-a-damaged-record-by-its-id", test_names_id);
  g_test_add_func ("/bundle/bounds-the-file", test_too_large);
  g_test_add_func ("/bundle/takes-no-longer-for-a-hostile-file", test_linear);
  g_test_add_func ("/bundle/verifies-all-but-signatures-of-one-that-was-just-made", test_fresh);
  g_test_add_func ("/journal/passes-over-a-torn-last-line", test_torn_journal);
  g_test_add_func ("/journal/goes-on-after-a-torn-line", test_journal_goes_on);

  return g_test_run ();
}
