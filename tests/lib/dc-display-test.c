/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-display-test.h"

#include <adwaita.h>

/* Long enough for a loaded machine; a test that works never waits for it. */
#define PATIENCE_S 30

void
dc_display_test_init (int    *argc,
                      char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    g_error ("No display: run this with tests/lib/with-display");
  adw_init ();
}

static gboolean
give_up (gpointer unused)
{
  g_assert_not_reached ();   /* nothing was drawn in time */

  return G_SOURCE_REMOVE;
}

static void
on_after_paint (GdkFrameClock *clock,
                guint         *frames)
{
  (*frames)++;
}

/* A frame may ask for another layout (a class set while allocating), so it
 * takes two quiet frames. */
void
dc_display_test_settle (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  guint guard = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);
  GdkFrameClock *clock;
  guint frames = 0;
  gulong id;

  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);

  clock = gtk_widget_get_frame_clock (window);
  id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &frames);
  while (frames < 3) {
    gtk_widget_queue_draw (window);
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
    g_main_context_iteration (NULL, TRUE);
  }
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_signal_handler_disconnect (clock, id);
  g_source_remove (guard);
}

GtkWindow *
dc_display_test_present (GtkWidget *child,
                         int        width,
                         int        height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  dc_display_test_settle (child);

  return window;
}

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;

  return G_SOURCE_REMOVE;
}

void
dc_display_test_wait (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Without a window manager the window's corner is the screen's. */
void
dc_display_test_mouse (GtkWidget  *widget,
                       double      x,
                       double      y,
                       const char *action)
{
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  graphene_rect_t bounds;
  int scale = gtk_widget_get_scale_factor (widget);
  int status;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (gtk_widget_get_root (widget)),
                                            &bounds));
  x = (double) bounds.origin.x + x * (double) bounds.size.width;
  y = (double) bounds.origin.y + y * (double) bounds.size.height;
  command = g_strdup_printf ("xdotool mousemove %d %d %s%s", (int) (x * scale), (int) (y * scale),
                             g_str_equal (action, "mousemove") ? "" : action,
                             g_str_equal (action, "mousemove") ? "" : " 1");
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  dc_display_test_wait (60);
}

void
dc_display_test_close (GtkWindow *window)
{
  gtk_window_destroy (window);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

DcPicture *
dc_picture_take (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  DcPicture *picture = g_new0 (DcPicture, 1);
  int scale = gtk_widget_get_scale_factor (widget);

  picture->width = scale * gdk_paintable_get_intrinsic_width (paintable);
  picture->height = scale * gdk_paintable_get_intrinsic_height (paintable);
  gdk_paintable_snapshot (paintable, snapshot, picture->width, picture->height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);

  picture->texture =
    gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                 &GRAPHENE_RECT_INIT (0, 0, (float) picture->width,
                                                      (float) picture->height));
  picture->pixels = g_new (guint32, (gsize) picture->width * (gsize) picture->height);
  gdk_texture_download (picture->texture, (guchar *) picture->pixels,
                        (gsize) picture->width * sizeof (guint32));

  return picture;
}

void
dc_picture_free (DcPicture *picture)
{
  g_object_unref (picture->texture);
  g_free (picture->pixels);
  g_free (picture);
}

guint32
dc_picture_at (DcPicture *picture,
               int        x,
               int        y)
{
  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x, <, picture->width);
  g_assert_cmpint (y, <, picture->height);

  return picture->pixels[(gsize) y * (gsize) picture->width + (gsize) x];
}
