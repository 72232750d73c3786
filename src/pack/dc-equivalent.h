/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-money.h"

G_BEGIN_DECLS

/* What 20 Swiss francs are in the usual currencies, in round sums of autumn
 * 2026. It measures how high a first step is, which moves by thirds and not by
 * hundredths, so it may be a year or two old. FALSE: none is known. */
#define DC_FIRST_STEP_FRANCS 20

gboolean dc_equivalent_first_step (const char  *currency,
                                   DcMoney     *money);

G_END_DECLS
