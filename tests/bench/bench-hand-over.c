/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What handing records over costs, queue → DcRun → daily-cup-send → a destination,
 * beside the least that its proof can cost (dc-bare.h): the same bundles to the
 * same disk or server, turn by turn. To a folder; and, started by hand-over.py,
 * to a real WebDAV server or PostgreSQL.
 *
 *     bench-hand-over PROGRAM DIRECTORY [PLACE.ini]
 *
 * And whether a record costs more where there are many: a run of FEW against
 * one of many (with DAILY_CUP_LONG=1: 100,000, over WebDAV 10,000, times
 * DAILY_CUP_SCALE).
 *
 * The goals: at least 0.8 of the bare client's speed; a record of many at most
 * 1.2 times one of few. A record that does not arrive fails. */

#include "dc-bare.h"
#include "dc-crypto.h"
#include "dc-test-run.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROUNDS 7
#define FEW 1000
#define MANY 3000
#define MANY_LONG 100000
#define MANY_LONG_WEBDAV 10000
#define PATIENCE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static const guint8 pack[32] = { 9 };

typedef struct
{
  DcTestRun          test;
  const DcBarePlace *place;
  DcBareProve        prove;
  const char        *program;
  const char        *directory;
  guint              records;
  guint              turns;
  GPtrArray         *bundles;           /* (owned) (nullable) of the last turn to a folder */
  double             run[ROUNDS];       /* seconds */
  double             rival[ROUNDS];
  double             kiosk;             /* of the processor, in all turns: the queue and DcRun … */
  double             sender;            /* … and daily-cup-send */
} Subject;

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static double
seconds_of (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

static double
processor (int who)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (who, &usage), ==, 0);

  return seconds_of (&usage.ru_utime) + seconds_of (&usage.ru_stime);
}

static void
set_up (Subject *self)
{
  g_autofree char *state = g_build_filename (self->directory, "sender", NULL);
  const char * const argv[] = { self->program, "--state", state, NULL };
  DcRun *run;

  dc_test_run_set_up (&self->test, NULL);
  run = dc_run_new (self->test.store.queue, self->test.key, DC_CLOCK (self->test.clock), argv);
  g_set_object (&self->test.run, run);
  g_object_unref (run);
  for (guint n = 0; n < self->records; n++)
    dc_store_test_must_save (&self->test.store, n);
}

static DcRunOrder
order_for (Subject            *self,
           const char * const *keys,
           const char         *folder)
{
  DcRunOrder order = { .campaign = "migrants-day", .pack = pack, .folder = folder, .receipt_keys = keys };

  if (folder == NULL) {
    order.setup = self->place->setup;
    order.authority = self->place->authority;
  }

  return order;
}

/* Each time to a place that has nothing yet. @folder (nullable): to there. */
static double
hand_over (Subject    *self,
           const char *folder)
{
  const char * const keys[] = { self->test.office_public, NULL };
  const DcRunOrder order = order_for (self, keys, folder);
  const double spent[] = { processor (RUSAGE_SELF), processor (RUSAGE_CHILDREN) };
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  g_assert_true (dc_run_start (self->test.run, &order));
  while (dc_run_get_state (self->test.run) != DC_RUN_ENDED) {
    g_assert_cmpint (g_get_monotonic_time () - begin, <, PATIENCE_US);
    g_main_context_iteration (NULL, TRUE);
  }
  seconds = since (begin);
  self->kiosk += processor (RUSAGE_SELF) - spent[0];
  self->sender += processor (RUSAGE_CHILDREN) - spent[1];
  g_assert_no_error (dc_run_get_outcome (self->test.run)->error);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->handed_over, ==, self->records);
  g_assert_cmpuint (dc_run_get_outcome (self->test.run)->left, ==, 0);

  return seconds;
}

static void
find_bundles (const char *folder,
              GPtrArray  *bundles)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    char *text;
    gsize size;

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      find_bundles (path, bundles);
    } else if (g_str_has_suffix (name, ".jsonl")) {
      g_assert_true (g_file_get_contents (path, &text, &size, NULL));
      g_ptr_array_add (bundles, g_bytes_new_take (text, size));
    }
  }
}

