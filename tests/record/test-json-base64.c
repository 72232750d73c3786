/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Against GLib's, which is lenient, and the examples of RFC 4648. */

#include <string.h>

#include "dc-json-base64.h"

static char *
encode (const void *data,
        gsize       size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  gsize length = dc_json_base64_length (size);
  char *text = g_malloc0 (length + 1);

  dc_json_base64_encode (bytes, text);

  return text;
}

static void
test_examples (void)
{
  static const char * const examples[][2] = {
    { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++) {
    g_autofree char *text = encode (examples[i][0], strlen (examples[i][0]));
    g_autoptr (GBytes) bytes = dc_json_base64_decode (text, strlen (text));
    gsize size;
    const char *data = g_bytes_get_data (bytes, &size);

    g_assert_cmpstr (text, ==, examples[i][1]);
    g_assert_cmpmem (data, size, examples[i][0], strlen (examples[i][0]));
  }
}

static void
test_lengths (void)
{
  guint8 data[300];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) g_test_rand_int ();
  for (gsize size = 1; size <= sizeof data; size++) {
    g_autofree char *text = encode (data, size);
    g_autofree char *expected = g_base64_encode (data, size);
    g_autoptr (GBytes) bytes = dc_json_base64_decode (text, strlen (text));
    gsize found;
    const char *again = g_bytes_get_data (bytes, &found);

    g_assert_cmpstr (text, ==, expected);
    g_assert_cmpmem (again, found, data, size);
  }
}

static void
test_refuses (void)
{
  static const char * const wrong[] = {
    "", "=", "==", "===", "====", "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm8", "Zm9=", "Z===", "=Zg=",
    "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm9v====", "Zm-_", "Zm9\xc3", "Z\xc3\xa9m", "Zm9vY===", "Zm=v", "Zm9vZm=v",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (dc_json_base64_decode (wrong[i], strlen (wrong[i])) != NULL)
      g_error ("“%s” is taken", wrong[i]);
}

/* Two texts never stand for the same bytes. */
static void
test_each_byte (void)
{
  static const char * const texts[] = { "Zm9vYmFy", "Zm9vYmE=", "Zm9vYg==" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    for (guint at = 0; at < 8; at++) {
      for (guint c = 0; c < 256; c++) {
        char changed[8];
        g_autoptr (GBytes) bytes = NULL;
        g_autofree char *again = NULL;

        memcpy (changed, texts[i], sizeof changed);
        changed[at] = (char) c;
        bytes = dc_json_base64_decode (changed, sizeof changed);
        if (bytes == NULL)
          continue;
        again = encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        g_assert_cmpmem (again, strlen (again), changed, sizeof changed);
      }
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-base64/is-that-of-rfc-4648", test_examples);
  g_test_add_func ("/json-base64/survives-at-each-length", test_lengths);
  g_test_add_func ("/json-base64/refuses-any-other-spelling", test_refuses);
  g_test_add_func ("/json-base64/has-one-text-for-the-same-bytes", test_each_byte);

  return g_test_run ();
}
