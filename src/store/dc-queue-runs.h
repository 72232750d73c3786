/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"

G_BEGIN_DECLS

/* What a run asks of the records and tells them, each function one transaction,
 * on the database's thread. dc-queue.h says what each means. */

GPtrArray *dc_runs_offer   (DcDatabase   *database,
                            const DcId   *id,
                            gint64        after,
                            const DcId   *held,
                            guint         limit,
                            gsize         max_bytes,
                            GPtrArray    *known,
                            GError      **error);
GPtrArray *dc_runs_read_ahead (DcDatabase  *database,
                               const DcId  *id,
                               gint64       after,
                               guint        limit,
                               gsize        max_bytes,
                               GError     **error);
gboolean   dc_runs_deliver (DcDatabase   *database,
                            const DcId   *id,
                            GPtrArray    *deliveries,
                            guint        *n_delivered,
                            guint        *n_refused,
                            GError      **error);

G_END_DECLS
