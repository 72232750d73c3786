/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tablet-key.h"

#include <sodium.h>
#include <string.h>

#include "dc-base64.h"
#include "dc-crypto.h"
#include "dc-durable.h"

#define SEED_SIZE   crypto_sign_SEEDBYTES
#define SEED_LENGTH 44   /* 32 bytes in padded base64 */
#define LINE_LENGTH (sizeof DC_TABLET_KEY_PREFIX - 1 + SEED_LENGTH + 1)

G_STATIC_ASSERT (SEED_SIZE == 32);
G_STATIC_ASSERT (sodium_base64_ENCODED_LEN (SEED_SIZE, sodium_base64_VARIANT_ORIGINAL) == SEED_LENGTH + 1);

struct _DcTabletKey
{
  gatomicrefcount  references;
  guint8           public_key[crypto_sign_PUBLICKEYBYTES];
  guint8          *secret_key;   /* (owned) in guarded memory, read-only */
};

DcTabletKey *
dc_tablet_key_from_seed (const guint8 seed[static 32])
{
  DcTabletKey *self = g_new0 (DcTabletKey, 1);

  g_atomic_ref_count_init (&self->references);
  self->secret_key = dc_crypto_guarded_new (crypto_sign_SECRETKEYBYTES);

  crypto_sign_seed_keypair (self->public_key, self->secret_key, seed);
  sodium_mprotect_readonly (self->secret_key);

  return self;
}

DcTabletKey *
dc_tablet_key_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  const gsize prefix_length = sizeof DC_TABLET_KEY_PREFIX - 1;
  guint8 seed[SEED_SIZE];
  DcTabletKey *self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (length == LINE_LENGTH
      && memcmp (text, DC_TABLET_KEY_PREFIX, prefix_length) == 0
      && text[LINE_LENGTH - 1] == '\n'
      && dc_base64_read (DC_BASE64_PADDED, text + prefix_length, SEED_LENGTH, seed, sizeof seed))
    self = dc_tablet_key_from_seed (seed);
  else
    g_set_error_literal (error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY,
                         "Not a tablet key: expected one line, \""
                         DC_TABLET_KEY_PREFIX "\" and 44 characters");
  sodium_memzero (seed, sizeof seed);

  return self;
}

/* Returns NULL without an error where there is no such file. */
static DcTabletKey *
read_key (const char  *path,
          GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  DcTabletKey *self = NULL;
  gsize size;
  char *text = dc_durable_read (path, LINE_LENGTH, &size, &local_error);

  if (text != NULL) {
    self = dc_tablet_key_parse (text, size, &local_error);
    sodium_memzero (text, size);
    g_clear_pointer (&text, g_free);
    if (self == NULL)
      g_prefix_error (&local_error, "%s: ", path);
  }

  if (local_error != NULL && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error_literal (error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY, local_error->message);

  return self;
}

/* Succeeds too where somebody else was quicker. */
static gboolean
write_new_key (const char  *path,
               GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  guint8 seed[SEED_SIZE];
  char line[LINE_LENGTH + 1] = DC_TABLET_KEY_PREFIX;

  randombytes_buf (seed, sizeof seed);
  sodium_bin2base64 (line + sizeof DC_TABLET_KEY_PREFIX - 1, SEED_LENGTH + 1,
                     seed, sizeof seed, sodium_base64_VARIANT_ORIGINAL);
  line[LINE_LENGTH - 1] = '\n';
  dc_durable_create (path, line, LINE_LENGTH, &local_error);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (line, sizeof line);

  if (local_error == NULL || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
    return TRUE;

  g_set_error_literal (error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY, local_error->message);

  return FALSE;
}

/* A new key is read back from the disk: of two programs that start at once,
 * both then hold the one that stayed. */
DcTabletKey *
dc_tablet_key_load (const char  *path,
                    GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  DcTabletKey *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = read_key (path, &local_error);
  if (self == NULL && local_error == NULL && write_new_key (path, &local_error)) {
    self = read_key (path, &local_error);
    if (self == NULL && local_error == NULL)
      g_set_error (&local_error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY,
                   "%s: vanished as soon as it was made", path);
  }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return self;
}

const guint8 *
dc_tablet_key_get_public (DcTabletKey *self)
{
  return self->public_key;
}

void
dc_tablet_key_sign (DcTabletKey  *self,
                    const guint8 *data,
                    gsize         size,
                    guint8        signature[static 64])
{
  crypto_sign_detached (signature, NULL, data, size, self->secret_key);
}

gboolean
dc_tablet_key_verify (const guint8  public_key[static 32],
                      const guint8 *data,
                      gsize         size,
                      const guint8  signature[static 64])
{
  return crypto_sign_verify_detached (signature, data, size, public_key) == 0;
}

DcTabletKey *
dc_tablet_key_ref (DcTabletKey *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
dc_tablet_key_unref (DcTabletKey *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->secret_key, dc_crypto_guarded_free);
  g_free (self);
}
