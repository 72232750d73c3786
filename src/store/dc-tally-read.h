/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-tally.h"

G_BEGIN_DECLS

/* All of a tally that is in the database, not @set_aside and @free_bytes; on
 * the database's thread. @shift (nullable): none. (transfer full) */
DcTally *dc_tally_read (DcDatabase  *database,
                        const char  *day,
                        const char  *shift,
                        GError     **error);

G_END_DECLS
