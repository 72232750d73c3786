/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-stream.h"

#include <sodium.h>

#include "dc-open-error.h"

#define SEALED_CHUNK (DC_AGE_CHUNK_SIZE + DC_AGE_TAG_SIZE)

gsize
dc_age_stream_capacity (gsize size)
{
  gsize sealed = size > DC_AGE_NONCE_SIZE ? size - DC_AGE_NONCE_SIZE : 0;
  gsize rest = sealed % SEALED_CHUNK;

  return sealed / SEALED_CHUNK * DC_AGE_CHUNK_SIZE + (rest > DC_AGE_TAG_SIZE ? rest - DC_AGE_TAG_SIZE : 0);
}

static gboolean
refuse (GError     **error,
        guint64      chunk,
        const char  *why)
{
  g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PAYLOAD,
               "Payload of an age file, chunk %" G_GUINT64_FORMAT ": %s", chunk + 1, why);

  return FALSE;
}

static gboolean
open_chunk (const guint8 *sealed,
            gsize         size,
            const guint8  key[static DC_HKDF_KEY_SIZE],
            guint64       counter,
            gboolean      last,
            guint8       *plaintext)
{
  guint8 nonce[DC_AGE_CHUNK_NONCE_SIZE];

  dc_age_chunk_nonce (counter, last, nonce);

  return crypto_aead_chacha20poly1305_ietf_decrypt (plaintext, NULL, NULL, sealed, size,
                                                    NULL, 0, nonce, key) == 0;
}

/* Which chunk is the last is known by the file's end alone: its nonce says so
 * too, and a file that was cut or lengthened does not agree with itself. */
static gboolean
open_chunks (const guint8  *sealed,
             gsize          size,
             const guint8   key[static DC_HKDF_KEY_SIZE],
             guint8        *plaintext,
             gsize         *verified,
             GError       **error)
{
  guint64 counter = 0;

  do {
    gsize chunk = MIN (size, SEALED_CHUNK);
    gboolean last = chunk == size;

    if (chunk < DC_AGE_TAG_SIZE)
      return refuse (error, counter, "the file ends too early");
    if (chunk == DC_AGE_TAG_SIZE && counter > 0)
      return refuse (error, counter, "empty, as only the one chunk of an empty file may be");
    if (!open_chunk (sealed, chunk, key, counter, last, plaintext + *verified))
      return refuse (error, counter, "altered after sealing, or the file was cut");

    *verified += chunk - DC_AGE_TAG_SIZE;
    sealed += chunk;
    size -= chunk;
    counter++;
  } while (size > 0);

  return TRUE;
}

gboolean
dc_age_stream_open (const guint8  *payload,
                    gsize          size,
                    const guint8   file_key[static DC_AGE_FILE_KEY_SIZE],
                    guint8        *plaintext,
                    gsize         *verified,
                    GError       **error)
{
  guint8 key[DC_HKDF_KEY_SIZE];
  gboolean ok;

  *verified = 0;
  if (size < DC_AGE_NONCE_SIZE)
    return refuse (error, 0, "the file ends too early");

  dc_age_payload_key (file_key, payload, key);
  ok = open_chunks (payload + DC_AGE_NONCE_SIZE, size - DC_AGE_NONCE_SIZE, key,
                    plaintext, verified, error);
  sodium_memzero (key, sizeof key);

  return ok;
}
