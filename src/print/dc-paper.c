/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "dc-crypto.h"

G_DEFINE_QUARK (dc-print-error-quark, dc_print_error)

/* In points, 1/72 inch. */
#define MM     (72 / 25.4)
#define WIDTH  (210 * MM)
#define HEIGHT (297 * MM)
#define MARGIN (20 * MM)
#define MODULE (1.3 * MM)

/* A page with fonts is some 60 KiB. A buffer that never grows leaves no copy
 * of itself behind. */
#define PDF_MAX (1024 * 1024)

struct _DcPaper
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  double           y;
  guint8          *data;
  gsize            size;
};

static cairo_status_t
take (void                *closure,
      const unsigned char *data,
      unsigned int         length)
{
  DcPaper *self = closure;

  if (length > PDF_MAX - self->size)
    return CAIRO_STATUS_WRITE_ERROR;
  memcpy (self->data + self->size, data, length);
  self->size += length;

  return CAIRO_STATUS_SUCCESS;
}

DcPaper *
dc_paper_new (const char *title)
{
  DcPaper *self = g_new0 (DcPaper, 1);

  self->data = g_malloc0 (PDF_MAX);
  self->surface = cairo_pdf_surface_create_for_stream (take, self, WIDTH, HEIGHT);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  self->cr = cairo_create (self->surface);
  self->y = MARGIN;

  return self;
}

void
dc_paper_free (DcPaper *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (self->data != NULL)
    dc_crypto_wipe (self->data, PDF_MAX);
  g_clear_pointer (&self->data, g_free);
  g_free (self);
}

void
dc_paper_text (DcPaper      *self,
               DcPaperStyle  style,
               const char   *text)
{
  static const char * const fonts[] = {
    [DC_PAPER_TITLE] = "Inter, Sans bold 20",
    [DC_PAPER_TEXT] = "Inter, Sans 10.5",
    [DC_PAPER_SMALL] = "Inter, Sans 9",
    [DC_PAPER_STRONG] = "Inter, Sans bold 12",
    [DC_PAPER_KEY] = "DejaVu Sans Mono, Monospace 15",
  };
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_from_string (fonts[style]);
  int height;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) ((WIDTH - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.2f);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (self->cr, MARGIN, self->y);
  pango_cairo_show_layout (self->cr, layout);
  self->y += (double) height / PANGO_SCALE + 2.6 * MM;
  pango_font_description_free (font);
  g_object_unref (layout);
}

void
dc_paper_line (DcPaper *self)
{
  cairo_set_line_width (self->cr, 0.7);
  cairo_move_to (self->cr, MARGIN, self->y);
  cairo_line_to (self->cr, WIDTH - MARGIN, self->y);
  cairo_stroke (self->cr);
  self->y += 4 * MM;
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
  cairo_status_t status;

  cairo_show_page (self->cr);
  cairo_surface_finish (self->surface);
  status = cairo_surface_status (self->surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_FAILED,
                 "the sheet cannot be drawn: %s", cairo_status_to_string (status));
    return NULL;
  }
  if (self->y > HEIGHT - MARGIN / 2) {
    g_set_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_TOO_LONG,
                 "the sheet: found more than a page, expected shorter names");
    return NULL;
  }

  return dc_crypto_secret_bytes (g_memdup2 (self->data, self->size), self->size);
}
