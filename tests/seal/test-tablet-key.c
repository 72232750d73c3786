/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tablet-key.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dc-crypto.h"
#include "dc-test.h"

typedef struct
{
  const char *seed;
  const char *public_key;
  const char *message;
  const char *signature;
} Vector;

/* RFC 8032, 7.1, tests 1 to 3. */
static const Vector vectors[] = {
  { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
    "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
  { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
    "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
  { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
    "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
};

static gsize
from_hex (const char *hex,
          guint8     *bytes)
{
  gsize n = strlen (hex) / 2;

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));

  return n;
}

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (DcTabletKey) key = NULL;
    guint8 seed[32];
    guint8 public_key[32];
    guint8 message[2];
    guint8 expected[64];
    guint8 signature[64];
    gsize size = from_hex (vectors[i].message, message);

    from_hex (vectors[i].seed, seed);
    from_hex (vectors[i].public_key, public_key);
    from_hex (vectors[i].signature, expected);

    key = dc_tablet_key_from_seed (seed);
    g_assert_cmpmem (dc_tablet_key_get_public (key), 32, public_key, 32);
    dc_tablet_key_sign (key, message, size, signature);
    g_assert_cmpmem (signature, 64, expected, 64);
    g_assert_true (dc_tablet_key_verify (public_key, message, size, signature));
  }
}

static void
test_verify_refuses_any_change (void)
{
  static const guint8 message[] = "daily-cup/record/1\n{}";
  g_autoptr (DcTabletKey) key = NULL;
  guint8 seed[32] = { 7 };
  guint8 changed[sizeof message];
  guint8 signature[64];

  key = dc_tablet_key_from_seed (seed);
  dc_tablet_key_sign (key, message, sizeof message, signature);

  for (guint bit = 0; bit < 64 * 8; bit++) {
    signature[bit / 8] ^= 1 << bit % 8;
    g_assert_false (dc_tablet_key_verify (dc_tablet_key_get_public (key), message, sizeof message, signature));
    signature[bit / 8] ^= 1 << bit % 8;
  }
  for (guint bit = 0; bit < sizeof message * 8; bit++) {
    memcpy (changed, message, sizeof message);
    changed[bit / 8] ^= 1 << bit % 8;
    g_assert_false (dc_tablet_key_verify (dc_tablet_key_get_public (key), changed, sizeof changed, signature));
  }
  g_assert_false (dc_tablet_key_verify (dc_tablet_key_get_public (key), message, sizeof message - 1, signature));
  g_assert_true (dc_tablet_key_verify (dc_tablet_key_get_public (key), message, sizeof message, signature));
}

/* With the neutral point as the key, R = [S]B verifies for every message in a
 * lax implementation: here S = 0. */
static void
test_verify_refuses_a_key_of_low_order (void)
{
  guint8 neutral[32] = { 1 };
  guint8 signature[64] = { 1 };

  g_assert_false (dc_tablet_key_verify (neutral, (const guint8 *) "x", 1, signature));
}

static char *
key_path (const char *dir)
{
  return g_build_filename (dir, "tablet.key", NULL);
}

static void
test_makes_and_finds_again (void)
{
  g_autofree char *dir = dc_test_dir_new ();
  g_autofree char *path = key_path (dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcTabletKey) made = dc_tablet_key_load (path, &error);
  g_autoptr (DcTabletKey) found = dc_tablet_key_load (path, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpmem (dc_tablet_key_get_public (made), 32, dc_tablet_key_get_public (found), 32);
  g_assert_no_errno (stat (path, &info));
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (info.st_nlink, ==, 1);

  dc_test_dir_remove (g_steal_pointer (&dir));
}

static void
test_each_tablet_has_its_own (void)
{
  g_autofree char *dir = dc_test_dir_new ();
  g_autofree char *path_a = key_path (dir);
  g_autofree char *path_b = g_strconcat (path_a, "2", NULL);
  g_autoptr (DcTabletKey) a = dc_tablet_key_load (path_a, NULL);
  g_autoptr (DcTabletKey) b = dc_tablet_key_load (path_b, NULL);

  g_assert_cmpint (memcmp (dc_tablet_key_get_public (a), dc_tablet_key_get_public (b), 32), !=, 0);

  dc_test_dir_remove (g_steal_pointer (&dir));
}

/* The file is what its description says: this line opens as RFC 8032's test 1. */
static void
test_file_format (void)
{
  static const char line[] =
    "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n";
  g_autofree char *dir = dc_test_dir_new ();
  g_autofree char *path = key_path (dir);
  g_autofree char *text = NULL;
  g_autoptr (DcTabletKey) key = NULL;
  g_autoptr (DcTabletKey) made = NULL;
  guint8 public_key[32];

  from_hex (vectors[0].public_key, public_key);
  key = dc_tablet_key_parse (line, strlen (line), NULL);
  g_assert_cmpmem (dc_tablet_key_get_public (key), 32, public_key, 32);

  made = dc_tablet_key_load (path, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, DC_TABLET_KEY_PREFIX));
  g_assert_cmpuint (strlen (text), ==, strlen (line));
  g_assert_true (g_str_has_suffix (text, "=\n"));

  dc_test_dir_remove (g_steal_pointer (&dir));
}

