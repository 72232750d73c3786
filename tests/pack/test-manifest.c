/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-manifest.h"

#include <string.h>

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "daily-cup pack 1\ncampaign migrants-day\nserial 7\n"
#define LINE(size, name) HASH "  " size "  " name "\n"

static void
test_parse (void)
{
  static const char text[] = HEAD LINE ("0", "a") LINE ("4194304", "campaign.ini") LINE ("12", "logo.svg");
  g_autoptr (GError) error = NULL;
  DcManifest manifest;

  g_assert_true (dc_manifest_parse (&manifest, text, strlen (text), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (manifest.campaign, ==, "migrants-day");
  g_assert_cmpuint (manifest.serial, ==, 7);
  g_assert_cmpuint (manifest.n_files, ==, 3);
  g_assert_cmpuint (dc_manifest_find (&manifest, "campaign.ini")->size, ==, 4194304);
  g_assert_cmpuint (manifest.files[2].sha256[0], ==, 0x01);
  g_assert_cmpuint (manifest.files[2].sha256[31], ==, 0xef);
  g_assert_null (dc_manifest_find (&manifest, "logo"));
}

#define MAN DC_PACK_ERROR_MANIFEST
#define BIG DC_PACK_ERROR_TOO_LARGE
#define A_LINE "“SHA256HEX  SIZE  NAME”"
#define A_NAME "a file name of 1 to 64 of a-z, 0-9, ., _ and -"
#define A_SERIAL "“serial” and a number from 1 to 2147483647"

static const struct { const char *text; DcPackError code; const char *message; } refused[] = {
  { "", MAN, "manifest: found nothing, expected lines of text, the last one ended too" },
  { HEAD "x", MAN, "manifest: found nothing, expected lines of text, the last one ended too" },
  { "a\n", MAN, "manifest: found “a”, expected its format, campaign and serial" },
  { "daily-cup pack 2\na\nb\n", MAN, "manifest: line 1: found “daily-cup pack 2”, "
    "expected “daily-cup pack 1” (a later format needs a later Daily Cup)" },
  { "daily-cup pack 1\ncampaign A\nb\n", MAN, "manifest: line 2: found “campaign A”, "
    "expected “campaign” and 1 to 64 of a-z, 0-9 and -" },
  { "daily-cup pack 1\ncampaign \nb\n", MAN, "manifest: line 2: found “campaign ”, "
    "expected “campaign” and 1 to 64 of a-z, 0-9 and -" },
  { "daily-cup pack 1\ncampaign a\nserial 0\n", MAN, "manifest: line 3: found “serial 0”, expected " A_SERIAL },
  { "daily-cup pack 1\ncampaign a\nserial 01\n", MAN, "manifest: line 3: found “serial 01”, expected " A_SERIAL },
  { "daily-cup pack 1\ncampaign a\nserial -1\n", MAN, "manifest: line 3: found “serial -1”, expected " A_SERIAL },
  { "daily-cup pack 1\ncampaign a\nserial 2147483648\n", MAN,
    "manifest: line 3: found “serial 2147483648”, expected " A_SERIAL },
  { "daily-cup pack 1\ncampaign a\nserial 1\r\n", MAN, "manifest: line 3: found “serial 1?”, expected " A_SERIAL },
  { HEAD, MAN, "manifest: line 4: found nothing, expected at least one file" },
  { HEAD "\n", MAN, "manifest: line 4: found “”, expected " A_LINE },
  { HEAD "x  1  a\n", MAN, "manifest: line 4: found “x  1  a”, expected " A_LINE },
  { HEAD HASH " 1  a\n", MAN, "manifest: line 4: found “0123456789abcdef0123456789abcdef0123456789abcdef"
    "0123456789ab…”, expected " A_LINE },
  { HEAD "A123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  1  a\n", MAN,
    "manifest: line 4: found “A123456789abcdef0123456789abcdef0123456789abcdef0123456789ab…”, expected " A_LINE },
  { HEAD LINE ("01", "a"), MAN, "manifest: line 4: found “0123456789abcdef0123456789abcdef0123456789abcdef"
    "0123456789ab…”, expected " A_LINE },
  { HEAD LINE ("1", ""), MAN, "manifest: line 4: found “”, expected " A_NAME },
  { HEAD LINE ("1", "."), MAN, "manifest: line 4: found “.”, expected " A_NAME },
  { HEAD LINE ("1", "../a"), MAN, "manifest: line 4: found “../a”, expected " A_NAME },
  { HEAD LINE ("1", "a/b"), MAN, "manifest: line 4: found “a/b”, expected " A_NAME },
  { HEAD LINE ("1", ".a"), MAN, "manifest: line 4: found “.a”, expected " A_NAME },
  { HEAD LINE ("1", "A"), MAN, "manifest: line 4: found “A”, expected " A_NAME },
  { HEAD LINE ("1", "a  b"), MAN, "manifest: line 4: found “a  b”, expected " A_NAME },
  { HEAD LINE ("1", "pack.pub"), MAN, "manifest: line 4: found “pack.pub”, expected " A_NAME },
  { HEAD LINE ("1", "manifest"), MAN, "manifest: line 4: found “manifest”, expected " A_NAME },
  { HEAD LINE ("1", "manifest.minisig"), MAN, "manifest: line 4: found “manifest.minisig”, expected " A_NAME },
  { HEAD LINE ("4194305", "a"), BIG, "manifest: line 4: found “4194305”, expected a file of at most 4194304 bytes" },
  { HEAD LINE ("1", "b") LINE ("1", "a"), MAN, "manifest: line 5: found “a”, expected names sorted, and none twice" },
  { HEAD LINE ("1", "a") LINE ("1", "a"), MAN, "manifest: line 5: found “a”, expected names sorted, and none twice" },
  { HEAD LINE ("1", "a") "\n", MAN, "manifest: line 5: found “”, expected " A_LINE },
  { HEAD LINE ("4194304", "a") LINE ("4194304", "b") LINE ("4194304", "c") LINE ("4194304", "d") LINE ("1", "e"), BIG,
    "manifest: line 8: found “0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab…”, "
    "expected at most 16777216 bytes in all" },
};

static void
assert_refused (const char  *text,
                gsize        length,
                DcPackError  code,
                const char  *message)
{
  g_autoptr (GError) error = NULL;
  DcManifest manifest;

  g_assert_false (dc_manifest_parse (&manifest, text, length, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, DC_PACK_ERROR, (int) code);
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, strlen (refused[i].text), refused[i].code, refused[i].message);
}

static char *
manifest_of (guint n_files)
{
  g_autoptr (GString) text = g_string_new (HEAD);

  for (guint i = 0; i < n_files; i++)
    g_string_append_printf (text, HASH "  1  f%03u\n", i);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_bounds (void)
{
  g_autofree char *most = manifest_of (DC_MANIFEST_MAX_FILES);
  g_autofree char *more = manifest_of (DC_MANIFEST_MAX_FILES + 1);
  g_autofree char *name = g_strnfill (64, 'a');
  g_autofree char *longest = g_strconcat (HEAD HASH "  1  ", name, "\n", NULL);
  g_autofree char *too_long = g_strconcat (HEAD HASH "  1  ", name, "a\n", NULL);
  g_autofree char *huge = g_strnfill (DC_MANIFEST_MAX_BYTES + 1, '\n');
  DcManifest manifest;

  g_assert_true (dc_manifest_parse (&manifest, most, strlen (most), NULL));
  g_assert_cmpuint (manifest.n_files, ==, 64);
  assert_refused (more, strlen (more), DC_PACK_ERROR_TOO_LARGE,
                  "manifest: line 68: found “0123456789abcdef0123456789abcdef0123456789abcdef"
                  "0123456789ab…”, expected at most 64 files");
  g_assert_true (dc_manifest_parse (&manifest, longest, strlen (longest), NULL));
  g_assert_cmpstr (manifest.files[0].name, ==, name);
  g_assert_false (dc_manifest_parse (&manifest, too_long, strlen (too_long), NULL));
  assert_refused (huge, strlen (huge), DC_PACK_ERROR_TOO_LARGE,
                  "manifest: found “more”, expected at most 16384 bytes");
  assert_refused (HEAD "\0\n", strlen (HEAD) + 2, DC_PACK_ERROR_MANIFEST,
                  "manifest: found nothing, expected lines of text, the last one ended too");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/manifest/parse/reads-campaign-serial-and-files", test_parse);
  g_test_add_func ("/manifest/parse/names-line-found-and-expected", test_refused);
  g_test_add_func ("/manifest/parse/is-bounded", test_bounds);

  return g_test_run ();
}
