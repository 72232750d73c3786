/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-signing.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-manifest.h"
#include "dc-office.h"
#include "dc-pack-files.h"
#include "dc-pack-keys.h"
#include "dc-report.h"

#define PUBLIC_KEY_MAX_BYTES (16 * 1024)

/* A file of the pack as text; NULL without an error where it is not there. */
static char *
read_text (const char *directory,
           const char *name,
           gsize       max)
{
  int dir = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  if (dir < 0)
    return NULL;
  bytes = dc_pack_read_file (dir, name, max, NULL);
  close (dir);
  if (bytes == NULL)
    return NULL;
  size = g_bytes_get_size (bytes);

  return g_strndup (size > 0 ? g_bytes_get_data (bytes, NULL) : "", size);
}

guint
dc_pack_signing_serial (const char *directory)
{
  g_autofree char *text = read_text (directory, "manifest", DC_MANIFEST_MAX_BYTES);
  g_autofree DcManifest *manifest = g_new0 (DcManifest, 1);

  return text != NULL && dc_manifest_parse (manifest, text, strlen (text), NULL) ? manifest->serial : 0;
}

char *
dc_pack_signing_line (DcMinisignKey *key)
{
  g_autofree char *text = dc_minisign_key_get_public_text (key, NULL);

  return dc_pack_key_line (text, strlen (text));
}

char *
dc_pack_signing_keys_text (const char          *next,
                           const char * const  *receipts)
{
  g_autoptr (GString) text = g_string_new ("[Keys]\n");

  if (next == NULL && (receipts == NULL || receipts[0] == NULL))
    return NULL;
  if (next != NULL)
    g_string_append_printf (text, "Next=%s\n", next);
  if (receipts != NULL && receipts[0] != NULL) {
    g_autofree char *joined = g_strjoinv (";", (char **) receipts);

    g_string_append_printf (text, "Receipt=%s\n", joined);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
dc_pack_signing_set_keys (const char          *directory,
                          const char          *next,
                          const char * const  *receipts,
                          GError             **error)
{
  g_autofree char *text = dc_pack_signing_keys_text (next, receipts);
  g_autofree char *path = g_build_filename (directory, DC_PACK_KEYS_FILE, NULL);

  if (text == NULL)
    return g_unlink (path) == 0 || errno == ENOENT ||
           dc_pack_refuse (error, DC_PACK_ERROR_KEYS, path, g_strerror (errno), "a file that can be removed");

  return dc_pack_write_file (directory, DC_PACK_KEYS_FILE, text, strlen (text), error);
}

static gboolean
write_public_key (const char     *directory,
                  DcMinisignKey  *key,
                  GError        **error)
{
  g_autofree char *text = dc_minisign_key_get_public_text (key, NULL);

  return dc_pack_write_file (directory, "pack.pub", text, strlen (text), error);
}

static gboolean
refuse_key (const char  *found,
            const char  *expected,
            GError     **error)
{
  g_autofree char *found_words = dc_report_pack_key_words (found);
  g_autofree char *expected_words = dc_report_pack_key_words (expected);

  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH,
               "found the key “%s”, expected that of pack.pub, “%s”: the tablets take no other. To change it: "
               "daily-cup-office keys replace", found_words, expected_words);

  return FALSE;
}

gboolean
dc_pack_signing_check_key (DcPack         *pack,
                           DcMinisignKey  *key,
                           GError        **error)
{
  g_autofree char *line = dc_pack_signing_line (key);

  return strcmp (line, dc_pack_get_public_key (pack)) == 0 ||
         g_strcmp0 (line, dc_pack_get_next_key (pack)) == 0 ||
         refuse_key (line, dc_pack_get_public_key (pack), error);
}

/* Whether @key may sign, and pack.pub as it must then be. */
static gboolean
settle_key (const char     *directory,
            DcMinisignKey  *key,
            GError        **error)
{
  g_autofree char *public_text = read_text (directory, "pack.pub", PUBLIC_KEY_MAX_BYTES);
  g_autofree char *keys_text = read_text (directory, DC_PACK_KEYS_FILE, DC_PACK_KEYS_MAX_BYTES);
  g_autofree char *line = dc_pack_signing_line (key);
  g_autofree char *known = NULL;
  g_auto (DcPackKeys) keys = { NULL };

  if (keys_text != NULL && !dc_pack_keys_parse (&keys, keys_text, strlen (keys_text), error))
    return FALSE;
  if (public_text == NULL)
    return write_public_key (directory, key, error);

  known = dc_pack_key_line (public_text, strlen (public_text));
  if (strcmp (known, line) != 0 && g_strcmp0 (keys.next, line) != 0)
    return refuse_key (line, known, error);
  if (strcmp (known, line) != 0 && !write_public_key (directory, key, error))
    return FALSE;

  /* Who signs now is no longer next. */
  return g_strcmp0 (keys.next, line) != 0 ||
         dc_pack_signing_set_keys (directory, NULL, (const char * const *) keys.receipts, error);
}

static DcCampaign *
read_campaign (const char  *directory,
               GError     **error)
{
  g_autofree char *text = read_text (directory, "campaign.ini", DC_MANIFEST_MAX_FILE);

  return dc_campaign_new_from_data (text != NULL ? text : "", text != NULL ? strlen (text) : 0, error);
}

char *
dc_pack_signing_campaign (const char  *directory,
                          GError     **error)
{
  g_autoptr (DcCampaign) campaign = read_campaign (directory, error);

  return campaign != NULL ? g_strdup (dc_campaign_get_id (campaign)) : NULL;
}

static char *
make_manifest (const char  *directory,
               guint        serial,
               char       **comment,
               GError     **error)
{
  g_autofree DcManifest *manifest = g_new0 (DcManifest, 1);
  g_autoptr (DcCampaign) campaign = read_campaign (directory, error);
  gboolean good;
  int dir;

  if (campaign == NULL)
    return NULL;
  dir = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  good = dc_manifest_list (manifest, dir, dc_campaign_get_id (campaign), serial, error);
  close (dir);
  *comment = g_strdup_printf ("campaign %s serial %u", dc_campaign_get_id (campaign), serial);

  return good ? dc_manifest_to_text (manifest) : NULL;
}

static gboolean
write_signed (const char     *directory,
              DcMinisignKey  *key,
              guint           serial,
              GError        **error)
{
  g_autofree char *comment = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *text = make_manifest (directory, serial, &comment, error);

  if (text == NULL)
    return FALSE;
  signature = dc_minisign_key_sign (key, (const guint8 *) text, strlen (text), comment, NULL, error);

  return signature != NULL &&
         dc_pack_write_file (directory, "manifest", text, strlen (text), error) &&
         dc_pack_write_file (directory, "manifest.minisig", signature, strlen (signature), error);
}

DcPack *
dc_pack_signing_sign (const char     *directory,
                      DcMinisignKey  *key,
                      guint           serial,
                      GError        **error)
{
  guint before = dc_pack_signing_serial (directory);

  if (serial == 0)
    serial = before + 1;
  if (serial <= before || serial > G_MAXINT32) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
                 "manifest: serial: found “%u”, expected more than %u, which was signed before", serial, before);
    return NULL;
  }

  if (!settle_key (directory, key, error) || !write_signed (directory, key, serial, error))
    return NULL;

  return dc_pack_load (directory, error);
}
