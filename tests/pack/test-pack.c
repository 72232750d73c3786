/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-demo-keys.h"
#include "dc-pack.h"
#include "dc-test.h"
#include "dc-test-pack.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A valid pack in a folder of its own, to be spoilt. */
typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  dc_test_pack_new (fixture->dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  dc_test_dir_remove (fixture->dir);
}

static DcPack *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DcPack *pack = dc_pack_load (fixture->dir, &error);

  g_assert_no_error (error);
  g_assert_true (DC_IS_PACK (pack));

  return pack;
}

/* @message is a pattern, since hashes differ from run to run. */
static void
assert_refused (Fixture    *fixture,
                int         code,
                const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_pack_load (fixture->dir, &error));
  g_assert_nonnull (error);
  if (!g_pattern_match_simple (message, error->message))
    g_error ("%s, expected %s", error->message, message);
  g_assert_error (error, DC_PACK_ERROR, code);
}

/* What a pack without this file is. */
static int
code_without (const char *name)
{
  return g_str_equal (name, "pack.pub") || g_str_equal (name, "manifest.minisig")
         ? DC_PACK_ERROR_UNSIGNED : DC_PACK_ERROR_MISSING;
}

static char *
read_file (Fixture    *fixture,
           const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
remove_file (Fixture    *fixture,
             const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
edit (Fixture    *fixture,
      const char *name,
      const char *from,
      const char *to)
{
  g_autofree char *before = read_file (fixture, name);
  g_autofree char *after = dc_test_replace (before, from, to);

  dc_test_pack_write (fixture->dir, name, after);
}

static void
sign (Fixture *fixture)
{
  dc_test_pack_sign (fixture->dir, "migrants-day", 2);
}

/* Demo=false, and no [Demo]. */
static void
make_live (Fixture *fixture)
{
  edit (fixture, "campaign.ini", "Demo=true", "Demo=false");
  edit (fixture, "campaign.ini", "[Demo]\nVolunteerPin=2468\nCoordinatorPin=135790\n", "");
  sign (fixture);
}

static void
test_load (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (DcPack) pack = load (fixture);
  g_autofree char *manifest = read_file (fixture, "manifest");
  g_autofree char *key = read_file (fixture, "pack.pub");
  g_autofree char *svg = read_file (fixture, "logo.svg");
  GBytes *logo = dc_pack_get_file (pack, "logo.svg");
  guint8 hash[32];

  dc_crypto_sha256 (manifest, strlen (manifest), hash);
  g_assert_cmpmem (dc_pack_get_hash (pack), 32, hash, sizeof hash);
  g_assert_cmpuint (dc_pack_get_serial (pack), ==, 1);
  g_assert_cmpstr (dc_campaign_get_id (dc_pack_get_campaign (pack)), ==, "migrants-day");
  g_assert_cmpuint (dc_age_recipients_count (dc_pack_get_recipients (pack)), ==, 2);
  g_assert_cmpmem (g_bytes_get_data (logo, NULL), g_bytes_get_size (logo), svg, strlen (svg));
  g_assert_nonnull (dc_pack_get_file (pack, "story-bridge.png"));
  g_assert_cmpuint (strlen (dc_pack_get_public_key (pack)), ==, 56);
  g_assert_nonnull (strstr (key, dc_pack_get_public_key (pack)));
}

static void
test_unlisted (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (DcPack) pack = NULL;

  dc_test_pack_write (fixture->dir, "notes.txt", "not signed");
  pack = load (fixture);
  g_assert_null (dc_pack_get_file (pack, "notes.txt"));
  g_assert_null (dc_pack_get_file (pack, "pack.pub"));
}

/* What was loaded does not change with the stick. */
static void
test_kept (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (DcPack) pack = load (fixture);
  g_autofree char *svg = read_file (fixture, "logo.svg");
  GBytes *logo;

  dc_test_pack_write (fixture->dir, "logo.svg", "altered");
  logo = dc_pack_get_file (pack, "logo.svg");
  g_assert_cmpmem (g_bytes_get_data (logo, NULL), g_bytes_get_size (logo), svg, strlen (svg));
}

static void
test_live (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (DcPack) pack = NULL;

  make_live (fixture);
  pack = load (fixture);
  g_assert_false (dc_campaign_is_demo (dc_pack_get_campaign (pack)));
  g_assert_cmpuint (dc_pack_get_serial (pack), ==, 2);
}

static void
test_altered (Fixture       *fixture,
              gconstpointer  unused)
{
  edit (fixture, "logo.svg", "\"4\"", "\"5\"");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE,
                  "logo.svg: found “SHA-256 *…”, expected SHA-256 *… as signed");
  dc_test_pack_write (fixture->dir, "logo.svg", "<svg/>");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE,
                  "logo.svg: found “6 bytes”, expected 63 bytes as signed");
  sign (fixture);
  g_object_unref (load (fixture));
}

