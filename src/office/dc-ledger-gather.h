/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-gathered.h"
#include "dc-ledger-read.h"

G_BEGIN_DECLS

/* All records of the ledger that still have bytes, as if they had been found
 * in files: "ledger.db:NUMBER". DC_LEDGER_ERROR. */
gboolean dc_ledger_gather (DcLedger    *ledger,
                           DcGathered  *gathered,
                           GError     **error);

G_END_DECLS
