/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-file.h"

#include <sodium.h>

#include "dc-age-stream.h"
#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

gboolean
dc_age_unwrap (const guint8 key[static DC_HKDF_KEY_SIZE],
               const guint8 wrapped[static DC_AGE_WRAPPED_SIZE],
               guint8       file_key[static DC_AGE_FILE_KEY_SIZE])
{
  static const guint8 zero_nonce[DC_AGE_CHUNK_NONCE_SIZE];

  return crypto_aead_chacha20poly1305_ietf_decrypt (file_key, NULL, NULL, wrapped, DC_AGE_WRAPPED_SIZE,
                                                    NULL, 0, zero_nonce, key) == 0;
}

static GBytes *
open_payload (const guint8  *payload,
              gsize          size,
              const guint8   file_key[static DC_AGE_FILE_KEY_SIZE],
              GError       **error)
{
  gsize capacity = dc_age_stream_capacity (size);
  guint8 *plaintext;
  gsize verified;

  if (capacity > DC_AGE_MAX_PLAINTEXT) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE,
                 "Cannot open more than %d bytes", DC_AGE_MAX_PLAINTEXT);
    return NULL;
  }

  plaintext = g_malloc (MAX (capacity, 1));
  if (!dc_age_stream_open (payload, size, file_key, plaintext, &verified, error)) {
    dc_crypto_wipe (plaintext, capacity);
    g_clear_pointer (&plaintext, g_free);
    return NULL;
  }

  return dc_crypto_secret_bytes (plaintext, verified);
}

GBytes *
dc_age_file_open (const guint8       *file,
                  gsize               size,
                  const DcAgeHeader  *header,
                  const guint8        file_key[static DC_AGE_FILE_KEY_SIZE],
                  GError            **error)
{
  if (!dc_age_header_verify (header, file, file_key, error))
    return NULL;

  return open_payload (file + header->size, size - header->size, file_key, error);
}