static void
test_altered_texts (Fixture       *fixture,
                    gconstpointer  unused)
{
  edit (fixture, "campaign.ini", "Amount=20\n", "Amount=30\n");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "campaign.ini: found “SHA-256 *");
  edit (fixture, "campaign.ini", "Amount=30\n", "Amount=20\n");
  edit (fixture, "recipients.txt", "# spare", "# SPARE");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "recipients.txt: found “SHA-256 *");
}

static void
test_altered_manifest (Fixture       *fixture,
                       gconstpointer  unused)
{
  edit (fixture, "manifest", "serial 1\n", "serial 2\n");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "manifest.minisig: *");
}

static void
test_wrong_key (Fixture       *fixture,
                gconstpointer  unused)
{
  Fixture other;
  g_autofree char *key = NULL;

  set_up (&other, NULL);
  key = read_file (&other, "pack.pub");
  dc_test_pack_write (fixture->dir, "pack.pub", key);
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "manifest.minisig: *");
  dc_test_pack_write (fixture->dir, "pack.pub", "not a key\n");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "pack.pub: *");
  tear_down (&other, NULL);
}

static void
test_wrong_signature (Fixture       *fixture,
                      gconstpointer  unused)
{
  edit (fixture, "manifest.minisig", "trusted comment: timestamp", "trusted comment: Timestamp");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "manifest.minisig: *");
  dc_test_pack_write (fixture->dir, "manifest.minisig", "");
  assert_refused (fixture, DC_PACK_ERROR_SIGNATURE, "manifest.minisig: *");
}

/* A signature proves who wrote a manifest, not that it makes sense. */
static void
test_signed_nonsense (Fixture       *fixture,
                      gconstpointer  unused)
{
  dc_test_pack_write (fixture->dir, "manifest", "daily-cup pack 1\ncampaign migrants-day\nserial 0\n");
  dc_test_pack_sign_manifest (fixture->dir);
  assert_refused (fixture, DC_PACK_ERROR_MANIFEST, "manifest: line 3: found “serial 0”, expected *");
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char *names[] = {
    "story-cup.svg", "recipients.txt", "campaign.ini", "pack.pub", "manifest.minisig", "manifest",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *message = g_strdup_printf ("%s: found nothing, expected this file", names[i]);
    g_autofree char *text = read_file (fixture, names[i]);

    remove_file (fixture, names[i]);
    assert_refused (fixture, code_without (names[i]), message);
    dc_test_pack_write (fixture->dir, names[i], text);
    g_object_unref (load (fixture));
  }
}

static void
test_missing_in_manifest (Fixture       *fixture,
                          gconstpointer  unused)
{
  remove_file (fixture, "story-cup.svg");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_MISSING, "manifest: found nothing, expected story-cup.svg "
                  "in it: campaign.ini names this picture");
  remove_file (fixture, "recipients.txt");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_MISSING, "manifest: found nothing, expected recipients.txt "
                  "in it: who can open the pledges");
  remove_file (fixture, "campaign.ini");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_MISSING, "manifest: found nothing, expected campaign.ini "
                  "in it: the campaign");
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_pack_load ("/nonexistent/pack", &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_MISSING);
  g_assert_true (g_str_has_prefix (error->message, "/nonexistent/pack: found “"));
}

static void
test_link (Fixture       *fixture,
           gconstpointer  unused)
{
  static const char *names[] = { "logo.svg", "campaign.ini", "pack.pub", "manifest.minisig", "manifest" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *message =
      g_strdup_printf ("%s: found “symbolic link”, expected a regular file", names[i]);
    g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);
    g_autofree char *moved = g_build_filename (fixture->dir, "moved", NULL);

    g_assert_cmpint (g_rename (path, moved), ==, 0);
    g_assert_cmpint (symlink ("moved", path), ==, 0);
    assert_refused (fixture, code_without (names[i]), message);
    g_assert_cmpint (g_rename (moved, path), ==, 0);
  }
  g_object_unref (load (fixture));
}

