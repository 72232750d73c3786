/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-printer.h"

#include <gio/gio.h>
#include <signal.h>

#include "dc-office.h"

gboolean
dc_printer_print (const char  *printer,
                  GBytes      *pdf,
                  GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GSubprocess) lp = NULL;
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  struct sigaction before;

  /* A printer that is not there makes lp end before it has read everything. */
  sigaction (SIGPIPE, &ignore, &before);
  lp = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &local_error,
                         "lp", "-d", printer, "-t", "daily-cup", NULL);
  if (lp != NULL && g_subprocess_communicate (lp, pdf, NULL, NULL, NULL, &local_error))
    g_subprocess_wait_check (lp, NULL, &local_error);
  sigaction (SIGPIPE, &before, NULL);
  if (local_error == NULL)
    return TRUE;

  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_PRINTER,
               "%s: the sheet could not be printed: %s", printer, local_error->message);

  return FALSE;
}
