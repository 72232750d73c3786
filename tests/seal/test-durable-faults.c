/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every single call of the system's fails in turn, is interrupted, or does
 * less than it was asked to. */

#include "dc-durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-test.h"

typedef enum
{
  CALL_OPEN,
  CALL_EXAMINE,
  CALL_MAKE_PRIVATE,
  CALL_READ,
  CALL_WRITE,
  CALL_SYNC,
  CALL_CLOSE,
  CALL_REMOVE,
  N_CALLS
} Call;

/* The @left-th next @call fails with @number. */
static struct
{
  Call     call;
  guint    left;
  int      number;
  gboolean delivered;
  gboolean byte_by_byte;
} fault = { .call = N_CALLS };

/* The linker puts these in front of the C library's (--wrap). */
int     __real_open64 (const char  *path,
                       int          flags,
                       ...);
int     __wrap_open64 (const char  *path,
                       int          flags,
                       ...);
int     __real_fstat64 (int          fd,
                        struct stat *info);
int     __wrap_fstat64 (int          fd,
                        struct stat *info);
int     __real_fchmod (int          fd,
                       mode_t       mode);
int     __wrap_fchmod (int          fd,
                       mode_t       mode);
ssize_t __real_read   (int          fd,
                       void        *data,
                       size_t       size);
ssize_t __wrap_read   (int          fd,
                       void        *data,
                       size_t       size);
ssize_t __real_write  (int          fd,
                       const void  *data,
                       size_t       size);
ssize_t __wrap_write  (int          fd,
                       const void  *data,
                       size_t       size);
int     __real_fsync  (int          fd);
int     __wrap_fsync  (int          fd);
int     __real_close  (int          fd);
int     __wrap_close  (int          fd);
int     __real_unlink (const char  *path);
int     __wrap_unlink (const char  *path);

static gboolean
fails (Call call)
{
  if (fault.call != call || fault.left-- > 0)
    return FALSE;

  fault.call = N_CALLS;
  fault.delivered = TRUE;
  errno = fault.number;

  return TRUE;
}

int
__wrap_open64 (const char *path,
               int         flags,
               ...)
{
  va_list rest;
  int mode;

  va_start (rest, flags);
  mode = (flags & O_CREAT) != 0 ? va_arg (rest, int) : 0;
  va_end (rest);

  return fails (CALL_OPEN) ? -1 : __real_open64 (path, flags, mode);
}

int
__wrap_fstat64 (int          fd,
                struct stat *info)
{
  return fails (CALL_EXAMINE) ? -1 : __real_fstat64 (fd, info);
}

int
__wrap_fchmod (int    fd,
               mode_t mode)
{
  return fails (CALL_MAKE_PRIVATE) ? -1 : __real_fchmod (fd, mode);
}

ssize_t
__wrap_read (int     fd,
             void   *data,
             size_t  size)
{
  return fails (CALL_READ) ? -1 : __real_read (fd, data, fault.byte_by_byte ? 1 : size);
}

ssize_t
__wrap_write (int         fd,
              const void *data,
              size_t      size)
{
  return fails (CALL_WRITE) ? -1 : __real_write (fd, data, fault.byte_by_byte ? 1 : size);
}

int
__wrap_fsync (int fd)
{
  return fails (CALL_SYNC) ? -1 : __real_fsync (fd);
}

/* Closed all the same, as Linux does. */
int
__wrap_close (int fd)
{
  int number;

  if (!fails (CALL_CLOSE))
    return __real_close (fd);

  number = errno;
  __real_close (fd);
  errno = number;

  return -1;
}

int
__wrap_unlink (const char *path)
{
  return fails (CALL_REMOVE) ? -1 : __real_unlink (path);
}

static void
arm (Call  call,
     guint after,
     int   number)
{
  fault.call = call;
  fault.left = after;
  fault.number = number;
  fault.delivered = FALSE;
}

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "file", NULL);
  g_assert_true (dc_durable_create (fixture->path, "old", 3, NULL));
  g_assert_no_errno (chmod (fixture->path, 0644));   /* to be made private */
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  fault.call = N_CALLS;
  fault.byte_by_byte = FALSE;
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->dir, dc_test_dir_remove);
}

