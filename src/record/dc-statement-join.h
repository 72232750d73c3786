/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-statement.h"

G_BEGIN_DECLS

/* Joins shifts, those with the fewest records first and each of them whole,
 * until there are at most @limit of @rows or no shift is left. No record is lost
 * in it: the sums over everything stay what they were. Nothing is done where
 * there are few enough. Internal to this folder. */
void dc_statement_join_shifts (GArray *rows,
                               guint   limit);

G_END_DECLS
