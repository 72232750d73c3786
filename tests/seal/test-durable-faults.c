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

#include "dc-test-fault.h"
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
} Call;

static gboolean byte_by_byte;

DC_TEST_WRAPPED (int, open64, const char *path, int flags, ...);
DC_TEST_WRAPPED (int, fstat64, int fd, struct stat *info);
DC_TEST_WRAPPED (int, fchmod, int fd, mode_t mode);
DC_TEST_WRAPPED (ssize_t, read, int fd, void *data, size_t size);
DC_TEST_WRAPPED (ssize_t, write, int fd, const void *data, size_t size);
DC_TEST_WRAPPED (int, fsync, int fd);
DC_TEST_WRAPPED (int, close, int fd);
DC_TEST_WRAPPED (int, unlink, const char *path);

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

  return dc_test_fault_hits (CALL_OPEN) ? -1 : __real_open64 (path, flags, mode);
}

int
__wrap_fstat64 (int          fd,
                struct stat *info)
{
  return dc_test_fault_hits (CALL_EXAMINE) ? -1 : __real_fstat64 (fd, info);
}

int
__wrap_fchmod (int    fd,
               mode_t mode)
{
  return dc_test_fault_hits (CALL_MAKE_PRIVATE) ? -1 : __real_fchmod (fd, mode);
}

ssize_t
__wrap_read (int     fd,
             void   *data,
             size_t  size)
{
  return dc_test_fault_hits (CALL_READ) ? -1 : __real_read (fd, data, byte_by_byte ? 1 : size);
}

ssize_t
__wrap_write (int         fd,
              const void *data,
              size_t      size)
{
  return dc_test_fault_hits (CALL_WRITE) ? -1 : __real_write (fd, data, byte_by_byte ? 1 : size);
}

int
__wrap_fsync (int fd)
{
  return dc_test_fault_hits (CALL_SYNC) ? -1 : __real_fsync (fd);
}

/* Closed all the same, as Linux does. */
int
__wrap_close (int fd)
{
  int number;

  if (!dc_test_fault_hits (CALL_CLOSE))
    return __real_close (fd);

  number = errno;
  __real_close (fd);
  errno = number;

  return -1;
}

int
__wrap_unlink (const char *path)
{
  return dc_test_fault_hits (CALL_REMOVE) ? -1 : __real_unlink (path);
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
  dc_test_fault_disarm ();
  byte_by_byte = FALSE;
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

    dc_test_fault_arm (calls[i], 0, EIO);
    g_assert_null (read_file (fixture, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
    g_assert_true (g_str_has_prefix (error->message, fixture->path));
    g_assert_true (dc_test_fault_delivered ());
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

    dc_test_fault_arm (faults[i].call, faults[i].after, EIO);
    g_assert_false (dc_durable_replace (fixture->path, "new", 3, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
    g_assert_true (dc_test_fault_delivered ());
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

    dc_test_fault_arm (calls[i], 0, ENOSPC);
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
    dc_test_fault_arm (interruptions[i].call, interruptions[i].after, EINTR);
    g_assert_true (dc_durable_replace (fixture->path, "new", 3, NULL));
    g_assert_true (dc_test_fault_delivered ());
  }
  dc_test_fault_arm (CALL_READ, 0, EINTR);
  assert_holds (fixture, "new");
  g_assert_true (dc_test_fault_delivered ());
}

static void
test_piecemeal (Fixture       *fixture,
                gconstpointer  unused)
{
  byte_by_byte = TRUE;
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
