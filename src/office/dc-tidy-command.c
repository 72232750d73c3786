/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-input.h"
#include "dc-key-set.h"
#include "dc-place-choice.h"
#include "dc-tidying.h"

#define MOST_NAMES 20

/* @n_files: 0 in the ledger, which is one. */
static void
tell_place (const char        *place,
            guint              n_files,
            const DcLedgerOld *old)
{
  g_autofree char *name = dc_input_name (place);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, old->n_records);

  g_print ("  %s\n    ", name);
  if (n_files > 0) {
    /* Translators: %u is a number of files */
    g_print (_("files: %u"), n_files);
    g_print (", ");
  }
  /* Translators: %1$s is a number of records, %2$s and %3$s the first and the last day, as 2026-12-18 */
  g_print (_("records: %1$s, of the days %2$s to %3$s"), count, old->first_day, old->last_day);
  g_print ("\n");
}

static void
tell_what_goes (const DcTidying *tidying)
{
  const DcLedgerOld *old = &tidying->old[DC_STANDING_MAY_GO];

  g_print ("%s\n", _("Past its time, and to be deleted:"));
  g_print ("  %s\n", tidying->rule);
  for (guint i = 0; i < tidying->sources->len; i++) {
    const DcTidySource *source = tidying->sources->pdata[i];

    if (source->n_files > 0)
      tell_place (source->name, source->n_files, &source->old);
  }
  if (old->n_records > 0)
    tell_place (DC_LEDGER_FILE, 0, old);
}

/* NULL: of no interest. */
static const char *
sentence_of (DcTidyReason reason)
{
  switch (reason) {
  case DC_TIDY_ABSENT:
    return _("Kept: it has records that are not in the ledger. Collect them first:");
  case DC_TIDY_FOREIGN:
    return _("Kept: it has records of a tablet that is not enrolled:");
  case DC_TIDY_NO_RECEIPT:
    return _("Kept: it has records without a receipt. Run “receipts” first:");
  case DC_TIDY_NOT_EXPORTED:
    return _("Kept: it has promises that were never exported. Export them first, or say --unexported:");
  case DC_TIDY_DAMAGED:
    return _("Kept: it is damaged, so that nobody knows what it held. Whoever is sure may delete it by hand:");
  case DC_TIDY_IN_USE:
    return _("Kept: it is the queue that a tablet works with:");
  case DC_TIDY_FAILED:
    return _("Could not be deleted; whoever has the rights there can do it:");
  case DC_TIDY_GOES:
  case DC_TIDY_LATER:
  case DC_N_TIDY_REASONS:
  default:
    return NULL;
  }
}

/* How many there are of that reason. */
static guint
tell_reason (const DcTidying *tidying,
             DcTidyReason     reason)
{
  guint n = 0;

  for (guint i = 0; i < tidying->files->len; i++) {
    const DcTidyFile *file = tidying->files->pdata[i];
    g_autofree char *name = dc_input_name (file->path);

    if (file->reason != reason)
      continue;
    if (n == 0)
      g_printerr ("%s\n", sentence_of (reason));
    if (n < MOST_NAMES)
      g_printerr ("  %s%s%s\n", file->kind == DC_SOURCE_PLACE ? file->source->name : "",
                  file->kind == DC_SOURCE_PLACE && !g_str_has_suffix (file->source->name, "/") ? "/" : "", name);
    else if (n == MOST_NAMES)
      g_printerr ("  …\n");
    n++;
  }

  return n;
}

/* How much of the ledger stays for it. */
static gint64
tell_standing (const DcTidying *tidying,
               DcStanding       standing,
               const char      *sentence)
{
  gint64 n = tidying->old[standing].n_records;

  if (n > 0)
    g_printerr ("%s %" G_GINT64_FORMAT "\n", sentence, n);

  return n;
}

static gboolean
tell_what_stays (const DcTidying *tidying)
{
  gint64 n = 0;

  for (DcTidyReason reason = DC_TIDY_ABSENT; reason < DC_TIDY_FAILED; reason++)
    n += tell_reason (tidying, reason);
  n += tell_standing (tidying, DC_STANDING_FOREIGN, _("Kept in the ledger, of tablets that are not enrolled:"));
  n += tell_standing (tidying, DC_STANDING_NO_RECEIPT, _("Kept in the ledger, without a receipt:"));
  n += tell_standing (tidying, DC_STANDING_NOT_EXPORTED, _("Kept in the ledger, never exported:"));

  return n > 0;
}

static gboolean
tell_beyond (const DcTidying  *tidying,
             GError          **error)
{
  g_autoptr (GPtrArray) exports = NULL;

  if (tidying->ledger_until == NULL)
    return TRUE;
  exports = dc_ledger_list_old_exports (tidying->ledger, tidying->campaign, tidying->ledger_until, error);
  if (exports == NULL)
    return FALSE;
  dc_office_list (_("It was exported; see to these files and to whatever was made of them:"), exports);
  g_print ("\n%s\n", _("Backups of this computer and of the destination keep what they have until they are replaced."));

  return TRUE;
}

static gboolean
ask (DcOffice  *office,
     GError   **error)
{
  /* Translators: the word that is typed to agree; the same as in the question */
  const char *word = _("delete");
  g_autofree char *prompt = NULL;

  /* Translators: %s is the word that is typed to agree */
  prompt = g_strdup_printf (_("Type “%s” to delete this for good:"), word);

  return dc_office_confirm (office, prompt, word, _("Nothing was deleted."), error);
}