static char *
read_file (Fixture  *fixture,
           GError  **error)
{
  gsize size;

  return dc_durable_read (fixture->path, 100, &size, error);
}

static void
assert_holds (Fixture    *fixture,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = read_file (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (data, ==, expected);
}

static void
test_read (Fixture       *fixture,
           gconstpointer  unused)
{
  static const Call calls[] = { CALL_OPEN, CALL_EXAMINE, CALL_MAKE_PRIVATE, CALL_READ };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autoptr (GError) error = NULL;

    arm (calls[i], 0, EIO);
    g_assert_null (read_file (fixture, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
    g_assert_true (g_str_has_prefix (error->message, fixture->path));
    g_assert_true (fault.delivered);
  }

  assert_holds (fixture, "old");
}

/* Of a replacement, all or nothing; and where it was told to have failed, the
 * next one is not in its way. */
static void
test_replace (Fixture       *fixture,
              gconstpointer  unused)
{
  static const struct { Call call; guint after; const char *left; } faults[] = {
    { CALL_REMOVE, 0, "old" }, { CALL_OPEN, 0, "old" }, { CALL_WRITE, 0, "old" },
    { CALL_SYNC, 0, "old" }, { CALL_CLOSE, 0, "old" },
    /* The name is there; only whether it stays is not known. */
    { CALL_OPEN, 1, "new" }, { CALL_SYNC, 1, "new" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;

    arm (faults[i].call, faults[i].after, EIO);
    g_assert_false (dc_durable_replace (fixture->path, "new", 3, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
    g_assert_true (fault.delivered);
    assert_holds (fixture, faults[i].left);
    g_assert_true (dc_durable_replace (fixture->path, "old", 3, NULL));
    assert_holds (fixture, "old");
  }
}

static void
test_failed_create (Fixture       *fixture,
                    gconstpointer  unused)
{
  static const Call calls[] = { CALL_OPEN, CALL_WRITE, CALL_SYNC, CALL_CLOSE };

  g_assert_no_errno (unlink (fixture->path));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GDir) dir = NULL;

    arm (calls[i], 0, ENOSPC);
    g_assert_false (dc_durable_create (fixture->path, "new", 3, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    dir = g_dir_open (fixture->dir, 0, NULL);
    g_assert_null (g_dir_read_name (dir));
  }
}

static void
test_interrupted (Fixture       *fixture,
                  gconstpointer  unused)
{
  static const struct { Call call; guint after; } interruptions[] = {
    { CALL_WRITE, 0 }, { CALL_SYNC, 0 }, { CALL_SYNC, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (interruptions); i++) {
    arm (interruptions[i].call, interruptions[i].after, EINTR);
    g_assert_true (dc_durable_replace (fixture->path, "new", 3, NULL));
    g_assert_true (fault.delivered);
  }
  arm (CALL_READ, 0, EINTR);
  assert_holds (fixture, "new");
  g_assert_true (fault.delivered);
}

static void
test_piecemeal (Fixture       *fixture,
                gconstpointer  unused)
{
  fault.byte_by_byte = TRUE;
  g_assert_true (dc_durable_replace (fixture->path, "byte by byte", 12, NULL));
  assert_holds (fixture, "byte by byte");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/durable/faults/reading-tells-each-and-names-the-file",
              Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/durable/faults/replacing-is-all-or-nothing",
              Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/durable/faults/a-file-that-could-not-be-made-leaves-nothing",
              Fixture, NULL, set_up, test_failed_create, tear_down);
  g_test_add ("/durable/faults/an-interrupted-call-is-made-again",
              Fixture, NULL, set_up, test_interrupted, tear_down);
  g_test_add ("/durable/faults/bytes-that-come-one-by-one-are-all-there",
              Fixture, NULL, set_up, test_piecemeal, tear_down);

  return g_test_run ();
}
