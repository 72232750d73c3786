/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What every test with a window needs: run it by tests/lib/with-display. */

/* g_test_init (), GTK, libadwaita. Aborts without a display: a test that
 * skips itself proves nothing. */
void       dc_display_test_init    (int       *argc,
                                    char    ***argv);

/* A window of this size that shows @child; drawn when the call returns. */
GtkWindow *dc_display_test_present (GtkWidget  *child,
                                    int         width,
                                    int         height);
/* Waits until the window of @widget has drawn all that was asked for. */
void       dc_display_test_settle  (GtkWidget  *widget);
/* Runs the main loop for so long. */
void       dc_display_test_wait    (guint       ms);
/* The real mouse: moves it to this point of @widget, as fractions of its
 * width and height, then does what xdotool calls @action ("click", "mousedown",
 * "mouseup", "mousemove" for nothing more), and lets the window see it. */
void       dc_display_test_mouse   (GtkWidget  *widget,
                                    double      x,
                                    double      y,
                                    const char *action);
/* Destroys it and lets the last references go. */
void       dc_display_test_close   (GtkWindow  *window);

/* A picture of @widget as it stands, in device pixels. */
typedef struct
{
  GdkTexture *texture;
  int         width, height;
  guint32    *pixels;   /* ARGB, premultiplied, rows without gaps */
} DcPicture;

DcPicture *dc_picture_take         (GtkWidget  *widget);
void       dc_picture_free         (DcPicture  *picture);
/* 0xAARRGGBB */
guint32    dc_picture_at           (DcPicture  *picture,
                                    int         x,
                                    int         y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPicture, dc_picture_free)

G_END_DECLS
