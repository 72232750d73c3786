/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "fixture.h"

static char *
line_of (const char *name)
{
  g_autoptr (GBytes) line = fixture_vector (name, "jsonl");

  return g_strndup (g_bytes_get_data (line, NULL), g_bytes_get_size (line));
}

static void
assert_refused (const char *line,
                gsize       length,
                int         code,
                const char *word)
{
  g_autoptr (GError) error = NULL;

  if (dc_record_from_line (line, length, &error) != NULL)
    g_error ("accepted %.*s", (int) length, line);
  g_assert_error (error, DC_RECORD_ERROR, code);
  if (word != NULL && strstr (error->message, word) == NULL)
    g_error ("“%s” does not say “%s”", error->message, word);
}

static void
test_survives (void)
{
  const char *names[] = { "pledge", "rich", "withdrawal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DcRecord) record = fixture_record (names[i]);
    g_autoptr (GBytes) line = dc_record_to_line (record);
    g_autoptr (DcRecord) read = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;
    const char *text = g_bytes_get_data (line, &length);

    g_assert_cmpint (text[length - 1], ==, '\n');
    g_assert_true (memchr (text, '\n', length) == text + length - 1);
    for (guint without = 0; without < 2; without++) {
      g_clear_pointer (&read, dc_record_unref);
      read = dc_record_from_line (text, length - without, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (read->envelope_json, record->envelope_json));
      g_assert_cmpmem (read->signature, 64, record->signature, 64);
      g_assert_true (g_bytes_equal (read->sealed, record->sealed));
      g_assert_true (dc_id_equal (&read->envelope.id, &record->envelope.id));
    }
  }
}

/* JSON that others wrote, or that was edited, is read as well. */
static void
test_other_spellings (void)
{
  g_autofree char *line = line_of ("pledge");
  static const char * const other[][2] = {
    { "{\"envelope\"", "{ \"envelope\"" }, { ",\"sealed\":\"", ",\"sealed\": \"" },
    { ",\"signature\"", "\t,\"signature\"" }, { "\"envelope\":\"e", "\"envelope\":\"\\u0065" },
    { "\"sealed\":", "\"seale\\u0064\":" },
  };
  g_autoptr (DcRecord) record = dc_record_from_line (line, strlen (line), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (other); i++) {
    g_autofree char *changed = fixture_replace (line, other[i][0], other[i][1]);
    g_autoptr (DcRecord) read = dc_record_from_line (changed, strlen (changed), NULL);

    g_assert_true (g_bytes_equal (read->envelope_json, record->envelope_json));
    g_assert_cmpmem (read->signature, 64, record->signature, 64);
    g_assert_true (g_bytes_equal (read->sealed, record->sealed));
  }
}

static void
test_largest (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autofree guint8 *data = g_malloc0 (DC_SEALED_MAX_BYTES);
  g_autoptr (GBytes) sealed = g_bytes_new_static (data, DC_SEALED_MAX_BYTES);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (DcRecord) read = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;
  DcEnvelope envelope = fixture_envelope ("pledge");
  guint8 signature[64];

  dc_crypto_sha256 (data, DC_SEALED_MAX_BYTES, envelope.sealed_sha256);
  json = dc_envelope_to_json (&envelope);
  message = dc_envelope_signed_bytes (json);
  dc_tablet_key_sign (tablet, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                      signature);
  record = dc_record_new (json, signature, sealed, &error);
  g_assert_no_error (error);

  line = dc_record_to_line (record);
  g_assert_cmpuint (g_bytes_get_size (line), <=, DC_LINE_MAX_BYTES);
  read = dc_record_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error);
  g_assert_no_error (error);
}

