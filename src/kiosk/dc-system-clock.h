/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-clock.h"

G_BEGIN_DECLS

/* The machine's own clock. Immutable; any thread. */
#define DC_TYPE_SYSTEM_CLOCK (dc_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (DcSystemClock, dc_system_clock, DC, SYSTEM_CLOCK, GObject)

DcClock *dc_system_clock_new (void);

G_END_DECLS
