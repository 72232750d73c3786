/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DcApplication:
 *
 * Starts and ends the program: reads the command line, builds the DcKiosk and
 * the window, says in a window of its own why it cannot, closes the queue
 * before it leaves. Not unique on the bus: what makes a second start fail is
 * the queue's lock, which holds without a bus too.
 */
#define DC_TYPE_APPLICATION (dc_application_get_type ())
G_DECLARE_FINAL_TYPE (DcApplication, dc_application, DC, APPLICATION, AdwApplication)

DcApplication *dc_application_new        (void);
/* Of the process, after g_application_run (). */
int            dc_application_get_status (DcApplication *self);

/* After it ran: everything was deleted, and the program is to begin anew. */
gboolean        dc_application_begins_anew (DcApplication *self);

G_END_DECLS
