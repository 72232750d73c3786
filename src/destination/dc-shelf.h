/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"

G_BEGIN_DECLS

/* The names of what lies at a destination of files, a folder or a WebDAV
 * server; record/EXCHANGE.md is the definition. Nothing here touches a file. */

#define DC_SHELF_MAX_ATTEMPT 9      /* names that one content may have */

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
gboolean     dc_shelf_is_campaign (const char      *name);
/* 64 and 32 digits. */
gboolean     dc_shelf_is_hex      (const char      *name,
                                   gsize            n_digits);

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

G_END_DECLS
