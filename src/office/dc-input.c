/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"

#define BLOCK 65536

static GBytes *
fail (GError     **error,
      const char  *path,
      const char  *what)
{
  g_autofree char *name = dc_input_name (path);
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               "%s: %s: %s", name, what, g_strerror (code));

  return NULL;
}

static GBytes *
refuse (GError     **error,
        const char  *path,
        const char  *why)
{
  g_autofree char *name = dc_input_name (path);

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", name, why);

  return NULL;
}

/* Grows by copying, so that no block is freed unwiped. */
static guint8 *
grow (guint8 *data,
      gsize   size,
      gsize   room)
{
  guint8 *larger = g_malloc (room);

  memcpy (larger, data, size);
  dc_crypto_wipe (data, size);
  g_free (data);

  return larger;
}

static GBytes *
read_all (int          fd,
          const char  *path,
          gsize        limit,
          GError     **error)
{
  gsize room = BLOCK;
  gsize size = 0;
  guint8 *data = g_malloc (room);
  g_autoptr (GBytes) owner = NULL;
  gssize n;

  while ((n = TEMP_FAILURE_RETRY (read (fd, data + size, room - size))) > 0) {
    size += (gsize) n;
    if (size > limit)
      break;
    if (size == room) {
      data = grow (data, size, 2 * room);
      room *= 2;
    }
  }
  owner = dc_crypto_secret_bytes (data, size);
  if (n < 0)
    return fail (error, path, "cannot be read");
  if (size > limit)
    return refuse (error, path, "too long");

  return g_steal_pointer (&owner);
}

GBytes *
dc_input_read (const char  *path,
               gsize        limit,
               GError     **error)
{
  /* O_NONBLOCK: a FIFO must not hang the program before it is refused. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat info;
  GBytes *bytes = NULL;

  if (fd < 0)
    return fail (error, path, "cannot be opened");
  if (fstat (fd, &info) != 0)
    fail (error, path, "cannot be examined");
  else if (!S_ISREG (info.st_mode))
    refuse (error, path, "not a regular file");
  else
    bytes = read_all (fd, path, limit, error);
  close (fd);

  return bytes;
}

GBytes *
dc_input_read_rest (int      fd,
                    gsize    limit,
                    GError **error)
{
  return read_all (fd, "standard input", limit, error);
}

char *
dc_input_name (const char *path)
{
  char *name = g_filename_display_name (path);

  for (char *p = name; *p != '\0'; p++) {
    if (g_ascii_iscntrl (*p))
      *p = '?';
  }

  return name;
}