/* A pipe that nobody writes to must not hold the program up. */
static void
test_not_a_file (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "logo.svg", NULL);

  remove_file (fixture, "logo.svg");
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (fixture, DC_PACK_ERROR_MISSING,
                  "logo.svg: found “folder or device”, expected a regular file");
  remove_file (fixture, "logo.svg");
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (fixture, DC_PACK_ERROR_MISSING,
                  "logo.svg: found “folder or device”, expected a regular file");
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autofree char *large = g_strnfill (4 * 1024 * 1024 + 1, ' ');

  dc_test_pack_write (fixture->dir, "logo.svg", large);
  assert_refused (fixture, DC_PACK_ERROR_TOO_LARGE,
                  "logo.svg: found “more”, expected at most 4194304 bytes");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_TOO_LARGE,
                  "manifest: line 5: found “4194305”, expected a file of at most 4194304 bytes");
  large[16 * 1024 + 1] = '\0';
  dc_test_pack_write (fixture->dir, "pack.pub", large);
  assert_refused (fixture, DC_PACK_ERROR_TOO_LARGE, "pack.pub: found “more”, expected at most 16384 bytes");
  dc_test_pack_write (fixture->dir, "manifest", large);
  assert_refused (fixture, DC_PACK_ERROR_TOO_LARGE, "manifest: found “more”, expected at most 16384 bytes");
}

static void
test_campaign (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  dc_test_pack_sign (fixture->dir, "other", 1);
  assert_refused (fixture, DC_PACK_ERROR_MANIFEST, "manifest: line 2: found “other”, "
                  "expected migrants-day as in campaign.ini: ?Campaign? Id");
  edit (fixture, "campaign.ini", "MinimumAge=18", "MinimumAge=8");
  sign (fixture);
  g_assert_null (dc_pack_load (fixture->dir, &error));
  g_assert_error (error, DC_CAMPAIGN_ERROR, DC_CAMPAIGN_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "campaign.ini: [Campaign] MinimumAge: found “8”, "
                   "expected a whole number from 13 to 99");
}

static void
test_recipients (Fixture       *fixture,
                 gconstpointer  unused)
{
  dc_test_pack_write (fixture->dir, "recipients.txt", "age1nonsense\n");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_RECIPIENTS, "recipients.txt: Line 1: *");
  dc_test_pack_write (fixture->dir, "recipients.txt", "");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_RECIPIENTS, "recipients.txt: *");
}

/* A demonstration may have one; a live pack needs the spare key too. */
static void
test_one_recipient (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autofree char *both = read_file (fixture, "recipients.txt");

  *strstr (both, "# spare") = '\0';
  dc_test_pack_write (fixture->dir, "recipients.txt", both);
  sign (fixture);
  g_object_unref (load (fixture));
  make_live (fixture);
  assert_refused (fixture, DC_PACK_ERROR_RECIPIENTS, "recipients.txt: found “1”, expected at least "
                  "two keys (desk and spare), where Demo=false");
}

static void
test_demo_recipients (Fixture       *fixture,
                      gconstpointer  desk)
{
  g_autofree char *both = read_file (fixture, "recipients.txt");
  g_autofree char *upper = g_ascii_strup (desk, -1);
  g_autofree char *three = g_strconcat (both, desk, "\n", NULL);
  g_autofree char *upper_three = g_strconcat (both, upper, "\n", NULL);
  g_autoptr (GError) error = NULL;

  dc_test_pack_write (fixture->dir, "recipients.txt", three);
  sign (fixture);
  g_object_unref (load (fixture));
  make_live (fixture);
  assert_refused (fixture, DC_PACK_ERROR_DEMO, "recipients.txt: found “a demonstration's key”, "
                  "expected only keys of your own, where Demo=false");
  dc_test_pack_write (fixture->dir, "recipients.txt", upper_three);
  sign (fixture);
  g_assert_null (dc_pack_load (fixture->dir, &error));
  g_assert_true (g_error_matches (error, DC_PACK_ERROR, DC_PACK_ERROR_DEMO) ||
                 g_error_matches (error, DC_PACK_ERROR, DC_PACK_ERROR_RECIPIENTS));
}

static char *
demo_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "campaigns", "migrants-day",
                                                 name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
test_demo_key (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autofree char *public_key = demo_file ("pack.pub");
  g_autofree char *secret_key = demo_file ("demo-keys/pack.key");

  dc_test_pack_write (fixture->dir, "pack.pub", public_key);
  dc_test_pack_write (fixture->dir, "keys/pack.key", secret_key);
  sign (fixture);
  g_object_unref (load (fixture));
  make_live (fixture);
  assert_refused (fixture, DC_PACK_ERROR_DEMO, "pack.pub: found “" DC_DEMO_PACK_KEY "”, expected "
                  "another than the demonstration's key, where Demo=false");
}

