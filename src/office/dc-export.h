/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-gathered.h"

G_BEGIN_DECLS

typedef enum
{
  DC_EXPORT_CSV,
  DC_EXPORT_JSON,
} DcExportFormat;

gboolean  dc_export_format_from_string (const char        *text,
                                        DcExportFormat    *format);
/* What was opened and is to be written out, in the order of queue and number.
 * CSV: a first row with the names of the columns. JSON: one array of the
 * objects that the tablets sealed, as FORMAT.md has them, each on a line of its
 * own. @duplicates: each is followed by possible_duplicate_of, an id or nothing
 * (dc_duplicates_find ()). The bytes are wiped when they go. (transfer full) */
GBytes   *dc_export_text               (DcGathered        *gathered,
                                        DcExportFormat     format,
                                        gboolean           duplicates);
/* The records of tablets that are not enrolled, as they came, a line each: a
 * journal. (transfer full) */
GBytes   *dc_export_strangers          (DcGathered        *gathered);

G_END_DECLS
