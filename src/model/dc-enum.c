/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-enum.h"

const char *
dc_enum_word (const char * const *words,
              gsize               n_words,
              guint               value)
{
  g_return_val_if_fail (value < n_words, NULL);

  return words[value];
}

gboolean
dc_enum_find (const char * const *words,
              gsize               n_words,
              const char         *text,
              guint              *value)
{
  for (gsize i = 0; i < n_words; i++) {
    if (g_strcmp0 (words[i], text) == 0) {
      *value = (guint) i;
      return TRUE;
    }
  }

  return FALSE;
}
