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
dc_crypto_wipe (void  *buffer,
                gsize  size)
{
  sodium_memzero (buffer, size);
}
