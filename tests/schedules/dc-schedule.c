/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-schedule.h"

#include <string.h>

#define MOST_PLEDGES 24
#define MOST_CALM    8      /* runs that a queue may need to be empty, once all is well */

typedef struct
{
  gboolean thanked;    /* it was saved: it must never be lost */
  gboolean undone;     /* it must never count */
  gboolean gone;       /* undone before any run could take it: it must never leave */
} Promise;

typedef struct
{
  DcTestRun        test;
  DcScheduleWorld *world;
  GRand           *random;
  guint            n_made;
  Promise          promises[MOST_PLEDGES];
  gboolean         silent;      /* the destination lost something and does not say so */
  guint            signed_for;  /* the most that the office has signed for */
  guint            n_offered;   /* of those made, the first that a run could have taken */
} Life;

static void
make_promise (Life *self)
{
  if (self->n_made == MOST_PLEDGES)
    return;
  self->promises[self->n_made].thanked = dc_store_test_save (&self->test.store, self->n_made, NULL);
  self->n_made++;
  if (self->test.run != NULL && dc_run_get_state (self->test.run) != DC_RUN_IDLE
      && dc_run_get_state (self->test.run) != DC_RUN_ENDED)
    self->n_offered = self->n_made;
}

static void
undo_promise (Life *self)
{
  guint n;
  DcId id;

  if (self->n_made == 0)
    return;
  n = (guint) g_rand_int_range (self->random, 0, (gint32) self->n_made);
  id = dc_store_test_id (n);
  if (dc_store_test_withdraw (&self->test.store, &id, NULL)) {
    self->promises[n].undone = TRUE;
    self->promises[n].gone |= n >= self->n_offered;
  }
}

/* A few at random are refused from now on, or reject the bundle they are in. */
static void
refuse_some (Life *self)
{
  if (self->world->refuse == NULL)
    return;
  self->world->refuse (self->world, NULL, NULL);
  for (guint n = 0; n < self->n_made; n++) {
    const DcId id = dc_store_test_id (n);

    if (g_rand_int_range (self->random, 0, 6) == 0)
      self->world->refuse (self->world, &id, g_rand_boolean (self->random) ? "no" : NULL);
  }
}

static void
restore (Life *self)
{
  gboolean silent = g_rand_int_range (self->random, 0, 4) == 0;

  self->silent |= silent;
  self->world->restore (self->world, silent);
}

/* It may come to a destination that is down, and then comes again another day. */
static void
work_in_office (Life *self)
{
  if (dc_test_run_collect (&self->test, NULL) && g_rand_boolean (self->random)) {
    self->signed_for = MAX (self->signed_for, g_hash_table_size (self->test.office));
    dc_test_run_sign (&self->test, NULL, NULL);
  }
}

/* Until the run has ended; somebody with less time stops it before. */
static void
wait_for_run (Life *self)
{
  gint64 late = g_get_monotonic_time () + self->world->patience_ms * G_TIME_SPAN_MILLISECOND;

  while (self->world->patience_ms != 0 && dc_run_get_state (self->test.run) != DC_RUN_ENDED
         && g_get_monotonic_time () < late) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  }
  if (self->world->patience_ms != 0 && dc_run_get_state (self->test.run) != DC_RUN_ENDED)
    dc_run_stop (self->test.run);
  dc_test_run_wait (&self->test);
}

/* What a person and the machine do while a run goes on. */
static void
interrupt (Life *self)
{
  guint turns = (guint) g_rand_int_range (self->random, 0, 60);

  /* Where other processes do the work, a turn is a while. */
  for (guint i = 0; i < turns; i++) {
    if (!g_main_context_iteration (NULL, FALSE) && self->world->patience_ms != 0)
      g_usleep (2000);
  }
  switch (g_rand_int_range (self->random, 0, 8)) {
  case 0:
    dc_run_stop (self->test.run);
    break;
  case 1:
    self->world->kill_sender (self->world, &self->test);
    break;
  case 2:
    self->world->kill_tablet (self->world, &self->test, self->random);
    break;
  case 3:
    make_promise (self);
    break;
  case 4:
    undo_promise (self);
    break;
  case 5:
    work_in_office (self);
    break;
  case 6:
    restore (self);
    break;
  default:
    self->world->strike (self->world, &self->test, self->random);
    break;
  }
}

