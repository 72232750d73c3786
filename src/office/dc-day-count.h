/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-day-sheet.h"
#include "dc-ledger-read.h"

G_BEGIN_DECLS

/**
 * DcDayCount:
 *
 * What the end-of-day sheets say: the latest statement of each queue, held
 * against what the ledger has of it. Owns the strings of its sheets. No key is
 * needed for it. Main thread.
 */
typedef struct
{
  GPtrArray *sheets;    /* (owned) of DcDaySheet, by the tablets' names */
  GPtrArray *silent;    /* (owned) of char *: enrolled, and without a statement */
  GStringChunk *texts;  /* (owned) */
} DcDayCount;

/* @tablet and @campaign (nullable): those alone. @today: "2026-12-18".
 * DC_LEDGER_ERROR. (transfer full) */
DcDayCount *dc_day_count_new  (DcLedger    *ledger,
                               const char  *tablet,
                               const char  *campaign,
                               const char  *today,
                               GError     **error);
void        dc_day_count_free (DcDayCount  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDayCount, dc_day_count_free)

G_END_DECLS
