/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shim-vfs.h"

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>

typedef struct
{
  sqlite3_file  base;
  const char   *name;   /* SQLite's; lives as long as the file */
  gboolean      young;  /* a journal whose first sync also syncs its directory */
  sqlite3_file *real;   /* behind this struct, in the same allocation */
} ShimFile;

/* The worker thread counts, the main thread reads between its calls. */
static GMutex lock;
static guint counts[DC_SHIM_N_OPERATIONS];
static guint64 bytes;
static guint faults;

static struct
{
  gboolean         armed;
  DcShimOperation  operation;
  const char      *suffix;
  guint            after;
  gboolean         persistent;
  int              code;
  int              number;       /* for errno */
} fault = { .number = EIO };

static struct
{
  gboolean armed;
  guint    after;
} death;

static struct
{
  DcShimWatch  watch;
  gpointer     data;
} watcher;

static guint32 random_state;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs shim_vfs;

/* What each operation says where it is one of any. */
static const int codes[DC_SHIM_N_OPERATIONS] = {
  [DC_SHIM_READ] = SQLITE_IOERR_READ,
  [DC_SHIM_WRITE] = SQLITE_IOERR_WRITE,
  [DC_SHIM_SYNC] = SQLITE_IOERR_FSYNC,
  [DC_SHIM_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
  [DC_SHIM_OPEN] = SQLITE_CANTOPEN,
  [DC_SHIM_DELETE] = SQLITE_IOERR_DELETE,
  [DC_SHIM_ACCESS] = SQLITE_IOERR_ACCESS,
  [DC_SHIM_FILE_SIZE] = SQLITE_IOERR_FSTAT,
  [DC_SHIM_LOCK] = SQLITE_IOERR_LOCK,
};

static gboolean
is_hit (const char      *name,
        DcShimOperation  operation)
{
  return fault.armed
         && (fault.operation == operation || fault.operation == DC_SHIM_ANY)
         && name != NULL && g_str_has_suffix (name, fault.suffix);
}

static int
note (const char      *name,
      DcShimOperation  operation)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  counts[operation]++;
  if (death.armed && death.after-- == 0)
    raise (SIGKILL);
  if (!is_hit (name, operation))
    return SQLITE_OK;
  if (fault.after > 0) {
    fault.after--;
    return SQLITE_OK;
  }

  fault.armed = fault.persistent;
  faults++;
  errno = fault.number;

  return fault.operation == DC_SHIM_ANY ? codes[operation] : fault.code;
}

static int
tell (DcShimEvent event,
      int         code)
{
  if (code == SQLITE_OK && watcher.watch != NULL && event.path != NULL)
    watcher.watch (&event, watcher.data);

  return code;
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((ShimFile *) file)->real;
}

static int
shim_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
shim_read (sqlite3_file  *file,
           void          *data,
           int            size,
           sqlite3_int64  offset)
{
  int code = note (((ShimFile *) file)->name, DC_SHIM_READ);

  if (code != SQLITE_OK)
    return code;

  return get_real (file)->pMethods->xRead (get_real (file), data, size, offset);
}

static int
shim_write (sqlite3_file  *file,
            const void    *data,
            int            size,
            sqlite3_int64  offset)
{
  int code = note (((ShimFile *) file)->name, DC_SHIM_WRITE);

  if (code != SQLITE_OK)
    return code;

  bytes += (guint64) size;
  code = get_real (file)->pMethods->xWrite (get_real (file), data, size, offset);

  return tell ((DcShimEvent) { DC_SHIM_WRITE, ((ShimFile *) file)->name, data,
                               (gsize) size, offset, FALSE }, code);
}

static int
shim_truncate (sqlite3_file  *file,
               sqlite3_int64  size)
{
  int code = note (((ShimFile *) file)->name, DC_SHIM_TRUNCATE);

  if (code != SQLITE_OK)
    return code;

  code = get_real (file)->pMethods->xTruncate (get_real (file), size);

  return tell ((DcShimEvent) { DC_SHIM_TRUNCATE, ((ShimFile *) file)->name, NULL,
                               0, size, FALSE }, code);
}

static int
shim_sync (sqlite3_file *file,
           int           flags)
{
  ShimFile *shim = (ShimFile *) file;
  int code = note (shim->name, DC_SHIM_SYNC);

  if (code != SQLITE_OK)
    return code;

  code = shim->real->pMethods->xSync (shim->real, flags);
  tell ((DcShimEvent) { DC_SHIM_SYNC, shim->name, NULL, 0, 0, shim->young }, code);
  shim->young = FALSE;

  return code;
}

