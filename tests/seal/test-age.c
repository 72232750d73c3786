/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age.h"

#include <string.h>

#include "dc-bech32.h"
#include "dc-crypto.h"

#define DESK  "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
#define SPARE "age1dhr8tlwemnl5f0plvucj37y7fzqd9786rhfz82eqtr3z0cxa4szqqte5rc"

typedef struct
{
  const char *text;
  const char *reason;
} Refused;

static DcAgeRecipients *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DcAgeRecipients *recipients = dc_age_recipients_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return recipients;
}

static void
assert_refused (const char *text,
                gsize       length,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (text, length, &error);

  g_assert_null (recipients);
  g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_RECIPIENT);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

/* Lines with @count different recipients. */
static char *
many_recipients (guint count)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < count; i++) {
    guint8 point[32] = { 9, i + 1 };
    g_autofree char *line = dc_bech32_encode ("age", point, sizeof point);

    g_string_append_printf (text, "%s\n", line);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_reads_lines (void)
{
  static const char *texts[] = {
    DESK "\n" SPARE "\n",
    DESK "\n" SPARE,
    "# desk key\r\n" DESK "\r\n\r\n# spare\r\n" SPARE "\r\n",
    "\n\n#\n" DESK "\n#" DESK "\n\n" SPARE "\n\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DcAgeRecipients) recipients = parse (texts[i]);

    g_assert_cmpuint (dc_age_recipients_count (recipients), ==, 2);
  }
}

static void
test_refuses_what_is_no_recipient (void)
{
  static const Refused refused[] = {
    { "", "no line holds" },
    { "\n# nobody\n\n", "no line holds" },
    { DESK "\nhello\n", "Line 2: not an age recipient" },
    { "\n\n" DESK "x\n", "Line 3: not an age recipient" },
    { DESK " \n", "Line 1: not an age recipient" },
    { " " DESK "\n", "Line 1: not an age recipient" },
    { DESK "\r\r\n", "Line 1: not an age recipient" },
    { "AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ", "lower case" },
    { "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqar9jk6", "62 characters" },
    { "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqzhlqeg", "62 characters" },
    { "agf1pyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqg6645d", "62 characters" },
    { "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMqqqqqq", "not an age recipient" },
    { "age1pq1qqqqqqqqqqqq", "post-quantum" },
    { DESK "\n" SPARE "\n" DESK "\n", "Line 3: the same recipient" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, strlen (refused[i].text), refused[i].reason);
}

static void
test_never_quotes_a_secret_key (void)
{
  static const char text[] = DESK "\n"
                             "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n";
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_age_recipients_parse (text, strlen (text), &error));
  g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_RECIPIENT);
  g_assert_cmpstr (error->message, ==, "Line 2: a secret key, which must never be on a tablet");
  assert_refused (lower, strlen (lower), "Line 2: a secret key");
}

static void
test_refuses_bytes_that_are_no_text (void)
{
  assert_refused (DESK "\0\n", strlen (DESK) + 2, "Line 1: not an age recipient");
  assert_refused ("\xff\xfe", 2, "Line 1: not an age recipient");
  assert_refused ("\xef\xbb\xbf" DESK, strlen (DESK) + 3, "Line 1: not an age recipient");
}

/* The points of small order of Curve25519 (0, 1, the two of order 8, p - 1)
 * in their canonical forms, and forms that RFC 7748 would reduce: p, p + 1,
 * 2^255 - 1 and those with the top bit set. */
