/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-credential-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dc-crypto.h"
#include "dc-test.h"

#define ADDRESS "https://cloud.example.org/public.php/webdav/"
#define SECRET  "s3cret-of-the-tablet"

static void
assert_setup_error (GError     *error,
                    const char *says)
{
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_null (strstr (error->message, SECRET));
}

static void
test_address_of_a_setup (void)
{
  char *hosts[] = { (char *) "a.example.org", (char *) "b.example.org", NULL };
  const DcDestinationSetup folder = { .kind = DC_DESTINATION_FOLDER };
  const DcDestinationSetup webdav = { .kind = DC_DESTINATION_WEBDAV, .address = (char *) ADDRESS };
  const DcDestinationSetup postgresql = { .kind = DC_DESTINATION_POSTGRESQL, .hosts = hosts,
                                          .port = 5432, .database = (char *) "cup" };
  g_autofree char *of_webdav = dc_credential_address (&webdav);
  g_autofree char *of_postgresql = dc_credential_address (&postgresql);

  g_assert_null (dc_credential_address (&folder));
  g_assert_cmpstr (of_webdav, ==, ADDRESS);
  g_assert_cmpstr (of_postgresql, ==, "postgresql://a.example.org,b.example.org:5432/cup");
}

/* Whatever it consists of, it comes back, from a file that nobody else reads. */
static void
test_comes_back_as_it_was (void)
{
  static const struct { const char *user; const char *password; } cases[] = {
    { "tablet-3", SECRET },
    { NULL, "x" },
    { "Zoé", "  a\\b=c;[d] # é \" '" },
    { "user", "password\xe2\x80\xa6" },
  };
  char *directory = dc_test_dir_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const DcCredential credential = { (char *) cases[i].user, (char *) cases[i].password };
    g_auto (DcCredential) again = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_true (dc_credential_save (directory, ADDRESS, &credential, &error));
    g_assert_no_error (error);
    g_assert_true (dc_credential_load (directory, ADDRESS, &again, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (again.user, ==, cases[i].user);
    g_assert_cmpstr (again.password, ==, cases[i].password);
  }
  dc_test_dir_remove (directory);
}

static void
test_is_private (void)
{
  char *directory = dc_test_dir_new ();
  const DcCredential credential = { NULL, (char *) SECRET };
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  guint n = 0;

  g_assert_true (dc_credential_save (directory, ADDRESS, &credential, &error));
  dir = g_dir_open (directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    GStatBuf status;

    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 07777, ==, 0600);
    g_assert_null (strstr (name, "example"));
    n++;
  }
  g_assert_cmpuint (n, ==, 1);
  dc_test_dir_remove (directory);
}

static void
test_each_address_has_its_own (void)
{
  char *directory = dc_test_dir_new ();
  const DcCredential one = { NULL, (char *) "one" };
  const DcCredential two = { NULL, (char *) "two" };
  g_auto (DcCredential) found = { NULL };
  g_auto (DcCredential) none = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_credential_save (directory, ADDRESS, &one, &error));
  g_assert_true (dc_credential_save (directory, ADDRESS "2/", &two, &error));
  g_assert_true (dc_credential_load (directory, ADDRESS, &found, &error));
  g_assert_cmpstr (found.password, ==, "one");
  g_assert_true (dc_credential_load (directory, ADDRESS "3/", &none, &error));
  g_assert_no_error (error);
  g_assert_null (none.password);
  dc_test_dir_remove (directory);
}

static void
test_refuses_what_would_not_come_back (void)
{
  char *directory = dc_test_dir_new ();
  g_autofree char *long_one = g_strnfill (1024, 'x');
  const char *bad[] = { "", "two\nlines", "tab\there", "\xff", long_one };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    const DcCredential credential = { NULL, (char *) bad[i] };
    g_auto (DcCredential) none = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_credential_save (directory, ADDRESS, &credential, &error));
    assert_setup_error (error, "Password");
    g_clear_error (&error);
    g_assert_true (dc_credential_load (directory, ADDRESS, &none, &error));
    g_assert_null (none.password);
  }
  dc_test_dir_remove (directory);
}

