/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drawing.h"

#include <librsvg/rsvg.h>
#include <math.h>

#include "dc-token.h"

/* No screen of ours is larger; a wrong allocation must not take the memory. */
#define MAX_PIXELS 8192

struct _DcDrawing
{
  GtkWidget   parent_instance;

  GBytes     *svg;
  RsvgHandle      *handle;         /* NULL: nothing, or a bad file */
  double           width, height;  /* the picture's own size; the ratio counts */
  double           focal_x, focal_y;
  char            *alternative;
  cairo_surface_t *surface;        /* at the size of the last frame */
  GdkTexture      *texture;        /* the same, where the renderer takes one */
};

G_DEFINE_FINAL_TYPE (DcDrawing, dc_drawing, GTK_TYPE_WIDGET)
G_DEFINE_QUARK (dc-drawing-error-quark, dc_drawing_error)

enum
{
  PROP_0,
  PROP_SVG,
  PROP_ALTERNATIVE,
  PROP_FOCAL_X,
  PROP_FOCAL_Y,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
size_is_sane (double width,
              double height)
{
  return isfinite (width) && isfinite (height) &&
         width > 0 && height > 0 &&
         width / height < 1000 && height / width < 1000;
}

static gboolean
get_natural_size (RsvgHandle *handle,
                  double     *width,
                  double     *height)
{
  gboolean has_width, has_height, has_box;
  RsvgLength w, h;
  RsvgRectangle box;

  rsvg_handle_get_intrinsic_dimensions (handle, &has_width, &w, &has_height, &h, &has_box, &box);
  if (has_box && size_is_sane (box.width, box.height)) {
    *width = box.width;
    *height = box.height;
    return TRUE;
  }

  return rsvg_handle_get_intrinsic_size_in_pixels (handle, width, height) &&
         size_is_sane (*width, *height);
}

/* How far the picture moves so that @focus, a point on its @length, comes as
 * near to the middle of @room as can be without leaving a gap. */
static double
get_offset (double room,
            double length,
            double focus)
{
  return CLAMP (room / 2 - focus * length, room - length, 0);
}

static GdkTexture *
to_texture (cairo_surface_t *surface)
{
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) height * (gsize) stride,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      cairo_surface_reference (surface));

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

/* In device pixels. (nullable): a file may parse and fail to render. */
static cairo_surface_t *
render (DcDrawing *self,
        int        width,
        int        height)
{
  double scale = MAX (width / self->width, height / self->height);
  RsvgRectangle viewport = {
    get_offset (width, self->width * scale, self->focal_x),
    get_offset (height, self->height * scale, self->focal_y),
    self->width * scale,
    self->height * scale,
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  if (!rsvg_handle_render_document (self->handle, cr, &viewport, NULL) ||
      cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    g_clear_pointer (&surface, cairo_surface_destroy);
  cairo_destroy (cr);

  return surface;
}

static void
forget_frame (DcDrawing *self)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

static void
update_surface (DcDrawing *self,
                int        width,
                int        height)
{
  if (self->surface != NULL &&
      cairo_image_surface_get_width (self->surface) == width &&
      cairo_image_surface_get_height (self->surface) == height)
    return;

  forget_frame (self);
  if (self->handle == NULL || width < 1 || height < 1)
    return;

  if (width <= MAX_PIXELS && height <= MAX_PIXELS)
    self->surface = render (self, width, height);
  if (self->surface == NULL)
    g_clear_object (&self->handle);   /* once is enough */
}

/* GTK's cairo renderer takes every pixel of a texture through floating point
 * and back, in every frame: the story's change cost five times as much as with
 * the surface itself. A graphics card wants a texture, and keeps it. */
static void
append_frame (DcDrawing             *self,
              GtkSnapshot           *snapshot,
              const graphene_rect_t *bounds,
              int                    scale)
{
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)));
  cairo_t *cr;

  if (!GSK_IS_CAIRO_RENDERER (renderer)) {
    if (self->texture == NULL)
      self->texture = to_texture (self->surface);
    gtk_snapshot_append_texture (snapshot, self->texture, bounds);
    return;
  }

  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
dc_drawing_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  DcDrawing *self = DC_DRAWING (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  GdkRGBA sand;

  update_surface (self, width * scale, height * scale);
  if (self->surface != NULL) {
    append_frame (self, snapshot, &bounds, scale);
    return;
  }

  dc_token_lookup (widget, DC_TOKEN_SAND, &sand);
  gtk_snapshot_append_color (snapshot, &sand, &bounds);
}

static GtkSizeRequestMode
dc_drawing_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* It asks for nothing and would like its own size, in its own ratio. */
static void
dc_drawing_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  DcDrawing *self = DC_DRAWING (widget);
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;
  double length = horizontal ? self->width : self->height;

  if (self->width > 0 && for_size >= 0)
    length = horizontal ? for_size * self->width / self->height
                        : for_size * self->height / self->width;

  *minimum = 0;
  *natural = (int) CLAMP (ceil (length), 0, MAX_PIXELS);
}

static void
dc_drawing_unrealize (GtkWidget *widget)
{
  forget_frame (DC_DRAWING (widget));

  GTK_WIDGET_CLASS (dc_drawing_parent_class)->unrealize (widget);
}

