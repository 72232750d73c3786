/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-passphrase.h"

#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-office.h"
#include "dc-wordlist.h"

static void
test_fit (void)
{
  static const char * const fit[] = { "correct horse battery", "1234567890abcdef", "élève où être çà" };
  static const char * const unfit[] = {
    "", "123456789012345", "aaaaaaaaaaaaaaaaaaaa", "abcdeabcdeabcdeabcde", "\xff\xff and not UTF-8",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fit); i++)
    g_assert_true (dc_passphrase_is_fit (fit[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (unfit); i++)
    g_assert_false (dc_passphrase_is_fit (unfit[i]));
}

static void
test_suggestions (void)
{
  for (guint i = 0; i < 1000; i++) {
    g_auto (DcSecretText) words = dc_wordlist_suggest (DC_PASSPHRASE_WORDS);

    g_assert_true (dc_passphrase_is_fit (words));
  }
}

/* A terminal whose passphrases are @text. */
static DcTerminal *
scripted (const char *text,
          gsize       length)
{
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], text, length), ==, (gssize) length);
  close (fds[1]);

  return dc_terminal_new (fds[0]);
}

static void
test_first_line (void)
{
  g_autoptr (DcTerminal) terminal = scripted ("the first line is it\nnot this\n", 30);
  g_autoptr (GError) error = NULL;
  g_auto (DcSecretText) first = dc_passphrase_choose (terminal, &error);
  g_auto (DcSecretText) again = dc_terminal_passphrase (terminal, "", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "the first line is it");
  g_assert_cmpstr (again, ==, "the first line is it");
}

static void
test_unended (void)
{
  g_autoptr (DcTerminal) terminal = scripted ("with no end of line", 19);
  g_auto (DcSecretText) text = dc_terminal_passphrase (terminal, "", NULL);

  g_assert_cmpstr (text, ==, "with no end of line");
}

static void
assert_refused (const char *text,
                gsize       length,
                int         code)
{
  g_autoptr (DcTerminal) terminal = scripted (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_passphrase_choose (terminal, &error));
  g_assert_error (error, DC_OFFICE_ERROR, code);
}

static void
test_refused (void)
{
  g_autofree char *endless = g_strnfill (5000, 'a');

  assert_refused ("", 0, DC_OFFICE_ERROR_TERMINAL);
  assert_refused ("\n", 1, DC_OFFICE_ERROR_PASSPHRASE);
  assert_refused ("too short\n", 10, DC_OFFICE_ERROR_PASSPHRASE);
  assert_refused ("a NUL \0 within it is not typed\n", 31, DC_OFFICE_ERROR_TERMINAL);
  assert_refused (endless, 5000, DC_OFFICE_ERROR_TERMINAL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/office/passphrase/tells-fit-from-unfit", test_fit);
  g_test_add_func ("/office/passphrase/suggests-only-fit-ones", test_suggestions);
  g_test_add_func ("/office/passphrase/takes-the-first-line-of-a-descriptor", test_first_line);
  g_test_add_func ("/office/passphrase/takes-a-line-that-nobody-ended", test_unended);
  g_test_add_func ("/office/passphrase/refuses-what-no-key-may-hang-on", test_refused);

  return g_test_run ();
}
