/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-schedule-test.h"

#include <stdlib.h>

static GLogWriterOutput
say_nothing (GLogLevelFlags   level,
             const GLogField *fields,
             gsize            n_fields,
             gpointer         unused)
{
  return level <= G_LOG_LEVEL_WARNING ? g_log_writer_default (level, fields, n_fields, NULL)
                                      : G_LOG_WRITER_HANDLED;
}

void
dc_schedule_test_init (int    *argc,
                       char ***argv)
{
  /* Power cuts are tested elsewhere; here a sync may cost nothing. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (say_nothing, NULL, NULL);
}

static guint32
get_seed (void)
{
  const char *given = g_getenv ("DAILY_CUP_SEED");

  return given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
}

static guint
get_count (guint every_day,
           guint in_long_form)
{
  const char *is_long = g_getenv ("DAILY_CUP_LONG");
  const char *scale = g_getenv ("DAILY_CUP_SCALE");

  if (is_long == NULL || *is_long == '\0')
    return every_day;

  return (guint) (in_long_form * (scale != NULL ? g_ascii_strtod (scale, NULL) : 1));
}

void
dc_schedule_test_hold (DcScheduleWorld *world,
                       guint            every_day,
                       guint            in_long_form)
{
  const char *one = g_getenv ("DAILY_CUP_SCHEDULE");
  guint32 seed = get_seed ();
  guint first = one != NULL ? (guint) strtoul (one, NULL, 10) : 0;
  guint end = one != NULL ? first + 1 : get_count (every_day, in_long_form);
  gint64 began = g_get_monotonic_time ();

  g_test_message ("DAILY_CUP_SEED=%u", seed);
  for (guint i = first; i < end; i++) {
    g_autofree char *wrong = dc_schedule_run (world, seed, i);

    if (wrong != NULL) {
      g_test_message ("DAILY_CUP_SEED=%u DAILY_CUP_SCHEDULE=%u: %s", seed, i, wrong);
      g_test_fail ();
      return;
    }
  }
  g_test_message ("%u schedules held, in %.1f s", end - first,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
}

void
dc_schedule_test_found (DcScheduleWorld *world,
                        gboolean        *planted,
                        guint            most)
{
  guint32 seed = get_seed ();
  guint n = 0;
  g_autofree char *wrong = NULL;

  *planted = TRUE;
  while (wrong == NULL && n < most)
    wrong = dc_schedule_run (world, seed, n++);
  *planted = FALSE;
  g_assert_nonnull (wrong);
  g_test_message ("found at schedule %u: %s", n - 1, wrong);
}
