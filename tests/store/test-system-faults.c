/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every single call of the system's that the store makes by itself, not
 * through SQLite, fails in turn while a queue is made, opened or set aside. */

#include "dc-store-test.h"

#include "dc-ballast.h"
#include "dc-set-aside.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

typedef enum
{
  CALL_OPEN,
  CALL_SYNC,
  CALL_MAKE_PRIVATE,
  CALL_ALLOCATE,
  CALL_MEASURE,
  CALL_RENAME,
  CALL_RESOLVE,
  CALL_MAKE_FOLDER,
  CALL_LOCK,
  CALL_EXAMINE,
  CALL_REMOVE,
  N_CALLS
} Call;

/* The @left-th next @call fails with @number; two threads look here, never at
 * once. */
static struct
{
  Call     call;
  guint    left;
  int      number;
  gboolean delivered;
  gboolean no_room;      /* the disk says that nothing is free */
} fault = { .call = N_CALLS };

/* The linker puts these in front of the C library's (--wrap). */
int   __real_open64            (const char     *path,
                                int             flags,
                                ...);
int   __wrap_open64            (const char     *path,
                                int             flags,
                                ...);
int   __real_fsync             (int             fd);
int   __wrap_fsync             (int             fd);
int   __real_fchmod            (int             fd,
                                mode_t          mode);
int   __wrap_fchmod            (int             fd,
                                mode_t          mode);
int   __real_posix_fallocate64 (int             fd,
                                off_t           offset,
                                off_t           size);
int   __wrap_posix_fallocate64 (int             fd,
                                off_t           offset,
                                off_t           size);
int   __real_statvfs64         (const char     *path,
                                struct statvfs *status);
int   __wrap_statvfs64         (const char     *path,
                                struct statvfs *status);
int   __real_rename            (const char     *from,
                                const char     *to);
int   __wrap_rename            (const char     *from,
                                const char     *to);
char *__real_realpath          (const char     *path,
                                char           *real);
char *__wrap_realpath          (const char     *path,
                                char           *real);
int   __real_g_mkdir_with_parents (const char  *path,
                                   int          mode);
int   __wrap_g_mkdir_with_parents (const char  *path,
                                   int          mode);
int   __real_fcntl64           (int             fd,
                                int             command,
                                ...);
int   __wrap_fcntl64           (int             fd,
                                int             command,
                                ...);
int   __real_stat64            (const char     *path,
                                struct stat    *status);
int   __wrap_stat64            (const char     *path,
                                struct stat    *status);

int   __real_g_unlink          (const char     *path);
int   __wrap_g_unlink          (const char     *path);

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
__wrap_fsync (int fd)
{
  return fails (CALL_SYNC) ? -1 : __real_fsync (fd);
}

int
__wrap_fchmod (int    fd,
               mode_t mode)
{
  return fails (CALL_MAKE_PRIVATE) ? -1 : __real_fchmod (fd, mode);
}

int
__wrap_posix_fallocate64 (int   fd,
                          off_t offset,
                          off_t size)
{
  return fails (CALL_ALLOCATE) ? fault.number : __real_posix_fallocate64 (fd, offset, size);
}

int
__wrap_statvfs64 (const char     *path,
                  struct statvfs *status)
{
  int result = fails (CALL_MEASURE) ? -1 : __real_statvfs64 (path, status);

  if (fault.no_room)
    status->f_bavail = 0;

  return result;
}

int
__wrap_rename (const char *from,
               const char *to)
{
  return fails (CALL_RENAME) ? -1 : __real_rename (from, to);
}

char *
__wrap_realpath (const char *path,
                 char       *real)
{
  return fails (CALL_RESOLVE) ? NULL : __real_realpath (path, real);
}

int
__wrap_g_mkdir_with_parents (const char *path,
                             int         mode)
{
  return fails (CALL_MAKE_FOLDER) ? -1 : __real_g_mkdir_with_parents (path, mode);
}

