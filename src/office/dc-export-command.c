/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-duplicates.h"
#include "dc-export.h"
#include "dc-key-choice.h"
#include "dc-key-set.h"
#include "dc-ledger-gather.h"
#include "dc-output.h"

/* All of the ledger is opened, whatever is asked for: whether a pledge was
 * taken back or resembles another is told by records that the filter leaves
 * out. */

typedef struct
{
  DcKeyChoice  key;
  DcOutput     output;
  char        *format;
  char        *campaign;
  char        *day;
  char        *tablet;
  gboolean     since_last;
  gboolean     all;
} Options;

/* How many records are not in the table though they are opened and wanted. */
typedef struct
{
  guint  n_written;
  guint  n_duplicates;
  guint  n_other;        /* not what was asked for */
  guint  n_taken_back;   /* since they were exported */
} Count;

static void
options_clear (Options *self)
{
  dc_key_choice_clear (&self->key);
  dc_output_clear (&self->output);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->campaign, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->tablet, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_day (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *moment = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (moment, utc);

  return strlen (text) == 10 && day != NULL;
}

static gboolean
is_wanted (const Options *options,
           DcTablets     *tablets,
           const DcFound *found)
{
  const DcEnvelope *envelope = &found->record->envelope;
  g_autofree char *tablet = options->tablet != NULL ? dc_tablets_get_name (tablets, envelope->tablet) : NULL;

  return (options->tablet == NULL || g_strcmp0 (tablet, options->tablet) == 0)
         && (options->campaign == NULL || g_str_equal (options->campaign, envelope->campaign))
         && (options->day == NULL || g_str_equal (options->day, envelope->day))
         && (!options->since_last || found->exported == 0);
}

/* What the office may have written to already, and must not any more. */
static gboolean
tell_taken_back (const Options *options,
                 const DcFound *found)
{
  char id[DC_ID_TEXT_SIZE];

  if (found->fate != DC_FATE_TAKEN_BACK || found->exported == 0
      || (options->campaign != NULL && !g_str_equal (options->campaign, found->record->envelope.campaign)))
    return FALSE;
  dc_id_to_text (&found->record->envelope.id, id);
  /* Translators: %s is the id of a promise, 32 digits */
  g_printerr (_("Taken back by its donor after it was exported: %s. Do not write to them, and delete its row."), id);
  g_printerr ("\n");

  return TRUE;
}

static Count
choose (const Options *options,
        DcGathered    *gathered)
{
  Count count = { 0 };

  for (guint i = 0; i < gathered->found->len; i++) {
    DcFound *found = g_ptr_array_index (gathered->found, i);

    count.n_taken_back += tell_taken_back (options, found);
    if (found->opened == NULL)
      continue;
    if (is_wanted (options, gathered->tablets, found)) {
      count.n_written++;
      count.n_duplicates += found->duplicate_of != NULL;
    } else {
      count.n_other++;
      dc_found_close (found);
    }
  }

  return count;
}

/* After it was handed over: cut off between the two, the next export has some
 * again rather than never. */
static gboolean
mark (DcLedger    *ledger,
      DcGathered  *gathered,
      const char  *path,
      GError     **error)
{
  g_autofree char *today = dc_key_set_today ();
  gint64 export;

  if (!dc_ledger_begin (ledger, error) || !dc_ledger_add_export (ledger, today, path, &export, error))
    return FALSE;
  for (guint i = 0; i < gathered->found->len; i++) {
    const DcFound *found = g_ptr_array_index (gathered->found, i);

    if (found->opened != NULL && !dc_ledger_mark_exported (ledger, found->number, export, error))
      return FALSE;
  }

  return dc_ledger_commit (ledger, error);
}

static void
tell (const char *what,
      guint       count)
{
  if (count > 0)
    g_printerr ("  %s: %u\n", what, count);
}

static DcExit
tell_all (DcGathered  *gathered,
          const Count *count)
{
  const guint *fates = gathered->fates;

  /* Translators: what became of each of the %u records stands in the lines
   * that follow, as "damaged: 1" */
  g_printerr (_("Records in the ledger: %u, of these:"), dc_gathered_total (gathered));
  g_printerr ("\n  %s: %u\n", _("written out"), count->n_written);
  tell (_("not asked for, and left out"), count->n_other);
  tell (_("taken back by their donors, and left out"), fates[DC_FATE_TAKEN_BACK]);
  tell (_("notes that a donor took a pledge back"), fates[DC_FATE_WITHDRAWAL]);
  tell (_("made for practice or for a test, and left out"), fates[DC_FATE_TEST]);
  tell (_("the same as another among them"), fates[DC_FATE_COPY]);
  tell (_("of tablets that are not enrolled"), fates[DC_FATE_STRANGER]);
  tell (_("with the id of another and other contents"), fates[DC_FATE_CONFLICT]);
  tell (_("whole, and not opened by this key"), fates[DC_FATE_UNOPENED]);
  tell (_("damaged"), fates[DC_FATE_DAMAGED]);
  if (count->n_duplicates > 0)
    g_printerr ("%s %u\n", _("Written out with the e-mail or telephone of another:"), count->n_duplicates);

  return fates[DC_FATE_STRANGER] + fates[DC_FATE_CONFLICT] + fates[DC_FATE_UNOPENED]
         + fates[DC_FATE_DAMAGED] + gathered->n_missing + count->n_taken_back > 0 ? DC_EXIT_ATTENTION : DC_EXIT_OK;
}

static int
export_ledger (DcOffice       *office,
               const Options  *options,
               DcExportFormat  format)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcLedger) ledger = NULL;
  g_autoptr (DcGathered) gathered = NULL;
  g_autoptr (GBytes) text = NULL;
  Count count;

  if (!dc_output_check (&options->output, &error)
      || (ledger = dc_ledger_open (office->folder, &error)) == NULL
      || (identity = dc_key_choice_obtain (&options->key, office, &error)) == NULL)
    return dc_office_fail (office, error);

  gathered = dc_gathered_new (dc_ledger_get_tablets (ledger));
  if (!dc_ledger_gather (ledger, gathered, &error))
    return dc_office_fail (office, error);
  dc_gathered_open (gathered, office, identity, options->all);
  dc_duplicates_find (gathered);
  count = choose (options, gathered);
  text = dc_export_text (gathered, format, TRUE);
  path = dc_output_is_pipe (&options->output) ? NULL : g_canonicalize_filename (options->output.path, NULL);
  if (!dc_output_write (&options->output, text, &error) || !mark (ledger, gathered, path, &error))
    return dc_office_fail (office, error);

  return tell_all (gathered, &count);
}

