/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What handing records over to a folder costs, queue → DcRun → daily-cup-send
 * → folder, beside the least that its proof can cost: the same files written
 * under another name, synced, renamed, the folder synced, read back and hashed.
 * Turn by turn, on the same disk, the rival on the very bytes of that turn.
 *
 * And whether a record costs more where there are many: a run of FEW against
 * one of many (with DAILY_CUP_LONG=1: 100,000).
 *
 * The goals: at least 0.8 of the rival's speed; a record of many at most 1.2
 * times one of few. A record that does not arrive fails. */

#include "dc-crypto.h"
#include "dc-test-run.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 7
#define FEW 1000
#define MANY 3000
#define MANY_LONG 100000
#define PATIENCE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  DcTestRun   test;
  const char *program;
  const char *directory;
  guint       records;
  guint       turns;
  double      run[ROUNDS];      /* seconds */
  double      rival[ROUNDS];
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

/* Each time to a folder that has nothing yet. */
static double
hand_over (Subject    *self,
           const char *folder)
{
  static const guint8 pack[32] = { 9 };
  const char * const keys[] = { self->test.office_public, NULL };
  const DcRunOrder order = { .campaign = "migrants-day", .pack = pack, .folder = folder,
                             .receipt_keys = keys };
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  g_assert_true (dc_run_start (self->test.run, &order));
  while (dc_run_get_state (self->test.run) != DC_RUN_ENDED) {
    g_assert_cmpint (g_get_monotonic_time () - begin, <, PATIENCE_US);
    g_main_context_iteration (NULL, TRUE);
  }
  seconds = since (begin);
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

static void
prove (int         folder,
       const char *name,
       GBytes     *bundle)
{
  g_autofree char *temporary = g_strconcat (".", name, NULL);
  gsize size;
  const void *data = g_bytes_get_data (bundle, &size);
  g_autofree char *found = g_malloc (size);
  guint8 hashes[2][32];
  int fd = openat (folder, temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, data, size), ==, size);
  g_assert_cmpint (fsync (fd), ==, 0);
  g_assert_cmpint (renameat (folder, temporary, folder, name), ==, 0);
  g_assert_cmpint (fsync (folder), ==, 0);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  g_assert_cmpint (pread (fd, found, size, 0), ==, size);
  close (fd);
  dc_crypto_sha256 (data, size, hashes[0]);
  dc_crypto_sha256 (found, size, hashes[1]);
  g_assert_cmpint (memcmp (hashes[0], hashes[1], sizeof hashes[0]), ==, 0);
}

static double
do_the_least (const char *folder,
              GPtrArray  *bundles)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < bundles->len; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);

    prove (fd, name, bundles->pdata[i]);
  }
  close (fd);

  return since (begin);
}

static char *
folder_new (Subject    *self,
            const char *kind)
{
  char *folder = g_strdup_printf ("%s/%s-%u-%u", self->directory, kind, self->records, self->turns);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  return folder;
}

static void
take_turn (Subject *self)
{
  g_autofree char *folder = folder_new (self, "folder");
  g_autofree char *other = folder_new (self, "least");
  g_autoptr (GPtrArray) bundles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  self->run[self->turns] = hand_over (self, folder);
  find_bundles (folder, bundles);
  g_assert_cmpuint (bundles->len, >, 0);
  self->rival[self->turns] = do_the_least (other, bundles);
  self->turns++;
  dc_test_dir_remove (g_steal_pointer (&folder));
  dc_test_dir_remove (g_steal_pointer (&other));
}

static double
print_row (const char *what,
           Subject    *self,
           double     *seconds)
{
  double per_record = 1e6 / self->records;

  qsort (seconds, self->turns, sizeof *seconds, compare);
  g_print ("%-28s %8u %8.0f %8.0f %8.0f\n", what, self->records, seconds[0] * per_record,
           seconds[self->turns / 2] * per_record, seconds[self->turns - 1] * per_record);

  return seconds[self->turns / 2] * per_record;
}

static void
print_goal (const char *what,
            double      ratio,
            double      goal,
            gboolean    met)
{
  g_print ("%-28s %8.2f   goal %.1f%s\n", what, ratio, goal, met ? "" : ": MISSED");
}

static void
print_all (Subject *few,
           Subject *many)
{
  double run[2], rival[2];

  g_print ("%-28s %8s %8s %8s %8s\n", "microseconds a record", "records", "least", "median", "most");
  run[0] = print_row ("handed over", few, few->run);
  rival[0] = print_row ("the least", few, few->rival);
  run[1] = print_row ("handed over", many, many->run);
  rival[1] = print_row ("the least", many, many->rival);
  print_goal ("speed of the least, few", rival[0] / run[0], 0.8, rival[0] / run[0] >= 0.8);
  print_goal ("speed of the least, many", rival[1] / run[1], 0.8, rival[1] / run[1] >= 0.8);
  print_goal ("a record of many, of few", run[1] / run[0], 1.2, run[1] / run[0] <= 1.2);
}

int
main (int   argc,
      char *argv[])
{
  const char *is_long = g_getenv ("DAILY_CUP_LONG");
  g_autofree char *directory = g_strdup_printf ("%s/bench-hand-over-%d", argc > 2 ? argv[2] : ".",
                                                getpid ());
  Subject subjects[] = { { .records = FEW }, { .records = MANY } };
  guint rounds = ROUNDS;

  g_assert_cmpint (argc, >, 1);
  /* The queue on the disk that is measured as well. */
  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_setenv ("TMPDIR", directory, TRUE);
  if (is_long != NULL && *is_long != '\0') {
    subjects[1].records = MANY_LONG;
    rounds = 3;
  }
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    subjects[i].program = argv[1];
    subjects[i].directory = directory;
    set_up (&subjects[i]);
  }
  for (guint n = 0; n < rounds; n++) {
    take_turn (&subjects[n % 2]);
    take_turn (&subjects[1 - n % 2]);
  }
  print_all (&subjects[0], &subjects[1]);
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    dc_test_run_tear_down (&subjects[i].test, NULL);
  dc_test_dir_remove (g_steal_pointer (&directory));

  return EXIT_SUCCESS;
}
