/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-drill.h"
#include "dc-wordlist.h"

char *
dc_drill_words_key (guint key)
{
  switch (key) {
  case 0:
    /* Translators: the key on the office’s own computer */
    return g_strdup (_("Desk key"));
  case 1:
    /* Translators: the key that the office keeps on paper */
    return g_strdup (_("Spare key"));
  default:
    /* Translators: one more key of the office; %u is 3 or more */
    return g_strdup_printf (_("Key %u"), key + 1);
  }
}

char *
dc_drill_words_state (DcDrillState *drill,
                      guint         key)
{
  switch (dc_drill_state_get_key (drill, key)) {
  case DC_DRILL_KEY_GOOD:
    /* Translators: of a key of the office */
    return g_strdup (_("tried and good"));
  case DC_DRILL_KEY_AWAITED:
    /* Translators: of a key of the office whose four words have not been typed in */
    return g_strdup (_("answer awaited"));
  case DC_DRILL_KEY_UNTRIED:
  default:
    /* Translators: of a key of the office */
    return g_strdup (_("not tried yet"));
  }
}

char *
dc_drill_words_keys (DcDrillState *drill)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dc_drill_state_get_n_keys (drill); i++) {
    g_autofree char *key = dc_drill_words_key (i);
    g_autofree char *state = dc_drill_words_state (drill, i);

    if (i > 0)
      g_string_append_c (text, '\n');
    /* Translators: 1: which key, 2: how it is: “Desk key: tried and good” */
    g_string_append_printf (text, _("%1$s: %2$s"), key, state);
  }

  return g_string_free (text, FALSE);
}

char *
dc_drill_words_mistake (const char *answer)
{
  guint n_words, unknown;

  dc_wordlist_look (answer, &n_words, &unknown);
  if (unknown > 0)
    /* Translators: %u is the place of the word among those that were typed */
    return g_strdup_printf (_("Word %u is not in the list of words. Please ask for it again, letter by letter."),
                            unknown);
  if (n_words != DC_DRILL_WORDS)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: %u is how many words were typed */
                                         "The answer has four words. This is %u word.",
                                         "The answer has four words. These are %u words.", n_words),
                            n_words);

  return NULL;
}

char *
dc_drill_words_wrong (guint tries_left)
{
  if (tries_left == 0)
    return g_strdup (_("That was wrong too often. Please write a new test file."));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: %u is how often one may still try */
                                       "These are not the words of any key. %u try left.",
                                       "These are not the words of any key. %u tries left.",
                                       tries_left),
                          tries_left);
}
