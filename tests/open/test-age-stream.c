/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-stream.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-open-error.h"

#define SEALED_CHUNK (DC_AGE_CHUNK_SIZE + DC_AGE_TAG_SIZE)

static const guint8 file_key[DC_AGE_FILE_KEY_SIZE] = "sixteen bytes ..";

static GByteArray *
seal (gsize size)
{
  GByteArray *payload = g_byte_array_new ();
  g_autofree guint8 *plaintext = g_malloc (size + 1);

  memset (plaintext, 'a', size);
  dc_age_append_payload (payload, file_key, plaintext, size);

  return payload;
}

/* Opens into exactly the room that the capacity asks for, so that a sanitizer
 * sees a step too far. */
static gboolean
open_payload (const guint8  *payload,
              gsize          size,
              gsize         *verified,
              GError       **error)
{
  gsize capacity = dc_age_stream_capacity (size);
  g_autofree guint8 *plaintext = g_malloc (MAX (capacity, 1));
  gboolean ok = dc_age_stream_open (payload, size, file_key, plaintext, verified, error);

  g_assert_cmpuint (*verified, <=, capacity);
  for (gsize i = 0; i < *verified; i++)
    g_assert_cmpuint (plaintext[i], ==, 'a');

  return ok;
}

static void
assert_refused (const guint8 *payload,
                gsize         size,
                gsize         proven,
                const char   *reason)
{
  g_autoptr (GError) error = NULL;
  gsize verified;

  g_assert_false (open_payload (payload, size, &verified, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PAYLOAD);
  g_assert_cmpuint (verified, ==, proven);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

static void
test_capacity (void)
{
  static const gsize sizes[] = {
    0, 1, 100, 65535, 65536, 65537, 131071, 131072, 131073, 10 * 65536, 10 * 65536 + 1,
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GByteArray) payload = seal (sizes[i]);
    g_autoptr (GError) error = NULL;
    gsize verified;

    g_assert_cmpuint (dc_age_stream_capacity (payload->len), ==, sizes[i]);
    g_assert_true (open_payload (payload->data, payload->len, &verified, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (verified, ==, sizes[i]);
  }
  for (gsize size = 0; size <= 32; size++)
    g_assert_cmpuint (dc_age_stream_capacity (size), ==, 0);
  for (gsize more = 0; more <= 16; more++)
    g_assert_cmpuint (dc_age_stream_capacity (16 + SEALED_CHUNK + more), ==, 65536);
}

static void
test_says_what_was_done (void)
{
  g_autoptr (GByteArray) payload = seal (3 * 65536);
  g_autoptr (GByteArray) one = seal (65536);
  const gsize chunk = SEALED_CHUNK;

  assert_refused (payload->data, 15, 0, "chunk 1: the file ends too early");
  assert_refused (payload->data, 16, 0, "chunk 1: the file ends too early");
  assert_refused (payload->data, 16 + 15, 0, "chunk 1: the file ends too early");
  assert_refused (payload->data, 16 + 16, 0, "chunk 1: altered after sealing, or cut");
  assert_refused (payload->data, 16 + chunk - 1, 0, "chunk 1: altered after sealing, or cut");
  assert_refused (payload->data, 16 + chunk, 65536, "chunk 1: another one followed it");
  assert_refused (payload->data, 16 + chunk + 15, 65536, "chunk 2: the file ends too early");
  assert_refused (payload->data, 16 + chunk + 16, 65536, "chunk 2: empty");
  assert_refused (payload->data, 16 + chunk + 17, 65536, "chunk 2: altered after sealing, or cut");
  assert_refused (payload->data, 16 + 2 * chunk, 2 * 65536, "chunk 2: another one followed it");

  g_byte_array_append (one, file_key, 1);
  assert_refused (one->data, one->len, 65536, "chunk 1: the last one, but something follows it");
}

static void
test_another_file_key (void)
{
  g_autoptr (GByteArray) payload = seal (10);
  g_autoptr (GError) error = NULL;
  guint8 other[DC_AGE_FILE_KEY_SIZE] = { 1 };
  guint8 plaintext[10];
  gsize verified;

  g_assert_false (dc_age_stream_open (payload->data, payload->len, other, plaintext, &verified, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PAYLOAD);
  g_assert_cmpuint (verified, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/age-stream/needs-the-room-that-it-says", test_capacity);
  g_test_add_func ("/open/age-stream/says-what-was-done-to-it-and-where", test_says_what_was_done);
  g_test_add_func ("/open/age-stream/refuses-another-file-key", test_another_file_key);

  return g_test_run ();
}
