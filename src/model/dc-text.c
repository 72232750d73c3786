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

char *
dc_text_tidy (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);
  char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  /* Never grows, so that no half of it is left behind by a realloc (). */
  GString *tidy = g_string_sized_new (strlen (composed) + 1);
  gboolean blank = FALSE;

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p)) {
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

  dc_wipe_string (&valid);
  dc_wipe_string (&composed);

  return g_string_free (tidy, FALSE);
}
