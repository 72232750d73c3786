/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An SVG larger than this is refused. */
#define DC_DRAWING_MAX_BYTES (4 * 1024 * 1024)

#define DC_DRAWING_ERROR (dc_drawing_error_quark ())
GQuark dc_drawing_error_quark (void);

typedef enum
{
  DC_DRAWING_ERROR_TOO_LARGE,
  DC_DRAWING_ERROR_UNREADABLE,  /* not an SVG that librsvg reads, or without a size */
} DcDrawingError;

/**
 * DcDrawing:
 *
 * An SVG that covers its place: scaled to the exact device pixels, cut on the
 * two sides that stick out so that the focal point stays in sight. Rounded
 * corners come from the CSS node `dc-drawing` (`border-radius`), which clips.
 * A drawing is not mirrored in right-to-left text.
 *
 * A file that cannot be drawn shows as a plain sheet in the colour @dc_sand.
 * References to other files are never followed: the bytes have no address.
 *
 * Owns one texture of its own size, made on the first frame and dropped when
 * the widget is unrealized. Main thread; a frame at a new size is rendered in
 * that frame.
 */
#define DC_TYPE_DRAWING (dc_drawing_get_type ())
G_DECLARE_FINAL_TYPE (DcDrawing, dc_drawing, DC, DRAWING, GtkWidget)

GtkWidget  *dc_drawing_new             (void);

/* (nullable) @svg. On error the widget shows the plain sheet. The property
 * `svg` does the same and keeps quiet. Error: DC_DRAWING_ERROR. */
gboolean    dc_drawing_set_svg         (DcDrawing   *self,
                                        GBytes      *svg,
                                        GError     **error);
GBytes     *dc_drawing_get_svg         (DcDrawing   *self);

/* What the picture shows, in words, for those who cannot see it. NULL: it is
 * an ornament, and a screen reader passes over it. */
void        dc_drawing_set_alternative (DcDrawing   *self,
                                        const char  *text);
const char *dc_drawing_get_alternative (DcDrawing   *self);

/* The point to keep in sight, as fractions of width and height, 0 to 1.
 * Properties `focal-x` and `focal-y`; the middle unless set. */
void        dc_drawing_set_focal_point (DcDrawing   *self,
                                        double       x,
                                        double       y);

G_END_DECLS
