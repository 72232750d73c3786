/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line of byte strings: cut without a parser where it is exactly as this
 * program writes it, and read by the parser, to the same end, where it is not. */

#include "dc-json-parts.h"

#include <string.h>

static const char * const keys[] = { "first", "b", NULL };

static GBytes *
make_line (void)
{
  g_autoptr (GBytes) first = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) second = g_bytes_new_static ("\0\xff", 2);

  return dc_json_parts_to_line (keys, (GBytes *[]) { first, second });
}

static void
assert_parts (GBytes **parts)
{
  g_assert_cmpmem (g_bytes_get_data (parts[0], NULL), g_bytes_get_size (parts[0]), "one", 3);
  g_assert_cmpmem (g_bytes_get_data (parts[1], NULL), g_bytes_get_size (parts[1]), "\0\xff", 2);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&parts[i], g_bytes_unref);
}

static void
test_own_form (void)
{
  g_autoptr (GBytes) line = make_line ();
  gsize length;
  const char *text = g_bytes_get_data (line, &length);
  GBytes *parts[2] = { NULL };

  g_assert_cmpmem (text, length, "{\"first\":\"b25l\",\"b\":\"AP8=\"}\n", 28);
  g_assert_true (dc_json_parts_cut (text, length, keys, parts));
  assert_parts (parts);
  g_assert_true (dc_json_parts_cut (text, length - 1, keys, parts));   /* a last line may lack it */
  assert_parts (parts);
}

/* The same said in another way is for the parser. */
static void
test_other_forms (void)
{
  static const char * const lines[] = {
    " {\"first\":\"b25l\",\"b\":\"AP8=\"}\n",
    "{\"first\": \"b25l\",\"b\":\"AP8=\"}\n",
    "{\"first\":\"b25l\", \"b\":\"AP8=\"}\n",
    "{\"first\":\"b25l\",\"b\":\"AP8=\" }\n",
    "{\"b\":\"AP8=\",\"first\":\"b25l\"}\n",
    "{\"fir\\u0073t\":\"b25l\",\"b\":\"AP8=\"}\n",
    "{\"first\":\"b25\\u006c\",\"b\":\"AP8=\"}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    GBytes *parts[2] = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_json_parts_cut (lines[i], strlen (lines[i]), keys, parts));
    g_assert_true (parts[0] == NULL && parts[1] == NULL);
    g_assert_true (dc_json_parts_from_line ("line", lines[i], strlen (lines[i]), 100, keys, parts, &error));
    g_assert_no_error (error);
    assert_parts (parts);
  }
}

/* No way of reading takes it, and none leaves a part behind. */
static void
test_no_form (void)
{
  static const char * const lines[] = {
    "",
    "\n",
    "{}\n",
    "{\"first\":\"b25l\"}\n",
    "{\"first\":\"b25l\",\"b\":\"AP8=\"\n",
    "{\"first\":\"b25l\",\"b\":\"AP8=\"}}\n",
    "{\"first\":\"b25l\",\"b\":\"AP8=\",\"c\":\"AP8=\"}\n",
    "{\"first\":\"b25l\",\"b\":\"AP8\"}\n",
    "{\"first\":\"b25l\",\"b\":\"\"}\n",
    "{\"first\":\"b25l\",\"b\":\"AP8=}\n",
    "{\"first\":\"b25l\",\"B\":\"AP8=\"}\n",
    "{\"first\":\"b25l\",\"b\":\"AP8=\"}\n\n",
    "{\"first\";\"b25l\",\"b\":\"AP8=\"}\n",
    "[\"first\":\"b25l\",\"b\":\"AP8=\"}\n",
    "{'first\":\"b25l\",\"b\":\"AP8=\"}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    GBytes *parts[2] = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_json_parts_cut (lines[i], strlen (lines[i]), keys, parts));
    g_assert_false (dc_json_parts_from_line ("line", lines[i], strlen (lines[i]), 100, keys, parts, &error));
    g_assert_nonnull (error);
    g_assert_true (parts[0] == NULL && parts[1] == NULL);
  }
}

/* The end of the line is the end of what is read, whatever stands behind it. */
static void
test_cut_short (void)
{
  g_autoptr (GBytes) line = make_line ();
  gsize length;
  const char *text = g_bytes_get_data (line, &length);

  for (gsize n = 0; n < length - 1; n++) {
    g_autofree char *piece = g_memdup2 (text, n);   /* NULL where it is empty */
    GBytes *parts[2] = { NULL };

    g_assert_false (dc_json_parts_cut (piece != NULL ? piece : "", n, keys, parts));
    g_assert_true (parts[0] == NULL && parts[1] == NULL);
  }
}

/* Too long a line is too long in the form that this program writes, too. */
static void
test_too_long (void)
{
  g_autoptr (GBytes) line = make_line ();
  gsize length;
  const char *text = g_bytes_get_data (line, &length);
  GBytes *parts[2] = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_json_parts_from_line ("line", text, length, length, keys, parts, NULL));
  assert_parts (parts);
  g_assert_false (dc_json_parts_from_line ("line", text, length, length - 1, keys, parts, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-parts/cuts-what-it-writes", test_own_form);
  g_test_add_func ("/json-parts/parses-what-is-written-otherwise", test_other_forms);
  g_test_add_func ("/json-parts/refuses-what-is-neither", test_no_form);
  g_test_add_func ("/json-parts/reads-no-further-than-the-end", test_cut_short);
  g_test_add_func ("/json-parts/has-a-limit", test_too_long);

  return g_test_run ();
}
