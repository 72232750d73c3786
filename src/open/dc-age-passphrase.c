/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-passphrase.h"

#include <sodium.h>
#include <string.h>

#include "dc-age-file.h"
#include "dc-age.h"
#include "dc-base64.h"
#include "dc-open-error.h"

#define LABEL       "age-encryption.org/v1/scrypt"
#define SALT_SIZE   16
#define SALT_LENGTH 22    /* in unpadded base64 */
#define HEADER_ROOM 256

/* Block size and parallelism are the format's own. */
#define SCRYPT_R    8
#define SCRYPT_P    1

typedef struct
{
  guint8 salt[SALT_SIZE];
  guint  work_factor;
  guint8 wrapped[DC_AGE_WRAPPED_SIZE];
} ScryptStanza;

static gboolean
derive_key (const char    *passphrase,
            const guint8   salt[static SALT_SIZE],
            guint          work_factor,
            guint8         key[static DC_HKDF_KEY_SIZE],
            GError       **error)
{
  guint8 labelled[sizeof LABEL - 1 + SALT_SIZE] = LABEL;

  memcpy (labelled + sizeof LABEL - 1, salt, SALT_SIZE);
  if (crypto_pwhash_scryptsalsa208sha256_ll ((const guint8 *) passphrase, strlen (passphrase),
                                             labelled, sizeof labelled,
                                             G_GUINT64_CONSTANT (1) << work_factor, SCRYPT_R, SCRYPT_P,
                                             key, DC_HKDF_KEY_SIZE) == 0)
    return TRUE;

  g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE,
               "Too little memory to try a passphrase: %u MiB are needed",
               MAX (1u << work_factor >> 10, 1));

  return FALSE;
}

/* In decimal, as it is: no sign, no zero before it. 0: not so. */
static guint
read_work_factor (const char *text)
{
  guint factor = 0;

  if (text[0] == '0' || strlen (text) > 3)
    return 0;
  for (; *text != '\0'; text++) {
    if (!g_ascii_isdigit (*text))
      return 0;
    factor = factor * 10 + (guint) (*text - '0');
  }

  return factor;
}

/* NULL: it is in @read; else why the stanza is none. */
static const char *
read_stanza (const DcAgeStanza *stanza,
             ScryptStanza      *read)
{
  if (g_strv_length (stanza->args) != 3)
    return "expected a salt and a work factor";
  if (strlen (stanza->args[1]) != SALT_LENGTH
      || !dc_base64_read (DC_BASE64_UNPADDED, stanza->args[1], SALT_LENGTH, read->salt, sizeof read->salt))
    return "expected a salt of 16 bytes";
  read->work_factor = read_work_factor (stanza->args[2]);
  if (read->work_factor == 0)
    return "the work factor is no number";
  if (read->work_factor > DC_AGE_MAX_WORK_FACTOR)
    return "a work factor that takes too much memory and time";
  if (stanza->body->len != DC_AGE_WRAPPED_SIZE)
    return "expected a wrapped key of 32 bytes";

  memcpy (read->wrapped, stanza->body->data, sizeof read->wrapped);

  return NULL;
}

static gboolean
find_stanza (const DcAgeHeader  *header,
             ScryptStanza       *read,
             GError            **error)
{
  const DcAgeStanza *stanza = g_ptr_array_index (header->stanzas, 0);
  const char *why;

  if (!dc_age_stanza_is (stanza, DC_AGE_SCRYPT)) {
    g_set_error_literal (error, DC_OPEN_ERROR, DC_OPEN_ERROR_NO_MATCH,
                         "Sealed for a key, not with a passphrase");
    return FALSE;
  }
  why = read_stanza (stanza, read);
  if (why != NULL)
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HEADER,
                 "Header of an age file, scrypt stanza: %s", why);

  return why == NULL;
}

