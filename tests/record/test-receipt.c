/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-receipt.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-minisign-key.h"
#include "dc-minisign.h"
#include "dc-record.h"
#include "dc-statement.h"
#include "fixture.h"

#define TABLET "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
#define QUEUE  "51ee9a0c3f6b4c2d8e7a10b2c3d4e5f6"
#define ORIGIN "\"campaign\":\"migrants-day\",\"tablet\":\"" TABLET "\",\"queue\":\"" QUEUE "\""
#define ID     "000102030405060708090a0b0c0d0e0f"
#define HASH   "d95f12c86d1f80b0550a660f16aabf7b3e7209904f59274adea36cacd9510a5d"
#define ONE    "{\"id\":\"" ID "\",\"sealed_sha256\":\"" HASH "\"}"
#define OTHER  "{\"id\":\"ff" ID "\",\"sealed_sha256\":\"" HASH "\"}"
#define GOOD   "{\"v\":1," ORIGIN ",\"count\":1,\"records\":[" ONE "]}"

static DcMinisignKey *office;
static const char *office_keys[2];

static char *
key_line (DcMinisignKey *key)
{
  g_autofree char *text = dc_minisign_key_get_public_text (key, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strdup (lines[1]);
}

static DcOrigin
origin_of_fixture (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  DcOrigin origin = { .campaign = "migrants-day", .queue = fixture_queue };

  memcpy (origin.tablet, dc_tablet_key_get_public (tablet), sizeof origin.tablet);

  return origin;
}

static DcReceipt *
receipt_of (guint n)
{
  DcOrigin origin = origin_of_fixture ();
  DcReceipt *receipt = dc_receipt_new (&origin);

  for (guint i = 0; i < n; i++) {
    DcReceiptEntry entry = { 0 };

    memcpy (entry.id.bytes, &i, sizeof i);
    memset (entry.sealed_sha256, (int) i, sizeof entry.sealed_sha256);
    g_array_append_val (receipt->entries, entry);
  }

  return receipt;
}

/* A line in which @key signed @context and @json, whatever they are. */
static GBytes *
signed_line (DcMinisignKey *key,
             const char    *context,
             const char    *json)
{
  g_autofree char *message = g_strconcat (context, json, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autofree char *minisig = dc_minisign_key_sign (key, (const guint8 *) message, strlen (message),
                                                   "a receipt", NULL, NULL);

  return dc_receipt_to_line (bytes, minisig);
}

static GBytes *
line_of (DcReceipt *receipt)
{
  g_autoptr (GBytes) json = dc_receipt_to_json (receipt);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  return signed_line (office, DC_RECEIPT_CONTEXT, text);
}

static DcReceipt *
read_line (GBytes              *line,
           const char * const  *keys,
           GError             **error)
{
  DcOrigin origin = origin_of_fixture ();

  return dc_receipt_from_line (line, keys, &origin, error);
}

static void
assert_line_refused (GBytes     *line,
                     int         code,
                     const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReceipt) receipt = read_line (line, office_keys, &error);

  g_assert_null (receipt);
  g_assert_error (error, DC_RECORD_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
}

/* The office itself signed it: only what it says is wrong. */
static void
assert_json_refused (const char *json,
                     int         code,
                     const char *pattern)
{
  g_autoptr (GBytes) line = signed_line (office, DC_RECEIPT_CONTEXT, json);

  assert_line_refused (line, code, pattern);
}

static gboolean
same_entries (DcReceipt *a,
              DcReceipt *b)
{
  return a->entries->len == b->entries->len &&
         memcmp (a->entries->data, b->entries->data, a->entries->len * sizeof (DcReceiptEntry)) == 0;
}

static void
test_round_trip (void)
{
  g_autoptr (DcReceipt) made = receipt_of (3);
  g_autoptr (GBytes) line = line_of (made);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReceipt) read = read_line (line, office_keys, &error);

  g_assert_no_error (error);
  g_assert_true (dc_origin_equal (&made->origin, &read->origin));
  g_assert_true (same_entries (made, read));
  g_assert_null (made->line);
  g_assert_true (g_bytes_equal (read->line, line));
}

static void
test_text (void)
{
  DcOrigin origin = origin_of_fixture ();
  g_autoptr (DcReceipt) receipt = dc_receipt_new (&origin);
  g_autoptr (DcRecord) record = fixture_record ("pledge");
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) message = NULL;
  DcReceiptEntry entry = { .id = record->envelope.id };

  memcpy (entry.sealed_sha256, record->envelope.sealed_sha256, sizeof entry.sealed_sha256);
  g_array_append_val (receipt->entries, entry);
  json = dc_receipt_to_json (receipt);
  g_assert_cmpmem (g_bytes_get_data (json, NULL), g_bytes_get_size (json), GOOD, strlen (GOOD));
  message = dc_receipt_signed_bytes (json);
  g_assert_cmpmem (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                   "daily-cup/receipt/1\n" GOOD, strlen ("daily-cup/receipt/1\n" GOOD));
}

