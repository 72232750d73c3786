/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-record.h"

G_BEGIN_DECLS

/* Files of records: bundles and journals, as FORMAT.md has them. */

#define DC_BUNDLE_MAX_BYTES (256 * 1024)
/* The longest file that is read. A journal may be long; a bundle never is. */
#define DC_BUNDLE_MAX_FILE  (64 * 1024 * 1024)

/* The lines of the first records and a trailer: as many as fit into
 * DC_BUNDLE_MAX_BYTES, and of any record at least one does. @n_records is at
 * least 1; @taken says how many are in. (transfer full) */
GBytes *dc_bundle_new (DcRecord * const *records,
                       guint             n_records,
                       guint            *taken);

typedef enum
{
  DC_BUNDLE_FORM_BUNDLE,    /* ends with a trailer; one that is missing is reported */
  /* The same, just made of records that were verified (dc_bundle_new ()), and come
   * from another process of this tablet: their signatures are not verified again.
   * Syntax, envelopes, hashes and the trailer are. */
  DC_BUNDLE_FORM_FRESH,
  DC_BUNDLE_FORM_JOURNAL,   /* grows, so it has none, and its last line may be torn */
} DcBundleForm;

typedef enum
{
  DC_BUNDLE_RECORD,   /* a whole record */
  DC_BUNDLE_LOST,     /* where a record was, or seems to have been, and is not whole */
  DC_BUNDLE_ALTERED,  /* no record is lost by it, but the file is not as it was written */
} DcBundleFound;

/**
 * DcBundleItem:
 *
 * What was found in one place of a file. A plain structure; what it owns goes
 * with dc_bundle_item_clear (), after which it may be used again.
 */
typedef struct
{
  DcBundleFound  found;
  guint          line;     /* in the file, from 1 */
  DcRecord      *record;   /* (owned) (nullable) with DC_BUNDLE_RECORD alone */
  GError        *error;    /* (owned) (nullable) with the two others, of DC_RECORD_ERROR */
  gboolean       has_id;
  DcId           id;       /* with DC_BUNDLE_LOST, where its envelope can still be read; unproven */
} DcBundleItem;

void dc_bundle_item_clear (DcBundleItem *self);

/**
 * DcBundleReader:
 *
 * Goes through the bytes of one file, record by record. What is damaged is
 * told and passed over: where a line feed was hit, it finds the next record by
 * how a record begins, so that no damage takes a neighbour with it. Linear in
 * the file's length whatever is in it. Holds a reference to the bytes; used by
 * one thread.
 */
typedef struct _DcBundleReader DcBundleReader;

/* DC_RECORD_ERROR_TOO_LARGE past DC_BUNDLE_MAX_FILE. */
DcBundleReader *dc_bundle_reader_new  (GBytes          *file,
                                       DcBundleForm     form,
                                       GError         **error);
/* FALSE at the end. @item is clear, or zeroes. */
gboolean        dc_bundle_reader_next (DcBundleReader  *self,
                                       DcBundleItem    *item);
void            dc_bundle_reader_free (DcBundleReader  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcBundleItem, dc_bundle_item_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcBundleReader, dc_bundle_reader_free)

G_END_DECLS
