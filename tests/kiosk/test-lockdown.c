/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-lockdown.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dc-display-test.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *entry;
  GtkWidget *button;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  may_close)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->entry = gtk_entry_new ();
  self->button = gtk_button_new_with_label ("button");
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->button);
  self->window = dc_display_test_present (box, 400, 300);
  dc_lockdown_window (self->window, GPOINTER_TO_INT (may_close));
  gtk_widget_grab_focus (self->entry);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_display_test_close (self->window);
}

/* Whether one of the window's own controllers stops the key. */
static gboolean
is_refused (Fixture         *self,
            guint            keyval,
            GdkModifierType  state)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (self->window));
  gboolean refused = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    gboolean stopped = FALSE;

    if (!GTK_IS_EVENT_CONTROLLER_KEY (controller)
        || gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
      continue;
    g_signal_emit_by_name (controller, "key-pressed", keyval, 0u, state, &stopped);
    refused = refused || stopped;
  }

  return refused;
}

static const struct
{
  guint           keyval;
  GdkModifierType state;
} refused[] = {
  { GDK_KEY_F1, 0 },
  { GDK_KEY_F4, GDK_ALT_MASK },
  { GDK_KEY_F10, 0 },
  { GDK_KEY_F10, GDK_SHIFT_MASK },
  { GDK_KEY_F35, 0 },
  { GDK_KEY_Menu, 0 },
  { GDK_KEY_q, GDK_CONTROL_MASK },
  { GDK_KEY_w, GDK_CONTROL_MASK },
  { GDK_KEY_z, GDK_CONTROL_MASK },
  { GDK_KEY_Z, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_y, GDK_CONTROL_MASK },
  { GDK_KEY_period, GDK_CONTROL_MASK },
  { GDK_KEY_semicolon, GDK_CONTROL_MASK },
  { GDK_KEY_D, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_I, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_u, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_space, GDK_ALT_MASK },
  { GDK_KEY_Tab, GDK_ALT_MASK },
  { GDK_KEY_f, GDK_ALT_MASK },
  { GDK_KEY_a, GDK_SUPER_MASK },
  { GDK_KEY_a, GDK_CONTROL_MASK | GDK_ALT_MASK },
  { GDK_KEY_x, GDK_META_MASK },
  { GDK_KEY_x, GDK_HYPER_MASK },
  { GDK_KEY_Delete, GDK_CONTROL_MASK | GDK_ALT_MASK },
};

static void
test_refuses (Fixture       *self,
              gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (!is_refused (self, refused[i].keyval, refused[i].state))
      g_error ("%s with %x passed", gdk_keyval_name (refused[i].keyval), refused[i].state);
}

static const struct
{
  guint           keyval;
  GdkModifierType state;
} allowed[] = {
  { GDK_KEY_a, 0 },
  { GDK_KEY_A, GDK_SHIFT_MASK },
  { GDK_KEY_A, GDK_LOCK_MASK },
  { GDK_KEY_eacute, 0 },
  { GDK_KEY_7, 0 },
  { GDK_KEY_at, 0 },
  { GDK_KEY_space, 0 },
  { GDK_KEY_Tab, 0 },
  { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK },
  { GDK_KEY_Return, 0 },
  { GDK_KEY_BackSpace, 0 },
  { GDK_KEY_Left, 0 },
  { GDK_KEY_Home, GDK_SHIFT_MASK },
  { GDK_KEY_Escape, 0 },
  { GDK_KEY_ntilde, GDK_ALT_MASK },
  { GDK_KEY_EuroSign, GDK_ALT_MASK },
  { GDK_KEY_a, GDK_CONTROL_MASK },
  { GDK_KEY_c, GDK_CONTROL_MASK },
  { GDK_KEY_v, GDK_CONTROL_MASK },
  { GDK_KEY_x, GDK_CONTROL_MASK },
  { GDK_KEY_C, GDK_CONTROL_MASK | GDK_LOCK_MASK },
};

static void
test_allows (Fixture       *self,
             gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (is_refused (self, allowed[i].keyval, allowed[i].state))
      g_error ("%s with %x was refused", gdk_keyval_name (allowed[i].keyval), allowed[i].state);
}

/* There is nothing to copy from a button. */
static void
test_only_in_texts (Fixture       *self,
                    gconstpointer  unused)
{
  gtk_widget_grab_focus (self->button);
  g_assert_true (is_refused (self, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_true (is_refused (self, GDK_KEY_v, GDK_CONTROL_MASK));
  g_assert_false (is_refused (self, GDK_KEY_a, 0));
}

static void
press (Fixture    *self,
       const char *keys)
{
  g_autofree char *command = g_strdup_printf ("xdotool key --delay 60 %s", keys);

  dc_display_test_mouse (self->entry, 0.5, 0.5, "mousemove");
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  dc_display_test_wait (250);
}

static guint
count_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

static gboolean
shows_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_popover (child))
      return TRUE;

  return FALSE;
}

