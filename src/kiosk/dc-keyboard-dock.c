/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-keyboard-dock.h"

#include "dc-keyboard.h"

/* Pixels of air between the field and the edge it was scrolled from. */
#define AIR 48

struct _DcKeyboardDock
{
  GtkWidget   parent_instance;

  DcKeyboard *keyboard;
  GtkWidget  *page;             /* (nullable), weak */
  GtkWindow  *window;           /* (nullable), weak: whose focus is watched */
  gboolean    away;             /* the session has a keyboard of its own */
  guint       tick_id;
  guint       frames_left;      /* until the focused entry is scrolled to */
};

G_DEFINE_FINAL_TYPE (DcKeyboardDock, dc_keyboard_dock, GTK_TYPE_WIDGET)

/* The entry of the page that has the focus, or NULL. */
static GtkWidget *
focused_entry (DcKeyboardDock *self)
{
  GtkWidget *focus = self->window != NULL ? gtk_window_get_focus (self->window) : NULL;

  if (focus == NULL || self->page == NULL || !GTK_IS_TEXT (focus)
      || !gtk_widget_is_ancestor (focus, self->page))
    return NULL;

  return gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY);
}

/* As gtk_adjustment_clamp_page (), which leaves a scroll that GTK has begun of
 * its own running on to another place. */
static void
show_span (GtkAdjustment *adjustment,
           double         top,
           double         bottom)
{
  double value = MAX (gtk_adjustment_get_value (adjustment),
                      bottom - gtk_adjustment_get_page_size (adjustment));

  gtk_adjustment_set_value (adjustment, MIN (value, top));
}

static void
scroll_to_entry (DcKeyboardDock *self)
{
  GtkWidget *entry = focused_entry (self);
  GtkWidget *scroller, *content;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  scroller = entry != NULL ? gtk_widget_get_ancestor (entry, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  if (scroller == NULL)
    return;

  content = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  if (GTK_IS_VIEWPORT (content))
    content = gtk_viewport_get_child (GTK_VIEWPORT (content));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  if (gtk_widget_compute_bounds (entry, content, &bounds))
    show_span (adjustment, bounds.origin.y - AIR, bounds.origin.y + bounds.size.height + AIR);
}

static gboolean
on_frame (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       unused)
{
  DcKeyboardDock *self = DC_KEYBOARD_DOCK (widget);

  if (--self->frames_left > 0)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  scroll_to_entry (self);

  return G_SOURCE_REMOVE;
}

/* The keyboard takes its room in the layout of the next frame, however long
 * that takes; only after it is there something to scroll. */
static void
schedule_scroll (DcKeyboardDock *self)
{
  self->frames_left = 2;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

static void
put_away (DcKeyboardDock *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
bring_up (DcKeyboardDock *self)
{
  GtkWidget *entry = focused_entry (self);

  if (entry == NULL || self->away) {
    put_away (self);
    return;
  }

  if (dc_keyboard_get_target (self->keyboard) != GTK_EDITABLE (entry))
    dc_keyboard_set_target (self->keyboard, GTK_EDITABLE (entry));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  schedule_scroll (self);
}

static void
on_focus (DcKeyboardDock *self)
{
  if (focused_entry (self) == NULL)
    put_away (self);
  else if (gtk_widget_get_visible (GTK_WIDGET (self)))
    bring_up (self);
}

/* A touch on a field asks for the keyboard, even where the focus was there
 * already; the focus itself does not, for Tab on a real keyboard moves it. */
static void
on_released (DcKeyboardDock *self,
             int             n_press,
             double          x,
             double          y)
{
  GtkWidget *touched = gtk_widget_pick (GTK_WIDGET (self->window), x, y, GTK_PICK_DEFAULT);

  if (touched != NULL && gtk_widget_get_ancestor (touched, GTK_TYPE_ENTRY) != NULL)
    bring_up (self);
}

static gboolean
on_key (DcKeyboardDock *self)
{
  put_away (self);

  return GDK_EVENT_PROPAGATE;
}

static void
on_next (DcKeyboardDock *self)
{
  GtkWidget *before = focused_entry (self);

  while (self->page != NULL && gtk_widget_child_focus (self->page, GTK_DIR_TAB_FORWARD)) {
    GtkWidget *entry = focused_entry (self);

    if (entry != NULL && entry != before) {
      bring_up (self);
      return;
    }
  }

  put_away (self);
}

static void
watch (DcKeyboardDock *self,
       GtkWindow      *window)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_set_weak_pointer (&self->window, window);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (on_focus), self,
                           G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect_object (press, "released", G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (press));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

static void
dc_keyboard_dock_root (GtkWidget *widget)
{
  DcKeyboardDock *self = DC_KEYBOARD_DOCK (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (dc_keyboard_dock_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (self->window == NULL && GTK_IS_WINDOW (root))
    watch (self, GTK_WINDOW (root));
}

static void
dc_keyboard_dock_dispose (GObject *object)
{
  DcKeyboardDock *self = DC_KEYBOARD_DOCK (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_weak_pointer (&self->page);
  g_clear_weak_pointer (&self->window);
  if (self->keyboard != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->keyboard)));

  G_OBJECT_CLASS (dc_keyboard_dock_parent_class)->dispose (object);
}

static void
dc_keyboard_dock_class_init (DcKeyboardDockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_keyboard_dock_dispose;
  widget_class->root = dc_keyboard_dock_root;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "keyboard-dock");
}

static void
dc_keyboard_dock_init (DcKeyboardDock *self)
{
  self->keyboard = DC_KEYBOARD (dc_keyboard_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->keyboard), GTK_WIDGET (self));
  g_signal_connect_swapped (self->keyboard, "next", G_CALLBACK (on_next), self);
  g_signal_connect_swapped (self->keyboard, "dismiss", G_CALLBACK (put_away), self);
  put_away (self);
}

static void
let_platform_in (GtkWidget *widget)
{
  if (GTK_IS_ENTRY (widget))
    gtk_entry_set_input_hints (GTK_ENTRY (widget), gtk_entry_get_input_hints (GTK_ENTRY (widget))
                               & ~(GtkInputHints) GTK_INPUT_HINT_INHIBIT_OSK);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_platform_in (child);
}

void
dc_keyboard_dock_attach (DcKeyboardDock *self,
                         GtkWidget      *page)
{
  g_set_weak_pointer (&self->page, page);
  dc_keyboard_set_target (self->keyboard, NULL);
  put_away (self);
  if (self->away && page != NULL)
    let_platform_in (page);
}

void
dc_keyboard_dock_set_away (DcKeyboardDock *self,
                           gboolean        away)
{
  self->away = away;
}

void
dc_keyboard_dock_set_language (DcKeyboardDock *self,
                               const char     *language)
{
  dc_keyboard_set_language (self->keyboard, language);
}
