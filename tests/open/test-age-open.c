/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-open.h"

#include <string.h>

#include "dc-age-file.h"
#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

#define N_KEYS 4   /* three recipients and a stranger */

typedef struct
{
  DcAgeIdentity   *identities[N_KEYS];
  DcAgeRecipients *recipients;   /* of the first three */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_KEYS; i++) {
    g_autofree char *recipient = NULL;

    fixture->identities[i] = dc_age_identity_generate ();
    recipient = dc_age_identity_get_recipient (fixture->identities[i]);
    if (i < N_KEYS - 1)
      g_string_append_printf (text, "%s\n", recipient);
  }
  fixture->recipients = dc_age_recipients_parse (text->str, text->len, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  for (guint i = 0; i < N_KEYS; i++)
    g_clear_pointer (&fixture->identities[i], dc_age_identity_unref);
  g_clear_pointer (&fixture->recipients, dc_age_recipients_unref);
}

static GBytes *
random_bytes (gsize size)
{
  guint8 *data = g_malloc (size + 1);

  dc_crypto_random (data, size);

  return g_bytes_new_take (data, size);
}

static GBytes *
seal (DcAgeRecipients *recipients,
      GBytes          *plaintext)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (plaintext, &size);
  GBytes *file = dc_age_encrypt (recipients, data, size, &error);

  g_assert_no_error (error);

  return file;
}

static guint8 *
copy_of (GBytes *bytes,
         gsize  *size)
{
  const guint8 *data = g_bytes_get_data (bytes, size);

  return g_memdup2 (data, *size);
}

/* Copied, so that a sanitizer sees a step beyond the end. */
static GBytes *
open_bytes (const guint8   *data,
            gsize           size,
            DcAgeIdentity  *identity,
            GError        **error)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  return dc_age_open (copy, size, &identity, 1, NULL, error);
}

static void
assert_refused (const guint8  *data,
                gsize          size,
                DcAgeIdentity *identity,
                DcOpenError    code,
                const char    *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plaintext = open_bytes (data, size, identity, &error);

  g_assert_null (plaintext);
  g_assert_error (error, DC_OPEN_ERROR, (int) code);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

/* What the source of random bytes gives; NULL: the system's own. */
static const guint8 *given;

void __real_randombytes_buf (void         *buffer,
                             const size_t  size);
void __wrap_randombytes_buf (void         *buffer,
                             const size_t  size);

void
__wrap_randombytes_buf (void         *buffer,
                        const size_t  size)
{
  if (given != NULL)
    memcpy (buffer, given, size);
  else
    __real_randombytes_buf (buffer, size);
}

/* Each secret of a file is what that source gave, and no memory that happened
 * to lie there. */
static void
test_random (Fixture       *fixture,
             gconstpointer  unused)
{
  static const guint8 known[32] = "0123456789abcdefghijklmnopqrstu";
  g_autoptr (DcAgeHeader) header = NULL;
  g_autoptr (GBytes) plaintext = random_bytes (100);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data;

  given = known;
  file = seal (fixture->recipients, plaintext);
  given = NULL;

  data = g_bytes_get_data (file, &size);
  header = dc_age_header_parse (data, size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (data + header->size, DC_AGE_NONCE_SIZE, known, DC_AGE_NONCE_SIZE);
  opened = dc_age_file_open (data, size, header, known, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, plaintext));
}

static void
test_sizes (Fixture       *fixture,
            gconstpointer  unused)
{
  static const gsize sizes[] = {
    0, 1, 15, 16, 17, 1000, 65535, 65536, 65537, 131071, 131072, 131073, 200000,
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) plaintext = random_bytes (sizes[i]);
    g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);

    for (guint key = 0; key < N_KEYS - 1; key++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) opened = open_bytes (g_bytes_get_data (file, NULL), g_bytes_get_size (file),
                                              fixture->identities[key], &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (opened, plaintext));
    }
  }
}

