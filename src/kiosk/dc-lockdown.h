/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Before gtk_init (): no debugging environment, no inspector, no core dump,
 * no settings written, files of this process for its user only. */
void dc_lockdown_process (void);
/* Refuses, on @window, every shortcut that is not typing, the context menus
 * and (unless @may_close) closing, so that nobody leaves the program or sees
 * more than a page. */
void dc_lockdown_window  (GtkWindow *window,
                          gboolean   may_close);
/* Once for each page: a finger in an entry of @page sets the cursor and does
 * nothing more. By itself GTK would answer with handles and with a bubble that
 * offers to select and to copy. */
void dc_lockdown_page    (GtkWidget *page);

G_END_DECLS
