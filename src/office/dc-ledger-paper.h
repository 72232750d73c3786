/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-ledger.h"

G_BEGIN_DECLS

/* What the ledger knows of forms on paper (LEDGER.md). As DcLedger: main
 * thread, errors of DC_LEDGER_ERROR. */

/* The queue of the records that were typed in here, and the number of the last
 * of them by @tablet; 0: there is none. */
gboolean dc_ledger_paper_queue (DcLedger      *self,
                                const guint8   tablet[static 32],
                                DcId          *queue,
                                gint64        *last_seq,
                                GError       **error);
/* Whether the form of that @reference was typed in before, or a record that was
 * opened bears it. */
gboolean dc_ledger_paper_has   (DcLedger      *self,
                                const char    *reference,
                                gboolean      *has,
                                GError       **error);
/* It was, now. */
gboolean dc_ledger_paper_add   (DcLedger      *self,
                                const char    *reference,
                                GError       **error);

G_END_DECLS
