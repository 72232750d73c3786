/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-heading.h"

#include <math.h>

struct _DcHeading
{
  GtkWidget parent_instance;

  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (DcHeading, dc_heading, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_LABEL,
  PROP_XALIGN,
  LAST_PROP
};

static GParamSpec *props[LAST_PROP];

static void
dc_heading_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DcHeading *self = DC_HEADING (object);

  switch (property_id) {
  case PROP_LABEL:
    g_value_set_string (value, dc_heading_get_label (self));
    break;
  case PROP_XALIGN:
    g_value_set_float (value, gtk_label_get_xalign (self->text));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_heading_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  DcHeading *self = DC_HEADING (object);
  gboolean centred;

  switch (property_id) {
  case PROP_LABEL:
    dc_heading_set_label (self, g_value_get_string (value));
    break;
  case PROP_XALIGN:
    centred = g_value_get_float (value) == 0.5f;
    gtk_label_set_xalign (self->text, g_value_get_float (value));
    gtk_label_set_justify (self->text, centred ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_heading_dispose (GObject *object)
{
  DcHeading *self = DC_HEADING (object);

  if (self->text != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->text)));

  G_OBJECT_CLASS (dc_heading_parent_class)->dispose (object);
}

static GtkSizeRequestMode
dc_heading_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (GTK_WIDGET (DC_HEADING (widget)->text));
}

static void
dc_heading_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (DC_HEADING (widget)->text), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

/* Lines of about the same length: the narrowest width at which the text needs
 * no more of them than at @width. */
static int
balanced_width (DcHeading *self,
                int        width)
{
  GtkWidget *text = GTK_WIDGET (self->text);
  int too_narrow, height, needed;
  int enough = width;

  gtk_widget_measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &too_narrow, NULL, NULL, NULL);
  gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  while (enough - too_narrow > 2) {
    int middle = (too_narrow + enough) / 2;

    gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, middle, &needed, NULL, NULL, NULL);
    if (needed > height)
      too_narrow = middle;
    else
      enough = middle;
  }

  return enough;
}

static void
dc_heading_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  DcHeading *self = DC_HEADING (widget);
  int text_width = balanced_width (self, width);
  float align = gtk_label_get_xalign (self->text);
  GskTransform *place;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    align = 1 - align;
  place = gsk_transform_translate (NULL,
                                   &GRAPHENE_POINT_INIT (floorf (align * (float) (width - text_width)), 0));
  gtk_widget_allocate (GTK_WIDGET (self->text), text_width, height, baseline, place);
}

static void
dc_heading_class_init (DcHeadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_heading_get_property;
  object_class->set_property = dc_heading_set_property;
  object_class->dispose = dc_heading_dispose;
  widget_class->get_request_mode = dc_heading_get_request_mode;
  widget_class->measure = dc_heading_measure;
  widget_class->size_allocate = dc_heading_size_allocate;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "",
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                           | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0, 1, 0,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, LAST_PROP, props);

  gtk_widget_class_set_css_name (widget_class, "heading");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
dc_heading_init (DcHeading *self)
{
  self->text = g_object_new (GTK_TYPE_LABEL,
                             "wrap", TRUE,
                             "wrap-mode", PANGO_WRAP_WORD_CHAR,
                             "xalign", 0.0f,
                             NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

const char *
dc_heading_get_label (DcHeading *self)
{
  return gtk_label_get_label (self->text);
}

void
dc_heading_set_label (DcHeading  *self,
                      const char *label)
{
  if (g_strcmp0 (label, dc_heading_get_label (self)) == 0)
    return;

  gtk_label_set_label (self->text, label != NULL ? label : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LABEL]);
}
