/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-key-choice.h"
#include "dc-output.h"
#include "dc-subject.h"

typedef struct
{
  DcKeyChoice  key;
  DcOutput     output;
  char        *format;
} Options;

static void
options_clear (Options *self)
{
  dc_key_choice_clear (&self->key);
  dc_output_clear (&self->output);
  g_clear_pointer (&self->format, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static DcExit
tell_all (const DcSubject *subject)
{
  g_printerr ("%s %u\n", _("Records on this person:"), subject->held->len);
  if (subject->n_unopened > 0)
    g_printerr ("%s %u\n", _("Records that this key does not open, and that may be on this person too:"),
                subject->n_unopened);
  g_printerr ("%s\n", _("Not looked into: exported tables and what was made of them, copies of this folder, and what "
                        "the tablets have not handed over yet."));

  return subject->n_unopened > 0 ? DC_EXIT_ATTENTION : DC_EXIT_OK;
}

static int
find_subject (DcOffice      *office,
              const Options *options,
              gboolean       json,
              const char    *who)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcLedger) ledger = NULL;
  g_autoptr (DcSubject) subject = NULL;
  g_autoptr (GBytes) text = NULL;

  if (!dc_output_check (&options->output, &error)
      || (ledger = dc_ledger_open (office->folder, &error)) == NULL
      || (identity = dc_key_choice_obtain (&options->key, office, &error)) == NULL
      || (subject = dc_subject_find (ledger, office, identity, who, &error)) == NULL)
    return dc_office_fail (office, error);
  text = json ? dc_subject_json (subject) : dc_subject_text (subject);
  if (!dc_output_write (&options->output, text, &error))
    return dc_office_fail (office, error);

  return tell_all (subject);
}

int
dc_subject_command_run (DcOffice  *office,
                        int        argc,
                        char     **argv)
{
  g_auto (Options) options = { .format = NULL };
  gboolean json;
  const GOptionEntry entries[] = {
    DC_KEY_CHOICE_ENTRIES (&options.key),
    DC_OUTPUT_ENTRIES (&options.output),
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_("“text” (as it is without this) or “json”"),
      "text|json" },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  if (!dc_key_choice_is_one (&options.key))
    return dc_office_refuse (office, _("Choose one of --keys, --identity and --spare."));
  json = g_strcmp0 (options.format, "json") == 0;
  if (options.format != NULL && !json && !g_str_equal (options.format, "text"))
    return dc_office_refuse (office, _("--format is text or json."));
  if (*argv[1] == '\0' || !g_utf8_validate (argv[1], -1, NULL))
    return dc_office_refuse (office, _("Say whom: a reference, an e-mail or a telephone number."));

  return find_subject (office, &options, json, argv[1]);
}