int
dc_export_command_run (DcOffice  *office,
                       int        argc,
                       char     **argv)
{
  g_auto (Options) options = { .format = NULL };
  DcExportFormat format = DC_EXPORT_CSV;
  const GOptionEntry entries[] = {
    DC_KEY_CHOICE_ENTRIES (&options.key),
    DC_OUTPUT_ENTRIES (&options.output),
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_("“csv” (as it is without this) or “json”"), "csv|json" },
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &options.campaign, N_("Only promises to this appeal"), "ID" },
    { "day", 0, 0, G_OPTION_ARG_STRING, &options.day, N_("Only promises of this day"), N_("YYYY-MM-DD") },
    { "tablet", 0, 0, G_OPTION_ARG_STRING, &options.tablet,
      N_("Only what the tablet of this name took: the stall, the event that it stood at"), N_("NAME") },
    { "since-last", 0, 0, G_OPTION_ARG_NONE, &options.since_last, N_("Only what was never exported"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_("Write out practice and tests of the keys too"), NULL },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, 0, &argc, &argv))
    return DC_EXIT_USAGE;
  if (!dc_key_choice_is_one (&options.key))
    return dc_office_refuse (office, _("Choose one of --keys, --identity and --spare."));
  if (options.format != NULL && !dc_export_format_from_string (options.format, &format))
    return dc_office_refuse (office, _("--format is csv or json."));
  if (options.day != NULL && !is_day (options.day))
    return dc_office_refuse (office, _("--day is a date as 2026-12-18."));

  return export_ledger (office, &options, format);
}
