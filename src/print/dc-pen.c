/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pen.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Of a text that is too long for its place: how much smaller at each try. */
#define SMALLER 0.97

DcPen
dc_pen_new (DcPdf      *pdf,
            const char *text)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (dc_pdf_get_context (pdf));
  PangoLayoutLine *line;

  pango_layout_set_text (layout, text, -1);
  line = pango_layout_get_line_readonly (layout, 0);

  return (DcPen) { pdf, pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL };
}

static double
mirror (const DcPen *self,
        double       x,
        double       width)
{
  return self->mirrored ? dc_pdf_get_width (self->pdf) - x - width : x;
}

static void
set_colour (cairo_t  *cr,
            DcColour  colour)
{
  static const guint32 values[] = {
    [DC_INK] = 0x1e2a38, [DC_SOFT] = 0x3f4a58, [DC_SEA] = 0x0e4a56, [DC_SAND] = 0xf3eada,
    [DC_GROUND] = 0xfbf6ec, [DC_GOLD] = 0xe3a83b, [DC_LINE] = 0xb9ab92, [DC_WHITE] = 0xffffff,
  };
  guint32 value = values[colour];

  cairo_set_source_rgb (cr, (value >> 16) / 255.0, (value >> 8 & 0xff) / 255.0, (value & 0xff) / 255.0);
}

static void
trace_box (cairo_t *cr,
           DcPlace  place,
           double   radius)
{
  double right = place.x + place.width, bottom = place.y + place.height;

  cairo_new_path (cr);
  cairo_arc (cr, right - radius, place.y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, place.x + radius, bottom - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, place.x + radius, place.y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

void
dc_pen_box (const DcPen *self,
            DcPlace      place,
            double       radius,
            DcColour     colour)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);

  place.x = mirror (self, place.x, place.width);
  set_colour (cr, colour);
  trace_box (cr, place, radius);
  cairo_fill (cr);
}

void
dc_pen_tick (const DcPen *self,
             double       x,
             double       y,
             double       size)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);

  set_colour (cr, DC_INK);
  cairo_set_line_width (cr, 0.9);
  cairo_rectangle (cr, mirror (self, x, size), y, size, size);
  cairo_stroke (cr);
}

void
dc_pen_line (const DcPen *self,
             double       x,
             double       y,
             double       width)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);

  set_colour (cr, DC_SOFT);
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, mirror (self, x, width), y);
  cairo_rel_line_to (cr, width, 0);
  cairo_stroke (cr);
}

static void
set_font (PangoLayout  *layout,
          const DcType *type,
          double        size)
{
  static const char * const families[] = {
    [DC_FACE_SERIF] = "EB Garamond, Noto Serif, Serif 500", [DC_FACE_SANS] = "Inter, Noto Sans, Sans",
    [DC_FACE_BOLD] = "Inter, Noto Sans, Sans bold", [DC_FACE_MONO] = "DejaVu Sans Mono, Monospace",
  };
  PangoFontDescription *font = pango_font_description_from_string (families[type->typeface]);

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_line_spacing (layout, type->typeface == DC_FACE_SERIF ? 1.02f : 1.18f);
  pango_font_description_free (font);
}

/* Figures that stand on the line, as in the kiosk. */
static void
set_features (PangoLayout *layout)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_font_features_new ("lnum=1"));
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}

/* A word that is longer than its line would be broken, or stand out. */
static gboolean
fits (PangoLayout *layout,
      DcPlace      place)
{
  PangoRectangle ink, logical;

  pango_layout_get_extents (layout, &ink, &logical);

  return logical.height <= place.height * PANGO_SCALE && logical.width <= place.width * PANGO_SCALE;
}

static PangoLayout *
lay_out (const DcPen  *self,
         const DcType *type,
         DcPlace       place,
         const char   *text)
{
  PangoLayout *layout = pango_cairo_create_layout (dc_pdf_get_context (self->pdf));
  double size = type->size;

  /* Paper has no pixels to sit on. */
  pango_context_set_round_glyph_positions (pango_layout_get_context (layout), FALSE);
  pango_layout_set_width (layout, (int) (place.width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  if (type->centred)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  set_features (layout);
  pango_layout_set_text (layout, text, -1);
  set_font (layout, type, size);
  while (!fits (layout, place) && size > type->least) {
    size = MAX (size * SMALLER, type->least);
    set_font (layout, type, size);
  }
  if (!fits (layout, place))
    dc_pdf_overflow (self->pdf, text);

  return layout;
}

double
dc_pen_text (const DcPen  *self,
             const DcType *type,
             DcPlace       place,
             const char   *text)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);
  g_autoptr (PangoLayout) layout = lay_out (self, type, place, text);
  int height;

  pango_layout_get_size (layout, NULL, &height);
  set_colour (cr, type->colour);
  cairo_move_to (cr, mirror (self, place.x, place.width), place.y);
  pango_cairo_show_layout (cr, layout);

  return (double) height / PANGO_SCALE;
}

