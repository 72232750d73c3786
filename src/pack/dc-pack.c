/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-demo-keys.h"
#include "dc-minisign.h"
#include "dc-pack-destination.h"
#include "dc-pack-files.h"
#include "dc-pack-keys.h"
#include "dc-picture.h"

/* Everything is read once, into memory, and verified there: what was verified
 * is what is used, whatever happens to the stick afterwards. Nothing of the
 * manifest is looked at before its signature is good, and no file before the
 * manifest names it. */

#define KEY_MAX_BYTES (16 * 1024)

struct _DcPack
{
  GObject             parent_instance;

  DcCampaign         *campaign;
  DcAgeRecipients    *recipients;
  DcPackKeys          keys;
  gboolean            has_destination;
  DcDestinationSetup  destination;
  DcManifest          manifest;
  guint8              hash[32];
  gint64              signed_at;
  char               *public_key;
  GHashTable         *files;        /* name to GBytes */
};

G_DEFINE_FINAL_TYPE (DcPack, dc_pack, G_TYPE_OBJECT)
G_DEFINE_QUARK (dc-pack-error-quark, dc_pack_error)

static void
dc_pack_finalize (GObject *object)
{
  DcPack *self = DC_PACK (object);

  g_clear_object (&self->campaign);
  g_clear_pointer (&self->recipients, dc_age_recipients_unref);
  dc_pack_keys_clear (&self->keys);
  dc_destination_setup_clear (&self->destination);
  g_clear_pointer (&self->public_key, g_free);
  g_clear_pointer (&self->files, g_hash_table_unref);

  G_OBJECT_CLASS (dc_pack_parent_class)->finalize (object);
}

static void
dc_pack_class_init (DcPackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_pack_finalize;
}

static void
dc_pack_init (DcPack *self)
{
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_bytes_unref);
}

/* An empty GBytes has no data at all. */
static const char *
text_of (GBytes *bytes,
         gsize  *length)
{
  const char *text = g_bytes_get_data (bytes, length);

  return text != NULL ? text : "";
}

/* The signature has been verified, its trusted comment too. */
static gint64
timestamp_of (const char *signature,
              gsize       length)
{
  static const char label[] = "\ntrusted comment: timestamp:";
  const char *found = g_strstr_len (signature, (gssize) length, label);
  g_autofree char *digits = NULL;
  gint64 seconds;

  if (found == NULL)
    return 0;
  found += strlen (label);
  /* The last second of the year 9999 has twelve digits. */
  digits = g_strndup (found, MIN (12, (gsize) (signature + length - found)));
  seconds = g_ascii_strtoll (digits, NULL, 10);

  return CLAMP (seconds, 0, G_GINT64_CONSTANT (253402300799));
}

static gboolean
verify_manifest (DcPack  *self,
                 GBytes  *manifest,
                 GBytes  *signature,
                 GBytes  *key,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize size, signature_size, key_size;
  const char *text = text_of (manifest, &size);
  const char *signature_text = text_of (signature, &signature_size);
  const char *key_text = text_of (key, &key_size);

  if (!dc_minisign_verify (key_text, key_size, signature_text, signature_size,
                           (const guint8 *) text, size, &local_error)) {
    gboolean bad_key = g_error_matches (local_error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY);

    g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_SIGNATURE, "%s: %s",
                 bad_key ? "pack.pub" : "manifest.minisig", local_error->message);
    return FALSE;
  }

  self->public_key = dc_pack_key_line (key_text, key_size);
  self->signed_at = timestamp_of (signature_text, signature_size);
  dc_crypto_sha256 (text, size, self->hash);

  return dc_manifest_parse (&self->manifest, text, size, error);
}

/* Without the signature, or the key to verify it with, a pack is not signed. */
static GBytes *
read_proof (int          dir,
            const char  *name,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) bytes = dc_pack_read_file (dir, name, KEY_MAX_BYTES, &local_error);

  if (g_error_matches (local_error, DC_PACK_ERROR, DC_PACK_ERROR_MISSING))
    local_error->code = DC_PACK_ERROR_UNSIGNED;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return g_steal_pointer (&bytes);
}

