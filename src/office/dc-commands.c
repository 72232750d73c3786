/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The help of each says what it does, what it never does, and an example that
 * can be typed as it stands. */

const DcCommand dc_commands[] = {
  { NULL }
};

static int
count_words (const char *name)
{
  return strchr (name, ' ') != NULL ? 2 : 1;
}

static gboolean
is_named (const DcCommand  *command,
          int               argc,
          char            **argv)
{
  g_auto (GStrv) words = g_strsplit (command->name, " ", 2);

  for (int i = 0; words[i] != NULL; i++)
    if (i >= argc || !g_str_equal (words[i], argv[i]))
      return FALSE;

  return TRUE;
}

const DcCommand *
dc_commands_find (int    argc,
                  char **argv,
                  int   *n_words)
{
  *n_words = 0;
  for (const DcCommand *command = dc_commands; command->name != NULL; command++) {
    if (is_named (command, argc, argv)) {
      *n_words = count_words (command->name);
      return command;
    }
  }

  return NULL;
}

char *
dc_commands_help (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n\n",
                          _("daily-cup-office: keys, appeals and promises, at the office’s desk."));
  for (const DcCommand *command = dc_commands; command->name != NULL; command++)
    g_string_append_printf (text, "  %-16s %s\n", command->name,
                            g_dgettext (GETTEXT_PACKAGE, command->summary));
  g_string_append_printf (text, "\n%s\n\n%s\n",
                          _("To begin: “campaign new” copies the example; write your own words into its "
                            "campaign.ini; “keys new” makes the keys; “campaign check” and “campaign sign” make "
                            "it ready for the tablets."),
                          _("Add --help to any command to learn it. The manual: man daily-cup-office."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