static void
test_most (void)
{
  g_autoptr (DcReceipt) made = receipt_of (DC_RECEIPT_MAX_ENTRIES);
  g_autoptr (GBytes) line = line_of (made);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReceipt) read = read_line (line, office_keys, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->entries->len, ==, DC_RECEIPT_MAX_ENTRIES);
  g_assert_cmpuint (g_bytes_get_size (line), <, DC_RECEIPT_MAX_LINE);
}

static void
test_keys (void)
{
  g_autoptr (DcMinisignKey) stranger = dc_minisign_key_generate ();
  g_autofree char *strange = key_line (stranger);
  const char *several[] = { "not a key", strange, office_keys[0], NULL };
  const char *others[] = { "", strange, NULL };
  const char *none[] = { NULL };
  g_autoptr (DcReceipt) made = receipt_of (1);
  g_autoptr (GBytes) line = line_of (made);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReceipt) read = read_line (line, several, &error);

  g_assert_no_error (error);
  g_assert_nonnull (read);
  g_assert_null (read_line (line, others, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_assert_null (read_line (line, none, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE);
}

/* What the same key signs for another purpose is no receipt, and a receipt's
 * signature is of nothing else. */
static void
test_purposes (void)
{
  static const char * const contexts[] = {
    "", "daily-cup pack 1\n", DC_RECORD_CONTEXT, DC_STATEMENT_CONTEXT, "daily-cup/drill/1\n",
    "daily-cup/receipt/1", "daily-cup/receipt/1\n\n", "daily-cup/receipt/2\n",
  };
  g_autofree char *minisig = NULL;
  g_autofree char *public_text = dc_minisign_key_get_public_text (office, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (contexts); i++) {
    g_autoptr (GBytes) line = signed_line (office, contexts[i], GOOD);

    assert_line_refused (line, DC_RECORD_ERROR_SIGNATURE, "receipt: signature: *");
  }

  minisig = dc_minisign_key_sign (office, (const guint8 *) DC_RECEIPT_CONTEXT GOOD,
                                  strlen (DC_RECEIPT_CONTEXT GOOD), "", NULL, NULL);
  g_assert_false (dc_minisign_verify (public_text, strlen (public_text), minisig, strlen (minisig),
                                      (const guint8 *) GOOD, strlen (GOOD), &error));
  g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_SIGNATURE);
}

/* A tablet's bare Ed25519 signature is not minisign's. */
static void
test_tablet_signature (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  guint8 signature[64];
  g_autofree char *text = NULL;
  g_autoptr (GBytes) json = g_bytes_new_static (GOOD, strlen (GOOD));
  g_autoptr (GBytes) line = NULL;

  dc_tablet_key_sign (tablet, (const guint8 *) DC_RECEIPT_CONTEXT GOOD, strlen (DC_RECEIPT_CONTEXT GOOD), signature);
  text = g_base64_encode (signature, sizeof signature);
  line = dc_receipt_to_line (json, text);
  assert_line_refused (line, DC_RECORD_ERROR_SIGNATURE, "receipt: signature: Not a minisign signature");
}

/* A byte changed: refused, or in minisign's untrusted comment, where it says
 * the same. */
static void
test_changed (void)
{
  g_autoptr (DcReceipt) made = receipt_of (2);
  g_autoptr (GBytes) line = line_of (made);
  gsize length;
  const guint8 *data = g_bytes_get_data (line, &length);
  guint refused = 0;

  for (gsize i = 0; i < length; i++) {
    g_autofree guint8 *changed = g_memdup2 (data, length);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (DcReceipt) read = NULL;

    changed[i] ^= 1;
    bytes = g_bytes_new (changed, length);
    read = read_line (bytes, office_keys, &error);
    if (read == NULL)
      g_assert_true (error->domain == DC_RECORD_ERROR);
    else
      g_assert_true (same_entries (made, read));
    refused += read == NULL;
  }
  /* All but the words behind "untrusted comment: ". */
  g_assert_cmpuint (refused, >, length - 100);
}

static void
test_truncated (void)
{
  g_autoptr (DcReceipt) made = receipt_of (2);
  g_autoptr (GBytes) line = line_of (made);

  for (gsize length = 0; length < g_bytes_get_size (line) - 1; length++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (line, 0, length);
    g_autoptr (DcReceipt) read = read_line (part, office_keys, NULL);

    g_assert_null (read);
  }
}

static void
test_others (void)
{
  g_autoptr (DcReceipt) made = receipt_of (1);
  g_autoptr (GBytes) line = line_of (made);
  g_autoptr (DcReceipt) any = dc_receipt_from_line (line, office_keys, NULL, NULL);

  g_assert_nonnull (any);
  for (guint i = 0; i < 3; i++) {
    DcOrigin origin = origin_of_fixture ();
    g_autoptr (GError) error = NULL;

    origin.campaign[1] = i == 0 ? 'x' : 'i';
    origin.tablet[0] ^= i == 1;
    origin.queue.bytes[15] ^= i == 2;
    g_assert_null (dc_receipt_from_line (line, office_keys, &origin, &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_MISMATCH);
  }
}

static void
test_fields (void)
{
  static const char * const cases[][2] = {
    { "{\"v\":1," ORIGIN ",\"count\":1}", "receipt: records: expected it to be there" },
    { "{\"v\":1," ORIGIN ",\"count\":1,\"records\":[" ONE "],\"more\":1}", "receipt: more: expected no such field" },
    { "{\"v\":1," ORIGIN ",\"count\":0,\"records\":[]}", "receipt: count: expected an integer from 1 to 1000" },
    { "{\"v\":1," ORIGIN ",\"count\":-1,\"records\":[]}", "receipt: count: *" },
    { "{\"v\":1," ORIGIN ",\"count\":\"1\",\"records\":[" ONE "]}", "receipt: count: expected an integer" },
    { "{\"v\":1," ORIGIN ",\"count\":2,\"records\":[" ONE "]}", "receipt: records: expected as many as the count*" },
    { "{\"v\":1," ORIGIN ",\"count\":1,\"records\":[" ONE "," ONE "]}", "receipt: records: expected as many*" },
    { "{\"v\":1," ORIGIN ",\"count\":2,\"records\":[" ONE "," ONE "]}", "receipt: records: expected no id twice" },
    { "{\"v\":1," ORIGIN ",\"count\":1,\"records\":" ONE "}", "receipt: records: expected a list" },
    { "{\"v\":1," ORIGIN ",\"count\":1,\"records\":[1]}", "receipt: records: expected a list of objects" },
    { "{\"v\":1," ORIGIN ",\"count\":1,\"records\":[{\"id\":\"" ID "\"}]}",
      "receipt: records 1: sealed_sha256: expected it to be there" },
    { "{\"v\":1," ORIGIN ",\"count\":2,\"records\":[" ONE "," OTHER "]}",
      "receipt: records 2: id: expected 32 lower-case hexadecimal digits" },
    { "{\"v\":1," ORIGIN ",\"count\":1,\"records\":[{\"id\":\"" ID "\",\"sealed_sha256\":\"D95F\"}]}",
      "receipt: records 1: sealed_sha256: expected 64 lower-case hexadecimal digits" },
    { "{\"v\":1,\"campaign\":\"A\",\"tablet\":\"" TABLET "\",\"queue\":\"" QUEUE "\",\"count\":1,\"records\":[" ONE "]}",
      "receipt: campaign: expected 1 to 64 of *" },
    { "{\"v\":1,\"campaign\":\"\",\"tablet\":\"" TABLET "\",\"queue\":\"" QUEUE "\",\"count\":1,\"records\":[" ONE "]}",
      "receipt: campaign: expected 1 to 64 of *" },
    { "{\"v\":1,\"campaign\":\"a\",\"tablet\":\"" QUEUE "\",\"queue\":\"" QUEUE "\",\"count\":1,\"records\":[" ONE "]}",
      "receipt: tablet: expected 64 *" },
    { "{\"v\":1,\"campaign\":\"a\",\"tablet\":\"" TABLET "\",\"queue\":null,\"count\":1,\"records\":[" ONE "]}",
      "receipt: queue: expected 32 *" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_json_refused (cases[i][0], DC_RECORD_ERROR_FIELD, cases[i][1]);
}

static void
test_syntax (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');

  assert_json_refused ("{\"v\":2," ORIGIN ",\"other\":1}", DC_RECORD_ERROR_VERSION, "receipt: v: found 2, expected 1");
  assert_json_refused ("{\"v\":1,\"v\":1," ORIGIN ",\"count\":1,\"records\":[" ONE "]}", DC_RECORD_ERROR_SYNTAX,
                       "receipt: expected one JSON object with no key twice");
  assert_json_refused (GOOD " and more", DC_RECORD_ERROR_SYNTAX, "receipt: *");
  assert_json_refused ("[" GOOD "]", DC_RECORD_ERROR_SYNTAX, "receipt: *");
  assert_json_refused (deep, DC_RECORD_ERROR_SYNTAX, "receipt: *");
}

static void
test_lines (void)
{
  g_autofree char *much = g_strnfill (DC_RECEIPT_MAX_LINE + 1, ' ');
  const struct
  {
    const char *text;
    int         code;
    const char *message;
  } cases[] = {
    { "", DC_RECORD_ERROR_SYNTAX, "receipt: expected one JSON object*" },
    { "\n", DC_RECORD_ERROR_SYNTAX, "receipt: expected one JSON object*" },
    { "<html>log in</html>", DC_RECORD_ERROR_SYNTAX, "receipt: expected one JSON object*" },
    { "{\"receipt\":\"e30=\",\"signature\":\"e30=\"}\n\n", DC_RECORD_ERROR_SYNTAX, "receipt: expected one line" },
    { "{\"receipt\":\"e30=\",\n\"signature\":\"e30=\"}\n", DC_RECORD_ERROR_SYNTAX, "receipt: expected one line" },
    { "{\"statement\":\"e30=\",\"signature\":\"e30=\"}\n", DC_RECORD_ERROR_FIELD,
      "receipt: receipt: expected it to be there" },
    { "{\"receipt\":\"\",\"signature\":\"e30=\"}\n", DC_RECORD_ERROR_FIELD,
      "receipt: receipt: expected standard base64*" },
    { "{\"receipt\":\"e30=\",\"signature\":\"e31=\"}\n", DC_RECORD_ERROR_FIELD,
      "receipt: signature: expected standard base64*" },
    { much, DC_RECORD_ERROR_TOO_LARGE, "receipt: expected at most 262144 bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) line = g_bytes_new_static (cases[i].text, strlen (cases[i].text));

    assert_line_refused (line, cases[i].code, cases[i].message);
  }
}

static void
test_references (void)
{
  DcReceipt *receipt = receipt_of (1);
  DcReceipt *again = dc_receipt_ref (receipt);

  dc_receipt_unref (receipt);
  g_assert_cmpuint (again->entries->len, ==, 1);
  dc_receipt_unref (again);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *line = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  office = dc_minisign_key_generate ();
  line = key_line (office);
  office_keys[0] = line;

  g_test_add_func ("/receipt/what-the-office-made-the-tablet-reads", test_round_trip);
  g_test_add_func ("/receipt/text-is-what-version-1-says", test_text);
  g_test_add_func ("/receipt/a-thousand-records-fit", test_most);
  g_test_add_func ("/receipt/any-of-the-keys-may-sign-and-no-other", test_keys);
  g_test_add_func ("/receipt/a-signature-for-one-purpose-is-worth-nothing-for-another", test_purposes);
  g_test_add_func ("/receipt/a-tablet-s-signature-is-none", test_tablet_signature);
  g_test_add_func ("/receipt/a-changed-byte-never-changes-what-is-receipted", test_changed);
  g_test_add_func ("/receipt/a-truncated-one-is-none", test_truncated);
  g_test_add_func ("/receipt/another-campaign-s-tablet-s-or-queue-s-is-told-apart", test_others);
  g_test_add_func ("/receipt/refuses-fields-that-are-not-as-they-must-be", test_fields);
  g_test_add_func ("/receipt/refuses-another-version-and-what-is-no-json", test_syntax);
  g_test_add_func ("/receipt/refuses-lines-that-are-none", test_lines);
  g_test_add_func ("/receipt/lives-as-long-as-its-last-reference", test_references);
  status = g_test_run ();
  dc_minisign_key_unref (office);

  return status;
}
