/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-money.h"

G_BEGIN_DECLS

/**
 * DcGoal:
 *
 * How much of what an event hopes for is promised: a bar that fills, and the
 * two sums in words. It says “promised”, since nothing is paid yet. @sums of
 * other currencies are left out; a monthly promise counts for twelve months.
 * Main thread.
 */
#define DC_TYPE_GOAL (dc_goal_get_type ())
G_DECLARE_FINAL_TYPE (DcGoal, dc_goal, DC, GOAL, GtkWidget)

/* @goal (nullable): then it does not show. @sums: of DcTallySum. */
void dc_goal_show (DcGoal        *self,
                   const DcMoney *goal,
                   GArray        *sums,
                   const char    *language);

G_END_DECLS
