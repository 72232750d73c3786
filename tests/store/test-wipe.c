/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everything goes, or nothing has yet: at any call that fails or is the last. */

#include "dc-wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-test.h"

#define SECRET "ana@example.org waits here"

/* Calls that still succeed; -1: all. */
static int calls_left = -1;
static gboolean failed = FALSE;

/* A disk that takes only part of what it is given, and is interrupted each second time. */
static gboolean slow_disk = FALSE;
static guint n_writes = 0;

static gboolean
fails (void)
{
  if (calls_left < 0)
    return FALSE;
  if (calls_left > 0) {
    calls_left--;
    return FALSE;
  }
  failed = TRUE;
  errno = EIO;

  return TRUE;
}

int __real_fsync (int fd);
int __wrap_fsync (int fd);
int __real_unlinkat (int folder, const char *name, int flags);
int __wrap_unlinkat (int folder, const char *name, int flags);
ssize_t __real_pwrite64 (int fd, const void *data, size_t size, off_t offset);
ssize_t __wrap_pwrite64 (int fd, const void *data, size_t size, off_t offset);
int __real_openat64 (int folder, const char *name, int flags, ...);
int __wrap_openat64 (int folder, const char *name, int flags, ...);
int __real_fstatat64 (int folder, const char *name, struct stat *status, int flags);
int __wrap_fstatat64 (int folder, const char *name, struct stat *status, int flags);
int __real_rename (const char *from, const char *to);
int __wrap_rename (const char *from, const char *to);

int
__wrap_fsync (int fd)
{
  return fails () ? -1 : __real_fsync (fd);
}

int
__wrap_unlinkat (int         folder,
                 const char *name,
                 int         flags)
{
  return fails () ? -1 : __real_unlinkat (folder, name, flags);
}

ssize_t
__wrap_pwrite64 (int         fd,
                 const void *data,
                 size_t      size,
                 off_t       offset)
{
  if (slow_disk && ++n_writes % 2 == 0) {
    errno = EINTR;
    return -1;
  }

  return fails () ? -1 : __real_pwrite64 (fd, data, slow_disk ? MIN (size, 1000) : size, offset);
}

/* None of those here makes a file, so there is no mode. */
int
__wrap_openat64 (int         folder,
                 const char *name,
                 int         flags,
                 ...)
{
  return fails () ? -1 : __real_openat64 (folder, name, flags);
}

int
__wrap_fstatat64 (int          folder,
                  const char  *name,
                  struct stat *status,
                  int          flags)
{
  return fails () ? -1 : __real_fstatat64 (folder, name, status, flags);
}

int
__wrap_rename (const char *from,
               const char *to)
{
  return fails () ? -1 : __real_rename (from, to);
}

typedef struct
{
  char *dir;
  char *state;
} Fixture;

static const char * const files[] = {
  "lock", "tablet.key", "staff.ini", "settings.ini", "stall.ini", "queue/queue.db", "queue/queue.db-wal",
  "set-aside/1/queue.db", "send/credential", NULL
};

static char *
path_of (Fixture    *self,
         const char *name)
{
  return g_build_filename (self->state, name, NULL);
}

static void
fill (Fixture *self)
{
  for (gsize i = 0; files[i] != NULL; i++) {
    g_autofree char *path = path_of (self, files[i]);
    g_autofree char *folder = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, SECRET, -1, NULL));
  }
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  calls_left = -1;
  slow_disk = FALSE;
  n_writes = 0;
  self->dir = dc_test_dir_new ();
  self->state = g_build_filename (self->dir, "state", NULL);
  fill (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  calls_left = -1;
  slow_disk = FALSE;
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->dir, dc_test_dir_remove);
}

static guint
count (Fixture *self)
{
  guint n = 0;

  for (gsize i = 0; files[i] != NULL; i++) {
    g_autofree char *path = path_of (self, files[i]);

    n += g_file_test (path, G_FILE_TEST_EXISTS);
  }

  return n;
}

