/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-outbox.h"
#include "dc-schedule-test.h"

#define EVERY_DAY 300
#define LONG      10000

/* The planted bug of the control: a verdict is taken by its place in the answer. */
static gboolean planted;
static DcScheduleWorld *world;

GPtrArray *__real_dc_outbox_answered (DcOutbox *self, GPtrArray *answers);
GPtrArray *__wrap_dc_outbox_answered (DcOutbox *self, GPtrArray *answers);

GPtrArray *
__wrap_dc_outbox_answered (DcOutbox  *self,
                           GPtrArray *answers)
{
  GPtrArray *verdicts = __real_dc_outbox_answered (self, answers);

  for (guint i = 0; planted && i < verdicts->len && i < answers->len; i++)
    ((DcDelivery *) verdicts->pdata[i])->verdict = ((DcDelivery *) answers->pdata[i])->verdict;

  return verdicts;
}

static void
test_hold (void)
{
  dc_schedule_test_hold (world, EVERY_DAY, LONG);
}

static void
test_control (void)
{
  dc_schedule_test_found (world, &planted, 10 * EVERY_DAY);
}

int
main (int    argc,
      char **argv)
{
  int status;

  dc_schedule_test_init (&argc, &argv);
  world = dc_fake_world_new ();
  g_test_add_func ("/schedules/what-was-promised-holds", test_hold);
  g_test_add_func ("/schedules/control/verdicts-by-place-are-found-out", test_control);
  status = g_test_run ();
  dc_fake_world_free (world);

  return status;
}
