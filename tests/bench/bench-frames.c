/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the screen notices that promises are handed over: what the main
 * thread works for each frame (its own processor time, whatever else the machine
 * does) while a kiosk with its real window hands RECORDS over to a real server,
 * by the daily-cup-send that ships, and while it does nothing. The page is drawn
 * anew in each frame, as while it moves.
 *
 *     bench-frames daily-cup-send        (by frames.py, which has the server)
 *
 * The goal: the work of a frame at most 2 times that at rest. The longest frame
 * is printed beside it: at 60 a second there are 16.7 ms. */

#include "dc-hand-over-test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RECORDS    10000   /* times DAILY_CUP_SCALE, a tenth at least */
#define IDLE_S     6
#define GOAL       2.0

typedef struct
{
  DcHandOverTest  test;
  GArray         *frames;     /* (nullable) of double: seconds of work, where it is counted */
  double          before;     /* of the thread, at the last frame */
} Bench;

static guint
count_records (void)
{
  const char *scale = g_getenv ("DAILY_CUP_SCALE");
  double part = scale != NULL && *scale != '\0' ? g_ascii_strtod (scale, NULL) : 1;

  return (guint) (RECORDS * CLAMP (part, 0.1, 1));
}

static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static gboolean
on_frame (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  Bench *self = data;
  double now = get_work ();
  double work = now - self->before;

  if (self->frames != NULL && self->before > 0)
    g_array_append_val (self->frames, work);
  self->before = now;
  gtk_widget_queue_draw (dc_hand_over_test_page (&self->test));

  return G_SOURCE_CONTINUE;
}

static GArray *
frames_new (Bench *self)
{
  self->before = 0;
  self->frames = g_array_new (FALSE, FALSE, sizeof (double));

  return self->frames;
}

static void
stand_still (Bench  *self,
             GArray *frames)
{
  self->before = 0;
  self->frames = frames;
  dc_display_test_wait (IDLE_S * 1000);
  self->frames = NULL;
}

static void
hand_over (Bench    *self,
           GArray   *frames,
           gboolean  everything)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (self->test.kiosk);
  const DcRunOutcome *outcome;
  gint64 begin = g_get_monotonic_time ();

  self->before = 0;
  self->frames = frames;
  g_assert_true (dc_hand_over_start (hand_over, NULL, everything));
  dc_hand_over_test_wait (&self->test);
  self->frames = NULL;

  outcome = dc_hand_over_get_outcome (hand_over);
  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->handed_over, ==, count_records ());
  g_print ("%u records in %.1f s\n", outcome->handed_over,
           (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
at (GArray *frames,
    double  part)
{
  return 1e3 * g_array_index (frames, double, (guint) (part * (frames->len - 1)));
}

/* The mean in milliseconds. */
static double
print_row (const char *what,
           GArray     *frames)
{
  double sum = 0;

  g_assert_cmpuint (frames->len, >, 60);
  qsort (frames->data, frames->len, sizeof (double), compare);
  for (guint i = 0; i < frames->len; i++)
    sum += g_array_index (frames, double, i);
  g_print ("%-28s %7u %7.2f %7.2f %7.2f %7.2f %7.2f\n", what, frames->len, 1e3 * sum / frames->len,
           at (frames, 0.5), at (frames, 0.95), at (frames, 0.99), at (frames, 1));

  return 1e3 * sum / frames->len;
}

/* At rest before and after, so that what a loaded machine does is in both. */
static void
measure (Bench      *self,
         const char *name,
         DcPageId    page,
         gboolean    everything)
{
  g_autoptr (GArray) idle = frames_new (self);
  g_autoptr (GArray) busy = frames_new (self);
  double rest, work;

  self->frames = NULL;
  dc_window_test_go (self->test.window, page);
  dc_display_test_wait (1000);
  stand_still (self, idle);
  hand_over (self, busy, everything);
  stand_still (self, idle);

  g_print ("%-28s %7s %7s %7s %7s %7s %7s   ms a frame\n", name, "frames", "mean", "median", "95 %", "99 %",
           "longest");
  rest = print_row ("  at rest", idle);
  work = print_row ("  while it is handed over", busy);
  g_print ("  %.2f times the work at rest; goal: at most %.1f%s\n\n", work / rest, GOAL,
           work / rest <= GOAL ? "" : ": MISSED");
}

static void
set_credential (Bench *self)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (self->test.kiosk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };

  dc_hand_over_set_credential_async (hand_over, g_getenv ("BENCH_USER"), g_getenv ("BENCH_PASSWORD"),
                                     NULL, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  dc_hand_over_set_credential_finish (hand_over, result, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  Bench self = { .frames = NULL };
  g_autofree char *authority = NULL;
  g_autofree char *destination = g_strdup_printf ("[Destination]\nKind=webdav\nAddress=%s\nAuthority=ca.pem\n",
                                                  g_getenv ("BENCH_ADDRESS"));

  dc_hand_over_test_init (&argc, &argv);
  g_assert_true (g_file_get_contents (g_getenv ("BENCH_AUTHORITY"), &authority, NULL, NULL));
  dc_hand_over_test_set_authority (authority);
  dc_hand_over_test_set_up (&self.test, destination, TRUE);
  set_credential (&self);
  dc_hand_over_test_save (&self.test, count_records ());
  gtk_window_set_default_size (GTK_WINDOW (self.test.window), 1280, 800);
  gtk_widget_add_tick_callback (GTK_WIDGET (self.test.window), on_frame, &self, NULL);

  measure (&self, "welcome page", DC_PAGE_WELCOME, FALSE);
  measure (&self, "page of the handing over", DC_PAGE_SYNC, TRUE);

  dc_hand_over_test_tear_down (&self.test);

  return 0;
}
