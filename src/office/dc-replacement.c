/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-replacement.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-durable.h"
#include "dc-key-set.h"
#include "dc-office.h"
#include "dc-pack-files.h"
#include "dc-path.h"

#define STAGED  "replacing.next"
#define DECIDED "replacing"
#define ENDED   "replacing.done"

#define FILE_BYTES_MAX (64 * 1024)

static const char * const in_pack[] = { DC_KEY_SET_RECIPIENTS, DC_KEY_SET_KEYS };

char *
dc_replacement_folder (const char *keys)
{
  return g_build_filename (keys, STAGED, NULL);
}

gboolean
dc_replacement_is_decided (const char *keys)
{
  g_autofree char *folder = g_build_filename (keys, DECIDED, NULL);

  return dc_path_is_there (folder);
}

/* The text of a file of ours. NULL without an error where it is not there. */
static char *
read_file (const char  *folder,
           const char  *name,
           GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize size;

  return dc_path_is_there (path) ? dc_durable_read (path, FILE_BYTES_MAX, &size, error) : NULL;
}

/* The next pack key has its files beside the places that they were to have. */
static void
remove_pack_key (const char *folder)
{
  static const char * const names[] = { DC_KEY_SET_PACK, DC_KEY_SET_PACK_PUB };
  g_autofree char *where = read_file (folder, DC_REPLACEMENT_NEW_FOLDER, NULL);

  for (guint i = 0; where != NULL && i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (where, names[i], NULL);

    dc_key_files_discard (path);
  }
}

gboolean
dc_replacement_sweep (const char *keys)
{
  g_autofree char *staged = g_build_filename (keys, STAGED, NULL);
  g_autofree char *ended = g_build_filename (keys, ENDED, NULL);
  gboolean found = dc_path_is_there (staged);

  remove_pack_key (staged);
  dc_path_remove_folder (staged);
  dc_path_remove_folder (ended);

  return found;
}

gboolean
dc_replacement_decide (const char  *keys,
                       DcKeyFiles  *files,
                       DcKeyFiles  *pack_key,
                       GError     **error)
{
  g_autofree char *staged = g_build_filename (keys, STAGED, NULL);
  g_autofree char *decided = g_build_filename (keys, DECIDED, NULL);

  if (dc_key_files_write (files, error) &&
      (pack_key == NULL || dc_key_files_stage (pack_key, error)) &&
      dc_durable_rename (staged, decided, error))
    return TRUE;

  dc_replacement_sweep (keys);

  return FALSE;
}

char *
dc_replacement_campaign (const char  *keys,
                         GError     **error)
{
  g_autofree char *folder = g_build_filename (keys, DECIDED, NULL);
  char *campaign = read_file (folder, DC_REPLACEMENT_CAMPAIGN, error);

  if (campaign == NULL && (error == NULL || *error == NULL))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                 "%s: found no file “%s”, expected one", folder, DC_REPLACEMENT_CAMPAIGN);

  return campaign;
}

static gboolean
place_one (const char  *where,
           const char  *name,
           const char  *folder,
           GError     **error)
{
  g_autofree char *path = g_build_filename (where, name, NULL);
  g_autoptr (GError) problem = NULL;

  if (dc_key_files_publish (path, &problem))
    return TRUE;
  if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH,
               "%s: found neither the new pack key nor what it was written to, expected one of them: put its "
               "stick in and run this again. Where it is lost, delete the folder %s and begin anew: nothing "
               "else has changed yet", path, folder);

  return FALSE;
}

/* First of all, so that a stick that is not there stops everything. */
static gboolean
place_pack_key (const char  *folder,
                GError     **error)
{
  g_autofree char *marker = g_build_filename (folder, DC_REPLACEMENT_NEW_FOLDER, NULL);
  g_autofree char *where = NULL;

  if (!dc_path_is_there (marker))
    return TRUE;
  where = read_file (folder, DC_REPLACEMENT_NEW_FOLDER, error);
  if (where == NULL || !place_one (where, DC_KEY_SET_PACK, folder, error) ||
      !place_one (where, DC_KEY_SET_PACK_PUB, folder, error))
    return FALSE;
  g_unlink (marker);

  return TRUE;
}

/* While the new one waits, the one in its place is the old one. That is never
 * gone: what it opens may still lie on a tablet. */
static gboolean
place_desk (const char  *folder,
            const char  *keys,
            char       **old_desk,
            GError     **error)
{
  g_autofree char *waiting = g_build_filename (folder, DC_KEY_SET_DESK, NULL);
  g_autofree char *path = g_build_filename (keys, DC_KEY_SET_DESK, NULL);
  g_autofree char *name = NULL;

  if (!dc_path_is_there (waiting))
    return TRUE;
  if (dc_path_is_there (path)) {
    name = read_file (folder, DC_REPLACEMENT_OLD_DESK, error);
    if (name == NULL)
      return FALSE;
    *old_desk = g_build_filename (keys, name, NULL);
    if (!dc_durable_rename (path, *old_desk, error))
      return FALSE;
  }

  return dc_durable_rename (waiting, path, error);
}

static gboolean
place_in_pack (const char  *folder,
               const char  *pack,
               GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (in_pack); i++) {
    g_autofree char *path = g_build_filename (folder, in_pack[i], NULL);
    g_autofree char *text = NULL;

    if (!dc_path_is_there (path))
      continue;
    text = read_file (folder, in_pack[i], error);
    if (text == NULL || !dc_pack_write_file (pack, in_pack[i], text, strlen (text), error))
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_replacement_apply (const char  *keys,
                      const char  *pack,
                      char       **old_desk,
                      GError     **error)
{
  g_autofree char *folder = g_build_filename (keys, DECIDED, NULL);

  *old_desk = NULL;

  return place_pack_key (folder, error) && place_desk (folder, keys, old_desk, error) &&
         place_in_pack (folder, pack, error);
}

gboolean
dc_replacement_end (const char  *keys,
                    GError     **error)
{
  g_autofree char *decided = g_build_filename (keys, DECIDED, NULL);
  g_autofree char *ended = g_build_filename (keys, ENDED, NULL);

  if (!dc_durable_rename (decided, ended, error))
    return FALSE;
  dc_path_remove_folder (ended);

  return TRUE;
}