int
__wrap_fcntl64 (int fd,
                int command,
                ...)
{
  va_list rest;
  void *argument;

  va_start (rest, command);
  argument = va_arg (rest, void *);
  va_end (rest);

  return fails (CALL_LOCK) ? -1 : __real_fcntl64 (fd, command, argument);
}

int
__wrap_stat64 (const char  *path,
               struct stat *status)
{
  return fails (CALL_EXAMINE) ? -1 : __real_stat64 (path, status);
}

int
__wrap_g_unlink (const char *path)
{
  return fails (CALL_REMOVE) ? -1 : __real_g_unlink (path);
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

typedef void (*Prepare) (DcStoreTest *self);

/* Opens what @prepare made, a call failing each time, until none is left to
 * fail. Either it tells so or it was not needed; the next time it opens, with
 * @taken pledges and @set_aside queues set aside. */
static guint
sweep (Call    call,
       int     number,
       Prepare prepare,
       guint   taken,
       guint   set_aside)
{
  gint code = number == ENOSPC || number == EDQUOT ? DC_STORE_ERROR_FULL : DC_STORE_ERROR_IO;
  guint told = 0;

  for (guint after = 0; after < 50; after++) {
    DcStoreTest test = { .directory = NULL };
    g_autoptr (DcTally) tally = NULL;
    g_autoptr (GError) error = NULL;
    gboolean opened;

    test.directory = dc_test_dir_new ();
    test.sealer = dc_store_test_sealer_new ();
    prepare (&test);
    test.queue = dc_store_test_queue_new (test.directory);
    arm (call, after, number);
    opened = dc_store_test_open (test.queue, NULL, &error);
    fault.call = N_CALLS;
    if (!opened)
      g_assert_error (error, DC_STORE_ERROR, code);
    told += !opened;
    g_clear_error (&error);

    dc_store_test_open (test.queue, NULL, &error);
    g_assert_no_error (error);
    tally = dc_store_test_tally (&test);
    g_assert_cmpuint (tally->taken, ==, taken);
    g_assert_cmpuint (tally->set_aside, ==, set_aside);
    dc_store_test_tear_down (&test, NULL);
    if (!fault.delivered)
      return told;
  }

  g_assert_not_reached ();
}

/* The state directory itself is new. */
static void
prepare_nothing (DcStoreTest *self)
{
  g_assert_no_errno (g_rmdir (self->directory));
}

static void
prepare_queue (DcStoreTest *self)
{
  g_autoptr (GError) error = NULL;

  self->queue = dc_store_test_queue_new (self->directory);
  dc_store_test_open (self->queue, NULL, &error);
  g_assert_no_error (error);
  dc_store_test_must_save (self, 0);
  g_clear_object (&self->queue);
}

static void
prepare_damage (DcStoreTest *self)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");

  prepare_queue (self);
  g_assert_true (g_file_set_contents (path, "no database, but longer than a byte", -1, NULL));
}

/* Of an earlier version, beside half a copy that a power cut left. */
static void
prepare_version_1 (DcStoreTest *self)
{
  g_autofree char *copy = dc_store_test_path (self, "queue/queue-v1.db");

  dc_store_test_restore (self->directory, "v1-every-state.sql", FALSE);
  g_assert_true (g_file_set_contents (copy, "half a copy", -1, NULL));
}

static void
test_new (void)
{
  static const Call calls[] = {
    CALL_OPEN, CALL_SYNC, CALL_MAKE_PRIVATE, CALL_RESOLVE, CALL_MAKE_FOLDER, CALL_LOCK,
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_assert_cmpuint (sweep (calls[i], EIO, prepare_nothing, 0, 0), >, 0);
    g_assert_cmpuint (sweep (calls[i], ENOSPC, prepare_nothing, 0, 0), >, 0);
    g_assert_cmpuint (sweep (calls[i], EDQUOT, prepare_nothing, 0, 0), >, 0);
  }
}

