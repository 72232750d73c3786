/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-sheet.h"

#include <gio/gio.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-paper.h"
#include "dc-test.h"

#define IDENTITY "AGE-SECRET-KEY-1QQPQXPZRYT4D5HJ7E8GM0FCAQ9X2W3K6NUSLV0YTRE8WQASDFGHJKL2345"
#define RECIPIENT "age1yj2n2v90mwxyfp4l0u3298r3kumt3a0c5ula3wftg0ftqvkafe9qygeqlh"
#define WARNING "If the laptop and this paper are both lost, nobody can read the pledges still waiting. " \
  "We cannot help."

static const DcKeySheet sheet = {
  .organisation = "Association d’entraide",
  .campaign = "Journée des migrants",
  .date = "2026-11-25",
  .identity = IDENTITY,
  .recipient = RECIPIENT,
  .words = "village wide require uniform entry ski coffee trouble",
};

/* The standard output of a program that is given @input. */
static char *
pipe_through (GBytes              *input,
              const char * const  *argv,
              GBytes             **output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) out = NULL;
  gsize size;
  const char *data;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, input, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  data = g_bytes_get_data (out, &size);
  if (output != NULL)
    *output = g_bytes_ref (out);

  return g_strndup (size > 0 ? data : "", size);
}

static GBytes *
draw (const DcKeySheet *what)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = dc_key_sheet_draw (what, &error);

  g_assert_no_error (error);

  return pdf;
}

/* With every run of blanks as one. */
static char *
text_of (GBytes *pdf)
{
  static const char * const argv[] = { "pdftotext", "-", "-", NULL };
  g_autofree char *text = pipe_through (pdf, argv, NULL);
  g_autoptr (GRegex) blanks = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (blanks, text, -1, 0, " ", 0, NULL);
}

static void
test_groups (void)
{
  g_autofree char *groups = dc_key_sheet_groups (IDENTITY);
  g_autofree char *first = dc_key_sheet_first_group (IDENTITY);

  g_assert_cmpstr (first, ==, "QQPQ");
  g_assert_cmpstr (groups, ==,
                   "AGE-SECRET-KEY-1\n"
                   "QQPQ XPZR YT4D 5HJ7 E8GM\n"
                   "0FCA Q9X2 W3K6 NUSL V0YT\n"
                   "RE8W QASD FGHJ KL23 45");
}

static void
test_words (void)
{
  g_autoptr (GBytes) pdf = draw (&sheet);
  g_autofree char *text = text_of (pdf);

  g_assert_nonnull (strstr (text, WARNING));
  g_assert_cmpstr (dc_key_sheet_warning (), ==, WARNING);
  g_assert_nonnull (strstr (text, "Association d’entraide"));
  g_assert_nonnull (strstr (text, "Journée des migrants"));
  g_assert_nonnull (strstr (text, "Made on 2026-11-25."));
  g_assert_nonnull (strstr (text, sheet.words));
  g_assert_nonnull (strstr (text, RECIPIENT));
  g_assert_nonnull (strstr (text, "age -d -i spare.txt"));
  g_assert_nonnull (strstr (text, "AGE-SECRET-KEY-1 QQPQ XPZR YT4D 5HJ7 E8GM 0FCA Q9X2"));
}

/* As a cheap office printer prints it, and a phone reads it. */
static void
test_code (void)
{
  static const char * const to_picture[] = { "pdftoppm", "-r", "150", "-gray", "-", NULL };
  static const char * const to_text[] = { "zbarimg", "-q", "--raw", "-", NULL };
  g_autoptr (GBytes) pdf = draw (&sheet);
  g_autoptr (GBytes) picture = NULL;
  g_autofree char *raw = pipe_through (pdf, to_picture, &picture);
  g_autofree char *read = pipe_through (picture, to_text, NULL);

  g_assert_cmpstr (read, ==, IDENTITY "\n");
}

static void
test_one_page (void)
{
  static const char * const argv[] = { "pdfinfo", "-", NULL };
  g_autoptr (GBytes) pdf = draw (&sheet);
  g_autofree char *facts = pipe_through (pdf, argv, NULL);

  g_assert_nonnull (strstr (facts, "Pages:           1\n"));
  g_assert_nonnull (strstr (facts, "(A4)"));
}

static void
test_nameless (void)
{
  DcKeySheet nameless = sheet;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  nameless.organisation = NULL;
  nameless.campaign = NULL;
  pdf = draw (&nameless);
  text = text_of (pdf);
  g_assert_nonnull (strstr (text, WARNING));
  g_assert_null (strstr (text, "Association"));
}

static void
test_too_long (void)
{
  g_autofree char *name = g_strnfill (8000, 'm');
  DcKeySheet endless = sheet;
  g_autoptr (GError) error = NULL;

  endless.organisation = name;
  g_assert_null (dc_key_sheet_draw (&endless, &error));
  g_assert_error (error, DC_PRINT_ERROR, DC_PRINT_ERROR_TOO_LONG);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/print/key-sheet/sets-the-key-in-groups-of-four", test_groups);
  g_test_add_func ("/print/key-sheet/says-what-it-is-for-and-what-nobody-can-mend", test_words);
  g_test_add_func ("/print/key-sheet/has-a-code-that-reads-back", test_code);
  g_test_add_func ("/print/key-sheet/is-one-page", test_one_page);
  g_test_add_func ("/print/key-sheet/does-without-names", test_nameless);
  g_test_add_func ("/print/key-sheet/refuses-what-does-not-fit-on-the-page", test_too_long);

  return g_test_run ();
}
