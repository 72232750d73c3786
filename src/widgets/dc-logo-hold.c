/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-logo-hold.h"

#include <math.h>

struct _DcLogoHold
{
  GObject  parent_instance;

  guint    source;   /* set while a press may still become a hold */
};

G_DEFINE_FINAL_TYPE (DcLogoHold, dc_logo_hold, G_TYPE_OBJECT)

enum
{
  HELD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

gboolean
dc_logo_hold_is_still (double x,
                       double y)
{
  return hypot (x, y) <= DC_LOGO_HOLD_DISTANCE;
}

static void
stop (DcLogoHold *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

static gboolean
on_time (gpointer data)
{
  DcLogoHold *self = DC_LOGO_HOLD (data);

  self->source = 0;
  g_signal_emit (self, signals[HELD], 0);

  return G_SOURCE_REMOVE;
}

static void
on_drag_begin (DcLogoHold *self)
{
  stop (self);
  self->source = g_timeout_add (DC_LOGO_HOLD_MS, on_time, self);
}

static void
on_drag_update (DcLogoHold *self,
                double      x,
                double      y)
{
  if (!dc_logo_hold_is_still (x, y))
    stop (self);
}

static void
dc_logo_hold_finalize (GObject *object)
{
  stop (DC_LOGO_HOLD (object));

  G_OBJECT_CLASS (dc_logo_hold_parent_class)->finalize (object);
}

static void
dc_logo_hold_class_init (DcLogoHoldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_logo_hold_finalize;

  signals[HELD] = g_signal_new ("held", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dc_logo_hold_init (DcLogoHold *self)
{
}

/* A drag knows both finger and mouse, and how far they went; GTK's own long
 * press ends after a second at most. */
DcLogoHold *
dc_logo_hold_attach (GtkWidget *widget)
{
  DcLogoHold *self = g_object_new (DC_TYPE_LOGO_HOLD, NULL);
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_object (widget, "unmap", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (widget), "dc-logo-hold", self, g_object_unref);

  return self;
}