static void
run (Life *self)
{
  self->world->disturb (self->world, &self->test, self->random,
                        (guint) g_rand_int_range (self->random, 0, 6));
  self->test.holding = self->n_made > 0 && g_rand_int_range (self->random, 0, 4) == 0;
  self->test.held = dc_store_test_id (self->n_made > 0 ? self->n_made - 1 : 0);
  self->n_offered = self->n_made;
  dc_test_run_start (&self->test, g_rand_int_range (self->random, 0, 8) == 0);
  if (g_rand_boolean (self->random))
    interrupt (self);
  if (dc_run_get_state (self->test.run) != DC_RUN_IDLE)   /* a crash made a new one */
    wait_for_run (self);
}

static void
step (Life *self)
{
  switch (g_rand_int_range (self->random, 0, 12)) {
  case 0:
  case 1:
  case 2:
  case 3:
    make_promise (self);
    break;
  case 4:
    undo_promise (self);
    break;
  case 5:
    refuse_some (self);
    break;
  case 6:
    self->world->back_up (self->world);
    break;
  case 7:
    restore (self);
    break;
  case 8:
    work_in_office (self);
    break;
  case 9:
    dc_store_test_retry (&self->test.store, NULL, NULL, NULL);
    break;
  default:
    run (self);
    break;
  }
}

/* Has the office signed for no less than the tablet erased? */
static char *
check_erased (Life *self)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (&self->test.store);

  if (tally->by_state[DC_STATE_RECEIPTED] > self->signed_for)
    return g_strdup_printf ("%u receipted, and only %u signed for",
                            tally->by_state[DC_STATE_RECEIPTED], self->signed_for);

  return NULL;
}

/* A run with nothing in its way. Where the sender of a tablet that was killed still
 * holds the lock, or a server is hardly up, somebody presses the button again.
 * NULL where it went well. (transfer full) (nullable) */
static char *
go_calmly (Life                *self,
           gboolean             everything,
           const DcRunOutcome **outcome)
{
  for (guint tried = 0;; tried++) {
    dc_test_run_start (&self->test, everything);
    *outcome = dc_test_run_wait (&self->test);
    if ((*outcome)->error == NULL)
      return NULL;
    if (tried == self->world->lenience)
      return g_strdup_printf ("a calm run failed: %s", (*outcome)->error->message);
    g_usleep (self->world->lenience_ms * G_TIME_SPAN_MILLISECOND);
  }
}

/* All faults stop; people do what they can. NULL once nothing is left. */
static char *
calm_down (Life *self)
{
  const DcRunOutcome *outcome = NULL;
  g_autoptr (GError) error = NULL;

  self->world->calm (self->world, &self->test);
  if (self->world->refuse != NULL)
    self->world->refuse (self->world, NULL, NULL);
  self->test.holding = FALSE;
  for (guint i = 0; i < MOST_CALM; i++) {
    char *wrong;

    dc_store_test_retry (&self->test.store, NULL, NULL, NULL);
    wrong = go_calmly (self, self->silent, &outcome);
    if (wrong != NULL)
      return wrong;
    self->silent = FALSE;
    if (!dc_test_run_collect (&self->test, &error))
      return g_strdup_printf ("the office cannot collect: %s", error->message);
    if (outcome->left == 0 && outcome->need_attention == 0 && i > 0)
      return NULL;
  }

  return g_strdup_printf ("%u left and %u in need of attention", outcome->left,
                          outcome->need_attention);
}

