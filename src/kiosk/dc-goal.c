/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-goal.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-tally.h"

struct _DcGoal
{
  GtkWidget       parent_instance;

  GtkWidget      *box;
  GtkLabel       *words;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (DcGoal, dc_goal, GTK_TYPE_WIDGET)

/* FALSE where it is more than can be written: then nothing is shown. */
static gboolean
add_up (GArray        *sums,
        const DcMoney *goal,
        DcMoney       *promised)
{
  if (!dc_money_init (promised, 0, goal->currency, NULL))
    return FALSE;

  for (guint i = 0; i < sums->len; i++) {
    DcTallySum *sum = &g_array_index (sums, DcTallySum, i);
    DcMoney year;

    if (!g_str_equal (sum->sum.currency, goal->currency))
      continue;
    if (!dc_money_multiply (&sum->sum, dc_frequency_per_year (sum->frequency), &year, NULL)
        || !dc_money_add (promised, &year, promised, NULL))
      return FALSE;
  }

  return TRUE;
}

void
dc_goal_show (DcGoal        *self,
              const DcMoney *goal,
              GArray        *sums,
              const char    *language)
{
  g_autofree char *so_far = NULL;
  g_autofree char *hoped = NULL;
  g_autofree char *words = NULL;
  DcMoney promised;

  g_return_if_fail (DC_IS_GOAL (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (goal == NULL || !add_up (sums, goal, &promised))
    return;

  so_far = dc_money_format (&promised, language);
  hoped = dc_money_format (goal, language);
  /* Translators: 1: the sum of the promises, 2: the sum that the event hopes for */
  words = g_strdup_printf (_("%1$s promised of %2$s, with twelve months of each monthly promise."),
                           so_far, hoped);
  gtk_label_set_label (self->words, words);
  gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) promised.minor / (double) goal->minor));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
dc_goal_dispose (GObject *object)
{
  g_clear_pointer (&DC_GOAL (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_goal_parent_class)->dispose (object);
}

static void
dc_goal_class_init (DcGoalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_goal_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dailycup/DailyCup/goal.ui");
  gtk_widget_class_bind_template_child (widget_class, DcGoal, bar);
  gtk_widget_class_bind_template_child (widget_class, DcGoal, box);
  gtk_widget_class_bind_template_child (widget_class, DcGoal, words);
}

static void
dc_goal_init (DcGoal *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
