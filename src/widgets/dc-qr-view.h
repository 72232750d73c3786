/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-symbol.h"

G_BEGIN_DECLS

#define DC_TYPE_SYMBOL (dc_symbol_get_type ())
GType dc_symbol_get_type (void) G_GNUC_CONST;

#define DC_QR_VIEW_ERROR (dc_qr_view_error_quark ())
GQuark dc_qr_view_error_quark (void);

typedef enum
{
  DC_QR_VIEW_ERROR_NOT_DRAWN,  /* no frame with this symbol has been drawn yet */
  DC_QR_VIEW_ERROR_TOO_SMALL,  /* less than one device pixel for a module */
  DC_QR_VIEW_ERROR_DIFFERS,    /* what is on the screen is not the symbol */
} DcQrViewError;

/**
 * DcQrView:
 *
 * Shows a QR code dark on white, in every theme and text direction, in whole
 * device pixels for each module, on a white square that holds the quiet zone.
 * Where it has no room for a whole pixel a module it shows the white square
 * alone: never a code that cannot be read.
 *
 * Its CSS node `dc-qr-view` may add padding, a radius and a shadow around.
 *
 * Holds a reference on its symbol. Main thread.
 */
#define DC_TYPE_QR_VIEW (dc_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (DcQrView, dc_qr_view, DC, QR_VIEW, GtkWidget)

GtkWidget  *dc_qr_view_new               (void);

/* (nullable), here and in the getter (transfer none). */
void        dc_qr_view_set_symbol        (DcQrView    *self,
                                          DcSymbol    *symbol);
DcSymbol   *dc_qr_view_get_symbol        (DcQrView    *self);

/* What a screen reader says of it: where the code leads, in words. */
void        dc_qr_view_set_label         (DcQrView    *self,
                                          const char  *label);
const char *dc_qr_view_get_label         (DcQrView    *self);

/* The side of the square, in logical pixels and with the quiet zone: the
 * least that it asks for, and what it takes when there is room. */
void        dc_qr_view_set_minimum_side  (DcQrView    *self,
                                          int          side);
int         dc_qr_view_get_minimum_side  (DcQrView    *self);
void        dc_qr_view_set_natural_side  (DcQrView    *self,
                                          int          side);
int         dc_qr_view_get_natural_side  (DcQrView    *self);

/* Device pixels along a module at the present size; 0: too small to show. */
guint       dc_qr_view_get_module_pixels (DcQrView    *self);

/* Renders the part of the window that this widget covers, with the window's
 * own renderer and everything that lies above the code, and compares the
 * centre of each module, the quiet zone's too, with the symbol. True without
 * a symbol. Error: DC_QR_VIEW_ERROR. */
gboolean    dc_qr_view_matches           (DcQrView    *self,
                                          GError     **error);

G_END_DECLS