static void
dc_drawing_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DcDrawing *self = DC_DRAWING (object);

  switch (id) {
  case PROP_SVG:
    g_value_set_boxed (value, self->svg);
    break;
  case PROP_ALTERNATIVE:
    g_value_set_string (value, self->alternative);
    break;
  case PROP_FOCAL_X:
    g_value_set_double (value, self->focal_x);
    break;
  case PROP_FOCAL_Y:
    g_value_set_double (value, self->focal_y);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_drawing_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  DcDrawing *self = DC_DRAWING (object);

  switch (id) {
  case PROP_SVG:
    dc_drawing_set_svg (self, g_value_get_boxed (value), NULL);
    break;
  case PROP_ALTERNATIVE:
    dc_drawing_set_alternative (self, g_value_get_string (value));
    break;
  case PROP_FOCAL_X:
    dc_drawing_set_focal_point (self, g_value_get_double (value), self->focal_y);
    break;
  case PROP_FOCAL_Y:
    dc_drawing_set_focal_point (self, self->focal_x, g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_drawing_finalize (GObject *object)
{
  DcDrawing *self = DC_DRAWING (object);

  g_clear_pointer (&self->svg, g_bytes_unref);
  g_clear_pointer (&self->alternative, g_free);
  g_clear_object (&self->handle);
  forget_frame (self);

  G_OBJECT_CLASS (dc_drawing_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SVG] =
    g_param_spec_boxed ("svg", NULL, NULL, G_TYPE_BYTES, flags);
  properties[PROP_ALTERNATIVE] =
    g_param_spec_string ("alternative", NULL, NULL, NULL, flags);
  properties[PROP_FOCAL_X] =
    g_param_spec_double ("focal-x", NULL, NULL, 0, 1, 0.5, flags);
  properties[PROP_FOCAL_Y] =
    g_param_spec_double ("focal-y", NULL, NULL, 0, 1, 0.5, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dc_drawing_class_init (DcDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_drawing_get_property;
  object_class->set_property = dc_drawing_set_property;
  object_class->finalize = dc_drawing_finalize;
  widget_class->get_request_mode = dc_drawing_get_request_mode;
  widget_class->measure = dc_drawing_measure;
  widget_class->snapshot = dc_drawing_snapshot;
  widget_class->unrealize = dc_drawing_unrealize;

  install_properties (object_class);
  gtk_widget_class_set_css_name (widget_class, "dc-drawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dc_drawing_init (DcDrawing *self)
{
  self->focal_x = self->focal_y = 0.5;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (gtk_widget_queue_draw), NULL);
}

GtkWidget *
dc_drawing_new (void)
{
  return g_object_new (DC_TYPE_DRAWING, NULL);
}

static RsvgHandle *
parse (GBytes  *svg,
       double  *width,
       double  *height,
       GError **error)
{
  g_autoptr (GError) reason = NULL;
  RsvgHandle *handle = NULL;
  const guint8 *data;
  gsize size;

  data = g_bytes_get_data (svg, &size);
  if (size > DC_DRAWING_MAX_BYTES) {
    g_set_error (error, DC_DRAWING_ERROR, DC_DRAWING_ERROR_TOO_LARGE,
                 "The drawing has %" G_GSIZE_FORMAT " bytes; at most %d are read",
                 size, DC_DRAWING_MAX_BYTES);
    return NULL;
  }

  if (size > 0)
    handle = rsvg_handle_new_from_data (data, size, &reason);
  if (handle == NULL || !get_natural_size (handle, width, height)) {
    g_set_error (error, DC_DRAWING_ERROR, DC_DRAWING_ERROR_UNREADABLE,
                 "Not a drawing that can be shown: %s",
                 reason != NULL ? reason->message : "it has no size");
    g_clear_object (&handle);
  }

  return handle;
}

gboolean
dc_drawing_set_svg (DcDrawing  *self,
                    GBytes     *svg,
                    GError    **error)
{
  g_autoptr (GBytes) old = NULL;

  g_return_val_if_fail (DC_IS_DRAWING (self), FALSE);

  if (svg != NULL && svg == self->svg && self->handle != NULL)
    return TRUE;

  old = g_steal_pointer (&self->svg);
  g_clear_object (&self->handle);
  forget_frame (self);
  self->width = self->height = 0;
  if (svg != NULL) {
    self->svg = g_bytes_ref (svg);
    self->handle = parse (svg, &self->width, &self->height, error);
    if (self->handle == NULL)
      self->width = self->height = 0;
  }

  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SVG]);

  return svg == NULL || self->handle != NULL;
}

GBytes *
dc_drawing_get_svg (DcDrawing *self)
{
  g_return_val_if_fail (DC_IS_DRAWING (self), NULL);

  return self->svg;
}

void
dc_drawing_set_alternative (DcDrawing  *self,
                            const char *text)
{
  GtkAccessible *accessible;

  g_return_if_fail (DC_IS_DRAWING (self));

  if (g_strcmp0 (text, self->alternative) == 0)
    return;

  g_clear_pointer (&self->alternative, g_free);
  self->alternative = g_strdup (text);
  accessible = GTK_ACCESSIBLE (self);
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_HIDDEN, text == NULL, -1);
  if (text != NULL)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALTERNATIVE]);
}

const char *
dc_drawing_get_alternative (DcDrawing *self)
{
  g_return_val_if_fail (DC_IS_DRAWING (self), NULL);

  return self->alternative;
}

void
dc_drawing_set_focal_point (DcDrawing *self,
                            double     x,
                            double     y)
{
  GObject *object = G_OBJECT (self);

  g_return_if_fail (DC_IS_DRAWING (self));
  g_return_if_fail (x >= 0 && x <= 1 && y >= 0 && y <= 1);

  if (self->focal_x == x && self->focal_y == y)
    return;

  self->focal_x = x;
  self->focal_y = y;
  forget_frame (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, properties[PROP_FOCAL_X]);
  g_object_notify_by_pspec (object, properties[PROP_FOCAL_Y]);
  g_object_thaw_notify (object);
}
