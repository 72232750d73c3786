/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-collecting.h"
#include "dc-ledger-read.h"
#include "dc-place-choice.h"

/* What the ledger holds after it, as far as a person must know of it. */
typedef struct
{
  GHashTable *strangers;    /* words to how many */
  guint       n_conflicts;
} Marks;

static gboolean
on_row (const DcLedgerRow  *row,
        gpointer            data,
        GError            **error)
{
  Marks *marks = data;
  char id[DC_ID_TEXT_SIZE];

  if (row->foreign && row->gone == NULL) {
    char *words = dc_tablets_words (row->origin.tablet);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (marks->strangers, words));

    g_hash_table_replace (marks->strangers, words, GUINT_TO_POINTER (count + 1));
  }
  if (row->conflict && row->gone == NULL) {
    dc_id_to_text (&row->id, id);
    marks->n_conflicts++;
    /* Translators: %1$s is the number of a record, %2$s the name of a day as 2026-12-18 */
    g_printerr (_("Two records say that they are %1$s (%2$s). Both are kept, and neither is used."), id, row->day);
    g_printerr ("\n");
  }

  return TRUE;
}

static void
tell_strangers (GHashTable *strangers)
{
  GHashTableIter iter;
  gpointer words;
  gpointer count;

  g_hash_table_iter_init (&iter, strangers);
  while (g_hash_table_iter_next (&iter, &words, &count)) {
    g_printerr (_("The tablet “%1$s” is not enrolled; its records: %2$u."), (const char *) words,
                GPOINTER_TO_UINT (count));
    g_printerr ("\n");
  }
}

static char *
name_of (DcLedger     *ledger,
         const guint8  tablet[static 32])
{
  char *name = dc_tablets_get_name (dc_ledger_get_tablets (ledger), tablet);

  return name != NULL ? name : dc_tablets_words (tablet);
}

static void
tell_twins (DcLedger *ledger,
            GArray   *twins)
{
  for (guint i = 0; i < twins->len; i++) {
    const DcLedgerTwin *twin = &g_array_index (twins, DcLedgerTwin, i);
    g_autofree char *name = name_of (ledger, twin->tablet);

    if (twin->seq == 0)
      /* Translators: %s is the name of a tablet, as “stall 3” */
      g_printerr (_("The tablet “%s” and another one write the same list of records: one is a copy of the other."),
                  name);
    else
      /* Translators: %1$s is the name of a tablet, %2$u a number in its list of records */
      g_printerr (_("The tablet “%1$s” gave the number %2$u to two records: it was copied, or set back."),
                  name, (guint) twin->seq);
    g_printerr ("\n");
  }
}

/* No reason for care by itself: what was undone before it left never comes. */
static void
tell_gaps (DcLedger *ledger,
           GArray   *gaps)
{
  for (guint i = 0; i < gaps->len; i++) {
    const DcLedgerGap *gap = &g_array_index (gaps, DcLedgerGap, i);
    g_autofree char *name = name_of (ledger, gap->tablet);

    /* Translators: %1$s is the name of a tablet, %2$u and %3$u the first and the last of numbers that follow each other */
    g_printerr (_("The tablet “%1$s”: the numbers %2$u to %3$u are not here."),
                name, (guint) gap->first, (guint) gap->last);
    g_printerr ("\n");
  }
}

static gboolean
count_row (const DcLedgerRow  *row,
           gpointer            data,
           GError            **error)
{
  (*(gint64 *) data)++;

  return TRUE;
}

/* Records that a tablet says it has handed over, and the ledger lacks. -1: @error is set. */
static gint64
count_lacking (DcLedger           *ledger,
               const DcStatement  *statement,
               GError            **error)
{
  const DcLedgerFilter filter = { .origin = &statement->origin, .marks_only = TRUE };
  gint64 stated = 0;
  gint64 here = 0;

  for (guint i = 0; i < statement->rows->len; i++) {
    const DcStatementRow *row = &g_array_index (statement->rows, DcStatementRow, i);

    if (row->state == DC_STATE_DELIVERED || row->state == DC_STATE_RECEIPTED)
      stated += MIN (row->count, G_MAXINT32);
  }
  if (!dc_ledger_each (ledger, &filter, count_row, &here, error))
    return -1;

  return MAX (stated - here, 0);
}

static gboolean
tell_lacking (DcLedger  *ledger,
              guint     *n_lacking,
              GError   **error)
{
  g_autoptr (GPtrArray) statements = dc_ledger_list_statements (ledger, error);

  for (guint i = 0; statements != NULL && i < statements->len; i++) {
    const DcStatement *statement = statements->pdata[i];
    gint64 lacking = count_lacking (ledger, statement, error);
    g_autofree char *name = name_of (ledger, statement->origin.tablet);

    if (lacking < 0)
      return FALSE;
    if (lacking == 0)
      continue;
    (*n_lacking)++;
    /* Translators: %1$s is the name of a tablet, %2$u how many records */
    g_printerr (_("The tablet “%1$s” says that it handed over %2$u more records than are here."), name,
                (guint) lacking);
    g_printerr ("\n");
  }

  return statements != NULL;
}

