/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-stall.h"

struct _DcStall
{
  GObject   parent_instance;

  DcShift  *shift;
  gboolean  had_shift;      /* when it last looked */
  gboolean  practice;
  gboolean  assisted;
  gint64    touched;        /* monotonic, µs */
  guint     minute;         /* milliseconds */
  guint     timer;          /* source, 0: none */
};

G_DEFINE_FINAL_TYPE (DcStall, dc_stall, G_TYPE_OBJECT)

static guint changed_signal;

static void
dc_stall_finalize (GObject *object)
{
  DcStall *self = DC_STALL (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->shift, dc_shift_free);

  G_OBJECT_CLASS (dc_stall_parent_class)->finalize (object);
}

static void
dc_stall_class_init (DcStallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_stall_finalize;

  changed_signal = g_signal_new ("changed", DC_TYPE_STALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
dc_stall_init (DcStall *self)
{
  self->minute = 60 * 1000;
}

DcStall *
dc_stall_new (DcShift *shift)
{
  DcStall *self;

  g_return_val_if_fail (shift != NULL, NULL);

  self = g_object_new (DC_TYPE_STALL, NULL);
  self->shift = shift;
  self->had_shift = dc_shift_is_on (shift);

  return self;
}

DcShift *
dc_stall_get_shift (DcStall *self)
{
  return self->shift;
}

static void
tell (DcStall *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Without a word. */
static void
end_practice (DcStall *self)
{
  self->practice = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
}

gboolean
dc_stall_start_shift (DcStall     *self,
                      const char  *code,
                      gint64       codes_shown,
                      GError     **error)
{
  if (!dc_shift_start (self->shift, code, codes_shown, error))
    return FALSE;

  self->had_shift = TRUE;
  tell (self);

  return TRUE;
}

gboolean
dc_stall_end_shift (DcStall  *self,
                    GError  **error)
{
  if (!dc_shift_end (self->shift, error))
    return FALSE;

  self->had_shift = FALSE;
  end_practice (self);
  tell (self);

  return TRUE;
}

void
dc_stall_look (DcStall *self)
{
  if (!self->had_shift || dc_shift_is_on (self->shift))
    return;

  self->had_shift = FALSE;
  end_practice (self);
  tell (self);
}

void
dc_stall_stamp (DcStall  *self,
                DcPledge *pledge)
{
  g_return_if_fail (pledge->shift == NULL && pledge->volunteer == NULL);

  pledge->shift = g_strdup (dc_shift_get_id (self->shift));
  pledge->volunteer = g_strdup (dc_shift_get_code (self->shift));
}

gboolean
dc_stall_is_practice (DcStall *self)
{
  return self->practice;
}

static void schedule (DcStall *self,
                      gint64   wait);

static gint64
patience_of (DcStall *self)
{
  return (gint64) DC_STALL_PRACTICE_MINUTES * self->minute * 1000;
}

static gboolean
on_timer (gpointer user_data)
{
  DcStall *self = user_data;
  gint64 left = self->touched + patience_of (self) - g_get_monotonic_time ();

  self->timer = 0;
  if (left > 0)
    schedule (self, left);
  else
    dc_stall_set_practice (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* In microseconds. A touch moves no timer: it is looked at when the time is up. */
static void
schedule (DcStall *self,
          gint64   wait)
{
  self->timer = g_timeout_add ((guint) (wait / 1000) + 1, on_timer, self);
}

void
dc_stall_set_practice (DcStall  *self,
                       gboolean  on)
{
  if (self->practice == on)
    return;

  end_practice (self);
  self->practice = on;
  if (on) {
    dc_stall_poke (self);
    schedule (self, patience_of (self));
  }
  tell (self);
}

void
dc_stall_poke (DcStall *self)
{
  self->touched = g_get_monotonic_time ();
}

void
dc_stall_set_minute (DcStall *self,
                     guint    milliseconds)
{
  self->minute = milliseconds;
}

void
dc_stall_ask_assisted (DcStall *self)
{
  self->assisted = TRUE;
}

gboolean
dc_stall_take_assisted (DcStall *self)
{
  gboolean assisted = self->assisted;

  self->assisted = FALSE;

  return assisted;
}
