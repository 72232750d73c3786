/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include "dc-report.h"

#include <glib/gi18n-lib.h>

int
dc_campaign_check_run (DcOffice  *office,
                       int        argc,
                       char     **argv)
{
  g_autofree char *previous = NULL;
  g_autoptr (DcPackReport) report = NULL;
  const GOptionEntry entries[] = {
    { "previous", 0, 0, G_OPTION_ARG_FILENAME, &previous,
      N_("The pack that the tablets have now, to see whether they take this one"), N_("PACK") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;

  report = dc_pack_check (argv[1]);
  dc_pack_check_signature (report, argv[1]);
  if (previous != NULL)
    dc_pack_check_previous (report, argv[1], previous);
  dc_report_print (report);

  return report->findings->len > 0 ? DC_EXIT_ATTENTION : DC_EXIT_OK;
}
