/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define DC_PRINT_ERROR (dc_print_error_quark ())
GQuark dc_print_error_quark (void);

typedef enum
{
  DC_PRINT_ERROR_FAILED,      /* cairo or librsvg said why */
  DC_PRINT_ERROR_TOO_LONG,    /* more than its page, or its place there */
} DcPrintError;

/* One millimetre in points, 1/72 inch, in which all of this folder measures. */
#define DC_MM (72 / 25.4)

/**
 * DcPdf:
 *
 * Pages of one size that become a PDF. It never touches a file; its memory is
 * wiped, but for what cairo and Pango copied while they drew. One thread at a
 * time.
 */
typedef struct _DcPdf DcPdf;

/* @title: of the document, in its metadata. @width and @height in points. */
DcPdf   *dc_pdf_new         (const char  *title,
                             double       width,
                             double       height);
void     dc_pdf_free        (DcPdf       *self);
double   dc_pdf_get_width   (DcPdf       *self);
double   dc_pdf_get_height  (DcPdf       *self);
/* Where one draws; belongs to it. */
cairo_t *dc_pdf_get_context (DcPdf       *self);
/* What follows stands on a page of its own. */
void     dc_pdf_next        (DcPdf       *self);
/* @text had no room where it belongs, NULL: a page had none for all of it.
 * There will be no document. */
void     dc_pdf_overflow    (DcPdf       *self,
                             const char  *text);
/* The last page ends. (transfer full): the PDF, dc_crypto_secret_bytes (). NULL
 * where something did not fit. */
GBytes  *dc_pdf_finish      (DcPdf       *self,
                             GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPdf, dc_pdf_free)

G_END_DECLS
