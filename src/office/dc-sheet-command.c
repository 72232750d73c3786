/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-day-count.h"
#include "dc-key-set.h"
#include "dc-printout.h"

typedef struct
{
  DcPrintout  printout;
  char       *tablet;
  char       *campaign;
} Options;

static void
options_clear (Options *self)
{
  dc_printout_clear (&self->printout);
  g_clear_pointer (&self->tablet, g_free);
  g_clear_pointer (&self->campaign, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* FALSE: it needs a person. */
static gboolean
tell_sheet (const DcDaySheet *sheet)
{
  gint64 missing = dc_day_sheet_missing (sheet);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, missing);

  if (missing == 0)
    return TRUE;
  /* Translators: %1$s is the name of a tablet, %2$s a number of records, from 1 */
  g_printerr (_("Records that left the tablet “%1$s” and are not here: %2$s. Collect again."), sheet->tablet, number);
  g_printerr ("\n");

  return FALSE;
}

static DcExit
tell_all (const DcDayCount *count)
{
  gboolean good = count->silent->len == 0;

  for (guint i = 0; i < count->sheets->len; i++)
    good &= tell_sheet (g_ptr_array_index (count->sheets, i));
  for (guint i = 0; i < count->silent->len; i++) {
    /* Translators: %s is the name of a tablet */
    g_printerr (_("The tablet “%s” left no statement that was collected; it has no sheet."),
                (const char *) g_ptr_array_index (count->silent, i));
    g_printerr ("\n");
  }
  g_printerr ("%s %u\n", _("Sheets:"), count->sheets->len);

  return good ? DC_EXIT_OK : DC_EXIT_ATTENTION;
}

static int
make_sheets (DcOffice      *office,
             const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *today = dc_key_set_today ();
  g_autoptr (DcLedger) ledger = NULL;
  g_autoptr (DcDayCount) count = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (!dc_output_check (&options->printout.output, &error)
      || (ledger = dc_ledger_open (office->folder, &error)) == NULL
      || (count = dc_day_count_new (ledger, options->tablet, options->campaign, today, &error)) == NULL)
    return dc_office_fail (office, error);
  if (count->sheets->len == 0) {
    tell_all (count);
    g_printerr ("%s\n", _("The ledger has no statement of such a tablet: collect first."));
    return DC_EXIT_FAILED;
  }
  pdf = dc_day_sheet_draw (count->sheets, &error);
  if (pdf == NULL || !dc_printout_write (&options->printout, pdf, &error))
    return dc_office_fail (office, error);

  return tell_all (count);
}

int
dc_sheet_command_run (DcOffice  *office,
                      int        argc,
                      char     **argv)
{
  g_auto (Options) options = { .tablet = NULL };
  const GOptionEntry entries[] = {
    DC_PRINTOUT_ENTRIES (&options.printout),
    { "tablet", 0, 0, G_OPTION_ARG_STRING, &options.tablet, N_("Only the tablet of this name"), N_("NAME") },
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &options.campaign, N_("Only promises to this appeal"), "ID" },
    { NULL }
  };
  const char *refusal;

  if (!dc_office_parse (office, entries, 0, 0, &argc, &argv))
    return DC_EXIT_USAGE;
  refusal = dc_printout_refusal (&options.printout);
  if (refusal != NULL)
    return dc_office_refuse (office, refusal);

  return make_sheets (office, &options);
}
