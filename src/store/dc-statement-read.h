/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"
#include "dc-statement.h"

G_BEGIN_DECLS

/* All of a statement that is in the database, with its number, which is
 * committed; on the database's thread. (transfer full) */
DcStatement *dc_statement_read (DcDatabase   *database,
                                const DcId   *queue,
                                GError      **error);

G_END_DECLS
