/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-manifest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-pack-files.h"

/* The writing half. What is written is read again by the reading half before
 * anybody gets it, so the two cannot drift apart. */

char *
dc_manifest_to_text (const DcManifest *self)
{
  g_autoptr (GString) text = g_string_new ("daily-cup pack 1\n");

  g_string_append_printf (text, "campaign %s\nserial %u\n", self->campaign, self->serial);
  for (guint i = 0; i < self->n_files; i++) {
    char hex[DC_CRYPTO_HEX_SIZE];

    dc_crypto_to_hex (self->files[i].sha256, hex);
    g_string_append_printf (text, "%s  %" G_GSIZE_FORMAT "  %s\n",
                            hex, self->files[i].size, self->files[i].name);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_listed (int         dir,
           const char *name)
{
  struct stat info;

  return dc_manifest_name_good (name) && !g_str_has_suffix (name, ".new") &&
         fstatat (dir, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (info.st_mode);
}

static int
compare (const void *a,
         const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

char **
dc_manifest_names (int      dir,
                   GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int copy = openat (dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = copy >= 0 ? fdopendir (copy) : NULL;
  char **names;

  if (stream == NULL) {
    dc_pack_refuse (error, DC_PACK_ERROR_MISSING, ".", g_strerror (errno),
                    "the folder of a campaign pack");
    if (copy >= 0)
      close (copy);
    return NULL;
  }

  for (struct dirent *entry = readdir (stream); entry != NULL; entry = readdir (stream)) {
    if (is_listed (dir, entry->d_name))
      g_strv_builder_add (builder, entry->d_name);
  }
  closedir (stream);
  names = g_strv_builder_end (builder);
  qsort (names, g_strv_length (names), sizeof *names, compare);

  return names;
}

static gboolean
list_file (DcManifestFile  *file,
           int              dir,
           const char      *name,
           GError         **error)
{
  g_autoptr (GBytes) bytes = dc_pack_read_file (dir, name, DC_MANIFEST_MAX_FILE, error);

  if (bytes == NULL)
    return FALSE;
  file->size = g_bytes_get_size (bytes);
  dc_crypto_sha256 (g_bytes_get_data (bytes, NULL), file->size, file->sha256);
  g_strlcpy (file->name, name, sizeof file->name);

  return TRUE;
}

gboolean
dc_manifest_list (DcManifest  *self,
                  int          dir,
                  const char  *campaign,
                  guint        serial,
                  GError     **error)
{
  g_auto (GStrv) names = dc_manifest_names (dir, error);
  g_autofree DcManifest *draft = g_new0 (DcManifest, 1);
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;

  if (names == NULL)
    return FALSE;
  found = g_strdup_printf ("%u files", g_strv_length (names));
  if (g_strv_length (names) > DC_MANIFEST_MAX_FILES)
    return dc_pack_refuse (error, DC_PACK_ERROR_TOO_LARGE, "manifest", found,
                           "at most %d files", DC_MANIFEST_MAX_FILES);

  g_strlcpy (draft->campaign, campaign, sizeof draft->campaign);
  draft->serial = serial;
  for (; names[draft->n_files] != NULL; draft->n_files++) {
    if (!list_file (&draft->files[draft->n_files], dir, names[draft->n_files], error))
      return FALSE;
  }
  text = dc_manifest_to_text (draft);

  return dc_manifest_parse (self, text, strlen (text), error);
}
