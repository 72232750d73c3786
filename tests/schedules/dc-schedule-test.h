/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-schedule.h"

G_BEGIN_DECLS

/* What the programs of this folder share. The seed is DAILY_CUP_SEED, else random and
 * printed; DAILY_CUP_SCHEDULE chooses one schedule of it. */

/* Sets up GTest, with folders that cost no disk. */
void dc_schedule_test_init  (int             *argc,
                             char          ***argv);
/* Fails the test case where a schedule does not hold. */
void dc_schedule_test_hold  (DcScheduleWorld *world,
                             guint            every_day,
                             guint            in_long_form);
/* The control: of @most schedules one does not hold while @planted is set. */
void dc_schedule_test_found (DcScheduleWorld *world,
                             gboolean        *planted,
                             guint            most);

G_END_DECLS
