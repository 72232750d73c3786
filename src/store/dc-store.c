/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the queue meets a bad disk.
 *
 * On disk:
 *
 *   STATE/lock                  held while open; never removed
 *   STATE/queue/queue.db        the database
 *   STATE/queue/queue.db-wal    its journal: holds most of a queue cut off
 *   STATE/queue/ballast         room to give up
 *   STATE/queue/queue-v1.db     a copy, while a queue of version 1 is migrated
 *   STATE/set-aside/TIME-N/     queue directories that could not be used
 *
 * Opening reads before it writes. Whose file it is, and of which version, is
 * asked through SQLite, since the answer may be in the journal, but over a
 * connection that has changed nothing yet and can leave all as it was. Not
 * ours, of a later version, or damaged: the whole directory is renamed, and a
 * new queue with a new identity begins. The stall never stops, and what was
 * set aside is counted, kept and can be copied out. A disk that fails to read
 * is no proof of damage: that is an error, and nothing is moved.
 *
 * Three things go wrong later:
 *
 * - The disk is full. A save then fails whole. What lets the queue drain
 *   (withdraw, a run, move, purge) gets the ballast's room and one more try;
 *   the ballast comes back when there is room for it.
 * - The disk fails (SQLITE_IOERR, above all at an fsync). The kernel may have
 *   dropped the very pages it could not write, so a second fsync proves
 *   nothing and the connection's memory cannot be trusted either. The
 *   connection is abandoned without a checkpoint, every call says CLOSED, and
 *   the next open reads what is truly there. The lock stays.
 * - The database turns out damaged. The same, and the next open sets it aside.
 *
 * A commit is one fsync of the journal. Checkpoints, which take two more,
 * come after the caller has its answer; only an erasure cuts the journal
 * first. SQLite keeps writing into the journal's old room after a checkpoint,
 * which costs a flush less than growing a file does.
 */

#define G_LOG_DOMAIN "dc-store"

#include "dc-store.h"

#include "dc-ballast.h"
#include "dc-directory.h"
#include "dc-journal.h"
#include "dc-queue-lock.h"
#include "dc-schema.h"
#include "dc-set-aside.h"
#include "dc-store-error.h"
#include "dc-totals.h"
#include "dc-upgrade.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* About seventy pledges. A checkpoint and the journal's new beginning take
 * three syncs, so this is what keeps a save near one. */
#define WAL_BYTES_MAX (512 * 1024)

/* Larger than any record with its pages. */
#define PROBE_BYTES (64 * 1024)

struct _DcStore
{
  char        *asked_directory;    /* as the caller spelt it */
  gsize        ballast_size;

  char        *directory;          /* (nullable) without symbolic links */
  char        *ballast;
  DcQueueLock *lock;               /* (nullable) */
  DcDatabase  *database;           /* (nullable) while closed */
  DcId         queue;
  gboolean     journal_to_erase;
  gboolean     journal_left;       /* by a cut; worth cutting, not worth the ballast */
  gboolean     in_doubt;           /* the last write failed */
};

DcStore *
dc_store_new (const char *state_directory,
              gsize       ballast_size)
{
  DcStore *self = g_new0 (DcStore, 1);

  self->asked_directory = g_strdup (state_directory);
  self->ballast_size = ballast_size;

  return self;
}

void
dc_store_free (DcStore *self)
{
  g_autoptr (GError) error = NULL;

  if (!dc_store_close (self, &error))
    g_message ("The queue was closed with its journal: %s", error->message);

  g_clear_pointer (&self->asked_directory, g_free);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->ballast, g_free);
  g_free (self);
}

DcDatabase *
dc_store_get_database (DcStore *self)
{
  return self->database;
}

const DcId *
dc_store_get_queue (DcStore *self)
{
  return &self->queue;
}

const char *
dc_store_get_directory (DcStore *self)
{
  return self->directory;
}

void
dc_store_erase_journal (DcStore *self)
{
  self->journal_to_erase = TRUE;
}

/* SQLite is told to follow no symbolic link, anywhere in the path; the ones
 * that lead to the state directory are the administrator's. */