static void
test_refuses_dangerous_points (void)
{
  static const Refused refused[] = {
    { "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z", "low order" },
    { "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya", "low order" },
    { "age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhqqqzyt4v9", "low order" },
    { "age1t7wft09r2zxzfvwsk92eeql0tvzyghxytqwgapkcyf8dm5ylz9ts6wm9s8", "low order" },
    { "age1anlllllllllllllllllllllllllllllllllllllllllllllllals4n2t7m", "low order" },
    { "age1ahlllllllllllllllllllllllllllllllllllllllllllllllalsn46ayy", "canonical" },
    { "age1amlllllllllllllllllllllllllllllllllllllllllllllllalselrwrv", "canonical" },
    { "age1lllllllllllllllllllllllllllllllllllllllllllllllllalsjzdrvv", "canonical" },
    { "age1pyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqzqqyr3apl", "canonical" },
    { "age1lllllllllllllllllllllllllllllllllllllllllllllllllllskxlyh4", "canonical" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, strlen (refused[i].text), refused[i].reason);

  /* p - 2 is a number like any other, and so are those below it that differ
   * from it in one byte. */
  dc_age_recipients_unref (parse ("age1a0lllllllllllllllllllllllllllllllllllllllllllllllals8ppj25"));
  for (guint at = 1; at < 31; at++) {
    g_autofree char *text = NULL;
    guint8 point[32];

    memset (point, 0xff, sizeof point);
    point[31] = 0x7f;
    point[at] = 0xfe;
    text = dc_bech32_encode ("age", point, sizeof point);
    dc_age_recipients_unref (parse (text));
  }
}

static void
test_bounds (void)
{
  g_autofree char *most = many_recipients (DC_AGE_MAX_RECIPIENTS);
  g_autofree char *too_many = many_recipients (DC_AGE_MAX_RECIPIENTS + 1);
  g_autofree char *too_long = g_strnfill (DC_AGE_MAX_RECIPIENTS_TEXT + 1, '\n');
  g_autoptr (DcAgeRecipients) recipients = parse (most);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (dc_age_recipients_count (recipients), ==, DC_AGE_MAX_RECIPIENTS);
  assert_refused (too_many, strlen (too_many), "Line 21: more recipients");
  g_assert_null (dc_age_recipients_parse (too_long, strlen (too_long), &error));
  g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_TOO_LARGE);
}

/* The lines of a header; the rest of the file begins at the last one. */
static char **
header_lines (GBytes *file)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  const char *mac = g_strstr_len (data, (gssize) size, "\n--- ");
  g_autofree char *text = NULL;

  g_assert_nonnull (mac);
  text = g_strndup (data, (gsize) (mac - data) + 1 + 4 + 43);

  return g_strsplit (text, "\n", -1);
}

static GBytes *
encrypt (const char *recipients_text,
         gsize       size)
{
  g_autoptr (DcAgeRecipients) recipients = parse (recipients_text);
  g_autofree guint8 *plaintext = g_malloc0 (size + 1);
  g_autoptr (GError) error = NULL;
  GBytes *file = dc_age_encrypt (recipients, plaintext, size, &error);

  g_assert_no_error (error);

  return file;
}

static void
test_header (void)
{
  g_autoptr (GBytes) file = encrypt (DESK "\n" SPARE, 5);
  g_auto (GStrv) lines = header_lines (file);

  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_cmpstr (lines[0], ==, "age-encryption.org/v1");
  for (guint i = 1; i < 5; i += 2) {
    g_assert_true (g_str_has_prefix (lines[i], "-> X25519 "));
    g_assert_cmpuint (strlen (lines[i]), ==, strlen ("-> X25519 ") + 43);
    g_assert_cmpuint (strlen (lines[i + 1]), ==, 43);
    g_assert_null (strpbrk (lines[i] + 3, "=-_"));
  }
  g_assert_true (g_str_has_prefix (lines[5], "--- "));
}

