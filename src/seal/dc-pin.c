/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin.h"

#include <sodium.h>
#include <string.h>

#include "dc-base64.h"

#define PASSES          2
#define MEMORY          (64 * 1024 * 1024)
#define HASH_PREFIX     "$argon2id$v=19$m=65536,t=2,p=1$"
#define SALT_SIZE       16
#define SALT_LENGTH     22
#define DIGEST_SIZE     32
#define DIGEST_LENGTH   43

gboolean
dc_pin_well_formed (const char *pin)
{
  gsize length;

  if (pin == NULL)
    return FALSE;

  length = strspn (pin, "0123456789");

  return pin[length] == '\0' && length >= DC_PIN_MIN_DIGITS && length <= DC_PIN_MAX_DIGITS;
}

static gboolean
repeats (const char *pin,
         gsize       length,
         gsize       block)
{
  return length % block == 0 && memcmp (pin, pin + block, length - block) == 0;
}

/* A run goes on past nine: 8901. */
static gboolean
is_run (const char *pin,
        gsize       length,
        int         step)
{
  for (gsize i = 1; i < length; i++)
    if ((pin[i] - pin[i - 1] - step) % 10 != 0)
      return FALSE;

  return TRUE;
}

gboolean
dc_pin_is_trivial (const char *pin)
{
  gsize length;

  g_return_val_if_fail (pin != NULL, TRUE);

  length = strlen (pin);
  for (gsize block = 1; block <= length / 2; block++)
    if (repeats (pin, length, block))
      return TRUE;

  return is_run (pin, length, 1) || is_run (pin, length, -1);
}

char *
dc_pin_hash (const char *pin)
{
  char hash[crypto_pwhash_STRBYTES];

  if (!dc_pin_well_formed (pin)
      || crypto_pwhash_str_alg (hash, pin, strlen (pin), PASSES, MEMORY,
                                crypto_pwhash_ALG_ARGON2ID13) != 0)
    return NULL;

  return g_strdup (hash);
}

static gboolean
is_base64_of (const char *text,
              gsize       length,
              gsize       size)
{
  guint8 data[DIGEST_SIZE];

  return dc_base64_read (DC_BASE64_UNPADDED, text, length, data, size);
}

gboolean
dc_pin_hash_well_formed (const char *hash)
{
  const char *salt;

  if (hash == NULL
      || strlen (hash) != sizeof HASH_PREFIX - 1 + SALT_LENGTH + 1 + DIGEST_LENGTH
      || !g_str_has_prefix (hash, HASH_PREFIX))
    return FALSE;

  salt = hash + sizeof HASH_PREFIX - 1;

  return is_base64_of (salt, SALT_LENGTH, SALT_SIZE)
         && salt[SALT_LENGTH] == '$'
         && is_base64_of (salt + SALT_LENGTH + 1, DIGEST_LENGTH, DIGEST_SIZE);
}

gboolean
dc_pin_matches (const char *hash,
                const char *pin)
{
  return dc_pin_hash_well_formed (hash)
         && dc_pin_well_formed (pin)
         && crypto_pwhash_str_verify (hash, pin, strlen (pin)) == 0;
}
