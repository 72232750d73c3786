/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The file of a minisign secret key.
 *
 * Its second line is the base64 of 158 bytes: which algorithms; a salt and two
 * limits for scrypt; then key id, secret key and a BLAKE2b-256 of "Ed" and
 * those two, all three exclusive-ored with what scrypt makes of the passphrase.
 * A plain key has two zero bytes for scrypt's name, and minisign 0.11 leaves
 * its checksum zero. There is no other proof that a passphrase was right than
 * the checksum.
 */

#include "dc-minisign-key-private.h"

#include <sodium.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-open-error.h"

#define SCRYPT            "Sc"
#define NO_KDF            "\0"
#define BLAKE2B           "B2"
#define CHECKSUM_SIZE     32
#define ENCRYPTED_COMMENT "minisign encrypted secret key"
#define PLAIN_COMMENT     "minisign secret key"

/* What minisign asks for itself is the most that a file may ask for. */
#define MAX_OPS_LIMIT     crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE
#define MAX_MEM_LIMIT     crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE
/* A quarter of both: N = 2^18, as age's default, 256 MiB. */
#define OPS_LIMIT         (MAX_OPS_LIMIT / 4)
#define MEM_LIMIT         (MAX_MEM_LIMIT / 4)

typedef struct
{
  guint8 key_id[DC_MINISIGN_KEY_ID_SIZE];
  guint8 secret[DC_MINISIGN_SECRET_SIZE];
  guint8 checksum[CHECKSUM_SIZE];
} Keys;

typedef struct
{
  guint8 algorithm[2];
  guint8 kdf[2];
  guint8 checksum_algorithm[2];
  guint8 salt[crypto_pwhash_scryptsalsa208sha256_SALTBYTES];
  guint8 ops_limit[8];   /* little-endian, as the next */
  guint8 mem_limit[8];
  Keys   keys;
} SecretFile;

G_STATIC_ASSERT (sizeof (SecretFile) == 158);

#define ENCODED_LENGTH (sodium_base64_ENCODED_LEN (sizeof (SecretFile), sodium_base64_VARIANT_ORIGINAL) - 1)

static gboolean
refuse (GError      **error,
        DcOpenError   code,
        const char   *why)
{
  g_set_error (error, DC_OPEN_ERROR, (int) code, "Secret key of minisign: %s", why);

  return FALSE;
}

static void
put_number (guint8  bytes[static 8],
            guint64 number)
{
  number = GUINT64_TO_LE (number);
  memcpy (bytes, &number, sizeof number);
}

static guint64
get_number (const guint8 bytes[static 8])
{
  guint64 number;

  memcpy (&number, bytes, sizeof number);

  return GUINT64_FROM_LE (number);
}

static void
compute_checksum (const SecretFile *file,
                  guint8            checksum[static CHECKSUM_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, CHECKSUM_SIZE);
  crypto_generichash_update (&state, file->algorithm, sizeof file->algorithm);
  crypto_generichash_update (&state, file->keys.key_id, sizeof file->keys.key_id);
  crypto_generichash_update (&state, file->keys.secret, sizeof file->keys.secret);
  crypto_generichash_final (&state, checksum, CHECKSUM_SIZE);
  sodium_memzero (&state, sizeof state);
}

/* Encrypts what is plain and decrypts what is not. */
static gboolean
apply_passphrase (SecretFile  *file,
                  const char  *passphrase,
                  GError     **error)
{
  guint8 *stream = dc_crypto_guarded_new (sizeof (Keys));
  guint8 *keys = (guint8 *) &file->keys;
  gboolean ok;

  ok = crypto_pwhash_scryptsalsa208sha256 (stream, sizeof (Keys), passphrase, strlen (passphrase), file->salt,
                                           get_number (file->ops_limit),
                                           (gsize) get_number (file->mem_limit)) == 0;
  for (gsize i = 0; ok && i < sizeof (Keys); i++)
    keys[i] ^= stream[i];
  dc_crypto_guarded_free (stream);

  return ok || refuse (error, DC_OPEN_ERROR_PASSPHRASE, "too little memory to try a passphrase");
}

static gboolean
decrypt (SecretFile  *file,
         const char  *passphrase,
         GError     **error)
{
  guint8 checksum[CHECKSUM_SIZE];

  if (passphrase == NULL)
    return refuse (error, DC_OPEN_ERROR_PASSPHRASE, "it is encrypted, and there is no passphrase");
  if (get_number (file->ops_limit) > MAX_OPS_LIMIT || get_number (file->mem_limit) > MAX_MEM_LIMIT)
    return refuse (error, DC_OPEN_ERROR_KEY, "a try of a passphrase would take too much memory and time");
  if (!apply_passphrase (file, passphrase, error))
    return FALSE;

  compute_checksum (file, checksum);
  if (sodium_memcmp (checksum, file->keys.checksum, sizeof checksum) != 0)
    return refuse (error, DC_OPEN_ERROR_PASSPHRASE, "another passphrase, or the file is damaged");

  return TRUE;
}

static gboolean
check_plain (const SecretFile  *file,
             GError           **error)
{
  guint8 checksum[CHECKSUM_SIZE];

  compute_checksum (file, checksum);
  if (sodium_is_zero (file->keys.checksum, CHECKSUM_SIZE)
      || sodium_memcmp (checksum, file->keys.checksum, sizeof checksum) == 0)
    return TRUE;

  return refuse (error, DC_OPEN_ERROR_KEY, "damaged, its checksum does not fit");
}