static void
assert_nothing_opened (Fixture *self,
                       guint    windows)
{
  g_assert_cmpuint (count_windows (), ==, windows);
  g_assert_false (shows_popover (GTK_WIDGET (self->window)));
}

/* With a real keyboard: no inspector, no chooser of emoji, no menu; and what
 * is typed and mended arrives. */
static void
test_real_keys (Fixture       *self,
                gconstpointer  unused)
{
  guint windows = count_windows ();

  dc_display_test_mouse (self->entry, 0.5, 0.5, "click");
  press (self, "a b c");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ==, "abc");
  press (self, "ctrl+shift+d ctrl+shift+i");
  assert_nothing_opened (self, windows);
  press (self, "ctrl+period");
  assert_nothing_opened (self, windows);
  press (self, "Menu shift+F10");
  assert_nothing_opened (self, windows);
  press (self, "ctrl+a BackSpace");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ==, "");
  press (self, "ctrl+z ctrl+shift+z");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ==, "");
}

static void
test_secondary_button (Fixture       *self,
                       gconstpointer  unused)
{
  guint windows = count_windows ();

  dc_display_test_mouse (self->entry, 0.5, 0.5, "mousemove");
  g_assert_true (g_spawn_command_line_sync ("xdotool click 3", NULL, NULL, NULL, NULL));
  dc_display_test_wait (250);
  assert_nothing_opened (self, windows);
}

static gboolean
ask_to_close (Fixture *self)
{
  gboolean stopped = FALSE;

  g_signal_emit_by_name (self->window, "close-request", &stopped);

  return !stopped;
}

static void
test_closing_refused (Fixture       *self,
                      gconstpointer  unused)
{
  g_assert_false (ask_to_close (self));
  gtk_window_close (self->window);
  dc_display_test_wait (50);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self->window)));
  g_assert_false (gtk_window_get_handle_menubar_accel (self->window));
}

static void
test_closing_allowed (Fixture       *self,
                      gconstpointer  unused)
{
  g_assert_true (ask_to_close (self));
  g_assert_true (is_refused (self, GDK_KEY_q, GDK_CONTROL_MASK));
}

static void
test_inspector (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.gtk.gtk4.Settings.Debug");

  g_assert_false (g_settings_get_boolean (settings, "enable-inspector-keybinding"));
}

static const char * const variables[] = {
  "GTK_DEBUG", "GDK_DEBUG", "GSK_DEBUG", "GTK_PATH", "GTK_MODULES", "GTK_THEME",
  "G_MESSAGES_DEBUG", "GIO_EXTRA_MODULES",
};

static gboolean
is_locked_down (void)
{
  struct rlimit core;
  gboolean clean = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    clean = clean && g_getenv (variables[i]) == NULL;

  return clean && g_strcmp0 (g_getenv ("GSETTINGS_BACKEND"), "memory") == 0
         && prctl (PR_GET_DUMPABLE) == 0
         && getrlimit (RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0
         && umask (0) == 0077;
}

/* In a process of its own: nothing of it can be taken back. */
static void
test_process (void)
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
      g_setenv (variables[i], "interactive", TRUE);
    g_setenv ("GSETTINGS_BACKEND", "dconf", TRUE);
    dc_lockdown_process ();
    _exit (is_locked_down () ? 0 : 1);
  }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_false (is_locked_down ());
}

#define ADD(path, may_close, run) \
  g_test_add ("/lockdown/" path, Fixture, GINT_TO_POINTER (may_close), set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);

  g_test_add_func ("/lockdown/process/has-no-way-to-look-into-it", test_process);
  ADD ("keys/refuses-what-is-not-typing", FALSE, test_refuses);
  ADD ("keys/allows-typing", FALSE, test_allows);
  ADD ("keys/copies-from-texts-only", FALSE, test_only_in_texts);
  ADD ("keys/opens-nothing", FALSE, test_real_keys);
  ADD ("pointer/opens-no-menu", FALSE, test_secondary_button);
  ADD ("closing/is-refused", FALSE, test_closing_refused);
  ADD ("closing/is-allowed-in-a-window", TRUE, test_closing_allowed);
  ADD ("inspector/is-off", FALSE, test_inspector);

  return g_test_run ();
}
