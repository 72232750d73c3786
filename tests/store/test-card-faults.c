/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every single call of the system's that is made for a card fails in turn, as
 * cards do that are worn out, full or being pulled: the error says so, and the
 * journal is what it was or what it should be. */

#include "dc-store-test.h"

#include "dc-card-journal.h"
#include "dc-card.h"
#include "dc-small-disk.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum
{
  CALL_FIND,
  CALL_LOOK_FOR,
  CALL_OPEN,
  CALL_EXAMINE,
  CALL_READ,
  CALL_BUFFER,
  CALL_READ_END,
  CALL_SEEK,
  CALL_WRITE,
  CALL_SYNC,
  CALL_CUT,
  CALL_MAKE_FOLDER,
  CALL_RENAME,
  N_CALLS
} Call;

/* The @left-th next @call fails with @number; after it, @cut_too, no file can
 * be cut. */
static struct
{
  Call     call;
  guint    left;
  int      number;
  gboolean delivered;
  gboolean cut_too;
  gboolean in_pieces;
} fault = { .call = N_CALLS };

static gboolean
fails (Call call)
{
  if (fault.cut_too && call == CALL_CUT) {
    errno = EIO;
    return TRUE;
  }
  if (fault.call != call || fault.left-- > 0)
    return FALSE;

  fault.call = N_CALLS;
  fault.delivered = TRUE;
  errno = fault.number;

  return TRUE;
}

/* The linker puts these in front of the C library's (--wrap). */
#define WRAPPED(type, name, ...) \
  type __real_ ## name (__VA_ARGS__); \
  type __wrap_ ## name (__VA_ARGS__)

WRAPPED (int, open64, const char *path, int flags, ...);
WRAPPED (int, stat64, const char *path, struct stat *status);
WRAPPED (int, fstat64, int fd, struct stat *status);
WRAPPED (int, access, const char *path, int how);
WRAPPED (ssize_t, read, int fd, void *data, size_t size);
WRAPPED (ssize_t, pread64, int fd, void *data, size_t size, off_t offset);
WRAPPED (ssize_t, write, int fd, const void *data, size_t size);
WRAPPED (off_t, lseek64, int fd, off_t offset, int whence);
WRAPPED (int, fsync, int fd);
WRAPPED (int, ftruncate64, int fd, off_t size);
WRAPPED (int, mkdir, const char *path, mode_t mode);
WRAPPED (int, rename, const char *from, const char *to);
WRAPPED (FILE *, fdopen, int fd, const char *mode);

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
__wrap_stat64 (const char  *path,
               struct stat *status)
{
  return fails (CALL_FIND) ? -1 : __real_stat64 (path, status);
}

int
__wrap_fstat64 (int          fd,
                struct stat *status)
{
  return fails (CALL_EXAMINE) ? -1 : __real_fstat64 (fd, status);
}

int
__wrap_access (const char *path,
               int         how)
{
  return fails (CALL_LOOK_FOR) ? -1 : __real_access (path, how);
}

ssize_t
__wrap_read (int     fd,
             void   *data,
             size_t  size)
{
  return fails (CALL_READ) ? -1 : __real_read (fd, data, size);
}

ssize_t
__wrap_pread64 (int     fd,
                void   *data,
                size_t  size,
                off_t   offset)
{
  return fails (CALL_READ_END) ? -1 : __real_pread64 (fd, data, size, offset);
}

/* In pieces: seven bytes at a time, and interrupted before each. */
ssize_t
__wrap_write (int         fd,
              const void *data,
              size_t      size)
{
  static gboolean interrupted;

  if (fails (CALL_WRITE))
    return -1;
  if (!fault.in_pieces)
    return __real_write (fd, data, size);

  interrupted = !interrupted;
  if (interrupted) {
    errno = EINTR;
    return -1;
  }

  return __real_write (fd, data, MIN (size, 7));
}

off_t
__wrap_lseek64 (int   fd,
                off_t offset,
                int   whence)
{
  return fails (CALL_SEEK) ? -1 : __real_lseek64 (fd, offset, whence);
}

int
__wrap_fsync (int fd)
{
  return fails (CALL_SYNC) ? -1 : __real_fsync (fd);
}

int
__wrap_ftruncate64 (int   fd,
                    off_t size)
{
  return fails (CALL_CUT) ? -1 : __real_ftruncate64 (fd, size);
}

int
__wrap_mkdir (const char *path,
              mode_t      mode)
{
  return fails (CALL_MAKE_FOLDER) ? -1 : __real_mkdir (path, mode);
}

int
__wrap_rename (const char *from,
               const char *to)
{
  return fails (CALL_RENAME) ? -1 : __real_rename (from, to);
}

/* What the C library reads for a stream goes by no name that could be put in
 * front: a stream over this file's own read (), 4000 bytes at a time. (One that
 * is written to is of who counts the branches.) */
