/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destinations.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-destination-identity.h"
#include "dc-shelf.h"
#include "dc-webdav-files.h"

/* What two that make an identity at once wait before they look which stayed:
 * no server's "only where there is none" holds between two requests. */
#define SETTLE_MICROSECONDS (300 * 1000)

/**
 * DcWebdavDestination:
 *
 * The files of a folder destination, on a server. Nothing is believed before
 * its bytes were fetched back. Owns its one connection.
 */
#define DC_TYPE_WEBDAV_DESTINATION (dc_webdav_destination_get_type ())
G_DECLARE_FINAL_TYPE (DcWebdavDestination, dc_webdav_destination, DC, WEBDAV_DESTINATION, GObject)

struct _DcWebdavDestination
{
  GObject       parent_instance;

  DcWebdavLine *line;      /* (owned) */
  DcWebdavWay   way;
  char         *made;      /* (owned) (nullable) the shelf whose folders were made last */
};

static void dc_webdav_destination_iface_init (DcDestinationInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DcWebdavDestination, dc_webdav_destination, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_DESTINATION,
                                                      dc_webdav_destination_iface_init))

/* DC_WEBDAV_PASSED where other bytes are there. */
static DcWebdavRead
compare (DcWebdavDestination  *self,
         const char           *path,
         GBytes               *content,
         DcTransfer           *transfer,
         GError              **error)
{
  g_autoptr (GBytes) found = NULL;
  DcWebdavRead read = dc_webdav_read (self->line, path, g_bytes_get_size (content), transfer, &found, error);

  return read == DC_WEBDAV_READ && !g_bytes_equal (found, content) ? DC_WEBDAV_PASSED : read;
}

typedef struct
{
  DcWebdavDestination *self;
  const char          *path;
  DcTransfer          *transfer;
} Shelf;

static DcShelfKeep
keep_as (const char  *name,
         GBytes      *content,
         gpointer     data,
         GError     **error)
{
  const Shelf *shelf = data;
  DcWebdavDestination *self = shelf->self;
  g_autofree char *path = g_strconcat (shelf->path, "/", name, NULL);
  DcWebdavRead read = compare (self, path, content, shelf->transfer, error);
  gboolean was_there = read == DC_WEBDAV_READ;
  DcWebdavWrite written = DC_WEBDAV_WRITE_TAKEN;

  if (read == DC_WEBDAV_ABSENT) {
    written = dc_webdav_write (self->line, path, content, &self->way, shelf->transfer, error);
    if (written == DC_WEBDAV_WRITE_FAILED)
      return DC_SHELF_FAILED;
    read = compare (self, path, content, shelf->transfer, error);
  }
  if (read == DC_WEBDAV_FAILED)
    return DC_SHELF_FAILED;
  if (read == DC_WEBDAV_READ)    /* taken by another who put the same at once: it was there */
    return was_there || written == DC_WEBDAV_WRITE_TAKEN ? DC_SHELF_WAS_THERE : DC_SHELF_KEPT;
  if (read == DC_WEBDAV_PASSED && written == DC_WEBDAV_WRITE_TAKEN)
    return DC_SHELF_TAKEN;

  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
               "%s: fetched back, it is not what was sent", path);

  return DC_SHELF_FAILED;
}

static gboolean
make_shelf (DcWebdavDestination  *self,
            const char           *shelf,
            DcTransfer           *transfer,
            GError              **error)
{
  if (g_strcmp0 (self->made, shelf) == 0)
    return TRUE;
  if (!dc_webdav_make_folders (self->line, shelf, transfer, error))
    return FALSE;
  g_clear_pointer (&self->made, g_free);
  self->made = g_strdup (shelf);

  return TRUE;
}

static DcShelfKeep
keep (DcWebdavDestination  *self,
      const DcOrigin       *origin,
      const DcShelfItem    *item,
      DcTransfer           *transfer,
      GError              **error)
{
  g_autofree char *path = dc_shelf_folder (origin);
  Shelf shelf = { self, path, transfer };
  DcShelfKeep kept;

  if (!make_shelf (self, path, transfer, error))
    return DC_SHELF_FAILED;
  kept = dc_shelf_keep (item, keep_as, &shelf, error);
  if (kept == DC_SHELF_FAILED)
    g_clear_pointer (&self->made, g_free);   /* the folder may have gone */

  return kept;
}

