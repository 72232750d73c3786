/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign.h"

#include <sodium.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-minisign-format.h"

static gboolean
refuse (GError      **error,
        DcSealError   code,
        const char   *why)
{
  g_set_error_literal (error, DC_SEAL_ERROR, code, why);

  return FALSE;
}

static gboolean
read_key_line (DcMinisignLine    line,
               DcMinisignPublic *key)
{
  return dc_minisign_read_base64 (line, key, sizeof *key)
         && memcmp (key->algorithm, DC_MINISIGN_ED25519, 2) == 0;
}

gboolean
dc_minisign_is_public_key (const char *line)
{
  DcMinisignPublic key;

  g_return_val_if_fail (line != NULL, FALSE);

  return read_key_line ((DcMinisignLine) { line, strlen (line) }, &key);
}

static gboolean
read_public_key (const char        *text,
                 gsize              length,
                 DcMinisignPublic  *key,
                 GError           **error)
{
  DcMinisignLine comment;
  DcMinisignLine encoded;

  if (length > DC_MINISIGN_MAX_TEXT)
    return refuse (error, DC_SEAL_ERROR_TOO_LARGE, "The public key's file is too long");

  comment = dc_minisign_take_line (&text, &length);
  encoded = dc_minisign_take_line (&text, &length);
  if (!dc_minisign_begins_with (comment, DC_MINISIGN_UNTRUSTED_COMMENT)
      || length != 0
      || !read_key_line (encoded, key))
    return refuse (error, DC_SEAL_ERROR_KEY, "Not a minisign public key");

  return TRUE;
}

static gboolean
read_signature (const char           *text,
                gsize                 length,
                DcMinisignSignature  *signature,
                DcMinisignLine       *trusted_comment,
                guint8                global[static crypto_sign_BYTES],
                GError              **error)
{
  DcMinisignLine comment;
  DcMinisignLine encoded;
  DcMinisignLine encoded_global;

  if (length > DC_MINISIGN_MAX_TEXT)
    return refuse (error, DC_SEAL_ERROR_TOO_LARGE, "The signature's file is too long");

  comment = dc_minisign_take_line (&text, &length);
  encoded = dc_minisign_take_line (&text, &length);
  *trusted_comment = dc_minisign_take_line (&text, &length);
  encoded_global = dc_minisign_take_line (&text, &length);
  if (!dc_minisign_begins_with (comment, DC_MINISIGN_UNTRUSTED_COMMENT)
      || !dc_minisign_begins_with (*trusted_comment, DC_MINISIGN_TRUSTED_COMMENT)
      || length != 0
      || !dc_minisign_read_base64 (encoded, signature, sizeof *signature)
      || !dc_minisign_read_base64 (encoded_global, global, crypto_sign_BYTES))
    return refuse (error, DC_SEAL_ERROR_SIGNATURE, "Not a minisign signature");

  trusted_comment->start += strlen (DC_MINISIGN_TRUSTED_COMMENT);
  trusted_comment->length -= strlen (DC_MINISIGN_TRUSTED_COMMENT);

  return TRUE;
}

static gboolean
check_kind (const DcMinisignPublic     *key,
            const DcMinisignSignature  *signature,
            GError                    **error)
{
  if (memcmp (signature->algorithm, DC_MINISIGN_ED25519, 2) == 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE,
                   "A signature of the legacy kind, not prehashed: "
                   "sign again with minisign 0.11 or later, without -l");
  if (memcmp (signature->algorithm, DC_MINISIGN_PREHASHED, 2) != 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE, "A signature of an unknown kind");

  if (memcmp (key->key_id, signature->key_id, DC_MINISIGN_KEY_ID_SIZE) != 0) {
    g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_SIGNATURE,
                 "Signed by the key %016" G_GINT64_MODIFIER "X, expected the key %016" G_GINT64_MODIFIER "X",
                 dc_minisign_key_number (signature->key_id), dc_minisign_key_number (key->key_id));
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_data (const DcMinisignPublic     *key,
            const DcMinisignSignature  *signature,
            const guint8               *data,
            gsize                       size,
            GError                    **error)
{
  guint8 hash[crypto_generichash_BYTES_MAX];

  crypto_generichash (hash, sizeof hash, data, size, NULL, 0);
  if (crypto_sign_verify_detached (signature->signature, hash, sizeof hash, key->key) != 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE,
                   "The signature is not of these bytes: they were altered after signing");

  return TRUE;
}

static gboolean
check_comment (const DcMinisignPublic     *key,
               const DcMinisignSignature  *signature,
               DcMinisignLine              comment,
               const guint8                global[static crypto_sign_BYTES],
               GError                    **error)
{
  g_autoptr (GByteArray) signed_bytes = g_byte_array_new ();

  g_byte_array_append (signed_bytes, signature->signature, sizeof signature->signature);
  g_byte_array_append (signed_bytes, (const guint8 *) comment.start, (guint) comment.length);
  if (crypto_sign_verify_detached (global, signed_bytes->data, signed_bytes->len, key->key) != 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE,
                   "The trusted comment was altered after signing");

  return TRUE;
}

gboolean
dc_minisign_verify (const char    *public_key,
                    gsize          public_key_length,
                    const char    *signature,
                    gsize          signature_length,
                    const guint8  *data,
                    gsize          size,
                    GError       **error)
{
  guint8 global[crypto_sign_BYTES];
  DcMinisignPublic key;
  DcMinisignSignature made;
  DcMinisignLine comment;

  g_return_val_if_fail (public_key != NULL && signature != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  return read_public_key (public_key, public_key_length, &key, error)
         && read_signature (signature, signature_length, &made, &comment, global, error)
         && check_kind (&key, &made, error)
         && check_data (&key, &made, data, size, error)
         && check_comment (&key, &made, comment, global, error);
}
