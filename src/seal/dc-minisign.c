/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign.h"

#include <sodium.h>
#include <string.h>

#include "dc-crypto.h"

#define UNTRUSTED_COMMENT "untrusted comment: "
#define TRUSTED_COMMENT   "trusted comment: "
#define MAX_TEXT          (16 * 1024)
#define KEY_ID_SIZE       8

/* The decoded second line of a .pub file. */
typedef struct
{
  guint8 algorithm[2];
  guint8 key_id[KEY_ID_SIZE];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
} PublicKey;

/* The decoded second line of a .minisig file. */
typedef struct
{
  guint8 algorithm[2];
  guint8 key_id[KEY_ID_SIZE];
  guint8 signature[crypto_sign_BYTES];
} Signature;

G_STATIC_ASSERT (sizeof (PublicKey) == 42);
G_STATIC_ASSERT (sizeof (Signature) == 74);

typedef struct
{
  const char *start;
  gsize       length;
} Line;

/* Takes one line off @text; CR LF ends a line as LF does. */
static Line
take_line (const char **text,
           gsize       *left)
{
  const char *newline = *left > 0 ? memchr (*text, '\n', *left) : NULL;
  gsize used = newline != NULL ? (gsize) (newline - *text) + 1 : *left;
  Line line = { *text, newline != NULL ? used - 1 : used };

  if (line.length > 0 && line.start[line.length - 1] == '\r')
    line.length--;
  *text += used;
  *left -= used;

  return line;
}

static gboolean
begins_with (Line        line,
             const char *prefix)
{
  return line.length >= strlen (prefix) && memcmp (line.start, prefix, strlen (prefix)) == 0;
}

/* @data is filled exactly. */
static gboolean
read_base64 (Line   line,
             void  *data,
             gsize  size)
{
  gsize found = 0;

  return sodium_base642bin (data, size, line.start, line.length, NULL, &found, NULL,
                            sodium_base64_VARIANT_ORIGINAL) == 0
         && found == size;
}

static gboolean
refuse (GError      **error,
        DcSealError   code,
        const char   *why)
{
  g_set_error_literal (error, DC_SEAL_ERROR, code, why);

  return FALSE;
}

static gboolean
read_key_line (Line       line,
               PublicKey *key)
{
  return read_base64 (line, key, sizeof *key) && memcmp (key->algorithm, "Ed", 2) == 0;
}

gboolean
dc_minisign_is_public_key (const char *line)
{
  PublicKey key;

  g_return_val_if_fail (line != NULL, FALSE);

  return read_key_line ((Line) { line, strlen (line) }, &key);
}

static gboolean
read_public_key (const char  *text,
                 gsize        length,
                 PublicKey   *key,
                 GError     **error)
{
  Line comment;
  Line encoded;

  if (length > MAX_TEXT)
    return refuse (error, DC_SEAL_ERROR_TOO_LARGE, "The public key's file is too long");

  comment = take_line (&text, &length);
  encoded = take_line (&text, &length);
  if (!begins_with (comment, UNTRUSTED_COMMENT)
      || length != 0
      || !read_key_line (encoded, key))
    return refuse (error, DC_SEAL_ERROR_KEY, "Not a minisign public key");

  return TRUE;
}

static gboolean
read_signature (const char  *text,
                gsize        length,
                Signature   *signature,
                Line        *trusted_comment,
                guint8       global[static crypto_sign_BYTES],
                GError     **error)
{
  Line comment;
  Line encoded;
  Line encoded_global;

  if (length > MAX_TEXT)
    return refuse (error, DC_SEAL_ERROR_TOO_LARGE, "The signature's file is too long");

  comment = take_line (&text, &length);
  encoded = take_line (&text, &length);
  *trusted_comment = take_line (&text, &length);
  encoded_global = take_line (&text, &length);
  if (!begins_with (comment, UNTRUSTED_COMMENT)
      || !begins_with (*trusted_comment, TRUSTED_COMMENT)
      || length != 0
      || !read_base64 (encoded, signature, sizeof *signature)
      || !read_base64 (encoded_global, global, crypto_sign_BYTES))
    return refuse (error, DC_SEAL_ERROR_SIGNATURE, "Not a minisign signature");

  trusted_comment->start += strlen (TRUSTED_COMMENT);
  trusted_comment->length -= strlen (TRUSTED_COMMENT);

  return TRUE;
}

/* minisign prints an id as one little-endian number. */
static guint64
key_id_number (const guint8 key_id[static KEY_ID_SIZE])
{
  guint64 number;

  memcpy (&number, key_id, sizeof number);

  return GUINT64_FROM_LE (number);
}

static gboolean
check_kind (const PublicKey  *key,
            const Signature  *signature,
            GError          **error)
{
  if (memcmp (signature->algorithm, "Ed", 2) == 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE,
                   "A signature of the legacy kind, not prehashed: "
                   "sign again with minisign 0.11 or later, without -l");
  if (memcmp (signature->algorithm, "ED", 2) != 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE, "A signature of an unknown kind");

  if (memcmp (key->key_id, signature->key_id, KEY_ID_SIZE) != 0) {
    g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_SIGNATURE,
                 "Signed by the key %016" G_GINT64_MODIFIER "X, expected the key %016" G_GINT64_MODIFIER "X",
                 key_id_number (signature->key_id), key_id_number (key->key_id));
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_data (const PublicKey  *key,
            const Signature  *signature,
            const guint8     *data,
            gsize             size,
            GError          **error)
{
  guint8 hash[crypto_generichash_BYTES_MAX];

  crypto_generichash (hash, sizeof hash, data, size, NULL, 0);
  if (crypto_sign_verify_detached (signature->signature, hash, sizeof hash, key->key) != 0)
    return refuse (error, DC_SEAL_ERROR_SIGNATURE,
                   "The signature is not of these bytes: they were altered after signing");

  return TRUE;
}

static gboolean
check_comment (const PublicKey  *key,
               const Signature  *signature,
               Line              comment,
               const guint8      global[static crypto_sign_BYTES],
               GError          **error)
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
  PublicKey key;
  Signature made;
  Line comment;

  g_return_val_if_fail (public_key != NULL && signature != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  return read_public_key (public_key, public_key_length, &key, error)
         && read_signature (signature, signature_length, &made, &comment, global, error)
         && check_kind (&key, &made, error)
         && check_data (&key, &made, data, size, error)
         && check_comment (&key, &made, comment, global, error);
}