/* The constants are those of the pack that ships. */
static void
test_demo_constants (void)
{
  g_autofree char *public_key = demo_file ("pack.pub");
  g_autofree char *recipients = demo_file ("recipients.txt");
  g_autofree char *desk = demo_file ("demo-keys/desk.txt");
  g_autofree char *spare = demo_file ("demo-keys/spare.txt");

  g_assert_nonnull (strstr (public_key, "\n" DC_DEMO_PACK_KEY "\n"));
  g_assert_nonnull (strstr (recipients, "\n" DC_DEMO_DESK_RECIPIENT "\n"));
  g_assert_nonnull (strstr (recipients, "\n" DC_DEMO_SPARE_RECIPIENT "\n"));
  g_assert_nonnull (strstr (desk, DC_DEMO_DESK_RECIPIENT));
  g_assert_nonnull (strstr (spare, DC_DEMO_SPARE_RECIPIENT));
}

static void
test_shipped (void)
{
  g_autofree char *dir = g_test_build_filename (G_TEST_DIST, "..", "data", "campaigns",
                                                "migrants-day", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = dc_pack_load (dir, &error);
  DcCampaign *campaign;

  g_assert_no_error (error);
  campaign = dc_pack_get_campaign (pack);
  g_assert_true (dc_campaign_is_demo (campaign));
  g_assert_cmpstr (dc_pack_get_public_key (pack), ==, DC_DEMO_PACK_KEY);
  for (gsize i = 0; dc_campaign_get_languages (campaign)[i] != NULL; i++) {
    const char *language = dc_campaign_get_languages (campaign)[i];
    g_auto (GStrv) missing = dc_campaign_list_missing (campaign, language);

    g_assert_cmpuint (g_strv_length (missing), ==, 0);
  }
}

static void
test_pictures (Fixture       *fixture,
               gconstpointer  unused)
{
  dc_test_pack_write (fixture->dir, "story-bridge.png", "<svg/>");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_PICTURE, "story-bridge.png: found “<svg/>”, expected a PNG picture");
  dc_test_pack_write (fixture->dir, "logo.svg", "");
  sign (fixture);
  assert_refused (fixture, DC_PACK_ERROR_PICTURE, "logo.svg: found *, expected an SVG picture");
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/pack/load/gives-campaign-recipients-and-pictures", test_load);
  ADD ("/pack/load/ignores-what-the-manifest-does-not-list", test_unlisted);
  ADD ("/pack/load/keeps-what-it-verified", test_kept);
  ADD ("/pack/load/takes-a-live-pack-with-two-recipients", test_live);
  ADD ("/pack/refuses/altered-pictures", test_altered);
  ADD ("/pack/refuses/altered-texts", test_altered_texts);
  ADD ("/pack/refuses/an-altered-manifest", test_altered_manifest);
  ADD ("/pack/refuses/another-key", test_wrong_key);
  ADD ("/pack/refuses/an-altered-signature", test_wrong_signature);
  ADD ("/pack/refuses/a-signed-manifest-that-is-none", test_signed_nonsense);
  ADD ("/pack/refuses/missing-files", test_missing);
  ADD ("/pack/refuses/files-missing-in-the-manifest", test_missing_in_manifest);
  g_test_add_func ("/pack/refuses/a-folder-that-is-not-there", test_no_folder);
  ADD ("/pack/refuses/symbolic-links", test_link);
  ADD ("/pack/refuses/pipes-and-folders", test_not_a_file);
  ADD ("/pack/refuses/what-is-too-large", test_too_large);
  ADD ("/pack/refuses/another-or-a-wrong-campaign", test_campaign);
  ADD ("/pack/refuses/recipients-that-are-none", test_recipients);
  ADD ("/pack/refuses/a-live-pack-with-one-recipient", test_one_recipient);
  g_test_add ("/pack/refuses/a-live-pack-sealed-to-the-demo-desk", Fixture, DC_DEMO_DESK_RECIPIENT,
              set_up, test_demo_recipients, tear_down);
  g_test_add ("/pack/refuses/a-live-pack-sealed-to-the-demo-spare", Fixture, DC_DEMO_SPARE_RECIPIENT,
              set_up, test_demo_recipients, tear_down);
  ADD ("/pack/refuses/a-live-pack-signed-by-the-demo-key", test_demo_key);
  ADD ("/pack/refuses/pictures-that-are-none", test_pictures);
  g_test_add_func ("/pack/load/takes-the-pack-that-ships-and-misses-no-text", test_shipped);
  g_test_add_func ("/pack/demo-keys/are-those-of-the-pack-that-ships", test_demo_constants);

  return g_test_run ();
}