static gboolean
put (DcDestination   *destination,
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
  kept = keep (DC_WEBDAV_DESTINATION (destination), origin, &item, transfer, error);
  if (kept == DC_SHELF_FAILED)
    return FALSE;
  dc_shelf_content_deliver (&content, kept == DC_SHELF_WAS_THERE ? DC_VERDICT_SAME : DC_VERDICT_NEW,
                            deliveries);

  return TRUE;
}

static gboolean
put_note (DcDestination   *destination,
          DcNote           note,
          const DcOrigin  *origin,
          GBytes          *line,
          DcTransfer      *transfer,
          GError         **error)
{
  const DcShelfItem item = { .note = note, .bytes = line };

  return keep (DC_WEBDAV_DESTINATION (destination), origin, &item, transfer, error)
         != DC_SHELF_FAILED;
}

/* PASSED: what lies there is no identity. */
static DcWebdavRead
read_identity (DcWebdavDestination    *self,
               DcDestinationIdentity  *identity,
               DcTransfer             *transfer,
               GError                **error)
{
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) problem = NULL;
  DcWebdavRead read = dc_webdav_read (self->line, DC_DESTINATION_IDENTITY_FILE,
                                      DC_DESTINATION_IDENTITY_MAX_BYTES, transfer, &line, error);
  const char *why = "it is empty, or too long";

  if (read == DC_WEBDAV_ABSENT || read == DC_WEBDAV_FAILED
      || (read == DC_WEBDAV_READ && g_bytes_get_size (line) > 0
          && dc_destination_identity_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line),
                                                &identity->id, &identity->epoch, &problem)))
    return read;

  if (problem != NULL)
    why = problem->message;
  g_debug (DC_DESTINATION_IDENTITY_FILE ": %s", why);

  return DC_WEBDAV_PASSED;
}

static gboolean
make_identity (DcWebdavDestination    *self,
               DcDestinationIdentity  *identity,
               DcTransfer             *transfer,
               GError                **error)
{
  g_autoptr (GBytes) line = NULL;
  DcId ids[2];
  DcWebdavRead read;

  dc_crypto_random (ids, sizeof ids);
  line = dc_destination_identity_to_line (&ids[0], &ids[1]);
  if (dc_webdav_write (self->line, DC_DESTINATION_IDENTITY_FILE, line, &self->way, transfer, error)
      == DC_WEBDAV_WRITE_FAILED)
    return FALSE;
  g_usleep (SETTLE_MICROSECONDS);
  read = read_identity (self, identity, transfer, error);
  if (read == DC_WEBDAV_ABSENT || read == DC_WEBDAV_PASSED)
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                         DC_DESTINATION_IDENTITY_FILE ": it was written, and is not there");

  return read == DC_WEBDAV_READ;
}

/* As in a folder: an identity that cannot be read is none, the destination gets
 * another, and what is not receipted is offered again. Who may only create
 * cannot do so; somebody has to remove the file. */
static gboolean
set_aside (DcWebdavDestination  *self,
           DcTransfer           *transfer,
           GError              **error)
{
  g_autoptr (GError) problem = NULL;

  if (dc_webdav_set_aside (self->line, DC_DESTINATION_IDENTITY_FILE, transfer, &problem))
    return TRUE;
  if (g_error_matches (problem, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_READ_ONLY)) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                         DC_DESTINATION_IDENTITY_FILE ": it cannot be read, nor moved out of the way");
    return FALSE;
  }
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static gboolean
probe (DcDestination          *destination,
       DcTransfer             *transfer,
       DcDestinationIdentity  *identity,
       GError                **error)
{
  DcWebdavDestination *self = DC_WEBDAV_DESTINATION (destination);
  DcWebdavRead read;

  *identity = (DcDestinationIdentity) { 0 };
  read = read_identity (self, identity, transfer, error);
  if (read == DC_WEBDAV_PASSED) {
    if (!set_aside (self, transfer, error))
      return FALSE;
    read = DC_WEBDAV_ABSENT;
  }
  if (read == DC_WEBDAV_FAILED
      || (read == DC_WEBDAV_ABSENT && !make_identity (self, identity, transfer, error)))
    return FALSE;
  if (!dc_webdav_may_delete (self->line, transfer, &identity->may_remove, error))
    return FALSE;
  identity->utc_us = dc_webdav_line_get_time (self->line);

  return TRUE;
}

