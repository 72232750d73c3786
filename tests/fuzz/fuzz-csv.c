/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-csv-read.h"

/* A table that somebody filled in elsewhere: refused, or rows of one width, all
 * within the bounds. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = dc_csv_read ((const char *) data, size, &error);
  guint line = 0;

  g_assert_true ((rows == NULL) == (error != NULL));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const DcCsvRow *first = g_ptr_array_index (rows, 0);
    const DcCsvRow *row = g_ptr_array_index (rows, i);

    g_assert_cmpuint (row->line, >, line);
    line = row->line;
    g_assert_cmpuint (row->fields->len, ==, first->fields->len);
    g_assert_cmpuint (row->fields->len, <=, DC_CSV_MAX_COLUMNS);
    for (guint j = 0; j < row->fields->len; j++)
      g_assert_true (g_utf8_validate (g_ptr_array_index (row->fields, j), -1, NULL));
  }

  return 0;
}
