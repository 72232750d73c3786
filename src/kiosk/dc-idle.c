/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-idle.h"

struct _DcIdle
{
  GObject parent_instance;

  guint   wait;           /* seconds; 0: stopped */
  guint   second_ms;
  gint64  last_sign;      /* monotonic, microseconds */
  guint   left;           /* seconds of grace, while warning */
  gboolean warning;
  guint   timer;
};

G_DEFINE_FINAL_TYPE (DcIdle, dc_idle, G_TYPE_OBJECT)

enum {
  WARNING,
  TICK,
  EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_grace_second (gpointer user_data)
{
  g_autoptr (DcIdle) self = g_object_ref (user_data);

  self->left--;
  if (self->left > 0) {
    g_signal_emit (self, signals[TICK], 0, self->left);
    return G_SOURCE_CONTINUE;
  }

  self->timer = 0;
  self->warning = FALSE;
  self->wait = 0;
  g_signal_emit (self, signals[EXPIRED], 0);

  return G_SOURCE_REMOVE;
}

static void
begin_warning (DcIdle *self)
{
  self->warning = TRUE;
  self->left = DC_IDLE_GRACE;
  self->timer = g_timeout_add (self->second_ms, on_grace_second, self);
  g_signal_emit (self, signals[WARNING], 0);
  /* Who was warned may have stopped or begun anew. */
  if (self->warning)
    g_signal_emit (self, signals[TICK], 0, self->left);
}

static gboolean on_wait_over (gpointer user_data);

/* Signs of life come with every motion of a finger; rather than set the timer
 * anew each time, it looks, when it fires, how much is still to wait. */
static void
schedule (DcIdle *self)
{
  gint64 due = self->last_sign + (gint64) self->wait * self->second_ms * 1000;
  gint64 now = g_get_monotonic_time ();

  self->timer = g_timeout_add ((guint) (MAX (due - now, 0) / 1000 + 1), on_wait_over, self);
}

static gboolean
on_wait_over (gpointer user_data)
{
  DcIdle *self = user_data;
  gint64 quiet = g_get_monotonic_time () - self->last_sign;

  self->timer = 0;
  if (quiet >= (gint64) self->wait * self->second_ms * 1000)
    begin_warning (self);
  else
    schedule (self);

  return G_SOURCE_REMOVE;
}

static void
dc_idle_dispose (GObject *object)
{
  DcIdle *self = DC_IDLE (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (dc_idle_parent_class)->dispose (object);
}

static void
dc_idle_class_init (DcIdleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dc_idle_dispose;

  signals[WARNING] = g_signal_new ("warning", DC_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", DC_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EXPIRED] = g_signal_new ("expired", DC_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dc_idle_init (DcIdle *self)
{
  self->second_ms = 1000;
}

DcIdle *
dc_idle_new (void)
{
  return g_object_new (DC_TYPE_IDLE, NULL);
}

void
dc_idle_start (DcIdle *self,
               guint   seconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->warning = FALSE;
  self->wait = seconds;
  self->last_sign = g_get_monotonic_time ();
  if (seconds > 0)
    schedule (self);
}

void
dc_idle_poke (DcIdle *self)
{
  self->last_sign = g_get_monotonic_time ();
}

void
dc_idle_stay (DcIdle *self)
{
  dc_idle_start (self, self->wait);
}

gboolean
dc_idle_is_warning (DcIdle *self)
{
  return self->warning;
}

void
dc_idle_set_second (DcIdle *self,
                    guint   milliseconds)
{
  self->second_ms = milliseconds;
}
