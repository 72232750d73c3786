/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Byte strings as one line of JSON, each in base64 under a key of its own: a
 * record, a statement, a receipt. And what of them is signed. Internal to this
 * folder. */

/* {"KEY":"…",…} and a line feed. @keys is NULL-terminated. (transfer full) */
GBytes   *dc_json_parts_to_line     (const char * const  *keys,
                                     GBytes * const      *parts);
/* With or without the line feed. Fills @parts, as many as there are keys, none
 * of them empty, for the caller to unref; on an error none. DC_RECORD_ERROR;
 * messages begin with @what. */
gboolean  dc_json_parts_from_line   (const char          *what,
                                     const char          *line,
                                     gsize                length,
                                     gsize                max_length,
                                     const char * const  *keys,
                                     GBytes             **parts,
                                     GError             **error);
/* The same for a line exactly as dc_json_parts_to_line () writes it, and only that,
 * without a parser. FALSE, and no error: it is in another form, or in none. */
gboolean  dc_json_parts_cut         (const char          *line,
                                     gsize                length,
                                     const char * const  *keys,
                                     GBytes             **parts);
/* @context and @json, so that a signature made for one purpose is worth nothing
 * for another. (transfer full) */
GBytes   *dc_json_parts_signed      (const char          *context,
                                     GBytes              *json);

G_END_DECLS
