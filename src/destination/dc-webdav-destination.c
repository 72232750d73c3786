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

/* TRUE: it is there, or (@taken) other bytes are. */
static gboolean
keep_as (DcWebdavDestination  *self,
         const char           *path,
         GBytes               *content,
         gboolean             *was_there,
         gboolean             *taken,
         DcTransfer           *transfer,
         GError              **error)
{
  DcWebdavRead read = compare (self, path, content, transfer, error);
  DcWebdavWrite written = DC_WEBDAV_WRITE_TAKEN;

  *was_there = read == DC_WEBDAV_READ;
  if (read == DC_WEBDAV_ABSENT) {
    written = dc_webdav_write (self->line, path, content, &self->way, transfer, error);
    if (written == DC_WEBDAV_WRITE_FAILED)
      return FALSE;
    read = compare (self, path, content, transfer, error);
  }
  *taken = read == DC_WEBDAV_PASSED;
  if (read == DC_WEBDAV_FAILED)
    return FALSE;
  if (read == DC_WEBDAV_READ || (*taken && written == DC_WEBDAV_WRITE_TAKEN))
    return TRUE;

  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
               "%s: fetched back, it is not what was sent", path);

  return FALSE;
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

/* The name of an attempt; (transfer full). */
typedef char *(*NameOf) (gpointer data,
                         guint    attempt);

static gboolean
keep (DcWebdavDestination  *self,
      const DcOrigin       *origin,
      NameOf                name_of,
      gpointer              data,
      GBytes               *content,
      gboolean             *was_there,
      DcTransfer           *transfer,
      GError              **error)
{
  g_autofree char *shelf = dc_shelf_folder (origin);

  if (!make_shelf (self, shelf, transfer, error))
    return FALSE;
  for (guint attempt = 1; attempt <= DC_SHELF_MAX_ATTEMPT; attempt++) {
    g_autofree char *name = name_of (data, attempt);
    g_autofree char *path = g_strconcat (shelf, "/", name, NULL);
    gboolean taken = FALSE;

    if (!keep_as (self, path, content, was_there, &taken, transfer, error)) {
      g_clear_pointer (&self->made, g_free);   /* the folder may have gone */
      return FALSE;
    }
    if (!taken)
      return TRUE;
  }
  g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                       "every name of it is taken by other bytes");

  return FALSE;
}

typedef struct
{
  const DcShelfContent *content;
  GBytes               *bytes;
  DcNote                note;
} Naming;

static char *
name_bundle (gpointer data,
             guint    attempt)
{
  const Naming *naming = data;

  return dc_shelf_bundle_name (naming->content->first, naming->content->last, naming->bytes, attempt);
}

static char *
name_note (gpointer data,
           guint    attempt)
{
  const Naming *naming = data;

  return dc_shelf_note_name (naming->note, naming->bytes, attempt);
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
  Naming naming = { .content = &content, .bytes = bundle };
  gboolean was_there = FALSE;

  if (!dc_shelf_content_read (&content, origin, bundle, error)
      || !keep (DC_WEBDAV_DESTINATION (destination), origin, name_bundle, &naming, bundle, &was_there,
                transfer, error))
    return FALSE;
  dc_shelf_content_deliver (&content, was_there ? DC_VERDICT_SAME : DC_VERDICT_NEW, deliveries);

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
  Naming naming = { .bytes = line, .note = note };
  gboolean was_there = FALSE;

  return keep (DC_WEBDAV_DESTINATION (destination), origin, name_note, &naming, line, &was_there, transfer,
               error);
}

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

  if (read == DC_WEBDAV_ABSENT || read == DC_WEBDAV_FAILED
      || (read == DC_WEBDAV_READ
          && dc_destination_identity_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line),
                                                &identity->id, &identity->epoch, &problem)))
    return read;

  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE, DC_DESTINATION_IDENTITY_FILE ": %s",
               problem != NULL ? problem->message : "it is too long");

  return DC_WEBDAV_FAILED;
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
  if (read == DC_WEBDAV_ABSENT)
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                         DC_DESTINATION_IDENTITY_FILE ": it was written, and is not there");

  return read == DC_WEBDAV_READ;
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
  if (read == DC_WEBDAV_FAILED
      || (read == DC_WEBDAV_ABSENT && !make_identity (self, identity, transfer, error)))
    return FALSE;

  return dc_webdav_may_delete (self->line, transfer, &identity->may_remove, error);
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

/* At which depth a name is looked into: campaign, tablet, queue. */
static gboolean
is_way_down (guint       depth,
             const char *name)
{
  switch (depth) {
  case 0:
    return dc_shelf_is_campaign (name);
  case 1:
    return dc_shelf_is_hex (name, 64);
  default:
    return dc_shelf_is_hex (name, 32);
  }
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
    const char *name = names->pdata[i];
    g_autofree char *inner = *path != '\0' ? g_strconcat (path, "/", name, NULL) : g_strdup (name);

    if (depth < 3 && is_way_down (depth, name) && !walk_folder (walk, inner, depth + 1, error))
      return FALSE;
    if (depth == 3 && dc_shelf_recognise (name) == walk->file && !hand_on (walk, inner, error))
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

  return walk_folder (&walk, shelf, origin != NULL ? 3 : 0, error);
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
  const char *slash = strrchr (place, '/');
  g_autofree char *shelf = slash != NULL ? g_strndup (place, (gsize) (slash - place)) : NULL;

  if (shelf == NULL || !dc_shelf_parse (shelf, NULL) || dc_shelf_recognise (slash + 1) == DC_SHELF_OTHER) {
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