static const char *no_keys[] = {
  "",
  "\n",
  "daily-cup-tablet-key-1 ",
  "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
  "daily-cup-tablet-key-2 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n",
  "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n\n",
  "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2B=\n",
  "daily-cup-tablet-key-1 nWGxne-9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n",
  "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2AA\n",
  "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf===\n",
  "daily-cup-tablet-key-1\tnWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n",
  "daily-cup-tablet-key-1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A= ",
};

static void
test_never_overwrites_what_is_no_key (void)
{
  g_autofree char *dir = dc_test_dir_new ();
  g_autofree char *path = key_path (dir);

  for (guint i = 0; i < G_N_ELEMENTS (no_keys); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    g_assert_true (g_file_set_contents (path, no_keys[i], -1, NULL));
    g_assert_null (dc_tablet_key_load (path, &error));
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY);
    g_assert_nonnull (strstr (error->message, path));
    g_assert_null (strstr (error->message, "nWGx"));
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, no_keys[i]);
  }

  dc_test_dir_remove (g_steal_pointer (&dir));
}

static void
test_says_why_it_cannot (void)
{
  g_autofree char *dir = dc_test_dir_new ();
  g_autofree char *nowhere = g_build_filename (dir, "nowhere", "tablet.key", NULL);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) no_file = NULL;

  g_assert_null (dc_tablet_key_load (nowhere, &missing));
  g_assert_error (missing, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY);
  g_assert_nonnull (strstr (missing->message, nowhere));
  g_assert_null (dc_tablet_key_load (dir, &no_file));
  g_assert_error (no_file, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY);
  g_assert_nonnull (strstr (no_file->message, "not a regular file"));

  dc_test_dir_remove (g_steal_pointer (&dir));
}

static gpointer
load_in_thread (gpointer path)
{
  return dc_tablet_key_load (path, NULL);
}

/* They never go on with two keys. */
static void
test_two_starts_at_once (void)
{
  for (guint round = 0; round < 20; round++) {
    g_autofree char *dir = dc_test_dir_new ();
    g_autofree char *path = key_path (dir);
    g_autoptr (DcTabletKey) stored = NULL;
    GThread *threads[4];

    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
      threads[i] = g_thread_new ("load", load_in_thread, path);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
      g_autoptr (DcTabletKey) key = g_thread_join (threads[i]);

      g_assert_nonnull (key);
      if (stored == NULL)
        stored = dc_tablet_key_load (path, NULL);
      g_assert_cmpmem (dc_tablet_key_get_public (key), 32, dc_tablet_key_get_public (stored), 32);
    }

    dc_test_dir_remove (g_steal_pointer (&dir));
  }
}

static void
test_references (void)
{
  guint8 seed[32] = { 1 };
  DcTabletKey *key = dc_tablet_key_from_seed (seed);
  DcTabletKey *again = dc_tablet_key_ref (key);
  guint8 signature[64];

  dc_tablet_key_unref (key);
  dc_tablet_key_sign (again, (const guint8 *) "x", 1, signature);
  g_assert_true (dc_tablet_key_verify (dc_tablet_key_get_public (again), (const guint8 *) "x", 1, signature));
  dc_tablet_key_unref (again);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/seal/tablet-key/signs-as-in-rfc-8032", test_vectors);
  g_test_add_func ("/seal/tablet-key/verify-refuses-any-flipped-bit", test_verify_refuses_any_change);
  g_test_add_func ("/seal/tablet-key/verify-refuses-a-key-of-low-order", test_verify_refuses_a_key_of_low_order);
  g_test_add_func ("/seal/tablet-key/is-made-once-and-found-again", test_makes_and_finds_again);
  g_test_add_func ("/seal/tablet-key/differs-from-tablet-to-tablet", test_each_tablet_has_its_own);
  g_test_add_func ("/seal/tablet-key/is-one-documented-line", test_file_format);
  g_test_add_func ("/seal/tablet-key/never-overwrites-what-is-no-key", test_never_overwrites_what_is_no_key);
  g_test_add_func ("/seal/tablet-key/says-why-it-cannot-be-had", test_says_why_it_cannot);
  g_test_add_func ("/seal/tablet-key/two-starts-at-once-hold-one-key", test_two_starts_at_once);
  g_test_add_func ("/seal/tablet-key/lives-until-the-last-reference-goes", test_references);

  return g_test_run ();
}
