/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-cup-view.h"

#include <adwaita.h>
#include <math.h>

#include "dc-token.h"

#define DURATION_MS 200

/* The drawing's own coordinates; the widget scales them to fit. */
#define BOX_WIDTH 400.0
#define BOX_HEIGHT 410.0
#define CENTRE 168.0    /* of the bowl; the handle makes up for it */
#define RIM 112.0
#define FULL 136.0      /* the surface of a full cup */
#define EMPTY 336.0     /* the inner bottom */

struct _DcCupView
{
  GtkWidget     parent_instance;

  double        level;
  double        shown;
  AdwAnimation *animation;
};

G_DEFINE_FINAL_TYPE (DcCupView, dc_cup_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LEVEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_colour (cairo_t       *cr,
            const GdkRGBA *colour,
            double         alpha)
{
  cairo_set_source_rgba (cr, (double) colour->red, (double) colour->green,
                         (double) colour->blue, (double) colour->alpha * alpha);
}

static void
add_stop (cairo_pattern_t *gradient,
          double           offset,
          const GdkRGBA   *colour,
          double           alpha)
{
  cairo_pattern_add_color_stop_rgba (gradient, offset, (double) colour->red,
                                     (double) colour->green, (double) colour->blue,
                                     (double) colour->alpha * alpha);
}

static void
fill_ellipse (cairo_t *cr,
              double   x,
              double   y,
              double   width,
              double   height)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / 2, height / 2);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
}

/* The bowl's outline, drawn in by @inset all round but at the rim. */
static void
add_bowl (cairo_t *cr,
          double   inset)
{
  double half = 142 - inset;
  double bottom = 356 - inset;
  double corner = inset > 0 ? 0 : 7;
  double flat = half * 0.22;

  cairo_new_path (cr);
  cairo_move_to (cr, CENTRE - half + corner, RIM);
  cairo_line_to (cr, CENTRE + half - corner, RIM);
  cairo_curve_to (cr, CENTRE + half, RIM, CENTRE + half, RIM + corner,
                  CENTRE + half, RIM + corner);
  cairo_curve_to (cr, CENTRE + half - 2, RIM + 150, CENTRE + half * 0.70, bottom,
                  CENTRE + flat, bottom);
  cairo_line_to (cr, CENTRE - flat, bottom);
  cairo_curve_to (cr, CENTRE - half * 0.70, bottom, CENTRE - half + 2, RIM + 150,
                  CENTRE - half, RIM + corner);
  cairo_curve_to (cr, CENTRE - half, RIM + corner, CENTRE - half, RIM,
                  CENTRE - half + corner, RIM);
  cairo_close_path (cr);
}

static void
draw_saucer (GtkWidget *widget,
             cairo_t   *cr)
{
  GdkRGBA line, cup, shade;

  dc_token_lookup (widget, DC_TOKEN_LINE, &line);
  dc_token_lookup (widget, DC_TOKEN_CUP, &cup);
  dc_token_lookup (widget, DC_TOKEN_CUP_SHADE, &shade);

  set_colour (cr, &line, 0.75);
  fill_ellipse (cr, CENTRE, 384, 330, 34);
  set_colour (cr, &shade, 1);
  fill_ellipse (cr, CENTRE, 373, 296, 30);
  set_colour (cr, &cup, 1);
  fill_ellipse (cr, CENTRE, 368, 296, 26);
  set_colour (cr, &shade, 0.7);
  fill_ellipse (cr, CENTRE, 366, 180, 14);
}

