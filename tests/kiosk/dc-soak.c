/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-soak.h"

#include <string.h>

#include "dc-key.h"

#define WIDTH 600
#define HEIGHT 960

gboolean
dc_soak_chance (DcSoak *self,
                guint   of_hundred)
{
  return g_rand_int_range (self->random, 0, 100) < (gint32) of_hundred;
}

static DcId *
id_copy (const DcId *id)
{
  return g_memdup2 (id, sizeof *id);
}

static guint
id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, id, sizeof hash);

  return hash;
}

static gboolean
id_equal (gconstpointer a,
          gconstpointer b)
{
  return memcmp (a, b, sizeof (DcId)) == 0;
}

static gboolean
is_called (gpointer    page,
           const char *type)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (page), type);
}

/* These two pages are insensitive while they wait for the queue, and only then:
 * that is how a promise on its way, or one that is being deleted, is told from
 * outside. */
static void
on_sensitive (GtkWidget  *page,
              GParamSpec *pspec,
              DcSoak     *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (page));
  DcPledge *pledge;

  if (gtk_widget_get_sensitive (page))
    return;

  g_assert_false (dc_visit_is_practice (visit));
  pledge = dc_visit_get_pledge (visit, DC_CLOCK (self->kiosk.clock));
  if (is_called (page, "DcCheckPage")) {
    g_hash_table_insert (self->amounts, id_copy (&pledge->id),
                         g_memdup2 (&pledge->amount, sizeof pledge->amount));
    self->sent++;
  } else {
    g_assert_true (g_hash_table_remove (self->amounts, &pledge->id));
    self->undone++;
  }
}

static void
on_gone (gpointer alive)
{
  (*(guint *) alive)--;
}

/* Counts @object in @alive until it is finalized; once, however often it comes. */
static void
count (gpointer  object,
       guint    *alive)
{
  if (g_object_get_data (object, "dc-soak") != NULL)
    return;

  (*alive)++;
  g_object_set_data_full (object, "dc-soak", alive, on_gone);
}

/* The stack shows another page. */
static void
on_page (GtkStack   *stack,
         GParamSpec *pspec,
         DcSoak     *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (stack);
  DcVisit *visit;

  if (!DC_IS_PAGE (page) || (gpointer) page == (gpointer) self->seen)
    return;

  self->seen = DC_PAGE (page);
  self->pages++;
  visit = dc_page_get_visit (self->seen);
  count (page, &self->pages_alive);
  count (visit, &self->visits_alive);
  if (is_called (page, "DcCheckPage") || is_called (page, "DcThanksPage"))
    g_signal_connect (page, "notify::sensitive", G_CALLBACK (on_sensitive), self);
  if (is_called (page, "DcThanksPage") && !dc_visit_is_practice (visit)
      && g_object_get_data (G_OBJECT (visit), "dc-soak-thanked") == NULL) {
    g_object_set_data (G_OBJECT (visit), "dc-soak-thanked", self);
    self->thanked++;
  }
}

static void
on_after_paint (GdkFrameClock *clock,
                guint         *frames)
{
  (*frames)++;
}

static void
draw (DcSoak *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  guint frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &frames);

  gtk_widget_queue_draw (GTK_WIDGET (self->window));
  while (frames == 0) {
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, id);
}

/* Most of a visit's time would be spent on pictures that nobody looks at. */
void
dc_soak_set_drawn (DcSoak   *self,
                   gboolean  drawn)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  guint paint = g_signal_lookup ("paint", GDK_TYPE_FRAME_CLOCK);
  gulong handler;

  if (self->drawn == drawn)
    return;

  self->drawn = drawn;
  if (drawn) {
    for (guint i = 0; i < self->blocked->len; i++)
      g_signal_handler_unblock (clock, g_array_index (self->blocked, gulong, i));
    g_array_set_size (self->blocked, 0);
    return;
  }
  while ((handler = g_signal_handler_find (clock, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_UNBLOCKED, paint, 0,
                                           NULL, NULL, NULL)) != 0) {
    g_signal_handler_block (clock, handler);
    g_array_append_val (self->blocked, handler);
  }
}

void
dc_soak_lay_out (DcSoak *self)
{
  GtkWidget *child = gtk_window_get_child (GTK_WINDOW (self->window));
  int ignored;

  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  if (self->drawn) {
    draw (self);
    return;
  }

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &ignored, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, WIDTH, &ignored, NULL, NULL, NULL);
  gtk_widget_allocate (child, WIDTH, HEIGHT, -1, NULL);
}

/* What the window's own gesture tells the keyboard, which is why it comes up. */
static void
lift_finger (DcSoak *self,
             double  x,
             double  y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->window));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_CLICK (controller)
        && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "released", 1, x, y);
  }
}

