/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shim-posix.h"

#include "dc-test-fault.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

DC_TEST_WRAPPED (int, open64, const char *path, int flags, ...);
DC_TEST_WRAPPED (int, fcntl64, int fd, int command, ...);
DC_TEST_WRAPPED (int, fsync, int fd);
DC_TEST_WRAPPED (int, fdatasync, int fd);
DC_TEST_WRAPPED (int, fchmod, int fd, mode_t mode);
DC_TEST_WRAPPED (ssize_t, read, int fd, void *data, size_t size);
DC_TEST_WRAPPED (int, posix_fallocate64, int fd, off_t offset, off_t size);
DC_TEST_WRAPPED (int, lstat64, const char *path, struct stat *status);
DC_TEST_WRAPPED (int, stat64, const char *path, struct stat *status);
DC_TEST_WRAPPED (int, statvfs64, const char *path, struct statvfs *status);
DC_TEST_WRAPPED (int, rename, const char *from, const char *to);
DC_TEST_WRAPPED (int, g_unlink, const char *path);
DC_TEST_WRAPPED (int, g_mkdir_with_parents, const char *path, int mode);
DC_TEST_WRAPPED (char *, realpath, const char *path, char *resolved);

static struct
{
  gboolean armed;
  guint    after;
  gboolean persistent;
  int      number;
  guint    faults;
} fault;

static struct
{
  DcPosixWatch watch;
  gpointer     data;
} watcher;

void
dc_shim_posix_watch (DcPosixWatch watch,
                     gpointer     data)
{
  watcher.watch = watch;
  watcher.data = data;
}

void
dc_shim_posix_fail (guint    after,
                    gboolean persistent,
                    int      number)
{
  fault.armed = TRUE;
  fault.after = after;
  fault.persistent = persistent;
  fault.number = number;
  fault.faults = 0;
}

guint
dc_shim_posix_reset (void)
{
  fault.armed = FALSE;

  return fault.faults;
}

static gboolean
is_hit (void)
{
  if (!fault.armed)
    return FALSE;
  if (fault.after > 0) {
    fault.after--;
    return FALSE;
  }

  fault.armed = fault.persistent;
  fault.faults++;
  errno = fault.number;

  return TRUE;
}

static void
tell (DcPosixCall  call,
      const char  *path,
      const char  *to,
      gint64       size)
{
  int number = errno;

  if (watcher.watch != NULL)
    watcher.watch (call, path, to, size, watcher.data);
  errno = number;
}

/* By the file, not its name. */
static void
tell_of (DcPosixCall call,
         int         fd,
         gint64      size)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = watcher.watch != NULL ? g_file_read_link (link, NULL) : NULL;

  if (path != NULL)
    tell (call, path, NULL, size);
}

int
__wrap_open64 (const char *path,
               int         flags,
               ...)
{
  va_list arguments;
  mode_t mode;
  int fd;

  va_start (arguments, flags);
  mode = flags & O_CREAT ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);
  if (is_hit ())
    return -1;

  fd = __real_open64 (path, flags, mode);
  if (fd >= 0 && flags & O_CREAT)
    tell (DC_POSIX_OPEN, path, NULL, 0);

  return fd;
}

/* Of the commands of src/store each takes a pointer. */
int
__wrap_fcntl64 (int fd,
                int command,
                ...)
{
  va_list arguments;
  void *argument;

  va_start (arguments, command);
  argument = va_arg (arguments, void *);
  va_end (arguments);

  return is_hit () ? -1 : __real_fcntl64 (fd, command, argument);
}

static int
synced (int fd,
        int result)
{
  struct stat status;

  if (result == 0 && fstat (fd, &status) == 0)
    tell_of (S_ISDIR (status.st_mode) ? DC_POSIX_SYNC_DIRECTORY : DC_POSIX_SYNC, fd, 0);

  return result;
}

int
__wrap_fsync (int fd)
{
  return is_hit () ? -1 : synced (fd, __real_fsync (fd));
}

int
__wrap_fdatasync (int fd)
{
  return is_hit () ? -1 : synced (fd, __real_fdatasync (fd));
}

int
__wrap_fchmod (int    fd,
               mode_t mode)
{
  return is_hit () ? -1 : __real_fchmod (fd, mode);
}

ssize_t
__wrap_read (int     fd,
             void   *data,
             size_t  size)
{
  return is_hit () ? -1 : __real_read (fd, data, size);
}

/* Returns its error. */
int
__wrap_posix_fallocate64 (int   fd,
                          off_t offset,
                          off_t size)
{
  int number = is_hit () ? errno : __real_posix_fallocate64 (fd, offset, size);

  if (number == 0)
    tell_of (DC_POSIX_ALLOCATE, fd, offset + size);

  return number;
}

int
__wrap_lstat64 (const char  *path,
                struct stat *status)
{
  return is_hit () ? -1 : __real_lstat64 (path, status);
}

int
__wrap_stat64 (const char  *path,
               struct stat *status)
{
  return is_hit () ? -1 : __real_stat64 (path, status);
}

int
__wrap_statvfs64 (const char     *path,
                  struct statvfs *status)
{
  return is_hit () ? -1 : __real_statvfs64 (path, status);
}

int
__wrap_rename (const char *from,
               const char *to)
{
  int result = is_hit () ? -1 : __real_rename (from, to);

  if (result == 0)
    tell (DC_POSIX_RENAME, from, to, 0);

  return result;
}

int
__wrap_g_unlink (const char *path)
{
  int result = is_hit () ? -1 : __real_g_unlink (path);

  if (result == 0)
    tell (DC_POSIX_UNLINK, path, NULL, 0);

  return result;
}

int
__wrap_g_mkdir_with_parents (const char *path,
                             int         mode)
{
  return is_hit () ? -1 : __real_g_mkdir_with_parents (path, mode);
}

char *
__wrap_realpath (const char *path,
                 char       *resolved)
{
  return is_hit () ? NULL : __real_realpath (path, resolved);
}