static void
tell (const char *what,
      guint       count)
{
  if (count > 0)
    g_printerr ("  %s: %u\n", what, count);
}

static void
tell_counts (const DcCollecting *collecting)
{
  const guint *taken = collecting->taken;
  const DcSource *source = &collecting->source;

  /* Translators: what became of each of the %2$u records stands in the lines that follow, as "damaged: 1" */
  g_printerr (_("Files read: %1$u. Records found: %2$u, of these:"), source->n_files,
              taken[0] + taken[1] + taken[2] + taken[3] + collecting->n_lost);
  g_printerr ("\n");
  g_printerr ("  %s: %u\n", _("new in the ledger"), taken[DC_LEDGER_NEW]);
  tell (_("in the ledger already"), taken[DC_LEDGER_SAME]);
  tell (_("with the id of another and other contents"), taken[DC_LEDGER_DIFFERS]);
  tell (_("asked to be forgotten, and not kept"), taken[DC_LEDGER_ERASED]);
  tell (_("damaged"), collecting->n_lost);
  if (collecting->n_statements > 0)
    g_printerr ("%s %u\n", _("New statements of tablets:"), collecting->n_statements);
  if (collecting->n_bad_statements > 0)
    g_printerr ("%s %u\n", _("Statements that no tablet signed so:"), collecting->n_bad_statements);
  if (source->n_altered > 0)
    g_printerr ("%s %u\n", _("Files that are not as the tablet wrote them:"), source->n_altered);
  if (source->n_failed > 0)
    g_printerr ("%s %u\n", _("Files that could not be read, or not to their end:"), source->n_failed);
}

static DcExit
judge (DcOffice           *office,
       const DcCollecting *collecting)
{
  DcLedger *ledger = collecting->ledger;
  const DcLedgerFilter all = { .marks_only = TRUE };
  g_autoptr (GHashTable) strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GArray) twins = NULL;
  g_autoptr (GError) error = NULL;
  Marks marks = { .strangers = strangers };
  guint n_lacking = 0;

  if (!dc_ledger_each (ledger, &all, on_row, &marks, &error)
      || (gaps = dc_ledger_list_gaps (ledger, &error)) == NULL
      || (twins = dc_ledger_list_twins (ledger, &error)) == NULL)
    return dc_office_fail (office, error);
  tell_strangers (strangers);
  tell_twins (ledger, twins);
  tell_gaps (ledger, gaps);
  if (!tell_lacking (ledger, &n_lacking, &error))
    return dc_office_fail (office, error);
  tell_counts (collecting);

  return g_hash_table_size (strangers) + marks.n_conflicts + twins->len + n_lacking + collecting->n_lost
         + collecting->n_bad_statements + collecting->source.n_altered + collecting->source.n_failed > 0
         ? DC_EXIT_ATTENTION : DC_EXIT_OK;
}

static int
collect (DcOffice             *office,
         const DcPlaceChoice  *choice,
         char                **paths)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = dc_place_choice_load (choice, &error);
  g_autoptr (DcDestination) destination = NULL;
  g_autoptr (DcLedger) ledger = NULL;
  g_autoptr (DcCollecting) collecting = NULL;
  g_autofree char *name = NULL;

  if (error == NULL && pack != NULL && (paths[0] == NULL || dc_place_choice_has_place (pack)))
    destination = dc_place_choice_obtain (choice, office, pack, NULL, &name, &error);
  if (error == NULL)
    ledger = dc_ledger_open (office->folder, &error);
  if (error != NULL)
    return dc_office_fail (office, error);

  collecting = dc_collecting_new (ledger);
  for (guint i = 0; paths[i] != NULL; i++)
    if (!dc_collecting_add_path (collecting, paths[i]))
      return dc_office_fail (office, collecting->error);
  if (destination != NULL && !dc_collecting_add_destination (collecting, destination, name, &error)) {
    tell_counts (collecting);
    return dc_office_fail (office, error);
  }

  return collecting->source.n_files == 0 && collecting->source.n_failed > 0 ? DC_EXIT_FAILED
                                                                             : judge (office, collecting);
}

int
dc_collect_command_run (DcOffice  *office,
                        int        argc,
                        char     **argv)
{
  g_auto (DcPlaceChoice) choice = { 0 };
  const GOptionEntry entries[] = {
    DC_PLACE_CHOICE_ENTRIES (&choice),
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, G_MAXINT, &argc, &argv))
    return DC_EXIT_USAGE;
  if (choice.pack == NULL && argc < 2)
    return dc_office_refuse (office, _("Say where to collect: a folder, a file, or --pack."));

  return collect (office, &choice, argv + 1);
}
