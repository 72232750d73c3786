/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-idle.h"

/* A second here. Late timers make waits longer, never shorter. */
#define SECOND_MS 5

typedef struct
{
  DcIdle *idle;
  guint   warnings;
  guint   expired;
  GArray *ticks;
  void  (*on_warning) (DcIdle *idle);
} Fixture;

static void
on_warning (Fixture *self)
{
  self->warnings++;
  if (self->on_warning != NULL)
    self->on_warning (self->idle);
}

static void
on_tick (Fixture *self,
         guint    left)
{
  g_array_append_val (self->ticks, left);
}

static void
on_expired (Fixture *self)
{
  self->expired++;
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->idle = dc_idle_new ();
  self->ticks = g_array_new (FALSE, FALSE, sizeof (guint));
  dc_idle_set_second (self->idle, SECOND_MS);
  g_signal_connect_swapped (self->idle, "warning", G_CALLBACK (on_warning), self);
  g_signal_connect_swapped (self->idle, "tick", G_CALLBACK (on_tick), self);
  g_signal_connect_swapped (self->idle, "expired", G_CALLBACK (on_expired), self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_assert_finalize_object (self->idle);
  g_array_unref (self->ticks);
}

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait (guint seconds)
{
  gboolean over = FALSE;

  g_timeout_add (seconds * SECOND_MS, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
give_up (gpointer unused)
{
  g_error ("waited in vain");

  return G_SOURCE_REMOVE;
}

static void
wait_until (guint *count,
            guint  wanted)
{
  guint guard = g_timeout_add_seconds (30, give_up, NULL);

  while (*count < wanted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static void
test_warns (Fixture       *self,
            gconstpointer  unused)
{
  gint64 began = g_get_monotonic_time ();

  dc_idle_start (self->idle, 10);
  g_assert_false (dc_idle_is_warning (self->idle));
  wait_until (&self->warnings, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 10 * SECOND_MS * 1000);
  g_assert_true (dc_idle_is_warning (self->idle));
  g_assert_cmpuint (self->expired, ==, 0);
}

static void
test_counts_down (Fixture       *self,
                  gconstpointer  unused)
{
  gint64 began;

  dc_idle_start (self->idle, 2);
  wait_until (&self->warnings, 1);
  began = g_get_monotonic_time ();
  wait_until (&self->expired, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, DC_IDLE_GRACE * SECOND_MS * 1000 * 9 / 10);

  g_assert_cmpuint (self->ticks->len, ==, DC_IDLE_GRACE);
  for (guint i = 0; i < DC_IDLE_GRACE; i++)
    g_assert_cmpuint (g_array_index (self->ticks, guint, i), ==, DC_IDLE_GRACE - i);
}

static void
test_expires_once (Fixture       *self,
                   gconstpointer  unused)
{
  dc_idle_start (self->idle, 1);
  wait_until (&self->expired, 1);
  g_assert_false (dc_idle_is_warning (self->idle));
  wait (40);
  g_assert_cmpuint (self->warnings, ==, 1);
  g_assert_cmpuint (self->expired, ==, 1);
}

/* Pokes come more often than the wait is long. */
static void
test_poke_postpones (Fixture       *self,
                     gconstpointer  unused)
{
  gint64 last = 0;

  dc_idle_start (self->idle, 60);
  for (guint i = 0; i < 8; i++) {
    wait (10);
    last = g_get_monotonic_time ();
    dc_idle_poke (self->idle);
  }
  wait_until (&self->warnings, 1);
  g_assert_cmpint (g_get_monotonic_time () - last, >=, 60 * SECOND_MS * 1000);
}

/* A sleeve that brushes the glass does not keep a stranger's page open. */
static void
test_poke_does_not_stay (Fixture       *self,
                         gconstpointer  unused)
{
  dc_idle_start (self->idle, 2);
  wait_until (&self->warnings, 1);
  dc_idle_poke (self->idle);
  g_assert_true (dc_idle_is_warning (self->idle));
  wait (5);
  dc_idle_poke (self->idle);
  wait_until (&self->expired, 1);
  g_assert_cmpuint (self->ticks->len, ==, DC_IDLE_GRACE);
}

static void
test_stay (Fixture       *self,
           gconstpointer  unused)
{
  gint64 stayed;

  dc_idle_start (self->idle, 10);
  wait_until (&self->warnings, 1);
  stayed = g_get_monotonic_time ();
  dc_idle_stay (self->idle);
  g_assert_false (dc_idle_is_warning (self->idle));
  wait_until (&self->warnings, 2);
  g_assert_cmpint (g_get_monotonic_time () - stayed, >=, 10 * SECOND_MS * 1000);
  g_assert_cmpuint (self->expired, ==, 0);
  /* The grace begins anew too. */
  g_assert_cmpuint (g_array_index (self->ticks, guint, self->ticks->len - 1), ==, DC_IDLE_GRACE);
}

static void
test_stops (Fixture       *self,
            gconstpointer  unused)
{
  dc_idle_start (self->idle, 3);
  dc_idle_start (self->idle, 0);
  wait (40);
  g_assert_cmpuint (self->warnings, ==, 0);

  dc_idle_start (self->idle, 1);
  wait_until (&self->warnings, 1);
  dc_idle_start (self->idle, 0);
  g_assert_false (dc_idle_is_warning (self->idle));
  wait (40);
  g_assert_cmpuint (self->expired, ==, 0);
}

static void
test_starts_anew (Fixture       *self,
                  gconstpointer  unused)
{
  dc_idle_start (self->idle, 5);
  dc_idle_start (self->idle, 100000);
  wait (40);
  g_assert_cmpuint (self->warnings, ==, 0);
}

static void
stop (DcIdle *idle)
{
  dc_idle_start (idle, 0);
}

/* The welcome page begins a new visit instead of warning. */
static void
test_stops_in_warning (Fixture       *self,
                       gconstpointer  unused)
{
  self->on_warning = stop;
  dc_idle_start (self->idle, 1);
  wait_until (&self->warnings, 1);
  wait (40);
  g_assert_false (dc_idle_is_warning (self->idle));
  g_assert_cmpuint (self->ticks->len, ==, 0);
  g_assert_cmpuint (self->expired, ==, 0);
}

static void
test_gone (Fixture       *self,
           gconstpointer  unused)
{
  DcIdle *idle = dc_idle_new ();
  Fixture other = { .idle = idle, .warnings = 0 };

  dc_idle_set_second (idle, SECOND_MS);
  g_signal_connect_swapped (idle, "warning", G_CALLBACK (on_warning), &other);
  dc_idle_start (idle, 1);
  g_assert_finalize_object (idle);
  wait (20);
  g_assert_cmpuint (other.warnings, ==, 0);
}

#define ADD(path, run) \
  g_test_add ("/idle/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("warns-after-the-wait", test_warns);
  ADD ("counts-down-from-twenty-to-one", test_counts_down);
  ADD ("expires-once", test_expires_once);
  ADD ("is-postponed-by-a-sign-of-life", test_poke_postpones);
  ADD ("is-not-ended-by-a-sign-of-life-once-it-warned", test_poke_does_not_stay);
  ADD ("begins-anew-for-who-needs-more-time", test_stay);
  ADD ("stops", test_stops);
  ADD ("starts-anew", test_starts_anew);
  ADD ("stops-while-it-warns", test_stops_in_warning);
  ADD ("is-quiet-once-it-is-gone", test_gone);

  return g_test_run ();
}