static void
test_base64 (void)
{
  g_autofree char *line = line_of ("pledge");
  const char *envelope = "\"envelope\":\"eyJ2";
  const struct
  {
    const char *old;
    const char *by;
    const char *field;
  } wrong[] = {
    { envelope, "\"envelope\":\"eyJ-", " envelope: " },
    { envelope, "\"envelope\":\"eyJ_", " envelope: " },
    { envelope, "\"envelope\":\" eyJ2", " envelope: " },
    { envelope, "\"envelope\":\"e\\nyJ2", " envelope: " },
    { envelope, "\"envelope\":\"eyJ2====", " envelope: " },
    { envelope, "\"envelope\":\"eyJ2!", " envelope: " },
    { envelope, "\"envelope\":\"eyJ2\\u00e9", " envelope: " },
    { "==\"", "\"", " signature: " },
    { "==\"", "=\"", " signature: " },
    { "==\"", "===\"", " signature: " },
    { "==\"", "==AA\"", " signature: " },
    { "==\"", "AA\"", " signature: " },          /* sound base64, not 64 bytes */
    { "\"sealed\":\"Y", "\"sealed\":\"", " sealed: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *changed = fixture_replace (line, wrong[i].old, wrong[i].by);

    assert_refused (changed, strlen (changed), DC_RECORD_ERROR_FIELD, wrong[i].field);
  }
}

/* The last digit before "==" carries four bits that nothing reads: the one
 * spelling has them zero (RFC 4648, section 3.5). */
static void
test_spare_bits (void)
{
  g_autofree char *line = line_of ("pledge");
  char *end = strstr (line, "==\"");

  for (guint i = 1; i < 16; i++) {
    static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    g_autofree char *changed = g_strdup (line);
    char *digit = changed + (end - line) - 1;
    gsize value = (gsize) (strchr (digits, *digit) - digits);

    g_assert_cmpuint (value % 16, ==, 0);
    *digit = digits[value + i];
    assert_refused (changed, strlen (changed), DC_RECORD_ERROR_FIELD, " signature: ");
  }
}

static void
test_fields (void)
{
  g_autofree char *line = line_of ("pledge");
  const struct
  {
    const char *old;
    const char *by;
    const char *field;
  } wrong[] = {
    { "\"envelope\"", "\"Envelope\"", " envelope: " },
    { "\"signature\"", "\"sig\"", " signature: " },
    { "\"sealed\"", "\"seal\"", " sealed: " },
    { "{", "{\"extra\":null,", " extra: " },
    { "{\"envelope\":\"", "{\"envelope\":[],\"x\":\"", " x: " },
  };
  const char *empty[] = {
    "{\"envelope\":1,\"signature\":\"\",\"sealed\":\"\"}",
    "{\"envelope\":null,\"signature\":\"\",\"sealed\":\"\"}",
    "{\"envelope\":\"\",\"signature\":\"\",\"sealed\":\"\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *changed = fixture_replace (line, wrong[i].old, wrong[i].by);

    assert_refused (changed, strlen (changed), DC_RECORD_ERROR_FIELD, wrong[i].field);
  }
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    assert_refused (empty[i], strlen (empty[i]), DC_RECORD_ERROR_FIELD, " envelope: ");
}

static void
test_syntax (void)
{
  g_autofree char *line = line_of ("pledge");
  g_autofree char *twice = fixture_replace (line, "{", "{\"sealed\":\"AAAA\",");
  g_autofree char *two = g_strconcat (line, line, NULL);
  g_autofree char *broken = fixture_replace (line, ",", ",\n");
  g_autofree char *after = fixture_replace (line, "}\n", "}\n\n");
  const char *wrong[] = { "", "\n", "{}x", "[]", "null\n", twice, two, broken, after };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i], strlen (wrong[i]), DC_RECORD_ERROR_SYNTAX, "line: ");
}

static void
test_every_cut (void)
{
  g_autofree char *line = line_of ("withdrawal");
  gsize whole = strlen (line);

  for (gsize length = 0; length < whole - 1; length++)
    assert_refused (line, length, DC_RECORD_ERROR_SYNTAX, NULL);
}

static void
test_too_large (void)
{
  g_autofree char *line = line_of ("pledge");
  g_autofree char *padded = g_strnfill (DC_LINE_MAX_BYTES + 1, ' ');
  g_autoptr (DcRecord) record = NULL;

  memcpy (padded, line, strlen (line) - 1);   /* not its newline */
  record = dc_record_from_line (padded, DC_LINE_MAX_BYTES, NULL);
  g_assert_nonnull (record);
  assert_refused (padded, DC_LINE_MAX_BYTES + 1, DC_RECORD_ERROR_TOO_LARGE, "line: ");
}

/* A line is only as good as the record in it. */
static void
test_verifies (void)
{
  g_autoptr (DcRecord) pledge = fixture_record ("pledge");
  g_autoptr (DcRecord) rich = fixture_record ("rich");
  g_autofree char *line = line_of ("pledge");
  g_autofree char *own = g_base64_encode (pledge->signature, 64);
  g_autofree char *others = g_base64_encode (rich->signature, 64);
  g_autofree char *sealed = g_base64_encode (g_bytes_get_data (pledge->sealed, NULL),
                                             g_bytes_get_size (pledge->sealed));
  g_autofree char *swapped = g_base64_encode (g_bytes_get_data (rich->sealed, NULL),
                                              g_bytes_get_size (rich->sealed));
  g_autofree char *forged = fixture_replace (line, own, others);
  g_autofree char *exchanged = fixture_replace (line, sealed, swapped);

  assert_refused (forged, strlen (forged), DC_RECORD_ERROR_SIGNATURE, NULL);
  assert_refused (exchanged, strlen (exchanged), DC_RECORD_ERROR_HASH, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/line/survives-writing-and-reading", test_survives);
  g_test_add_func ("/line/reads-other-spellings-of-the-same-json", test_other_spellings);
  g_test_add_func ("/line/holds-the-largest-record", test_largest);
  g_test_add_func ("/line/refuses-other-base64-than-the-canonical", test_base64);
  g_test_add_func ("/line/refuses-base64-with-spare-bits-set", test_spare_bits);
  g_test_add_func ("/line/refuses-missing-and-unknown-fields", test_fields);
  g_test_add_func ("/line/refuses-what-is-not-one-object-on-one-line", test_syntax);
  g_test_add_func ("/line/refuses-itself-cut-anywhere", test_every_cut);
  g_test_add_func ("/line/bounds-its-size", test_too_large);
  g_test_add_func ("/line/verifies-signature-and-hash", test_verifies);

  return g_test_run ();
}
