/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-key-sheet.h"
#include "dc-terminal.h"

G_BEGIN_DECLS

/**
 * DcSpareWay:
 * @printer: (nullable) the name of a printer of CUPS
 * @sheet: (nullable) where the PDF goes, "-": the standard output
 *
 * How a spare key gets onto paper; with neither it is shown on the terminal.
 */
typedef struct
{
  char *printer;
  char *sheet;
} DcSpareWay;

/* Hands the key over and asks for its first group, until it is typed as it
 * stands on the paper, at most five times. The key is in no file but
 * @way->sheet, which is removed where this fails. DC_OFFICE_ERROR_REFUSED,
 * _PRINTER, _THERE, _INTERRUPTED, _TERMINAL; DC_PRINT_ERROR; G_FILE_ERROR. */
gboolean dc_spare_sheet_hand_over (DcTerminal        *terminal,
                                   const DcKeySheet  *sheet,
                                   const DcSpareWay  *way,
                                   GError           **error);

G_END_DECLS
