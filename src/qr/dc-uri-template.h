/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_URI_TEMPLATE_MAX_BYTES 200
#define DC_URI_MAX_BYTES          512

/* Expands an RFC 6570 template up to level 3: every operator, several
 * variables in one expression. The modifiers of level 4 (":3", "*"), the
 * reserved operators, braces without a partner and whatever section 2 of the
 * RFC forbids are DC_QR_ERROR_TEMPLATE; a result of more than
 * DC_URI_MAX_BYTES is DC_QR_ERROR_TOO_LONG; a value that is not UTF-8 is
 * DC_QR_ERROR_TEXT.
 *
 * @names and @values run in parallel, @names ends with NULL; a NULL value and
 * a name that is not there are undefined variables, which expand to nothing.
 * Any thread. (transfer full); ASCII. */
char *dc_uri_template_expand (const char          *template_,
                              const char * const  *names,
                              const char * const  *values,
                              GError             **error);

G_END_DECLS