static GtkWidget *
touchable (GtkWidget *widget)
{
  while (widget != NULL && !GTK_IS_BUTTON (widget) && !GTK_IS_CHECK_BUTTON (widget)
         && !GTK_IS_TEXT (widget))
    widget = gtk_widget_get_parent (widget);

  return widget != NULL && gtk_widget_is_sensitive (widget) ? widget : NULL;
}

void
dc_soak_tap (DcSoak *self,
             double  x,
             double  y)
{
  GtkWidget *window = GTK_WIDGET (self->window);
  GtkWidget *touched = touchable (gtk_widget_pick (window, x, y, GTK_PICK_DEFAULT));

  if (GTK_IS_TEXT (touched))
    gtk_widget_grab_focus (touched);
  lift_finger (self, x, y);
  if (GTK_IS_BUTTON (touched))
    g_signal_emit_by_name (touched, "clicked");
  else if (GTK_IS_CHECK_BUTTON (touched))
    gtk_widget_activate (touched);
  dc_soak_lay_out (self);
}

void
dc_soak_tap_any (DcSoak *self)
{
  self->taps++;
  dc_soak_tap (self, g_rand_double_range (self->random, 0, WIDTH),
               g_rand_double_range (self->random, 0, HEIGHT));
}

static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, scroller, &bounds))
    return;
  if (bounds.origin.y >= 0
      && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (scroller))
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                            + (double) bounds.origin.y);
}

void
dc_soak_touch (DcSoak    *self,
               GtkWidget *widget)
{
  graphene_point_t middle;

  if (widget == NULL || !gtk_widget_get_mapped (widget))
    return;

  scroll_to (widget);
  dc_soak_lay_out (self);
  if (gtk_widget_compute_point (widget, GTK_WIDGET (self->window),
                                &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2,
                                                      (float) gtk_widget_get_height (widget) / 2),
                                &middle))
    dc_soak_tap (self, (double) middle.x, (double) middle.y);
}

typedef struct
{
  const char *text;
  GtkWidget  *found;
} KeySearch;

static void
look_for_key (GtkWidget *widget,
              gpointer   data)
{
  KeySearch *search = data;

  if (DC_IS_KEY (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (dc_key_get_text (DC_KEY (widget)), search->text) == 0)
    search->found = widget;
}

void
dc_soak_type (DcSoak     *self,
              const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  for (const char *p = text; *p != '\0' && GTK_IS_TEXT (focus); p = g_utf8_next_char (p)) {
    g_autofree char *letter = g_utf8_substring (p, 0, 1);
    KeySearch search = { letter, NULL };

    dc_walk (GTK_WIDGET (self->window), look_for_key, &search);
    if (search.found != NULL) {
      g_signal_emit_by_name (search.found, "clicked");
      self->keys++;
    } else {
      g_signal_emit_by_name (focus, "insert-at-cursor", letter);
    }
    focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  }
  dc_soak_lay_out (self);
}

void
dc_soak_set_up (DcSoak  *self,
                guint32  seed)
{
  g_autofree char *pack = dc_kiosk_test_shipped_pack ();
  DcStaffGate *gate;
  GtkWidget *stack;
  g_autoptr (GError) error = NULL;

  self->seed = seed;
  self->random = g_rand_new ();
  self->drawn = TRUE;
  self->blocked = g_array_new (FALSE, FALSE, sizeof (gulong));
  self->amounts = g_hash_table_new_full (id_hash, id_equal, g_free, g_free);
  dc_kiosk_test_set_up (&self->kiosk, pack);
  gate = dc_kiosk_get_staff_gate (self->kiosk.kiosk);
  dc_staff_gate_set_pin (gate, DC_STAFF_VOLUNTEER, "2468", &error);
  g_assert_no_error (error);
  dc_staff_gate_set_pin (gate, DC_STAFF_COORDINATOR, "135790", &error);
  g_assert_no_error (error);
  self->window = dc_window_test_new (self->kiosk.kiosk, WIDTH, HEIGHT);
  stack = gtk_widget_get_parent (GTK_WIDGET (dc_window_get_page (self->window)));
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_page), self);
  on_page (GTK_STACK (stack), NULL, self);
}

void
dc_soak_settle (DcSoak *self)
{
  dc_soak_set_drawn (self, TRUE);
  dc_window_begin_visit (self->window);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  draw (self);
  /* Past what the window does a while after a page has gone. */
  dc_display_test_wait (400);
}

void
dc_soak_tear_down (DcSoak *self)
{
  dc_soak_set_drawn (self, TRUE);
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
  g_clear_pointer (&self->amounts, g_hash_table_unref);
  g_clear_pointer (&self->blocked, g_array_unref);
  g_clear_pointer (&self->random, g_rand_free);
}