static void
test_old (void)
{
  static const Call calls[] = {
    CALL_OPEN, CALL_SYNC, CALL_MAKE_PRIVATE, CALL_RESOLVE, CALL_LOCK,
    CALL_EXAMINE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_assert_cmpuint (sweep (calls[i], EIO, prepare_queue, 1, 0), >, 0);
}

static void
test_damaged (void)
{
  static const Call calls[] = { CALL_OPEN, CALL_SYNC, CALL_MAKE_FOLDER, CALL_RENAME };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_assert_cmpuint (sweep (calls[i], EIO, prepare_damage, 0, 1), >, 0);
}

/* The copy is made whole before anything is changed, and is gone after it. */
static void
test_version_1 (void)
{
  static const Call calls[] = { CALL_OPEN, CALL_SYNC, CALL_REMOVE };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_assert_cmpuint (sweep (calls[i], EIO, prepare_version_1, 12, 0), >, 1);
    g_assert_cmpuint (sweep (calls[i], ENOSPC, prepare_version_1, 12, 0), >, 1);
  }
}

/* It is a help for later: without it the queue works. */
static void
test_ballast (DcStoreTest   *self,
              gconstpointer  unused)
{
  static const Call calls[] = { CALL_OPEN, CALL_SYNC, CALL_ALLOCATE, CALL_MEASURE };
  g_autofree char *path = dc_store_test_path (self, "queue/ballast");

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    struct stat status;

    g_unlink (path);
    arm (calls[i], 0, EIO);
    g_assert_false (dc_ballast_restore (path, 4096));
    g_assert_true (fault.delivered);
    g_assert_cmpint (stat (path, &status), !=, 0);
    dc_store_test_must_save (self, i);

    g_assert_true (dc_ballast_restore (path, 4096));
    g_assert_true (dc_ballast_restore (path, 8192));   /* of another size: anew */
    g_assert_no_errno (stat (path, &status));
    g_assert_cmpint (status.st_size, ==, 8192);
  }
}

static void
test_locked (DcStoreTest   *self,
             gconstpointer  unused)
{
  static const int numbers[] = { EAGAIN, EACCES };   /* POSIX allows both */

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (GError) error = NULL;

    dc_store_test_drop (self);
    arm (CALL_LOCK, 0, numbers[i]);
    g_assert_false (dc_store_test_open (self->queue, NULL, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE);
  }
}

static void
test_unmeasured (DcStoreTest   *self,
                 gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  arm (CALL_MEASURE, 0, EIO);
  g_assert_null (dc_store_test_tally_of (self, DC_STORE_TEST_DAY, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  g_clear_error (&error);

  dc_store_test_reopen (self);
  arm (CALL_MEASURE, 0, EIO);
  g_assert_false (dc_store_test_probe (self, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  dc_store_test_must_save (self, 1);
}

/* The probe could write, and the next pledge may not: the disk's own word. */
static void
test_no_room (DcStoreTest   *self,
              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  fault.no_room = TRUE;
  g_assert_false (dc_store_test_probe (self, &error));
  fault.no_room = FALSE;
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
  g_clear_error (&error);

  /* Still in doubt, so that it writes again, and measures once more. */
  arm (CALL_MEASURE, 1, EIO);
  g_assert_false (dc_store_test_probe (self, &error));
  g_assert_true (fault.delivered);
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  g_assert_true (dc_store_test_probe (self, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/system-faults/each-while-a-queue-is-made-is-told-and-mended-later", test_new);
  g_test_add_func ("/system-faults/each-while-a-queue-is-opened-loses-nothing", test_old);
  g_test_add_func ("/system-faults/each-while-a-queue-is-set-aside-keeps-it", test_damaged);
  g_test_add_func ("/system-faults/each-while-a-queue-is-upgraded-loses-nothing", test_version_1);
  dc_store_test_add ("/system-faults/a-ballast-that-cannot-be-held-holds-nothing-up", test_ballast);
  dc_store_test_add ("/system-faults/a-lock-that-another-holds-is-told-so", test_locked);
  dc_store_test_add ("/system-faults/a-disk-that-cannot-be-measured-is-told", test_unmeasured);
  dc_store_test_add ("/system-faults/a-disk-without-room-is-told-though-it-took-the-probe",
                     test_no_room);

  return g_test_run ();
}
