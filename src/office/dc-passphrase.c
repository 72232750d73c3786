/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-passphrase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-office.h"
#include "dc-wordlist.h"

#define TRIES 3
#define MIN_DIFFERENT 6

gboolean
dc_passphrase_is_fit (const char *passphrase)
{
  gboolean seen[256] = { FALSE };
  guint n_different = 0;

  for (const char *p = passphrase; *p != '\0'; p++) {
    n_different += !seen[(guchar) *p];
    seen[(guchar) *p] = TRUE;
  }

  return g_utf8_validate (passphrase, -1, NULL) &&
         g_utf8_strlen (passphrase, -1) >= DC_PASSPHRASE_MIN_CHARS && n_different >= MIN_DIFFERENT;
}

static gboolean
check_fit (const char  *passphrase,
           GError     **error)
{
  if (dc_passphrase_is_fit (passphrase))
    return TRUE;

  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_PASSPHRASE,
               /* Translators: %d is a number of characters */
               _("That passphrase is too easy to guess. Take the six words, or at least %d varied characters."),
               DC_PASSPHRASE_MIN_CHARS);

  return FALSE;
}

/* Empty: the suggestion is taken. */
static char *
ask_first (DcTerminal  *terminal,
           const char  *suggestion,
           GError     **error)
{
  char *text = g_strdup_printf ("%s\n\n    %s\n\n%s\n", _("A passphrase protects the keys. Six words for it:"), suggestion,
                                _("Write them down, on paper only. Press Enter to take them, or type a passphrase of your own."));
  char *answer = NULL;

  if (dc_terminal_show (terminal, text, error))
    answer = dc_terminal_ask (terminal, _("Passphrase:"), FALSE, error);
  dc_terminal_hide (terminal);
  dc_terminal_wipe (text);

  return answer;
}

/* Words may be typed as people type them. */
static gboolean
is_same (const char *chosen,
         const char *again)
{
  g_auto (DcSecretText) words = dc_wordlist_read (again, DC_PASSPHRASE_WORDS, NULL);

  return strcmp (chosen, again) == 0 || g_strcmp0 (chosen, words) == 0;
}

static gboolean
confirm (DcTerminal  *terminal,
         const char  *chosen,
         GError     **error)
{
  for (guint i = 0; i < TRIES; i++) {
    g_auto (DcSecretText) again = dc_terminal_ask (terminal, _("Type it once more:"), FALSE, error);

    if (again == NULL)
      return FALSE;
    if (is_same (chosen, again))
      return TRUE;
  }
  g_set_error_literal (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_PASSPHRASE,
                       _("It was typed differently three times. Nothing was made."));

  return FALSE;
}

char *
dc_passphrase_choose (DcTerminal  *terminal,
                      GError     **error)
{
  g_auto (DcSecretText) suggestion = NULL;
  g_auto (DcSecretText) chosen = NULL;

  if (dc_terminal_is_scripted (terminal)) {
    chosen = dc_terminal_passphrase (terminal, "", error);
    return chosen != NULL && check_fit (chosen, error) ? g_steal_pointer (&chosen) : NULL;
  }

  suggestion = dc_wordlist_suggest (DC_PASSPHRASE_WORDS);
  chosen = ask_first (terminal, suggestion, error);
  if (chosen == NULL)
    return NULL;
  if (chosen[0] == '\0') {
    dc_terminal_wipe (chosen);
    chosen = g_steal_pointer (&suggestion);
  }

  return check_fit (chosen, error) && confirm (terminal, chosen, error) ? g_steal_pointer (&chosen) : NULL;
}