static char *
folder_new (Subject    *self,
            const char *kind)
{
  char *folder = g_strdup_printf ("%s/%s-%u-%u", self->directory, kind, self->records, self->turns);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  return folder;
}

/* To a folder; its bundles are those of the bare client. */
static double
hand_over_to_folder (Subject *self)
{
  g_autofree char *folder = folder_new (self, "folder");
  double seconds = hand_over (self, folder);

  g_clear_pointer (&self->bundles, g_ptr_array_unref);
  self->bundles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  find_bundles (folder, self->bundles);
  g_assert_cmpuint (self->bundles->len, >, 0);
  dc_test_dir_remove (g_steal_pointer (&folder));

  return seconds;
}

static void
clear_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      dc_test_dir_remove (g_steal_pointer (&path));
    else
      g_assert_cmpint (unlink (path), ==, 0);
  }
}

static void
clear (const DcBarePlace *place)
{
  if (place->root != NULL)
    clear_folder (place->root);
  if (place->superuser != NULL)
    dc_bare_postgresql_clear (place);
}

static void
set_credential (Subject *self)
{
  const char * const keys[] = { NULL };
  const DcRunOrder order = order_for (self, keys, NULL);
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dc_run_set_credential_async (self->test.run, &order, self->place->user, self->place->password, NULL,
                               dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  dc_run_set_credential_finish (self->test.run, result, &error);
  g_assert_no_error (error);
}

static void
take_turn (Subject *self)
{
  g_autofree char *other = folder_new (self, "bare");

  if (self->place->setup == NULL) {
    self->run[self->turns] = hand_over_to_folder (self);
  } else {
    clear (self->place);
    self->run[self->turns] = hand_over (self, NULL);
    clear (self->place);
  }
  self->rival[self->turns] = self->prove (self->place, other, self->bundles);
  self->turns++;
  dc_test_dir_remove (g_steal_pointer (&other));
}

static double
median (Subject *self,
        double  *seconds)
{
  qsort (seconds, self->turns, sizeof *seconds, compare);

  return seconds[self->turns / 2] * 1e6 / self->records;
}

/* One line: what, measured, beside what, ratio, goal. */
static void
print_figure (const char *kind,
              const char *what,
              double      measured,
              double      baseline,
              double      ratio,
              double      goal)
{
  gboolean met = goal < 1 ? ratio >= goal : ratio <= goal;
  g_autofree char *name = g_strdup_printf ("%s, %s", kind, what);

  g_print ("%-46s %9.1f %9.1f %8.2f   goal %s %.1f: %s\n", name, measured, baseline, ratio,
           goal < 1 ? "≥" : "≤", goal, met ? "met" : "MISSED");
}

static void
print_all (Subject *few,
           Subject *many)
{
  const char *kind = few->place->kind;

  double run[] = { median (few, few->run), median (many, many->run) };
  double rival[] = { median (few, few->rival), median (many, many->rival) };
  double turns = (double) (few->turns + (few->place->setup != NULL)) * few->records
                 + (double) (many->turns + (many->place->setup != NULL)) * many->records;
  g_autofree char *of_few = g_strdup_printf ("µs a record of %u, bare", few->records);
  g_autofree char *of_many = g_strdup_printf ("µs a record of %u, bare", many->records);

  g_print ("%u rounds of each, in turn; medians. Least and most of %u records: %.1f and %.1f µs, bare %.1f and %.1f\n",
           many->turns, many->records, many->run[0] * 1e6 / many->records,
           many->run[many->turns - 1] * 1e6 / many->records, many->rival[0] * 1e6 / many->records,
           many->rival[many->turns - 1] * 1e6 / many->records);
  g_print ("%-46s %9s %9s %8s\n", "", "measured", "baseline", "ratio");
  print_figure (kind, of_few, run[0], rival[0], rival[0] / run[0], 0.8);
  print_figure (kind, of_many, run[1], rival[1], rival[1] / run[1], 0.8);
  print_figure (kind, "µs a record of many, of few", run[1], run[0], run[1] / run[0], 1.2);
  g_print ("%s, processor time a record: queue and run %.1f µs, daily-cup-send %.1f µs\n", kind,
           (few->kiosk + many->kiosk) * 1e6 / turns, (few->sender + many->sender) * 1e6 / turns);
}

static char *
read_text (GKeyFile   *file,
           const char *key)
{
  g_autofree char *path = g_key_file_get_string (file, "place", key, NULL);
  char *text = NULL;

  if (path != NULL)
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
read_place (DcBarePlace *self,
            const char  *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  self->kind = g_strdup ("folder");
  if (path == NULL)
    return;
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  g_free (self->kind);
  self->kind = g_key_file_get_string (file, "place", "kind", NULL);
  self->setup = read_text (file, "setup");
  self->authority = read_text (file, "authority");
  self->user = g_key_file_get_string (file, "place", "user", NULL);
  self->password = g_key_file_get_string (file, "place", "password", NULL);
  self->address = g_key_file_get_string (file, "place", "address", NULL);
  self->root = g_key_file_get_string (file, "place", "root", NULL);
  self->connection = g_key_file_get_string (file, "place", "connection", NULL);
  self->superuser = g_key_file_get_string (file, "place", "superuser", NULL);
}

static void
place_clear (DcBarePlace *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->setup, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->connection, g_free);
  g_clear_pointer (&self->superuser, g_free);
}

static DcBareProve
rival_of (const DcBarePlace *place)
{
  if (g_str_equal (place->kind, "webdav"))
    return dc_bare_webdav;
  if (g_str_equal (place->kind, "postgresql"))
    return dc_bare_postgresql;

  return dc_bare_folder;
}

static guint
count_many (const DcBarePlace *place,
            guint             *rounds)
{
  const char *is_long = g_getenv ("DAILY_CUP_LONG");
  const char *scale = g_getenv ("DAILY_CUP_SCALE");
  double most = g_str_equal (place->kind, "webdav") ? MANY_LONG_WEBDAV : MANY_LONG;

  *rounds = ROUNDS;
  if (is_long == NULL || *is_long == '\0')
    return MANY;
  *rounds = 3;

  return MAX (MANY, (guint) (most * (scale != NULL && *scale != '\0' ? g_ascii_strtod (scale, NULL) : 1)));
}

static void
measure (Subject *subjects,
         guint    rounds)
{
  for (guint i = 0; i < 2; i++) {
    set_up (&subjects[i]);
    if (subjects[i].place->setup == NULL)
      continue;
    set_credential (&subjects[i]);
    hand_over_to_folder (&subjects[i]);
  }
  for (guint n = 0; n < rounds; n++) {
    take_turn (&subjects[n % 2]);
    take_turn (&subjects[1 - n % 2]);
  }
  print_all (&subjects[0], &subjects[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *directory = g_strdup_printf ("%s/bench-hand-over-%d", argc > 2 ? argv[2] : ".",
                                                getpid ());
  DcBarePlace place = { NULL };
  Subject subjects[2] = { { .records = FEW } };
  guint rounds;

  setlocale (LC_CTYPE, "C.UTF-8");
  g_assert_cmpint (argc, >, 1);
  /* The queue on the disk that is measured as well. */
  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_setenv ("TMPDIR", directory, TRUE);
  read_place (&place, argc > 3 ? argv[3] : NULL);
  subjects[1].records = count_many (&place, &rounds);
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    subjects[i].place = &place;
    subjects[i].prove = rival_of (&place);
    subjects[i].program = argv[1];
    subjects[i].directory = directory;
  }
  measure (subjects, rounds);
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    g_clear_pointer (&subjects[i].bundles, g_ptr_array_unref);
    dc_test_run_tear_down (&subjects[i].test, NULL);
  }
  place_clear (&place);
  dc_test_dir_remove (g_steal_pointer (&directory));

  return EXIT_SUCCESS;
}
