/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-paper.h"

#include <pango/pangocairo.h>

#define MM     DC_MM
#define WIDTH  (210 * MM)
#define HEIGHT (297 * MM)
#define MARGIN (20 * MM)
#define MODULE (1.3 * MM)

/* The gap between two columns, and the room for a hand that writes. */
#define GAP    (6 * MM)
#define BLANK  (12 * MM)
#define ROW    (12 * MM)
/* Of the lines between rows: a grey that a cheap printer still shows. */
#define HAIR   0.6

struct _DcPaper
{
  DcPdf   *pdf;
  cairo_t *cr;        /* (not owned) of @pdf */
  double   y;
};

DcPaper *
dc_paper_new (const char *title)
{
  DcPaper *self = g_new0 (DcPaper, 1);

  self->pdf = dc_pdf_new (title, WIDTH, HEIGHT);
  self->cr = dc_pdf_get_context (self->pdf);
  self->y = MARGIN;

  return self;
}

void
dc_paper_free (DcPaper *self)
{
  g_clear_pointer (&self->pdf, dc_pdf_free);
  g_free (self);
}

static PangoLayout *
lay_out (DcPaper      *self,
         DcPaperStyle  style,
         const char   *text,
         double        width)
{
  static const char * const fonts[] = {
    [DC_PAPER_TITLE] = "Inter, Sans bold 20",
    [DC_PAPER_TEXT] = "Inter, Sans 10.5",
    [DC_PAPER_SMALL] = "Inter, Sans 9",
    [DC_PAPER_STRONG] = "Inter, Sans bold 12",
    [DC_PAPER_HEADING] = "Inter, Sans bold 10.5",
    [DC_PAPER_KEY] = "DejaVu Sans Mono, Monospace 15",
  };
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_from_string (fonts[style]);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.2f);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);

  return layout;
}

/* Shows @layout (owned) with its left edge at @x; how high it is. */
static double
show (DcPaper     *self,
      PangoLayout *layout,
      double       x)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (self->cr, x, self->y);
  pango_cairo_show_layout (self->cr, layout);
  g_object_unref (layout);

  return (double) height / PANGO_SCALE;
}

static void
stroke (DcPaper *self,
        double   left,
        double   right,
        double   width)
{
  cairo_set_line_width (self->cr, width);
  cairo_move_to (self->cr, left, self->y);
  cairo_line_to (self->cr, right, self->y);
  cairo_stroke (self->cr);
}

void
dc_paper_text (DcPaper      *self,
               DcPaperStyle  style,
               const char   *text)
{
  PangoLayout *layout = lay_out (self, style, text, WIDTH - 2 * MARGIN);

  if (style == DC_PAPER_HEADING)
    self->y += 2.0 * MM;
  self->y += show (self, layout, MARGIN) + (style == DC_PAPER_HEADING ? 1.6 : 2.6) * MM;
}

void
dc_paper_next (DcPaper *self)
{
  if (self->y > HEIGHT - MARGIN / 2)
    dc_pdf_overflow (self->pdf, NULL);
  dc_pdf_next (self->pdf);
  self->y = MARGIN;
}

void
dc_paper_need (DcPaper *self,
               double   height)
{
  if (self->y + height > HEIGHT - MARGIN / 2)
    dc_paper_next (self);
}

void
dc_paper_line (DcPaper *self)
{
  stroke (self, MARGIN, WIDTH - MARGIN, 0.7);
  self->y += 4 * MM;
}

/* Digits of one width, so that those of a column stand below each other. */
static void
set_tabular (PangoLayout *layout)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}

void
dc_paper_row (DcPaper      *self,
              DcPaperStyle  style,
              const char   *label,
              const char   *value)
{
  PangoLayout *right = lay_out (self, style, value, WIDTH - 2 * MARGIN);
  int width;

  dc_paper_need (self, ROW);
  if (style == DC_PAPER_HEADING) {
    /* Over the hair of the row above. */
    self->y -= 0.6 * MM;
    stroke (self, MARGIN, WIDTH - MARGIN, 0.9);
    self->y += 1.2 * MM;
  }
  pango_layout_set_width (right, -1);
  set_tabular (right);
  pango_layout_get_size (right, &width, NULL);
  show (self, right, WIDTH - MARGIN - (double) width / PANGO_SCALE);
  self->y += show (self, lay_out (self, style, label, WIDTH - 2 * MARGIN - (double) width / PANGO_SCALE - GAP),
                   MARGIN);
  self->y += 0.5 * MM;
  cairo_set_source_rgb (self->cr, HAIR, HAIR, HAIR);
  stroke (self, MARGIN, WIDTH - MARGIN, 0.4);
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  self->y += style == DC_PAPER_HEADING ? 2.2 * MM : 0.6 * MM;
}

void
dc_paper_blank (DcPaper    *self,
                gboolean    right,
                const char *label)
{
  double width = (WIDTH - 2 * MARGIN - GAP) / 2;
  double left = right ? WIDTH - MARGIN - width : MARGIN;
  double top = self->y;
  double height;

  self->y += BLANK;
  stroke (self, left, left + width, 0.7);
  self->y += 1 * MM;
  height = show (self, lay_out (self, DC_PAPER_SMALL, label, width), left);
  self->y = right ? self->y + height + 2 * MM : top;
}

/* Row by row, in runs: rectangles that touch leave hairs between them. */
void
dc_paper_symbol (DcPaper  *self,
                 DcSymbol *symbol)
{
  guint size = dc_symbol_get_size (symbol);

  for (guint y = 0; y < size; y++) {
    for (guint x = 0; x < size; x++) {
      guint begin = x;

      while (x < size && dc_symbol_is_dark (symbol, x, y))
        x++;
      if (x > begin)
        cairo_rectangle (self->cr, MARGIN + (begin + DC_SYMBOL_QUIET) * MODULE,
                         self->y + (y + DC_SYMBOL_QUIET) * MODULE, (x - begin) * MODULE, MODULE);
    }
  }
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (self->cr);
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_DEFAULT);
  self->y += (size + 2 * DC_SYMBOL_QUIET) * MODULE;
}

GBytes *
dc_paper_finish (DcPaper  *self,
                 GError  **error)
{
  if (self->y > HEIGHT - MARGIN / 2)
    dc_pdf_overflow (self->pdf, NULL);

  return dc_pdf_finish (self->pdf, error);
}
