/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-pack-trust.h"
#include "dc-test.h"
#include "dc-test-pack.h"
#include "dc-wordlist.h"

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
assert_refused (Fixture    *fixture,
                const char *pack_dir,
                int         code,
                const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_file_get_contents (fixture->path, &before, NULL, NULL);
  g_assert_false (trust (fixture, pack_dir, &error));
  g_assert_error (error, DC_PACK_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
  g_file_get_contents (fixture->path, &after, NULL, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* The eight words that two people compare. */
static char *
words_of (const char *key)
{
  return dc_fingerprint (DC_FINGERPRINT_PACK_KEY, key, strlen (key));
}

/* The pack, signed with @serial, names the key that it will be signed by. */
static void
name_next (Fixture *fixture,
           guint    serial)
{
  g_autofree char *next = dc_test_pack_make_next_key (fixture->pack_dir);
  g_autofree char *keys = g_strdup_printf ("[Keys]\nNext=%s\n", next);

  dc_test_pack_write (fixture->pack_dir, "keys.ini", keys);
  dc_test_pack_make_live (fixture->pack_dir, serial);
}

/* It is signed with @serial by the key made for that, and names none. */
static void
take_next (Fixture *fixture,
           guint    serial)
{
  dc_test_pack_take_next_key (fixture->pack_dir);
  dc_test_pack_write (fixture->pack_dir, "keys.ini", "[Keys]\n");
  dc_test_pack_make_live (fixture->pack_dir, serial);
}

static void
test_first_decides (Fixture       *fixture,
                    gconstpointer  unused)
{
  GStatBuf status;

  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  assert_trusted (fixture, fixture->pack_dir);

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_later_serial (Fixture       *fixture,
                   gconstpointer  unused)
{
  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_make_live (fixture->pack_dir, 4);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_refused (fixture, fixture->pack_dir, DC_PACK_ERROR_OLDER,
                  "manifest: serial: found “3”, expected 4 or later: this tablet has had a newer pack");
}

static void
test_same_serial (Fixture       *fixture,
                  gconstpointer  unused)
{
  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_write (fixture->pack_dir, "logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_refused (fixture, fixture->pack_dir, DC_PACK_ERROR_OLDER,
                  "manifest: serial: found “3” again with other contents, expected a later one than 3");
  dc_test_pack_make_live (fixture->pack_dir, 4);
  assert_trusted (fixture, fixture->pack_dir);
}

static void
test_other_key (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autofree char *own = dc_test_pack_get_key (fixture->pack_dir);
  g_autofree char *others = NULL;
  g_autofree char *own_words = words_of (own);
  g_autofree char *others_words = NULL;
  g_autofree char *expected = NULL;
  char *other = dc_test_dir_new ();

  dc_test_pack_new (other);
  dc_test_pack_make_live (other, 9);
  others = dc_test_pack_get_key (other);
  others_words = words_of (others);
  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  expected = g_strdup_printf ("pack.pub: found the key “%s”, expected the one that this tablet knows "
                              "for the campaign “migrants-day”: “%s”", others_words, own_words);
  assert_refused (fixture, other, DC_PACK_ERROR_OTHER_KEY, expected);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_dir_remove (other);
}

static void
test_next_key (Fixture       *fixture,
               gconstpointer  unused)
{
  name_next (fixture, 3);
  assert_trusted (fixture, fixture->pack_dir);
  take_next (fixture, 4);
  assert_trusted (fixture, fixture->pack_dir);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_make_live (fixture->pack_dir, 5);
  assert_trusted (fixture, fixture->pack_dir);
}

/* A pack that says that it comes next must also come later. */
static void
test_next_key_same_serial (Fixture       *fixture,
                           gconstpointer  unused)
{
  name_next (fixture, 3);
  assert_trusted (fixture, fixture->pack_dir);
  take_next (fixture, 3);
  assert_refused (fixture, fixture->pack_dir, DC_PACK_ERROR_OLDER, "manifest: serial: found “3” again*");
  dc_test_pack_make_live (fixture->pack_dir, 2);
  assert_refused (fixture, fixture->pack_dir, DC_PACK_ERROR_OLDER, "manifest: serial: found “2”, expected 3*");
}

/* Once the next one has taken over, the first has nothing more to say. */
static void
test_former_key (Fixture       *fixture,
                 gconstpointer  unused)
{
  char *former = dc_test_dir_new ();
  g_autofree char *next = NULL;
  g_autofree char *keys = NULL;

  dc_test_pack_new (former);
  next = dc_test_pack_get_key (fixture->pack_dir);
  keys = g_strdup_printf ("[Keys]\nNext=%s\n", next);
  dc_test_pack_write (former, "keys.ini", keys);
  dc_test_pack_make_live (former, 3);
  assert_trusted (fixture, former);
  dc_test_pack_make_live (fixture->pack_dir, 4);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_make_live (former, 5);
  assert_refused (fixture, former, DC_PACK_ERROR_OTHER_KEY, "pack.pub: found the key *");
  dc_test_dir_remove (former);
}

/* What a pack named, and its successor does not, is named no more. */
static void
test_next_forgotten (Fixture       *fixture,
                     gconstpointer  unused)
{
  name_next (fixture, 3);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_write (fixture->pack_dir, "keys.ini", "[Keys]\n");
  dc_test_pack_make_live (fixture->pack_dir, 4);
  assert_trusted (fixture, fixture->pack_dir);
  take_next (fixture, 5);
  assert_refused (fixture, fixture->pack_dir, DC_PACK_ERROR_OTHER_KEY, "*“migrants-day”: “*”");
}

/* Both that would be taken are said where a third one comes. */
static void
test_neither_key (Fixture       *fixture,
                  gconstpointer  unused)
{
  char *other = dc_test_dir_new ();

  name_next (fixture, 3);
  assert_trusted (fixture, fixture->pack_dir);
  dc_test_pack_new (other);
  dc_test_pack_make_live (other, 4);
  assert_refused (fixture, other, DC_PACK_ERROR_OTHER_KEY, "*, or the one that its pack names as the next: “*”");
  dc_test_dir_remove (other);
}

static void
test_receipts (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autofree char *own = dc_test_pack_get_key (fixture->pack_dir);
  g_autofree char *keys = g_strdup_printf ("[Keys]\nReceipt=%s\n", own);
  g_autofree char *line = g_strdup_printf ("\nReceipt=%s;\n", own);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  dc_test_pack_write (fixture->pack_dir, "keys.ini", keys);
  dc_test_pack_make_live (fixture->pack_dir, 3);
  assert_trusted (fixture, fixture->pack_dir);
  g_assert_true (g_file_get_contents (fixture->path, &first, NULL, NULL));
  g_assert_nonnull (strstr (first, line));

  dc_test_pack_write (fixture->pack_dir, "keys.ini", "[Keys]\n");
  dc_test_pack_make_live (fixture->pack_dir, 4);
  assert_trusted (fixture, fixture->pack_dir);
  g_assert_true (g_file_get_contents (fixture->path, &second, NULL, NULL));
  g_assert_null (strstr (second, "Receipt"));
}

/* What the first version wrote down: key and serial alone. */
static void
test_without_hash (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autofree char *own = dc_test_pack_get_key (fixture->pack_dir);
  g_autofree char *text = g_strdup_printf ("[migrants-day]\nKey=%s\nSerial=3\n", own);
  g_autofree char *after = NULL;

  dc_test_pack_make_live (fixture->pack_dir, 3);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_trusted (fixture, fixture->pack_dir);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_nonnull (strstr (after, "\nManifest="));
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

  dc_test_pack_make_live (fixture->pack_dir, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
    assert_refused (fixture, fixture->pack_dir, DC_PACK_ERROR_UNTRUSTED, "*packs.ini:*");
  }
}

static void
test_disk (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (fixture->state_dir, "none", "packs.ini", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = NULL;

  dc_test_pack_make_live (fixture->pack_dir, 3);
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
  ADD ("/pack/trust/refuses-other-contents-with-the-same-serial", test_same_serial);
  ADD ("/pack/trust/refuses-another-key-and-says-both-in-words", test_other_key);
  ADD ("/pack/trust/takes-the-key-that-its-pack-names-as-next", test_next_key);
  ADD ("/pack/trust/the-next-key-begins-with-a-later-serial", test_next_key_same_serial);
  ADD ("/pack/trust/refuses-the-former-key-once-the-next-has-signed", test_former_key);
  ADD ("/pack/trust/forgets-a-next-key-that-is-no-longer-named", test_next_forgotten);
  ADD ("/pack/trust/says-which-two-keys-it-would-take", test_neither_key);
  ADD ("/pack/trust/remembers-the-receipt-keys-of-the-pack-it-has", test_receipts);
  ADD ("/pack/trust/writes-the-hash-down-where-there-was-none", test_without_hash);
  ADD ("/pack/trust/writes-nothing-down-for-a-demonstration", test_demo);
  ADD ("/pack/trust/a-damaged-file-trusts-nobody", test_damaged);
  ADD ("/pack/trust/fails-where-it-cannot-write", test_disk);
#undef ADD

  return g_test_run ();
}
