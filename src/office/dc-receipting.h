/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-ledger.h"
#include "dc-minisign-key.h"
#include "dc-office.h"

G_BEGIN_DECLS

/**
 * DcReceipting:
 *
 * The records of the ledger that a tablet may erase: of an enrolled tablet,
 * without a receipt so far, and opened here and now, or gone by a person's
 * will. Public members are for reading. Main thread.
 */
typedef struct
{
  GArray *due;           /* (owned) in the order of queues */
  guint   n_unopened;    /* that the key does not open, or are damaged: no receipt */
  guint   n_conflicts;   /* of two with one id, until a person decides */
} DcReceipting;

/* How many may be due, found without a key. FALSE: @error is set. */
gboolean      dc_receipting_count (DcLedger       *ledger,
                                   guint          *n_due,
                                   GError        **error);
/* Opens each in memory, and keeps nothing of it but the reference. (transfer full) */
DcReceipting *dc_receipting_open  (DcLedger       *ledger,
                                   DcOffice       *office,
                                   DcAgeIdentity  *identity,
                                   guint           n_due,
                                   GError        **error);
/* Signs for all that are due and keeps the receipts in the ledger, in one
 * transaction. */
gboolean      dc_receipting_sign  (DcReceipting   *self,
                                   DcLedger       *ledger,
                                   DcMinisignKey  *key,
                                   GError        **error);
void          dc_receipting_free  (DcReceipting   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcReceipting, dc_receipting_free)

G_END_DECLS
