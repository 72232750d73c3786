/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-open.h"

#include <sodium.h>
#include <string.h>

#include "dc-age-file.h"
#include "dc-age-identity-private.h"
#include "dc-base64.h"
#include "dc-open-error.h"

#define SHARE_LENGTH 43   /* 32 bytes in unpadded base64 */

typedef struct
{
  guint8 share[DC_AGE_POINT_SIZE];
  guint8 wrapped[DC_AGE_WRAPPED_SIZE];
} X25519Stanza;

static gboolean
read_stanza (const DcAgeStanza  *stanza,
             guint               number,
             X25519Stanza       *read,
             GError            **error)
{
  const char *why = NULL;

  if (g_strv_length (stanza->args) != 2)
    why = "expected one argument";
  else if (strlen (stanza->args[1]) != SHARE_LENGTH
           || !dc_base64_read (DC_BASE64_UNPADDED, stanza->args[1], SHARE_LENGTH, read->share, sizeof read->share))
    why = "expected a share of 32 bytes";
  else if (stanza->body->len != DC_AGE_WRAPPED_SIZE)
    why = "expected a wrapped key of 32 bytes";

  if (why != NULL) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HEADER,
                 "Header of an age file, X25519 stanza %u: %s", number, why);
    return FALSE;
  }
  memcpy (read->wrapped, stanza->body->data, sizeof read->wrapped);

  return TRUE;
}

/* The X25519 stanzas of @header; stanzas of other kinds are passed over, as
 * the specification asks. */
static GArray *
read_stanzas (const DcAgeHeader  *header,
              GError            **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (X25519Stanza));

  for (guint i = 0; i < header->stanzas->len; i++) {
    const DcAgeStanza *stanza = g_ptr_array_index (header->stanzas, i);
    X25519Stanza read;

    if (!dc_age_stanza_is (stanza, DC_AGE_X25519))
      continue;
    if (!read_stanza (stanza, i + 1, &read, error))
      return NULL;
    g_array_append_val (all, read);
  }

  return g_steal_pointer (&all);
}

static gboolean
unwrap_one (DcAgeIdentity       *identity,
            const X25519Stanza  *stanza,
            guint8               file_key[static DC_AGE_FILE_KEY_SIZE],
            GError             **error)
{
  guint8 key[DC_HKDF_KEY_SIZE];
  gboolean fits;

  if (!dc_age_identity_agree (identity, stanza->share, key)) {
    g_set_error_literal (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HEADER,
                         "Header of an age file: a share of low order, which protects nothing");
    return FALSE;
  }
  fits = dc_age_unwrap (key, stanza->wrapped, file_key);
  sodium_memzero (key, sizeof key);

  return fits;
}

/* FALSE with an error, or without one where @identity is not meant. */
static gboolean
unwrap_any (DcAgeIdentity  *identity,
            GArray         *stanzas,
            guint8          file_key[static DC_AGE_FILE_KEY_SIZE],
            GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < stanzas->len; i++) {
    if (unwrap_one (identity, &g_array_index (stanzas, X25519Stanza, i), file_key, &local_error))
      return TRUE;
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }

  return FALSE;
}

static void
refuse_stranger (const DcAgeHeader  *header,
                 GError            **error)
{
  gboolean passphrase = dc_age_stanza_is (g_ptr_array_index (header->stanzas, 0), DC_AGE_SCRYPT);

  g_set_error_literal (error, DC_OPEN_ERROR, DC_OPEN_ERROR_NO_MATCH,
                       passphrase ? "Sealed with a passphrase, not for a key" : "Sealed for other keys");
}

GBytes *
dc_age_open (const guint8           *file,
             gsize                   size,
             DcAgeIdentity * const  *identities,
             guint                   n_identities,
             guint                  *used,
             GError                **error)
{
  g_autoptr (DcAgeHeader) header = NULL;
  g_autoptr (GArray) stanzas = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 file_key[DC_AGE_FILE_KEY_SIZE];
  GBytes *plaintext = NULL;
  gboolean found = FALSE;
  guint i;

  g_return_val_if_fail (file != NULL || size == 0, NULL);
  g_return_val_if_fail (identities != NULL || n_identities == 0, NULL);

  header = dc_age_header_parse (file, size, error);
  stanzas = header != NULL ? read_stanzas (header, error) : NULL;
  if (stanzas == NULL)
    return NULL;

  for (i = 0; i < n_identities && !found && local_error == NULL; i++)
    found = unwrap_any (identities[i], stanzas, file_key, &local_error);
  if (found)
    plaintext = dc_age_file_open (file, size, header, file_key, error);
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    refuse_stranger (header, error);
  sodium_memzero (file_key, sizeof file_key);

  if (plaintext != NULL && used != NULL)
    *used = i - 1;

  return plaintext;
}
