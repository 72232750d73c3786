/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bech32.h"

#include <string.h>

#include "dc-crypto.h"

#define RECIPIENT "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
#define IDENTITY  "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"

typedef struct
{
  const char *text;
  const char *reason;
} Invalid;

static char *
decode (const char  *text,
        guint8      *data,
        gsize       *size,
        GError     **error)
{
  return dc_bech32_decode (text, strlen (text), data, DC_BECH32_MAX_BYTES, size, error);
}

/* BIP-173, "Test vectors": every one of the valid strings. */
static const char *valid[] = {
  "A12UEL5L",
  "a12uel5l",
  "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
  "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
  "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
  "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
  "?1ezyfcl",
};

static void
test_valid_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *prefix = NULL;
    g_autofree char *again = NULL;
    guint8 data[DC_BECH32_MAX_BYTES];
    gsize size;

    prefix = decode (valid[i], data, &size, &error);
    g_assert_no_error (error);
    g_assert_cmpint (strncmp (valid[i], prefix, strlen (prefix)), ==, 0);

    /* "?" and "11" have no letter to show the case; all others come back. */
    again = dc_bech32_encode (prefix, data, size);
    g_assert_cmpstr (again, ==, valid[i]);
  }
}

/* BIP-173, "Test vectors": every one of the invalid strings; the three whose
 * first character stands as a number there are written with escapes. */
static const Invalid invalid[] = {
  { "\x20" "1nwldj5", "cannot be" },
  { "\x7f" "1axkwrx", "cannot be" },
  { "\x80" "1eym55h", "cannot be" },
  { "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
    "90 characters" },
  { "pzry9x0s0muk", "separator" },
  { "1pzry9x0s0muk", "separator" },
  { "x1b4n0q5v", "does not use" },
  { "li1dgmt3", "separator" },
  { "de1lg7wt\xff", "cannot be" },
  { "A1G7SGD8", "checksum" },
  { "10a06t8", "separator" },
  { "1qzzfhee", "separator" },
  { "", "separator" },
  { "A12uEL5L", "mixed" },
};

static void
test_invalid_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++) {
    g_autoptr (GError) error = NULL;
    guint8 data[DC_BECH32_MAX_BYTES];
    gsize size = 99;

    g_assert_null (decode (invalid[i].text, data, &size, &error));
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_BECH32);
    g_assert_nonnull (strstr (error->message, invalid[i].reason));
    g_assert_cmpuint (size, ==, 0);
  }
}

static void
test_age_recipient (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = NULL;
  guint8 data[DC_BECH32_MAX_BYTES];
  gsize size;

  prefix = decode (RECIPIENT, data, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (prefix, ==, "age");
  g_assert_cmpuint (size, ==, 32);
}

static void
test_keeps_the_case_of_the_prefix (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *upper = NULL;
  guint8 expected[32];
  guint8 data[DC_BECH32_MAX_BYTES];
  gsize size;

  memset (expected, 0x42, sizeof expected);
  upper = dc_bech32_encode ("AGE-SECRET-KEY-", expected, sizeof expected);
  g_assert_cmpstr (upper, ==, IDENTITY);

  prefix = decode (upper, data, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (prefix, ==, "AGE-SECRET-KEY-");
  g_assert_cmpmem (data, size, expected, sizeof expected);
}

static void
test_every_mistyped_character (void)
{
  for (gsize i = 0; i < strlen (RECIPIENT); i++) {
    g_autofree char *text = g_strdup (RECIPIENT);
    g_autofree char *prefix = NULL;
    guint8 data[DC_BECH32_MAX_BYTES];
    gsize size;

    text[i] = text[i] == 'q' ? 'p' : 'q';
    prefix = decode (text, data, &size, NULL);
    g_assert_null (prefix);
  }
}

static void
test_length_is_the_callers (void)
{
  g_autofree char *prefix = NULL;
  guint8 data[DC_BECH32_MAX_BYTES];
  gsize size;

  prefix = dc_bech32_decode ("a12uel5lxyz", 8, data, sizeof data, &size, NULL);
  g_assert_cmpstr (prefix, ==, "a");
  g_assert_null (dc_bech32_decode ("a12uel5l\0", 9, data, sizeof data, &size, NULL));
}

static void
test_capacity_is_kept (void)
{
  g_autoptr (GError) error = NULL;
  guint8 data[32] = { 0 };
  gsize size;

  g_assert_null (dc_bech32_decode (RECIPIENT, strlen (RECIPIENT), data, 31, &size, &error));
  g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_BECH32);
  g_assert_cmpuint (data[31], ==, 0);
}

/* One group of five bits is no byte; four groups end in four bits that must
 * be zero. The checksums are right: only the padding is not. */
static void
test_stray_bits (void)
{
  static const char *texts[] = { "age1qdd35qf", "age1qqql4dg2hs" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    guint8 data[DC_BECH32_MAX_BYTES];
    gsize size;

    g_assert_null (decode (texts[i], data, &size, &error));
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_BECH32);
    g_assert_nonnull (strstr (error->message, "stray bits"));
  }
}

static void
test_encode_refuses (void)
{
  guint8 data[DC_BECH32_MAX_BYTES + 1] = { 0 };
  g_autofree char *too_long = g_strnfill (DC_BECH32_MAX_LENGTH + 1, 'a');
  g_autofree char *longest = dc_bech32_encode ("a", data, DC_BECH32_MAX_BYTES);
  g_autofree char *edges = dc_bech32_encode ("!~", data, 1);

  g_assert_cmpuint (strlen (longest), ==, DC_BECH32_MAX_LENGTH);
  g_assert_null (dc_bech32_encode ("a", data, DC_BECH32_MAX_BYTES + 1));
  g_assert_null (dc_bech32_encode ("ab", data, DC_BECH32_MAX_BYTES));
  g_assert_null (dc_bech32_encode (too_long, data, 0));
  g_assert_null (dc_bech32_encode ("", data, 1));
  g_assert_null (dc_bech32_encode ("a b", data, 1));
  g_assert_null (dc_bech32_encode ("aB", data, 1));
  g_assert_null (dc_bech32_encode ("a\x7f", data, 1));
  g_assert_nonnull (edges);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/bech32/takes-the-valid-vectors-of-bip-173", test_valid_vectors);
  g_test_add_func ("/seal/bech32/refuses-the-invalid-vectors-of-bip-173", test_invalid_vectors);
  g_test_add_func ("/seal/bech32/reads-an-age-recipient", test_age_recipient);
  g_test_add_func ("/seal/bech32/keeps-the-case-of-the-prefix", test_keeps_the_case_of_the_prefix);
  g_test_add_func ("/seal/bech32/refuses-any-one-mistyped-character", test_every_mistyped_character);
  g_test_add_func ("/seal/bech32/reads-no-further-than-its-length", test_length_is_the_callers);
  g_test_add_func ("/seal/bech32/writes-no-more-than-the-room", test_capacity_is_kept);
  g_test_add_func ("/seal/bech32/refuses-stray-bits-at-the-end", test_stray_bits);
  g_test_add_func ("/seal/bech32/encodes-at-most-90-characters", test_encode_refuses);

  return g_test_run ();
}