static ssize_t
read_stream (void   *cookie,
             char   *data,
             size_t  size)
{
  return __wrap_read (GPOINTER_TO_INT (cookie), data, MIN (size, 4000));
}

static int
close_stream (void *cookie)
{
  return close (GPOINTER_TO_INT (cookie));
}

FILE *
__wrap_fdopen (int         fd,
               const char *mode)
{
  static const cookie_io_functions_t functions = { .read = read_stream, .close = close_stream };

  if (!g_str_equal (mode, "r"))
    return __real_fdopen (fd, mode);

  return fails (CALL_BUFFER) ? NULL : fopencookie (GINT_TO_POINTER (fd), mode, functions);
}

typedef struct
{
  DcStoreTest  store;
  DcSmallDisk  card;
  GPtrArray   *records;    /* three */
  char        *lines;      /* of these */
  char        *folder;     /* on the card */
  char        *journal;
  DcId         id;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  static const guint8 tablet[32] = { 1 };
  g_autoptr (GString) lines = g_string_new (NULL);

  dc_small_disk_init (&self->card, "1M");
  dc_store_test_set_up (&self->store, NULL);
  for (guint n = 0; n < 3; n++)
    dc_store_test_must_save (&self->store, n);
  self->records = dc_store_test_must_offer (&self->store);
  for (guint n = 0; n < 3; n++) {
    g_autoptr (GBytes) line = dc_record_to_line (self->records->pdata[n]);
    gsize size;
    const char *data = g_bytes_get_data (line, &size);

    g_string_append_len (lines, data, (gssize) size);
  }
  self->lines = g_string_free (g_steal_pointer (&lines), FALSE);
  self->folder = g_build_filename (self->card.path, DC_CARD_FOLDER, NULL);
  self->journal = dc_card_journal_get_path (self->card.path, tablet,
                                            dc_queue_get_id (self->store.queue));
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  fault.call = N_CALLS;
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->journal, g_free);
  dc_store_test_tear_down (&self->store, NULL);
  dc_small_disk_clear (&self->card);
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

static void
disarm (void)
{
  fault.call = N_CALLS;
  fault.cut_too = FALSE;
  fault.in_pieces = FALSE;
}

typedef gboolean (*Work) (Fixture  *self,
                          GError  **error);

static gboolean
mark (Fixture  *self,
      GError  **error)
{
  return dc_card_mark (self->card.path, self->store.directory, &self->id, error);
}

static gboolean
check (Fixture  *self,
       GError  **error)
{
  return dc_card_check (self->card.path, self->store.directory, &self->id, error);
}

static gboolean
read_journal (Fixture  *self,
              GError  **error)
{
  g_autoptr (GHashTable) ids = NULL;

  ids = dc_card_journal_read (self->journal, dc_queue_get_id (self->store.queue), error);
  if (ids != NULL)
    g_assert_cmpuint (g_hash_table_size (ids), ==, 3);

  return ids != NULL;
}

static gboolean
append (Fixture  *self,
        GError  **error)
{
  return dc_card_journal_append (self->journal, self->records, error);
}

/* A card with a journal whose last line is torn; to be marked: an empty one. */
static char *
prepare (Fixture *self,
         Work     work)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = g_strconcat (self->lines, "{\"torn", NULL);

  dc_test_dir_remove (g_strdup (self->folder));
  if (work == mark)
    return g_steal_pointer (&journal);

  mark (self, &error);
  g_assert_no_error (error);
  g_file_set_contents (self->journal, journal, -1, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&journal);
}

/* As it was, or longer by all that should be there. */
static void
assert_journal (Fixture    *self,
                const char *before,
                gboolean    done)
{
  g_autofree char *after = g_strconcat (before, "\n", self->lines, NULL);
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (self->journal, &found, NULL, NULL));
  if (done || !g_str_equal (found, before))
    g_assert_cmpstr (found, ==, after);
}

/* How often a @call that failed was told as one. */
static guint
sweep (Fixture *self,
       Work     work,
       Call     call,
       int      number)
{
  gint code = number == ENOSPC ? DC_STORE_ERROR_FULL : DC_STORE_ERROR_IO;
  guint told = 0;

  for (guint after = 0; after < 50; after++) {
    g_autofree char *before = prepare (self, work);
    g_autoptr (GError) error = NULL;
    gboolean done;

    arm (call, after, number);
    done = work (self, &error);
    disarm ();
    if (done)
      g_assert_no_error (error);
    else
      g_assert_error (error, DC_STORE_ERROR, code);
    told += !done;
    if (work == append)
      assert_journal (self, before, done);

    g_clear_error (&error);
    work (self, &error);
    g_assert_no_error (error);
    if (!fault.delivered)
      return told;
  }

  g_assert_not_reached ();
}

typedef struct
{
  Call  call;
  guint told;
} Expected;