/* Row by row, in runs: rectangles that touch leave hairs between them. */
void
dc_pen_symbol (const DcPen *self,
               DcPlace      place,
               DcSymbol    *symbol)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);
  guint size = dc_symbol_get_size (symbol);
  double module = place.width / (size + 2 * DC_SYMBOL_QUIET);
  double left = mirror (self, place.x, place.width) + DC_SYMBOL_QUIET * module;

  for (guint y = 0; y < size; y++) {
    for (guint x = 0; x < size; x++) {
      guint begin = x;

      while (x < size && dc_symbol_is_dark (symbol, x, y))
        x++;
      if (x > begin)
        cairo_rectangle (cr, left + begin * module, place.y + (y + DC_SYMBOL_QUIET) * module,
                         (x - begin) * module, module);
    }
  }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

/* Where a picture of that size stands in @place. */
static DcPlace
scale (const DcPen *self,
       DcPlace      place,
       double       width,
       double       height,
       gboolean     fill)
{
  double x = place.width / width, y = place.height / height;
  double factor = fill ? MAX (x, y) : MIN (x, y);
  DcPlace scaled = { place.x, place.y, width *factor, height *factor };

  if (self->mirrored && !fill)
    scaled.x += place.width - scaled.width;
  if (fill) {
    scaled.x -= (scaled.width - place.width) / 2;
    scaled.y -= (scaled.height - place.height) / 2;
  }

  return scaled;
}

typedef struct
{
  const guint8 *data;
  gsize         left;
} Rest;

static cairo_status_t
give (void          *closure,
      unsigned char *data,
      unsigned int   length)
{
  Rest *rest = closure;

  if (length > rest->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, rest->data, length);
  rest->data += length;
  rest->left -= length;

  return CAIRO_STATUS_SUCCESS;
}

static double
draw_png (const DcPen  *self,
          DcPlace       place,
          GBytes       *picture,
          gboolean      fill,
          GError      **error)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);
  Rest rest = { g_bytes_get_data (picture, NULL), g_bytes_get_size (picture) };
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (give, &rest);
  DcPlace scaled;

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_FAILED, "a picture of the appeal cannot be drawn: %s",
                 cairo_status_to_string (cairo_surface_status (surface)));
    cairo_surface_destroy (surface);
    return -1;
  }
  scaled = scale (self, place, cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface), fill);
  cairo_translate (cr, scaled.x, scaled.y);
  cairo_scale (cr, scaled.width / cairo_image_surface_get_width (surface),
               scaled.height / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);

  return scaled.width;
}

static double
render_svg (const DcPen  *self,
            DcPlace       place,
            RsvgHandle   *handle,
            gboolean      fill,
            GError      **error)
{
  RsvgRectangle viewport;
  double width, height;
  DcPlace scaled;

  if (!rsvg_handle_get_intrinsic_size_in_pixels (handle, &width, &height) || width <= 0 || height <= 0) {
    width = place.width;
    height = place.height;
  }
  scaled = scale (self, place, width, height, fill);
  viewport = (RsvgRectangle) { scaled.x, scaled.y, scaled.width, scaled.height };

  return rsvg_handle_render_document (handle, dc_pdf_get_context (self->pdf), &viewport, error) ? scaled.width : -1;
}

static double
draw_svg (const DcPen  *self,
          DcPlace       place,
          GBytes       *picture,
          gboolean      fill,
          GError      **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (picture, &size);
  RsvgHandle *handle = rsvg_handle_new_from_data (data, size, error);
  double width;

  if (handle == NULL)
    return -1;
  width = render_svg (self, place, handle, fill, error);
  g_object_unref (handle);

  return width;
}

double
dc_pen_picture (const DcPen  *self,
                DcPlace       place,
                GBytes       *picture,
                gboolean      fill,
                GError      **error)
{
  cairo_t *cr = dc_pdf_get_context (self->pdf);
  gboolean is_png = g_bytes_get_size (picture) > 4 && memcmp (g_bytes_get_data (picture, NULL), "\x89PNG", 4) == 0;
  double width;

  place.x = mirror (self, place.x, place.width);
  cairo_save (cr);
  cairo_rectangle (cr, place.x, place.y, place.width, place.height);
  cairo_clip (cr);
  width = is_png ? draw_png (self, place, picture, fill, error) : draw_svg (self, place, picture, fill, error);
  cairo_restore (cr);

  return width;
}
