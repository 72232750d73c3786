/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-csv-read.h"

#include <gio/gio.h>
#include <string.h>

#include "dc-test.h"

static GPtrArray *
read_table (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = dc_csv_read (text, strlen (text), &error);

  g_assert_no_error (error);

  return rows;
}

/* Fields joined by "|", rows by "/". */
static void
assert_rows (const char *text,
             const char *expected)
{
  g_autoptr (GPtrArray) rows = read_table (text);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const DcCsvRow *row = g_ptr_array_index (rows, i);

    for (guint j = 0; j < row->fields->len; j++)
      g_string_append_printf (joined, "%s%s", j > 0 ? "|" : i > 0 ? "/" : "",
                              (const char *) g_ptr_array_index (row->fields, j));
  }
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_rows (void)
{
  assert_rows ("a,b\nc,d\n", "a|b/c|d");
  assert_rows ("a,b\r\nc,d", "a|b/c|d");
  assert_rows ("a;b,c\nd;e", "a|b,c/d|e");
  assert_rows ("\xef\xbb\xbf" "a,b\n", "a|b");
  assert_rows ("a,b\n\n,\nc,d\n", "a|b/c|d");
  assert_rows ("", "");
  assert_rows ("a", "a");
  assert_rows ("a,\n,b\n", "a|/|b");
  assert_rows ("a\rb,c", "a\rb|c");
}

static void
test_quotes (void)
{
  assert_rows ("\"a\",b", "a|b");
  assert_rows ("\"a,b\";c", "a,b|c");
  assert_rows ("\"a\"\"b\",\"\"", "a\"b|");
  assert_rows ("\"a\nb\",c\nd,e", "a\nb|c/d|e");
  assert_rows ("\"a\"", "a");
  assert_rows ("\"a\"\r\nb", "a/b");
}

static void
test_lines (void)
{
  g_autoptr (GPtrArray) rows = read_table ("a\n\n\"b\nc\"\nd\n");
  static const guint lines[] = { 1, 3, 5 };

  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (((const DcCsvRow *) g_ptr_array_index (rows, i))->line, ==, lines[i]);
}

static void
assert_refused (const char *text,
                gsize       length,
                const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_csv_read (text, length, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==, message);
}

#define REFUSED(text, message) assert_refused (text, sizeof (text) - 1, message)

static void
test_refused (void)
{
  REFUSED ("a,b\nc", "line 2: found 1 fields, expected 2 as in the first line");
  REFUSED ("a,b\n\n\"c", "line 3: found a quote that is not closed");
  REFUSED ("a,b\n\"c\nd", "line 2: found a quote that is not closed");
  REFUSED ("a\n\"b\"c", "line 2: found a letter after a closing quote, expected the end of the field");
  REFUSED ("a\nb\"c", "line 2: found a quote within a field, expected it around all of it");
  REFUSED ("a\nb\xff", "line 2: found bytes that are not UTF-8 text; save the table as “CSV UTF-8”");
  REFUSED ("a\nb\0c", "line 2: found bytes that are not UTF-8 text; save the table as “CSV UTF-8”");
}

static void
test_bounds (void)
{
  g_autofree char *wide = g_strnfill (DC_CSV_MAX_COLUMNS, ',');
  g_autofree char *widest = g_strnfill (DC_CSV_MAX_COLUMNS - 1, ',');
  g_autofree char *large = g_strnfill (DC_CSV_MAX_BYTES + 1, 'a');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GPtrArray) most = NULL;
  g_autofree char *blank = g_strconcat (widest, "\n", NULL);

  assert_refused (wide, strlen (wide), "line 1: found more than 64 fields");
  assert_rows (blank, "");
  assert_refused (large, strlen (large), "found more than 4 MiB");
  for (guint i = 0; i <= DC_CSV_MAX_ROWS; i++)
    g_string_append (many, "a\n");
  most = read_table (many->str);
  g_assert_cmpuint (most->len, ==, DC_CSV_MAX_ROWS + 1);
  g_string_append (many, "a\n");
  assert_refused (many->str, many->len, "line 5002: found more than 5000 rows");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-read/rows", test_rows);
  g_test_add_func ("/csv-read/quoted-fields", test_quotes);
  g_test_add_func ("/csv-read/knows-the-line", test_lines);
  g_test_add_func ("/csv-read/refuses-by-the-line", test_refused);
  g_test_add_func ("/csv-read/is-bounded", test_bounds);

  return g_test_run ();
}
