/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-header.h"

#include <string.h>

#include "dc-age-open.h"
#include "dc-age-passphrase.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

#define VERSION "age-encryption.org/v1\n"
#define BYTES32 "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
#define BYTES48 "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
#define SALT    "AgICAgICAgICAgICAgICAg"
#define MAC     "--- " BYTES32 "\n"
#define NONCE   "0123456789abcdef"
#define TAG     "0123456789abcdef"

typedef struct
{
  const char *text;
  const char *reason;
} Refused;

static DcAgeHeader *
parse (const char  *text,
       gsize        length,
       GError     **error)
{
  g_autofree guint8 *copy = g_memdup2 (text, length);

  return dc_age_header_parse (copy, length, error);
}

static void
assert_refused (const char *text,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeHeader) header = parse (text, strlen (text), &error);

  g_assert_null (header);
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HEADER);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\" of:\n%s", error->message, reason, text);
}

static void
test_reads_every_part (void)
{
  static const char text[] = VERSION "-> X25519 " BYTES32 "\n" BYTES32 "\n"
                             "-> Empty\n\n-> long a ~! b\n" BYTES48 "\n" BYTES48 "\nAQ\n"
                             "-> full\n" BYTES48 "\n\n" MAC NONCE "rest";
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeHeader) header = parse (text, strlen (text), &error);
  static const guint sizes[] = { 32, 0, 97, 48 };
  static const guint args[] = { 2, 1, 4, 1 };

  g_assert_no_error (error);
  g_assert_cmpuint (header->stanzas->len, ==, G_N_ELEMENTS (sizes));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    DcAgeStanza *stanza = g_ptr_array_index (header->stanzas, i);

    g_assert_cmpuint (g_strv_length (stanza->args), ==, args[i]);
    g_assert_cmpuint (stanza->body->len, ==, sizes[i]);
    for (guint j = 0; j < sizes[i]; j++)
      g_assert_cmpuint (stanza->body->data[j], ==, 1);
    g_assert_true (dc_age_stanza_is (stanza, stanza->args[0]));
    g_assert_false (dc_age_stanza_is (stanza, "x25519"));
  }
  g_assert_cmpuint (header->size, ==, strstr (text, NONCE) - text);
  g_assert_cmpuint (header->mac_end, ==, strstr (text, "---") + 3 - text);
  g_assert_cmpuint (header->mac[31], ==, 1);
}

