/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The few primitives that the rest needs, so that <sodium.h> stays in this
 * folder. dc_crypto_init () comes first, once, in main (); it is idempotent
 * and thread-safe. FALSE: the machine has no source of randomness. */
gboolean dc_crypto_init    (void);
void     dc_crypto_random  (void         *buffer,
                            gsize         size);
void     dc_crypto_sha256  (const void   *data,
                            gsize         size,
                            guint8        digest[static 32]);
/* Of 32 bytes (a hash, a public key): 64 lower-case digits and a NUL. */
#define DC_CRYPTO_HEX_SIZE 65
void     dc_crypto_to_hex  (const guint8  bytes[static 32],
                            char          hex[static DC_CRYPTO_HEX_SIZE]);
void     dc_crypto_wipe    (void         *buffer,
                            gsize         size);
/* Bytes that are wiped when the last reference goes. @data is taken; it comes
 * from g_malloc (), or is NULL where @size is 0. (transfer full) */
GBytes  *dc_crypto_secret_bytes (guint8  *data,
                                 gsize    size);

/* Memory for a key: between pages that end the program when they are touched,
 * kept out of swap and core dumps where the system allows it, wiped when it is
 * freed. Ends the program where there is none, as g_malloc () does. */
void    *dc_crypto_guarded_new  (gsize    size);
void     dc_crypto_guarded_free (void    *memory);

#define DC_SEAL_ERROR (dc_seal_error_quark ())
GQuark dc_seal_error_quark (void);

typedef enum
{
  DC_SEAL_ERROR_RECIPIENT,    /* not an age X25519 recipient */
  DC_SEAL_ERROR_TOO_LARGE,
  DC_SEAL_ERROR_KEY,          /* a key file that is none, or unreadable */
  DC_SEAL_ERROR_SIGNATURE,    /* not a signature, or not of these bytes */
  DC_SEAL_ERROR_FAILED,       /* the library refused */
  DC_SEAL_ERROR_BECH32,       /* not a Bech32 text */
  DC_SEAL_ERROR_WORDS,        /* not so many words of the list */
} DcSealError;

G_END_DECLS