static gboolean
read_stick (const char    *text,
            DcCredential  *credential,
            GError       **error)
{
  char *directory = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (directory, "daily-cup-setup.ini", NULL);
  gboolean ok;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  ok = dc_credential_read_stick (path, ADDRESS, credential, error);
  dc_test_dir_remove (directory);

  return ok;
}

static void
test_reads_a_stick (void)
{
  g_auto (DcCredential) credential = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (read_stick ("# for tablet 3\n[Credential]\nAddress=" ADDRESS "\nUser=tablet-3\n"
                             "Password=" SECRET "\n", &credential, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (credential.user, ==, "tablet-3");
  g_assert_cmpstr (credential.password, ==, SECRET);
}

static void
test_refuses_sticks (void)
{
  static const struct { const char *text; const char *says; } cases[] = {
    { "", "expected a key file" },
    { SECRET, "expected a key file" },
    { "[Other]\nPassword=" SECRET "\n", "[Credential]" },
    { "[Credential]\nAddress=" ADDRESS "\nPassword=" SECRET "\n[Other]\nx=y\n", "[Credential]" },
    { "[Credential]\nAddress=" ADDRESS "\nPassword=" SECRET "\nPasswort=x\n", "no other" },
    { "[Credential]\nAddress=" ADDRESS "\nUser=x\n", "Password: expected" },
    { "[Credential]\nPassword=" SECRET "\n", "Address: expected" },
    { "[Credential]\nAddress=" ADDRESS "\nPassword=" SECRET "\\q\n", "a backslash written twice" },
    { "[Credential]\nAddress=https://evil.example/\nPassword=" SECRET "\n",
      "Address: found “https://evil.example/”, expected “" ADDRESS "”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (DcCredential) credential = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_false (read_stick (cases[i].text, &credential, &error));
    assert_setup_error (error, cases[i].says);
    g_assert_nonnull (strstr (error->message, "daily-cup-setup.ini"));
    g_assert_null (credential.password);
  }
}

static void
test_refuses_what_is_no_file (void)
{
  char *directory = dc_test_dir_new ();
  g_autofree char *link = g_build_filename (directory, "link", NULL);
  g_auto (DcCredential) credential = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_credential_read_stick ("/nonexistent/x.ini", ADDRESS, &credential, &error));
  assert_setup_error (error, "/nonexistent/x.ini");
  g_clear_error (&error);
  g_assert_false (dc_credential_read_stick (directory, ADDRESS, &credential, &error));
  assert_setup_error (error, directory);
  g_clear_error (&error);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_false (dc_credential_read_stick (link, ADDRESS, &credential, &error));
  assert_setup_error (error, link);
  dc_test_dir_remove (directory);
}

static void
test_says_where_it_cannot_write (void)
{
  const DcCredential credential = { NULL, (char *) SECRET };
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_credential_save ("/nonexistent", ADDRESS, &credential, &error));
  assert_setup_error (error, "/nonexistent");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/credential/address/of-each-kind-of-destination", test_address_of_a_setup);
  g_test_add_func ("/credential/store/comes-back-as-it-was", test_comes_back_as_it_was);
  g_test_add_func ("/credential/store/is-private", test_is_private);
  g_test_add_func ("/credential/store/each-address-has-its-own", test_each_address_has_its_own);
  g_test_add_func ("/credential/store/refuses-what-would-not-come-back", test_refuses_what_would_not_come_back);
  g_test_add_func ("/credential/store/says-where-it-cannot-write", test_says_where_it_cannot_write);
  g_test_add_func ("/credential/stick/is-read", test_reads_a_stick);
  g_test_add_func ("/credential/stick/refuses-what-is-not-for-this-address", test_refuses_sticks);
  g_test_add_func ("/credential/stick/refuses-what-is-no-file", test_refuses_what_is_no_file);

  return g_test_run ();
}
