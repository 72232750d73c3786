/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-csv.h"

#include <string.h>

/* A comma follows every field; the one after the last becomes the line's end. */

/* The wide ones are the same to a spreadsheet in Chinese, Japanese or Korean. */
static gboolean
is_formula (const char *field)
{
  static const char * const beginnings[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (field, beginnings[i]))
      return TRUE;

  return FALSE;
}

void
dc_csv_add_field (GString    *text,
                  const char *field)
{
  gboolean formula = is_formula (field);
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
