/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destinations.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-destination-identity.h"
#include "dc-folder-files.h"
#include "dc-folder-walk.h"
#include "dc-shelf.h"

/**
 * DcFolderDestination:
 *
 * Bundle files in a folder: of a stick, a mounted share, or one that another
 * program carries to a cloud. Nothing is believed before the bytes have been
 * read back under their name; on a removable drive not before all of it was
 * synced. The folder itself is never made: where a stick was pulled out, its
 * mount point may stay, and would fill the tablet instead.
 */
#define DC_TYPE_FOLDER_DESTINATION (dc_folder_destination_get_type ())
G_DECLARE_FINAL_TYPE (DcFolderDestination, dc_folder_destination, DC, FOLDER_DESTINATION, GObject)

struct _DcFolderDestination
{
  GObject   parent_instance;

  char     *folder;
  gboolean  removable;
  gboolean  seen;
  dev_t     device;      /* where it was first seen */
};

static void dc_folder_destination_iface_init (DcDestinationInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DcFolderDestination, dc_folder_destination, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_DESTINATION,
                                                      dc_folder_destination_iface_init))

/* Where sticks are mounted, a folder that is of the same device as the one above
 * it is no stick: one that was pulled before it was first seen has left it. */
static gboolean
is_left_over (DcFolderDestination *self,
              int                  root,
              dev_t                device)
{
  struct stat above;

  return self->removable
         && (g_str_has_prefix (self->folder, "/media/") || g_str_has_prefix (self->folder, "/run/media/"))
         && fstatat (root, "..", &above, 0) == 0 && above.st_dev == device;
}

/* A stick that went away leaves a folder of the same name on another device. */
static gboolean
is_the_same (DcFolderDestination *self,
             int                  root)
{
  struct stat status;

  if (fstat (root, &status) != 0)
    return FALSE;
  if (!self->seen) {
    if (is_left_over (self, root, status.st_dev))
      return FALSE;
    self->seen = TRUE;
    self->device = status.st_dev;
  }

  return status.st_dev == self->device;
}

static int
open_root (DcFolderDestination  *self,
           DcTransfer           *transfer,
           GError              **error)
{
  int root;

  if (dc_folder_stopped (transfer, error))
    return -1;

  root = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (root < 0) {
    dc_folder_fail (error, errno, "be opened", self->folder);
    return -1;
  }
  if (is_the_same (self, root))
    return root;

  close (root);
  dc_folder_fail (error, ENODEV, "be opened", self->folder);

  return -1;
}

/* Opens @path, three folders below @root, making them. */
static int
open_shelf (int          root,
            const char  *path,
            GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int fd = fcntl (root, F_DUPFD_CLOEXEC, 0);

  for (guint i = 0; parts[i] != NULL && fd >= 0; i++) {
    int next = dc_folder_open (fd, parts[i], TRUE, error);

    close (fd);
    fd = next;
  }

  return fd;
}

static gboolean
sync_all (DcFolderDestination  *self,
          int                   folder,
          GError              **error)
{
  if (!self->removable || syncfs (folder) == 0)
    return TRUE;

  return dc_folder_fail (error, errno, "be synced", self->folder);
}

/* Whether exactly @content can be read under @name. An error is set where it
 * cannot be known. */
static gboolean
is_there (int          folder,
          const char  *name,
          GBytes      *content,
          GError     **error)
{
  g_autoptr (GBytes) found = NULL;

  return dc_folder_read (folder, name, g_bytes_get_size (content), &found, error) == DC_FOLDER_READ
         && g_bytes_equal (found, content);
}

typedef struct
{
  DcFolderDestination *self;
  int                  folder;
  DcTransfer          *transfer;
} Shelf;

/* A leftover of a truncated write had other bytes; these had their name after
 * they were synced; the name itself perhaps not. */
