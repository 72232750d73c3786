/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcNumberPad:
 *
 * Twelve large keys for an amount or a PIN: the digits, delete and, where
 * @separator is set, the decimal separator. It holds no number and knows no
 * field; its keys never take the focus on a click, so that whoever listens
 * keeps it. Digits stand left to right in every language.
 *
 * Signals: `digit` (const char *, "0" to "9"), `separator`, `delete`.
 * CSS node `dc-number-pad`, keys `.dc-pad-key`.
 *
 * Owns its keys. Main thread.
 */
#define DC_TYPE_NUMBER_PAD (dc_number_pad_get_type ())
G_DECLARE_FINAL_TYPE (DcNumberPad, dc_number_pad, DC, NUMBER_PAD, GtkWidget)

GtkWidget  *dc_number_pad_new           (void);

/* As it shows on the key: "." or ",". NULL or "": no such key. */
void        dc_number_pad_set_separator (DcNumberPad *self,
                                         const char  *separator);
const char *dc_number_pad_get_separator (DcNumberPad *self);

G_END_DECLS
