/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is read of a table (RFC 4180), so that a file that was sent here by
 * mistake is refused and not kept in memory. */
#define DC_CSV_MAX_BYTES   (4 * 1024 * 1024)
#define DC_CSV_MAX_ROWS    5000
#define DC_CSV_MAX_COLUMNS 64

/* One row, its texts owned and wiped with it. */
typedef struct
{
  guint      line;     /* of the file, on which it begins, from 1 */
  GPtrArray *fields;   /* (owned) (element-type utf8) */
} DcCsvRow;

/* Rows of comma- or semicolon-separated values, as spreadsheets write them: the
 * first separator in the first row is that of all. UTF-8, with or without a byte
 * order mark; lines end with LF or CR LF; rows of nothing are passed over. The
 * same number of fields in each row. G_IO_ERROR_INVALID_DATA: "line 3: found …,
 * expected …". (transfer full) (element-type DcCsvRow) */
GPtrArray *dc_csv_read (const char  *text,
                        gsize        length,
                        GError     **error);

G_END_DECLS
