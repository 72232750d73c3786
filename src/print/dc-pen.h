/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pdf.h"
#include "dc-symbol.h"

G_BEGIN_DECLS

/* The colours of the kiosk (ui/style.css), on paper. */
typedef enum
{
  DC_INK,
  DC_SOFT,
  DC_SEA,
  DC_SAND,
  DC_GROUND,
  DC_GOLD,
  DC_LINE,
  DC_WHITE,
} DcColour;

/* In points, from the page's upper left corner. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} DcPlace;

typedef enum
{
  DC_FACE_SERIF,      /* large words */
  DC_FACE_SANS,
  DC_FACE_BOLD,
  DC_FACE_MONO,       /* what is copied sign by sign */
} DcTypeface;

/* @size: in points; a text that is too long for its place is set smaller, to
 * @least. */
typedef struct
{
  DcTypeface typeface;
  double     size;
  double     least;
  DcColour   colour;
  gboolean   centred;
} DcType;

/**
 * DcPen:
 *
 * Draws what stands at a place of its own on a page of @pdf: a poster, a form.
 * A page in a language that is written from the right is the mirror image of
 * one from the left, but for pictures and codes. A plain value; does not own
 * @pdf.
 */
typedef struct
{
  DcPdf    *pdf;
  gboolean  mirrored;
} DcPen;

/* @text: any of the page's own, whose first letter with a direction decides. */
DcPen  dc_pen_new     (DcPdf         *pdf,
                       const char    *text);
/* Filled, with corners of that radius. */
void   dc_pen_box     (const DcPen   *self,
                       DcPlace        place,
                       double         radius,
                       DcColour       colour);
/* An empty box to be ticked by hand. */
void   dc_pen_tick    (const DcPen   *self,
                       double         x,
                       double         y,
                       double         size);
void   dc_pen_line    (const DcPen   *self,
                       double         x,
                       double         y,
                       double         width);
/* From the upper edge of @place; how high it is, in points. What does not fit
 * at its least size makes dc_pdf_finish () fail. */
double dc_pen_text    (const DcPen   *self,
                       const DcType  *type,
                       DcPlace        place,
                       const char    *text);
/* Dark on @place, which is square and light already, quiet zone included. */
void   dc_pen_symbol  (const DcPen   *self,
                       DcPlace        place,
                       DcSymbol      *symbol);
/* @picture: SVG or PNG. @fill: all of @place, where need be without its edges,
 * clipped; else whole, at the upper left. How wide it is.
 * Negative: DC_PRINT_ERROR. */
double dc_pen_picture (const DcPen   *self,
                       DcPlace        place,
                       GBytes        *picture,
                       gboolean       fill,
                       GError       **error);

G_END_DECLS
