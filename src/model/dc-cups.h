/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-money.h"

G_BEGIN_DECLS

typedef enum
{
  DC_CUP_PERIOD_DAY,
  DC_CUP_PERIOD_WEEK,
  DC_CUP_PERIOD_MONTH,
} DcCupPeriod;

/**
 * DcCups:
 * @count: how many cups, or 0 where the amount was typed and stands for none
 * @period: in each of which period
 *
 * "Three cups a week". A plain value.
 */
typedef struct
{
  guint       count;
  DcCupPeriod period;
} DcCups;

const char *dc_cup_period_to_string   (DcCupPeriod    period);
gboolean    dc_cup_period_from_string (const char    *text,
                                       DcCupPeriod   *period);
/* What the cups cost in a month (52/12 weeks, 365/12 days), rounded down to
 * whole units of the currency, so that nobody is asked for more than the cups
 * cost. DC_MONEY_ERROR_RANGE where that is nothing (or no cups), or too much. */
gboolean    dc_cups_price_a_month     (const DcCups  *cups,
                                       const DcMoney *price_of_one,
                                       DcMoney       *sum,
                                       GError       **error);

G_END_DECLS
