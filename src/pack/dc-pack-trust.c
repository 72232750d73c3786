/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-trust.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-wordlist.h"

/* Some hundred campaigns; nobody has that many. */
#define MAX_BYTES (64 * 1024)

static gboolean
read_file (GKeyFile    *file,
           const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize size;

  text = dc_durable_read (path, MAX_BYTES, &size, &local_error);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (text == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  if (!g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, &local_error)) {
    g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_UNTRUSTED,
                 "%s: %s", path, local_error->message);
    return FALSE;
  }

  return TRUE;
}

static gboolean
write_file (GKeyFile    *file,
            const char  *path,
            GError     **error)
{
  gsize size;
  g_autofree char *text = g_key_file_to_data (file, &size, NULL);

  return dc_durable_replace (path, text, size, error);
}

/* What is written down of a campaign: the pack that this tablet has. */
typedef struct
{
  char *key;
  int   serial;
  char *hash;           /* (nullable) of its manifest; an earlier version wrote none */
  char *next;           /* (nullable) who may sign the one after it */
} Known;

static void
known_clear (Known *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->next, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

/* @key stays NULL where nothing is known of the campaign. */
static gboolean
read_known (Known       *self,
            GKeyFile    *file,
            const char  *path,
            const char  *id,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_key_file_has_group (file, id))
    return TRUE;

  self->key = g_key_file_get_string (file, id, "Key", &local_error);
  if (local_error == NULL)
    self->serial = g_key_file_get_integer (file, id, "Serial", &local_error);
  if (local_error != NULL) {
    g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_UNTRUSTED,
                 "%s: [%s] %s", path, id, local_error->message);
    return FALSE;
  }
  self->hash = g_key_file_get_string (file, id, "Manifest", NULL);
  self->next = g_key_file_get_string (file, id, "Next", NULL);

  return TRUE;
}

static char *
words_of_key (const char *key)
{
  return dc_fingerprint (DC_FINGERPRINT_PACK_KEY, key, strlen (key));
}

/* In words, so that two people can compare them by voice. */
static gboolean
refuse_key (const Known  *known,
            DcPack       *pack,
            const char   *id,
            GError      **error)
{
  g_autofree char *found = words_of_key (dc_pack_get_public_key (pack));
  g_autofree char *expected = words_of_key (known->key);
  g_autofree char *next = known->next != NULL ? words_of_key (known->next) : NULL;

  g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_OTHER_KEY,
               "pack.pub: found the key “%s”, expected the one that this tablet knows for the "
               "campaign “%s”: “%s”%s%s%s", found, id, expected,
               next != NULL ? ", or the one that its pack names as the next: “" : "",
               next != NULL ? next : "", next != NULL ? "”" : "");

  return FALSE;
}

static gboolean
refuse_serial (const Known  *known,
               DcPack       *pack,
               GError      **error)
{
  guint serial = dc_pack_get_serial (pack);

  if ((gint64) serial < known->serial)
    g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_OLDER,
                 "manifest: serial: found “%u”, expected %d or later: this tablet has had a newer pack",
                 serial, known->serial);
  else
    g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_OLDER,
                 "manifest: serial: found “%u” again with other contents, expected a later one than %d",
                 serial, known->serial);

  return FALSE;
}

static gboolean
check (const Known  *known,
       DcPack       *pack,
       const char   *hash,
       const char   *id,
       GError      **error)
{
  const char *key = dc_pack_get_public_key (pack);
  gint64 serial = dc_pack_get_serial (pack);
  gboolean same_key;

  if (known->key == NULL)
    return TRUE;

  same_key = g_str_equal (known->key, key);
  if (!same_key && g_strcmp0 (known->next, key) != 0)
    return refuse_key (known, pack, id, error);
  if (serial > known->serial)
    return TRUE;
  /* The key that takes over begins with a later pack; and of the same serial
   * only the very same one is taken. */
  if (same_key && serial == known->serial
      && (known->hash == NULL || g_str_equal (known->hash, hash)))
    return TRUE;

  return refuse_serial (known, pack, error);
}

static void
remember (GKeyFile   *file,
          DcPack     *pack,
          const char *hash,
          const char *id)
{
  const char * const *receipts = dc_pack_get_receipt_keys (pack);
  const char *next = dc_pack_get_next_key (pack);

  /* Whom the pack before it named is forgotten with it. */
  g_key_file_remove_group (file, id, NULL);
  g_key_file_set_string (file, id, "Key", dc_pack_get_public_key (pack));
  g_key_file_set_integer (file, id, "Serial", (int) dc_pack_get_serial (pack));
  g_key_file_set_string (file, id, "Manifest", hash);
  if (next != NULL)
    g_key_file_set_string (file, id, "Next", next);
  if (*receipts != NULL)
    g_key_file_set_string_list (file, id, "Receipt", receipts, g_strv_length ((char **) receipts));
}

static char *
hash_in_hex (DcPack *pack)
{
  char hex[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (dc_pack_get_hash (pack), hex);

  return g_strdup (hex);
}

gboolean
dc_pack_trust (DcPack      *pack,
               const char  *path,
               GError     **error)
{
  DcCampaign *campaign = dc_pack_get_campaign (pack);
  const char *id = dc_campaign_get_id (campaign);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *hash = hash_in_hex (pack);
  g_auto (Known) known = { 0 };

  if (dc_campaign_is_demo (campaign))
    return TRUE;
  if (!read_file (file, path, error)
      || !read_known (&known, file, path, id, error)
      || !check (&known, pack, hash, id, error)) {
    return FALSE;
  }

  if (g_strcmp0 (known.hash, hash) == 0)
    return TRUE;
  remember (file, pack, hash, id);

  return write_file (file, path, error);
}
