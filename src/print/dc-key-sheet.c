/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-paper.h"

/* Whoever opens the envelope in ten years may know nothing of this program,
 * so the sheet says what it is for and how to use it without. */

#define PREFIX "AGE-SECRET-KEY-1"
#define SYMBOL_VERSION 8

static const char *
after_prefix (const char *identity)
{
  g_return_val_if_fail (g_str_has_prefix (identity, PREFIX), "");

  return identity + strlen (PREFIX);
}

char *
dc_key_sheet_groups (const char *identity)
{
  const char *letters = after_prefix (identity);
  gsize length = strlen (letters);
  /* Written in place: a GString that grows leaves copies of a secret. */
  char *text = g_malloc0 (strlen (PREFIX) + 2 * length + 2);
  char *end = g_stpcpy (text, PREFIX "\n");

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && i % (DC_KEY_SHEET_GROUP * DC_KEY_SHEET_IN_A_ROW) == 0)
      *end++ = '\n';
    else if (i > 0 && i % DC_KEY_SHEET_GROUP == 0)
      *end++ = ' ';
    *end++ = letters[i];
  }

  return text;
}

char *
dc_key_sheet_first_group (const char *identity)
{
  return g_strndup (after_prefix (identity), DC_KEY_SHEET_GROUP);
}

const char *
dc_key_sheet_warning (void)
{
  return _("If the laptop and this paper are both lost, nobody can read the pledges still waiting. We cannot help.");
}

static void
draw_heading (const DcKeySheet *self,
              DcPaper          *paper)
{
  g_autofree char *made = NULL;

  dc_paper_text (paper, DC_PAPER_TITLE, _("The spare key"));
  if (self->organisation != NULL)
    dc_paper_text (paper, DC_PAPER_STRONG, self->organisation);
  if (self->campaign != NULL)
    dc_paper_text (paper, DC_PAPER_TEXT, self->campaign);
  /* Translators: %s is a date, as 2026-11-25 */
  made = g_strdup_printf (_("Made on %s."), self->date);
  dc_paper_text (paper, DC_PAPER_TEXT, made);
  dc_paper_line (paper);
}

static void
draw_use (const DcKeySheet *self,
          DcPaper          *paper)
{
  g_autofree char *words = NULL;

  dc_paper_text (paper, DC_PAPER_STRONG, dc_key_sheet_warning ());
  dc_paper_text (paper, DC_PAPER_TEXT,
                 _("This paper opens every promise that our tablets have sealed, should the desk key, its laptop or "
                   "its passphrase be lost. Put it into an envelope, close it, and lock it away in another place "
                   "than the laptop. Do not photograph, copy or send it."));
  dc_paper_text (paper, DC_PAPER_TEXT,
                 _("To use it: daily-cup-office open asks for it. Without that program: write the key below, as one "
                   "line without blanks, into a file spare.txt, take the part “sealed” of each line out of its "
                   "base64, and type: age -d -i spare.txt FILE"));
  /* Translators: %s are eight English words that stand for the keys that open the promises */
  words = g_strdup_printf (_("The keys of this appeal in words: %s"), self->words);
  dc_paper_text (paper, DC_PAPER_TEXT, words);
  dc_paper_line (paper);
}

GBytes *
dc_key_sheet_draw (const DcKeySheet  *self,
                   GError           **error)
{
  g_autoptr (DcPaper) paper = dc_paper_new (_("The spare key"));
  g_autoptr (DcSymbol) symbol = dc_symbol_new (self->identity, SYMBOL_VERSION, error);
  char *groups;

  if (symbol == NULL)
    return NULL;

  draw_heading (self, paper);
  draw_use (self, paper);
  groups = dc_key_sheet_groups (self->identity);
  dc_paper_text (paper, DC_PAPER_KEY, groups);
  dc_crypto_wipe (groups, strlen (groups));
  g_free (groups);
  dc_paper_symbol (paper, symbol);
  dc_paper_text (paper, DC_PAPER_SMALL, self->recipient);

  return dc_paper_finish (paper, error);
}
