/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All of the interface is laid out by width: a page is as wide as the window, and
 * how high its texts are follows. GTK asks for the other way all the same, from
 * each horizontal box when it gives out its room, and from the window: how wide
 * are you at this height? A label that wraps finds that out by trying widths, ten
 * or so, each a full layout of its text; a box tries widths of all its labels; and
 * a box in a box multiplies that. GTK 4.8 laid out the text of one label in a box
 * in a window 576 times, and the coordinator's page took 200 ms of processor time
 * to appear, a form 140 (tests/bench/bench-pages.c).
 *
 * None of these classes can be derived from, so their own answer is wrapped. What
 * a box then gives to its children is what it had measured their height by. */

#include "dc-measure.h"

#include <gtk/gtk.h>

typedef void (*WidgetMeasure) (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline);
typedef void (*LayoutMeasure) (GtkLayoutManager *layout,
                               GtkWidget        *widget,
                               GtkOrientation    orientation,
                               int               for_size,
                               int              *minimum,
                               int              *natural,
                               int              *minimum_baseline,
                               int              *natural_baseline);

/* Under this name a type keeps what its class answered by. */
#define OWN "dc-measure-own"

static gpointer
own_measure (GType type)
{
  return g_type_get_qdata (type, g_quark_from_static_string (OWN));
}

static int
without_height (GtkOrientation orientation,
                int            for_size)
{
  return orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size;
}

static void
measure_label (GtkWidget      *widget,
               GtkOrientation  orientation,
               int             for_size,
               int            *minimum,
               int            *natural,
               int            *minimum_baseline,
               int            *natural_baseline)
{
  WidgetMeasure own = own_measure (GTK_TYPE_LABEL);

  own (widget, orientation, without_height (orientation, for_size), minimum, natural,
       minimum_baseline, natural_baseline);
}

static void
measure_box (GtkLayoutManager *layout,
             GtkWidget        *widget,
             GtkOrientation    orientation,
             int               for_size,
             int              *minimum,
             int              *natural,
             int              *minimum_baseline,
             int              *natural_baseline)
{
  LayoutMeasure own = own_measure (GTK_TYPE_BOX_LAYOUT);

  own (layout, widget, orientation, without_height (orientation, for_size), minimum, natural,
       minimum_baseline, natural_baseline);
}

void
dc_measure_widths_alone (void)
{
  GtkWidgetClass *label;
  GtkLayoutManagerClass *box;

  if (own_measure (GTK_TYPE_LABEL) != NULL)
    return;

  /* Classes of static types stay. */
  label = g_type_class_ref (GTK_TYPE_LABEL);
  g_type_set_qdata (GTK_TYPE_LABEL, g_quark_from_static_string (OWN), label->measure);
  label->measure = measure_label;
  box = g_type_class_ref (GTK_TYPE_BOX_LAYOUT);
  g_type_set_qdata (GTK_TYPE_BOX_LAYOUT, g_quark_from_static_string (OWN), box->measure);
  box->measure = measure_box;
}
