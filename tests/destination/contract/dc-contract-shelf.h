/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"

G_BEGIN_DECLS

/* Records of a queue that no other case has, and what of them lies at a
 * destination. */

typedef struct
{
  DcOrigin   origin;
  GPtrArray *records;    /* (owned) of DcRecord */
  GBytes    *bundle;     /* (owned) of all of them */
} DcContractQueue;

void     dc_contract_queue_init  (DcContractQueue *self,
                                  guint            n_records);
void     dc_contract_queue_clear (DcContractQueue *self);

/* The one verdict that all of the queue's records got, each of them once. */
DcVerdict dc_contract_verdict    (DcContractQueue *self,
                                  GPtrArray       *deliveries);
/* Puts the bundle; it must succeed. The verdict of all. */
DcVerdict dc_contract_put        (DcContractQueue *self,
                                  DcDestination   *destination);
/* Puts it; it must fail, with no verdict. What it said. */
DcDeliveryError dc_contract_put_fails (DcContractQueue *self,
                                       DcDestination   *destination,
                                       DcTransfer      *transfer);
/* How many of the queue's records the office finds, byte for byte; nothing of
 * this queue may be there besides but what is broken. */
guint    dc_contract_count       (DcContractQueue *self,
                                  DcDestination   *office);

/* What is found, as "place" → bytes; free with g_hash_table_unref (). */
GHashTable *dc_contract_notes    (DcDestination   *destination,
                                  DcNote           note,
                                  const DcOrigin  *origin);
GHashTable *dc_contract_bundles  (DcDestination   *destination);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcContractQueue, dc_contract_queue_clear)

G_END_DECLS