/* 0: it was not needed. */
static void
sweep_all (Fixture        *self,
           Work            work,
           const Expected  expected[],
           gsize           n_expected)
{
  if (!self->card.mounted)
    return;

  for (gsize i = 0; i < n_expected; i++) {
    g_assert_cmpuint (sweep (self, work, expected[i].call, EIO), ==, expected[i].told);
    g_assert_cmpuint (sweep (self, work, expected[i].call, ENOSPC), ==, expected[i].told);
  }
}

/* That it is mounted: the folder, the one above, the queue's. That it is marked
 * already need not be known. */
static void
test_mark (Fixture       *self,
           gconstpointer  unused)
{
  static const Expected expected[] = {
    { CALL_FIND, 3 }, { CALL_MAKE_FOLDER, 1 }, { CALL_OPEN, 2 }, { CALL_WRITE, 1 },
    { CALL_SYNC, 2 }, { CALL_RENAME, 1 },
  };

  sweep_all (self, mark, expected, G_N_ELEMENTS (expected));
}

static void
test_check (Fixture       *self,
            gconstpointer  unused)
{
  static const Expected expected[] = {
    { CALL_FIND, 3 }, { CALL_OPEN, 1 }, { CALL_READ, 1 }, { CALL_WRITE, 0 },
  };

  sweep_all (self, check, expected, G_N_ELEMENTS (expected));
}

/* Each piece of it, and that it ends there. */
static void
test_read (Fixture       *self,
           gconstpointer  unused)
{
  static const Expected expected[] = {
    { CALL_LOOK_FOR, 0 }, { CALL_OPEN, 1 }, { CALL_EXAMINE, 1 }, { CALL_BUFFER, 1 },
  };
  gsize size = strlen (self->lines) + strlen ("{\"torn");

  sweep_all (self, read_journal, expected, G_N_ELEMENTS (expected));
  if (self->card.mounted)
    g_assert_cmpuint (sweep (self, read_journal, CALL_READ, EIO), ==, (size + 3999) / 4000 + 1);
}

/* The line's end, three lines; the journal and its folder are synced. */
static void
test_append (Fixture       *self,
             gconstpointer  unused)
{
  static const Expected expected[] = {
    { CALL_OPEN, 2 }, { CALL_EXAMINE, 1 }, { CALL_SEEK, 1 }, { CALL_READ_END, 1 },
    { CALL_WRITE, 4 }, { CALL_SYNC, 2 }, { CALL_CUT, 0 },
  };

  sweep_all (self, append, expected, G_N_ELEMENTS (expected));
}

static void
test_in_pieces (Fixture       *self,
                gconstpointer  unused)
{
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->card.mounted)
    return;

  before = prepare (self, append);
  fault.in_pieces = TRUE;
  append (self, &error);
  disarm ();
  g_assert_no_error (error);
  assert_journal (self, before, TRUE);
}

/* What could be neither written nor cut away is a torn line like another. */
static void
test_not_cut (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *before = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->card.mounted)
    return;

  before = prepare (self, append);
  arm (CALL_WRITE, 2, EIO);
  fault.cut_too = TRUE;
  g_assert_false (append (self, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IO);
  disarm ();
  g_assert_true (g_file_get_contents (self->journal, &found, NULL, NULL));
  g_assert_true (g_str_has_prefix (found, before));
  g_assert_cmpuint (strlen (found), >, strlen (before) + 1);

  g_clear_error (&error);
  append (self, &error);
  g_assert_no_error (error);
  read_journal (self, &error);
  g_assert_no_error (error);
}

/* The mark could be written by nobody: the card is protected, not broken. */
static void
test_protected (Fixture       *self,
                gconstpointer  unused)
{
  static const int numbers[] = { EROFS, EACCES, EPERM };

  if (!self->card.mounted)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *before = prepare (self, mark);
    g_autoptr (GError) error = NULL;

    arm (CALL_OPEN, 1, numbers[i]);
    g_assert_false (mark (self, &error));
    disarm ();
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_READ_ONLY);
  }
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_small_disk_enter ();
  g_test_init (&argc, &argv, NULL);

  ADD ("/card-faults/each-while-a-card-is-marked-is-told", test_mark);
  ADD ("/card-faults/each-while-a-card-is-looked-at-is-told", test_check);
  ADD ("/card-faults/each-while-a-journal-is-read-is-told", test_read);
  ADD ("/card-faults/each-while-a-journal-grows-leaves-all-or-nothing", test_append);
  ADD ("/card-faults/a-card-that-takes-a-few-bytes-at-a-time-gets-all", test_in_pieces);
  ADD ("/card-faults/what-cannot-be-cut-stays-a-torn-line", test_not_cut);
  ADD ("/card-faults/a-protected-card-is-told-apart", test_protected);

  return g_test_run ();
}
