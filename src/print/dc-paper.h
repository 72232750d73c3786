/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pdf.h"
#include "dc-symbol.h"

G_BEGIN_DECLS

/**
 * DcPaper:
 *
 * Pages of A4 (ISO 216), each written from the top down in black, that become
 * a PDF. One thread at a time.
 */
typedef struct _DcPaper DcPaper;

typedef enum
{
  DC_PAPER_TITLE,
  DC_PAPER_TEXT,
  DC_PAPER_SMALL,
  DC_PAPER_STRONG,
  DC_PAPER_HEADING,           /* of a part of the page, with room above */
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
/* A row of a table: @label at the left, @value against the right margin, a
 * hair below. @label is wrapped before it meets @value. With DC_PAPER_HEADING
 * it is the sum of the rows above, below a line. */
void     dc_paper_row      (DcPaper      *self,
                            DcPaperStyle  style,
                            const char   *label,
                            const char   *value);
/* Where somebody writes by hand: a line with @label below, in the left half of
 * the page or the right; the right one goes on below both. */
void     dc_paper_blank    (DcPaper      *self,
                            gboolean      right,
                            const char   *label);
/* What follows stands on a page of its own; or does where less than @height,
 * in points, is left of this one. A row sees to that by itself. */
void     dc_paper_next     (DcPaper      *self);
void     dc_paper_need     (DcPaper      *self,
                            double        height);
/* A code at the left margin, at least 1.2 mm a module, dark on white. */
void     dc_paper_symbol   (DcPaper      *self,
                            DcSymbol     *symbol);
/* Ends the last page. (transfer full): the PDF, dc_crypto_secret_bytes (). NULL
 * where something did not fit on its page. */
GBytes  *dc_paper_finish   (DcPaper      *self,
                            GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPaper, dc_paper_free)

G_END_DECLS
