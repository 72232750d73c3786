/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The words of the button of a drive with that name. (transfer full) */
typedef char *(*DcDriveWords) (const char *name);

/**
 * DcDriveButtons:
 *
 * A button for each drive that somebody put into the tablet (#DcDrive), as they
 * come and go. "chosen" tells the path where the pressed one's is mounted, which
 * may be gone by then (dc_drives_have ()); "looked" comes after each look, once a
 * second.
 */
#define DC_TYPE_DRIVE_BUTTONS (dc_drive_buttons_get_type ())
G_DECLARE_FINAL_TYPE (DcDriveButtons, dc_drive_buttons, DC, DRIVE_BUTTONS, GtkWidget)

/* Once. @with_locked: also those that cannot be written to. */
void  dc_drive_buttons_watch       (DcDriveButtons *self,
                                    DcDriveWords    words,
                                    gboolean        with_locked);
/* Looks now, not at the next second. */
void  dc_drive_buttons_look        (DcDriveButtons *self);
guint dc_drive_buttons_get_count   (DcDriveButtons *self);
/* Whether the buttons are what one most likely wants. */
void  dc_drive_buttons_set_primary (DcDriveButtons *self,
                                    gboolean        primary);

G_END_DECLS
