/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-csv.h"

#include <string.h>

/* A comma follows every field; the one after the last becomes the line's end. */

void
dc_csv_add_field (GString    *text,
                  const char *field)
{
  gboolean formula = *field != '\0' && strchr ("=+-@\t\r", *field) != NULL;
  gboolean quoted = strpbrk (field, ",\"\r\n") != NULL;

  if (quoted)
    g_string_append_c (text, '"');
  if (formula)
    g_string_append_c (text, '\'');
  for (const char *p = field; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *p);
  }
  if (quoted)
    g_string_append_c (text, '"');
  g_string_append_c (text, ',');
}

void
dc_csv_end_row (GString *text)
{
  g_string_truncate (text, text->len - 1);
  g_string_append (text, "\r\n");
}
