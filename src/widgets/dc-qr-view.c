/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-qr-view.h"

#include <math.h>

/* A reader needs dark modules under 10 % and light ones over 90 % of white. */
#define DARKEST_LIGHT 230
#define LIGHTEST_DARK 25

struct _DcQrView
{
  GtkWidget  parent_instance;

  DcSymbol  *symbol;
  char      *label;
  int        minimum_side;
  int        natural_side;
  gboolean   drawn;   /* the last frame showed this symbol at this size */
};

G_DEFINE_FINAL_TYPE (DcQrView, dc_qr_view, GTK_TYPE_WIDGET)
G_DEFINE_BOXED_TYPE (DcSymbol, dc_symbol, dc_symbol_ref, dc_symbol_unref)
G_DEFINE_QUARK (dc-qr-view-error-quark, dc_qr_view_error)

enum
{
  PROP_0,
  PROP_SYMBOL,
  PROP_LABEL,
  PROP_MINIMUM_SIDE,
  PROP_NATURAL_SIDE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Where the code lies in the widget. Everything but @scale is in device
 * pixels; the origin is measured from the surface's corner for the rounding
 * and from the widget's corner here, so it may have a fraction. */
typedef struct
{
  int    scale;
  int    side;      /* of the white square */
  int    module;    /* 0: no room */
  double x, y;      /* corner of the white square */
  int    margin;    /* from that corner to the first module */
} Geometry;

/* The distance from @origin to the nearest whole pixel of the surface. */
static double
to_pixel (double origin,
          double offset)
{
  return round (origin + offset) - origin;
}

/* Whole pixels of the widget are whole pixels of the surface only as long as
 * nothing above moved it by a fraction, as a transition or an uneven shadow
 * does. A scaled or turned widget cannot be helped. */
static void
get_surface_origin (DcQrView *self,
                    double   *x,
                    double   *y)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  graphene_point_t point = GRAPHENE_POINT_INIT (0, 0);

  *x = *y = 0;
  if (native == NULL)
    return;

  gtk_native_get_surface_transform (native, x, y);
  if (gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (native), &point, &point)) {
    *x += (double) point.x;
    *y += (double) point.y;
  }
}

static void
get_geometry (DcQrView *self,
              Geometry *geometry)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget) * scale;
  int height = gtk_widget_get_height (widget) * scale;
  double x, y;

  get_surface_origin (self, &x, &y);
  geometry->scale = scale;
  geometry->side = MIN (width, height);
  geometry->x = to_pixel (x * scale, (width - geometry->side) / 2);
  geometry->y = to_pixel (y * scale, (height - geometry->side) / 2);
  geometry->module = 0;
  geometry->margin = 0;

  if (self->symbol != NULL) {
    int size = (int) dc_symbol_get_size (self->symbol);

    geometry->module = geometry->side / (size + 2 * DC_SYMBOL_QUIET);
    geometry->margin = (geometry->side - size * geometry->module) / 2;
  }
}

static void
append_rectangle (GtkSnapshot   *snapshot,
                  const GdkRGBA *color,
                  double         scale,
                  double         x,
                  double         y,
                  double         width,
                  double         height)
{
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) (x / scale), (float) (y / scale),
                                                  (float) (width / scale),
                                                  (float) (height / scale)));
}

/* One rectangle a run of dark modules: a stretched texture would be smoothed
 * by the renderer, and a reader pays for each grey edge. */
static void
append_row (DcQrView       *self,
            GtkSnapshot    *snapshot,
            const Geometry *geometry,
            guint           row)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  guint size = dc_symbol_get_size (self->symbol);
  int module = geometry->module;

  for (guint x = 0, end; x < size; x = end + 1) {
    for (end = x; end < size && dc_symbol_is_dark (self->symbol, end, row); end++);

    if (end > x)
      append_rectangle (snapshot, &black, geometry->scale,
                        geometry->x + geometry->margin + (int) x * module,
                        geometry->y + geometry->margin + (int) row * module,
                        (int) (end - x) * module, module);
  }
}

static void
dc_qr_view_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  DcQrView *self = DC_QR_VIEW (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  Geometry geometry;

  get_geometry (self, &geometry);
  append_rectangle (snapshot, &white, geometry.scale, geometry.x, geometry.y,
                    geometry.side, geometry.side);
  self->drawn = TRUE;

  if (geometry.module == 0)
    return;

  for (guint row = 0; row < dc_symbol_get_size (self->symbol); row++)
    append_row (self, snapshot, &geometry, row);
}