static void
draw_handle (GtkWidget *widget,
             cairo_t   *cr)
{
  GdkRGBA cup, shade;

  dc_token_lookup (widget, DC_TOKEN_CUP, &cup);
  dc_token_lookup (widget, DC_TOKEN_CUP_SHADE, &shade);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  for (int pass = 0; pass < 2; pass++) {
    double shift = pass == 0 ? 4 : 0;

    set_colour (cr, pass == 0 ? &shade : &cup, 1);
    cairo_set_line_width (cr, 28);
    cairo_move_to (cr, CENTRE + 118, 158 + shift);
    cairo_curve_to (cr, CENTRE + 172, 132 + shift, CENTRE + 214, 152 + shift,
                    CENTRE + 210, 204 + shift);
    cairo_curve_to (cr, CENTRE + 206, 252 + shift, CENTRE + 164, 274 + shift,
                    CENTRE + 92, 272 + shift);
    cairo_stroke (cr);
  }
}

/* White, and a soft shade on the side away from the light. */
static void
draw_bowl (GtkWidget *widget,
           cairo_t   *cr)
{
  cairo_pattern_t *gradient;
  GdkRGBA cup, shade;

  dc_token_lookup (widget, DC_TOKEN_CUP, &cup);
  dc_token_lookup (widget, DC_TOKEN_CUP_SHADE, &shade);

  set_colour (cr, &shade, 1);
  fill_ellipse (cr, CENTRE, 357, 116, 16);

  add_bowl (cr, 0);
  set_colour (cr, &cup, 1);
  cairo_fill_preserve (cr);
  gradient = cairo_pattern_create_linear (CENTRE - 40, RIM, CENTRE + 150, 330);
  add_stop (gradient, 0, &shade, 0);
  add_stop (gradient, 0.55, &shade, 0.25);
  add_stop (gradient, 1, &shade, 1);
  cairo_set_source (cr, gradient);
  cairo_pattern_destroy (gradient);
  cairo_fill (cr);

  add_bowl (cr, 20);
  gradient = cairo_pattern_create_linear (0, RIM, 0, EMPTY);
  add_stop (gradient, 0, &shade, 0.9);
  add_stop (gradient, 0.5, &shade, 0.45);
  cairo_set_source (cr, gradient);
  cairo_pattern_destroy (gradient);
  cairo_fill (cr);
}

/* The surface rests a little uneven, as poured. */
static void
add_surface (cairo_t *cr,
             double   y,
             double   wave)
{
  cairo_new_path (cr);
  cairo_move_to (cr, 0, y + wave);
  cairo_curve_to (cr, CENTRE - 90, y + wave, CENTRE - 60, y + 2 * wave, CENTRE, y + wave * 0.6);
  cairo_curve_to (cr, CENTRE + 60, y - wave, CENTRE + 100, y - wave, BOX_WIDTH, y);
  cairo_line_to (cr, BOX_WIDTH, BOX_HEIGHT);
  cairo_line_to (cr, 0, BOX_HEIGHT);
  cairo_close_path (cr);
}

static void
draw_coffee (DcCupView *self,
             cairo_t   *cr)
{
  /* The bowl is narrow below: by height alone the first sip would not show. */
  double y = EMPTY - (EMPTY - FULL) * pow (self->shown, 0.8);
  double calm = MIN (1, self->shown * 6);
  GdkRGBA coffee, crema;

  if (self->shown <= 0)
    return;

  dc_token_lookup (GTK_WIDGET (self), DC_TOKEN_COFFEE, &coffee);
  dc_token_lookup (GTK_WIDGET (self), DC_TOKEN_CREMA, &crema);

  cairo_save (cr);
  add_bowl (cr, 20);
  cairo_clip (cr);
  add_surface (cr, y, 4 * calm);
  set_colour (cr, &crema, 1);
  cairo_fill (cr);
  add_surface (cr, y + 17 * calm, 6 * calm);
  set_colour (cr, &coffee, 1);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* Where there is coffee there is steam, thin at first. */
static void
draw_steam (DcCupView *self,
            cairo_t   *cr)
{
  double strength = CLAMP ((self->shown - 0.04) / 0.26, 0, 1);
  cairo_pattern_t *gradient;
  GdkRGBA steam;

  if (strength <= 0)
    return;

  dc_token_lookup (GTK_WIDGET (self), DC_TOKEN_STEAM, &steam);
  gradient = cairo_pattern_create_linear (0, 8, 0, 92);
  add_stop (gradient, 0, &steam, 0.25 * strength);
  add_stop (gradient, 0.6, &steam, strength);
  cairo_set_source (cr, gradient);
  cairo_pattern_destroy (gradient);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 9);
  for (int i = -1; i <= 1; i++) {
    double x = CENTRE + i * 56;
    double top = i == 0 ? 10 : 24;
    double height = 92 - top;

    cairo_move_to (cr, x, top);
    cairo_curve_to (cr, x + 14, top + height * 0.18, x + 12, top + height * 0.36,
                    x, top + height * 0.5);
    cairo_curve_to (cr, x - 12, top + height * 0.64, x - 14, top + height * 0.82,
                    x, top + height);
    cairo_stroke (cr);
  }
}

