/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tidying.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "dc-collecting.h"
#include "dc-input.h"

/* Deleting, in steps of which each is on the disk before the next:
 *
 *   1. what is to go is written into the ledger as begun;
 *   2. each file is looked at once more, deleted, and marked;
 *   3. the ledger's own bytes end, with their mark, in one transaction;
 *   4. where nothing is left begun, the run is finished.
 *
 * A run that was cut off left some begun. The next one of the campaign finds
 * each either there still, and deletes it like any other, or not there. */

/* A database goes by this name first, which no reader takes for one: without
 * its journals it would be read as what it was long ago. */
#define LEAVING "deleted-"

static gboolean
fail_path (GError     **error,
           const char  *path)
{
  int number = errno;
  g_autofree char *name = dc_input_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", name, g_strerror (number));

  return FALSE;
}

static gboolean
remove_path (const char  *path,
             GError     **error)
{
  return g_unlink (path) == 0 || errno == ENOENT || fail_path (error, path);
}

static gboolean
sync_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;

  if (!good)
    fail_path (error, folder);
  if (fd >= 0)
    close (fd);

  return good;
}

/* What belongs to a database: its journals, what it gives up on a full disk,
 * and copies from before it was brought to a later version, with theirs. */
static gboolean
is_beside (const char *name,
           const char *database)
{
  static const char * const suffixes[] = { "-wal", "-shm", "-journal" };
  gboolean queue = g_str_equal (database, "queue.db");

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *beside = g_strconcat (database, suffixes[i], NULL);

    if (g_str_equal (name, beside))
      return TRUE;
  }

  return queue && (g_str_equal (name, "ballast") || (g_str_has_prefix (name, "queue-v")
                                                     && strstr (name, ".db") != NULL));
}

static char *
leaving_name (const char *database)
{
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *base = g_path_get_basename (database);
  g_autofree char *name = g_strconcat (LEAVING, base, NULL);

  return g_build_filename (folder, name, NULL);
}

/* After it has taken its other name: all of it. */
static gboolean
remove_leaving (const char  *database,
                GError     **error)
{
  g_autofree char *leaving = leaving_name (database);
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *base = g_path_get_basename (database);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (is_beside (name, base) && !remove_path (path, error))
      return FALSE;
  }

  return remove_path (leaving, error) && sync_folder (leaving, error);
}

static gboolean
remove_database (const char  *path,
                 GError     **error)
{
  g_autofree char *leaving = leaving_name (path);

  return (g_rename (path, leaving) == 0 || fail_path (error, path))
         && sync_folder (path, error) && remove_leaving (path, error);
}

/* A card or a stick may have been written to while somebody read the list. */
static gboolean
is_as_before (DcTidying   *self,
              DcTidyFile  *file,
              GError     **error)
{
  guint n = self->files->len;
  g_autofree char *name = dc_input_name (file->path);
  const DcTidyFile *now;
  gboolean same;

  if (file->kind == DC_SOURCE_PLACE)
    return TRUE;
  self->current = file->source;
  dc_source_add_path (&self->source, file->path);
  now = self->files->len == n + 1 ? self->files->pdata[n] : NULL;
  same = now != NULL && now->reason == DC_TIDY_GOES && now->old.n_records == file->old.n_records;
  g_ptr_array_set_size (self->files, (int) n);
  if (!same)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", name, _("it is no longer as it was listed"));

  return same;
}

static gboolean
remove_file (DcTidying   *self,
             DcTidyFile  *file,
             GError     **error)
{
  DcTransfer transfer = { 0 };

  if (!is_as_before (self, file, error))
    return FALSE;
  if (file->kind == DC_SOURCE_PLACE)
    return dc_destination_remove (file->source->destination, file->path, &transfer, error);
  if (file->kind == DC_SOURCE_DATABASE)
    return remove_database (file->path, error);

  return remove_path (file->path, error) && sync_folder (file->path, error);
}

/* As "collect" calls it. */
static char *
ledger_place (const DcTidyFile *file)
{
  g_autofree char *name = dc_input_name (file->path);

  return dc_collecting_place (file->source->destination != NULL ? file->source->name : NULL, name);
}

/* FALSE: the ledger failed. */
static gboolean
settle_file (DcTidying   *self,
             DcTidyFile  *file,
             gboolean     deleted,
             GError     **error)
{
  g_autofree char *place = ledger_place (file);

  if (!deleted) {
    file->reason = DC_TIDY_FAILED;
    return dc_ledger_drop_tidied (self->ledger, self->run.number, file->source->name, file->path, error);
  }
  self->n_deleted++;

  return dc_ledger_begin (self->ledger, error)
         && dc_ledger_mark_tidied (self->ledger, self->run.number, file->source->name, file->path,
                                   DC_TIDIED_DELETED, error)
         && dc_ledger_forget_place (self->ledger, place, error)
         && dc_ledger_commit (self->ledger, error);
}

