/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-record.h"

G_BEGIN_DECLS

/* What the database knows of the second copy; each function one transaction,
 * on the database's thread. dc-queue.h says what each means. */

GPtrArray *dc_copies_take    (DcDatabase   *database,
                              gint64        after,
                              const DcId   *held,
                              guint         limit,
                              GError      **error);
gboolean   dc_copies_mark    (DcDatabase   *database,
                              GPtrArray    *records,
                              GError      **error);
gboolean   dc_copies_compare (DcDatabase   *database,
                              GHashTable   *ids,
                              GError      **error);

G_END_DECLS
