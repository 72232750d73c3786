/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign-key-private.h"

#include <sodium.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-open-error.h"

#define SIGNATURE_COMMENT "signature from minisign secret key"
#define MAX_BASE64        sodium_base64_ENCODED_LEN (sizeof (DcMinisignSignature), sodium_base64_VARIANT_ORIGINAL)

G_STATIC_ASSERT (DC_MINISIGN_SECRET_SIZE == crypto_sign_SECRETKEYBYTES);

struct _DcMinisignKey
{
  gatomicrefcount  references;
  guint8           key_id[DC_MINISIGN_KEY_ID_SIZE];
  guint8          *secret;   /* (owned) in guarded memory, read-only */
};

DcMinisignKey *
dc_minisign_key_new (const guint8  key_id[static DC_MINISIGN_KEY_ID_SIZE],
                     guint8       *secret)
{
  DcMinisignKey *self = g_new0 (DcMinisignKey, 1);

  g_atomic_ref_count_init (&self->references);
  memcpy (self->key_id, key_id, sizeof self->key_id);
  self->secret = secret;
  sodium_mprotect_readonly (self->secret);

  return self;
}

DcMinisignKey *
dc_minisign_key_generate (void)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 key_id[DC_MINISIGN_KEY_ID_SIZE];
  guint8 *secret = dc_crypto_guarded_new (DC_MINISIGN_SECRET_SIZE);

  randombytes_buf (key_id, sizeof key_id);
  crypto_sign_keypair (public_key, secret);

  return dc_minisign_key_new (key_id, secret);
}

const guint8 *
dc_minisign_key_get_id (DcMinisignKey *self)
{
  return self->key_id;
}

const guint8 *
dc_minisign_key_get_secret (DcMinisignKey *self)
{
  return self->secret;
}

/* A comment is the rest of its line, and what a person reads of it is what
 * was signed: hence no control character. */
gboolean
dc_minisign_check_comment (const char  *comment,
                           gsize        max,
                           GError     **error)
{
  const char *why = NULL;

  if (strlen (comment) > max)
    why = "too long";
  else if (!g_utf8_validate (comment, -1, NULL))
    why = "not UTF-8";
  else
    for (const char *c = comment; *c != '\0' && why == NULL; c = g_utf8_next_char (c))
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        why = "a control character in it";

  if (why != NULL)
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_COMMENT, "Not a comment for a signature: %s", why);

  return why == NULL;
}

char *
dc_minisign_key_get_public_text (DcMinisignKey *self,
                                 const char    *comment)
{
  DcMinisignPublic public_key = { .algorithm = DC_MINISIGN_ED25519 };
  g_autofree char *own_comment = NULL;
  char encoded[MAX_BASE64];

  g_return_val_if_fail (comment == NULL || dc_minisign_check_comment (comment, DC_MINISIGN_MAX_COMMENT, NULL), NULL);

  own_comment = g_strdup_printf ("minisign public key %016" G_GINT64_MODIFIER "X",
                                 dc_minisign_key_number (self->key_id));
  memcpy (public_key.key_id, self->key_id, sizeof public_key.key_id);
  crypto_sign_ed25519_sk_to_pk (public_key.key, self->secret);
  sodium_bin2base64 (encoded, sizeof encoded, (const guint8 *) &public_key, sizeof public_key,
                     sodium_base64_VARIANT_ORIGINAL);

  return g_strconcat (DC_MINISIGN_UNTRUSTED_COMMENT, comment != NULL ? comment : own_comment, "\n",
                      encoded, "\n", NULL);
}

/* The base64 of the global signature: over the signature and what is said
 * about it. */
static void
sign_comment (DcMinisignKey             *self,
              const DcMinisignSignature *signature,
              const char                *comment,
              char                       encoded[static MAX_BASE64])
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 global[crypto_sign_BYTES];

  g_byte_array_append (bytes, signature->signature, sizeof signature->signature);
  g_byte_array_append (bytes, (const guint8 *) comment, (guint) strlen (comment));
  crypto_sign_detached (global, NULL, bytes->data, bytes->len, self->secret);
  sodium_bin2base64 (encoded, MAX_BASE64, global, sizeof global, sodium_base64_VARIANT_ORIGINAL);
}

char *
dc_minisign_key_sign (DcMinisignKey  *self,
                      const guint8   *data,
                      gsize           size,
                      const char     *trusted_comment,
                      const char     *untrusted_comment,
                      GError        **error)
{
  DcMinisignSignature signature = { .algorithm = DC_MINISIGN_PREHASHED };
  guint8 hash[crypto_generichash_BYTES_MAX];
  char encoded[MAX_BASE64];
  char encoded_global[MAX_BASE64];

  g_return_val_if_fail (data != NULL || size == 0, NULL);
  g_return_val_if_fail (trusted_comment != NULL, NULL);

  if (untrusted_comment == NULL)
    untrusted_comment = SIGNATURE_COMMENT;
  if (!dc_minisign_check_comment (trusted_comment, DC_MINISIGN_MAX_TRUSTED_COMMENT, error)
      || !dc_minisign_check_comment (untrusted_comment, DC_MINISIGN_MAX_COMMENT, error))
    return NULL;

  memcpy (signature.key_id, self->key_id, sizeof signature.key_id);
  crypto_generichash (hash, sizeof hash, data, size, NULL, 0);
  crypto_sign_detached (signature.signature, NULL, hash, sizeof hash, self->secret);
  sodium_bin2base64 (encoded, sizeof encoded, (const guint8 *) &signature, sizeof signature,
                     sodium_base64_VARIANT_ORIGINAL);
  sign_comment (self, &signature, trusted_comment, encoded_global);

  return g_strconcat (DC_MINISIGN_UNTRUSTED_COMMENT, untrusted_comment, "\n", encoded, "\n",
                      DC_MINISIGN_TRUSTED_COMMENT, trusted_comment, "\n", encoded_global, "\n", NULL);
}

DcMinisignKey *
dc_minisign_key_ref (DcMinisignKey *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
dc_minisign_key_unref (DcMinisignKey *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->secret, dc_crypto_guarded_free);
  g_free (self);
}
