/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-symbol.h"

G_BEGIN_DECLS

#define DC_PRINT_ERROR (dc_print_error_quark ())
GQuark dc_print_error_quark (void);

typedef enum
{
  DC_PRINT_ERROR_FAILED,      /* cairo said why */
  DC_PRINT_ERROR_TOO_LONG,    /* more than one page */
} DcPrintError;

/**
 * DcPaper:
 *
 * One page of A4 (ISO 216) that is written from the top down and becomes a
 * PDF. It never touches a file; its memory is wiped, but for what cairo and
 * Pango copied while they drew. One thread at a time.
 */
typedef struct _DcPaper DcPaper;

typedef enum
{
  DC_PAPER_TITLE,
  DC_PAPER_TEXT,
  DC_PAPER_SMALL,
  DC_PAPER_STRONG,
  DC_PAPER_KEY,               /* letters of one width, to be copied by hand */
} DcPaperStyle;

/* @title: of the document, in its metadata. */
DcPaper *dc_paper_new      (const char   *title);
void     dc_paper_free     (DcPaper      *self);
/* A paragraph, wrapped between the margins, and a gap after it. */
void     dc_paper_text     (DcPaper      *self,
                            DcPaperStyle  style,
                            const char   *text);
void     dc_paper_line     (DcPaper      *self);
/* A code at the left margin, at least 1.2 mm a module, dark on white. */
void     dc_paper_symbol   (DcPaper      *self,
                            DcSymbol     *symbol);
/* Ends the page. (transfer full): the PDF, dc_crypto_secret_bytes (). NULL
 * where it did not fit on the page. */
GBytes  *dc_paper_finish   (DcPaper      *self,
                            GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPaper, dc_paper_free)

G_END_DECLS