/* Where nothing there can be deleted, the others are not tried one by one. */
static gboolean
gives_up (const GError *problem)
{
  return problem->domain == DC_DELIVERY_ERROR && problem->code != DC_DELIVERY_ERROR_REJECTED;
}

static gboolean
delete_of (DcTidying     *self,
           DcOffice      *office,
           DcTidySource  *source,
           GError       **error)
{
  gboolean given_up = FALSE;
  guint done = 0;

  for (guint i = 0; i < self->files->len; i++) {
    DcTidyFile *file = self->files->pdata[i];
    g_autoptr (GError) problem = NULL;
    gboolean deleted;

    if (file->source != source || file->reason != DC_TIDY_GOES)
      continue;
    deleted = !given_up && remove_file (self, file, &problem);
    if (problem != NULL) {
      g_autofree char *name = dc_input_name (source->name);

      g_printerr ("%s: %s\n", name, problem->message);
      given_up = gives_up (problem);
    }
    if (!settle_file (self, file, deleted, error))
      return FALSE;
    dc_office_progress (office, _("Deleting"), ++done, source->n_files);
  }

  return TRUE;
}

static gboolean
write_down (DcTidying  *self,
            GError    **error)
{
  if (self->run.number == 0
      && !dc_ledger_add_tidying (self->ledger, self->campaign, self->today, self->rule, &self->run, error))
    return FALSE;
  for (guint i = 0; i < self->files->len; i++) {
    const DcTidyFile *file = self->files->pdata[i];

    if (file->reason == DC_TIDY_GOES
        && !dc_ledger_add_tidied (self->ledger, self->run.number, file->source->name, file->path, &file->old,
                                  DC_TIDIED_BEGUN, error))
      return FALSE;
  }

  return TRUE;
}

/* 1 where it is known not to be there, 0, or -1 on an error. */
static int
is_missing (const DcTidySource    *source,
            const DcLedgerTidied  *tidied,
            GError               **error)
{
  g_autofree char *leaving = leaving_name (tidied->thing);
  GStatBuf info;

  if (!source->whole)
    return 0;
  if (source->seen != NULL)
    return !g_hash_table_contains (source->seen, tidied->thing);
  if (g_lstat (leaving, &info) == 0 && g_lstat (tidied->thing, &info) != 0
      && !remove_leaving (tidied->thing, error))
    return -1;

  return g_lstat (tidied->thing, &info) != 0 && errno == ENOENT;
}

/* What the run that was cut off had begun, and is not there any more. */
static gboolean
go_through_begun (DcTidying  *self,
                  GError    **error)
{
  g_autoptr (GPtrArray) list = dc_ledger_list_tidied (self->ledger, self->run.number, error);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const DcLedgerTidied *tidied = list->pdata[i];

    for (guint j = 0; j < self->sources->len && g_str_equal (tidied->state, DC_TIDIED_BEGUN); j++) {
      const DcTidySource *source = self->sources->pdata[j];
      int missing = g_str_equal (source->name, tidied->place) ? is_missing (source, tidied, error) : 0;

      if (missing < 0
          || (missing > 0 && !dc_ledger_mark_tidied (self->ledger, self->run.number, tidied->place, tidied->thing,
                                                     DC_TIDIED_MISSING, error)))
        return FALSE;
    }
  }

  return list != NULL;
}

static gboolean
erase (DcTidying  *self,
       GError    **error)
{
  const DcLedgerOld *old = &self->old[DC_STANDING_MAY_GO];

  if (old->n_records == 0)
    return TRUE;
  if (!dc_ledger_begin (self->ledger, error)
      || !dc_ledger_erase_old (self->ledger, self->campaign, self->ledger_until, self->unexported, error)
      || !dc_ledger_add_tidied (self->ledger, self->run.number, DC_LEDGER_FILE, self->today, old, DC_TIDIED_DELETED,
                                error)
      || !dc_ledger_add_deletion (self->ledger, self->today, "records", (guint) old->n_records, DC_LEDGER_GONE_OLD,
                                  error)
      || !dc_ledger_commit (self->ledger, error))
    return FALSE;
  self->n_erased = old->n_records;

  return TRUE;
}

gboolean
dc_tidying_run (DcTidying  *self,
                DcOffice   *office,
                GError    **error)
{
  if (self->run.number != 0 && !go_through_begun (self, error))
    return FALSE;
  if (!dc_ledger_begin (self->ledger, error) || !write_down (self, error) || !dc_ledger_commit (self->ledger, error))
    return FALSE;
  for (guint i = 0; i < self->sources->len; i++)
    if (!delete_of (self, office, self->sources->pdata[i], error))
      return FALSE;

  /* The last also where all was erased before: the program may have been cut off here. */
  return erase (self, error) && dc_ledger_shrink (self->ledger, error)
         && dc_ledger_finish_tidying (self->ledger, self->run.number, self->today, error);
}
