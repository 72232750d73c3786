/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-csv.h"

#include "dc-test.h"

static void
assert_field (const char *field,
              const char *written)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *row = g_strconcat (written, ",b\r\n", NULL);

  dc_csv_add_field (text, field);
  dc_csv_add_field (text, "b");
  dc_csv_end_row (text);
  g_assert_cmpstr (text->str, ==, row);
}

static void
test_plain (void)
{
  assert_field ("", "");
  assert_field ("Ana", "Ana");
  assert_field ("Rue de l’Hôpital 1", "Rue de l’Hôpital 1");
  assert_field ("it's", "it's");
}

static void
test_quotes (void)
{
  assert_field ("a,b", "\"a,b\"");
  assert_field ("a\"b", "\"a\"\"b\"");
  assert_field ("a\nb", "\"a\nb\"");
  assert_field ("a\rb", "\"a\rb\"");
  assert_field ("\"", "\"\"\"\"");
}

static void
test_formulas (void)
{
  assert_field ("=1+1", "'=1+1");
  assert_field ("+41 22", "'+41 22");
  assert_field ("-1", "'-1");
  assert_field ("@A1", "'@A1");
  assert_field ("\tA1", "'\tA1");
  assert_field ("\rA1", "\"'\rA1\"");
  assert_field ("=\"a\"", "\"'=\"\"a\"\"\"");
  assert_field ("\n=1", "\"'\n=1\"");
  assert_field ("＝1+1", "'＝1+1");
  assert_field ("＋1", "'＋1");
  assert_field ("－1", "'－1");
  assert_field ("＠A1", "'＠A1");
  assert_field ("a=1", "a=1");
}

static void
test_row_of_one (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  dc_csv_add_field (text, "");
  dc_csv_end_row (text);
  g_assert_cmpstr (text->str, ==, "\r\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/office/csv/leaves-a-plain-field-alone", test_plain);
  g_test_add_func ("/office/csv/quotes-what-would-break-a-row", test_quotes);
  g_test_add_func ("/office/csv/takes-the-life-out-of-a-formula", test_formulas);
  g_test_add_func ("/office/csv/ends-a-row-of-one-empty-field", test_row_of_one);

  return g_test_run ();
}