static DcShelfKeep
keep_as (const char  *name,
         GBytes      *content,
         gpointer     data,
         GError     **error)
{
  const Shelf *shelf = data;
  g_autoptr (GError) problem = NULL;
  gboolean was_there = is_there (shelf->folder, name, content, &problem);

  if (!was_there && problem == NULL) {
    DcFolderWrite written = dc_folder_write (shelf->folder, name, content, shelf->transfer,
                                             &problem);

    /* Perhaps by another who put the same at once. */
    was_there = written == DC_FOLDER_WRITE_TAKEN && is_there (shelf->folder, name, content, &problem);
    if (written == DC_FOLDER_WRITE_TAKEN && !was_there && problem == NULL)
      return DC_SHELF_TAKEN;
  }
  if (was_there && fsync (shelf->folder) != 0)
    dc_folder_fail (&problem, errno, "be kept", name);
  if (problem == NULL && sync_all (shelf->self, shelf->folder, &problem)
      && is_there (shelf->folder, name, content, &problem))
    return was_there ? DC_SHELF_WAS_THERE : DC_SHELF_KEPT;
  if (problem == NULL)
    g_set_error (&problem, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_GONE,
                 "%s: read back, it holds other bytes", name);
  g_propagate_error (error, g_steal_pointer (&problem));

  return DC_SHELF_FAILED;
}

/* Opens the shelf of @origin, keeps @item on it, closes it. */
static DcShelfKeep
keep (DcFolderDestination  *self,
      const DcOrigin       *origin,
      const DcShelfItem    *item,
      DcTransfer           *transfer,
      GError              **error)
{
  g_autofree char *path = dc_shelf_folder (origin);
  int root = open_root (self, transfer, error);
  Shelf shelf = { self, -1, transfer };
  DcShelfKeep kept;

  if (root < 0)
    return DC_SHELF_FAILED;
  shelf.folder = open_shelf (root, path, error);
  close (root);
  if (shelf.folder < 0)
    return DC_SHELF_FAILED;

  kept = dc_shelf_keep (item, keep_as, &shelf, error);
  close (shelf.folder);

  return kept;
}

static gboolean
dc_folder_destination_put (DcDestination   *destination,
                           const DcOrigin  *origin,
                           GBytes          *bundle,
                           DcTransfer      *transfer,
                           GPtrArray       *deliveries,
                           GError         **error)
{
  g_auto (DcShelfContent) content = { 0 };
  const DcShelfItem item = { .content = &content, .bytes = bundle };
  DcShelfKeep kept;

  if (!dc_shelf_content_read (&content, origin, bundle, error))
    return FALSE;
  kept = keep (DC_FOLDER_DESTINATION (destination), origin, &item, transfer, error);
  if (kept == DC_SHELF_FAILED)
    return FALSE;
  dc_shelf_content_deliver (&content, kept == DC_SHELF_WAS_THERE ? DC_VERDICT_SAME : DC_VERDICT_NEW,
                            deliveries);

  return TRUE;
}

static gboolean
dc_folder_destination_put_note (DcDestination   *destination,
                                DcNote           note,
                                const DcOrigin  *origin,
                                GBytes          *line,
                                DcTransfer      *transfer,
                                GError         **error)
{
  const DcShelfItem item = { .note = note, .bytes = line };

  return keep (DC_FOLDER_DESTINATION (destination), origin, &item, transfer, error)
         != DC_SHELF_FAILED;
}

/* An identity that cannot be read is none: the destination gets another, and
 * what is not receipted is offered again. */
static gboolean
read_identity (int                     root,
               DcDestinationIdentity  *identity,
               GError                **error)
{
  g_autoptr (GBytes) line = NULL;

  return dc_folder_read (root, DC_DESTINATION_IDENTITY_FILE, DC_DESTINATION_IDENTITY_MAX_BYTES,
                         &line, error) == DC_FOLDER_READ
         && dc_destination_identity_from_line (g_bytes_get_data (line, NULL),
                                               g_bytes_get_size (line), &identity->id,
                                               &identity->epoch, NULL);
}

/* TAKEN: by one that is made at the same time, or by something unreadable,
 * which is moved out of the way for the next round. */
static gboolean
make_identity (int          root,
               DcTransfer  *transfer,
               GError     **error)
{
  g_autoptr (GBytes) line = NULL;
  DcId ids[2];

  dc_crypto_random (ids, sizeof ids);
  line = dc_destination_identity_to_line (&ids[0], &ids[1]);

  switch (dc_folder_write (root, DC_DESTINATION_IDENTITY_FILE, line, transfer, error)) {
  case DC_FOLDER_WRITTEN:
    return TRUE;
  case DC_FOLDER_WRITE_TAKEN:
  {
    DcDestinationIdentity other;

    if (!read_identity (root, &other, NULL))
      renameat (root, DC_DESTINATION_IDENTITY_FILE, root,
                DC_DESTINATION_IDENTITY_FILE ".unreadable");
    return TRUE;
  }
  case DC_FOLDER_WRITE_FAILED:
  default:
    return FALSE;
  }
}

