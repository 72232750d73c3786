/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-receipt.h"
#include "dc-statement.h"
#include "dc-test.h"
#include "fixture.h"

/* The frozen format: what vectors/make-exchange.py wrote from EXCHANGE.md must
 * be, byte for byte, what the program writes, and EXCHANGE.md's own words must
 * work. */

static char *
vector_text (const char *name,
             const char *suffix)
{
  g_autoptr (GBytes) bytes = fixture_vector (name, suffix);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
office_key (void)
{
  g_autofree char *text = vector_text ("receipt", "pub");
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);

  return g_strdup (lines[1]);
}

static char *
exchange_md (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "src", "record", "EXCHANGE.md", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static DcOrigin
origin_of_fixture (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  DcOrigin origin = { .campaign = "migrants-day", .queue = fixture_queue };

  memcpy (origin.tablet, dc_tablet_key_get_public (tablet), sizeof origin.tablet);

  return origin;
}

static void
test_receipt_json (void)
{
  static const char * const names[] = { "pledge", "withdrawal" };
  DcOrigin origin = origin_of_fixture ();
  g_autoptr (DcReceipt) receipt = dc_receipt_new (&origin);
  g_autoptr (GBytes) expected = fixture_vector ("receipt", "json");
  g_autoptr (GBytes) json = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DcRecord) record = fixture_record (names[i]);
    DcReceiptEntry entry = { .id = record->envelope.id };

    memcpy (entry.sealed_sha256, record->envelope.sealed_sha256, sizeof entry.sealed_sha256);
    g_array_append_val (receipt->entries, entry);
  }
  json = dc_receipt_to_json (receipt);
  g_assert_cmpmem (g_bytes_get_data (json, NULL), g_bytes_get_size (json), g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
}

/* A receipt that minisign itself signed. */
static void
test_receipt_line (void)
{
  g_autofree char *key = office_key ();
  const char *keys[] = { key, NULL };
  DcOrigin origin = origin_of_fixture ();
  g_autoptr (GBytes) line = fixture_vector ("receipt", "line");
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReceipt) receipt = dc_receipt_from_line (line, keys, &origin, &error);
  g_autoptr (DcRecord) pledge = fixture_record ("pledge");

  g_assert_no_error (error);
  g_assert_cmpuint (receipt->entries->len, ==, 2);
  g_assert_true (dc_id_equal (&g_array_index (receipt->entries, DcReceiptEntry, 0).id, &pledge->envelope.id));
}

/* Read and written again it is the same, signature and all. */
static void
test_statement_line (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (GBytes) line = fixture_vector ("statement", "line");
  g_autoptr (GError) error = NULL;
  g_autoptr (DcStatement) statement = dc_statement_from_line (line, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (statement->number, ==, 3);
  g_assert_cmpint (statement->max_seq, ==, 42);
  g_assert_cmpint (statement->codes_shown, ==, 57);
  g_assert_cmpuint (statement->rows->len, ==, 4);
  g_assert_cmpstr (g_array_index (statement->rows, DcStatementRow, 3).shift, ==, "*");
  again = dc_statement_to_line (statement, tablet);
  g_assert_true (g_bytes_equal (line, again));
}

static void
test_document (void)
{
  g_autofree char *document = exchange_md ();
  g_autofree char *key = office_key ();
  const char *names[] = { "receipt", "statement" };

  g_assert_nonnull (strstr (document, key));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *line = vector_text (names[i], "line");
    g_autofree char *json = vector_text (names[i], "json");

    if (strstr (document, line) == NULL || strstr (document, json) == NULL)
      g_error ("EXCHANGE.md does not have the %s of the vectors", names[i]);
  }
}

static void
write_file (const char *directory,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Feeds the document's one block of shell to sh, with these two lines. */
static gboolean
run_document (const char *receipt,
              const char *statement)
{
  const char *arguments[] = { "sh", "-eu", NULL };
  const char *fence = "\n```sh\n";
  g_autofree char *document = exchange_md ();
  const char *start = strstr (document, fence);
  char *directory = dc_test_dir_new ();
  g_autofree char *script = NULL;
  gboolean good;

  g_assert_nonnull (start);
  start += strlen (fence);
  script = g_strndup (start, (gsize) (strstr (start, "\n```\n") - start) + 1);
  g_assert_null (strstr (start, fence));
  write_file (directory, "receipt.line", receipt);
  write_file (directory, "statement.line", statement);
  good = fixture_run (directory, script, arguments);
  dc_test_dir_remove (directory);

  return good;
}

/* @line with its JSON replaced by one that says something else. */
static char *
forge (const char *line,
       const char *json,
       const char *old,
       const char *by)
{
  g_autofree char *other = fixture_replace (json, old, by);
  g_autofree char *before = g_base64_encode ((const guint8 *) json, strlen (json));
  g_autofree char *after = g_base64_encode ((const guint8 *) other, strlen (other));

  return fixture_replace (line, before, after);
}

static void
test_commands (void)
{
  g_autofree char *receipt = vector_text ("receipt", "line");
  g_autofree char *receipt_json = vector_text ("receipt", "json");
  g_autofree char *statement = vector_text ("statement", "line");
  g_autofree char *statement_json = vector_text ("statement", "json");
  g_autofree char *forged_receipt = forge (receipt, receipt_json, "d95f", "d95e");
  g_autofree char *forged_statement = forge (statement, statement_json, "\"count\":30", "\"count\":29");

  g_assert_true (run_document (receipt, statement));
  g_assert_false (run_document (forged_receipt, statement));
  g_assert_false (run_document (receipt, forged_statement));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/exchange/receipt-is-what-version-1-says", test_receipt_json);
  g_test_add_func ("/exchange/receipt-by-minisign-is-taken", test_receipt_line);
  g_test_add_func ("/exchange/statement-is-what-version-1-says", test_statement_line);
  g_test_add_func ("/exchange/document-shows-the-golden-lines", test_document);
  g_test_add_func ("/exchange/document-s-commands-verify-them-and-refuse-forged-ones", test_commands);

  return g_test_run ();
}
