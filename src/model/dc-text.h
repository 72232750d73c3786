/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strings that name a donor are wiped before they are freed. Sets @text to
 * NULL; NULL in it is allowed. */
void     dc_wipe_string          (char      **text);
/* What was typed, made fit to keep: NFC, trimmed, runs of white space folded
 * to one blank, control and invisible formatting characters dropped, invalid
 * UTF-8 replaced by U+FFFD. (transfer full) */
char    *dc_text_tidy            (const char *text);

/* Large text, one sentence a line: "A cup a week.\nA voice heard." (transfer full) */
char    *dc_text_in_lines        (const char *text);

/* True where @text holds 13 to 19 digits of any script (blanks, dashes, dots
 * and slashes between them allowed) that pass the Luhn check (ISO/IEC 7812-1, annex B) and are not
 * part of a valid IBAN (ISO 13616) or of a phone number written with "+" or
 * "00". NULL is FALSE. */
gboolean dc_text_has_card_number (const char *text);

G_END_DECLS