/* Header, nonce, then each chunk and its tag. */
static void
test_size (void)
{
  static const struct { gsize size, chunks; } cases[] = {
    { 0, 1 }, { 1, 1 }, { 65535, 1 }, { 65536, 1 }, { 65537, 2 }, { 131072, 2 }, { 131073, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint n = 1; n <= 3; n++) {
      g_autofree char *recipients = many_recipients (n);
      g_autoptr (GBytes) file = encrypt (recipients, cases[i].size);

      g_assert_cmpuint (g_bytes_get_size (file), ==,
                        22 + n * (54 + 44) + 48 + 16 + cases[i].size + 16 * cases[i].chunks);
    }
}

static void
test_nothing_repeats (void)
{
  g_autoptr (GBytes) a = encrypt (DESK "\n" SPARE, 700);
  g_autoptr (GBytes) b = encrypt (DESK "\n" SPARE, 700);
  g_auto (GStrv) lines_a = header_lines (a);
  g_auto (GStrv) lines_b = header_lines (b);
  gsize size;
  const guint8 *data_a = g_bytes_get_data (a, &size);
  const guint8 *data_b = g_bytes_get_data (b, NULL);

  /* Each recipient has an ephemeral share of its own. */
  g_assert_cmpstr (lines_a[1], !=, lines_a[3]);
  for (guint i = 1; i < 6; i++)
    g_assert_cmpstr (lines_a[i], !=, lines_b[i]);
  g_assert_cmpint (memcmp (data_a + size - 700, data_b + size - 700, 700), !=, 0);
  g_assert_cmpint (memcmp (data_a + size - 732, data_b + size - 732, 16), !=, 0);
}

static void
test_plaintext_is_only_read_and_not_in_the_file (void)
{
  static const guint8 plaintext[] = "Ana has promised a daily cup of coffee";
  guint8 copy[sizeof plaintext];
  g_autoptr (DcAgeRecipients) recipients = parse (DESK);
  g_autoptr (GBytes) file = NULL;
  gsize size;
  const char *data;

  memcpy (copy, plaintext, sizeof plaintext);
  file = dc_age_encrypt (recipients, copy, sizeof copy, NULL);
  g_assert_cmpmem (copy, sizeof copy, plaintext, sizeof plaintext);

  data = g_bytes_get_data (file, &size);
  g_assert_null (memmem (data, size, "Ana ", 4));
  g_assert_null (memmem (data, size, "coffee", 6));
}

static void
test_too_large (void)
{
  g_autoptr (DcAgeRecipients) recipients = parse (DESK);
  g_autoptr (GError) error = NULL;
  static const guint8 nothing;

  /* Refused by its size alone, before a byte is read. */
  g_assert_null (dc_age_encrypt (recipients, &nothing, DC_AGE_MAX_PLAINTEXT + 1, &error));
  g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_TOO_LARGE);
}

static void
test_references (void)
{
  DcAgeRecipients *recipients = parse (DESK);
  DcAgeRecipients *again = dc_age_recipients_ref (recipients);

  g_assert_true (again == recipients);
  dc_age_recipients_unref (recipients);
  g_assert_cmpuint (dc_age_recipients_count (again), ==, 1);
  dc_age_recipients_unref (again);
}

static gpointer
encrypt_often (gpointer recipients)
{
  for (guint i = 0; i < 50; i++) {
    g_autoptr (GBytes) file = dc_age_encrypt (recipients, (const guint8 *) "x", 1, NULL);

    g_assert_nonnull (file);
  }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (DcAgeRecipients) recipients = parse (DESK "\n" SPARE);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("encrypt", encrypt_often, recipients);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/seal/age/recipients/are-read-as-age-reads-them", test_reads_lines);
  g_test_add_func ("/seal/age/recipients/names-the-line-it-refuses", test_refuses_what_is_no_recipient);
  g_test_add_func ("/seal/age/recipients/never-quotes-a-secret-key", test_never_quotes_a_secret_key);
  g_test_add_func ("/seal/age/recipients/refuses-bytes-that-are-no-text", test_refuses_bytes_that_are_no_text);
  g_test_add_func ("/seal/age/recipients/refuses-points-that-protect-nothing", test_refuses_dangerous_points);
  g_test_add_func ("/seal/age/recipients/takes-at-most-20-in-64-kib", test_bounds);
  g_test_add_func ("/seal/age/recipients/lives-until-the-last-reference-goes", test_references);
  g_test_add_func ("/seal/age/encrypt/writes-one-stanza-a-recipient", test_header);
  g_test_add_func ("/seal/age/encrypt/cuts-into-chunks-of-64-kib", test_size);
  g_test_add_func ("/seal/age/encrypt/repeats-no-key-and-no-nonce", test_nothing_repeats);
  g_test_add_func ("/seal/age/encrypt/hides-the-plaintext-and-leaves-it-alone", test_plaintext_is_only_read_and_not_in_the_file);
  g_test_add_func ("/seal/age/encrypt/refuses-more-than-64-mib", test_too_large);
  g_test_add_func ("/seal/age/encrypt/serves-many-threads-at-once", test_threads);

  return g_test_run ();
}
