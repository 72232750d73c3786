/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"

#include <string.h>

#include "dc-hkdf.h"

static void
assert_hex (const guint8 *data,
            gsize         size,
            const char   *hex)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", data[i]);

  g_assert_cmpstr (text->str, ==, hex);
}

static void
test_init_twice (void)
{
  g_assert_true (dc_crypto_init ());
  g_assert_true (dc_crypto_init ());
}

/* FIPS 180-2, appendix B. */
static void
test_sha256 (void)
{
  guint8 digest[32];

  dc_crypto_sha256 ("abc", 3, digest);
  assert_hex (digest, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  dc_crypto_sha256 ("", 0, digest);
  assert_hex (digest, 32, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
test_random_differs (void)
{
  guint8 zero[32] = { 0 };
  guint8 a[32] = { 0 };
  guint8 b[32] = { 0 };

  dc_crypto_random (a, sizeof a);
  dc_crypto_random (b, sizeof b);
  g_assert_cmpint (memcmp (a, zero, sizeof a), !=, 0);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
}

static void
test_random_stays_inside (void)
{
  guint8 buffer[3] = { 1, 2, 3 };

  dc_crypto_random (buffer + 1, 0);
  g_assert_cmpuint (buffer[1], ==, 2);
  dc_crypto_random (NULL, 0);

  for (guint i = 0; i < 64; i++)
    dc_crypto_random (buffer + 1, 1);
  g_assert_cmpuint (buffer[0], ==, 1);
  g_assert_cmpuint (buffer[2], ==, 3);
}

static void
test_to_hex (void)
{
  guint8 bytes[32];
  char hex[DC_CRYPTO_HEX_SIZE];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 9);
  dc_crypto_to_hex (bytes, hex);

  g_assert_cmpstr (hex, ==, "0009121b242d363f48515a636c757e879099a2abb4bdc6cfd8e1eaf3fc050e17");
}

static void
test_wipe (void)
{
  guint8 buffer[] = { 1, 2, 3, 4 };

  dc_crypto_wipe (buffer + 1, 2);
  g_assert_cmpmem (buffer, 4, "\1\0\0\4", 4);
  dc_crypto_wipe (NULL, 0);
}

static void
test_secret_bytes_hold_what_they_are_given (void)
{
  guint8 *data = g_memdup2 ("Ana", 4);
  g_autoptr (GBytes) bytes = dc_crypto_secret_bytes (data, 4);
  g_autoptr (GBytes) empty = dc_crypto_secret_bytes (NULL, 0);
  gsize size;

  g_assert_true (g_bytes_get_data (bytes, &size) == data);
  g_assert_cmpuint (size, ==, 4);
  g_assert_cmpstr ((const char *) data, ==, "Ana");
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
}

/* RFC 5869, appendix A: the first 32 bytes of each output. */
static void
test_hkdf (void)
{
  guint8 key[22];
  guint8 salt[13];
  guint8 long_key[80];
  guint8 long_salt[80];
  char info[10];
  char long_info[80];
  guint8 output[DC_HKDF_KEY_SIZE];

  memset (key, 0x0b, sizeof key);
  for (guint i = 0; i < sizeof salt; i++)
    salt[i] = i;
  for (guint i = 0; i < sizeof info; i++)
    info[i] = (char) (0xf0 + i);
  for (guint i = 0; i < 80; i++) {
    long_key[i] = i;
    long_salt[i] = 0x60 + i;
    long_info[i] = (char) (0xb0 + i);
  }

  dc_hkdf_sha256 (key, sizeof key, salt, sizeof salt, info, sizeof info, output);
  assert_hex (output, 32, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  dc_hkdf_sha256 (long_key, 80, long_salt, 80, long_info, 80, output);
  assert_hex (output, 32, "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c");
  dc_hkdf_sha256 (key, sizeof key, NULL, 0, "", 0, output);
  assert_hex (output, 32, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/crypto/starts-twice-without-harm", test_init_twice);
  g_test_add_func ("/seal/crypto/sha256-as-in-fips-180", test_sha256);
  g_test_add_func ("/seal/crypto/writes-lower-case-hexadecimal", test_to_hex);
  g_test_add_func ("/seal/crypto/random-bytes-differ", test_random_differs);
  g_test_add_func ("/seal/crypto/random-fills-no-more-than-asked", test_random_stays_inside);
  g_test_add_func ("/seal/crypto/wipe-clears-no-more-than-asked", test_wipe);
  g_test_add_func ("/seal/crypto/secret-bytes-take-the-data", test_secret_bytes_hold_what_they_are_given);
  g_test_add_func ("/seal/crypto/hkdf-as-in-rfc-5869", test_hkdf);

  return g_test_run ();
}
