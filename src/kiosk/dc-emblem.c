/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-emblem.h"

struct _DcEmblem
{
  GtkWidget  parent_instance;

  GtkWidget *drawing;
  char      *name;
};

G_DEFINE_FINAL_TYPE (DcEmblem, dc_emblem, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_DRAWING,
  LAST_PROP
};

static GParamSpec *props[LAST_PROP];

static void
load (DcEmblem *self)
{
  g_autofree char *path = g_strdup_printf ("/org/dailycup/DailyCup/drawings/%s.svg", self->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (svg == NULL || !dc_drawing_set_svg (DC_DRAWING (self->drawing), svg, &error))
    g_critical ("%s: %s", path, error->message);
}

static void
dc_emblem_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_DRAWING:
    g_value_set_string (value, DC_EMBLEM (object)->name);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_emblem_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  DcEmblem *self = DC_EMBLEM (object);

  switch (property_id) {
  case PROP_DRAWING:
    self->name = g_value_dup_string (value);
    if (self->name != NULL)
      load (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_emblem_dispose (GObject *object)
{
  DcEmblem *self = DC_EMBLEM (object);

  g_clear_pointer (&self->drawing, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (dc_emblem_parent_class)->dispose (object);
}

/* As large as the stylesheet says (min-width, min-height), whatever size the
 * drawing has of its own. */
static void
dc_emblem_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
dc_emblem_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  int ignored;

  gtk_widget_measure (DC_EMBLEM (widget)->drawing, GTK_ORIENTATION_HORIZONTAL, -1,
                      &ignored, NULL, NULL, NULL);
  gtk_widget_allocate (DC_EMBLEM (widget)->drawing, width, height, -1, NULL);
}

static void
dc_emblem_class_init (DcEmblemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_emblem_get_property;
  object_class->set_property = dc_emblem_set_property;
  object_class->dispose = dc_emblem_dispose;

  props[PROP_DRAWING] = g_param_spec_string ("drawing", NULL, NULL, NULL,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                             | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, LAST_PROP, props);

  widget_class->measure = dc_emblem_measure;
  widget_class->size_allocate = dc_emblem_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "emblem");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dc_emblem_init (DcEmblem *self)
{
  self->drawing = g_object_new (DC_TYPE_DRAWING, NULL);
  gtk_widget_set_parent (self->drawing, GTK_WIDGET (self));
}
