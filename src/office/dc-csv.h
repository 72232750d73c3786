/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of comma-separated values (RFC 4180): fields in quotes where they need
 * them, lines that end with CR LF, UTF-8.
 *
 * A spreadsheet runs a field that begins with = + - @ (the wide ones of East
 * Asia too), a tab or the end of a line as a formula, and the fields are what strangers typed: such a field
 * gets an apostrophe before it. */

void dc_csv_add_field (GString    *text,
                       const char *field);
/* After the last field of a row. */
void dc_csv_end_row   (GString    *text);

G_END_DECLS
