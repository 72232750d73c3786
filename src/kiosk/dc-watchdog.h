/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells who started the program, by sd_notify(3), that @window has been drawn
 * and, as often as it wants to hear it, that the main loop still turns. A
 * program that hangs says nothing and is started anew. Nothing where nobody
 * listens. Main thread; ends with @window. */
void dc_watchdog_follow (GtkWidget *window);

G_END_DECLS
