/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-pack-trust.h"
#include "dc-test.h"
#include "dc-test-pack.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* A live pack of one campaign, and the state directory of a tablet. */
typedef struct
{
  char *pack_dir;
  char *state_dir;
  char *path;
} Fixture;

static void
make_live (const char *dir,
           guint       serial)
{
  g_autofree char *demo = dc_test_replace (dc_test_campaign_text (), "Demo=true", "Demo=false");
  char *group = strstr (demo, "[Demo]");

  g_assert_nonnull (group);
  *group = '\0';
  dc_test_pack_write (dir, "campaign.ini", demo);
  dc_test_pack_sign (dir, "migrants-day", serial);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->pack_dir = dc_test_dir_new ();
  fixture->state_dir = dc_test_dir_new ();
  fixture->path = g_build_filename (fixture->state_dir, "packs.ini", NULL);
  dc_test_pack_new (fixture->pack_dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  dc_test_dir_remove (fixture->pack_dir);
  dc_test_dir_remove (fixture->state_dir);
  g_free (fixture->path);
}

static gboolean
trust (Fixture     *fixture,
       const char  *pack_dir,
       GError     **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (DcPack) pack = dc_pack_load (pack_dir, &load_error);

  g_assert_no_error (load_error);

  return dc_pack_trust (pack, fixture->path, error);
}

static void
assert_trusted (Fixture    *fixture,
                const char *pack_dir)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (trust (fixture, pack_dir, &error));
  g_assert_no_error (error);
}

static void
assert_untrusted (Fixture    *fixture,
                  const char *pack_dir,
                  const char *pattern)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (trust (fixture, pack_dir, &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_UNTRUSTED);
  if (!g_pattern_match_simple (pattern, error->message))
    g_test_message ("%s", error->message);
  g_assert_true (g_pattern_match_simple (pattern, error->message));
}

static void
test_first_decides (Fixture       *fixture,
                    gconstpointer  unused)
{
  GStatBuf status;

  make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  assert_trusted (fixture, fixture->pack_dir);

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_later_serial (Fixture       *fixture,
                   gconstpointer  unused)
{
  make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  make_live (fixture->pack_dir, 4);
  assert_trusted (fixture, fixture->pack_dir);
  make_live (fixture->pack_dir, 3);
  assert_untrusted (fixture, fixture->pack_dir, "manifest: serial: found “3”, expected 4 or later*");
}

static void
test_other_key (Fixture       *fixture,
                gconstpointer  unused)
{
  char *other = dc_test_dir_new ();

  dc_test_pack_new (other);
  make_live (other, 9);
  make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  assert_untrusted (fixture, other, "pack.pub: found “RW*”, expected the key*“RW*”");
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_dir_remove (other);
}

static void
test_demo (Fixture       *fixture,
           gconstpointer  unused)
{
  assert_trusted (fixture, fixture->pack_dir);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A file that somebody has touched trusts nobody, rather than anybody. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char * const texts[] = {
    "no key file",
    "[migrants-day]\nKey=RWQ\n",
    "[migrants-day]\nSerial=3\n",
    "[migrants-day]\nKey=RWQ\nSerial=many\n",
  };

  make_live (fixture->pack_dir, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
    assert_untrusted (fixture, fixture->pack_dir, "*packs.ini:*");
  }
}

static void
test_disk (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (fixture->state_dir, "none", "packs.ini", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = NULL;

  make_live (fixture->pack_dir, 3);
  pack = dc_pack_load (fixture->pack_dir, &error);
  g_assert_no_error (error);
  g_assert_false (dc_pack_trust (pack, nowhere, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/pack/trust/first-live-pack-decides", test_first_decides);
  ADD ("/pack/trust/takes-a-later-serial-and-no-earlier-one", test_later_serial);
  ADD ("/pack/trust/refuses-another-key-and-keeps-the-first", test_other_key);
  ADD ("/pack/trust/writes-nothing-down-for-a-demonstration", test_demo);
  ADD ("/pack/trust/a-damaged-file-trusts-nobody", test_damaged);
  ADD ("/pack/trust/fails-where-it-cannot-write", test_disk);
#undef ADD

  return g_test_run ();
}
