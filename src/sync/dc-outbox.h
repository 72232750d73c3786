/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-delivery.h"
#include "dc-record.h"

G_BEGIN_DECLS

/**
 * DcOutbox:
 *
 * The records that are about to leave, cut into bundles, and what was said of
 * each. One bundle is under way at a time. Where a destination rejects one
 * whole, it is tried in halves until the record that is to blame stands alone:
 * of n records k bad ones cost about 2k·log₂ n requests more. Owns references to the records;
 * used by one thread.
 */
typedef struct _DcOutbox DcOutbox;

DcOutbox *dc_outbox_new       (void);
void      dc_outbox_free      (DcOutbox        *self);
/* Behind those that it has. (element-type DcRecord) */
void      dc_outbox_fill      (DcOutbox        *self,
                               GPtrArray       *records);
gboolean  dc_outbox_is_empty  (DcOutbox        *self);
/* The first records that are of one origin, of no more than @max_bytes but for
 * the first; again the same, or fewer, where nothing was said of it yet. Not when
 * empty. (transfer full) */
GBytes   *dc_outbox_next      (DcOutbox        *self,
                               gsize            max_bytes,
                               DcOrigin        *origin);
/* @answers (element-type DcDelivery) came for that bundle, which is done with.
 * (transfer full) (element-type DcDelivery): one for each record of it, by its id;
 * "retry" where there was none, or two that differ. */
GPtrArray *dc_outbox_answered (DcOutbox        *self,
                               GPtrArray       *answers);
/* It was rejected. NULL: try the next, which is half of it. Else it was one
 * record, which is done with, refused for @reason. (transfer full) (nullable) */
GPtrArray *dc_outbox_rejected (DcOutbox        *self,
                               const char      *reason);
/* Nothing was said of it, though more than once it was asked. NULL: try the next,
 * which is half of it. Else it was one record, which is done with: "retry".
 * (transfer full) (nullable) */
GPtrArray *dc_outbox_doubted  (DcOutbox        *self);
/* The number of the first record there was that is "retry"; 0: none. */
gint64    dc_outbox_get_doubt (DcOutbox        *self);
void      dc_outbox_clear_doubt (DcOutbox      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcOutbox, dc_outbox_free)

G_END_DECLS
