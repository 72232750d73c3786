/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The power goes after any step of a queue's life. dc-crash-disk.h says what
 * the disk may hold then; the next start opens it as always, on the system's
 * own file layer, and must find all that was acknowledged, nothing that was
 * undone, and nothing else than what a call that was running may have done.
 *
 * A life begins with nothing, with a queue of an earlier version, or with what a power
 * cut left of the life before it, so that the power also goes during recovery.
 *
 *   DAILY_CUP_CRASH_SEED=N          the lives of another run
 *   DAILY_CUP_CRASH_STATE=L/S/V     only the state V after step S of life L
 */

#include "dc-crash-disk.h"
#include "dc-crash-queue.h"
#include "dc-life.h"
#include "dc-shim-vfs.h"
#include "dc-store-test.h"

#include <glib/gstdio.h>

#include <string.h>

#define CALLS 40
/* Of a life that is there for its beginning. */
#define CALLS_AFTER_MIGRATION 6
/* Lives from the same beginning, each from a power cut of the one before. */
#define GENERATIONS 4
#define STATES_PER_STEP 3
#define NEEDLES_MAX 6
#define FAILURES_TOLD 5

static const char * const crashes[] = {
  "nothing that was unsynced is there", "some unsynced writes are there", "some are torn",
  "the first few are there", "all is there",
};

typedef struct
{
  guint lives;
  guint steps;
  guint states;
  guint by_crash[DC_N_CRASHES];
  GHashTable *by_call;   /* (owned) name: count */

  /* States in which ... */
  guint acknowledged_lost;
  guint undone_back;
  guint doubled;
  guint other;          /* neither what was before the call nor after it */
  guint unopenable;
  guint set_aside;
  guint residue;        /* erased bytes were found */
  guint rows_lost;
  guint harmed;         /* ... any of these */
} Figures;

typedef struct
{
  char       *root;      /* all folders of this run */
  char       *live;      /* where lives are lived */
  char       *left;      /* what a power cut left */
  DcSealer   *sealer;
  guint32     seed;
  DcLifeKind  kind;
  guint       n_calls;   /* of a life */
  Figures     figures;

  /* The state that is looked at. */
  guint       life;
  guint       step;
  guint       variant;
  DcCrash     crash;
} Run;

/* (nullable) "L/S/V" to repeat */
static const char *
get_wanted (void)
{
  return g_getenv ("DAILY_CUP_CRASH_STATE");
}

static guint32
get_seed (void)
{
  const char *asked = g_getenv ("DAILY_CUP_CRASH_SEED");

  return asked != NULL ? (guint32) g_ascii_strtoull (asked, NULL, 10) : 20261218;
}

static void
run_init (Run        *self,
          DcLifeKind  kind)
{
  *self = (Run) { .kind = kind, .n_calls = CALLS, .seed = get_seed () };
  self->root = dc_test_dir_new ();
  self->live = g_build_filename (self->root, "live", NULL);
  self->left = g_build_filename (self->root, "left", NULL);
  self->sealer = dc_store_test_sealer_new ();
  self->figures.by_call = g_hash_table_new (g_str_hash, g_str_equal);
  g_test_message ("DAILY_CUP_CRASH_SEED=%u", self->seed);
}

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->root, dc_test_dir_remove);
  g_clear_pointer (&self->live, g_free);
  g_clear_pointer (&self->left, g_free);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
  g_clear_pointer (&self->figures.by_call, g_hash_table_unref);
}

static void
complain (Run        *self,
          DcLife     *life,
          const char *what)
{
  guint call = dc_life_find (life, self->step);
  const DcTapeStep *step = &g_array_index (life->tape->steps, DcTapeStep, self->step - 1);

  self->figures.harmed++;
  if (self->kind != DC_LIFE_DURABLE || self->figures.harmed > FAILURES_TOLD)
    return;

  g_printerr ("%s: power cut (%s) after a %s of %s, in call %u (%s) of life %u. To repeat: "
              "DAILY_CUP_CRASH_SEED=%u DAILY_CUP_CRASH_STATE=%u/%u/%u\n",
              what, crashes[self->crash], dc_tape_kind_to_string (step->kind), step->path, call,
              g_array_index (life->calls, DcLifeCall, call).what, self->life,
              self->seed, self->life, self->step, self->variant);
}