static gboolean
load_manifest (DcPack  *self,
               int      dir,
               GError **error)
{
  g_autoptr (GBytes) manifest = dc_pack_read_file (dir, "manifest", DC_MANIFEST_MAX_BYTES, error);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) key = NULL;

  if (manifest != NULL)
    signature = read_proof (dir, "manifest.minisig", error);
  if (signature != NULL)
    key = read_proof (dir, "pack.pub", error);

  return key != NULL && verify_manifest (self, manifest, signature, key, error);
}

static gboolean
load_files (DcPack  *self,
            int      dir,
            GError **error)
{
  for (guint i = 0; i < self->manifest.n_files; i++) {
    const DcManifestFile *listed = &self->manifest.files[i];
    GBytes *bytes = dc_pack_read_listed (dir, listed, error);

    if (bytes == NULL)
      return FALSE;
    g_hash_table_insert (self->files, g_strdup (listed->name), bytes);
  }

  return TRUE;
}

static GBytes *
find_file (DcPack      *self,
           const char  *name,
           const char  *expected,
           GError     **error)
{
  GBytes *bytes = g_hash_table_lookup (self->files, name);

  if (bytes == NULL)
    dc_pack_refuse (error, DC_PACK_ERROR_MISSING, "manifest", NULL,
                    "%s in it: %s", name, expected);

  return bytes;
}

static gboolean
read_campaign (DcPack  *self,
               GError **error)
{
  GBytes *bytes = find_file (self, "campaign.ini", "the campaign", error);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return FALSE;

  text = text_of (bytes, &length);
  self->campaign = dc_campaign_new_from_data (text, length, error);
  if (self->campaign == NULL)
    return FALSE;

  return strcmp (dc_campaign_get_id (self->campaign), self->manifest.campaign) == 0 ||
         dc_pack_refuse (error, DC_PACK_ERROR_MANIFEST, "manifest: line 2",
                         self->manifest.campaign, "%s as in campaign.ini: [Campaign] Id",
                         dc_campaign_get_id (self->campaign));
}

static gboolean
read_keys (DcPack  *self,
           GError **error)
{
  GBytes *bytes = g_hash_table_lookup (self->files, DC_PACK_KEYS_FILE);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return TRUE;

  text = text_of (bytes, &length);

  return dc_pack_keys_parse (&self->keys, text, length, error);
}

static gboolean
read_destination (DcPack  *self,
                  GError **error)
{
  GBytes *bytes = g_hash_table_lookup (self->files, DC_DESTINATION_SETUP_FILE);
  const char *name;

  if (bytes == NULL)
    return TRUE;
  if (!dc_pack_destination_parse (&self->destination, bytes, error))
    return FALSE;
  self->has_destination = TRUE;

  name = self->destination.authority;
  if (name == NULL)
    return TRUE;
  bytes = find_file (self, name, "destination.ini names these certificates", error);

  return bytes != NULL && dc_pack_destination_authority (name, bytes, error);
}

/* Everybody has the demonstration's key: it must not be able to sign in a
 * live pack's name, now or next. */
static gboolean
check_live_keys (DcPack  *self,
                 GError **error)
{
  const char * const *receipts = dc_pack_get_receipt_keys (self);

  if (dc_demo_is_pack_key (self->public_key))
    return dc_pack_refuse (error, DC_PACK_ERROR_DEMO, "pack.pub", self->public_key,
                           "another than the demonstration's key, where Demo=false");
  if (self->keys.next != NULL && dc_demo_is_pack_key (self->keys.next))
    return dc_pack_refuse (error, DC_PACK_ERROR_DEMO, "keys.ini: [Keys] Next", self->keys.next,
                           "another than the demonstration's key, where Demo=false");
  for (; *receipts != NULL; receipts++) {
    if (dc_demo_is_pack_key (*receipts))
      return dc_pack_refuse (error, DC_PACK_ERROR_DEMO, "keys.ini: [Keys] Receipt", *receipts,
                             "another than the demonstration's key, where Demo=false");
  }

  return TRUE;
}

