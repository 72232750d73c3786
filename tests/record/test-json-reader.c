/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each kind of field, asked for where there is another or none: an error that
 * names the field and says what was expected. */

#include "dc-json-nested.h"
#include "dc-json-reader.h"
#include "dc-record.h"

#include <string.h>

/* A field of each kind, by its name. */
#define FIELDS \
  "{\"object\": {\"in\": 1}, \"list\": [{\"in\": 2}, 3], \"true\": true, \"false\": false, " \
  "\"zero\": 0, \"seven\": 7, \"eight\": 8, \"below\": -1, \"real\": 7.0, \"text\": \"abc\", " \
  "\"hex\": \"00ff\", \"upper\": \"00FF\", \"null\": null}"

static DcJsonReader *
read_fields (void)
{
  g_autoptr (GError) error = NULL;
  DcJsonReader *reader = dc_json_reader_new ("fields", FIELDS, strlen (FIELDS), 4096, &error);

  g_assert_no_error (error);

  return reader;
}

typedef gboolean (*Read) (DcJsonReader  *reader,
                          const char    *key,
                          GError       **error);

static gboolean
read_object (DcJsonReader  *reader,
             const char    *key,
             GError       **error)
{
  g_autoptr (DcJsonReader) inside = dc_json_read_object (reader, key, error);

  return inside != NULL;
}

static gboolean
read_list (DcJsonReader  *reader,
           const char    *key,
           GError       **error)
{
  guint length = 0;
  gboolean done = dc_json_read_list (reader, key, &length, error);

  g_assert_cmpuint (length, ==, done ? 2 : 0);

  return done;
}

static gboolean
read_item (DcJsonReader  *reader,
           const char    *key,
           GError       **error)
{
  g_autoptr (DcJsonReader) inside = dc_json_read_item (reader, key, 0, error);
  gint64 value = 0;

  if (inside != NULL)
    g_assert_true (dc_json_read_integer (inside, "in", &value, NULL));
  g_assert_cmpint (value, ==, inside != NULL ? 2 : 0);

  return inside != NULL;
}

static gboolean
read_boolean (DcJsonReader  *reader,
              const char    *key,
              GError       **error)
{
  gboolean value = -1;
  gboolean done = dc_json_read_boolean (reader, key, &value, error);

  g_assert_cmpint (value, ==, done ? g_str_equal (key, "true") : -1);

  return done;
}

static gboolean
read_count (DcJsonReader  *reader,
            const char    *key,
            GError       **error)
{
  guint value = 99;
  gboolean done = dc_json_read_count (reader, key, 7, &value, error);

  if (done)
    g_assert_cmpuint (value, ==, g_str_equal (key, "seven") ? 7 : 0);

  return done;
}

static gboolean
read_integer (DcJsonReader  *reader,
              const char    *key,
              GError       **error)
{
  gint64 value = 99;

  return dc_json_read_integer (reader, key, &value, error);
}

static gboolean
peek_string (DcJsonReader  *reader,
             const char    *key,
             GError       **error)
{
  const char *text = "unset";
  gboolean done = dc_json_peek_string (reader, key, &text, error);

  if (done && g_str_equal (key, "null"))
    g_assert_null (text);

  return done;
}

static gboolean
read_string (DcJsonReader  *reader,
             const char    *key,
             GError       **error)
{
  char text[sizeof "abcd"];

  return dc_json_read_string (reader, key, text, sizeof text, error);
}

static gboolean
read_hex (DcJsonReader  *reader,
          const char    *key,
          GError       **error)
{
  guint8 bytes[2];

  return dc_json_read_hex (reader, key, bytes, sizeof bytes, error);
}

static const struct
{
  Read        read;
  const char *taken;      /* the fields, each between two spaces */
  const char *expected;   /* in the error of all others */
} kinds[] = {
  { read_object, " object ", "an object" },
  { read_list, " list ", "a list" },
  { read_item, " list ", "a list of objects" },
  { read_boolean, " true false ", "true or false" },
  { read_count, " zero seven ", "an integer from 0 to 7" },
  { read_integer, " zero seven eight below ", "an integer" },
  { read_string, " text hex upper ", "a string" },
  { peek_string, " text hex upper null ", "a string or null" },
  { read_hex, " hex ", "" },
};

static void
test_kinds (void)
{
  static const char * const keys[] = {
    "object", "list", "true", "false", "zero", "seven", "eight", "below", "real", "text", "hex",
    "upper", "null", "missing",
  };
  g_autoptr (DcJsonReader) reader = read_fields ();

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
      g_autofree char *word = g_strdup_printf (" %s ", keys[i]);
      g_autofree char *begins = g_strdup_printf ("fields: %s: expected ", keys[i]);
      gboolean taken = strstr (kinds[kind].taken, word) != NULL;
      g_autoptr (GError) error = NULL;

      if (kinds[kind].read (reader, keys[i], &error) != taken)
        g_error ("kind %u, %s", kind, keys[i]);
      if (taken)
        continue;
      g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
      g_assert_true (g_str_has_prefix (error->message, begins));
      g_assert_nonnull (strstr (error->message, kinds[kind].expected));
    }
  }
}

