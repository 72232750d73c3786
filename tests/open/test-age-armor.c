/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-armor.h"

#include <string.h>

#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

#define BEGIN   "-----BEGIN AGE ENCRYPTED FILE-----\n"
#define END     "-----END AGE ENCRYPTED FILE-----\n"
#define BYTES48 "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n"

static GBytes *
decode (const char  *text,
        gsize        length,
        GError     **error)
{
  g_autofree char *copy = g_memdup2 (text, length);

  return dc_age_armor_decode (copy, length, error);
}

static void
assert_size (const char *text,
             gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = decode (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (data), ==, size);
  for (gsize i = 0; i < size; i++)
    g_assert_cmpuint (((const guint8 *) g_bytes_get_data (data, NULL))[i], ==, 1);
}

static void
assert_refused (const char *text,
                const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (text, strlen (text), &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_ARMOR);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\" of:\n%s", error->message, reason, text);
}

static void
test_round_trip (void)
{
  guint8 bytes[300];

  dc_crypto_random (bytes, sizeof bytes);
  for (gsize size = 0; size <= sizeof bytes; size++) {
    g_autofree char *text = dc_age_armor_encode (bytes, size);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) data = decode (text, strlen (text), &error);

    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (data, NULL), g_bytes_get_size (data), bytes, size);
    g_assert_true (dc_age_armor_is (text, strlen (text)));
    g_assert_cmpuint (g_strv_length (lines), ==, 2 + (size + 47) / 48 + 1);
    for (guint i = 1; i + 3 < g_strv_length (lines); i++)
      g_assert_cmpuint (strlen (lines[i]), ==, 64);
  }
}

static void
test_reads_lines (void)
{
  assert_size (BEGIN END, 0);
  assert_size (BEGIN "AQ==\n" END, 1);
  assert_size (BEGIN BYTES48 END, 48);
  assert_size (BEGIN BYTES48 BYTES48 "AQE=\n" END, 98);
  assert_size (BEGIN "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n" END, 47);
  assert_size ("-----BEGIN AGE ENCRYPTED FILE-----\r\nAQ==\r\n-----END AGE ENCRYPTED FILE-----", 1);
  assert_size ("\n \t\r\n" BEGIN "AQ==\n" END "\n\n \t", 1);
}

static void
test_refuses_each_departure (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } refused[] = {
    { "", "line 0: expected the line that begins" },
    { "\n\n", "line 2: expected the line that begins" },
    { "hello\n" BEGIN "AQ==\n" END, "line 1: expected the line that begins" },
    { " " BEGIN "AQ==\n" END, "line 1: expected the line that begins" },
    { "-----BEGIN AGE ENCRYPTED FILE----- \nAQ==\n" END, "line 1: expected the line that begins" },
    { "-----BEGIN PGP MESSAGE-----\nAQ==\n" END, "line 1: expected the line that begins" },
    { BEGIN, "line 1: the text ends" },
    { BEGIN "AQ==\n", "line 2: the text ends" },
    { BEGIN BYTES48, "line 2: the text ends" },
    { BEGIN "\n" END, "line 2: empty" },
    { BEGIN "AQ==\n\n" END, "line 3: expected the line that ends" },
    { BEGIN "AQEB\nAQEB\n" END, "line 3: expected the line that ends" },
    { BEGIN "AQ==\n -----END AGE ENCRYPTED FILE-----\n", "line 3: expected the line that ends" },
    { BEGIN "AQ==\n-----END AGE ENCRYPTED FILE----- \n", "line 3: expected the line that ends" },
    { BEGIN "A" BYTES48 END, "line 2: longer than 64 columns" },
    { BEGIN "AQ\n" END, "line 2: not base64" },
    { BEGIN "AR==\n" END, "line 2: not base64" },
    { BEGIN "AQ=\n=\n" END, "line 2: not base64" },
    { BEGIN "A\xd0==\n" END, "line 2: not base64" },
    { BEGIN " AQ==\n" END, "line 2: not base64" },
    { BEGIN "AQ== \n" END, "line 2: not base64" },
    { BEGIN "Version: 1\n\nAQ==\n" END, "line 2: not base64" },
    { BEGIN "AQ==\n" END "hello", "line 3: something follows it" },
    { BEGIN "AQ==\n" END BEGIN "AQ==\n" END, "line 3: something follows it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, refused[i].reason);
}

static void
test_bounds_of_white_space (void)
{
  g_autofree char *blanks = g_strnfill (1024, '\n');
  g_autofree char *before = g_strconcat (blanks, BEGIN "AQ==\n" END, NULL);
  g_autofree char *too_many_before = g_strconcat ("\n", before, NULL);
  g_autofree char *after = g_strconcat (BEGIN "AQ==\n" END, blanks, NULL);
  g_autofree char *too_many_after = g_strconcat (after, "\n", NULL);

  assert_size (before, 1);
  assert_refused (too_many_before, "expected the line that begins");
  assert_size (after, 1);
  assert_refused (too_many_after, "something follows it");
}

static void
test_tells_armor_from_a_file (void)
{
  static const char * const armor[] = { BEGIN, "\r\n\r\n" BEGIN "hello", "-----BEGIN AGE ENCRYPTED FILE-----" };
  static const char * const others[] = { "", "\n", "age-encryption.org/v1\n", "# " BEGIN, "x" BEGIN };

  for (guint i = 0; i < G_N_ELEMENTS (armor); i++)
    g_assert_true (dc_age_armor_is (armor[i], strlen (armor[i])));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (dc_age_armor_is (others[i], strlen (others[i])));
  g_assert_false (dc_age_armor_is (NULL, 0));
}

static void
test_bounds_of_size (void)
{
  const gsize length = 2 * (gsize) DC_AGE_MAX_PLAINTEXT + 1;
  g_autofree char *text = g_malloc0 (length);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_age_armor_decode (text, length, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/age-armor/reads-what-it-wrote", test_round_trip);
  g_test_add_func ("/open/age-armor/reads-lines-of-every-length", test_reads_lines);
  g_test_add_func ("/open/age-armor/refuses-each-departure-from-the-form", test_refuses_each_departure);
  g_test_add_func ("/open/age-armor/takes-a-little-white-space-outside", test_bounds_of_white_space);
  g_test_add_func ("/open/age-armor/tells-armor-from-a-file", test_tells_armor_from_a_file);
  g_test_add_func ("/open/age-armor/refuses-texts-over-128-mib", test_bounds_of_size);

  return g_test_run ();
}