static GtkSizeRequestMode
dc_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
dc_qr_view_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  DcQrView *self = DC_QR_VIEW (widget);

  *minimum = self->minimum_side;
  *natural = MAX (self->minimum_side, self->natural_side);
}

static void
dc_qr_view_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  DC_QR_VIEW (widget)->drawn = FALSE;
}

static void
redraw (DcQrView *self)
{
  self->drawn = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
dc_qr_view_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DcQrView *self = DC_QR_VIEW (object);

  switch (id) {
  case PROP_SYMBOL:
    g_value_set_boxed (value, self->symbol);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_MINIMUM_SIDE:
    g_value_set_int (value, self->minimum_side);
    break;
  case PROP_NATURAL_SIDE:
    g_value_set_int (value, self->natural_side);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_qr_view_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  DcQrView *self = DC_QR_VIEW (object);

  switch (id) {
  case PROP_SYMBOL:
    dc_qr_view_set_symbol (self, g_value_get_boxed (value));
    break;
  case PROP_LABEL:
    dc_qr_view_set_label (self, g_value_get_string (value));
    break;
  case PROP_MINIMUM_SIDE:
    dc_qr_view_set_minimum_side (self, g_value_get_int (value));
    break;
  case PROP_NATURAL_SIDE:
    dc_qr_view_set_natural_side (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_qr_view_finalize (GObject *object)
{
  DcQrView *self = DC_QR_VIEW (object);

  g_clear_pointer (&self->symbol, dc_symbol_unref);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (dc_qr_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SYMBOL] =
    g_param_spec_boxed ("symbol", NULL, NULL, DC_TYPE_SYMBOL, flags);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_MINIMUM_SIDE] =
    g_param_spec_int ("minimum-side", NULL, NULL, 0, G_MAXINT16, 120, flags);
  properties[PROP_NATURAL_SIDE] =
    g_param_spec_int ("natural-side", NULL, NULL, 0, G_MAXINT16, 240, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dc_qr_view_class_init (DcQrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_qr_view_get_property;
  object_class->set_property = dc_qr_view_set_property;
  object_class->finalize = dc_qr_view_finalize;
  widget_class->get_request_mode = dc_qr_view_get_request_mode;
  widget_class->measure = dc_qr_view_measure;
  widget_class->size_allocate = dc_qr_view_size_allocate;
  widget_class->snapshot = dc_qr_view_snapshot;

  install_properties (object_class);
  gtk_widget_class_set_css_name (widget_class, "dc-qr-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dc_qr_view_init (DcQrView *self)
{
  self->minimum_side = 120;
  self->natural_side = 240;
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (redraw), NULL);
}

GtkWidget *
dc_qr_view_new (void)
{
  return g_object_new (DC_TYPE_QR_VIEW, NULL);
}

void
dc_qr_view_set_symbol (DcQrView *self,
                       DcSymbol *symbol)
{
  g_return_if_fail (DC_IS_QR_VIEW (self));

  if (symbol == self->symbol)
    return;

  g_clear_pointer (&self->symbol, dc_symbol_unref);
  if (symbol != NULL)
    self->symbol = dc_symbol_ref (symbol);
  redraw (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYMBOL]);
}

DcSymbol *
dc_qr_view_get_symbol (DcQrView *self)
{
  g_return_val_if_fail (DC_IS_QR_VIEW (self), NULL);

  return self->symbol;
}

void
dc_qr_view_set_label (DcQrView   *self,
                      const char *label)
{
  g_return_if_fail (DC_IS_QR_VIEW (self));

  if (g_strcmp0 (label, self->label) == 0)
    return;

  g_clear_pointer (&self->label, g_free);
  self->label = g_strdup (label);
  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

const char *
dc_qr_view_get_label (DcQrView *self)
{
  g_return_val_if_fail (DC_IS_QR_VIEW (self), NULL);

  return self->label;
}

void
dc_qr_view_set_minimum_side (DcQrView *self,
                             int       side)
{
  g_return_if_fail (DC_IS_QR_VIEW (self));
  g_return_if_fail (side >= 0 && side <= G_MAXINT16);

  if (side == self->minimum_side)
    return;

  self->minimum_side = side;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINIMUM_SIDE]);
}

int
dc_qr_view_get_minimum_side (DcQrView *self)
{
  g_return_val_if_fail (DC_IS_QR_VIEW (self), 0);

  return self->minimum_side;
}

void
dc_qr_view_set_natural_side (DcQrView *self,
                             int       side)
{
  g_return_if_fail (DC_IS_QR_VIEW (self));
  g_return_if_fail (side >= 0 && side <= G_MAXINT16);

  if (side == self->natural_side)
    return;

  self->natural_side = side;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NATURAL_SIDE]);
}

int
dc_qr_view_get_natural_side (DcQrView *self)
{
  g_return_val_if_fail (DC_IS_QR_VIEW (self), 0);

  return self->natural_side;
}

guint
dc_qr_view_get_module_pixels (DcQrView *self)
{
  Geometry geometry;

  g_return_val_if_fail (DC_IS_QR_VIEW (self), 0);

  get_geometry (self, &geometry);

  return (guint) geometry.module;
}

/* The pixels of the white square as they stand in the window: the window's
 * own picture, cut to this widget. (transfer full), NULL before a frame. */
static GdkTexture *
render_square (DcQrView       *self,
               const Geometry *geometry)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  float scale = (float) geometry->scale;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot;
  graphene_rect_t window, view;

  if (renderer == NULL)
    return NULL;
  if (!gtk_widget_compute_bounds (GTK_WIDGET (native), GTK_WIDGET (native), &window))
    return NULL;
  if (!gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (native),
                                 &GRAPHENE_POINT_INIT (0, 0), &view.origin))
    return NULL;

  paintable = gtk_widget_paintable_new (GTK_WIDGET (native));
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, snapshot, window.size.width, window.size.height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;

  view.origin.x = (view.origin.x - window.origin.x) * scale + (float) geometry->x;
  view.origin.y = (view.origin.y - window.origin.y) * scale + (float) geometry->y;
  graphene_size_init (&view.size, (float) geometry->side, (float) geometry->side);

  return gsk_renderer_render_texture (renderer, node, &view);
}

