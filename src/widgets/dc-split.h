/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcSplit:
 *
 * Lays two children side by side on a wide screen and one above the other on
 * a tall one. Wide: wider than 1.2 times its height, or at least 900 pixels
 * wide and not taller than 1.2 times its width. Where only the other
 * arrangement has room, it takes the other one.
 *
 * Wide, `start` has the fraction `ratio` of the width. Tall, `end` has the
 * height that it needs, below, and `start` the rest. A child that does not
 * show leaves all to its sibling. It carries the CSS class `dc-wide` or
 * `dc-tall`; its CSS node is `dc-split`.
 *
 * Owns its children. Main thread.
 */
#define DC_TYPE_SPLIT (dc_split_get_type ())
G_DECLARE_FINAL_TYPE (DcSplit, dc_split, DC, SPLIT, GtkWidget)

GtkWidget *dc_split_new         (void);

/* (nullable), here and in the getters (transfer none). */
void       dc_split_set_start   (DcSplit   *self,
                                 GtkWidget *child);
GtkWidget *dc_split_get_start   (DcSplit   *self);
void       dc_split_set_end     (DcSplit   *self,
                                 GtkWidget *child);
GtkWidget *dc_split_get_end     (DcSplit   *self);

/* 0.1 to 0.9; 0.6 unless set. */
void       dc_split_set_ratio   (DcSplit   *self,
                                 double     ratio);
double     dc_split_get_ratio   (DcSplit   *self);
/* Pixels between the children; 0 unless set. */
void       dc_split_set_spacing (DcSplit   *self,
                                 int        spacing);
int        dc_split_get_spacing (DcSplit   *self);

/* As last laid out. The property `wide` is notified from the main loop, after
 * the layout, so that a handler may change what it likes. */
gboolean   dc_split_get_wide    (DcSplit   *self);

G_END_DECLS
