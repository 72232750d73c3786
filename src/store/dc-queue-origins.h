/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"

G_BEGIN_DECLS

/* Whose records are here, on the database's thread. dc-queue.h says what it means.
 * (transfer full) (element-type DcOrigin) */
GPtrArray *dc_origins_read (DcDatabase  *database,
                            guint        limit,
                            GError     **error);

G_END_DECLS
