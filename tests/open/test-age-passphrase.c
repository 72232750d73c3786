/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-passphrase.h"

#include <errno.h>
#include <string.h>

#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

/* What is not about the cost is tried cheaply. */
#define CHEAP 4

#define PASSPHRASE "correct horse battery staple"

/* The linker puts it before libsodium's, which needs more memory than a test
 * should fill. */
int __real_crypto_pwhash_scryptsalsa208sha256_ll (const guint8 *passphrase,
                                                  gsize         length,
                                                  const guint8 *salt,
                                                  gsize         salt_length,
                                                  guint64       n,
                                                  guint32       r,
                                                  guint32       p,
                                                  guint8       *key,
                                                  gsize         key_length);
int __wrap_crypto_pwhash_scryptsalsa208sha256_ll (const guint8 *passphrase,
                                                  gsize         length,
                                                  const guint8 *salt,
                                                  gsize         salt_length,
                                                  guint64       n,
                                                  guint32       r,
                                                  guint32       p,
                                                  guint8       *key,
                                                  gsize         key_length);

static gboolean no_memory;

int
__wrap_crypto_pwhash_scryptsalsa208sha256_ll (const guint8 *passphrase,
                                              gsize         length,
                                              const guint8 *salt,
                                              gsize         salt_length,
                                              guint64       n,
                                              guint32       r,
                                              guint32       p,
                                              guint8       *key,
                                              gsize         key_length)
{
  if (no_memory) {
    errno = ENOMEM;
    return -1;
  }

  return __real_crypto_pwhash_scryptsalsa208sha256_ll (passphrase, length, salt, salt_length,
                                                       n, r, p, key, key_length);
}

static GBytes *
seal (const char *plaintext,
      gsize       size,
      guint       work_factor)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = dc_age_passphrase_seal ((const guint8 *) plaintext, size, PASSPHRASE, work_factor, &error);

  g_assert_no_error (error);

  return file;
}

static GBytes *
open_with (GBytes      *file,
           const char  *passphrase,
           GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  return dc_age_passphrase_open (data, size, passphrase, error);
}

static void
test_opens_what_it_sealed (void)
{
  static const gsize sizes[] = { 0, 1, 74, 65535, 65536, 65537, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *plaintext = g_malloc (sizes[i] + 1);
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GBytes) opened = NULL;
    g_autoptr (GError) error = NULL;

    dc_crypto_random (plaintext, sizes[i]);
    file = seal (sizes[i] > 0 ? plaintext : NULL, sizes[i], 1 + i % CHEAP);
    opened = open_with (file, PASSPHRASE, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), plaintext, sizes[i]);
  }
}

/* The default, as a person would wait for it. */
static void
test_default_cost (void)
{
  g_autoptr (GBytes) file = seal ("hello", 5, DC_AGE_DEFAULT_WORK_FACTOR);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = open_with (file, PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), "hello", 5);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (file, NULL), 64, " 18\n"));
}

static void
test_another_passphrase (void)
{
  static const char * const others[] = {
    "", "correct horse battery stapl", "correct horse battery staples", "Correct horse battery staple",
    "correct horse battery staple ", "correct horse  battery staple",
  };
  g_autoptr (GBytes) file = seal ("hello", 5, CHEAP);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (open_with (file, others[i], &error));
    g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE);
    g_assert_cmpstr (error->message, ==, "Another passphrase");
  }
}

/* A salt of its own each time: the same passphrase makes another key. */
static void
test_no_two_alike (void)
{
  g_autoptr (GBytes) one = seal ("hello", 5, CHEAP);
  g_autoptr (GBytes) two = seal ("hello", 5, CHEAP);
  const char *a = g_bytes_get_data (one, NULL);
  const char *b = g_bytes_get_data (two, NULL);
  const gsize salt = strlen ("age-encryption.org/v1\n-> scrypt ");

  g_assert_cmpmem (a, salt, b, salt);
  g_assert_true (memcmp (a + salt, b + salt, 22) != 0);
  g_assert_true (memcmp (a + salt + 22 + 3, b + salt + 22 + 3, 43) != 0);
}

static void
test_any_changed_byte (void)
{
  g_autoptr (GBytes) file = seal ("hello", 5, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);

  for (gsize i = 0; i < size; i++)
    for (guint flip = 1; flip < 256; flip = flip * 2 + 1) {
      g_autoptr (GError) error = NULL;

      copy[i] ^= (guint8) flip;
      g_assert_null (dc_age_passphrase_open (copy, size, PASSPHRASE, &error));
      g_assert_true (error->domain == DC_OPEN_ERROR);
      copy[i] ^= (guint8) flip;
    }
  for (gsize n = 0; n < size; n++)
    g_assert_null (dc_age_passphrase_open (n > 0 ? data : NULL, n, PASSPHRASE, NULL));
}

static void
test_refuses_to_seal (void)
{
  g_autofree guint8 *large = g_malloc0 (DC_AGE_MAX_PLAINTEXT + 1);
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) too_large = NULL;

  g_assert_null (dc_age_passphrase_seal ((const guint8 *) "hello", 5, "", CHEAP, &empty));
  g_assert_error (empty, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE);
  g_assert_null (dc_age_passphrase_seal (large, DC_AGE_MAX_PLAINTEXT + 1, PASSPHRASE, CHEAP, &too_large));
  g_assert_error (too_large, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE);
}

static void
test_too_little_memory (void)
{
  g_autoptr (GBytes) file = seal ("hello", 5, CHEAP);
  g_autoptr (GError) sealing = NULL;
  g_autoptr (GError) opening = NULL;

  no_memory = TRUE;
  g_assert_null (dc_age_passphrase_seal ((const guint8 *) "hello", 5, PASSPHRASE,
                                         DC_AGE_DEFAULT_WORK_FACTOR, &sealing));
  g_assert_null (open_with (file, PASSPHRASE, &opening));
  no_memory = FALSE;

  g_assert_error (sealing, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (sealing->message, "256 MiB"));
  g_assert_error (opening, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (opening->message, "Too little memory"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/age-passphrase/opens-what-it-sealed", test_opens_what_it_sealed);
  g_test_add_func ("/open/age-passphrase/opens-at-the-default-cost", test_default_cost);
  g_test_add_func ("/open/age-passphrase/refuses-another-passphrase", test_another_passphrase);
  g_test_add_func ("/open/age-passphrase/seals-no-two-alike", test_no_two_alike);
  g_test_add_func ("/open/age-passphrase/refuses-any-changed-byte", test_any_changed_byte);
  g_test_add_func ("/open/age-passphrase/refuses-to-seal-what-it-cannot", test_refuses_to_seal);
  g_test_add_func ("/open/age-passphrase/says-when-there-is-too-little-memory", test_too_little_memory);

  return g_test_run ();
}
