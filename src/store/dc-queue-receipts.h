/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"

G_BEGIN_DECLS

/* The office has signed for records: one transaction, on the database's thread.
 * @receipts: (element-type DcReceipt), of which those of another queue than
 * @queue do nothing. dc-queue.h says more. */
gboolean dc_receipts_take (DcDatabase   *database,
                           const DcId   *queue,
                           GPtrArray    *receipts,
                           guint        *n_receipted,
                           guint        *n_strange,
                           GError      **error);

G_END_DECLS
