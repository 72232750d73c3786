/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-split.h"

#include <math.h>

/* One function decides on the arrangement, fits_wide (), from the size and
 * the least sizes of both arrangements; measure and allocate both ask it, so
 * that what is promised is what is laid out. The height that belongs to a
 * width is not known when that width is measured: the least height is that of
 * whichever arrangement is lower, because size_allocate () falls back to it. */

#define WIDE_ASPECT 1.2
#define WIDE_WIDTH 900

struct _DcSplit
{
  GtkWidget  parent_instance;

  GtkWidget *start;
  GtkWidget *end;
  double     ratio;
  int        spacing;
  gboolean   wide;
  guint      notify_source;
};

static void dc_split_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DcSplit, dc_split, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, dc_split_buildable_init))

static GtkBuildableIface *parent_buildable;

enum
{
  PROP_0,
  PROP_START,
  PROP_END,
  PROP_RATIO,
  PROP_SPACING,
  PROP_WIDE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
shows (GtkWidget *child)
{
  return child != NULL && gtk_widget_should_layout (child);
}

static int
measure_child (GtkWidget      *child,
               GtkOrientation  orientation,
               int             for_size,
               gboolean        natural)
{
  int least = 0, wanted = 0;

  if (shows (child))
    gtk_widget_measure (child, orientation, for_size, &least, &wanted, NULL, NULL);

  return natural ? wanted : least;
}

static int
get_gap (DcSplit *self)
{
  return shows (self->start) && shows (self->end) ? self->spacing : 0;
}

/* The width of `start` side by side: its share, unless a child needs more. */
static int
get_start_width (DcSplit *self,
                 int      width)
{
  int room = MAX (width - get_gap (self), 0);
  int start_least = measure_child (self->start, GTK_ORIENTATION_HORIZONTAL, -1, FALSE);
  int end_least = measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, FALSE);
  int share = (int) round (width * self->ratio - get_gap (self) / 2.0);

  if (!shows (self->end))
    return room;
  if (!shows (self->start))
    return 0;

  return CLAMP (share, MIN (start_least, room), MAX (room - end_least, MIN (start_least, room)));
}

static int
get_wide_height (DcSplit  *self,
                 int       width,
                 gboolean  natural)
{
  int start_width = get_start_width (self, width);
  int end_width = MAX (width - get_gap (self) - start_width, 0);

  return MAX (measure_child (self->start, GTK_ORIENTATION_VERTICAL, start_width, natural),
              measure_child (self->end, GTK_ORIENTATION_VERTICAL, end_width, natural));
}

static int
get_tall_height (DcSplit  *self,
                 int       width,
                 gboolean  natural)
{
  return measure_child (self->start, GTK_ORIENTATION_VERTICAL, width, natural) +
         get_gap (self) +
         measure_child (self->end, GTK_ORIENTATION_VERTICAL, width, natural);
}

static int
get_wide_width (DcSplit  *self,
                gboolean  natural)
{
  return measure_child (self->start, GTK_ORIENTATION_HORIZONTAL, -1, natural) +
         get_gap (self) +
         measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, natural);
}

static gboolean
prefers_wide (int width,
              int height)
{
  if (width > height * WIDE_ASPECT)
    return TRUE;

  return width >= WIDE_WIDTH && height <= width * WIDE_ASPECT;
}

static gboolean
fits_wide (DcSplit *self,
           int      width,
           int      height)
{
  gboolean wide_fits = get_wide_width (self, FALSE) <= width;

  if (!shows (self->start) || !shows (self->end))
    return prefers_wide (width, height);
  if (prefers_wide (width, height))
    return wide_fits;

  return wide_fits &&
         get_tall_height (self, width, FALSE) > height &&
         get_wide_height (self, width, FALSE) <= height;
}

static void
measure_width (DcSplit *self,
               int     *minimum,
               int     *natural)
{
  *minimum = MAX (measure_child (self->start, GTK_ORIENTATION_HORIZONTAL, -1, FALSE),
                  measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, FALSE));
  *natural = MAX (*minimum, get_wide_width (self, TRUE));
}