static int
shim_file_size (sqlite3_file  *file,
                sqlite3_int64 *size)
{
  int code = note (((ShimFile *) file)->name, DC_SHIM_FILE_SIZE);

  if (code != SQLITE_OK)
    return code;

  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
shim_lock (sqlite3_file *file,
           int           level)
{
  int code = note (((ShimFile *) file)->name, DC_SHIM_LOCK);

  if (code != SQLITE_OK)
    return code;

  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
shim_unlock (sqlite3_file *file,
             int           level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
shim_check_reserved_lock (sqlite3_file *file,
                          int          *result)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), result);
}

static int
shim_file_control (sqlite3_file *file,
                   int           operation,
                   void         *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
shim_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
shim_device_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static const sqlite3_io_methods methods = {
  1, shim_close, shim_read, shim_write, shim_truncate, shim_sync, shim_file_size,
  shim_lock, shim_unlock, shim_check_reserved_lock, shim_file_control,
  shim_sector_size, shim_device_characteristics,
  NULL, NULL, NULL, NULL, NULL, NULL,
};

static int
shim_open (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  ShimFile *shim = (ShimFile *) file;
  int code = note (name, DC_SHIM_OPEN);

  shim->base.pMethods = NULL;
  if (code != SQLITE_OK)
    return code;

  shim->name = name;
  shim->young = (flags & SQLITE_OPEN_CREATE) != 0
                && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  shim->real = (sqlite3_file *) &shim[1];
  code = real_vfs->xOpen (real_vfs, name, shim->real, flags, out_flags);
  shim->base.pMethods = shim->real->pMethods != NULL ? &methods : NULL;

  return tell ((DcShimEvent) { DC_SHIM_OPEN, name, NULL, 0, 0, FALSE }, code);
}

static int
shim_delete (sqlite3_vfs *vfs,
             const char  *name,
             int          sync_directory)
{
  int code = note (name, DC_SHIM_DELETE);

  if (code != SQLITE_OK)
    return code;

  code = real_vfs->xDelete (real_vfs, name, sync_directory);

  return tell ((DcShimEvent) { DC_SHIM_DELETE, name, NULL, 0, 0, sync_directory != 0 }, code);
}

static int
shim_access (sqlite3_vfs *vfs,
             const char  *name,
             int          what,
             int         *result)
{
  int code = note (name, DC_SHIM_ACCESS);

  if (code != SQLITE_OK)
    return code;

  return real_vfs->xAccess (real_vfs, name, what, result);
}

/* https://en.wikipedia.org/wiki/Xorshift */
static int
shim_randomness (sqlite3_vfs *vfs,
                 int          size,
                 char        *data)
{
  if (random_state == 0)
    return real_vfs->xRandomness (real_vfs, size, data);

  for (int i = 0; i < size; i++) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    data[i] = (char) random_state;
  }

  return size;
}

void
dc_shim_vfs_install (void)
{
  if (real_vfs == NULL) {
    real_vfs = sqlite3_vfs_find (NULL);
    shim_vfs = *real_vfs;
    shim_vfs.zName = "daily-cup-shim";
    shim_vfs.szOsFile = (int) sizeof (ShimFile) + real_vfs->szOsFile;
    shim_vfs.xOpen = shim_open;
    shim_vfs.xDelete = shim_delete;
    shim_vfs.xAccess = shim_access;
    shim_vfs.xRandomness = shim_randomness;
  }

  g_assert_cmpint (sqlite3_vfs_register (&shim_vfs, TRUE), ==, SQLITE_OK);
}

void
dc_shim_vfs_step_aside (void)
{
  g_assert_cmpint (sqlite3_vfs_register (real_vfs, TRUE), ==, SQLITE_OK);
}

void
dc_shim_vfs_watch (DcShimWatch watch,
                   gpointer    data)
{
  watcher.watch = watch;
  watcher.data = data;
}

void
dc_shim_vfs_seed (guint32 seed)
{
  random_state = seed;
  sqlite3_randomness (0, NULL);   /* begins anew */
}

void
dc_shim_vfs_reset (void)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; i < DC_SHIM_N_OPERATIONS; i++)
    counts[i] = 0;
  bytes = 0;
  faults = 0;
  fault.armed = FALSE;
  fault.number = EIO;
}

void
dc_shim_vfs_set_errno (int number)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  fault.number = number;
}

guint
dc_shim_vfs_count (DcShimOperation operation)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return counts[operation];
}

guint64
dc_shim_vfs_bytes (void)
{
  return bytes;
}

void
dc_shim_vfs_fail (DcShimOperation  operation,
                  const char      *suffix,
                  guint            after,
                  gboolean         persistent,
                  int              code)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  fault.armed = TRUE;
  fault.operation = operation;
  fault.suffix = suffix;
  fault.after = after;
  fault.persistent = persistent;
  fault.code = code;
}

void
dc_shim_vfs_kill (guint after)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  death.armed = TRUE;
  death.after = after;
}

guint
dc_shim_vfs_faults (void)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return faults;
}
