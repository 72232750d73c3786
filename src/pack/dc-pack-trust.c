/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-trust.h"

#include "dc-durable.h"

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

static gboolean
check_key (const char  *known,
           DcPack      *pack,
           const char  *id,
           GError     **error)
{
  if (g_str_equal (known, dc_pack_get_public_key (pack)))
    return TRUE;

  g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_UNTRUSTED,
               "pack.pub: found “%s”, expected the key that this tablet knows for the campaign “%s”: “%s”",
               dc_pack_get_public_key (pack), id, known);

  return FALSE;
}

static gboolean
check_serial (int      known,
              DcPack  *pack,
              GError **error)
{
  if ((gint64) dc_pack_get_serial (pack) >= known)
    return TRUE;

  g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_UNTRUSTED,
               "manifest: serial: found “%u”, expected %d or later: this tablet has had a newer pack",
               dc_pack_get_serial (pack), known);

  return FALSE;
}

gboolean
dc_pack_trust (DcPack      *pack,
               const char  *path,
               GError     **error)
{
  DcCampaign *campaign = dc_pack_get_campaign (pack);
  const char *id = dc_campaign_get_id (campaign);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *key = NULL;
  g_autoptr (GError) local_error = NULL;
  int serial = 0;

  if (dc_campaign_is_demo (campaign))
    return TRUE;
  if (!read_file (file, path, error))
    return FALSE;

  if (g_key_file_has_group (file, id)) {
    key = g_key_file_get_string (file, id, "Key", &local_error);
    if (local_error == NULL)
      serial = g_key_file_get_integer (file, id, "Serial", &local_error);
    if (local_error != NULL) {
      g_set_error (error, DC_PACK_ERROR, DC_PACK_ERROR_UNTRUSTED,
                   "%s: [%s] %s", path, id, local_error->message);
      return FALSE;
    }
    if (!check_key (key, pack, id, error) || !check_serial (serial, pack, error))
      return FALSE;
  }

  if (key != NULL && (gint64) dc_pack_get_serial (pack) == serial)
    return TRUE;

  g_key_file_set_string (file, id, "Key", dc_pack_get_public_key (pack));
  g_key_file_set_integer (file, id, "Serial", (int) dc_pack_get_serial (pack));

  return write_file (file, path, error);
}
