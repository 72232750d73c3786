/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-printout.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "dc-printer.h"

const char * const dc_printout_help = N_("Print it there, instead of writing a file");

void
dc_printout_clear (DcPrintout *self)
{
  dc_output_clear (&self->output);
  g_clear_pointer (&self->printer, g_free);
}

const char *
dc_printout_refusal (const DcPrintout *self)
{
  if (self->printer != NULL && self->output.path != NULL)
    return _("Choose one of --printer and --output.");
  if (self->printer == NULL && dc_output_is_pipe (&self->output) && isatty (STDOUT_FILENO))
    return _("A PDF is not for a terminal: choose --printer or --output.");

  return NULL;
}

gboolean
dc_printout_write (const DcPrintout  *self,
                   GBytes            *pdf,
                   GError           **error)
{
  return self->printer != NULL ? dc_printer_print (self->printer, pdf, error)
                               : dc_output_write (&self->output, pdf, error);
}
