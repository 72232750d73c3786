/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-folder-files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-shelf.h"

#define PART (64 * 1024)

static DcDeliveryError
code_of (int number)
{
  switch (number) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return DC_DELIVERY_ERROR_FULL;
  case EROFS:
  case EACCES:
  case EPERM:
    return DC_DELIVERY_ERROR_READ_ONLY;
  case ETIMEDOUT:
    return DC_DELIVERY_ERROR_TIMEOUT;
  case ELOOP:
  case ENOTDIR:
  case EISDIR:
    return DC_DELIVERY_ERROR_SETUP;
  /* ENOENT, ENODEV, EIO, ENXIO, ESTALE …: as a stick says it that is gone. */
  default:
    return DC_DELIVERY_ERROR_GONE;
  }
}

gboolean
dc_folder_fail (GError     **error,
                int          number,
                const char  *what,
                const char  *name)
{
  g_set_error (error, DC_DELIVERY_ERROR, code_of (number), "%s: cannot %s: %s", name, what,
               g_strerror (number));

  return FALSE;
}

gboolean
dc_folder_stopped (DcTransfer  *transfer,
                   GError     **error)
{
  if (!g_cancellable_is_cancelled (transfer->stop))
    return FALSE;

  g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED, "stopped");

  return TRUE;
}

static gboolean
make (int          parent,
      const char  *name,
      GError     **error)
{
  if (mkdirat (parent, name, 0777) != 0 && errno != EEXIST)
    return dc_folder_fail (error, errno, "be made", name);
  if (fsync (parent) != 0)
    return dc_folder_fail (error, errno, "be kept", name);

  return TRUE;
}

int
dc_folder_open (int          parent,
                const char  *name,
                gboolean     may_make,
                GError     **error)
{
  const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
  int fd = openat (parent, name, flags);

  if (fd < 0 && errno == ENOENT && !may_make)
    return -1;
  if (fd < 0 && errno == ENOENT && make (parent, name, error))
    fd = openat (parent, name, flags);
  if (fd < 0 && (error == NULL || *error == NULL))
    dc_folder_fail (error, errno, "be opened", name);

  return fd;
}

/* @size: what it holds by now, at most @limit. */
static gboolean
is_fit (int    fd,
        gsize  limit,
        gsize *size)
{
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)
      || (guint64) status.st_size > limit)
    return FALSE;
  *size = (gsize) status.st_size;

  return TRUE;
}

/* At most @size bytes; a file that grows meanwhile is read another time. */
static GBytes *
read_part (int          fd,
           gsize        size,
           const char  *name,
           GError     **error)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize done = 0;

  while (done < size) {
    gssize n = TEMP_FAILURE_RETRY (read (fd, data + done, size - done));

    if (n < 0) {
      dc_folder_fail (error, errno, "be read", name);
      return NULL;
    }
    if (n == 0)
      break;
    done += (gsize) n;
  }

  return g_bytes_new_take (g_steal_pointer (&data), done);
}

