/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_QR_ERROR (dc_qr_error_quark ())
GQuark dc_qr_error_quark (void);

typedef enum
{
  DC_QR_ERROR_EMPTY,
  DC_QR_ERROR_TOO_LONG,     /* needs a larger version than allowed */
  DC_QR_ERROR_TEMPLATE,     /* not a URI template this program reads */
  DC_QR_ERROR_TEXT,         /* not UTF-8 */
  DC_QR_ERROR_FAILED,
} DcQrError;

/**
 * DcSymbol:
 *
 * A QR code (ISO/IEC 18004) as a matrix: level M, one byte-mode segment, the
 * smallest version. Owns the matrix and a copy of the text. Immutable,
 * reference-counted, any thread.
 */
typedef struct _DcSymbol DcSymbol;

/* The largest version there is, and what it holds at level M in byte mode. */
#define DC_SYMBOL_MAX_VERSION 40
#define DC_SYMBOL_MAX_BYTES   2331

/* @text is UTF-8 of 1 to DC_SYMBOL_MAX_BYTES bytes; no ECI is written, so a
 * reader that does not guess wants ASCII. @max_version is 1 to 40: a text that
 * needs a larger one is DC_QR_ERROR_TOO_LONG, never a larger symbol. */
DcSymbol *dc_symbol_new         (const char  *text,
                                 guint        max_version,
                                 GError     **error);
DcSymbol *dc_symbol_ref         (DcSymbol    *self);
void      dc_symbol_unref       (DcSymbol    *self);
/* Modules on a side, without the quiet zone: 17 + 4 * version. */
guint     dc_symbol_get_size    (DcSymbol    *self);
guint     dc_symbol_get_version (DcSymbol    *self);
/* @x to the right and @y down from the upper left corner. What lies outside
 * the symbol is quiet zone: light. */
gboolean  dc_symbol_is_dark     (DcSymbol    *self,
                                 guint        x,
                                 guint        y);
/* What the symbol says; belongs to it. */
const char *dc_symbol_get_text  (DcSymbol    *self);

/* Modules of white that a reader needs on each side (ISO/IEC 18004, 5.3.8). */
#define DC_SYMBOL_QUIET 4

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcSymbol, dc_symbol_unref)

G_END_DECLS
