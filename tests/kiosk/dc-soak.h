/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-window-test.h"

G_BEGIN_DECLS

/**
 * DcSoak:
 *
 * A day of visits at a kiosk with its real window, its pages, its queue and its
 * sealer, drawn from a seed. Who comes makes a promise, scans, hopes, taps
 * anything, types on the keyboard of the window, changes the language, goes
 * back, undoes, walks away, practises, or is a volunteer. Nothing is drawn on
 * purpose but in one visit of ten; every page is built and laid out.
 *
 * It keeps a count of its own, to hold the queue's against. Main thread.
 */
typedef struct
{
  DcKioskTest  kiosk;
  DcWindow    *window;
  guint32      seed;
  GRand       *random;       /* begins anew with each visit */
  gboolean     drawn;        /* frames are; else only laid out */
  GArray      *blocked;      /* (owned) of gulong: handlers that would draw */
  GHashTable  *amounts;      /* (owned) of what was sent and not undone: id to DcMoney */
  DcPage      *seen;         /* not owned, only compared: the page that is shown */

  guint        visits;       /* that are over */
  guint        pages;        /* that were built */
  guint        pages_alive;
  guint        visits_alive;
  guint        sent;         /* promises on their way to the queue */
  guint        thanked;      /* pages of thanks; practice is not counted */
  guint        undone;
  guint        taps;         /* at random */
  guint        keys;         /* of the keyboard */
  guint        idled;        /* visits that nobody ended */
} DcSoak;

void     dc_soak_set_up    (DcSoak     *self,
                            guint32     seed);
/* One visit, from the welcome page on. */
void     dc_soak_visit     (DcSoak     *self);
/* Until nothing moves any more, as at the end of a visit. */
void     dc_soak_settle    (DcSoak     *self);
void     dc_soak_tear_down (DcSoak     *self);

/* For what a visit is made of, dc-soak-visit.c. */

/* Whether something happens that happens so many times in a hundred. */
gboolean dc_soak_chance    (DcSoak     *self,
                            guint       of_hundred);
void     dc_soak_set_drawn (DcSoak     *self,
                            gboolean    drawn);
/* Sizes and places for all that is shown, and the main loop's work. */
void     dc_soak_lay_out   (DcSoak     *self);
/* A finger on this point of the window: what lies there gets what a tap is. */
void     dc_soak_tap       (DcSoak     *self,
                            double      x,
                            double      y);
void     dc_soak_tap_any   (DcSoak     *self);
/* A finger in the middle of @widget; scrolled to, as a donor would. */
void     dc_soak_touch     (DcSoak     *self,
                            GtkWidget  *widget);
/* Types @text into the field that has the focus, on the keyboard if it is up. */
void     dc_soak_type      (DcSoak     *self,
                            const char *text);

G_END_DECLS
