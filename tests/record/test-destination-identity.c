/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-identity.h"

#include <string.h>

#include "dc-record.h"

#define ID    "000102030405060708090a0b0c0d0e0f"
#define EPOCH "ffeeddccbbaa99887766554433221100"
#define GOOD  "{\"v\":1,\"id\":\"" ID "\",\"epoch\":\"" EPOCH "\"}\n"

static gboolean
read_text (const char  *text,
           DcId        *id,
           DcId        *epoch,
           GError     **error)
{
  return dc_destination_identity_from_line (text, strlen (text), id, epoch, error);
}

static void
test_written (void)
{
  DcId id;
  DcId epoch;
  g_autoptr (GBytes) line = NULL;

  g_assert_true (dc_id_from_text (ID, &id));
  g_assert_true (dc_id_from_text (EPOCH, &epoch));
  line = dc_destination_identity_to_line (&id, &epoch);
  g_assert_cmpmem (g_bytes_get_data (line, NULL), g_bytes_get_size (line), GOOD, strlen (GOOD));
}

/* As people may leave it who set a new epoch by hand. */
static void
test_read (void)
{
  static const char * const texts[] = {
    GOOD,
    "{\"v\":1,\"id\":\"" ID "\",\"epoch\":\"" EPOCH "\"}",
    " {\r\n  \"epoch\": \"" EPOCH "\",\r\n  \"v\": 1,\r\n  \"id\": \"" ID "\"\r\n}\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    DcId id = { { 0 } };
    DcId epoch = { { 0 } };
    char text[DC_ID_TEXT_SIZE];

    read_text (texts[i], &id, &epoch, &error);
    g_assert_no_error (error);
    dc_id_to_text (&id, text);
    g_assert_cmpstr (text, ==, ID);
    dc_id_to_text (&epoch, text);
    g_assert_cmpstr (text, ==, EPOCH);
  }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int         code;
    const char *message;
  } cases[] = {
    { "", DC_RECORD_ERROR_SYNTAX, "daily-cup.json: expected one JSON object with no key twice" },
    { "<!DOCTYPE html>", DC_RECORD_ERROR_SYNTAX, "daily-cup.json: expected one JSON object with no key twice" },
    { GOOD GOOD, DC_RECORD_ERROR_SYNTAX, "daily-cup.json: expected one JSON object with no key twice" },
    { "{\"v\":2}", DC_RECORD_ERROR_VERSION, "daily-cup.json: v: found 2, expected 1" },
    { "{\"id\":\"" ID "\",\"epoch\":\"" EPOCH "\"}", DC_RECORD_ERROR_FIELD, "daily-cup.json: v: expected an integer" },
    { "{\"v\":1,\"id\":\"" ID "\"}", DC_RECORD_ERROR_FIELD, "daily-cup.json: epoch: expected it to be there" },
    { "{\"v\":1,\"id\":\"" ID "\",\"epoch\":\"" EPOCH "\",\"x\":1}", DC_RECORD_ERROR_FIELD,
      "daily-cup.json: x: expected no such field" },
    { "{\"v\":1,\"id\":\"00\",\"epoch\":\"" EPOCH "\"}", DC_RECORD_ERROR_FIELD,
      "daily-cup.json: id: expected 32 lower-case hexadecimal digits" },
    { "{\"v\":1,\"id\":\"" ID "\",\"epoch\":\"FF" EPOCH "\"}", DC_RECORD_ERROR_FIELD,
      "daily-cup.json: epoch: expected 32 lower-case hexadecimal digits" },
  };
  static const DcId zero = { { 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    DcId id = zero;
    DcId epoch = zero;

    g_assert_false (read_text (cases[i].text, &id, &epoch, &error));
    g_assert_error (error, DC_RECORD_ERROR, cases[i].code);
    g_assert_cmpstr (error->message, ==, cases[i].message);
    g_assert_true (dc_id_equal (&id, &zero) && dc_id_equal (&epoch, &zero));
  }
}

static void
test_too_large (void)
{
  g_autofree char *padding = g_strnfill (DC_DESTINATION_IDENTITY_MAX_BYTES, ' ');
  g_autofree char *text = g_strconcat (GOOD, padding, NULL);
  g_autoptr (GError) error = NULL;
  DcId id;
  DcId epoch;

  g_assert_true (dc_destination_identity_from_line (text, DC_DESTINATION_IDENTITY_MAX_BYTES, &id, &epoch, NULL));
  g_assert_false (read_text (text, &id, &epoch, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/destination-identity/is-written-as-version-1-says", test_written);
  g_test_add_func ("/destination-identity/is-read-in-any-spelling", test_read);
  g_test_add_func ("/destination-identity/refuses-what-is-none", test_refused);
  g_test_add_func ("/destination-identity/refuses-too-much", test_too_large);

  return g_test_run ();
}
