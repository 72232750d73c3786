/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"

#include <sodium.h>

G_DEFINE_QUARK (dc-seal-error-quark, dc_seal_error)

gboolean
dc_crypto_init (void)
{
  return sodium_init () >= 0;
}

void
dc_crypto_random (void  *buffer,
                  gsize  size)
{
  if (size > 0)
    randombytes_buf (buffer, size);
}

void
dc_crypto_sha256 (const void *data,
                  gsize       size,
                  guint8      digest[static 32])
{
  crypto_hash_sha256 (digest, data, size);
}

void
dc_crypto_to_hex (const guint8 bytes[static 32],
                  char         hex[static DC_CRYPTO_HEX_SIZE])
{
  for (gsize i = 0; i < 32; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", bytes[i]);
}

void
dc_crypto_wipe (void  *buffer,
                gsize  size)
{
  if (size > 0)
    sodium_memzero (buffer, size);
}

typedef struct
{
  guint8 *data;
  gsize   size;
} SecretBytes;

static void
secret_bytes_free (gpointer data)
{
  SecretBytes *secret = data;

  dc_crypto_wipe (secret->data, secret->size);
  g_clear_pointer (&secret->data, g_free);
  g_free (secret);
}

GBytes *
dc_crypto_secret_bytes (guint8 *data,
                        gsize   size)
{
  SecretBytes *secret = g_new (SecretBytes, 1);

  secret->data = data;
  secret->size = size;

  return g_bytes_new_with_free_func (data, size, secret_bytes_free, secret);
}

void *
dc_crypto_guarded_new (gsize size)
{
  void *memory = sodium_malloc (size);

  if (memory == NULL)   /* GCOVR_EXCL_BR_LINE: it ends the program, and its counts with it */
    g_error ("No guarded memory for a key");

  return memory;
}

void
dc_crypto_guarded_free (void *memory)
{
  sodium_free (memory);
}
