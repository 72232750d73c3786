/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-writer.h"

#include <jansson.h>
#include <string.h>

static void
assert_text (const DcJsonWriter *writer,
             const char         *expected)
{
  g_assert_false (dc_json_writer_failed (writer));
  g_assert_cmpmem (writer->data, writer->length, expected, strlen (expected));
}

static void
test_shapes (void)
{
  char data[256];
  DcJsonWriter writer;

  dc_json_writer_init (&writer, data, sizeof data);
  dc_json_open_object (&writer, NULL);
  dc_json_add_integer (&writer, "least", G_MININT64);
  dc_json_add_integer (&writer, "zero", 0);
  dc_json_open_object (&writer, "empty");
  dc_json_close_object (&writer);
  dc_json_open_array (&writer, "none");
  dc_json_close_array (&writer);
  dc_json_open_array (&writer, "two");
  dc_json_add_string (&writer, NULL, "{[");
  dc_json_open_object (&writer, NULL);
  dc_json_add_boolean (&writer, "yes", 5);
  dc_json_add_boolean (&writer, "no", FALSE);
  dc_json_close_object (&writer);
  dc_json_close_array (&writer);
  dc_json_add_string (&writer, "nothing", NULL);
  dc_json_add_hex (&writer, "hex", (const guint8 *) "\x00\xff\x1a", 3);
  dc_json_close_object (&writer);

  assert_text (&writer, "{\"least\":-9223372036854775808,\"zero\":0,\"empty\":{},\"none\":[],"
               "\"two\":[\"{[\",{\"yes\":true,\"no\":false}],\"nothing\":null,\"hex\":\"00ff1a\"}");
}

/* Writes @text as the value of "t", reads it with jansson, and gives back what
 * the file holds between the braces. */
static char *
written (const char *text)
{
  gsize size = 6 * strlen (text) + 16;
  g_autofree char *data = g_malloc (size);
  DcJsonWriter writer;
  json_t *root;

  dc_json_writer_init (&writer, data, size);
  dc_json_open_object (&writer, NULL);
  dc_json_add_string (&writer, "t", text);
  dc_json_close_object (&writer);
  g_assert_false (dc_json_writer_failed (&writer));

  root = json_loadb (data, writer.length, JSON_REJECT_DUPLICATES, NULL);
  g_assert_nonnull (root);
  g_assert_cmpstr (json_string_value (json_object_get (root, "t")), ==, text);
  json_decref (root);

  return g_strndup (data + strlen ("{\"t\":"), writer.length - strlen ("{\"t\":}"));
}

static void
test_escapes (void)
{
  const struct
  {
    const char *text;
    const char *json;
  } examples[] = {
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "\"", "\"\\\"\"" },
    { "\\", "\"\\\\\"" },
    { "\\\"\\", "\"\\\\\\\"\\\\\"" },
    { "a/b", "\"a/b\"" },
    { "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
    { "\001\037\177", "\"\\u0001\\u001f\177\"" },
    { "Zoë 🏠 李 \342\200\250", "\"Zoë 🏠 李 \342\200\250\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++) {
    g_autofree char *json = written (examples[i].text);

    g_assert_cmpstr (json, ==, examples[i].json);
  }
}

static void
test_every_character (void)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (gunichar c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 7) {
    if (c < 0xd800 || c > 0xdfff)
      g_string_append_unichar (all, c);
  }
  g_free (written (all->str));
}

static void
test_random_text (void)
{
  for (guint round = 0; round < 2000; round++) {
    char text[24];
    gsize length = (gsize) g_test_rand_int_range (0, sizeof text);

    for (gsize i = 0; i < length; i++)
      text[i] = (char) g_test_rand_int_range (1, 0x80);
    text[length] = '\0';
    g_free (written (text));
  }
}

static void
test_full (void)
{
  const char *whole = "{\"a\":\"\\u0001b\",\"c\":12}";

  for (gsize size = 0; size <= strlen (whole); size++) {
    g_autofree char *data = g_malloc (size + 1);
    DcJsonWriter writer;

    data[size] = '#';
    dc_json_writer_init (&writer, data, size);
    dc_json_open_object (&writer, NULL);
    dc_json_add_string (&writer, "a", "\001b");
    dc_json_add_integer (&writer, "c", 12);
    dc_json_close_object (&writer);
    g_assert_cmpint (dc_json_writer_failed (&writer), ==, size < strlen (whole));
    g_assert_cmpint (writer.full, ==, size < strlen (whole));
    g_assert_cmpuint (writer.length, <=, size);
    /* What would still have fitted behind is not there. */
    g_assert_cmpmem (data, writer.length, whole, writer.length);
    g_assert_cmpint (data[size], ==, '#');
  }
}

static void
test_not_utf8 (void)
{
  char data[64];
  DcJsonWriter writer;

  dc_json_writer_init (&writer, data, sizeof data);
  dc_json_open_object (&writer, NULL);
  dc_json_add_string (&writer, "good", "é");
  dc_json_add_string (&writer, "bad", "caf\351");
  dc_json_add_string (&writer, "worse", "\377");
  dc_json_close_object (&writer);
  g_assert_true (dc_json_writer_failed (&writer));
  g_assert_false (writer.full);
  g_assert_cmpstr (writer.malformed, ==, "bad");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/writes-every-shape", test_shapes);
  g_test_add_func ("/json-writer/escapes-what-must-be", test_escapes);
  g_test_add_func ("/json-writer/writes-every-character-as-another-parser-reads-it",
                   test_every_character);
  g_test_add_func ("/json-writer/writes-random-text-as-another-parser-reads-it", test_random_text);
  g_test_add_func ("/json-writer/stops-at-the-end-of-its-buffer", test_full);
  g_test_add_func ("/json-writer/remembers-what-is-not-utf-8", test_not_utf8);

  return g_test_run ();
}
