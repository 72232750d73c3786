/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dc-kiosk.h"
#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcWindow:
 *
 * The one window. Owns the visit, shows one page of it at a time, remembers
 * the way back, watches for a donor who has gone, and begins a new visit.
 * Actions for its pages: "kiosk.go" (u: #DcPageId), "kiosk.back",
 * "kiosk.language" (s), "kiosk.finish" (the visit is over).
 */
#define DC_TYPE_WINDOW (dc_window_get_type ())
G_DECLARE_FINAL_TYPE (DcWindow, dc_window, DC, WINDOW, GtkApplicationWindow)

DcWindow *dc_window_new          (GtkApplication *application,
                                  DcKiosk        *kiosk,
                                  int             width,
                                  int             height);
DcPage   *dc_window_get_page     (DcWindow       *self);
DcPageId  dc_window_get_page_id  (DcWindow       *self);
/* Nothing of the last donor is left after this. */
void      dc_window_begin_visit  (DcWindow       *self);
/* The donor's waits are that many milliseconds a second; for tests. */
void      dc_window_set_second   (DcWindow       *self,
                                  guint           milliseconds);

/* Seconds that the page waits without a touch; 0: for ever. */
guint      dc_window_get_patience   (DcWindow       *self);

G_END_DECLS
