/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcKeyboard:
 *
 * A keyboard inside the window, for a compositor that has none. It types into
 * `target` through the action signals of GtkText, as a real keyboard would, so
 * limits of length and signals of the entry hold; its keys never take the
 * focus. The target's input purpose chooses the page: an address gets the @
 * row, a telephone number digits, a name its capitals.
 *
 * Seven keys a row under 480 pixels, ten to twelve above; no key is smaller
 * than 48 by 48. It keeps nothing of what is typed. Letters stand left to
 * right in every language.
 *
 * Signals: `next` (the donor is done with this field) and `dismiss` (put the
 * keyboard away; the name `hide` is taken by GtkWidget).
 * CSS node `dc-keyboard`; keys `.dc-key`, `.dc-key-wide`, `.dc-key-quiet`,
 * `.dc-key-next`; the row of accents `.dc-accents`.
 *
 * Holds its target weakly. Main thread.
 */
#define DC_TYPE_KEYBOARD (dc_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (DcKeyboard, dc_keyboard, DC, KEYBOARD, GtkWidget)

GtkWidget   *dc_keyboard_new            (void);

/* (nullable), here and in the getter (transfer none). Setting it, even to the
 * same field, goes back to the first page of that field and to small letters,
 * or to one capital where a name begins. */
void         dc_keyboard_set_target     (DcKeyboard  *self,
                                         GtkEditable *target);
GtkEditable *dc_keyboard_get_target     (DcKeyboard  *self);

/* The layout: "en", "es", "fr", "de", "pt", "ru", "ar"; any other is English.
 * Where its letters are not Latin, a key goes to those and back; an address is
 * always Latin, and each field begins with the language's own. Words on the keys
 * are those of the LANGUAGE in force now. */
void         dc_keyboard_set_language   (DcKeyboard  *self,
                                         const char  *language);
const char  *dc_keyboard_get_language   (DcKeyboard  *self);

/* The word on the key that emits `next`; NULL: "Next". */
void         dc_keyboard_set_next_label (DcKeyboard  *self,
                                         const char  *label);
const char  *dc_keyboard_get_next_label (DcKeyboard  *self);

G_END_DECLS
