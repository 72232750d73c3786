/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of an enumeration, by its values. */

/* NULL where @value has no word, which only a wrong cast can bring about. */
const char *dc_enum_word      (const char * const *words,
                               gsize               n_words,
                               guint               value);
gboolean    dc_enum_find (const char * const *words,
                          gsize               n_words,
                          const char         *text,
                          guint              *value);

G_END_DECLS
