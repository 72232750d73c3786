/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-durable.h"

static gboolean
refuse_errno (GError     **error,
              const char  *name,
              int          code)
{
  if (code == ENOENT)
    return dc_pack_refuse (error, DC_PACK_ERROR_MISSING, name, NULL, "this file");
  if (code == ELOOP)
    return dc_pack_refuse (error, DC_PACK_ERROR_MISSING, name, "symbolic link", "a regular file");

  return dc_pack_refuse (error, DC_PACK_ERROR_MISSING, name, g_strerror (code),
                         "a file that can be read");
}

/* Reads to the end, one byte past @max at most: a file may grow meanwhile. */
static gboolean
read_all (int          fd,
          const char  *name,
          gsize        max,
          GByteArray  *into,
          GError     **error)
{
  guint8 buffer[16 * 1024];

  while (into->len <= max) {
    gssize n = read (fd, buffer, MIN (sizeof buffer, max + 1 - into->len));

    if (n == 0)
      return TRUE;
    if (n > 0)
      g_byte_array_append (into, buffer, (guint) n);
    else if (errno != EINTR)
      return refuse_errno (error, name, errno);
  }

  return dc_pack_refuse (error, DC_PACK_ERROR_TOO_LARGE, name, "more",
                         "at most %" G_GSIZE_FORMAT " bytes", max);
}

GBytes *
dc_pack_read_file (int          dir,
                   const char  *name,
                   gsize        max,
                   GError     **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  struct stat info;
  gboolean good;
  int fd;

  /* O_NONBLOCK: to open a pipe that nobody writes to would wait for ever. */
  fd = openat (dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) {
    refuse_errno (error, name, errno);
    return NULL;
  }

  if (fstat (fd, &info) != 0)
    good = refuse_errno (error, name, errno);
  else if (!S_ISREG (info.st_mode))
    good = dc_pack_refuse (error, DC_PACK_ERROR_MISSING, name, "folder or device", "a regular file");
  else
    good = read_all (fd, name, max, data, error);
  close (fd);

  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&data)) : NULL;
}

GBytes *
dc_pack_read_listed (int                    dir,
                     const DcManifestFile  *listed,
                     GError               **error)
{
  g_autoptr (GBytes) bytes = dc_pack_read_file (dir, listed->name, DC_MANIFEST_MAX_FILE, error);
  g_autofree char *found = NULL;
  guint8 sha256[32];
  char hex[DC_CRYPTO_HEX_SIZE], hex_listed[DC_CRYPTO_HEX_SIZE];

  if (bytes == NULL)
    return NULL;

  if (g_bytes_get_size (bytes) != listed->size) {
    found = g_strdup_printf ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (bytes));
    dc_pack_refuse (error, DC_PACK_ERROR_SIGNATURE, listed->name, found,
                    "%" G_GSIZE_FORMAT " bytes as signed", listed->size);
    return NULL;
  }

  dc_crypto_sha256 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), sha256);
  if (memcmp (sha256, listed->sha256, sizeof sha256) != 0) {
    dc_crypto_to_hex (sha256, hex);
    dc_crypto_to_hex (listed->sha256, hex_listed);
    found = g_strdup_printf ("SHA-256 %.16s…", hex);
    dc_pack_refuse (error, DC_PACK_ERROR_SIGNATURE, listed->name, found,
                    "SHA-256 %.16s… as signed", hex_listed);
    return NULL;
  }

  return g_steal_pointer (&bytes);
}

char *
dc_pack_key_line (const char *text,
                  gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", 3);

  return lines[0] != NULL && lines[1] != NULL ? g_strdup (g_strchomp (lines[1])) : g_strdup ("");
}

gboolean
dc_pack_write_file (const char  *directory,
                    const char  *name,
                    const char  *text,
                    gsize        size,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (!dc_durable_replace (path, text, size, error))
    return FALSE;
  /* The file systems of sticks know no modes. */
  if (chmod (path, 0644) == 0 || errno == EPERM)
    return TRUE;

  return dc_pack_refuse (error, DC_PACK_ERROR_MISSING, name, g_strerror (errno),
                         "a file that everybody may read");
}