static gboolean
office_knows_withdrawal (Life       *self,
                         const DcId *id)
{
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->test.office);
  while (g_hash_table_iter_next (&iter, NULL, &record)) {
    const DcEnvelope *envelope = &((DcRecord *) record)->envelope;

    if (envelope->kind == DC_KIND_WITHDRAWAL && dc_id_equal (&envelope->about, id))
      return TRUE;
  }

  return FALSE;
}

/* What is there, against what was promised and against the office. */
static char *
check_contents (Life *self)
{
  g_autoptr (GHashTable) contents = NULL;
  g_autoptr (DcTally) tally = NULL;
  GHashTableIter iter;
  gpointer key;
  char *wrong = NULL;
  guint n_missing = 0;

  if (self->world->contents == NULL)
    return NULL;
  contents = self->world->contents (self->world, &self->test, &wrong);
  if (contents == NULL)
    return wrong;
  g_hash_table_iter_init (&iter, contents);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!g_hash_table_contains (self->test.office, key))
      return g_strdup ("a record lies there that the office did not collect");
  }
  for (guint n = 0; n < self->n_made; n++) {
    const DcId id = dc_store_test_id (n);

    n_missing += self->promises[n].thanked && !self->promises[n].undone
                 && !g_hash_table_contains (contents, &id);
  }
  tally = dc_store_test_tally (&self->test.store);
  if (n_missing > tally->by_state[DC_STATE_RECEIPTED])
    return g_strdup_printf ("%u that were thanked for do not lie there, and only %u are receipted",
                            n_missing, tally->by_state[DC_STATE_RECEIPTED]);

  return NULL;
}

static char *
check_promises (Life *self)
{
  for (guint n = 0; n < self->n_made; n++) {
    const DcId id = dc_store_test_id (n);
    gboolean there = g_hash_table_contains (self->test.office, &id);

    if (self->promises[n].gone && there)
      return g_strdup_printf ("promise %u was undone before it could leave, and came", n);
    if (self->promises[n].undone) {
      if (there && !office_knows_withdrawal (self, &id))
        return g_strdup_printf ("promise %u was undone, and the office does not know", n);
    } else if (self->promises[n].thanked && !there) {
      return g_strdup_printf ("promise %u was thanked for, and the office has not got it", n);
    }
  }

  return self->test.twice ? g_strdup ("two records with one id") : NULL;
}

/* The office signs; then the tablet keeps the bytes of none. */
static char *
check_end (Life *self)
{
  const DcRunOutcome *outcome;
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;
  char *wrong;

  self->signed_for = g_hash_table_size (self->test.office);
  if (!dc_test_run_sign (&self->test, NULL, &error))
    return g_strdup_printf ("the office cannot sign: %s", error->message);
  wrong = go_calmly (self, FALSE, &outcome);
  if (wrong != NULL)
    return wrong;
  tally = dc_store_test_tally (&self->test.store);
  if (tally->by_state[DC_STATE_DELIVERED] != 0)
    return g_strdup_printf ("%u are not signed for", tally->by_state[DC_STATE_DELIVERED]);

  return check_erased (self);
}

static char *
live (Life *self)
{
  guint n_steps = (guint) g_rand_int_range (self->random, 5, 25);
  char *wrong = NULL;

  for (guint i = 0; i < n_steps && wrong == NULL; i++) {
    step (self);
    wrong = check_erased (self);
  }
  if (wrong == NULL)
    wrong = calm_down (self);
  if (wrong == NULL)
    wrong = check_promises (self);
  if (wrong == NULL)
    wrong = check_contents (self);
  if (wrong == NULL)
    wrong = check_end (self);

  return wrong;
}

char *
dc_schedule_run (DcScheduleWorld *world,
                 guint32          seed,
                 guint32          number)
{
  const guint32 of_steps[] = { seed, number, 1 };
  Life self = { .world = world,
                .random = g_rand_new_with_seed_array (of_steps, G_N_ELEMENTS (of_steps)) };
  char *wrong;

  world->begin (world, &self.test, seed, number);
  wrong = live (&self);
  world->end (world, &self.test);
  g_rand_free (self.random);

  return wrong;
}
