/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-format.h"

#include <sodium.h>
#include <string.h>

#define X25519_INFO  "age-encryption.org/v1/X25519"
#define HEADER_INFO  "header"
#define PAYLOAD_INFO "payload"

#define MAX_LINE     47   /* bytes whose base64 is shorter than 64 characters */

G_STATIC_ASSERT (DC_AGE_MAC_SIZE == crypto_auth_hmacsha256_BYTES);
G_STATIC_ASSERT (DC_AGE_TAG_SIZE == crypto_aead_chacha20poly1305_ietf_ABYTES);
G_STATIC_ASSERT (DC_AGE_CHUNK_NONCE_SIZE == crypto_aead_chacha20poly1305_ietf_NPUBBYTES);

void
dc_age_x25519_key (const guint8 shared[static DC_AGE_POINT_SIZE],
                   const guint8 share[static DC_AGE_POINT_SIZE],
                   const guint8 recipient[static DC_AGE_POINT_SIZE],
                   guint8       key[static DC_HKDF_KEY_SIZE])
{
  guint8 salt[2 * DC_AGE_POINT_SIZE];

  memcpy (salt, share, DC_AGE_POINT_SIZE);
  memcpy (salt + DC_AGE_POINT_SIZE, recipient, DC_AGE_POINT_SIZE);
  dc_hkdf_sha256 (shared, DC_AGE_POINT_SIZE, salt, sizeof salt,
                  X25519_INFO, strlen (X25519_INFO), key);
}

void
dc_age_wrap (const guint8 key[static DC_HKDF_KEY_SIZE],
             const guint8 file_key[static DC_AGE_FILE_KEY_SIZE],
             guint8       wrapped[static DC_AGE_WRAPPED_SIZE])
{
  static const guint8 zero_nonce[DC_AGE_CHUNK_NONCE_SIZE];

  crypto_aead_chacha20poly1305_ietf_encrypt (wrapped, NULL, file_key, DC_AGE_FILE_KEY_SIZE,
                                             NULL, 0, NULL, zero_nonce, key);
}

void
dc_age_header_mac (const guint8  file_key[static DC_AGE_FILE_KEY_SIZE],
                   const guint8 *header,
                   gsize         size,
                   guint8        mac[static DC_AGE_MAC_SIZE])
{
  guint8 key[DC_HKDF_KEY_SIZE];

  dc_hkdf_sha256 (file_key, DC_AGE_FILE_KEY_SIZE, NULL, 0, HEADER_INFO, strlen (HEADER_INFO), key);
  crypto_auth_hmacsha256 (mac, header, size, key);
  sodium_memzero (key, sizeof key);
}

void
dc_age_payload_key (const guint8 file_key[static DC_AGE_FILE_KEY_SIZE],
                    const guint8 nonce[static DC_AGE_NONCE_SIZE],
                    guint8       key[static DC_HKDF_KEY_SIZE])
{
  dc_hkdf_sha256 (file_key, DC_AGE_FILE_KEY_SIZE, nonce, DC_AGE_NONCE_SIZE,
                  PAYLOAD_INFO, strlen (PAYLOAD_INFO), key);
}

void
dc_age_chunk_nonce (guint64  counter,
                    gboolean last,
                    guint8   nonce[static DC_AGE_CHUNK_NONCE_SIZE])
{
  guint64 big_endian = GUINT64_TO_BE (counter);

  memset (nonce, 0, 3);
  memcpy (nonce + 3, &big_endian, sizeof big_endian);
  nonce[11] = last ? 1 : 0;
}

void
dc_age_append_text (GByteArray *file,
                    const char *text)
{
  g_byte_array_append (file, (const guint8 *) text, (guint) strlen (text));
}

void
dc_age_append_base64 (GByteArray   *file,
                      const guint8 *data,
                      gsize         size)
{
  char text[sodium_base64_ENCODED_LEN (MAX_LINE, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];

  g_return_if_fail (size <= MAX_LINE);

  sodium_bin2base64 (text, sizeof text, data, size, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  dc_age_append_text (file, text);
}

void
dc_age_append_mac (GByteArray   *file,
                   const guint8  file_key[static DC_AGE_FILE_KEY_SIZE])
{
  guint8 mac[DC_AGE_MAC_SIZE];

  dc_age_append_text (file, "---");
  dc_age_header_mac (file_key, file->data, file->len, mac);
  dc_age_append_text (file, " ");
  dc_age_append_base64 (file, mac, sizeof mac);
  dc_age_append_text (file, "\n");
}

static void
append_chunk (GByteArray   *file,
              const guint8 *plaintext,
              gsize         size,
              const guint8  key[static DC_HKDF_KEY_SIZE],
              guint64       counter,
              gboolean      last)
{
  guint8 nonce[DC_AGE_CHUNK_NONCE_SIZE];
  guint start = file->len;

  dc_age_chunk_nonce (counter, last, nonce);
  g_byte_array_set_size (file, start + (guint) size + DC_AGE_TAG_SIZE);
  crypto_aead_chacha20poly1305_ietf_encrypt (file->data + start, NULL, plaintext, size,
                                             NULL, 0, NULL, nonce, key);
}

void
dc_age_append_payload (GByteArray   *file,
                       const guint8  file_key[static DC_AGE_FILE_KEY_SIZE],
                       const guint8 *plaintext,
                       gsize         size)
{
  guint8 nonce[DC_AGE_NONCE_SIZE];
  guint8 key[DC_HKDF_KEY_SIZE];
  guint64 counter = 0;
  gsize done = 0;

  randombytes_buf (nonce, sizeof nonce);
  g_byte_array_append (file, nonce, sizeof nonce);
  dc_age_payload_key (file_key, nonce, key);

  do {
    gsize chunk = MIN (size - done, DC_AGE_CHUNK_SIZE);

    append_chunk (file, plaintext + done, chunk, key, counter, done + chunk == size);
    done += chunk;
    counter++;
  } while (done < size);

  sodium_memzero (key, sizeof key);
}
