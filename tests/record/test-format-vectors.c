/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-sealed.h"
#include "dc-test.h"
#include "fixture.h"

/* The frozen format: what vectors/make.py wrote from FORMAT.md must be, byte
 * for byte, what the program writes, and FORMAT.md's own words must work. */

static const char *names[] = { "pledge", "rich", "withdrawal" };

static void
test_envelope (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DcEnvelope envelope = fixture_envelope (names[i]);
    g_autoptr (GBytes) json = dc_envelope_to_json (&envelope);
    g_autoptr (GBytes) expected = fixture_vector (names[i], "envelope");

    g_assert_true (g_bytes_equal (json, expected));
  }
}

static void
test_signature (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes) json = fixture_vector (names[i], "envelope");
    g_autoptr (GBytes) expected = fixture_vector (names[i], "signature");
    g_autoptr (GBytes) message = dc_envelope_signed_bytes (json);
    guint8 signature[64];

    dc_tablet_key_sign (tablet, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                        signature);
    g_assert_cmpmem (signature, sizeof signature, g_bytes_get_data (expected, NULL),
                     g_bytes_get_size (expected));
  }
}

static void
test_plaintext (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DcEnvelope envelope = fixture_envelope (names[i]);
    g_autoptr (DcPledge) pledge = NULL;
    g_autoptr (GBytes) plaintext = NULL;
    g_autoptr (GBytes) expected = fixture_vector (names[i], "plaintext");

    if (envelope.kind == DC_KIND_WITHDRAWAL) {
      plaintext = dc_sealed_withdrawal (&envelope, NULL);
    } else {
      pledge = fixture_pledge (names[i]);
      plaintext = dc_sealed_pledge (&envelope, pledge, NULL);
    }
    g_assert_cmpmem (g_bytes_get_data (plaintext, NULL), g_bytes_get_size (plaintext),
                     g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  }
}

static void
test_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DcRecord) record = fixture_record (names[i]);
    g_autoptr (GBytes) line = dc_record_to_line (record);
    g_autoptr (GBytes) expected = fixture_vector (names[i], "jsonl");

    g_assert_true (g_bytes_equal (line, expected));
  }
}

static char *
format_md (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "src", "record", "FORMAT.md",
                                                 NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static char *
vector_text (const char *name,
             const char *suffix)
{
  g_autoptr (GBytes) bytes = fixture_vector (name, suffix);
  char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_strchomp (text);
}

static void
test_worked_example (void)
{
  g_autofree char *document = format_md ();
  g_autofree char *line = vector_text ("pledge", "jsonl");
  g_autofree char *envelope = vector_text ("pledge", "envelope");
  g_autofree char *plaintext = vector_text ("pledge", "plaintext");
  g_autofree char *desk = vector_text ("desk", "key");
  g_autofree char *spare = vector_text ("spare", "key");
  const char *parts[] = { line, envelope, plaintext, desk, spare };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (strstr (document, parts[i]) == NULL)
      g_error ("FORMAT.md does not have %s", parts[i]);
  }
}

static void
copy_vector (const char *directory,
             const char *name,
             const char *suffix,
             const char *as)
{
  g_autoptr (GBytes) bytes = fixture_vector (name, suffix);
  g_autofree char *path = g_build_filename (directory, as, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

/* Feeds the worked example's one block of shell to sh, with the record in
 * record.jsonl and the key in desk.key as it says. */
static gboolean
run_document (const char *directory)
{
  const char *arguments[] = { "sh", "-eu", NULL };
  const char *fence = "\n```sh\n";
  g_autofree char *document = format_md ();
  const char *start = strstr (document, "\n## A worked example\n");
  g_autofree char *script = NULL;

  g_assert_nonnull (start);
  start = strstr (start, fence);
  g_assert_nonnull (start);
  start += strlen (fence);
  script = g_strndup (start, (gsize) (strstr (start, "\n```\n") - start) + 1);
  g_assert_null (strstr (start, fence));

  return fixture_run (directory, script, arguments);
}

static void
test_commands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    char *directory = dc_test_dir_new ();
    g_autofree char *out = g_build_filename (directory, "pledge.json", NULL);
    g_autoptr (GBytes) expected = fixture_vector (names[i], "plaintext");
    g_autoptr (GError) error = NULL;
    g_autofree char *data = NULL;
    gsize size;

    copy_vector (directory, names[i], "jsonl", "record.jsonl");
    copy_vector (directory, "desk", "key", "desk.key");
    g_assert_true (run_document (directory));
    g_file_get_contents (out, &data, &size, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (data, size, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
    dc_test_dir_remove (directory);
  }
}

static char *
with_part_of (const char *line,
              GBytes     *own,
              GBytes     *others)
{
  g_autofree char *a = g_base64_encode (g_bytes_get_data (own, NULL), g_bytes_get_size (own));
  g_autofree char *b = g_base64_encode (g_bytes_get_data (others, NULL),
                                        g_bytes_get_size (others));

  return fixture_replace (line, a, b);
}

/* The same commands stop at a forged record. */
static void
test_commands_refuse (void)
{
  const char *parts[] = { "envelope", "signature", "age" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    char *directory = dc_test_dir_new ();
    g_autofree char *path = g_build_filename (directory, "record.jsonl", NULL);
    g_autofree char *line = vector_text ("pledge", "jsonl");
    g_autoptr (GBytes) own = fixture_vector ("pledge", parts[i]);
    g_autoptr (GBytes) others = fixture_vector ("rich", parts[i]);
    g_autofree char *forged = with_part_of (line, own, others);

    copy_vector (directory, "desk", "key", "desk.key");
    g_file_set_contents (path, forged, -1, NULL);
    g_assert_false (run_document (directory));
    dc_test_dir_remove (directory);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/format/envelope-is-what-version-1-says", test_envelope);
  g_test_add_func ("/format/signature-is-what-version-1-says", test_signature);
  g_test_add_func ("/format/sealed-plaintext-is-what-version-1-says", test_plaintext);
  g_test_add_func ("/format/line-is-what-version-1-says", test_line);
  g_test_add_func ("/format/document-shows-the-golden-record", test_worked_example);
  g_test_add_func ("/format/document-s-commands-open-the-golden-records", test_commands);
  g_test_add_func ("/format/document-s-commands-refuse-forged-records", test_commands_refuse);

  return g_test_run ();
}
