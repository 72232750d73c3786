/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-rows.h"

/* Characters from which on a value takes the whole width, below its caption
 * and what stands at the end of that. */
#define LONG_TEXT 100

static GtkWidget *
make_label (const char *text,
            const char *css_class,
            float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

void
dc_rows_add (GtkBox     *rows,
             const char *caption,
             const char *value,
             GtkWidget  *end)
{
  gboolean long_text = g_utf8_strlen (value, -1) > LONG_TEXT;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), make_label (caption, "caption", 0));
  gtk_box_append (GTK_BOX (line), texts);
  if (end != NULL)
    gtk_box_append (GTK_BOX (line), end);
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (long_text ? row : texts),
                  make_label (value, long_text ? "value-text" : "value", 0));
  gtk_widget_add_css_class (row, "row");
  gtk_box_append (rows, row);
}

/* @texts: what stands before the figure. */
static void
add_figure (GtkBox     *rows,
            GtkWidget  *texts,
            const char *figure)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *value = make_label (figure, "value", 1);

  /* A number is never broken. */
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), value);
  gtk_widget_add_css_class (row, "figure");
  gtk_box_append (rows, row);
}

void
dc_rows_add_figure (GtkBox     *rows,
                    const char *caption,
                    const char *figure)
{
  add_figure (rows, make_label (caption, "figure-caption", 0), figure);
}

void
dc_rows_add_figure_of (GtkBox     *rows,
                       const char *caption,
                       const char *detail,
                       const char *figure)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (texts), make_label (caption, "figure-caption", 0));
  gtk_box_append (GTK_BOX (texts), make_label (detail, "figure-detail", 0));
  add_figure (rows, texts, figure);
}

void
dc_rows_clear (GtkBox *rows)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (rows))) != NULL)
    gtk_box_remove (rows, child);
}
