/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether a queue gets slower as it grows: one with 1,000 records against one
 * with 100,000, turn by turn on the same disk, so that whatever else the machine
 * does falls on both. All but the last hundred are at a destination, as after
 * weeks without a receipt, which is the longest that a run may have to look at.
 *
 * The goal: the median save of the large one at most 1.2 times the other's. */

#include "dc-store-test.h"

#include <stdlib.h>
#include <unistd.h>

#define ROUNDS 300
#define SMALL 1000
#define LARGE 100000
#define WAITING 100
#define GOAL 1.2

typedef struct
{
  DcStoreTest test;
  guint       rows;
  gint64      save[ROUNDS];
} Subject;

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gint64
median (gint64 *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);

  return times[ROUNDS / 2];
}

/* Real records would take minutes to seal. These are as large, and are never
 * read: the last hundred are real. */
static void
fill (Subject *self)
{
  g_autofree char *path = dc_store_test_path (&self->test, "queue/queue.db");
  g_autofree char *sql = NULL;
  g_autofree char *rows = NULL;
  g_autoptr (GError) error = NULL;

  dc_store_test_must_save (&self->test, G_MAXUINT32);
  g_assert_true (dc_store_test_begin_run (&self->test, 0, 0, FALSE, NULL, NULL));
  g_assert_true (dc_store_test_close (self->test.queue, NULL));
  sql = g_strdup_printf ("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n "
                         "WHERE n < %u) "
                         "INSERT INTO record (id, kind, state, offered, day, amount, currency, "
                         "frequency, signature, envelope, sealed) "
                         "SELECT randomblob (16), kind, 'delivered', 1, day, amount, currency, "
                         "frequency, signature, envelope, sealed FROM n, record WHERE seq = 1; "
                         "UPDATE record SET state = 'delivered', offered = 1 WHERE seq = 1; "
                         "INSERT INTO delivery SELECT seq, 1 FROM record "
                         "WHERE state = 'delivered'", self->rows - WAITING - 1);
  rows = dc_store_test_query (path, sql);
  dc_store_test_open (self->test.queue, NULL, &error);
  g_assert_no_error (error);
  for (guint n = 0; n < WAITING; n++)
    dc_store_test_must_save (&self->test, 1000000 + n);
}

static void
save_once (Subject *self,
           guint    n)
{
  gint64 begin = g_get_monotonic_time ();

  dc_store_test_must_save (&self->test, n);
  self->save[n] = g_get_monotonic_time () - begin;
  g_assert_true (dc_store_test_probe (&self->test, NULL));   /* a checkpoint that may follow */
}

typedef void (*Call) (Subject *self);

static void
begin_run (Subject *self)
{
  g_assert_true (dc_store_test_begin_run (&self->test, 0, 0, FALSE, NULL, NULL));
}

static void
offer (Subject *self)
{
  g_autoptr (GPtrArray) records = NULL;

  records = dc_store_test_offer_to (&self->test, 0, 0, NULL, 50, G_MAXSIZE, NULL);
  g_assert_cmpuint (records->len, ==, 50);
}

static void
tally (Subject *self)
{
  g_autoptr (DcTally) found = dc_store_test_tally (&self->test);

  g_assert_cmpuint (found->taken, >=, self->rows);
}

static void
state_all (Subject *self)
{
  g_autoptr (DcStatement) statement = dc_store_test_statement (&self->test, NULL);

  g_assert_nonnull (statement);
}

static double
time_call (Subject *self,
           Call     call)
{
  gint64 begin = g_get_monotonic_time ();

  call (self);

  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static void
print_calls (Subject *small,
             Subject *large)
{
  static const struct { const char *name; Call call; } calls[] = {
    { "the first run begins", begin_run }, { "the next run begins", begin_run },
    { "50 are offered", offer }, { "and once more", offer },
    { "a tally", tally }, { "a statement", state_all },
  };

  g_print ("%-28s %10u %10u rows\n", "milliseconds", small->rows, large->rows);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_print ("%-28s %10.2f %10.2f\n", calls[i].name,
             time_call (small, calls[i].call), time_call (large, calls[i].call));
}

int
main (int   argc,
      char *argv[])
{
  static Subject subjects[] = { { .rows = SMALL }, { .rows = LARGE } };
  double ratio;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    g_autofree char *directory = NULL;

    directory = g_strdup_printf ("%s/bench-queue-%d-%u", argc > 1 ? argv[1] : ".", getpid (), i);
    dc_store_test_set_up_in (&subjects[i].test, directory);
    fill (&subjects[i]);
  }

  for (guint n = 0; n < ROUNDS; n++) {
    save_once (&subjects[n % 2], n);
    save_once (&subjects[1 - n % 2], n);
  }
  print_calls (&subjects[0], &subjects[1]);
  ratio = (double) median (subjects[1].save) / (double) median (subjects[0].save);
  g_print ("%-28s %10.2f %10.2f   ratio %.2f, goal %.1f%s\n", "a save, the median",
           (double) median (subjects[0].save) / 1000, (double) median (subjects[1].save) / 1000,
           ratio, GOAL, ratio <= GOAL ? "" : ": MISSED");

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    dc_store_test_tear_down (&subjects[i].test, NULL);

  return EXIT_SUCCESS;
}
