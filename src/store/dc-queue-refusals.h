/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"

G_BEGIN_DECLS

/* The records that need attention, on the database's thread. dc-queue.h says
 * what each means. */

/* (transfer full) (element-type DcRefusal) */
GPtrArray *dc_refusals_read  (DcDatabase   *database,
                              guint         limit,
                              GError      **error);
/* One transaction. @id: (nullable) all. */
gboolean   dc_refusals_retry (DcDatabase   *database,
                              const DcId   *id,
                              guint        *n_records,
                              GError      **error);

G_END_DECLS
