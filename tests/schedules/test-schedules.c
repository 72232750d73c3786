/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-schedule.h"

#include <stdlib.h>

#include "dc-outbox.h"

#define EVERY_DAY 300
#define LONG      10000

/* The planted bug of the control: a verdict is taken by its place in the answer. */
static gboolean planted;

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

static guint32
get_seed (void)
{
  const char *given = g_getenv ("DAILY_CUP_SEED");

  return given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
}

static guint
get_count (void)
{
  const char *scale = g_getenv ("DAILY_CUP_SCALE");

  if (g_getenv ("DAILY_CUP_LONG") == NULL)
    return EVERY_DAY;

  return (guint) (LONG * (scale != NULL ? g_ascii_strtod (scale, NULL) : 1));
}

static void
test_hold (void)
{
  const char *one = g_getenv ("DAILY_CUP_SCHEDULE");
  guint32 seed = get_seed ();
  guint first = one != NULL ? (guint) strtoul (one, NULL, 10) : 0;
  guint end = one != NULL ? first + 1 : get_count ();
  gint64 began = g_get_monotonic_time ();

  g_test_message ("DAILY_CUP_SEED=%u", seed);
  for (guint i = first; i < end; i++) {
    g_autofree char *wrong = dc_schedule_run (seed, i);

    if (wrong != NULL) {
      g_test_message ("DAILY_CUP_SEED=%u DAILY_CUP_SCHEDULE=%u: %s", seed, i, wrong);
      g_test_fail ();
      return;
    }
  }
  g_test_message ("%u schedules held, in %.1f s", end - first,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
}

static void
test_control (void)
{
  guint32 seed = get_seed ();
  guint n = 0;
  g_autofree char *wrong = NULL;

  planted = TRUE;
  while (wrong == NULL && n < 10 * EVERY_DAY)
    wrong = dc_schedule_run (seed, n++);
  planted = FALSE;
  g_assert_nonnull (wrong);
  g_test_message ("found at schedule %u: %s", n - 1, wrong);
}

static GLogWriterOutput
say_nothing (GLogLevelFlags   level,
             const GLogField *fields,
             gsize            n_fields,
             gpointer         unused)
{
  return level <= G_LOG_LEVEL_WARNING ? g_log_writer_default (level, fields, n_fields, NULL)
                                      : G_LOG_WRITER_HANDLED;
}

int
main (int    argc,
      char **argv)
{
  /* Power cuts are tested elsewhere; here a sync may cost nothing. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (say_nothing, NULL, NULL);

  g_test_add_func ("/schedules/what-was-promised-holds", test_hold);
  g_test_add_func ("/schedules/control/verdicts-by-place-are-found-out", test_control);

  return g_test_run ();
}