static GRand *
rand_for (Run   *self,
          guint  a,
          guint  b)
{
  guint32 seeds[] = { self->seed, self->life, a, b };

  return g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
}

/* Whether @found may be what is there. */
static gboolean
is_right (Run             *self,
          DcLife          *life,
          const DcContent *found)
{
  guint at = dc_life_find (life, self->step);
  const DcLifeCall *call = &g_array_index (life->calls, DcLifeCall, at);
  const DcContent *before = at > 0 ? call[-1].after : life->before;
  DcContentHarm harm;

  if (self->step == 0 || self->step < call->answered) {
    if (before == NULL ? dc_content_is_empty (found) : dc_content_equal (before, found))
      return TRUE;
  }
  if (dc_content_equal (call->after, found))
    return TRUE;

  if (self->step < call->answered && before != NULL)
    dc_content_compare (before, found, &harm);
  else
    dc_content_compare (call->after, found, &harm);
  self->figures.acknowledged_lost += harm.lost > 0;
  self->figures.rows_lost += harm.lost;
  self->figures.doubled += harm.doubled > 0;
  self->figures.undone_back += harm.back > 0;
  self->figures.other += harm.other > 0;

  return FALSE;
}

/* What was acknowledged as erased is in no file of the queue. */
static gboolean
is_clean (Run    *self,
          DcLife *life)
{
  guint at = dc_life_find (life, self->step);
  guint looked = 0;

  for (guint i = life->needles->len; i > 0 && looked < NEEDLES_MAX; i--) {
    const DcLifeNeedle *needle = &g_array_index (life->needles, DcLifeNeedle, i - 1);

    if (needle->call > at
        || self->step < g_array_index (life->calls, DcLifeCall, needle->call).answered)
      continue;
    if (dc_store_test_on_disk (self->left, needle->bytes, sizeof needle->bytes))
      return FALSE;
    looked++;
  }

  return TRUE;
}

/* The queue that was found takes one pledge more, and has it after one more
 * start. */
static gboolean
goes_on (Run          *self,
         DcCrashQueue *queue,
         guint         rows)
{
  g_autoptr (DcContent) content = NULL;
  g_autoptr (DcContent) again = NULL;

  if (!dc_crash_queue_save (queue, G_MAXUINT32, DC_KIND_PLEDGE, NULL))
    return FALSE;
  content = dc_crash_queue_read (queue, NULL);
  dc_crash_queue_clear (queue);
  again = dc_crash_read (self->left, NULL);

  return content != NULL && content->rows->len == rows + 1
         && again != NULL && dc_content_equal (content, again);
}

static void
judge (Run          *self,
       DcLife       *life,
       DcCrashQueue *queue)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcContent) found = NULL;

  if (dc_crash_queue_open (queue, &error))
    found = dc_crash_queue_read (queue, &error);
  if (found == NULL) {
    self->figures.set_aside += strstr (error->message, "set aside as") != NULL;
    self->figures.unopenable += strstr (error->message, "set aside as") == NULL;
    complain (self, life, error->message);
    return;
  }

  if (!is_right (self, life, found)) {
    complain (self, life, "not what was acknowledged");
  } else if (!is_clean (self, life)) {
    self->figures.residue++;
    complain (self, life, "erased bytes are there");
  } else if (self->figures.states % 16 == 0 && !goes_on (self, queue, found->rows->len)) {
    self->figures.other++;
    complain (self, life, "the queue does not go on");
  }
}

static void
cut_power (Run         *self,
           DcLife      *life,
           DcCrashDisk *disk)
{
  g_autoptr (GRand) rand = rand_for (self, self->step, self->variant);
  guint at = dc_life_find (life, self->step);
  const char *what = g_array_index (life->calls, DcLifeCall, at).what;
  gpointer count = g_hash_table_lookup (self->figures.by_call, what);
  DcCrashQueue queue;

  /* What is sure alone is the commonest case, and the first to be looked at. */
  self->crash = self->variant == 0 ? DC_CRASH_NOTHING
                : (DcCrash) g_rand_int_range (rand, DC_CRASH_SOME, DC_N_CRASHES);
  dc_crash_disk_leave (disk, self->crash, rand, self->left);

  self->figures.states++;
  self->figures.by_crash[self->crash]++;
  g_hash_table_insert (self->figures.by_call, (gpointer) what,
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));

  dc_crash_queue_init (&queue, self->left, self->sealer);
  judge (self, life, &queue);
  dc_crash_queue_clear (&queue);
}

