/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets the button's words wrap: a long language on a narrow screen takes a
 * second line rather than being cut. */
void dc_button_let_wrap  (GtkButton  *button);
/* Sets them and lets them wrap. */
void dc_button_set_words (GtkButton  *button,
                          const char *words);

G_END_DECLS