static void
test_says_which_key (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (10);

  for (guint i = 0; i < N_KEYS - 1; i++) {
    g_autoptr (DcAgeRecipients) one = dc_age_recipients_pick (fixture->recipients, i);
    g_autoptr (GBytes) file = seal (one, plaintext);
    g_autoptr (GBytes) opened = NULL;
    g_autoptr (GError) error = NULL;
    guint used = 99;

    opened = dc_age_open (g_bytes_get_data (file, NULL), g_bytes_get_size (file),
                          fixture->identities, N_KEYS, &used, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (used, ==, i);
  }
}

static void
test_stranger (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (100);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint used = 99;

  assert_refused (data, size, fixture->identities[3], DC_OPEN_ERROR_NO_MATCH, "other keys");
  g_assert_null (dc_age_open (data, size, NULL, 0, &used, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_NO_MATCH);
  g_assert_cmpuint (used, ==, 99);
}

/* Everything after the first line is proven, so not one byte may change. */
static void
test_any_changed_byte (Fixture       *fixture,
                       gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (100);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  gsize size;
  g_autofree guint8 *data = copy_of (file, &size);

  for (gsize i = 0; i < size; i++) {
    for (guint flip = 1; flip < 256; flip = flip * 2 + 1) {
      g_autoptr (GError) error = NULL;

      data[i] ^= (guint8) flip;
      g_assert_null (open_bytes (data, size, fixture->identities[i % 3], &error));
      g_assert_true (error->domain == DC_OPEN_ERROR);
      data[i] ^= (guint8) flip;
    }
  }
}

static void
test_every_truncation (Fixture       *fixture,
                       gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (100);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  g_autoptr (GByteArray) longer = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  gsize header = size - 16 - 100 - 16;

  for (gsize n = 0; n < size; n++)
    assert_refused (data, n, fixture->identities[0],
                    n < header + 16 ? DC_OPEN_ERROR_HEADER : DC_OPEN_ERROR_PAYLOAD, "");

  longer = g_byte_array_append (g_byte_array_new (), data, (guint) size);
  g_byte_array_append (longer, (const guint8 *) "\n", 1);
  assert_refused (longer->data, longer->len, fixture->identities[0], DC_OPEN_ERROR_PAYLOAD, "chunk 1");
}

/* Cut and lengthened where one chunk ends and another begins. */
static void
test_edges_of_chunks (Fixture       *fixture,
                      gconstpointer  unused)
{
  const gsize sealed_chunk = 65536 + 16;
  g_autoptr (GBytes) plaintext = random_bytes (2 * 65536 + 5);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  gsize first = size - (2 * sealed_chunk + 5 + 16);
  const gsize lengths[] = {
    first, first + 1, first + 15, first + 16, first + sealed_chunk - 1, first + sealed_chunk,
    first + sealed_chunk + 1, first + sealed_chunk + 15, first + sealed_chunk + 16, first + sealed_chunk + 17,
    first + 2 * sealed_chunk, first + 2 * sealed_chunk + 16, size - 1,
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    assert_refused (data, lengths[i], fixture->identities[0], DC_OPEN_ERROR_PAYLOAD, "chunk");
}

static void
test_order_of_chunks (Fixture       *fixture,
                      gconstpointer  unused)
{
  const gsize sealed_chunk = 65536 + 16;
  g_autoptr (GBytes) plaintext = random_bytes (3 * 65536);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  gsize size;
  g_autofree guint8 *data = copy_of (file, &size);
  guint8 *first = data + size - 3 * sealed_chunk;
  g_autofree guint8 *kept = g_memdup2 (first, sealed_chunk);

  memmove (first, first + sealed_chunk, sealed_chunk);
  memcpy (first + sealed_chunk, kept, sealed_chunk);
  assert_refused (data, size, fixture->identities[0], DC_OPEN_ERROR_PAYLOAD, "chunk 1");
}

static void
test_payload_of_another_file (Fixture       *fixture,
                              gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (50);
  g_autoptr (GBytes) one = seal (fixture->recipients, plaintext);
  g_autoptr (GBytes) two = seal (fixture->recipients, plaintext);
  gsize size;
  g_autofree guint8 *data = copy_of (one, &size);

  memcpy (data + size - 82, (const guint8 *) g_bytes_get_data (two, NULL) + size - 82, 82);
  assert_refused (data, size, fixture->identities[0], DC_OPEN_ERROR_PAYLOAD, "chunk 1");
}

/* The recipient lines of another file of the same reader: the MAC is not of
 * this header. */
static void
test_recipient_removed (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (50);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  g_autofree guint8 *less = g_memdup2 (data, size);

  memcpy (less + 22 + 98, data + 22 + 2 * 98, size - 22 - 2 * 98);
  assert_refused (less, size - 98, fixture->identities[0], DC_OPEN_ERROR_HMAC, "altered");
  assert_refused (less, size - 98, fixture->identities[1], DC_OPEN_ERROR_NO_MATCH, "other keys");
}

/* A line that is no honest writer's makes the file none, also before the line
 * that would have opened it. */
static void
test_low_order (Fixture       *fixture,
                gconstpointer  unused)
{
  static const char line[] = "-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
                             "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\n";
  g_autoptr (GBytes) plaintext = random_bytes (50);
  g_autoptr (GBytes) file = seal (fixture->recipients, plaintext);
  g_autoptr (GByteArray) more = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  g_byte_array_append (more, data, 22);
  g_byte_array_append (more, (const guint8 *) line, sizeof line - 1);
  g_byte_array_append (more, data + 22, (guint) size - 22);
  assert_refused (more->data, more->len, fixture->identities[0], DC_OPEN_ERROR_HEADER, "low order");
}

static void
test_bounds (Fixture       *fixture,
             gconstpointer  unused)
{
  const gsize most = DC_AGE_MAX_PLAINTEXT;
  g_autofree guint8 *data = g_malloc0 (most);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = dc_age_encrypt (fixture->recipients, data, most, &error);
  g_autoptr (GBytes) plaintext = NULL;
  g_autoptr (GByteArray) longer = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);

  plaintext = dc_age_open (bytes, size, fixture->identities, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (plaintext), ==, most);

  longer = g_bytes_unref_to_array (g_steal_pointer (&file));
  g_byte_array_set_size (longer, longer->len + 17);
  g_assert_null (dc_age_open (longer->data, longer->len, fixture->identities, 1, NULL, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

#define CASE(name, function) \
  g_test_add ("/open/age-open/" name, Fixture, NULL, set_up, function, tear_down)
  CASE ("each-recipient-alone-opens-every-size", test_sizes);
  CASE ("takes-its-secrets-from-the-source-of-random-bytes", test_random);
  CASE ("says-which-key-opened-it", test_says_which_key);
  CASE ("refuses-a-stranger", test_stranger);
  CASE ("refuses-any-changed-byte", test_any_changed_byte);
  CASE ("refuses-every-truncation", test_every_truncation);
  CASE ("refuses-cuts-at-the-edges-of-chunks", test_edges_of_chunks);
  CASE ("refuses-chunks-in-another-order", test_order_of_chunks);
  CASE ("refuses-the-payload-of-another-file", test_payload_of_another_file);
  CASE ("refuses-a-header-with-a-recipient-less", test_recipient_removed);
  CASE ("refuses-a-share-of-low-order-before-a-good-one", test_low_order);
  CASE ("refuses-plaintexts-over-64-mib", test_bounds);
#undef CASE

  return g_test_run ();
}
