/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-accents.h"

#include "dc-key.h"

struct _DcAccents
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DcAccents, dc_accents, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_clicked (DcAccents *self,
            DcKey     *key)
{
  g_autofree char *text = g_strdup (dc_key_get_text (key));

  g_signal_emit (self, signals[CHOSEN], 0, text);
}

static void
dc_accents_dispose (GObject *object)
{
  GtkWidget *key;

  while ((key = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (key);

  G_OBJECT_CLASS (dc_accents_parent_class)->dispose (object);
}

static void
dc_accents_class_init (DcAccentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_accents_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dc_accents_init (DcAccents *self)
{
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dc-accents");
}

GtkWidget *
dc_accents_new (const char * const *accents,
                gboolean            upper)
{
  DcAccents *self = g_object_new (DC_TYPE_ACCENTS, NULL);

  for (gsize i = 0; accents[i] != NULL; i++) {
    DcKeySpec spec = { .kind = DC_KEY_TEXT, .span = 2 };
    GtkWidget *key;

    g_strlcpy (spec.text, accents[i], sizeof spec.text);
    key = dc_key_new (&spec, FALSE);
    dc_key_set_upper (DC_KEY (key), upper);
    g_signal_connect_object (key, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
    gtk_widget_set_parent (key, GTK_WIDGET (self));
  }

  return GTK_WIDGET (self);
}

gboolean
dc_accents_choose_at (DcAccents *self,
                      double     x,
                      double     y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (picked != NULL)
    picked = gtk_widget_get_ancestor (picked, DC_TYPE_KEY);
  if (picked == NULL)
    return FALSE;

  on_clicked (self, DC_KEY (picked));

  return TRUE;
}
