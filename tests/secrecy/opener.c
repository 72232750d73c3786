/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What must not be in the kiosk, for test_symbols.py to find: a program that
 * opens one chunk of an age file, from its standard input. */

#include <stdio.h>
#include <stdlib.h>

#include <glib.h>
#include <sodium.h>

static G_NO_INLINE gboolean
dc_age_open_chunk (const guint8 *sealed,
                   gsize         size,
                   const guint8 *key)
{
  const guint8 nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES] = { 0 };
  g_autofree guint8 *chunk = g_malloc (size + 1);

  return crypto_aead_chacha20poly1305_ietf_decrypt (chunk, NULL, NULL, sealed, size, NULL, 0,
                                                    nonce, key) == 0;
}

int
main (int    argc,
      char **argv)
{
  guint8 key[crypto_aead_chacha20poly1305_ietf_KEYBYTES];
  guint8 sealed[64];

  if (sodium_init () < 0 || fread (key, sizeof key, 1, stdin) != 1
      || fread (sealed, sizeof sealed, 1, stdin) != 1)
    return EXIT_FAILURE;

  return dc_age_open_chunk (sealed, sizeof sealed, key) ? EXIT_SUCCESS : EXIT_FAILURE;
}