static void
measure_height (DcSplit *self,
                int      width,
                int     *minimum,
                int     *natural)
{
  if (width < 0)
    measure_width (self, &(int) { 0 }, &width);

  *minimum = get_tall_height (self, width, FALSE);
  *natural = get_tall_height (self, width, TRUE);
  if (get_wide_width (self, FALSE) <= width) {
    *minimum = MIN (*minimum, get_wide_height (self, width, FALSE));
    if (width >= WIDE_WIDTH)
      *natural = get_wide_height (self, width, TRUE);
  }
  *natural = MAX (*minimum, *natural);
}

static void
dc_split_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  DcSplit *self = DC_SPLIT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    measure_height (self, for_size, minimum, natural);
}

static GtkSizeRequestMode
dc_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
allocate_child (GtkWidget *child,
                int        x,
                int        y,
                int        width,
                int        height)
{
  if (shows (child))
    gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
allocate_wide (DcSplit *self,
               int      width,
               int      height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int start_width = get_start_width (self, width);
  int end_width = MAX (width - get_gap (self) - start_width, 0);

  allocate_child (self->start, rtl ? width - start_width : 0, 0, start_width, height);
  allocate_child (self->end, rtl ? 0 : width - end_width, 0, end_width, height);
}

static void
allocate_tall (DcSplit *self,
               int      width,
               int      height)
{
  int start_least = measure_child (self->start, GTK_ORIENTATION_VERTICAL, width, FALSE);
  int end_least = measure_child (self->end, GTK_ORIENTATION_VERTICAL, width, FALSE);
  int end_height = measure_child (self->end, GTK_ORIENTATION_VERTICAL, width, TRUE);
  int room = MAX (height - get_gap (self), 0);

  end_height = shows (self->start) ? MAX (MIN (end_height, room - start_least), end_least) : room;

  allocate_child (self->start, 0, 0, width, MAX (room - end_height, start_least));
  allocate_child (self->end, 0, height - end_height, width, end_height);
}

static gboolean
notify_wide (gpointer data)
{
  DcSplit *self = DC_SPLIT (data);

  self->notify_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE]);

  return G_SOURCE_REMOVE;
}

static void
show_arrangement (DcSplit *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), self->wide ? "dc-tall" : "dc-wide");
  gtk_widget_add_css_class (GTK_WIDGET (self), self->wide ? "dc-wide" : "dc-tall");
}

static void
set_wide (DcSplit  *self,
          gboolean  wide)
{
  if (wide == self->wide)
    return;

  self->wide = wide;
  show_arrangement (self);
  if (self->notify_source == 0)
    self->notify_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_wide, self, NULL);
}

static void
dc_split_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  DcSplit *self = DC_SPLIT (widget);

  set_wide (self, fits_wide (self, width, height));
  if (self->wide)
    allocate_wide (self, width, height);
  else
    allocate_tall (self, width, height);
}

static void
dc_split_compute_expand (GtkWidget *widget,
                         gboolean  *hexpand,
                         gboolean  *vexpand)
{
  DcSplit *self = DC_SPLIT (widget);

  *hexpand = *vexpand = FALSE;
  for (int i = 0; i < 2; i++) {
    GtkWidget *child = i == 0 ? self->start : self->end;

    if (child == NULL)
      continue;
    *hexpand |= gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
    *vexpand |= gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL);
  }
}