static void
test_grammar (void)
{
  static const Refused refused[] = {
    { "", "line 1: not a file of age" },
    { "age-encryption.org/v2\n-> a\n\n" MAC NONCE, "line 1: not a file of age" },
    { "age-encryption.org/v1\r\n-> a\r\n\r\n" MAC NONCE, "line 1: not a file of age" },
    { "-----BEGIN AGE ENCRYPTED FILE-----\n", "line 1: not a file of age" },
    { VERSION, "line 2: the file ends" },
    { VERSION "-> a", "line 2: the file ends" },
    { VERSION "-> a\n", "line 3: the file ends" },
    { VERSION "-> a\n\n", "line 4: the file ends" },
    { VERSION MAC NONCE, "line 2: expected \"-> \"" },
    { VERSION "->\n\n" MAC NONCE, "line 2: expected \"-> \"" },
    { VERSION "->a\n\n" MAC NONCE, "line 2: expected \"-> \"" },
    { VERSION "> a\n\n" MAC NONCE, "line 2: expected \"-> \"" },
    { VERSION "-> \n\n" MAC NONCE, "line 2: a stanza without a kind" },
    { VERSION "->  a\n\n" MAC NONCE, "line 2: an argument that is empty" },
    { VERSION "-> a  b\n\n" MAC NONCE, "line 2: an argument that is empty" },
    { VERSION "-> a \n\n" MAC NONCE, "line 2: an argument that is empty" },
    { VERSION "-> a\tb\n\n" MAC NONCE, "line 2: a character" },
    { VERSION "-> \x7f\n\n" MAC NONCE, "line 2: a character" },
    { VERSION "-> \xc3\xa9\n\n" MAC NONCE, "line 2: a character" },
    { VERSION "-> a\r\n\n" MAC NONCE, "line 2: a character" },
    { VERSION "-> a\n" BYTES48 "\n" MAC NONCE, "line 4: not base64" },
    { VERSION "-> a\n" BYTES48 "A\n" MAC NONCE, "line 3: longer than 64 columns" },
    { VERSION "-> a\nAQ==\n" MAC NONCE, "line 3: not base64" },
    { VERSION "-> a\nAR\n" MAC NONCE, "line 3: not base64" },
    { VERSION "-> a\nA\n" MAC NONCE, "line 3: not base64" },
    { VERSION "-> a\nA\xd0\n" MAC NONCE, "line 3: not base64" },
    { VERSION "-> a\nAQ\r\n" MAC NONCE, "line 3: not base64" },
    { VERSION "-> a\nAQ\nAQ\n" MAC NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n---" BYTES32 "\n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n---  " BYTES32 "\n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n--- " BYTES32 " \n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n--- " BYTES32 "\r\n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n--- " BYTES32 "A\n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n--- AQ\n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n--- AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQF\n" NONCE, "line 4: expected \"--- \"" },
    { VERSION "-> a\nAQ\n" MAC "0123456789abcde", "line 4: the file ends behind it" },
    { VERSION "-> scrypt\n\n-> a\n\n" MAC NONCE, "a passphrase beside" },
    { VERSION "-> a\n\n-> scrypt\n\n" MAC NONCE, "a passphrase beside" },
    { VERSION "-> scrypt\n\n-> scrypt\n\n" MAC NONCE, "a passphrase beside" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, refused[i].reason);
}

static void
test_no_character_of_zero (void)
{
  static const char text[] = VERSION "-> a\0b\n\n" MAC NONCE;
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (text, sizeof text - 1, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HEADER);
  g_assert_null (dc_age_header_parse (NULL, 0, NULL));
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (VERSION);
  g_autoptr (DcAgeHeader) header = NULL;
  g_autoptr (GError) error = NULL;

  while (text->len < DC_AGE_MAX_HEADER - strlen (MAC) - strlen ("-> aaaaaaaa\n\n"))
    g_string_append (text, "-> a\n\n");
  g_string_append (text, "-> ");
  while (text->len < DC_AGE_MAX_HEADER - strlen (MAC) - strlen ("\n\n"))
    g_string_append_c (text, 'a');
  g_string_append (text, "\n\n" MAC NONCE TAG);
  header = parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (header->size, ==, DC_AGE_MAX_HEADER);

  g_string_insert (text, strlen (VERSION), "-> a\n\n");
  g_assert_null (parse (text->str, text->len, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE);
}

static void
assert_x25519_refused (const char  *stanza,
                       DcOpenError  code,
                       const char  *reason)
{
  g_autofree char *text = g_strconcat (VERSION, stanza, "\n" MAC NONCE TAG, NULL);
  g_autoptr (DcAgeIdentity) identity = dc_age_identity_generate ();
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_age_open ((guint8 *) text, strlen (text), &identity, 1, NULL, &error));
  g_assert_error (error, DC_OPEN_ERROR, (int) code);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

#define LOW_ORDER "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void
test_x25519_stanzas (void)
{
  static const Refused refused[] = {
    { "-> X25519\n" BYTES32, "stanza 1: expected one argument" },
    { "-> X25519 " BYTES32 " a\n" BYTES32, "stanza 1: expected one argument" },
    { "-> a\n\n-> X25519 AQ\n" BYTES32, "stanza 2: expected a share" },
    { "-> X25519 " BYTES48 "\n" BYTES32, "stanza 1: expected a share" },
    { "-> X25519 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQF\n" BYTES32, "stanza 1: expected a share" },
    { "-> X25519 " BYTES32 "\n", "stanza 1: expected a wrapped key" },
    { "-> X25519 " BYTES32 "\n" BYTES48 "\n", "stanza 1: expected a wrapped key" },
    { "-> X25519 " LOW_ORDER "\n" BYTES32, "low order" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_x25519_refused (refused[i].text, DC_OPEN_ERROR_HEADER, refused[i].reason);

  assert_x25519_refused ("-> x25519 " LOW_ORDER "\n" BYTES32, DC_OPEN_ERROR_NO_MATCH, "other keys");
  assert_x25519_refused ("-> X25519 " BYTES32 "\n" BYTES32, DC_OPEN_ERROR_NO_MATCH, "other keys");
  assert_x25519_refused ("-> scrypt " SALT " 1\n" BYTES32, DC_OPEN_ERROR_NO_MATCH, "with a passphrase");
}

static void
assert_scrypt_refused (const char  *stanza,
                       DcOpenError  code,
                       const char  *reason)
{
  g_autofree char *text = g_strconcat (VERSION, stanza, "\n" MAC NONCE TAG, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_age_passphrase_open ((guint8 *) text, strlen (text), "secret", &error));
  g_assert_error (error, DC_OPEN_ERROR, (int) code);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

static void
test_scrypt_stanzas (void)
{
  static const char * const factors[] = { "0", "01", "1x", "x", "+1", "-1", "0x1", "1.0", "1000", "18446744073709551617" };
  static const char * const costly[] = { "21", "22", "99", "999" };
  static const Refused refused[] = {
    { "-> scrypt\n" BYTES32, "expected a salt and a work factor" },
    { "-> scrypt " SALT "\n" BYTES32, "expected a salt and a work factor" },
    { "-> scrypt " SALT " 1 1\n" BYTES32, "expected a salt and a work factor" },
    { "-> scrypt AQ 1\n" BYTES32, "expected a salt of 16 bytes" },
    { "-> scrypt AgICAgICAgICAgICAgICAh 1\n" BYTES32, "expected a salt of 16 bytes" },
    { "-> scrypt " SALT " 1\n", "expected a wrapped key" },
    { "-> scrypt " SALT " 1\n" BYTES48 "\n", "expected a wrapped key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_scrypt_refused (refused[i].text, DC_OPEN_ERROR_HEADER, refused[i].reason);
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
    g_autofree char *stanza = g_strconcat ("-> scrypt " SALT " ", factors[i], "\n" BYTES32, NULL);

    assert_scrypt_refused (stanza, DC_OPEN_ERROR_HEADER, "the work factor is no number");
  }
  for (guint i = 0; i < G_N_ELEMENTS (costly); i++) {
    g_autofree char *stanza = g_strconcat ("-> scrypt " SALT " ", costly[i], "\n" BYTES32, NULL);

    assert_scrypt_refused (stanza, DC_OPEN_ERROR_HEADER, "too much memory and time");
  }

  assert_scrypt_refused ("-> scrypt " SALT " 10\n" BYTES32, DC_OPEN_ERROR_PASSPHRASE, "Another passphrase");
  assert_scrypt_refused ("-> Scrypt " SALT " 10\n" BYTES32, DC_OPEN_ERROR_NO_MATCH, "Sealed for a key");
  assert_scrypt_refused ("-> X25519 " BYTES32 "\n" BYTES32, DC_OPEN_ERROR_NO_MATCH, "Sealed for a key");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/age-header/reads-every-part", test_reads_every_part);
  g_test_add_func ("/open/age-header/refuses-each-departure-from-the-grammar", test_grammar);
  g_test_add_func ("/open/age-header/refuses-a-character-of-zero", test_no_character_of_zero);
  g_test_add_func ("/open/age-header/refuses-headers-over-64-kib", test_bounds);
  g_test_add_func ("/open/age-header/refuses-malformed-x25519-stanzas", test_x25519_stanzas);
  g_test_add_func ("/open/age-header/refuses-malformed-scrypt-stanzas", test_scrypt_stanzas);

  return g_test_run ();
}
