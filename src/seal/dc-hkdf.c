/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-hkdf.h"

#include <sodium.h>

G_STATIC_ASSERT (DC_HKDF_KEY_SIZE == crypto_auth_hmacsha256_BYTES);

void
dc_hkdf_sha256 (const guint8 *input_key,
                gsize         input_key_size,
                const guint8 *salt,
                gsize         salt_size,
                const char   *info,
                gsize         info_size,
                guint8        key[static DC_HKDF_KEY_SIZE])
{
  static const guint8 first_block = 1;
  crypto_auth_hmacsha256_state state;
  guint8 pseudorandom_key[crypto_auth_hmacsha256_BYTES];

  /* libsodium takes no NULL, not even for no bytes. */
  crypto_auth_hmacsha256_init (&state, salt_size > 0 ? salt : &first_block, salt_size);
  crypto_auth_hmacsha256_update (&state, input_key, input_key_size);
  crypto_auth_hmacsha256_final (&state, pseudorandom_key);

  crypto_auth_hmacsha256_init (&state, pseudorandom_key, sizeof pseudorandom_key);
  crypto_auth_hmacsha256_update (&state, (const guint8 *) info, info_size);
  crypto_auth_hmacsha256_update (&state, &first_block, sizeof first_block);
  crypto_auth_hmacsha256_final (&state, key);

  sodium_memzero (&state, sizeof state);
  sodium_memzero (pseudorandom_key, sizeof pseudorandom_key);
}