static gboolean
resolve (DcStore  *self,
         GError  **error)
{
  char *real;

  if (self->directory != NULL)
    return TRUE;
  if (!g_file_test (self->asked_directory, G_FILE_TEST_IS_DIR)
      && !dc_directory_make (self->asked_directory, error))
    return FALSE;

  real = realpath (self->asked_directory, NULL);
  if (real == NULL) {
    dc_store_error_set_errno (error, errno, "find", self->asked_directory);
    return FALSE;
  }

  self->directory = g_strdup (real);
  self->ballast = g_build_filename (real, "queue", "ballast", NULL);
  free (real);

  return TRUE;
}

static gboolean
acquire_lock (DcStore  *self,
              GError  **error)
{
  g_autofree char *path = g_build_filename (self->directory, "lock", NULL);

  if (self->lock == NULL)
    self->lock = dc_queue_lock_new (path, error);

  return self->lock != NULL;
}

/* 0 where there is none. A disk that will not say is no proof of damage. */
static gboolean
get_size (const char  *path,
          gint64      *size,
          GError     **error)
{
  struct stat status;

  *size = 0;
  if (stat (path, &status) == 0) {
    *size = status.st_size;
    return TRUE;
  }
  if (errno == ENOENT)
    return TRUE;

  dc_store_error_set_errno (error, errno, "measure", path);

  return FALSE;
}

/* SQLite takes an empty file, or one of a single byte (os_unix.c, for some
 * file systems' sake), for a new database and deletes the journal beside it. A
 * journal that has lost its database is a damaged queue. (A rollback journal,
 * "-journal", is only there while a queue is being made.)
 *
 * @left: a journal with bytes, as after a cut. Cutting a journal to nothing is
 * not synced, and a power cut can undo it: erased records may be in it again. */
static gboolean
check_journal (const char  *path,
               gboolean    *left,
               GError     **error)
{
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  gint64 size;
  gint64 journal_size;

  if (!get_size (path, &size, error) || !get_size (journal, &journal_size, error))
    return FALSE;

  *left = journal_size > 0;
  if (size > 1 || !*left)
    return dc_journal_check (journal, error);

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED, "%s has no database", journal);

  return FALSE;
}

/* SQLite would make it 0644; its journal takes over the mode of the file. */
static gboolean
make_file (const char  *path,
           GError     **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean made = fd >= 0 && fchmod (fd, 0600) == 0;

  if (!made)
    dc_store_error_set_errno (error, errno, "open", path);
  if (fd >= 0)
    close (fd);

  return made;
}

static gboolean
open_database (DcStore  *self,
               GError  **error)
{
  g_autofree char *folder = g_build_filename (self->directory, "queue", NULL);
  g_autofree char *path = g_build_filename (folder, "queue.db", NULL);
  g_autoptr (DcDatabase) database = NULL;

  if (!dc_directory_make (folder, error)
      || !check_journal (path, &self->journal_left, error)
      || !make_file (path, error)
      || !dc_schema_peek (path, error))
    return FALSE;

  database = dc_database_open (path, error);
  if (database == NULL
      || !dc_schema_check (database, error)
      || !dc_database_check (database, error)
      || !dc_database_make_durable (database, error)
      || !dc_upgrade_prepare (database, folder, &self->queue, error)
      || !dc_totals_begin (database, error)
      || !dc_directory_sync (folder, error))
    return FALSE;

  self->database = g_steal_pointer (&database);
  self->journal_to_erase = FALSE;
  self->in_doubt = FALSE;

  return TRUE;
}

static gboolean
is_full (const GError *error)
{
  return g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
}

/* A queue of an earlier version needs room to be copied, and a full disk must
 * not keep it from being handed over. */
