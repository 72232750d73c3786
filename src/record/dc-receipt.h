/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-delivery.h"

G_BEGIN_DECLS

/* One record that the office opened. */
typedef struct
{
  DcId   id;
  guint8 sealed_sha256[32];
} DcReceiptEntry;

#define DC_RECEIPT_MAX_ENTRIES 1000
#define DC_RECEIPT_MAX_LINE    (256 * 1024)
#define DC_RECEIPT_CONTEXT     "daily-cup/receipt/1\n"

/**
 * DcReceipt:
 *
 * What the office says it has opened, of one queue of one tablet. Signed with
 * a receipt key; EXCHANGE.md is the definition. Only by it a tablet purges.
 * Immutable once made, reference-counted, any thread.
 */
typedef struct
{
  DcOrigin  origin;
  GArray   *entries;       /* (owned) of DcReceiptEntry, 1 to DC_RECEIPT_MAX_ENTRIES, no id twice */
  GBytes   *line;          /* (owned) (nullable) the exact bytes, where it was read and verified */
} DcReceipt;

DcReceipt *dc_receipt_new          (const DcOrigin        *origin);
DcReceipt *dc_receipt_ref          (DcReceipt             *self);
void       dc_receipt_unref        (DcReceipt             *self);

/* DC_RECEIPT_CONTEXT and @json: what the receipt key signs, as minisign does. */
GBytes    *dc_receipt_signed_bytes (GBytes                *json);
/* Serialised once; (transfer full). */
GBytes    *dc_receipt_to_json      (const DcReceipt       *self);
/* The file: one line. @minisig is the text of a .minisig file. */
GBytes    *dc_receipt_to_line      (GBytes                *json,
                                    const char            *minisig);
/* Reads and verifies: by one of @keys (NULL-terminated, "RW…"), whole, for
 * exactly @origin (NULL: for any, as the office reads them). DC_RECORD_ERROR;
 * SIGNATURE where no key fits, MISMATCH where it is another's. (transfer full) */
DcReceipt *dc_receipt_from_line    (GBytes                *line,
                                    const char * const    *keys,
                                    const DcOrigin        *origin,
                                    GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcReceipt, dc_receipt_unref)

G_END_DECLS