/* Of a run that was cut off, at a place that was not given this time. */
static gboolean
tell_begun (const DcTidying  *tidying,
            gboolean         *attention,
            GError          **error)
{
  g_autoptr (GPtrArray) list = dc_ledger_list_tidied (tidying->ledger, tidying->run.number, error);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const DcLedgerTidied *tidied = list->pdata[i];
    g_autofree char *name = dc_input_name (tidied->thing);
    g_autofree char *place = dc_input_name (tidied->place);

    if (!g_str_equal (tidied->state, DC_TIDIED_BEGUN))
      continue;
    *attention = TRUE;
    g_printerr ("%s: %s: %s\n", place, name, _("not known to be deleted; tidy its place again"));
  }

  return list != NULL;
}

static gboolean
delete_all (DcTidying  *tidying,
            DcOffice   *office,
            gboolean   *attention,
            GError    **error)
{
  g_autofree char *record = NULL;

  if (!dc_tidying_run (tidying, office, error)
      || (record = dc_tidy_record_write (tidying, office->folder, error)) == NULL)
    return FALSE;
  /* Translators: %1$u is a number of files, %2$u a number of records in the ledger */
  g_print (_("Deleted: files %1$u, records in the ledger %2$u."), tidying->n_deleted, (guint) tidying->n_erased);
  g_print ("\n%s %s\n", _("The record of it, to keep:"), record);

  return tell_begun (tidying, attention, error) && tell_beyond (tidying, error);
}

static DcExit
tidy (DcOffice  *office,
      DcTidying *tidying,
      gboolean   yes,
      gboolean   attention)
{
  g_autoptr (GError) error = NULL;
  gboolean any;

  if (!dc_tidying_look (tidying, &error))
    return dc_office_fail (office, error);
  any = dc_tidying_has_any (tidying);
  if (any)
    tell_what_goes (tidying);
  else
    g_print ("%s\n", _("There is nothing to delete."));
  attention |= tell_what_stays (tidying);
  /* What was cut off is only brought to its end: it was agreed to. */
  if ((any || tidying->run.number != 0)
      && ((any && !yes && !ask (office, &error)) || !delete_all (tidying, office, &attention, &error)))
    return dc_office_fail (office, error);
  attention |= tell_reason (tidying, DC_TIDY_FAILED) > 0;

  return attention ? DC_EXIT_ATTENTION : DC_EXIT_OK;
}

/* FALSE: it could not be read, which is told, and keeps no other place from being tidied. */
static gboolean
add_destination (DcOffice            *office,
                 DcTidying           *tidying,
                 const DcPlaceChoice *choice,
                 DcPack              *pack)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (DcDestination) destination = dc_place_choice_obtain (choice, office, pack, NULL, &name, &error);

  if (destination != NULL && dc_tidying_add_destination (tidying, destination, name, &error))
    return TRUE;
  dc_office_fail (office, error);

  return FALSE;
}

static DcExit
look_and_tidy (DcOffice             *office,
               DcTidying            *tidying,
               const DcPlaceChoice  *choice,
               DcPack               *pack,
               char                **paths,
               gboolean              yes)
{
  gboolean attention = FALSE;

  if (dc_place_choice_has_place (pack))
    attention |= !add_destination (office, tidying, choice, pack);
  for (guint i = 0; paths[i] != NULL; i++)
    if (!dc_tidying_add_path (tidying, paths[i]))
      return dc_office_fail (office, tidying->error);
  attention |= tidying->source.n_failed > 0;

  return tidy (office, tidying, yes, attention);
}

/* Nothing is past: which days there are. */
static DcExit
tell_days (DcOffice   *office,
           DcCampaign *campaign)
{
  gboolean any = FALSE;

  for (DcKeep keep = 0; keep < DC_N_KEEPS; keep++) {
    const char *until = dc_campaign_get_keep_until (campaign, keep);

    if (until != NULL)
      g_print ("campaign.ini: [Keep] %s=%s\n", dc_keep_to_string (keep), until);
    any |= until != NULL;
  }
  if (any) {
    g_print ("%s\n", _("Nothing is past its time."));
    return DC_EXIT_OK;
  }
  g_printerr ("daily-cup-office %s: campaign.ini: %s\n", office->command->name,
              _("the appeal does not say until when its promises are kept: [Keep] PledgesUntil=, CopiesUntil="));

  return DC_EXIT_FAILED;
}

static int
run (DcOffice             *office,
     const DcPlaceChoice  *choice,
     char                **paths,
     gboolean              unexported,
     gboolean              yes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = dc_place_choice_load (choice, &error);
  g_autofree char *today = dc_key_set_today ();
  g_autoptr (DcLedger) ledger = NULL;
  g_autoptr (DcTidying) tidying = NULL;

  if (pack == NULL || (ledger = dc_ledger_open (office->folder, &error)) == NULL)
    return dc_office_fail (office, error);
  tidying = dc_tidying_new (ledger, dc_pack_get_campaign (pack), dc_pack_get_serial (pack), today, unexported);
  if (tidying->rule == NULL)
    return tell_days (office, dc_pack_get_campaign (pack));

  return look_and_tidy (office, tidying, choice, pack, paths, yes);
}

int
dc_tidy_command_run (DcOffice  *office,
                     int        argc,
                     char     **argv)
{
  g_auto (DcPlaceChoice) choice = { 0 };
  gboolean unexported = FALSE;
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    DC_PLACE_CHOICE_ENTRIES (&choice),
    { "unexported", 0, 0, G_OPTION_ARG_NONE, &unexported, N_("Delete promises too that were never exported"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Do not ask before deleting"), NULL },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, G_MAXINT, &argc, &argv))
    return DC_EXIT_USAGE;
  if (choice.pack == NULL)
    return dc_office_refuse (office, _("--pack is missing."));

  return run (office, &choice, argv + 1, unexported, yes);
}
