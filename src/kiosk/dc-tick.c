/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tick.h"

#include "config.h"

#include <glib/gi18n-lib.h>

struct _DcTick
{
  GtkWidget       parent_instance;

  GtkCheckButton *button;
  GtkLabel       *text;
  GtkLabel       *needed;
};

G_DEFINE_FINAL_TYPE (DcTick, dc_tick, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TEXT,
  LAST_PROP
};

static GParamSpec *props[LAST_PROP];
static guint toggled_signal;

static void
on_toggled (DcTick *self)
{
  g_signal_emit (self, toggled_signal, 0);
}

static void
dc_tick_get_property (GObject    *object,
                      guint       property_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_TEXT:
    g_value_set_string (value, gtk_label_get_label (DC_TICK (object)->text));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_tick_set_property (GObject      *object,
                      guint         property_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  switch (property_id) {
  case PROP_TEXT:
    dc_tick_set_text (DC_TICK (object), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_tick_dispose (GObject *object)
{
  DcTick *self = DC_TICK (object);

  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->button)));

  G_OBJECT_CLASS (dc_tick_parent_class)->dispose (object);
}

static void
dc_tick_class_init (DcTickClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_tick_get_property;
  object_class->set_property = dc_tick_set_property;
  object_class->dispose = dc_tick_dispose;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, LAST_PROP, props);
  toggled_signal = g_signal_new ("toggled", DC_TYPE_TICK, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/tick.ui");
  gtk_widget_class_bind_template_child (widget_class, DcTick, button);
  gtk_widget_class_bind_template_child (widget_class, DcTick, needed);
  gtk_widget_class_bind_template_child (widget_class, DcTick, text);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tick");
}

static void
dc_tick_init (DcTick *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DcTick *
dc_tick_new (const char *text,
             gboolean    needed)
{
  DcTick *self = g_object_new (DC_TYPE_TICK, "text", text, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->needed), needed);

  return self;
}

void
dc_tick_set_text (DcTick     *self,
                  const char *text)
{
  gtk_label_set_label (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

gboolean
dc_tick_get_active (DcTick *self)
{
  return gtk_check_button_get_active (self->button);
}

void
dc_tick_set_active (DcTick   *self,
                    gboolean  active)
{
  gtk_check_button_set_active (self->button, active);
}

void
dc_tick_grab (DcTick *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}
