/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The help of each says what it does, what it never does, and an example that
 * can be typed as it stands. */

const DcCommand dc_commands[] = {
  {
    .name = "campaign new",
    .arguments = "[--from PACK] NEW",
    .summary = N_("begin your own appeal from an example"),
    .help = N_("Makes the folder NEW: the words and pictures of the example, live, under an Id of its own, "
               "without its keys. Lists the lines that hold addresses.\n\n"
               "Example: daily-cup-office campaign new --id winter-2026 ~/winter-2026"),
    .run = dc_campaign_new_run,
  },
  {
    .name = "keys new",
    .arguments = "[--pack PACK]",
    .summary = N_("make the desk key, the spare key, the pack key and the receipt key"),
    .help = N_("Makes four keys in one sitting. The desk key opens the promises; it stays here, behind a passphrase. "
               "The spare key opens them too; it is on paper alone, and its first group is typed back. The pack key "
               "signs the appeal for the tablets; it belongs on a stick that is kept apart. The receipt key tells "
               "the tablets what arrived. Stopped before the end, nothing is made; nothing is ever written over.\n\n"
               "Example: daily-cup-office keys new --pack ~/winter-2026 --pack-key /media/KEYS --printer office"),
    .run = dc_keys_new_run,
  },
  {
    .name = "campaign check",
    .arguments = "[--previous PACK] PACK",
    .summary = N_("list everything that is wrong with an appeal, or likely not meant"),
    .help = N_("Lists every finding: the file, the place in it, what was found and what is expected. An error keeps the "
               "tablets from taking the appeal; a warning does not. Changes nothing.\n\n"
               "Example: daily-cup-office campaign check --previous ~/on-the-tablets ~/winter-2026"),
    .run = dc_campaign_check_run,
  },
  {
    .name = "campaign sign",
    .arguments = "--key FILE [--serial NUMBER] PACK",
    .summary = N_("sign an appeal for the tablets"),
    .help = N_("Checks the appeal, and where there is no error lists its files and signs the list. The serial rises by "
               "one each time; a tablet takes no lower one. A key that the appeal named as the next takes over.\n\n"
               "Example: daily-cup-office campaign sign --key /media/KEYS/pack.key ~/winter-2026"),
    .run = dc_campaign_sign_run,
  },
  {
    .name = "campaign show",
    .arguments = "PACK",
    .summary = N_("say what a signed appeal is, and its keys in words"),
    .help = N_("Shows what the tablets will see: names, languages, sums, giving page, and the keys, in eight words "
               "that two people compare by voice. Refuses an appeal that is not whole and signed.\n\n"
               "Example: daily-cup-office campaign show /media/STICK/winter-2026"),
    .run = dc_campaign_show_run,
  },
  {
    .name = "keys check",
    .arguments = "--pack PACK [--pack-key FILE] [--spare]",
    .summary = N_("see whether the keys at hand belong to an appeal"),
    .help = N_("Opens each key and holds it against the appeal that the tablets have. With --spare the paper is typed, "
               "or read in by a code reader; nothing of it is kept. Do it once a year, and before each event.\n\n"
               "Example: daily-cup-office keys check --pack ~/winter-2026 --pack-key /media/KEYS/pack.key --spare"),
    .run = dc_keys_check_run,
  },
  {
    .name = "drill",
    .arguments = "[--name NAME] [--spare] FILE",
    .summary = N_("answer a tablet’s test of the keys, and enrol the tablet"),
    .help = N_("Opens the test file that a tablet wrote under “Try the keys”, and says four words that only who has "
               "the key can know; typed into the tablet they show that the key works. The tablet is enrolled: "
               "“open” takes what it sends. Once with the desk key and once with --spare.\n\n"
               "Example: daily-cup-office drill --name Stall-3 /media/STICK/daily-cup-drill-0a1b2c3d-4e5f6a7b.jsonl"),
    .run = dc_drill_command_run,
  },
  {
    .name = "pins",
    .arguments = "--pack PACK --key FILE --tablet NAME FOLDER",
    .summary = N_("let a tablet whose PIN is forgotten choose new ones, once"),
    .help = N_("Writes two small files into FOLDER, such as a stick, for one enrolled tablet. With them it lets whoever "
               "stands there choose new PINs, once; what it holds stays as it is, and no PIN opens a promise.\n\n"
               "Example: daily-cup-office pins --pack ~/winter-2026 --key /media/KEYS/pack.key --tablet hall-2 /media/STICK"),
    .run = dc_pins_command_run,
  },
  {
    .name = "open",
    .arguments = "[--output FILE] INPUT…",
    .summary = N_("open what the tablets brought home, into a table"),
    .help = N_("Opens the records in files, folders, and queues that a tablet set aside, and writes the promises as "
               "a table. What is given is only read. A record that is damaged, or does not open, is named and keeps no "
               "other back; what a donor took back is left out; what a tablet sent that is not enrolled is kept "
               "apart. Says at the end what became of each record.\n\n"
               "Example: daily-cup-office open --output ~/promises.csv /media/STICK/daily-cup"),
    .run = dc_open_command_run,
  },
  {
    .name = "collect",
    .arguments = "[--pack PACK] [SOURCE…]",
    .summary = N_("take what the tablets handed over into the ledger"),
    .help = N_("Takes records and statements, sealed as they are, from the appeal’s destination, from folders, cards and "
               "queues of tablets into the office’s ledger. Each is verified and kept once, however often it comes; a "
               "source is only read. Says what is missing, which tablets are not enrolled, and where two records claim "
               "to be one. No key is needed.\n\n"
               "Example: daily-cup-office collect --pack ~/winter-2026 /media/STICK"),
    .run = dc_collect_command_run,
  },
  {
    .name = "receipts",
    .arguments = "--pack PACK [FOLDER]",
    .summary = N_("tell the tablets what the office has, so that they erase it"),
    .help = N_("Opens in memory what is in the ledger and has no receipt, signs for what opened, and puts the receipts "
               "at the appeal’s destination, or in FOLDER, such as a stick. A tablet erases only what it finds signed "
               "for. What the desk key does not open is named, and stays on the tablet.\n\n"
               "Example: daily-cup-office receipts --pack ~/winter-2026 /media/STICK"),
    .run = dc_receipts_command_run,
  },
  {
    .name = "erase",
    .arguments = "[--yes] REFERENCE|ID",
    .summary = N_("forget a donor who asks for it"),
    .help = N_("Ends the sealed bytes of a promise in the ledger, and of what is about it, so that no key brings them "
               "back; it is never taken again, wherever it comes from. Asks first. Lists where else it lies, and what "
               "to do there: sticks, cards, exported files, backups. The reference stands on the donor’s letter.\n\n"
               "Example: daily-cup-office erase RF18539007547034"),
    .run = dc_erase_command_run,
  },
  {
    .name = "export",
    .arguments = "[--output FILE] [--campaign ID] [--day DAY] [--tablet NAME] [--since-last]",
    .summary = N_("write the promises of the ledger as a table"),
    .help = N_("Opens the records in the ledger, in memory, and writes the promises as a table; nothing else of it is "
               "kept on the disk. What was taken back, practice and tests are left out. A record bears no name "
               "of an event: the tablet, its day and its shift say where it was made. The last column, "
               "possible_duplicate_of, has the id of an earlier promise with the same e-mail or telephone. A promise "
               "that was exported before and taken back since is named.\n\n"
               "Example: daily-cup-office export --since-last --output ~/new-promises.csv"),
    .run = dc_export_command_run,
  },
  {
    .name = "sheet",
    .arguments = "--output FILE | --printer NAME",
    .summary = N_("make the end-of-day sheet of each tablet, to print and sign"),
    .help = N_("Makes one page for each queue of a tablet: what the tablet took and what became of it, as it last "
               "stated and signed, and what the ledger has of it. Says what left the tablet and is not here. Needs no "
               "key, and names no donor. A tablet that never stated anything is named.\n\n"
               "Example: daily-cup-office sheet --printer office"),
    .run = dc_sheet_command_run,
  },
  {
    .name = "print",
    .arguments = "--pack PACK [--language CODE] poster|form|card",
    .summary = N_("make what a stall needs on paper: a poster, forms, the volunteer’s card"),
    .help = N_("For a day on which the tablet does not work. The poster (A3) has the code to give with one’s own phone. "
               "A form (A5) asks what the tablet asks, each with a reference of its own; “add” takes it in. The card "
               "(A6) tells volunteers what to do and whom to call.\n\n"
               "Example: daily-cup-office print --pack ~/winter-2026 --language fr --count 40 --output forms.pdf form"),
    .run = dc_print_command_run,
  },
  {
    .name = "add",
    .arguments = "--pack PACK [--csv FILE]",
    .summary = N_("take in promises that were written on paper forms"),
    .help = N_("Asks for what stands on each form, in its order, or reads a table of many. Each field is checked as a "
               "tablet checks it. What is taken is sealed at once, as a tablet seals it, and marked as paper; "
               "“export” and all else treat it alike. A form is taken once. Of a table with a mistake nothing is "
               "taken, and each line with one is named.\n\n"
               "Example: daily-cup-office add --pack ~/winter-2026"),
    .run = dc_add_command_run,
  },
  {
    .name = "tidy",
    .arguments = "--pack PACK [SOURCE…]",
    .summary = N_("delete what is past the time for which it is kept"),
    .help = N_("Lists, then deletes what is past the days that the appeal gives under [Keep]: sealed copies at its "
               "destination and in each SOURCE, such as a card or a queue that a tablet set aside, and what is sealed "
               "in the ledger. Asks first. Keeps what has no receipt or was never exported, and says so. Leaves a "
               "record of what was deleted, which names no donor.\n\n"
               "Example: daily-cup-office tidy --pack ~/winter-2026 /media/STICK"),
    .run = dc_tidy_command_run,
  },
  {
    .name = "subject",
    .arguments = "[--output FILE] REFERENCE|E-MAIL|TELEPHONE",
    .summary = N_("find everything that is held on a person"),
    .help = N_("Opens every record in the ledger, in memory, practice and what was taken back too, and writes what is "
               "held on the person with that reference, e-mail or telephone, to be read or as JSON. Says what it "
               "could not look into, and where else something may be.\n\n"
               "Example: daily-cup-office subject --output ~/for-ana.txt ana@example.org"),
    .run = dc_subject_command_run,
  },
  {
    .name = "keys replace",
    .arguments = "--pack PACK --key FILE [--desk] [--spare] [--pack-key FOLDER]",
    .summary = N_("make new keys, and hand over to them"),
    .help = N_("Makes new keys and signs the appeal with the key of today, so that the tablets take it. A new pack key "
               "is named in the appeal and may sign the one after it. The old desk key is kept beside the new one: "
               "it opens what was sealed until now, so keep it until every tablet has been emptied.\n\n"
               "Example: daily-cup-office keys replace --pack ~/winter-2026 --key /media/KEYS/pack.key --desk"),
    .run = dc_keys_replace_run,
  },
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
