/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-key-sheet.h"
#include "dc-symbol.h"

G_BEGIN_DECLS

/* A code in half blocks of a terminal of 256 colours, two rows of modules a
 * line: dark on white whatever the theme, with its quiet zone. The caller
 * wipes it where it is a secret. (transfer full) */
char *dc_key_sheet_terminal_symbol (DcSymbol          *symbol);
/* What a sheet says, for a terminal of @rows lines: the key in groups, and the
 * code where it fits below. The caller wipes it. (transfer full) */
char *dc_key_sheet_terminal        (const DcKeySheet  *sheet,
                                    guint              rows);

G_END_DECLS