static gboolean
dc_folder_destination_probe (DcDestination          *destination,
                             DcTransfer             *transfer,
                             DcDestinationIdentity  *identity,
                             GError                **error)
{
  DcFolderDestination *self = DC_FOLDER_DESTINATION (destination);
  g_autoptr (GError) problem = NULL;
  gboolean known = FALSE;
  int root = open_root (self, transfer, error);

  if (root < 0)
    return FALSE;

  *identity = (DcDestinationIdentity) { 0 };
  for (guint round = 0; round < 3 && !known && problem == NULL; round++) {
    known = read_identity (root, identity, &problem);
    if (!known && problem == NULL)
      make_identity (root, transfer, &problem);
  }
  if (known && !dc_folder_may_write (root))
    dc_folder_fail (&problem, errno, "be written to", self->folder);
  close (root);

  if (!known && problem == NULL)
    g_set_error_literal (&problem, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                         DC_DESTINATION_IDENTITY_FILE ": cannot be read");
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static gboolean
walk (DcFolderDestination  *self,
      DcShelfFile           file,
      const DcOrigin       *origin,
      DcTransfer           *transfer,
      DcDestinationFound    found,
      gpointer              data,
      GError              **error)
{
  g_autofree char *only = origin != NULL ? dc_shelf_folder (origin) : NULL;
  int root = open_root (self, transfer, error);
  DcFolderWalk order = { file, only, transfer, found, data };
  gboolean walked;

  if (root < 0)
    return FALSE;
  walked = dc_folder_walk (root, &order, error);
  close (root);

  return walked;
}

static gboolean
dc_folder_destination_read_notes (DcDestination       *destination,
                                  DcNote               note,
                                  const DcOrigin      *origin,
                                  DcTransfer          *transfer,
                                  DcDestinationFound   found,
                                  gpointer             data,
                                  GError             **error)
{
  return walk (DC_FOLDER_DESTINATION (destination),
               note == DC_NOTE_RECEIPT ? DC_SHELF_RECEIPT : DC_SHELF_STATEMENT, origin, transfer,
               found, data, error);
}

static gboolean
dc_folder_destination_read_bundles (DcDestination       *destination,
                                    DcTransfer          *transfer,
                                    DcDestinationFound   found,
                                    gpointer             data,
                                    GError             **error)
{
  return walk (DC_FOLDER_DESTINATION (destination), DC_SHELF_BUNDLE, NULL, transfer, found, data,
               error);
}

static gboolean
dc_folder_destination_remove (DcDestination  *destination,
                              const char     *place,
                              DcTransfer     *transfer,
                              GError        **error)
{
  DcFolderDestination *self = DC_FOLDER_DESTINATION (destination);
  int root = open_root (self, transfer, error);
  gboolean removed;

  if (root < 0)
    return FALSE;
  removed = dc_folder_remove (root, place, error) && sync_all (self, root, error);
  close (root);

  return removed;
}

static void
dc_folder_destination_iface_init (DcDestinationInterface *iface)
{
  iface->probe = dc_folder_destination_probe;
  iface->put = dc_folder_destination_put;
  iface->put_note = dc_folder_destination_put_note;
  iface->read_notes = dc_folder_destination_read_notes;
  iface->read_bundles = dc_folder_destination_read_bundles;
  iface->remove = dc_folder_destination_remove;
}

static void
dc_folder_destination_finalize (GObject *object)
{
  g_clear_pointer (&DC_FOLDER_DESTINATION (object)->folder, g_free);

  G_OBJECT_CLASS (dc_folder_destination_parent_class)->finalize (object);
}

static void
dc_folder_destination_class_init (DcFolderDestinationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_folder_destination_finalize;
}

static void
dc_folder_destination_init (DcFolderDestination *self)
{
}

DcDestination *
dc_folder_destination_new (const char *folder,
                           gboolean    removable)
{
  DcFolderDestination *self = g_object_new (DC_TYPE_FOLDER_DESTINATION, NULL);

  self->folder = g_strdup (folder);
  self->removable = removable;

  return DC_DESTINATION (self);
}
