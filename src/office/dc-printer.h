/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hands a PDF from memory to lp (1); what CUPS keeps of it, its own settings
 * decide. Blocks. DC_OFFICE_ERROR_PRINTER. */
gboolean dc_printer_print (const char  *printer,
                           GBytes      *pdf,
                           GError     **error);

G_END_DECLS
