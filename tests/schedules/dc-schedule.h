/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-schedule-world.h"

G_BEGIN_DECLS

/* A random life of one tablet, one destination and one office: promises are
 * made and undone, runs meet faults at every step, the program dies after any
 * byte, the tablet is killed, the destination loses what it had, the office collects
 * and signs; then the faults stop, and what was promised must hold. Everything
 * follows from the seed and the number, but how far a run is when it is stopped. */

/* NULL where all held; else which did not. (transfer full) (nullable) */
char *dc_schedule_run (DcScheduleWorld *world,
                       guint32          seed,
                       guint32          number);

G_END_DECLS
