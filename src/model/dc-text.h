/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strings that name a donor are wiped before they are freed. */
void     dc_wipe_string          (char      **text);
char    *dc_text_tidy            (const char *text);   /* NFC, trimmed, runs of space folded, control characters dropped */

/* True where @text holds 13 to 19 digits (blanks, dashes and dots between
 * them allowed) that pass the Luhn check (ISO/IEC 7812-1, annex B) and are not
 * part of an IBAN or of a phone number written with "+" or "00". */
gboolean dc_text_has_card_number (const char *text);

G_END_DECLS
