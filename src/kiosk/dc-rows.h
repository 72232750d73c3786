/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of a caption and what it stands for, in a box with the CSS class
 * "rows" or "figures". @end (transfer floating) (nullable) stands at the end
 * of the row. */
void dc_rows_add    (GtkBox     *rows,
                     const char *caption,
                     const char *value,
                     GtkWidget  *end);
/* As above, the value at the end, where figures stand under one another. */
void dc_rows_add_figure (GtkBox     *rows,
                         const char *caption,
                         const char *figure);
/* And below the caption what it is a figure of. */
void dc_rows_add_figure_of (GtkBox     *rows,
                            const char *caption,
                            const char *detail,
                            const char *figure);
void dc_rows_clear  (GtkBox     *rows);

G_END_DECLS
