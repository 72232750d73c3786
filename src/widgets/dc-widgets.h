/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes the widgets known to GtkBuilder and puts their stylesheet under the
 * application's, for @display. Once, on the main thread, after gtk_init (). */
void dc_widgets_init (GdkDisplay *display);

G_END_DECLS
