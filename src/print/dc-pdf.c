/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pdf.h"

#include <cairo-pdf.h>
#include <string.h>

#include "dc-crypto.h"

G_DEFINE_QUARK (dc-print-error-quark, dc_print_error)

/* A page with fonts is some 60 KiB, each further one with the same fonts some
 * 3; a drawing some 100. A buffer that never grows leaves no copy of itself
 * behind. */
#define PDF_MAX (4 * 1024 * 1024)

struct _DcPdf
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  double           width;
  double           height;
  gboolean         is_full;
  char            *homeless;    /* (owned) (nullable) the first text that had no room */
  guint8          *data;
  gsize            size;
};

static cairo_status_t
take (void                *closure,
      const unsigned char *data,
      unsigned int         length)
{
  DcPdf *self = closure;

  if (length > PDF_MAX - self->size)
    return CAIRO_STATUS_WRITE_ERROR;
  memcpy (self->data + self->size, data, length);
  self->size += length;

  return CAIRO_STATUS_SUCCESS;
}

DcPdf *
dc_pdf_new (const char *title,
            double      width,
            double      height)
{
  DcPdf *self = g_new0 (DcPdf, 1);

  self->width = width;
  self->height = height;
  self->data = g_malloc0 (PDF_MAX);
  self->surface = cairo_pdf_surface_create_for_stream (take, self, width, height);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  self->cr = cairo_create (self->surface);

  return self;
}

void
dc_pdf_free (DcPdf *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (self->data != NULL)
    dc_crypto_wipe (self->data, PDF_MAX);
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->homeless, g_free);
  g_free (self);
}

double
dc_pdf_get_width (DcPdf *self)
{
  return self->width;
}

double
dc_pdf_get_height (DcPdf *self)
{
  return self->height;
}

cairo_t *
dc_pdf_get_context (DcPdf *self)
{
  return self->cr;
}

void
dc_pdf_next (DcPdf *self)
{
  cairo_show_page (self->cr);
}

void
dc_pdf_overflow (DcPdf      *self,
                 const char *text)
{
  if (!self->is_full)
    self->homeless = g_strdup (text);
  self->is_full = TRUE;
}

GBytes *
dc_pdf_finish (DcPdf   *self,
               GError **error)
{
  cairo_status_t status;

  dc_pdf_next (self);
  status = cairo_status (self->cr);
  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_FAILED,
                 "the sheet cannot be drawn: %s", cairo_status_to_string (status));
    return NULL;
  }
  if (self->is_full) {
    if (self->homeless != NULL)
      g_set_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_TOO_LONG,
                   "the sheet: found no room for “%s”, expected a shorter text", self->homeless);
    else
      g_set_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_TOO_LONG,
                   "the sheet: found more than a page, expected shorter names");
    return NULL;
  }

  return dc_crypto_secret_bytes (g_memdup2 (self->data, self->size), self->size);
}
