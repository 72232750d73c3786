/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-durable.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Gives a new file its name: it fails, or it replaces. */
typedef int (*Publish) (const char *temporary,
                        const char *path);

static gboolean
fail (GError     **error,
      const char  *path,
      const char  *what)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               "%s: %s: %s", path, what, g_strerror (code));

  return FALSE;
}

static gboolean
check_private_file (int          fd,
                    const char  *path,
                    gsize        limit,
                    GError     **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return fail (error, path, "cannot be examined");

  if (!S_ISREG (info.st_mode)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not a regular file", path);
    return FALSE;
  }

  if ((guint64) info.st_size > limit) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 "%s: longer than %" G_GSIZE_FORMAT " bytes", path, limit);
    return FALSE;
  }

  if ((info.st_mode & 077) != 0 && fchmod (fd, 0600) != 0)
    return fail (error, path, "cannot be made private");

  return TRUE;
}

/* Fills @data with at most @limit bytes; -1 with errno set on failure. */
static gssize
read_up_to (int    fd,
            char  *data,
            gsize  limit)
{
  gsize done = 0;

  while (done < limit) {
    gssize n = TEMP_FAILURE_RETRY (read (fd, data + done, limit - done));

    if (n < 0)
      return -1;
    if (n == 0)
      break;
    done += (gsize) n;
  }

  return (gssize) done;
}

char *
dc_durable_read (const char  *path,
                 gsize        limit,
                 gsize       *size,
                 GError     **error)
{
  /* O_NONBLOCK: a FIFO put in the file's place must not hang the start. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  char *data = NULL;
  gssize n = -1;

  *size = 0;
  if (fd < 0) {
    fail (error, path, "cannot be opened");
    return NULL;
  }

  if (check_private_file (fd, path, limit, error)) {
    data = g_malloc0 (limit + 1);
    n = read_up_to (fd, data, limit);
    if (n < 0) {
      fail (error, path, "cannot be read");
      sodium_memzero (data, limit + 1);
      g_clear_pointer (&data, g_free);
    } else {
      *size = (gsize) n;
    }
  }
  close (fd);

  return data;
}

static gboolean
write_and_sync (int         fd,
                const char *data,
                gsize       size)
{
  gsize done = 0;

  while (done < size) {
    gssize n = TEMP_FAILURE_RETRY (write (fd, data + done, size - done));

    if (n < 0)
      return FALSE;
    done += (gsize) n;
  }

  return TEMP_FAILURE_RETRY (fsync (fd)) == 0;
}

static gboolean
write_temporary (const char  *temporary,
                 mode_t       mode,
                 const char  *data,
                 gsize        size,
                 GError     **error)
{
  gboolean ok;
  int fd;

  if (unlink (temporary) != 0 && errno != ENOENT)
    return fail (error, temporary, "cannot be removed");

  fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (fd < 0)
    return fail (error, temporary, "cannot be made");

  ok = write_and_sync (fd, data, size);
  if (!ok)
    fail (error, temporary, "cannot be written");
  if (close (fd) != 0 && ok)
    ok = fail (error, temporary, "cannot be written");
  if (!ok)
    unlink (temporary);

  return ok;
}

/* @sync: fsync, or syncfs for the whole file system. */
static gboolean
sync_directory_of (const char  *path,
                   int        (*sync) (int fd),
                   GError     **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return fail (error, directory, "cannot be opened");

  ok = TEMP_FAILURE_RETRY (sync (fd)) == 0;
  if (!ok)
    fail (error, directory, "cannot be synced");
  close (fd);

  return ok;
}

static gboolean
write_durably (const char  *path,
               const char  *temporary,
               mode_t       mode,
               const char  *data,
               gsize        size,
               Publish      publish,
               GError     **error)
{
  if (!write_temporary (temporary, mode, data, size, error))
    return FALSE;

  if (publish (temporary, path) != 0) {
    fail (error, path, "cannot be named");
    unlink (temporary);
    return FALSE;
  }

  return sync_directory_of (path, fsync, error);
}

/* link () and not rename (): it fails where @path exists. */
static int
publish_new (const char *temporary,
             const char *path)
{
  if (link (temporary, path) != 0)
    return -1;

  unlink (temporary);

  return 0;
}

gboolean
dc_durable_create (const char  *path,
                   const char  *data,
                   gsize        size,
                   GError     **error)
{
  /* A name of its own: two programs may start at once. */
  g_autofree char *temporary = g_strdup_printf ("%s.new-%08x", path, randombytes_random ());

  return write_durably (path, temporary, 0600, data, size, publish_new, error);
}

gboolean
dc_durable_replace (const char  *path,
                    const char  *data,
                    gsize        size,
                    GError     **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);

  return write_durably (path, temporary, 0600, data, size, rename, error);
}

gboolean
dc_durable_hand_over (const char  *path,
                      const char  *data,
                      gsize        size,
                      GError     **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);

  return write_durably (path, temporary, 0644, data, size, rename, error)
         && sync_directory_of (path, syncfs, error);
}
