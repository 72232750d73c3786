/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-output.h"

G_BEGIN_DECLS

/**
 * DcPrintout:
 *
 * Where a command puts a PDF: a printer, or where any output goes. Its members
 * are filled by GOption from DC_PRINTOUT_ENTRIES.
 */
typedef struct
{
  DcOutput  output;
  char     *printer;    /* (owned) (nullable) */
} DcPrintout;

#define DC_PRINTOUT_ENTRIES(printout) \
  DC_OUTPUT_ENTRIES (&(printout)->output), \
  { "printer", 0, 0, G_OPTION_ARG_STRING, &(printout)->printer, dc_printout_help, N_("NAME") }

/* Of --printer; marked for translation. */
extern const char * const dc_printout_help;

void        dc_printout_clear   (DcPrintout        *self);
/* What is wrong with the choice, such as a PDF for a terminal; NULL: nothing.
 * (transfer none) */
const char *dc_printout_refusal (const DcPrintout  *self);
/* Blocks. As dc_output_write () or dc_printer_print (). */
gboolean    dc_printout_write   (const DcPrintout  *self,
                                 GBytes            *pdf,
                                 GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcPrintout, dc_printout_clear)

G_END_DECLS