/* gdk_texture_download () gives cairo's ARGB32 in the machine's own order. */
static gboolean
module_is (guint32  pixel,
           gboolean dark)
{
  for (int shift = 0; shift < 24; shift += 8) {
    guint level = (pixel >> shift) & 0xff;

    if (dark ? level > LIGHTEST_DARK : level < DARKEST_LIGHT)
      return FALSE;
  }

  return TRUE;
}

static gboolean
pixels_match (DcQrView       *self,
              const Geometry *geometry,
              const guint32  *pixels)
{
  int size = (int) dc_symbol_get_size (self->symbol);

  for (int y = -DC_SYMBOL_QUIET; y < size + DC_SYMBOL_QUIET; y++) {
    for (int x = -DC_SYMBOL_QUIET; x < size + DC_SYMBOL_QUIET; x++) {
      gboolean inside = x >= 0 && x < size && y >= 0 && y < size;
      gboolean dark = inside && dc_symbol_is_dark (self->symbol, (guint) x, (guint) y);
      int px = geometry->margin + x * geometry->module + geometry->module / 2;
      int py = geometry->margin + y * geometry->module + geometry->module / 2;

      if (!module_is (pixels[(gsize) py * (gsize) geometry->side + (gsize) px], dark))
        return FALSE;
    }
  }

  return TRUE;
}

gboolean
dc_qr_view_matches (DcQrView  *self,
                    GError   **error)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  Geometry geometry;

  g_return_val_if_fail (DC_IS_QR_VIEW (self), FALSE);

  if (self->symbol == NULL)
    return TRUE;

  get_geometry (self, &geometry);
  if (self->drawn && geometry.module > 0)
    texture = render_square (self, &geometry);
  if (texture == NULL) {
    gboolean small = self->drawn && geometry.module == 0;

    g_set_error (error, DC_QR_VIEW_ERROR,
                 small ? DC_QR_VIEW_ERROR_TOO_SMALL : DC_QR_VIEW_ERROR_NOT_DRAWN,
                 small ? "A QR code has no room on the screen" : "A QR code is not drawn yet");
    return FALSE;
  }

  pixels = g_new (guint32, (gsize) geometry.side * (gsize) geometry.side);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) geometry.side * sizeof *pixels);
  if (pixels_match (self, &geometry, pixels))
    return TRUE;

  g_set_error (error, DC_QR_VIEW_ERROR, DC_QR_VIEW_ERROR_DIFFERS,
               "The screen does not show the QR code that it should");

  return FALSE;
}
