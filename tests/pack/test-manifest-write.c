/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-manifest.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-pack-files.h"
#include "dc-test-pack.h"
#include "dc-test.h"

typedef struct
{
  char *dir;
  int   fd;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  fixture->fd = open (fixture->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  close (fixture->fd);
  dc_test_dir_remove (fixture->dir);
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree DcManifest *manifest = g_new0 (DcManifest, 1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  dc_test_pack_write (fixture->dir, "b.svg", "abc");
  dc_test_pack_write (fixture->dir, "a.svg", "");
  g_assert_true (dc_manifest_list (manifest, fixture->fd, "winter", 7, &error));
  g_assert_no_error (error);
  text = dc_manifest_to_text (manifest);
  /* The hashes of FIPS 180-4's examples. */
  g_assert_cmpstr (text, ==,
                   "daily-cup pack 1\ncampaign winter\nserial 7\n"
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  0  a.svg\n"
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  3  b.svg\n");
}

static void
test_leaves_out (Fixture       *fixture,
                 gconstpointer  unused)
{
  static const char * const left_out[] = {
    "manifest", "manifest.minisig", "pack.pub", "manifest.new", ".hidden", "Capital.svg", "two words", "é.svg",
  };
  g_autofree char *folder = g_build_filename (fixture->dir, "folder", NULL);
  g_autofree char *link = g_build_filename (fixture->dir, "link", NULL);
  g_auto (GStrv) names = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (left_out); i++)
    dc_test_pack_write (fixture->dir, left_out[i], "x");
  dc_test_pack_write (fixture->dir, "logo.svg", "x");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("logo.svg", link), ==, 0);

  names = dc_manifest_names (fixture->fd, NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "logo.svg");
}

static void
test_too_much (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autofree DcManifest *manifest = g_new0 (DcManifest, 1);
  g_autofree char *large = g_strnfill (DC_MANIFEST_MAX_FILE + 1, 'x');
  g_autoptr (GError) files_error = NULL;
  g_autoptr (GError) size_error = NULL;

  for (guint i = 0; i <= DC_MANIFEST_MAX_FILES; i++) {
    g_autofree char *name = g_strdup_printf ("f%02u", i);

    dc_test_pack_write (fixture->dir, name, "");
  }
  g_assert_false (dc_manifest_list (manifest, fixture->fd, "winter", 1, &files_error));
  g_assert_cmpstr (files_error->message, ==, "manifest: found “65 files”, expected at most 64 files");

  for (guint i = 0; i <= 1; i++) {
    g_autofree char *path = g_strdup_printf ("%s/f%02u", fixture->dir, i);

    g_unlink (path);
  }
  dc_test_pack_write (fixture->dir, "f02", large);
  g_assert_false (dc_manifest_list (manifest, fixture->fd, "winter", 1, &size_error));
  g_assert_error (size_error, DC_PACK_ERROR, DC_PACK_ERROR_TOO_LARGE);
}

static void
test_refuses (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree DcManifest *manifest = g_new0 (DcManifest, 1);
  g_autoptr (GError) id_error = NULL;
  g_autoptr (GError) serial_error = NULL;
  g_autoptr (GError) empty_error = NULL;

  g_assert_false (dc_manifest_list (manifest, fixture->fd, "winter", 1, &empty_error));
  g_assert_error (empty_error, DC_PACK_ERROR, DC_PACK_ERROR_MANIFEST);
  dc_test_pack_write (fixture->dir, "a", "x");
  g_assert_false (dc_manifest_list (manifest, fixture->fd, "Winter", 1, &id_error));
  g_assert_error (id_error, DC_PACK_ERROR, DC_PACK_ERROR_MANIFEST);
  g_assert_false (dc_manifest_list (manifest, fixture->fd, "winter", 0, &serial_error));
  g_assert_error (serial_error, DC_PACK_ERROR, DC_PACK_ERROR_MANIFEST);
}

static void
test_same_as_signed (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autofree DcManifest *manifest = g_new0 (DcManifest, 1);
  g_autofree char *path = g_build_filename (fixture->dir, "manifest", NULL);
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;

  dc_test_pack_new (fixture->dir);
  g_assert_true (g_file_get_contents (path, &theirs, NULL, NULL));
  g_assert_true (dc_manifest_list (manifest, fixture->fd, "migrants-day", 1, NULL));
  ours = dc_manifest_to_text (manifest);
  g_assert_cmpstr (ours, ==, theirs);
}

static void
test_writes_file (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "manifest", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nowhere = NULL;
  GStatBuf info;

  dc_test_pack_write (fixture->dir, "manifest", "before");
  g_assert_true (dc_pack_write_file (fixture->dir, "manifest", "after", 5, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "after");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0644);
  g_assert_false (dc_pack_write_file ("/nowhere", "manifest", "after", 5, &nowhere));
  g_assert_error (nowhere, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/manifest-write/lists-files-sorted-with-size-and-hash", test_lists);
  ADD ("/manifest-write/leaves-out-what-no-manifest-may-list", test_leaves_out);
  ADD ("/manifest-write/refuses-too-many-files-and-too-large-ones", test_too_much);
  ADD ("/manifest-write/refuses-an-id-and-a-serial-that-cannot-be", test_refuses);
  ADD ("/manifest-write/writes-what-standard-tools-write", test_same_as_signed);
  ADD ("/manifest-write/replaces-a-file-that-everybody-may-read", test_writes_file);

  return g_test_run ();
}
