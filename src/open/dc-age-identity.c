/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-identity-private.h"

#include <sodium.h>
#include <string.h>

#include "dc-bech32.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

#define PREFIX       "AGE-SECRET-KEY-"
#define PUBLIC       "AGE1"
#define POST_QUANTUM "AGE-SECRET-KEY-PQ-1"
#define PLUGIN       "AGE-PLUGIN-"

G_STATIC_ASSERT (crypto_scalarmult_BYTES == DC_AGE_POINT_SIZE);
G_STATIC_ASSERT (crypto_scalarmult_SCALARBYTES == DC_AGE_POINT_SIZE);

struct _DcAgeIdentity
{
  gatomicrefcount  references;
  guint8           public_key[DC_AGE_POINT_SIZE];
  guint8          *secret;   /* (owned) in guarded memory, read-only */
};

/* Takes @secret, which lies in guarded memory. */
static DcAgeIdentity *
identity_new (guint8 *secret)
{
  DcAgeIdentity *self = g_new0 (DcAgeIdentity, 1);

  g_atomic_ref_count_init (&self->references);
  self->secret = secret;
  crypto_scalarmult_base (self->public_key, self->secret);
  sodium_mprotect_readonly (self->secret);

  return self;
}

DcAgeIdentity *
dc_age_identity_generate (void)
{
  guint8 *secret = dc_crypto_guarded_new (DC_AGE_POINT_SIZE);

  randombytes_buf (secret, DC_AGE_POINT_SIZE);

  return identity_new (secret);
}

/* The characters of the key without what stands between them, as capitals;
 * comments left off. Returns how many there are; no more than one above the
 * length of a key are kept. */
static gsize
gather (const char *text,
        gsize       length,
        char        key[static DC_AGE_IDENTITY_LENGTH + 1])
{
  gboolean comment = FALSE;
  gboolean line_begins = TRUE;
  gsize n = 0;

  for (gsize i = 0; i < length; i++) {
    if (text[i] == '\n') {
      comment = FALSE;
      line_begins = TRUE;
    } else if (!comment && !g_ascii_isspace (text[i])) {
      comment = line_begins && text[i] == '#';
      line_begins = FALSE;
      if (!comment && n <= DC_AGE_IDENTITY_LENGTH)
        key[n++] = g_ascii_toupper (text[i]);
    }
  }

  return n;
}

static gboolean
begins_with (const char *key,
             gsize       length,
             const char *prefix)
{
  return length >= strlen (prefix) && memcmp (key, prefix, strlen (prefix)) == 0;
}

/* NULL: the secret is in @secret; else why there is none. */
static const char *
read_key (const char *key,
          gsize       length,
          guint8      secret[static DC_BECH32_MAX_BYTES])
{
  g_autofree char *prefix = NULL;
  gsize size;

  if (length == 0)
    return "no secret key (AGE-SECRET-KEY-1...) in it";
  if (begins_with (key, length, PUBLIC))
    return "a public key (age1...), which opens nothing";
  if (begins_with (key, length, POST_QUANTUM))
    return "a post-quantum key, which this version cannot use";
  if (begins_with (key, length, PLUGIN))
    return "a key on a device, which this version cannot use";
  if (!begins_with (key, length, PREFIX "1"))
    return "a secret key begins with AGE-SECRET-KEY-1";
  if (length > DC_AGE_IDENTITY_LENGTH)
    return "more than one secret key, or one that is too long";

  prefix = dc_bech32_decode (key, length, secret, DC_BECH32_MAX_BYTES, &size, NULL);
  if (prefix == NULL)
    return "the secret key was mistyped: its checksum does not fit";
  if (strcmp (prefix, PREFIX) != 0 || size != DC_AGE_POINT_SIZE)
    return "a secret key has 74 characters";

  return NULL;
}

DcAgeIdentity *
dc_age_identity_parse (const char  *text,
                       gsize        length,
                       GError     **error)
{
  const char *why;
  char *key;
  guint8 *secret;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > DC_AGE_MAX_IDENTITY_TEXT) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE,
                 "A file of a secret key is not longer than %d bytes", DC_AGE_MAX_IDENTITY_TEXT);
    return NULL;
  }

  key = dc_crypto_guarded_new (DC_AGE_IDENTITY_LENGTH + 1);
  secret = dc_crypto_guarded_new (DC_BECH32_MAX_BYTES);
  why = read_key (key, gather (text, length, key), secret);
  dc_crypto_guarded_free (key);
  if (why != NULL) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_KEY, "Not a secret key of age: %s", why);
    dc_crypto_guarded_free (secret);
    return NULL;
  }

  return identity_new (secret);
}

char *
dc_age_identity_to_text (DcAgeIdentity *self)
{
  return dc_bech32_encode (PREFIX, self->secret, DC_AGE_POINT_SIZE);
}

char *
dc_age_identity_get_recipient (DcAgeIdentity *self)
{
  return dc_bech32_encode ("age", self->public_key, DC_AGE_POINT_SIZE);
}

gboolean
dc_age_identity_agree (DcAgeIdentity *self,
                       const guint8   share[static DC_AGE_POINT_SIZE],
                       guint8         key[static DC_HKDF_KEY_SIZE])
{
  guint8 shared[DC_AGE_POINT_SIZE];
  gboolean ok = crypto_scalarmult (shared, self->secret, share) == 0;

  if (ok)
    dc_age_x25519_key (shared, share, self->public_key, key);
  sodium_memzero (shared, sizeof shared);

  return ok;
}

DcAgeIdentity *
dc_age_identity_ref (DcAgeIdentity *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
dc_age_identity_unref (DcAgeIdentity *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->secret, dc_crypto_guarded_free);
  g_free (self);
}
