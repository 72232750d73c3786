/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dc-commands.h"
#include "dc-crypto.h"
#include "dc-memory.h"
#include "dc-opened.h"

/* The memory of this program holds the keys to every promise. */
static void
keep_to_itself (void)
{
  dc_memory_wipe_freed ();
  dc_memory_forbid_dumps ();
  umask (0077);
}

static void
choose_language (void)
{
  const char *folder = g_getenv ("DAILY_CUP_LOCALEDIR");
  const char *locale;

  setlocale (LC_ALL, "");
  locale = setlocale (LC_CTYPE, NULL);
  if (locale == NULL || strstr (locale, "UTF-8") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : DC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static int
run_command (int    argc,
             char **argv)
{
  g_auto (DcOffice) office = { NULL };
  int n_words;

  office.command = dc_commands_find (argc - 1, argv + 1, &n_words);
  if (office.command == NULL) {
    g_printerr ("daily-cup-office: %s\n", _("There is no such command. Try “daily-cup-office --help”."));
    return DC_EXIT_USAGE;
  }

  return office.command->run (&office, argc - n_words, argv + n_words);
}

int
main (int    argc,
      char **argv)
{
  keep_to_itself ();
  choose_language ();
  g_set_prgname ("daily-cup-office");
  if (!dc_crypto_init ()) {
    fputs ("daily-cup-office: this machine has no source of random numbers\n", stderr);
    return DC_EXIT_FAILED;
  }
  dc_opened_init ();

  if (argc == 2 && g_str_equal (argv[1], "--version")) {
    g_print ("daily-cup-office %s\n", DC_VERSION);
    return DC_EXIT_OK;
  }
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")) {
    g_autofree char *help = dc_commands_help ();

    fputs (help, argc < 2 ? stderr : stdout);
    return argc < 2 ? DC_EXIT_USAGE : DC_EXIT_OK;
  }

  return run_command (argc, argv);
}