static gboolean
is_wanted (Run *self)
{
  g_autofree char *name = NULL;

  if (get_wanted () == NULL)
    return TRUE;
  name = g_strdup_printf ("%u/%u/%u", self->life, self->step, self->variant);

  return strcmp (name, get_wanted ()) == 0;
}

/* Every step of the life that was lived from @start. */
static void
cut_everywhere (Run        *self,
                DcLife     *life,
                const char *start,
                guint       n_states)
{
  g_autoptr (DcCrashDisk) disk = dc_crash_disk_new ();
  guint n = life->tape->steps->len;

  dc_crash_disk_load (disk, start);
  self->figures.lives++;
  self->figures.steps += n;

  for (guint i = 0; i < n && self->figures.states < n_states; i++) {
    dc_crash_disk_do (disk, &g_array_index (life->tape->steps, DcTapeStep, i));
    self->step = i + 1;
    for (self->variant = 0; self->variant < STATES_PER_STEP; self->variant++) {
      if (is_wanted (self))
        cut_power (self, life, disk);
    }
  }
}

/* What @folder holds once it is of today's version. */
static DcContent *
read_copy (Run        *self,
           const char *folder)
{
  g_autofree char *copy = g_build_filename (self->root, "copy", NULL);
  g_autoptr (GError) error = NULL;
  DcContent *content;

  dc_crash_copy_folder (folder, copy);
  content = dc_crash_read (copy, &error);
  g_assert_no_error (error);
  dc_test_dir_remove (g_steal_pointer (&copy));

  return content;
}

/* Makes @start what a power cut somewhere in @life left; what that holds. */
static DcContent *
inherit (Run        *self,
         DcLife     *life,
         const char *start)
{
  g_autoptr (GRand) rand = rand_for (self, G_MAXUINT, 0);
  g_autoptr (DcCrashDisk) disk = dc_crash_disk_new ();
  guint n = life->tape->steps->len;
  guint cut = (guint) g_rand_int_range (rand, (gint32) n / 2, (gint32) n + 1);

  dc_crash_disk_load (disk, start);
  for (guint i = 0; i < cut; i++)
    dc_crash_disk_do (disk, &g_array_index (life->tape->steps, DcTapeStep, i));
  dc_crash_disk_leave (disk, DC_CRASH_TORN, rand, start);

  return read_copy (self, start);
}

/* One life from @start, which is left as it was; the next is to begin there. */
static DcLife *
live (Run        *self,
      const char *start,
      DcContent  *before)
{
  dc_test_dir_remove (g_strdup (self->live));
  dc_crash_copy_folder (start, self->live);

  return dc_life_new (self->live, before, self->sealer, self->kind,
                      self->seed * 2654435761u + self->life * 1000, self->n_calls);
}

/* @start: a folder, which is changed. */
static void
live_and_die (Run        *self,
              const char *start,
              DcContent  *before,
              guint       n_states)
{
  g_autoptr (DcContent) content = before != NULL ? dc_content_ref (before) : NULL;

  for (guint i = 0; i < GENERATIONS && self->figures.states < n_states; i++, self->life++) {
    g_autoptr (DcLife) life = live (self, start, content);

    cut_everywhere (self, life, start, n_states);
    if (self->kind != DC_LIFE_DURABLE)
      return;   /* nothing to inherit */
    g_clear_pointer (&content, dc_content_unref);
    content = inherit (self, life, start);
  }
}

static void
print_figures (Run *self)
{
  const Figures *figures = &self->figures;
  g_autoptr (GString) calls = g_string_new (NULL);
  GHashTableIter iter;
  gpointer what;
  gpointer count;

  g_hash_table_iter_init (&iter, figures->by_call);
  while (g_hash_table_iter_next (&iter, &what, &count))
    g_string_append_printf (calls, " %s %u", (const char *) what, GPOINTER_TO_UINT (count));

  g_test_message ("%u states after %u steps of %u lives: %u with an acknowledged record lost (%u "
                  "records), %u with one undone come back, %u doubled, %u otherwise wrong, %u not "
                  "to be opened, %u set aside, %u with erased bytes",
                  figures->states, figures->steps, figures->lives, figures->acknowledged_lost,
                  figures->rows_lost, figures->undone_back, figures->doubled, figures->other,
                  figures->unopenable, figures->set_aside, figures->residue);
  g_test_message ("unsynced: nothing there %u, some %u, torn %u, the first few %u, all %u; during%s",
                  figures->by_crash[DC_CRASH_NOTHING], figures->by_crash[DC_CRASH_SOME],
                  figures->by_crash[DC_CRASH_TORN], figures->by_crash[DC_CRASH_FIRST],
                  figures->by_crash[DC_CRASH_ALL], calls->str);
}

