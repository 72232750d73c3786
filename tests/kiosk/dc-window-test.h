/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-display-test.h"
#include "dc-kiosk-test.h"
#include "dc-window.h"

G_BEGIN_DECLS

/* What the tests of pages and of the window need: run them by
 * tests/lib/with-display. */

/* The program's locale, style and resources, without its animations. */
void       dc_window_test_init         (int         *argc,
                                        char      ***argv);

/* A window of this size that shows the welcome page, drawn. */
DcWindow  *dc_window_test_new          (DcKiosk     *kiosk,
                                        int          width,
                                        int          height);
/* Lets the last references go and asserts that the window is gone. */
void       dc_window_test_close        (DcWindow    *window);

/**
 * DcWindowTest:
 *
 * A kiosk and its window of 600 × 960, for g_test_add (). What the members point
 * to belongs to it.
 */
typedef struct
{
  DcKioskTest kiosk;
  DcWindow   *window;
} DcWindowTest;

void       dc_window_test_set_up       (DcWindowTest  *self,
                                        gconstpointer  unused);
void       dc_window_test_tear_down    (DcWindowTest  *self,
                                        gconstpointer  unused);

DcVisit   *dc_window_test_get_visit    (DcWindow    *window);
/* The window's actions, as its pages activate them. */
void       dc_window_test_go           (DcWindow    *window,
                                        DcPageId     page);
void       dc_window_test_back         (DcWindow    *window);
void       dc_window_test_speak        (DcWindow    *window,
                                        const char  *language);
/* Until that page is shown; the test fails where it never is. */
void       dc_window_test_wait_page    (DcWindow    *window,
                                        DcPageId     page);
/* Until a label of the window shows @words, or begins with them; then drawn. */
void       dc_window_test_wait_words   (DcWindow    *window,
                                        const char  *words);
/* Until the queue has done what was asked of it before, and told. */
void       dc_window_test_wait_queue   (DcKiosk     *kiosk);

/* An amount, a name, an e-mail address, age and the consents. */
void       dc_window_test_fill_visit   (DcVisit     *visit,
                                        DcKiosk     *kiosk);
/* From where it is to the page that asks whether all is right. */
void       dc_window_test_go_to_check  (DcWindow    *window,
                                        DcKiosk     *kiosk);

/* Calls @func for @root and everything below it, whether it shows or not. */
typedef void (*DcWalkFunc) (GtkWidget *widget,
                            gpointer   data);

void       dc_walk                     (GtkWidget   *root,
                                        DcWalkFunc   func,
                                        gpointer     data);
/* The first one of @type below @root, or NULL. */
GtkWidget *dc_find                     (GtkWidget   *root,
                                        GType        type);
/* All of them, in order. (transfer container) */
GPtrArray *dc_list                     (GtkWidget   *root,
                                        GType        type);
guint      dc_count                    (GtkWidget   *root,
                                        GType        type);
/* The button below @root that shows, with these words on it or as its
 * accessible name; or NULL. */
GtkWidget *dc_find_button              (GtkWidget   *root,
                                        const char  *words);
/* As dc_find_button (), which must find it, and be sensitive. */
void       dc_click                    (GtkWidget   *root,
                                        const char  *words);
/* Whether a label below @root shows @text, or begins with it. */
gboolean   dc_shows                    (GtkWidget   *root,
                                        const char  *text);
/* The entry for @field below @root; the test fails where there is none. */
GtkEntry  *dc_entry_of                 (GtkWidget   *root,
                                        DcField      field);
void       dc_type                     (GtkWidget   *root,
                                        DcField      field,
                                        const char  *text);
/* What a screen reader calls @widget: its accessible label, or the texts
 * below it. "" where it has none. (transfer full) */
char      *dc_accessible_name          (GtkWidget   *widget);

G_END_DECLS
