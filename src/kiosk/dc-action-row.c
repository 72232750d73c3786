/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-action-row.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-button.h"

struct _DcActionRow
{
  GtkWidget  parent_instance;

  GtkBox    *box;
  GtkLabel  *title;
  GtkLabel  *state;
  GtkButton *button;
  char      *label;
};

G_DEFINE_FINAL_TYPE (DcActionRow, dc_action_row, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_STATE,
  PROP_LABEL,
  LAST_PROP
};

static GParamSpec *props[LAST_PROP];
static guint pressed_signal;

static void
on_clicked (DcActionRow *self)
{
  g_signal_emit (self, pressed_signal, 0);
}

/* What the button does is said by the title, which a screen reader does not
 * read with it. */
static void
update (DcActionRow *self)
{
  /* Translators: what a screen reader says of a button; 1: its word, 2: what
   * it is about: “Begin: Try the keys”. Also “Desk key: tried and good” */
  g_autofree char *spoken = g_strdup_printf (_("%1$s: %2$s"), self->label,
                                             gtk_label_get_label (self->title));

  gtk_widget_set_visible (GTK_WIDGET (self->button), *self->label != '\0');
  dc_button_set_words (self->button, self->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
dc_action_row_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DcActionRow *self = DC_ACTION_ROW (object);

  switch (property_id) {
  case PROP_TITLE:
    g_value_set_string (value, gtk_label_get_label (self->title));
    break;
  case PROP_STATE:
    g_value_set_string (value, gtk_label_get_label (self->state));
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_action_row_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DcActionRow *self = DC_ACTION_ROW (object);

  switch (property_id) {
  case PROP_TITLE:
    gtk_label_set_label (self->title, g_value_get_string (value));
    update (self);
    break;
  case PROP_STATE:
    gtk_label_set_label (self->state, g_value_get_string (value));
    break;
  case PROP_LABEL:
    g_free (g_steal_pointer (&self->label));
    self->label = g_value_dup_string (value);
    update (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_action_row_dispose (GObject *object)
{
  DcActionRow *self = DC_ACTION_ROW (object);

  g_clear_pointer ((GtkWidget **) &self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_action_row_parent_class)->dispose (object);
}

static void
dc_action_row_finalize (GObject *object)
{
  g_clear_pointer (&DC_ACTION_ROW (object)->label, g_free);

  G_OBJECT_CLASS (dc_action_row_parent_class)->finalize (object);
}

static void
dc_action_row_class_init (DcActionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dc_action_row_get_property;
  object_class->set_property = dc_action_row_set_property;
  object_class->dispose = dc_action_row_dispose;
  object_class->finalize = dc_action_row_finalize;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, "", flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, LAST_PROP, props);

  pressed_signal = g_signal_new ("pressed", DC_TYPE_ACTION_ROW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/action-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DcActionRow, box);
  gtk_widget_class_bind_template_child (widget_class, DcActionRow, button);
  gtk_widget_class_bind_template_child (widget_class, DcActionRow, state);
  gtk_widget_class_bind_template_child (widget_class, DcActionRow, title);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "action");
}

static void
dc_action_row_init (DcActionRow *self)
{
  self->label = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dc_action_row_set (DcActionRow *self,
                   const char  *state,
                   const char  *label)
{
  if (state != NULL)
    gtk_label_set_label (self->state, state);
  g_object_set (self, "label", label, NULL);
}

void
dc_action_row_arrange (DcActionRow *self,
                       DcForm       form)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  form == DC_FORM_PHONE ? GTK_ORIENTATION_VERTICAL
                                                        : GTK_ORIENTATION_HORIZONTAL);
}
