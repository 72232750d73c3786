/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-schedule.h"

#include <string.h>

#include "dc-test-run.h"

#define MOST_PLEDGES 24
#define MOST_CALM    8      /* runs that a queue may need to be empty, once all is well */

typedef struct
{
  gboolean thanked;    /* it was saved: it must never be lost */
  gboolean undone;     /* it must never count */
} Promise;

typedef struct
{
  DcTestRun    test;
  GRand       *random;    /* of the steps, on the main thread */
  GRand       *faults;    /* of the destination, on its thread */
  guint        n_made;
  Promise      promises[MOST_PLEDGES];
  DcFakePlace *backup;    /* (owned) (nullable) */
  gboolean     silent;    /* the destination lost something and does not say so */
  guint        harm;      /* of ten calls so many meet a fault */
  guint        signed_for;  /* the most that the office has signed for */
} Life;

static DcFakeStep
decide (DcFakeCall call,
        gpointer   data)
{
  static const DcDeliveryError codes[] = {
    DC_DELIVERY_ERROR_OFFLINE, DC_DELIVERY_ERROR_TIMEOUT, DC_DELIVERY_ERROR_LOGIN_PAGE,
    DC_DELIVERY_ERROR_CREDENTIAL, DC_DELIVERY_ERROR_FULL, DC_DELIVERY_ERROR_GONE,
    DC_DELIVERY_ERROR_BUSY, DC_DELIVERY_ERROR_UNREADABLE, DC_DELIVERY_ERROR_REJECTED,
  };
  Life *self = data;
  DcFakeStep step = { DC_FAKE_WELL };

  if ((guint) g_rand_int_range (self->faults, 0, 10) >= self->harm)
    return step;
  step.fault = (DcFakeFault) g_rand_int_range (self->faults, DC_FAKE_WELL, DC_FAKE_HANG);
  step.code = codes[g_rand_int_range (self->faults, 0, G_N_ELEMENTS (codes))];

  return step;
}

static void
make_promise (Life *self)
{
  if (self->n_made == MOST_PLEDGES)
    return;
  self->promises[self->n_made].thanked = dc_store_test_save (&self->test.store, self->n_made, NULL);
  self->n_made++;
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
  if (dc_store_test_withdraw (&self->test.store, &id, NULL))
    self->promises[n].undone = TRUE;
}

/* A few at random are refused from now on, or reject the bundle they are in. */
static void
refuse_some (Life *self)
{
  dc_fake_place_refuse_none (self->test.place);
  for (guint n = 0; n < self->n_made; n++) {
    const DcId id = dc_store_test_id (n);

    if (g_rand_int_range (self->random, 0, 6) == 0)
      dc_fake_place_refuse (self->test.place, &id, g_rand_boolean (self->random) ? "no" : NULL);
  }
}

static void
restore (Life *self)
{
  g_autoptr (DcFakePlace) empty = dc_fake_place_new ();
  gboolean silent = g_rand_int_range (self->random, 0, 4) == 0;

  self->silent |= silent;
  dc_fake_place_restore (self->test.place, self->backup != NULL ? self->backup : empty, silent);
}

static void
back_up (Life *self)
{
  g_clear_pointer (&self->backup, dc_fake_place_unref);
  self->backup = dc_fake_place_copy (self->test.place);
}

static void
work_in_office (Life *self)
{
  dc_test_run_collect (&self->test);
  if (g_rand_boolean (self->random))
    dc_test_run_sign (&self->test, NULL);
  self->signed_for = MAX (self->signed_for, g_hash_table_size (self->test.office));
}

/* What a person and the machine do while a run goes on. */
static void
interrupt (Life *self)
{
  guint turns = (guint) g_rand_int_range (self->random, 0, 60);

  for (guint i = 0; i < turns; i++)
    g_main_context_iteration (NULL, FALSE);
  switch (g_rand_int_range (self->random, 0, 8)) {
  case 0:
    dc_run_stop (self->test.run);
    break;
  case 1:
    dc_test_send_kill (&self->test.send);
    break;
  case 2:
    dc_test_run_crash (&self->test);
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
    break;
  }
}

static void
run (Life *self)
{
  self->harm = (guint) g_rand_int_range (self->random, 0, 6);
  if (g_rand_int_range (self->random, 0, 5) == 0)
    self->test.send.cut_after = (gsize) g_rand_int_range (self->random, 1, 3000);
  self->test.holding = self->n_made > 0 && g_rand_int_range (self->random, 0, 4) == 0;
  self->test.held = dc_store_test_id (self->n_made > 0 ? self->n_made - 1 : 0);
  dc_test_run_start (&self->test, g_rand_int_range (self->random, 0, 8) == 0);
  if (g_rand_boolean (self->random))
    interrupt (self);
  if (dc_run_get_state (self->test.run) != DC_RUN_IDLE)   /* a crash made a new one */
    dc_test_run_wait (&self->test);
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
    back_up (self);
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

/* All faults stop; people do what they can. NULL once nothing is left. */
static char *
calm_down (Life *self)
{
  const DcRunOutcome *outcome = NULL;

  dc_fake_place_decide (self->test.place, NULL, NULL);
  dc_fake_place_refuse_none (self->test.place);
  self->test.send.cut_after = 0;
  self->test.holding = FALSE;
  for (guint i = 0; i < MOST_CALM; i++) {
    dc_store_test_retry (&self->test.store, NULL, NULL, NULL);
    dc_test_run_start (&self->test, self->silent);
    self->silent = FALSE;
    outcome = dc_test_run_wait (&self->test);
    if (outcome->error != NULL)
      return g_strdup_printf ("a calm run failed: %s", outcome->error->message);
    dc_test_run_collect (&self->test);
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

static char *
check_promises (Life *self)
{
  for (guint n = 0; n < self->n_made; n++) {
    const DcId id = dc_store_test_id (n);
    gboolean there = g_hash_table_contains (self->test.office, &id);

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

  dc_test_run_sign (&self->test, NULL);
  self->signed_for = g_hash_table_size (self->test.office);
  dc_test_run_start (&self->test, FALSE);
  outcome = dc_test_run_wait (&self->test);
  if (outcome->error != NULL)
    return g_strdup_printf ("the last run failed: %s", outcome->error->message);
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
    wrong = check_end (self);

  return wrong;
}

char *
dc_schedule_run (guint32 seed,
                 guint32 number)
{
  const guint32 of_steps[] = { seed, number, 1 };
  const guint32 of_faults[] = { seed, number, 2 };
  Life self = { .random = g_rand_new_with_seed_array (of_steps, G_N_ELEMENTS (of_steps)),
                .faults = g_rand_new_with_seed_array (of_faults, G_N_ELEMENTS (of_faults)) };
  char *wrong;

  dc_test_run_set_up (&self.test, NULL);
  dc_fake_place_decide (self.test.place, decide, &self);
  wrong = live (&self);
  dc_test_run_tear_down (&self.test, NULL);
  g_clear_pointer (&self.backup, dc_fake_place_unref);
  g_rand_free (self.random);
  g_rand_free (self.faults);

  return wrong;
}