static gboolean
check_live (DcPack      *self,
            const char  *recipients,
            gsize        length,
            GError     **error)
{
  guint n = dc_age_recipients_count (self->recipients);
  g_autofree char *found = g_strdup_printf ("%u", n);

  if (dc_campaign_is_demo (self->campaign))
    return TRUE;

  if (!check_live_keys (self, error))
    return FALSE;
  if (dc_demo_names_recipient (recipients, length))
    return dc_pack_refuse (error, DC_PACK_ERROR_DEMO, "recipients.txt", "a demonstration's key",
                           "only keys of your own, where Demo=false");

  return n >= 2 ||
         dc_pack_refuse (error, DC_PACK_ERROR_RECIPIENTS, "recipients.txt", found,
                         "at least two keys (desk and spare), where Demo=false");
}

static gboolean
read_recipients (DcPack  *self,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GBytes *bytes = find_file (self, "recipients.txt", "who can open the pledges", error);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return FALSE;

  text = text_of (bytes, &length);
  self->recipients = dc_age_recipients_parse (text, length, &local_error);
  if (self->recipients == NULL) {
    g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_RECIPIENTS,
                 "recipients.txt: %s", local_error->message);
    return FALSE;
  }

  return check_live (self, text, length, error);
}

static gboolean
check_pictures (DcPack  *self,
                GError **error)
{
  const char * const *names = dc_campaign_get_pictures (self->campaign);

  for (; *names != NULL; names++) {
    GBytes *bytes = find_file (self, *names, "campaign.ini names this picture", error);
    g_autofree char *found = NULL;
    const char *expected;

    if (bytes == NULL)
      return FALSE;
    expected = dc_picture_check (*names, bytes);
    found = g_strndup (g_bytes_get_data (bytes, NULL), MIN (g_bytes_get_size (bytes), 16));
    if (expected != NULL)
      return dc_pack_refuse (error, DC_PACK_ERROR_PICTURE, *names, found, "%s", expected);
  }

  return TRUE;
}

DcPack *
dc_pack_load (const char  *directory,
              GError     **error)
{
  g_autoptr (DcPack) self = g_object_new (DC_TYPE_PACK, NULL);
  gboolean good;
  int dir;

  dir = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir < 0) {
    dc_pack_refuse (error, DC_PACK_ERROR_MISSING, directory, g_strerror (errno),
                    "the folder of a campaign pack");
    return NULL;
  }

  good = load_manifest (self, dir, error) && load_files (self, dir, error);
  close (dir);
  good = good && read_campaign (self, error) && read_keys (self, error) &&
         read_recipients (self, error) && read_destination (self, error) && check_pictures (self, error);

  return good ? g_steal_pointer (&self) : NULL;
}

DcCampaign *
dc_pack_get_campaign (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->campaign;
}

DcAgeRecipients *
dc_pack_get_recipients (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->recipients;
}

const guint8 *
dc_pack_get_hash (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->hash;
}

guint
dc_pack_get_serial (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), 0);

  return self->manifest.serial;
}

gint64
dc_pack_get_signed_at (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), 0);

  return self->signed_at;
}

const char *
dc_pack_get_public_key (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->public_key;
}

const char *
dc_pack_get_next_key (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->keys.next;
}

const char * const *
dc_pack_get_receipt_keys (DcPack *self)
{
  static const char * const none[] = { NULL };

  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->keys.receipts != NULL ? (const char * const *) self->keys.receipts : none;
}

const DcDestinationSetup *
dc_pack_get_destination (DcPack *self)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return self->has_destination ? &self->destination : NULL;
}

GBytes *
dc_pack_get_file (DcPack     *self,
                  const char *name)
{
  g_return_val_if_fail (DC_IS_PACK (self), NULL);

  return g_hash_table_lookup (self->files, name);
}
