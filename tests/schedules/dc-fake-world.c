/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-schedule-world.h"

typedef struct
{
  DcScheduleWorld parent;
  DcFakePlace    *place;     /* (owned) while a schedule lives */
  DcFakePlace    *backup;    /* (owned) (nullable) */
  GRand          *faults;    /* (owned) of the destination, on its thread */
  guint           harm;
} FakeWorld;

static DcFakeStep
decide (DcFakeCall call,
        gpointer   data)
{
  static const DcDeliveryError codes[] = {
    DC_DELIVERY_ERROR_OFFLINE, DC_DELIVERY_ERROR_TIMEOUT, DC_DELIVERY_ERROR_LOGIN_PAGE,
    DC_DELIVERY_ERROR_CREDENTIAL, DC_DELIVERY_ERROR_FULL, DC_DELIVERY_ERROR_GONE,
    DC_DELIVERY_ERROR_BUSY, DC_DELIVERY_ERROR_UNREADABLE, DC_DELIVERY_ERROR_REJECTED,
  };
  FakeWorld *self = data;
  DcFakeStep step = { DC_FAKE_WELL };

  if ((guint) g_rand_int_range (self->faults, 0, 10) >= self->harm)
    return step;
  step.fault = (DcFakeFault) g_rand_int_range (self->faults, DC_FAKE_WELL, DC_FAKE_HANG);
  step.code = codes[g_rand_int_range (self->faults, 0, G_N_ELEMENTS (codes))];

  return step;
}

static void
begin (DcScheduleWorld *world,
       DcTestRun       *test,
       guint32          seed,
       guint32          number)
{
  const guint32 of_faults[] = { seed, number, 2 };
  FakeWorld *self = (FakeWorld *) world;

  dc_test_run_set_up (test, NULL);
  self->harm = 0;
  self->faults = g_rand_new_with_seed_array (of_faults, G_N_ELEMENTS (of_faults));
  self->place = dc_fake_place_ref (test->place);
  dc_fake_place_decide (self->place, decide, self);
}

static void
end (DcScheduleWorld *world,
     DcTestRun       *test)
{
  FakeWorld *self = (FakeWorld *) world;

  dc_test_run_tear_down (test, NULL);
  g_clear_pointer (&self->place, dc_fake_place_unref);
  g_clear_pointer (&self->backup, dc_fake_place_unref);
  g_clear_pointer (&self->faults, g_rand_free);
}

static void
disturb (DcScheduleWorld *world,
         DcTestRun       *test,
         GRand           *random,
         guint            harm)
{
  ((FakeWorld *) world)->harm = harm;
  if (g_rand_int_range (random, 0, 5) == 0)
    test->send.cut_after = (gsize) g_rand_int_range (random, 1, 3000);
}

static void
calm (DcScheduleWorld *world,
      DcTestRun       *test)
{
  dc_fake_place_decide (((FakeWorld *) world)->place, NULL, NULL);
  test->send.cut_after = 0;
}

/* What befalls it follows from its calls alone. */
static void
strike (DcScheduleWorld *world,
        DcTestRun       *test,
        GRand           *random)
{
}

static void
kill_sender (DcScheduleWorld *world,
             DcTestRun       *test)
{
  dc_test_send_kill (&test->send);
}

static void
kill_tablet (DcScheduleWorld *world,
             DcTestRun       *test,
             GRand           *random)
{
  dc_test_run_crash (test);
}

static void
refuse (DcScheduleWorld *world,
        const DcId      *id,
        const char      *reason)
{
  DcFakePlace *place = ((FakeWorld *) world)->place;

  if (id != NULL)
    dc_fake_place_refuse (place, id, reason);
  else
    dc_fake_place_refuse_none (place);
}

static void
back_up (DcScheduleWorld *world)
{
  FakeWorld *self = (FakeWorld *) world;

  g_clear_pointer (&self->backup, dc_fake_place_unref);
  self->backup = dc_fake_place_copy (self->place);
}

static void
restore (DcScheduleWorld *world,
         gboolean         silent)
{
  FakeWorld *self = (FakeWorld *) world;
  g_autoptr (DcFakePlace) empty = dc_fake_place_new ();

  dc_fake_place_restore (self->place, self->backup != NULL ? self->backup : empty, silent);
}

DcScheduleWorld *
dc_fake_world_new (void)
{
  FakeWorld *self = g_new0 (FakeWorld, 1);

  self->parent = (DcScheduleWorld) {
    .begin = begin, .end = end, .disturb = disturb, .calm = calm, .strike = strike,
    .kill_sender = kill_sender, .kill_tablet = kill_tablet, .refuse = refuse,
    .back_up = back_up, .restore = restore,
  };

  return &self->parent;
}

void
dc_fake_world_free (DcScheduleWorld *self)
{
  g_free (self);
}