static gboolean
unwrap (const ScryptStanza  *stanza,
        const char          *passphrase,
        guint8               file_key[static DC_AGE_FILE_KEY_SIZE],
        GError             **error)
{
  guint8 key[DC_HKDF_KEY_SIZE];
  gboolean fits;

  if (!derive_key (passphrase, stanza->salt, stanza->work_factor, key, error))
    return FALSE;

  fits = dc_age_unwrap (key, stanza->wrapped, file_key);
  sodium_memzero (key, sizeof key);
  if (!fits)
    g_set_error_literal (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE, "Another passphrase");

  return fits;
}

GBytes *
dc_age_passphrase_open (const guint8  *file,
                        gsize          size,
                        const char    *passphrase,
                        GError       **error)
{
  g_autoptr (DcAgeHeader) header = NULL;
  guint8 file_key[DC_AGE_FILE_KEY_SIZE];
  GBytes *plaintext = NULL;
  ScryptStanza stanza;

  g_return_val_if_fail (file != NULL || size == 0, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);

  header = dc_age_header_parse (file, size, error);
  if (header == NULL)
    return NULL;

  if (find_stanza (header, &stanza, error) && unwrap (&stanza, passphrase, file_key, error))
    plaintext = dc_age_file_open (file, size, header, file_key, error);
  sodium_memzero (file_key, sizeof file_key);

  return plaintext;
}

static gboolean
append_header (GByteArray    *file,
               const guint8   file_key[static DC_AGE_FILE_KEY_SIZE],
               const char    *passphrase,
               guint          work_factor,
               GError       **error)
{
  g_autofree char *factor = g_strdup_printf (" %u\n", work_factor);
  guint8 salt[SALT_SIZE];
  guint8 key[DC_HKDF_KEY_SIZE];
  guint8 wrapped[DC_AGE_WRAPPED_SIZE];

  randombytes_buf (salt, sizeof salt);
  if (!derive_key (passphrase, salt, work_factor, key, error))
    return FALSE;
  dc_age_wrap (key, file_key, wrapped);
  sodium_memzero (key, sizeof key);

  dc_age_append_text (file, DC_AGE_VERSION_LINE "-> " DC_AGE_SCRYPT " ");
  dc_age_append_base64 (file, salt, sizeof salt);
  dc_age_append_text (file, factor);
  dc_age_append_base64 (file, wrapped, sizeof wrapped);
  dc_age_append_text (file, "\n");
  dc_age_append_mac (file, file_key);

  return TRUE;
}

static gboolean
check_sealing (gsize        size,
               const char  *passphrase,
               GError     **error)
{
  if (passphrase[0] == '\0') {
    g_set_error_literal (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE, "An empty passphrase protects nothing");
    return FALSE;
  }
  if (size > DC_AGE_MAX_PLAINTEXT) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE,
                 "Cannot encrypt more than %d bytes", DC_AGE_MAX_PLAINTEXT);
    return FALSE;
  }

  return TRUE;
}

GBytes *
dc_age_passphrase_seal (const guint8  *plaintext,
                        gsize          size,
                        const char    *passphrase,
                        guint          work_factor,
                        GError       **error)
{
  g_autoptr (GByteArray) file = NULL;
  guint8 file_key[DC_AGE_FILE_KEY_SIZE];
  gboolean ok;

  g_return_val_if_fail (plaintext != NULL || size == 0, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);
  g_return_val_if_fail (work_factor >= 1 && work_factor <= DC_AGE_MAX_WORK_FACTOR, NULL);

  if (!check_sealing (size, passphrase, error))
    return NULL;
  if (size == 0)
    plaintext = (const guint8 *) "";

  file = g_byte_array_sized_new (HEADER_ROOM);
  randombytes_buf (file_key, sizeof file_key);
  ok = append_header (file, file_key, passphrase, work_factor, error);
  if (ok)
    dc_age_append_payload (file, file_key, plaintext, size);
  sodium_memzero (file_key, sizeof file_key);

  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&file)) : NULL;
}
