/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-text.h"

#include <string.h>

void
dc_wipe_string (char **text)
{
  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || c == 0x85;
}

/* Controls, and format characters that are not seen but turn text round or
 * hide in it. The two joiners stay: Persian and Hindi names are spelt with
 * them. */
static gboolean
is_dropped (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (c == 0x200c || c == 0x200d)
    return FALSE;

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT;
}

/* What is dropped goes before the text is composed: it may part a letter from
 * its accent. */
char *
dc_text_tidy (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);
  /* Never grows, so that no half of it is left behind by a realloc (). */
  GString *tidy = g_string_sized_new (strlen (valid) + 1);
  gboolean blank = FALSE;
  char *composed;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_blank (c)) {
      blank = tidy->len > 0;
    } else if (!is_dropped (c)) {
      if (blank)
        g_string_append_c (tidy, ' ');
      blank = FALSE;
      g_string_append_unichar (tidy, c);
    }
  }

  composed = g_utf8_normalize (tidy->str, (gssize) tidy->len, G_NORMALIZE_NFC);
  dc_wipe_string (&valid);
  explicit_bzero (tidy->str, tidy->len);
  g_string_free (tidy, TRUE);

  return composed;
}

char *
dc_text_in_lines (const char *text)
{
  g_auto (GStrv) sentences = g_strsplit (text, ". ", -1);

  return g_strjoinv (".\n", sentences);
}