DcFolderRead
dc_folder_read (int          folder,
                const char  *name,
                gsize        limit,
                GBytes     **content,
                GError     **error)
{
  int fd = openat (folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gsize size;

  if (fd < 0) {
    if (errno == ENOENT)
      return DC_FOLDER_ABSENT;
    if (errno == ELOOP || errno == ENXIO)     /* a link, a socket */
      return DC_FOLDER_PASSED;
    dc_folder_fail (error, errno, "be opened", name);
    return DC_FOLDER_FAILED;
  }

  if (!is_fit (fd, limit, &size)) {
    close (fd);
    return DC_FOLDER_PASSED;
  }

  /* What is in memory proves nothing of the medium. Only what is on it already
   * can be dropped, hence a sync before. */
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  *content = read_part (fd, size, name, error);
  close (fd);

  return *content != NULL ? DC_FOLDER_READ : DC_FOLDER_FAILED;
}

static gboolean
fill (int          fd,
      GBytes      *content,
      const char  *name,
      DcTransfer  *transfer,
      GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  gsize done = 0;

  while (done < size) {
    gssize n;

    if (dc_folder_stopped (transfer, error))
      return FALSE;
    n = TEMP_FAILURE_RETRY (write (fd, data + done, MIN (size - done, PART)));
    if (n < 0)
      return dc_folder_fail (error, errno, "be written", name);
    done += (gsize) n;
    if (transfer->progress != NULL)
      transfer->progress (done, size, transfer->data);
  }

  return TEMP_FAILURE_RETRY (fsync (fd)) == 0 || dc_folder_fail (error, errno, "be kept", name);
}

/* Gives @temporary its name where nothing has it. FAT knows neither links nor,
 * before Linux 6, RENAME_NOREPLACE; there the look comes before the rename: of
 * two programs that write at once, the same content has the same name. */
static gboolean
publish (int         folder,
         const char *temporary,
         const char *name)
{
  struct stat status;

  if (renameat2 (folder, temporary, folder, name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return FALSE;
  if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return FALSE;
  }

  return renameat (folder, temporary, folder, name) == 0;
}

static gboolean
write_temporary (int          folder,
                 const char  *temporary,
                 GBytes      *content,
                 DcTransfer  *transfer,
                 GError     **error)
{
  int fd = openat (folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  gboolean whole;

  if (fd < 0)
    return dc_folder_fail (error, errno, "be made", temporary);

  whole = fill (fd, content, temporary, transfer, error);
  if (close (fd) != 0 && whole)
    whole = dc_folder_fail (error, errno, "be closed", temporary);

  return whole && !dc_folder_stopped (transfer, error);
}

DcFolderWrite
dc_folder_write (int          folder,
                 const char  *name,
                 GBytes      *content,
                 DcTransfer  *transfer,
                 GError     **error)
{
  guint32 random;
  g_autofree char *temporary = NULL;

  dc_crypto_random (&random, sizeof random);
  temporary = g_strdup_printf (".%s.%08x", name, random);

  if (!write_temporary (folder, temporary, content, transfer, error)) {
    unlinkat (folder, temporary, 0);
    return DC_FOLDER_WRITE_FAILED;
  }
  if (!publish (folder, temporary, name)) {
    int number = errno;

    unlinkat (folder, temporary, 0);
    if (number == EEXIST)
      return DC_FOLDER_WRITE_TAKEN;
    dc_folder_fail (error, number, "be named", name);
    return DC_FOLDER_WRITE_FAILED;
  }
  if (fsync (folder) == 0)
    return DC_FOLDER_WRITTEN;

  dc_folder_fail (error, errno, "be kept", name);

  return DC_FOLDER_WRITE_FAILED;
}

gboolean
dc_folder_may_write (int folder)
{
  guint32 random;
  g_autofree char *name = NULL;
  int fd;

  dc_crypto_random (&random, sizeof random);
  name = g_strdup_printf (".daily-cup-trial.%08x", random);
  fd = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (fd < 0)
    return FALSE;

  close (fd);

  return unlinkat (folder, name, 0) == 0;
}

/* -1, without an error, where one on the way is not there. */
static int
open_path (int          root,
           const char  *path,
           GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int fd = fcntl (root, F_DUPFD_CLOEXEC, 0);

  for (guint i = 0; parts[i] != NULL && fd >= 0; i++) {
    int next = dc_folder_open (fd, parts[i], FALSE, error);

    close (fd);
    fd = next;
  }

  return fd;
}

gboolean
dc_folder_remove (int          root,
                  const char  *place,
                  GError     **error)
{
  const char *name = NULL;
  g_autofree char *path = dc_shelf_of_place (place, &name);
  g_autoptr (GError) problem = NULL;
  int folder;

  if (path == NULL)
    return dc_folder_fail (error, ENOTDIR, "be removed", "a name that is none of ours");

  folder = open_path (root, path, &problem);
  if (folder < 0 && problem == NULL)
    return TRUE;
  if (folder >= 0) {
    if ((unlinkat (folder, name, 0) != 0 && errno != ENOENT) || fsync (folder) != 0)
      dc_folder_fail (&problem, errno, "be removed", name);
    close (folder);
  }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}
