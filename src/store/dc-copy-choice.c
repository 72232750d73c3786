/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-copy-choice.h"

#include "dc-durable.h"

#define SETTINGS_BYTES_MAX 65536
#define GROUP "SecondCopy"

static GKeyFile *
load (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize size = 0;
  g_autofree char *text = dc_durable_read (path, SETTINGS_BYTES_MAX, &size, NULL);

  if (text != NULL)
    g_key_file_load_from_data (file, text, size, G_KEY_FILE_KEEP_COMMENTS, NULL);

  return g_steal_pointer (&file);
}

gboolean
dc_copy_choice_load (const char  *state_directory,
                     char       **folder,
                     DcId        *card)
{
  g_autofree char *path = g_build_filename (state_directory, "settings.ini", NULL);
  g_autoptr (GKeyFile) file = load (path);
  g_autofree char *found = g_key_file_get_string (file, GROUP, "Folder", NULL);
  g_autofree char *id = g_key_file_get_string (file, GROUP, "Card", NULL);

  if (found == NULL || !g_path_is_absolute (found) || id == NULL || !dc_id_from_text (id, card))
    return FALSE;

  *folder = g_steal_pointer (&found);

  return TRUE;
}

gboolean
dc_copy_choice_store (const char  *state_directory,
                      const char  *folder,
                      const DcId  *card,
                      GError     **error)
{
  g_autofree char *path = g_build_filename (state_directory, "settings.ini", NULL);
  g_autoptr (GKeyFile) file = load (path);
  g_autofree char *text = NULL;
  char id[DC_ID_TEXT_SIZE];
  gsize size;

  g_key_file_remove_group (file, GROUP, NULL);
  if (folder != NULL) {
    dc_id_to_text (card, id);
    g_key_file_set_string (file, GROUP, "Folder", folder);
    g_key_file_set_string (file, GROUP, "Card", id);
  }
  text = g_key_file_to_data (file, &size, NULL);

  return dc_durable_replace (path, text, size, error);
}