static gboolean
open_with_room (DcStore  *self,
                GError  **error)
{
  g_autoptr (GError) problem = NULL;

  if (open_database (self, &problem))
    return TRUE;
  if (is_full (problem) && dc_ballast_release (self->ballast))
    return open_database (self, error);

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

gboolean
dc_store_open (DcStore  *self,
               char    **set_aside,
               GError  **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *aside = NULL;

  *set_aside = NULL;
  if (self->database != NULL)
    return TRUE;
  if (!resolve (self, error) || !acquire_lock (self, error))
    return FALSE;

  if (!open_with_room (self, &problem)) {
    if (!g_error_matches (problem, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

    g_message ("The queue is set aside: %s", problem->message);
    dc_ballast_release (self->ballast);
    aside = dc_set_aside (self->directory, "queue", error);
    if (aside == NULL || !open_database (self, error))
      return FALSE;
  }

  dc_ballast_restore (self->ballast, self->ballast_size);
  *set_aside = g_steal_pointer (&aside);

  return TRUE;
}

gboolean
dc_store_close (DcStore  *self,
                GError  **error)
{
  gboolean closed = TRUE;

  if (self->database != NULL)
    closed = dc_database_close (g_steal_pointer (&self->database), error);
  g_clear_pointer (&self->lock, dc_queue_lock_free);

  return closed;
}

static void
give_up_after (DcStore      *self,
               const GError *problem)
{
  if (!g_error_matches (problem, DC_STORE_ERROR, DC_STORE_ERROR_IO)
      && !g_error_matches (problem, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED))
    return;

  g_message ("The queue closed itself: %s", problem->message);
  g_clear_pointer (&self->database, dc_database_abandon);
}

static gboolean
check_open (DcStore  *self,
            GError  **error)
{
  if (self->database != NULL)
    return TRUE;

  g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED,
                       "the queue is not open");

  return FALSE;
}

/* A journal that cannot be cut now does not undo the erasure: the record is
 * gone from the database, and the next chance comes with the next call. */
static void
erase_journal (DcStore *self)
{
  g_autoptr (GError) error = NULL;

  if (self->database == NULL || !(self->journal_to_erase || self->journal_left))
    return;

  if (!dc_database_checkpoint (self->database, TRUE, &error)
      && self->journal_to_erase
      && g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL)
      && dc_ballast_release (self->ballast)) {
    g_clear_error (&error);
    dc_database_checkpoint (self->database, TRUE, &error);
  }

  if (error == NULL)
    self->journal_to_erase = self->journal_left = FALSE;
  else
    give_up_after (self, error);
}

gboolean
dc_store_run (DcStore      *self,
              DcStoreWork   work,
              gpointer      data,
              gboolean      drains,
              GError      **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean done;

  if (!check_open (self, error))
    return FALSE;

  done = work (self, data, &problem);
  if (!done && drains && is_full (problem) && dc_ballast_release (self->ballast)) {
    g_clear_error (&problem);
    done = work (self, data, &problem);
  }

  if (done) {
    erase_journal (self);
    return TRUE;
  }

  self->in_doubt |= is_full (problem);
  give_up_after (self, problem);
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

void
dc_store_rest (DcStore *self)
{
  g_autoptr (GError) error = NULL;

  erase_journal (self);

  if (self->database == NULL
      || dc_database_get_wal_bytes (self->database) < WAL_BYTES_MAX)
    return;

  if (!dc_database_checkpoint (self->database, FALSE, &error)) {
    self->in_doubt = TRUE;
    give_up_after (self, error);
  }
}

static gboolean
write_probe (DcStore   *self,
             gpointer   unused,
             GError   **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (self->database, error);

  return transaction != NULL
         && dc_database_execute (self->database,
                                 "INSERT INTO probe VALUES (1, randomblob ("
                                 G_STRINGIFY (PROBE_BYTES) ")) "
                                 "ON CONFLICT DO UPDATE SET filler = excluded.filler",
                                 error)
         && dc_transaction_commit (transaction, error);
}

/* What the probe wrote is in the journal and stays there until the journal
 * begins anew: the pledge needs room of its own. */
static gboolean
has_room_after_probe (DcStore  *self,
                      GError  **error)
{
  guint64 free_bytes;

  if (!dc_directory_free_bytes (self->directory, &free_bytes, error))
    return FALSE;
  if (free_bytes >= PROBE_BYTES)
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL,
               "%" G_GUINT64_FORMAT " bytes are left for the next pledge", free_bytes);

  return FALSE;
}

gboolean
dc_store_probe (DcStore  *self,
                GError  **error)
{
  guint64 free_bytes;

  if (!check_open (self, error)
      || !dc_directory_free_bytes (self->directory, &free_bytes, error))
    return FALSE;

  if (free_bytes < self->ballast_size + DC_BALLAST_ROOM)
    self->in_doubt = TRUE;

  if (self->in_doubt) {
    if (!dc_store_run (self, write_probe, NULL, FALSE, error)
        || !has_room_after_probe (self, error))
      return FALSE;
    self->in_doubt = FALSE;
  }

  dc_ballast_restore (self->ballast, self->ballast_size);

  return TRUE;
}
