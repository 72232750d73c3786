/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-label.h"

void
dc_label_say (GtkLabel   *label,
              const char *words)
{
  gtk_label_set_label (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

void
dc_label_say_outcome (GtkLabel   *label,
                      const char *words,
                      gboolean    is_problem)
{
  dc_label_say (label, words);
  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (label), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "problem");
}