static void
dc_cup_view_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  DcCupView *self = DC_CUP_VIEW (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double scale = MIN (width / BOX_WIDTH, height / BOX_HEIGHT);
  cairo_t *cr;

  if (scale <= 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -scale : scale, scale);
  cairo_translate (cr, -BOX_WIDTH / 2, -BOX_HEIGHT / 2);
  draw_saucer (widget, cr);
  draw_handle (widget, cr);
  draw_bowl (widget, cr);
  draw_coffee (self, cr);
  draw_steam (self, cr);
  cairo_destroy (cr);
}

static void
dc_cup_view_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = 48;
  *natural = 280;
}

static void
show_level (double     level,
            DcCupView *self)
{
  self->shown = level;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
dc_cup_view_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (id) {
  case PROP_LEVEL:
    g_value_set_double (value, dc_cup_view_get_level (DC_CUP_VIEW (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_cup_view_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (id) {
  case PROP_LEVEL:
    dc_cup_view_set_level (DC_CUP_VIEW (object), g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_cup_view_dispose (GObject *object)
{
  DcCupView *self = DC_CUP_VIEW (object);

  if (self->animation != NULL)
    adw_animation_skip (self->animation);
  g_clear_object (&self->animation);

  G_OBJECT_CLASS (dc_cup_view_parent_class)->dispose (object);
}

static void
dc_cup_view_class_init (DcCupViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_cup_view_get_property;
  object_class->set_property = dc_cup_view_set_property;
  object_class->dispose = dc_cup_view_dispose;
  widget_class->measure = dc_cup_view_measure;
  widget_class->snapshot = dc_cup_view_snapshot;

  properties[PROP_LEVEL] =
    g_param_spec_double ("level", NULL, NULL, 0, 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "dc-cup-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dc_cup_view_init (DcCupView *self)
{
  AdwAnimationTarget *target =
    adw_callback_animation_target_new ((AdwAnimationTargetFunc) show_level, self, NULL);

  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 0, DURATION_MS, target);
}

GtkWidget *
dc_cup_view_new (void)
{
  return g_object_new (DC_TYPE_CUP_VIEW, NULL);
}

void
dc_cup_view_set_level (DcCupView *self,
                       double     level)
{
  AdwTimedAnimation *animation;

  g_return_if_fail (DC_IS_CUP_VIEW (self));

  level = isnan (level) ? 0 : CLAMP (level, 0, 1);
  if (level == self->level)
    return;

  self->level = level;
  animation = ADW_TIMED_ANIMATION (self->animation);
  adw_animation_pause (self->animation);
  adw_timed_animation_set_value_from (animation, self->shown);
  adw_timed_animation_set_value_to (animation, level);
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

double
dc_cup_view_get_level (DcCupView *self)
{
  g_return_val_if_fail (DC_IS_CUP_VIEW (self), 0);

  return self->level;
}

double
dc_cup_view_get_shown_level (DcCupView *self)
{
  g_return_val_if_fail (DC_IS_CUP_VIEW (self), 0);

  return self->shown;
}