static void
test_null (void)
{
  g_autoptr (DcJsonReader) reader = read_fields ();

  g_assert_true (dc_json_is_null (reader, "null"));
  g_assert_false (dc_json_is_null (reader, "false"));
  g_assert_false (dc_json_is_null (reader, "missing"));
}

/* Where it lies is said from the outside in, counted from 1. */
static void
test_inside (void)
{
  g_autoptr (DcJsonReader) reader = read_fields ();
  g_autoptr (DcJsonReader) object = dc_json_read_object (reader, "object", NULL);
  g_autoptr (DcJsonReader) item = dc_json_read_item (reader, "list", 0, NULL);
  gboolean value;

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_json_read_boolean (i == 0 ? object : item, "in", &value, &error));
    g_assert_cmpstr (error->message, ==,
                     i == 0 ? "fields: object: in: expected true or false"
                            : "fields: list 1: in: expected true or false");
  }

  g_assert_null (dc_json_read_item (reader, "list", 1, NULL));   /* a number */
  g_assert_null (dc_json_read_item (reader, "list", 2, NULL));   /* behind the last */
}

/* Whether with the string lifted out or without: the same is taken, and read. */
static void
test_lifted (void)
{
  static const struct { const char *json; const char *content; } inputs[] = {
    { "{\"n\":1,\"content\":\"Zm9vYmFy\"}", "foobar" },
    { "{\"content\":\"Zm9vYmFy\",\"n\":1}", "foobar" },
    { "{ \"content\" : \"Zm9vYmFy\" , \"n\" : 1 }", "foobar" },
    { "{\"n\":1,\"content\":\"Zm9vYm\\u0046y\"}", "foobar" },      /* F, escaped */
    { "{\"n\":1,\"text\":\"\\\"content\\\":\\\"Zm9v\\\"\",\"content\":\"Zm9vYmFy\"}", "foobar" },
    { "{\"n\":1,\"object\":{\"content\":\"Zm9v\"},\"content\":\"Zm9vYmFy\"}", "foobar" },
    { "{\"n\":1,\"object\":{\"content\":\"Zm9v\"},\"content\":\"\"}", NULL },
    { "{\"n\":1,\"content\":\"\"}", NULL },
    { "{\"n\":1,\"content\":\"Zm9\"}", NULL },
    { "{\"n\":1,\"content\":null}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DcJsonReader) reader = dc_json_reader_new_with ("fields", inputs[i].json,
                                                               strlen (inputs[i].json), 4096,
                                                               "content", &error);
    g_autoptr (GBytes) content = NULL;
    gint64 n = 0;

    g_assert_no_error (error);
    g_assert_true (dc_json_read_integer (reader, "n", &n, NULL));
    g_assert_cmpint (n, ==, 1);
    content = dc_json_read_base64 (reader, "content", &error);
    if (inputs[i].content != NULL)
      g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                       inputs[i].content, strlen (inputs[i].content));
    else
      g_assert_cmpstr (error->message, ==,
                       "fields: content: expected standard base64 with padding");
  }
}

static void
test_lifted_from_what_is_no_object (void)
{
  static const char * const inputs[] = {
    "\"content\":\"Zm9v\"", "{\"content\":\"Zm9v\"", "{\"content\":\"Zm9v", "{\"content\":\"",
    "{\"content\":\"Zm9v\"}}", "{\"content\":\"Zm9v\",\"content\":\"Zm9v\"}", "[{\"content\":\"Zm9v\"}]",
    "{\"content\":\"Zm9v\"\"\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_json_reader_new_with ("fields", inputs[i], strlen (inputs[i]), 4096, "content",
                                            &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX);
    g_clear_error (&error);
    g_assert_null (dc_json_reader_new_with ("fields", inputs[i], strlen (inputs[i]), 5, "content",
                                            &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-reader/takes-each-field-for-what-it-is", test_kinds);
  g_test_add_func ("/json-reader/knows-null-from-nothing", test_null);
  g_test_add_func ("/json-reader/reads-a-long-string-beside-the-parser-as-with-it", test_lifted);
  g_test_add_func ("/json-reader/refuses-beside-the-parser-what-it-refuses",
                   test_lifted_from_what_is_no_object);
  g_test_add_func ("/json-reader/says-where-it-lies", test_inside);

  return g_test_run ();
}