static void
cut (Run   *self,
     guint  n_states,
     void (*make_start) (Run        *self,
                         const char *start,
                         DcContent **before))
{
  gint64 begin = g_get_monotonic_time ();

  while (self->figures.states < n_states && (get_wanted () == NULL || self->life < 1000)) {
    g_autofree char *start = g_build_filename (self->root, "start", NULL);
    g_autoptr (DcContent) before = NULL;

    g_assert_cmpint (g_mkdir (start, 0700), ==, 0);
    if (make_start != NULL)
      make_start (self, start, &before);
    live_and_die (self, start, before, n_states);
    dc_test_dir_remove (g_steal_pointer (&start));
  }

  print_figures (self);
  g_test_message ("%.0f states a second", self->figures.states * 1e6
                  / (gdouble) (g_get_monotonic_time () - begin));
}

static void
test_durable (void)
{
  Run run;

  run_init (&run, DC_LIFE_DURABLE);
  cut (&run, dc_crash_rounds (12000, 100000), NULL);
  g_assert_cmpuint (run.figures.harmed, ==, 0);
  run_clear (&run);
}

/* A queue as each earlier version of the schema in turn left it, with a few
 * records in it. */
static void
make_earlier_version (Run         *self,
                      const char  *start,
                      DcContent  **before)
{
  guint version = 1 + self->life / GENERATIONS % DC_CRASH_N_OLD_VERSIONS;
  g_autoptr (DcLife) life = NULL;

  dc_test_dir_remove (g_strdup (self->live));
  g_assert_cmpint (g_mkdir (self->live, 0700), ==, 0);
  life = dc_life_new (self->live, NULL, self->sealer, DC_LIFE_DURABLE,
                      self->seed + self->life, CALLS / 2);
  dc_crash_copy_as_version (version, self->live, start);
  *before = read_copy (self, start);
}

static void
test_migration (void)
{
  Run run;

  run_init (&run, DC_LIFE_DURABLE);
  run.n_calls = CALLS_AFTER_MIGRATION;
  cut (&run, dc_crash_rounds (3000, 20000), make_earlier_version);
  g_assert_cmpuint (run.figures.harmed, ==, 0);
  run_clear (&run);
}

/* Without the sync at each commit the last ones are lost: the test sees it. */
static void
test_control_normal (void)
{
  Run run;

  run_init (&run, DC_LIFE_NORMAL);
  cut (&run, dc_crash_rounds (600, 3000), NULL);
  g_assert_cmpuint (run.figures.acknowledged_lost, >, run.figures.states / 10);
  g_assert_cmpuint (run.figures.rows_lost, >=, run.figures.acknowledged_lost);
  run_clear (&run);
}

/* A disk that only says that it has synced breaks everything. */
static void
test_control_lying (void)
{
  Run run;

  run_init (&run, DC_LIFE_LYING);
  cut (&run, dc_crash_rounds (600, 3000), NULL);
  g_assert_cmpuint (run.figures.harmed, >, run.figures.states / 4);
  g_assert_cmpuint (run.figures.set_aside + run.figures.unopenable, >, 0);
  run_clear (&run);
}

int
main (int   argc,
      char *argv[])
{
  /* The disk is the test's own; where it keeps it may as well be quick. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  g_test_init (&argc, &argv, NULL);
  dc_crash_be_quiet ();
  dc_shim_vfs_install ();
  dc_shim_vfs_step_aside ();

  g_test_add_func ("/power-cut/keeps-what-was-acknowledged", test_durable);
  g_test_add_func ("/power-cut/keeps-it-through-a-migration", test_migration);
  g_test_add_func ("/power-cut/control-a-commit-without-a-sync-is-lost", test_control_normal);
  g_test_add_func ("/power-cut/control-a-disk-that-lies-is-found-out", test_control_lying);

  return g_test_run ();
}
