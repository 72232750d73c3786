/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-watchdog.h"

#include <systemd/sd-daemon.h>

/* Three times in the time that is allowed: one may come late. */
#define TIMES 3

#define TIMER "dc-watchdog-timer"

static void
remove_timer (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static gboolean
say_alive (gpointer unused)
{
  sd_notify (0, "WATCHDOG=1");

  return G_SOURCE_CONTINUE;
}

/* Below drawing: a loop that is never done with it is no better than one that
 * stands. */
static void
begin_to_say (GtkWidget *window)
{
  guint64 allowed_us;
  guint id;

  if (sd_watchdog_enabled (0, &allowed_us) <= 0)
    return;
  say_alive (NULL);
  id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, (guint) MAX (1, allowed_us / 1000 / TIMES),
                           say_alive, NULL, NULL);
  g_object_set_data_full (G_OBJECT (window), TIMER, GUINT_TO_POINTER (id), remove_timer);
}

static void
on_painted (GtkWidget     *window,
            GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, window);
  sd_notify (0, "READY=1");
  begin_to_say (window);
}

static void
on_map (GtkWidget *window)
{
  g_signal_handlers_disconnect_by_func (window, on_map, NULL);
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_painted), window, G_CONNECT_SWAPPED);
}

void
dc_watchdog_follow (GtkWidget *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect (window, "map", G_CALLBACK (on_map), NULL);
}
