/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-keys.h"

#include <string.h>

#include "dc-manifest.h"
#include "dc-minisign.h"

#define GROUP "Keys"

static gboolean
refuse (GError     **error,
        const char  *where,
        const char  *found,
        const char  *expected)
{
  g_autofree char *place = g_strconcat (DC_PACK_KEYS_FILE ": ", where, NULL);

  return dc_pack_refuse (error, DC_PACK_ERROR_KEYS, place, found, "%s", expected);
}

static gboolean
load (GKeyFile    *file,
      const char  *text,
      gsize        length,
      GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (length > DC_PACK_KEYS_MAX_BYTES)
    return dc_pack_refuse (error, DC_PACK_ERROR_TOO_LARGE, DC_PACK_KEYS_FILE, "more",
                           "at most %d bytes", DC_PACK_KEYS_MAX_BYTES);
  if (memchr (text, '\0', length) != NULL)
    return dc_pack_refuse (error, DC_PACK_ERROR_KEYS, DC_PACK_KEYS_FILE, "a NUL", "text");
  /* Without it a key with a language would be dropped, not refused. */
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, &local_error))
    return dc_pack_refuse (error, DC_PACK_ERROR_KEYS, DC_PACK_KEYS_FILE, local_error->message,
                           "a key file");

  return TRUE;
}

/* What this version does not know could be what a later one relies on. */
static gboolean
check_names (GKeyFile  *file,
             GError   **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_auto (GStrv) keys = NULL;

  for (char **group = groups; *group != NULL; group++) {
    if (!g_str_equal (*group, GROUP))
      return refuse (error, "a group", *group, "[Keys] alone");
  }
  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (char **key = keys; key != NULL && *key != NULL; key++) {
    if (!g_str_equal (*key, "Next") && !g_str_equal (*key, "Receipt"))
      return refuse (error, "[Keys]", *key, "Next or Receipt alone");
  }

  return TRUE;
}

static gboolean
check_key (GError     **error,
           const char  *where,
           const char  *key)
{
  return dc_minisign_is_public_key (key)
         || refuse (error, where, key, "a minisign public key, RW and 54 characters more");
}

static gboolean
read_next (GKeyFile  *file,
           char     **next,
           GError   **error)
{
  *next = g_key_file_get_value (file, GROUP, "Next", NULL);

  return *next == NULL || check_key (error, "[Keys] Next", *next);
}

static gboolean
read_receipts (GKeyFile   *file,
               char     ***receipts,
               GError    **error)
{
  g_autofree char *text = g_key_file_get_value (file, GROUP, "Receipt", NULL);
  guint n;

  if (text == NULL)
    return TRUE;

  *receipts = g_strsplit (text, ";", DC_PACK_MAX_RECEIPTS + 2);
  n = g_strv_length (*receipts);
  /* A list may end in its separator, as GKeyFile writes it. */
  if (n > 1 && *(*receipts)[n - 1] == '\0')
    g_clear_pointer (&(*receipts)[--n], g_free);
  if (n > DC_PACK_MAX_RECEIPTS)
    return refuse (error, "[Keys] Receipt", text, "at most 8 keys");
  if (n == 0)
    return refuse (error, "[Keys] Receipt", NULL, "at least one key, or no such line");

  for (guint i = 0; i < n; i++) {
    if (!check_key (error, "[Keys] Receipt", (*receipts)[i]))
      return FALSE;
    for (guint j = 0; j < i; j++) {
      if (g_str_equal ((*receipts)[i], (*receipts)[j]))
        return refuse (error, "[Keys] Receipt", (*receipts)[i], "none twice");
    }
  }

  return TRUE;
}

gboolean
dc_pack_keys_parse (DcPackKeys  *self,
                    const char  *text,
                    gsize        length,
                    GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (load (file, text, length, error)
      && check_names (file, error)
      && read_next (file, &self->next, error)
      && read_receipts (file, &self->receipts, error)) {
    return TRUE;
  }
  dc_pack_keys_clear (self);

  return FALSE;
}

void
dc_pack_keys_clear (DcPackKeys *self)
{
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->receipts, g_strfreev);
}
