/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-secret-file.h"

#include <errno.h>
#include <sys/stat.h>

#include "dc-crypto.h"
#include "dc-open-error.h"
#include "dc-test-pack.h"
#include "dc-test.h"

typedef struct
{
  char       *dir;
  char       *path;
  DcTerminal *terminal;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "key", NULL);
  fixture->terminal = dc_terminal_new (-1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  dc_terminal_free (fixture->terminal);
  g_free (fixture->path);
  dc_test_dir_remove (fixture->dir);
}

static void
test_reads (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  dc_test_pack_write (fixture->dir, "key", "four");
  text = dc_secret_file_read (fixture->path, 4, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, size, "four", 4);
}

static void
assert_unreadable (const char *path,
                   gsize       limit,
                   int         code)
{
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_null (dc_secret_file_read (path, limit, &size, &error));
  g_assert_error (error, G_FILE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autofree char *fifo = g_build_filename (fixture->dir, "fifo", NULL);

  assert_unreadable (fixture->path, 4, G_FILE_ERROR_NOENT);
  assert_unreadable (fixture->dir, 4, G_FILE_ERROR_INVAL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_unreadable (fifo, 4, G_FILE_ERROR_INVAL);
  dc_test_pack_write (fixture->dir, "key", "fives");
  assert_unreadable (fixture->path, 4, g_file_error_from_errno (EFBIG));
}

static void
test_plain_keys (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autofree char *desk = g_build_filename (fixture->dir, "keys", "desk.txt", NULL);
  g_autofree char *signer = g_build_filename (fixture->dir, "keys", "pack.key", NULL);
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcMinisignKey) key = NULL;
  g_autoptr (GError) error = NULL;

  dc_test_pack_new (fixture->dir);
  identity = dc_secret_file_identity (fixture->terminal, desk, &error);
  g_assert_no_error (error);
  g_assert_nonnull (identity);
  key = dc_secret_file_minisign (fixture->terminal, signer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (key);
}

static void
test_not_keys (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GError) identity_error = NULL;
  g_autoptr (GError) key_error = NULL;

  dc_test_pack_write (fixture->dir, "key", "no key at all\n");
  g_assert_null (dc_secret_file_identity (fixture->terminal, fixture->path, &identity_error));
  g_assert_error (identity_error, DC_OPEN_ERROR, DC_OPEN_ERROR_KEY);
  g_assert_true (g_str_has_prefix (identity_error->message, fixture->path));
  g_assert_null (dc_secret_file_minisign (fixture->terminal, fixture->path, &key_error));
  g_assert_error (key_error, DC_OPEN_ERROR, DC_OPEN_ERROR_KEY);
  g_assert_true (g_str_has_prefix (key_error->message, fixture->path));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/office/secret-file/reads-a-file-as-long-as-it-may-be", test_reads);
  ADD ("/office/secret-file/refuses-longer-ones-folders-and-pipes", test_unreadable);
  ADD ("/office/secret-file/takes-keys-without-a-passphrase", test_plain_keys);
  ADD ("/office/secret-file/names-the-file-that-is-no-key", test_not_keys);

  return g_test_run ();
}