/* <child type="start"> in a template, as well as the properties. */
static void
dc_split_add_child (GtkBuildable *buildable,
                    GtkBuilder   *builder,
                    GObject      *child,
                    const char   *type)
{
  DcSplit *self = DC_SPLIT (buildable);

  if (GTK_IS_WIDGET (child) && g_strcmp0 (type, "start") == 0)
    dc_split_set_start (self, GTK_WIDGET (child));
  else if (GTK_IS_WIDGET (child) && g_strcmp0 (type, "end") == 0)
    dc_split_set_end (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
dc_split_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = dc_split_add_child;
}

static void
dc_split_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  DcSplit *self = DC_SPLIT (object);

  switch (id) {
  case PROP_START:
    g_value_set_object (value, self->start);
    break;
  case PROP_END:
    g_value_set_object (value, self->end);
    break;
  case PROP_RATIO:
    g_value_set_double (value, self->ratio);
    break;
  case PROP_SPACING:
    g_value_set_int (value, self->spacing);
    break;
  case PROP_WIDE:
    g_value_set_boolean (value, self->wide);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_split_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  DcSplit *self = DC_SPLIT (object);

  switch (id) {
  case PROP_START:
    dc_split_set_start (self, g_value_get_object (value));
    break;
  case PROP_END:
    dc_split_set_end (self, g_value_get_object (value));
    break;
  case PROP_RATIO:
    dc_split_set_ratio (self, g_value_get_double (value));
    break;
  case PROP_SPACING:
    dc_split_set_spacing (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_split_dispose (GObject *object)
{
  DcSplit *self = DC_SPLIT (object);

  g_clear_handle_id (&self->notify_source, g_source_remove);
  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_split_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_START] =
    g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END] =
    g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_RATIO] =
    g_param_spec_double ("ratio", NULL, NULL, 0.1, 0.9, 0.6, flags);
  properties[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0, flags);
  properties[PROP_WIDE] =
    g_param_spec_boolean ("wide", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dc_split_class_init (DcSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_split_get_property;
  object_class->set_property = dc_split_set_property;
  object_class->dispose = dc_split_dispose;
  widget_class->get_request_mode = dc_split_get_request_mode;
  widget_class->measure = dc_split_measure;
  widget_class->size_allocate = dc_split_size_allocate;
  widget_class->compute_expand = dc_split_compute_expand;

  install_properties (object_class);
  gtk_widget_class_set_css_name (widget_class, "dc-split");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dc_split_init (DcSplit *self)
{
  self->ratio = 0.6;
  show_arrangement (self);
}

GtkWidget *
dc_split_new (void)
{
  return g_object_new (DC_TYPE_SPLIT, NULL);
}

static void
set_child (DcSplit    *self,
           GtkWidget **slot,
           GtkWidget  *child,
           guint       property)
{
  g_return_if_fail (DC_IS_SPLIT (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (*slot == child)
    return;

  g_return_if_fail (child == NULL || gtk_widget_get_parent (child) == NULL);

  g_clear_pointer (slot, gtk_widget_unparent);
  *slot = child;
  /* Reading order and Tab follow the order of the children. */
  if (child != NULL && slot == &self->start)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
dc_split_set_start (DcSplit   *self,
                    GtkWidget *child)
{
  set_child (self, &self->start, child, PROP_START);
}

GtkWidget *
dc_split_get_start (DcSplit *self)
{
  g_return_val_if_fail (DC_IS_SPLIT (self), NULL);

  return self->start;
}

void
dc_split_set_end (DcSplit   *self,
                  GtkWidget *child)
{
  set_child (self, &self->end, child, PROP_END);
}

GtkWidget *
dc_split_get_end (DcSplit *self)
{
  g_return_val_if_fail (DC_IS_SPLIT (self), NULL);

  return self->end;
}

void
dc_split_set_ratio (DcSplit *self,
                    double   ratio)
{
  g_return_if_fail (DC_IS_SPLIT (self));
  g_return_if_fail (ratio >= 0.1 && ratio <= 0.9);

  if (ratio == self->ratio)
    return;

  self->ratio = ratio;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATIO]);
}

double
dc_split_get_ratio (DcSplit *self)
{
  g_return_val_if_fail (DC_IS_SPLIT (self), 0);

  return self->ratio;
}

void
dc_split_set_spacing (DcSplit *self,
                      int      spacing)
{
  g_return_if_fail (DC_IS_SPLIT (self));
  g_return_if_fail (spacing >= 0 && spacing <= G_MAXINT16);

  if (spacing == self->spacing)
    return;

  self->spacing = spacing;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPACING]);
}

int
dc_split_get_spacing (DcSplit *self)
{
  g_return_val_if_fail (DC_IS_SPLIT (self), 0);

  return self->spacing;
}

gboolean
dc_split_get_wide (DcSplit *self)
{
  g_return_val_if_fail (DC_IS_SPLIT (self), FALSE);

  return self->wide;
}