typedef struct
{
  DcWebdavDestination *self;
  DcShelfFile          file;
  DcTransfer          *transfer;
  DcDestinationFound   found;
  gpointer             data;
  gboolean             enough;
} Walk;

static gboolean
hand_on (Walk        *walk,
         const char  *place,
         GError     **error)
{
  g_autoptr (GBytes) content = NULL;
  DcWebdavRead read = dc_webdav_read (walk->self->line, place, dc_shelf_limit (walk->file), walk->transfer,
                                      &content, error);

  if (read == DC_WEBDAV_READ)
    walk->enough = !walk->found (place, content, walk->data);

  return read != DC_WEBDAV_FAILED;
}

static gboolean
walk_folder (Walk        *walk,
             const char  *path,
             guint        depth,
             GError     **error)
{
  g_autoptr (GPtrArray) names = dc_webdav_list (walk->self->line, path, walk->transfer, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len && !walk->enough; i++) {
    g_autofree char *name = g_strdup (names->pdata[i]);
    gboolean folder = g_str_has_suffix (name, "/");
    g_autofree char *inner = NULL;

    if (folder)
      name[strlen (name) - 1] = '\0';
    inner = *path != '\0' ? g_strconcat (path, "/", name, NULL) : g_strdup (name);

    if (folder && dc_shelf_is_way (name, depth) && !walk_folder (walk, inner, depth + 1, error))
      return FALSE;
    if (!folder && depth == DC_SHELF_DEPTH && dc_shelf_recognise (name) == walk->file && !hand_on (walk, inner, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
read_notes (DcDestination       *destination,
            DcNote               note,
            const DcOrigin      *origin,
            DcTransfer          *transfer,
            DcDestinationFound   found,
            gpointer             data,
            GError             **error)
{
  Walk walk = { .self = DC_WEBDAV_DESTINATION (destination), .transfer = transfer,
                .file = note == DC_NOTE_RECEIPT ? DC_SHELF_RECEIPT : DC_SHELF_STATEMENT,
                .found = found, .data = data };
  g_autofree char *shelf = origin != NULL ? dc_shelf_folder (origin) : g_strdup ("");

  return walk_folder (&walk, shelf, origin != NULL ? DC_SHELF_DEPTH : 0, error);
}

static gboolean
read_bundles (DcDestination       *destination,
              DcTransfer          *transfer,
              DcDestinationFound   found,
              gpointer             data,
              GError             **error)
{
  Walk walk = { .self = DC_WEBDAV_DESTINATION (destination), .transfer = transfer,
                .file = DC_SHELF_BUNDLE, .found = found, .data = data };

  return walk_folder (&walk, "", 0, error);
}

static gboolean
remove_place (DcDestination  *destination,
              const char     *place,
              DcTransfer     *transfer,
              GError        **error)
{
  const char *name = NULL;
  g_autofree char *shelf = dc_shelf_of_place (place, &name);

  if (shelf == NULL) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP, "%s: not a file of ours", place);
    return FALSE;
  }

  return dc_webdav_delete (DC_WEBDAV_DESTINATION (destination)->line, place, transfer, error);
}

static void
dc_webdav_destination_iface_init (DcDestinationInterface *iface)
{
  iface->probe = probe;
  iface->put = put;
  iface->put_note = put_note;
  iface->read_notes = read_notes;
  iface->read_bundles = read_bundles;
  iface->remove = remove_place;
}

static void
dc_webdav_destination_finalize (GObject *object)
{
  DcWebdavDestination *self = DC_WEBDAV_DESTINATION (object);

  g_clear_pointer (&self->line, dc_webdav_line_free);
  g_clear_pointer (&self->made, g_free);

  G_OBJECT_CLASS (dc_webdav_destination_parent_class)->finalize (object);
}

static void
dc_webdav_destination_class_init (DcWebdavDestinationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_webdav_destination_finalize;
}

static void
dc_webdav_destination_init (DcWebdavDestination *self)
{
}

DcDestination *
dc_webdav_destination_new (const DcDestinationSetup *setup,
                           const char               *authority,
                           const DcCredential       *credential)
{
  DcWebdavDestination *self = g_object_new (DC_TYPE_WEBDAV_DESTINATION, NULL);

  self->line = dc_webdav_line_new (setup, authority, credential);

  return DC_DESTINATION (self);
}
