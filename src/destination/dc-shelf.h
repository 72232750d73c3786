/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"

G_BEGIN_DECLS

/* The names of what lies at a destination of files, a folder or a WebDAV
 * server; record/EXCHANGE.md is the definition. Nothing here touches a file. */

#define DC_SHELF_MAX_ATTEMPT 9      /* names that one content may have */
#define DC_SHELF_DEPTH       3      /* CAMPAIGN/TABLET/QUEUE */

typedef enum
{
  DC_SHELF_OTHER,        /* not ours, or not finished: passed over */
  DC_SHELF_BUNDLE,
  DC_SHELF_STATEMENT,
  DC_SHELF_RECEIPT,
} DcShelfFile;

/* "CAMPAIGN/TABLET/QUEUE"; (transfer full) */
char        *dc_shelf_folder      (const DcOrigin  *origin);
/* The name of a file by its content: the same bytes have the same name. With
 * @attempt 2 to DC_SHELF_MAX_ATTEMPT another, for where the first is taken by
 * other bytes. (transfer full) each. */
char        *dc_shelf_bundle_name (gint64           first,
                                   gint64           last,
                                   GBytes          *bundle,
                                   guint            attempt);
char        *dc_shelf_note_name   (DcNote           note,
                                   GBytes          *line,
                                   guint            attempt);
/* What a file of this name is. */
DcShelfFile  dc_shelf_recognise   (const char      *name);
/* The largest content that a reader takes. */
gsize        dc_shelf_limit       (DcShelfFile      file);
/* Whether @path reads CAMPAIGN/TABLET/QUEUE, and whose that is. @origin may be
 * NULL. */
gboolean     dc_shelf_parse       (const char      *path,
                                   DcOrigin        *origin);
/* Whether a folder of this name, @depth below the top, is on the way to a shelf. */
gboolean     dc_shelf_is_way      (const char      *name,
                                   guint            depth);
/* The shelf of a file of ours, CAMPAIGN/TABLET/QUEUE/NAME; @name is in @place.
 * NULL where it is none. (transfer full) */
char        *dc_shelf_of_place    (const char      *place,
                                   const char     **name);

/**
 * DcShelfContent:
 *
 * What is in a bundle that is to be handed over. A plain value.
 */
typedef struct
{
  GArray *ids;       /* (owned) of DcId */
  gint64  first;
  gint64  last;
} DcShelfContent;

/* DC_DELIVERY_ERROR_REJECTED where @bundle is not whole, or not of @origin. */
gboolean dc_shelf_content_read    (DcShelfContent  *self,
                                   const DcOrigin  *origin,
                                   GBytes          *bundle,
                                   GError         **error);
/* One verdict for all of them. */
void     dc_shelf_content_deliver (DcShelfContent  *self,
                                   DcVerdict        verdict,
                                   GPtrArray       *deliveries);
void     dc_shelf_content_clear   (DcShelfContent  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcShelfContent, dc_shelf_content_clear)

/* One file that is to lie on a shelf. Points to what stays the caller's. */
typedef struct
{
  const DcShelfContent *content;   /* (nullable) of a bundle; NULL: a note */
  DcNote                note;
  GBytes               *bytes;
} DcShelfItem;

typedef enum
{
  DC_SHELF_FAILED,
  DC_SHELF_TAKEN,        /* other bytes have this name */
  DC_SHELF_KEPT,         /* proven to be there, and was not before */
  DC_SHELF_WAS_THERE,    /* proven to be there */
} DcShelfKeep;

/* Puts @bytes under @name, and nowhere else, never over other bytes. */
typedef DcShelfKeep (*DcShelfKeepAs) (const char  *name,
                                      GBytes      *bytes,
                                      gpointer     data,
                                      GError     **error);

/* Under the first of its names that other bytes do not have; never TAKEN, but
 * DC_DELIVERY_ERROR_UNREADABLE where all of them are. */
DcShelfKeep dc_shelf_keep (const DcShelfItem  *item,
                           DcShelfKeepAs       keep_as,
                           gpointer            data,
                           GError            **error);

G_END_DECLS
