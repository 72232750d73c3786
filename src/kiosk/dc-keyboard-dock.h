/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcKeyboardDock:
 *
 * Where the on-screen keyboard comes up: below the page, while one of the
 * page's entries has the focus and nobody types on a real keyboard. Main
 * thread; remembers nothing that is typed.
 */
#define DC_TYPE_KEYBOARD_DOCK (dc_keyboard_dock_get_type ())
G_DECLARE_FINAL_TYPE (DcKeyboardDock, dc_keyboard_dock, DC, KEYBOARD_DOCK, GtkWidget)

/* Watches the entries of @page; NULL: none. */
void dc_keyboard_dock_attach       (DcKeyboardDock *self,
                                    GtkWidget      *page);
void dc_keyboard_dock_set_language (DcKeyboardDock *self,
                                    const char     *language);

/* TRUE: it never comes, and the entries of the pages attached from now on ask
 * the session for its own keyboard. */
void       dc_keyboard_dock_set_away     (DcKeyboardDock *self,
                                          gboolean        away);

G_END_DECLS
