/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tablets.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-wordlist.h"

#define FILE_NAME "tablets.ini"
#define MAX_BYTES (4 * 1024 * 1024)

struct _DcTablets
{
  char     *folder;   /* (owned) */
  GKeyFile *file;     /* (owned) */
};

static char *
path_of (DcTablets *self)
{
  return g_build_filename (self->folder, FILE_NAME, NULL);
}

static gboolean
check_groups (DcTablets   *self,
              const char  *path,
              GError     **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++) {
    if (strlen (groups[i]) == DC_CRYPTO_HEX_SIZE - 1
        && strspn (groups[i], "0123456789abcdef") == DC_CRYPTO_HEX_SIZE - 1)
      continue;
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                 "%s: group %u: expected the 64 digits of a tablet’s key, 0-9 and a-f",
                 path, i + 1);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_file (DcTablets  *self,
           GError    **error)
{
  g_autofree char *path = path_of (self);
  g_autofree char *data = NULL;
  g_autoptr (GError) local = NULL;
  gsize size;

  data = dc_durable_read (path, MAX_BYTES, &size, &local);
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (data == NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (size > 0 && !g_key_file_load_from_data (self->file, data, size, G_KEY_FILE_KEEP_COMMENTS,
                                              error)) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }

  return check_groups (self, path, error);
}

DcTablets *
dc_tablets_load (const char  *folder,
                 GError     **error)
{
  g_autoptr (DcTablets) self = g_new0 (DcTablets, 1);

  self->folder = g_strdup (folder);
  self->file = g_key_file_new ();

  return read_file (self, error) ? g_steal_pointer (&self) : NULL;
}

void
dc_tablets_free (DcTablets *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->file, g_key_file_unref);
  g_free (self);
}

gboolean
dc_tablets_has (DcTablets    *self,
                const guint8  tablet[static 32])
{
  char group[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, group);

  return g_key_file_has_group (self->file, group);
}

/* Each group is 64 digits: check_groups () has seen to it. */
GArray *
dc_tablets_list (DcTablets *self)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);
  GArray *keys = g_array_new (FALSE, FALSE, 32);

  for (guint i = 0; groups[i] != NULL; i++) {
    guint8 key[32];

    for (guint j = 0; j < sizeof key; j++)
      key[j] = (guint8) (g_ascii_xdigit_value (groups[i][2 * j]) << 4
                         | g_ascii_xdigit_value (groups[i][2 * j + 1]));
    g_array_append_vals (keys, key, 1);
  }

  return keys;
}

char *
dc_tablets_get_name (DcTablets    *self,
                     const guint8  tablet[static 32])
{
  char group[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, group);

  return g_key_file_get_string (self->file, group, "Name", NULL);
}

char *
dc_tablets_words (const guint8 tablet[static 32])
{
  return dc_fingerprint (DC_FINGERPRINT_TABLET, tablet, 32);
}

static void
set_once (DcTablets  *self,
          const char *group,
          const char *key,
          const char *value)
{
  if (!g_key_file_has_key (self->file, group, key, NULL))
    g_key_file_set_string (self->file, group, key, value);
}

/* What is said of each. @group: the digits of @tablet. */
static void
enrol (DcTablets    *self,
       const guint8  tablet[static 32],
       const char   *group,
       const char   *campaign,
       const char   *day)
{
  g_autofree char *words = dc_tablets_words (tablet);

  set_once (self, group, "Enrolled", day);
  g_key_file_set_string (self->file, group, "Words", words);
  g_key_file_set_string (self->file, group, "Campaign", campaign);
}

void
dc_tablets_enrol_paper (DcTablets    *self,
                        const guint8  tablet[static 32],
                        const char   *campaign,
                        const char   *day)
{
  char group[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, group);
  set_once (self, group, "Name", "paper");
  enrol (self, tablet, group, campaign, day);
  g_key_file_set_boolean (self->file, group, "Paper", TRUE);
}

gboolean
dc_tablets_is_paper (DcTablets    *self,
                     const guint8  tablet[static 32])
{
  char group[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, group);

  return g_key_file_get_boolean (self->file, group, "Paper", NULL);
}

void
dc_tablets_enrol (DcTablets    *self,
                  const guint8  tablet[static 32],
                  const char   *name,
                  const char   *campaign,
                  DcTried       tried,
                  const char   *day)
{
  g_autofree char *simple = NULL;
  char group[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, group);
  simple = g_strdup_printf ("tablet %.8s", group);
  if (name != NULL)
    g_key_file_set_string (self->file, group, "Name", name);
  set_once (self, group, "Name", simple);
  enrol (self, tablet, group, campaign, day);
  g_key_file_set_string (self->file, group, tried == DC_TRIED_DESK ? "DeskTried" : "SpareTried",
                         day);
}

gboolean
dc_tablets_save (DcTablets  *self,
                 GError    **error)
{
  g_autofree char *path = path_of (self);
  g_autofree char *data = NULL;
  gsize size;

  if (g_mkdir_with_parents (self->folder, 0700) != 0) {
    int code = errno;

    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                 "%s: cannot be made: %s", self->folder, g_strerror (code));
    return FALSE;
  }
  data = g_key_file_to_data (self->file, &size, NULL);

  return dc_durable_replace (path, data, size, error);
}