static gboolean
read_file (const char  *text,
           gsize        length,
           SecretFile  *file,
           GError     **error)
{
  DcMinisignLine comment;
  DcMinisignLine encoded;

  if (length > DC_MINISIGN_MAX_TEXT)
    return refuse (error, DC_OPEN_ERROR_TOO_LARGE, "the file is too long");

  comment = dc_minisign_take_line (&text, &length);
  encoded = dc_minisign_take_line (&text, &length);
  if (!dc_minisign_begins_with (comment, DC_MINISIGN_UNTRUSTED_COMMENT)
      || length != 0
      || !dc_minisign_read_base64 (encoded, file, sizeof *file))
    return refuse (error, DC_OPEN_ERROR_KEY, "the file is none");
  if (memcmp (file->algorithm, DC_MINISIGN_ED25519, 2) != 0
      || memcmp (file->checksum_algorithm, BLAKE2B, 2) != 0)
    return refuse (error, DC_OPEN_ERROR_KEY, "of an unknown kind");

  return TRUE;
}

static gboolean
open_file (SecretFile  *file,
           const char  *passphrase,
           GError     **error)
{
  if (memcmp (file->kdf, SCRYPT, 2) == 0)
    return decrypt (file, passphrase, error);
  if (memcmp (file->kdf, NO_KDF, 2) == 0)
    return check_plain (file, error);

  return refuse (error, DC_OPEN_ERROR_KEY, "encrypted in an unknown way");
}

/* A secret key holds its public half too. To sign with two that do not belong
 * together would give the secret away. */
static DcMinisignKey *
key_of_file (const SecretFile  *file,
             GError           **error)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 *secret = dc_crypto_guarded_new (DC_MINISIGN_SECRET_SIZE);

  crypto_sign_seed_keypair (public_key, secret, file->keys.secret);
  if (sodium_memcmp (secret, file->keys.secret, DC_MINISIGN_SECRET_SIZE) != 0) {
    refuse (error, DC_OPEN_ERROR_KEY, "damaged, its two halves do not belong together");
    dc_crypto_guarded_free (secret);
    return NULL;
  }

  return dc_minisign_key_new (file->keys.key_id, secret);
}

DcMinisignKey *
dc_minisign_key_parse (const char  *text,
                       gsize        length,
                       const char  *passphrase,
                       GError     **error)
{
  DcMinisignKey *self = NULL;
  SecretFile *file;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  file = dc_crypto_guarded_new (sizeof *file);
  if (read_file (text, length, file, error) && open_file (file, passphrase, error))
    self = key_of_file (file, error);
  dc_crypto_guarded_free (file);

  return self;
}

static gboolean
fill_file (DcMinisignKey  *self,
           const char     *passphrase,
           SecretFile     *file,
           GError        **error)
{
  sodium_memzero (file, sizeof *file);
  memcpy (file->algorithm, DC_MINISIGN_ED25519, 2);
  memcpy (file->checksum_algorithm, BLAKE2B, 2);
  memcpy (file->keys.key_id, dc_minisign_key_get_id (self), sizeof file->keys.key_id);
  memcpy (file->keys.secret, dc_minisign_key_get_secret (self), sizeof file->keys.secret);
  compute_checksum (file, file->keys.checksum);
  if (passphrase == NULL)
    return TRUE;
  if (passphrase[0] == '\0')
    return refuse (error, DC_OPEN_ERROR_PASSPHRASE, "an empty passphrase protects nothing");

  memcpy (file->kdf, SCRYPT, 2);
  randombytes_buf (file->salt, sizeof file->salt);
  put_number (file->ops_limit, OPS_LIMIT);
  put_number (file->mem_limit, MEM_LIMIT);

  return apply_passphrase (file, passphrase, error);
}

/* Written where it stays: no copy of a plain key is left on the way. */
static char *
write_text (const SecretFile *file,
            const char       *comment)
{
  const gsize begin = strlen (DC_MINISIGN_UNTRUSTED_COMMENT) + strlen (comment) + 1;
  char *text = g_malloc (begin + ENCODED_LENGTH + 2);

  g_snprintf (text, begin + 1, DC_MINISIGN_UNTRUSTED_COMMENT "%s\n", comment);
  sodium_bin2base64 (text + begin, ENCODED_LENGTH + 1, (const guint8 *) file, sizeof *file,
                     sodium_base64_VARIANT_ORIGINAL);
  text[begin + ENCODED_LENGTH] = '\n';
  text[begin + ENCODED_LENGTH + 1] = '\0';

  return text;
}

char *
dc_minisign_key_to_text (DcMinisignKey  *self,
                         const char     *passphrase,
                         const char     *comment,
                         GError        **error)
{
  SecretFile *file;
  char *text = NULL;

  if (comment == NULL)
    comment = passphrase != NULL ? ENCRYPTED_COMMENT : PLAIN_COMMENT;
  if (!dc_minisign_check_comment (comment, DC_MINISIGN_MAX_COMMENT, error))
    return NULL;

  file = dc_crypto_guarded_new (sizeof *file);
  if (fill_file (self, passphrase, file, error))
    text = write_text (file, comment);
  dc_crypto_guarded_free (file);

  return text;
}
