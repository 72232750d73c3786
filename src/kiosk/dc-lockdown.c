/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-lockdown.h"

#include <math.h>
#include <sys/stat.h>

#include "dc-memory.h"

void
dc_lockdown_process (void)
{
  static const char * const variables[] = {
    "GTK_DEBUG", "GDK_DEBUG", "GSK_DEBUG", "GTK_PATH", "GTK_MODULES",
    "GTK_THEME", "G_MESSAGES_DEBUG", "GIO_EXTRA_MODULES",
  };

  dc_memory_forbid_dumps ();
  dc_memory_wipe_freed ();

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);

  umask (0077);
}

static void
forbid_inspector (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "org.gtk.gtk4.Settings.Debug", TRUE);
  if (schema == NULL)
    return;

  settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_set_boolean (settings, "enable-inspector-keybinding", FALSE);
}

/* Selecting, copying, cutting and pasting in a text are typing. */
static gboolean
is_editing (GtkWindow *window,
            guint      keyval)
{
  static const guint keys[] = { GDK_KEY_a, GDK_KEY_x, GDK_KEY_c, GDK_KEY_v };

  if (!GTK_IS_TEXT (gtk_window_get_focus (window)))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (keyval) == keys[i])
      return TRUE;

  return FALSE;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkWindow             *window)
{
  const GdkModifierType chord = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK
                                | GDK_META_MASK | GDK_HYPER_MASK;

  if (keyval == GDK_KEY_Menu || (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35))
    return GDK_EVENT_STOP;
  if ((state & chord) == 0)
    return GDK_EVENT_PROPAGATE;
  /* AltGr and its like make letters. */
  if ((state & chord) == GDK_ALT_MASK && gdk_keyval_to_unicode (keyval) > 0x7f)
    return GDK_EVENT_PROPAGATE;

  return (state & chord) == GDK_CONTROL_MASK && is_editing (window, keyval)
         ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
}

static void
on_secondary_press (GtkGestureClick *gesture)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_close_request (GtkWindow *window)
{
  return GDK_EVENT_STOP;
}

void
dc_lockdown_window (GtkWindow *window,
                    gboolean   may_close)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();

  forbid_inspector ();
  gtk_window_set_handle_menubar_accel (window, FALSE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (secondary),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_secondary_press), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (secondary));

  if (!may_close)
    g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
}

/* The place between two letters that is nearest to @x of the text. */
static int
get_nearest_position (GtkText *text,
                      double   x)
{
  int length = gtk_text_get_text_length (text);
  int nearest = length;
  double least = G_MAXDOUBLE;

  for (int i = 0; i <= length; i++) {
    graphene_rect_t cursor;
    double distance;

    gtk_text_compute_cursor_extents (text, (gsize) i, &cursor, NULL);
    distance = fabs (cursor.origin.x - x);
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }

  return nearest;
}

/* Claimed here, the touch never comes to the text itself. A push that scrolls
 * the page still does: what is above may claim it later. */
static void
on_touch (GtkGesture *gesture,
          int         n_press,
          double      x,
          double      y,
          GtkEntry   *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (entry), GTK_WIDGET (text), x, y, &x, &y))
    return;

  gtk_entry_grab_focus_without_selecting (entry);
  gtk_editable_set_position (text, get_nearest_position (GTK_TEXT (text), x));
}

static void
lock_entry (GtkEntry *entry)
{
  GtkGesture *touch = gtk_gesture_click_new ();

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect (touch, "pressed", G_CALLBACK (on_touch), entry);
  gtk_widget_add_controller (GTK_WIDGET (entry), GTK_EVENT_CONTROLLER (touch));
}

void
dc_lockdown_page (GtkWidget *page)
{
  if (GTK_IS_ENTRY (page)) {
    lock_entry (GTK_ENTRY (page));
    return;
  }

  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dc_lockdown_page (child);
}