static void
assert_empty (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->state, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

static void
test_nothing_undecided (Fixture       *self,
                        gconstpointer  unused)
{
  g_assert_false (dc_wipe_is_decided (self->state));
  g_assert_true (dc_wipe_finish (self->state, NULL));
  g_assert_cmpuint (count (self), ==, g_strv_length ((char **) files));
}

static void
test_everything (Fixture       *self,
                 gconstpointer  unused)
{
  g_assert_true (dc_wipe_decide (self->state, NULL));
  g_assert_true (dc_wipe_is_decided (self->state));
  g_assert_cmpuint (count (self), ==, g_strv_length ((char **) files));
  g_assert_true (dc_wipe_finish (self->state, NULL));
  assert_empty (self);
  g_assert_false (dc_wipe_is_decided (self->state));
}

/* What somebody still holds open is what was on the disk. */
static void
assert_zeros (int   fd,
              gsize size)
{
  g_autofree char *bytes = g_malloc (size + 1);
  struct stat status;

  g_assert_cmpint (fstat (fd, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, (gint64) size);
  g_assert_cmpint (pread (fd, bytes, size + 1, 0), ==, (gssize) size);
  for (gsize i = 0; i < size; i++)
    g_assert_cmpint (bytes[i], ==, 0);
}

static void
assert_overwritten (Fixture *self,
                    gsize    size)
{
  g_autofree char *path = path_of (self, "queue/queue.db");
  g_autofree char *bytes = g_malloc (size + 1);
  int fd;

  fill (self);
  memset (bytes, 'x', size);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);

  g_assert_true (dc_wipe_decide (self->state, NULL));
  g_assert_true (dc_wipe_finish (self->state, NULL));
  assert_zeros (fd, size);
  close (fd);
}

/* Every byte, and none behind the last, however many writes it takes. */
static void
test_overwrites (Fixture       *self,
                 gconstpointer  unused)
{
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 200000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    assert_overwritten (self, sizes[i]);
}

static void
test_overwrites_slowly (Fixture       *self,
                        gconstpointer  unused)
{
  slow_disk = TRUE;
  assert_overwritten (self, 70000);
  g_assert_cmpuint (n_writes, >=, 140);
}

/* A link leads out of the folder: what it leads to is somebody else's. */
static void
test_follows_no_link (Fixture       *self,
                      gconstpointer  unused)
{
  g_autofree char *outside = g_build_filename (self->dir, "outside", NULL);
  g_autofree char *symbolic = path_of (self, "queue/symbolic");
  g_autofree char *hard = path_of (self, "hard");
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (outside, SECRET, -1, NULL));
  g_assert_cmpint (symlink (outside, symbolic), ==, 0);
  g_assert_cmpint (link (outside, hard), ==, 0);
  g_assert_true (dc_wipe_decide (self->state, NULL));
  g_assert_true (dc_wipe_finish (self->state, NULL));
  assert_empty (self);
  g_assert_true (g_file_get_contents (outside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, SECRET);
}

static guint
open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Whether all calls succeeded, for a failure is told whatever failed. */
static gboolean
try_with (Fixture *self,
          int      calls)
{
  g_autoptr (GError) error = NULL;
  gboolean decided, done;

  failed = FALSE;
  calls_left = calls;
  decided = dc_wipe_decide (self->state, &error);
  done = decided && dc_wipe_finish (self->state, &error);
  calls_left = -1;

  g_assert_true (done == !failed);
  g_assert_true (done == (error == NULL));
  if (!decided && !dc_wipe_is_decided (self->state))
    g_assert_cmpuint (count (self), ==, g_strv_length ((char **) files));
  if (!done && count (self) < g_strv_length ((char **) files))
    g_assert_true (dc_wipe_is_decided (self->state) || count (self) == 0);

  return done;
}

static void
test_any_point (Fixture       *self,
                gconstpointer  unused)
{
  guint before = open_files ();
  int calls = 0;

  while (!try_with (self, calls++)) {
    /* The next start. */
    if (dc_wipe_is_decided (self->state)) {
      g_assert_true (dc_wipe_finish (self->state, NULL));
      assert_empty (self);
    }
    fill (self);
  }
  g_assert_cmpint (calls, >, 60);
  assert_empty (self);
  g_assert_cmpuint (open_files (), ==, before);
}

#define ADD(path, run) g_test_add ("/wipe/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("deletes-nothing-undecided", test_nothing_undecided);
  ADD ("deletes-everything", test_everything);
  ADD ("writes-over-what-it-deletes", test_overwrites);
  ADD ("writes-over-it-on-a-slow-disk", test_overwrites_slowly);
  ADD ("follows-no-link", test_follows_no_link);
  ADD ("is-whole-or-goes-on-from-any-point", test_any_point);

  return g_test_run ();
}
