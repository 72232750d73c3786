/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-window-test.h"

G_BEGIN_DECLS

/**
 * DcHandOverTest:
 *
 * A kiosk in a window, with the daily-cup-send that ships, which can be held
 * back before it begins. What the members point to belongs to it.
 */
typedef struct
{
  char        *pack;
  char        *state;
  char        *tools;
  DcTestClock *clock;
  DcKiosk     *kiosk;
  DcWindow    *window;
} DcHandOverTest;

/* In main (): as dc_window_test_init (); the program's one argument is the path
 * of daily-cup-send. */
void        dc_hand_over_test_init      (int             *argc,
                                         char          ***argv);
/* The PEM file ca.pem of the packs that are set up from now on; NULL: none. It
 * stays the caller's. */
void        dc_hand_over_test_set_authority (const char      *pem);
/* @destination: text of the pack's destination.ini; NULL: there is none. */
void        dc_hand_over_test_set_up    (DcHandOverTest  *self,
                                         const char      *destination,
                                         gboolean         live);
void        dc_hand_over_test_tear_down (DcHandOverTest  *self);

/* Stores @n promises. */
void        dc_hand_over_test_save      (DcHandOverTest  *self,
                                         guint            n);
/* daily-cup-send begins only when it is let go. */
void        dc_hand_over_test_hold      (DcHandOverTest  *self);
void        dc_hand_over_test_let_go    (DcHandOverTest  *self);
/* The page that is shown. */
GtkWidget  *dc_hand_over_test_page      (DcHandOverTest  *self);
gboolean    dc_hand_over_test_shows     (DcHandOverTest  *self,
                                         const char      *words);
/* Opens that page, drawn. */
void        dc_hand_over_test_go        (DcHandOverTest  *self,
                                         DcPageId         page);
/* A button of the page with these words, then drawn. */
void        dc_hand_over_test_press     (DcHandOverTest  *self,
                                         const char      *words);
/* Until no run is under way. */
void        dc_hand_over_test_wait      (DcHandOverTest  *self);

G_END_DECLS
