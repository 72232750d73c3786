/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-setup.h"

#include <string.h>

#define WEBDAV     "[Destination]\nKind=webdav\n"
#define POSTGRESQL "[Destination]\nKind=postgresql\n"
#define FOLDER     "[Destination]\nKind=folder\n"
#define SERVER     POSTGRESQL "Host=db.example.org\nDatabase=promises\n"
#define CLOUD      WEBDAV "Address=https://cloud.example.org/dav/\n"

static void
parse (DcDestinationSetup *setup,
       const char         *text)
{
  g_autoptr (GError) error = NULL;

  dc_destination_setup_parse (setup, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
assert_refused (const char *text,
                gsize       length,
                int         code,
                const char *pattern)
{
  static const DcDestinationSetup zero = { 0 };
  DcDestinationSetup setup = { 0 };
  g_autoptr (GError) error = NULL;

  if (dc_destination_setup_parse (&setup, text, length, &error))
    g_error ("taken: %s", text);
  g_assert_error (error, DC_DESTINATION_SETUP_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
  g_assert_cmpmem (&setup, sizeof setup, &zero, sizeof zero);
}

static void
assert_value_refused (const char *head,
                      const char *key,
                      const char *value)
{
  g_autofree char *text = g_strdup_printf ("%s%s=%s\n", head, key, value);
  g_autofree char *pattern = g_strdup_printf ("destination.ini: [Destination] %s: found “*”, expected *", key);

  assert_refused (text, strlen (text), DC_DESTINATION_SETUP_ERROR_VALUE, pattern);
}

static void
test_folder (void)
{
  g_auto (DcDestinationSetup) drive = { 0 };
  g_auto (DcDestinationSetup) folder = { 0 };

  parse (&drive, FOLDER);
  g_assert_cmpint (drive.kind, ==, DC_DESTINATION_FOLDER);
  g_assert_null (drive.path);
  g_assert_null (drive.name);
  parse (&folder, FOLDER "Name=The office’s share\nPath=/srv/daily cup/été\n");
  g_assert_cmpstr (folder.path, ==, "/srv/daily cup/été");
  g_assert_cmpstr (folder.name, ==, "The office’s share");
  g_assert_cmpuint (folder.port, ==, 0);
}

static void
test_webdav (void)
{
  g_auto (DcDestinationSetup) setup = { 0 };

  parse (&setup, "# where it goes\n" WEBDAV "Address=https://cloud.example.org:8443/public.php/dav/files/Ab3/\n"
         "Authority=our-ca.pem\n");
  g_assert_cmpint (setup.kind, ==, DC_DESTINATION_WEBDAV);
  g_assert_cmpstr (setup.address, ==, "https://cloud.example.org:8443/public.php/dav/files/Ab3/");
  g_assert_cmpstr (setup.authority, ==, "our-ca.pem");
  g_assert_null (setup.hosts);
}

static void
test_postgresql (void)
{
  g_auto (DcDestinationSetup) setup = { 0 };
  g_auto (DcDestinationSetup) pair = { 0 };

  parse (&setup, SERVER);
  g_assert_cmpint (setup.kind, ==, DC_DESTINATION_POSTGRESQL);
  g_assert_cmpuint (g_strv_length (setup.hosts), ==, 1);
  g_assert_cmpuint (setup.port, ==, 5432);
  g_assert_cmpstr (setup.database, ==, "promises");
  g_assert_null (setup.authority);
  parse (&pair, POSTGRESQL "Host=a.example.org;192.0.2.7\nPort=6432\nDatabase=p_1-x\n");
  g_assert_cmpstr (pair.hosts[0], ==, "a.example.org");
  g_assert_cmpstr (pair.hosts[1], ==, "192.0.2.7");
  g_assert_cmpuint (pair.port, ==, 6432);
}

/* As Notepad leaves it. */
static void
test_windows (void)
{
  g_auto (DcDestinationSetup) setup = { 0 };

  parse (&setup, "\xef\xbb\xbf[Destination]\r\nKind=webdav\r\nAddress=https://a.example/\r\n");
  g_assert_cmpstr (setup.address, ==, "https://a.example/");
}

static void
test_cleared (void)
{
  static const DcDestinationSetup zero = { 0 };
  DcDestinationSetup setup = { 0 };

  parse (&setup, SERVER "Name=x\nAuthority=a.pem\n");
  dc_destination_setup_clear (&setup);
  g_assert_cmpmem (&setup, sizeof setup, &zero, sizeof zero);
}

static void
test_kind_words (void)
{
  g_assert_cmpstr (dc_destination_kind_to_string (DC_DESTINATION_FOLDER), ==, "folder");
  g_assert_cmpstr (dc_destination_kind_to_string (DC_DESTINATION_WEBDAV), ==, "webdav");
  g_assert_cmpstr (dc_destination_kind_to_string (DC_DESTINATION_POSTGRESQL), ==, "postgresql");
}

static void
test_syntax (void)
{
  static const char * const cases[][2] = {
    { "", "destination.ini: found nothing, expected [Destination]" },
    { "Kind=folder\n", "destination.ini: found “*”, expected a key file" },
    { "[Destination\nKind=folder\n", "destination.ini: found “*”, expected a key file" },
    { "[Other]\nKind=folder\n", "destination.ini: found nothing, expected [Destination]" },
    { FOLDER "[Other]\n", "destination.ini: found “[Other]”, expected [Destination] alone, and once" },
    { FOLDER "[Destination]\nPath=/a\n", "destination.ini: found “[Destination]”, expected [Destination] alone*" },
    { FOLDER "Path=/a\nPath=/b\n", "destination.ini: [Destination] Path: found “it twice”, expected each key once" },
    { FOLDER "Path=/a\n Path = /b\n", "destination.ini: [Destination] Path: found “it twice”, expected each key once" },
    { FOLDER "Name=\xff\n", "destination.ini: found “other bytes”, expected UTF-8" },
    { FOLDER "words\n", "destination.ini: found “*”, expected a key file" },
  };
  g_autofree char *huge = g_strnfill (DC_DESTINATION_SETUP_MAX_BYTES + 1, '#');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], strlen (cases[i][0]), DC_DESTINATION_SETUP_ERROR_SYNTAX, cases[i][1]);
  assert_refused (huge, strlen (huge), DC_DESTINATION_SETUP_ERROR_SYNTAX,
                  "destination.ini: found “more”, expected at most 8192 bytes");
  assert_refused (FOLDER "\0", strlen (FOLDER) + 1, DC_DESTINATION_SETUP_ERROR_SYNTAX,
                  "destination.ini: found “a NUL”, expected text");
}

static void
test_keys (void)
{
  static const char * const cases[][2] = {
    { "[Destination]\n", "*Kind: found nothing, expected “folder”*" },
    { "[Destination]\nPath=/a\n", "*Kind: found nothing, expected “folder”*" },
    { WEBDAV, "destination.ini: [Destination] Address: found nothing, expected https://*" },
    { POSTGRESQL "Database=a\n", "*Host: found nothing, expected 1 to 8 *" },
    { POSTGRESQL "Host=a\n", "*Database: found nothing, expected *" },
    { CLOUD "Path=/a\n", "*Path: found “/a”, expected no such key where Kind=webdav" },
    { FOLDER "Address=https://a.example/\n", "*Address: found “*”, expected no such key where Kind=folder" },
    { FOLDER "Authority=a.pem\n", "*Authority: found “a.pem”, expected no such key where Kind=folder" },
    { SERVER "Address=https://a.example/\n", "*Address: *, expected no such key where Kind=postgresql" },
    { CLOUD "Port=443\n", "*Port: *, expected no such key where Kind=webdav" },
    { CLOUD "Password=x\n", "*[Destination] Password: found “Password”, expected a key of this format" },
    { FOLDER "Name[fr]=x\n", "*Name[fr]: found “Name[fr]”, expected a key of this format" },
    { FOLDER "path=/a\n", "*path: found “path”, expected a key of this format" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], strlen (cases[i][0]), DC_DESTINATION_SETUP_ERROR_KEY, cases[i][1]);
}

static void
test_kinds (void)
{
  static const char * const others[] = { "", "ftp", "Folder", "folder;webdav" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_value_refused ("[Destination]\n", "Kind", others[i]);
}

static void
test_paths (void)
{
  static const char * const others[] = {
    "", "/", "srv/promises", "~/promises", "/srv/../etc", "/srv/./a", "/..", "file:///srv",
  };
  g_autofree char *deep = g_strnfill (513, '/');

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_value_refused (FOLDER, "Path", others[i]);
  assert_value_refused (FOLDER, "Path", deep);
}

static void
test_names (void)
{
  g_auto (DcDestinationSetup) setup = { 0 };
  g_autoptr (GString) longest = g_string_new (FOLDER "Name=");
  g_autofree char *longer = g_strnfill (61, 'a');

  for (guint i = 0; i < 60; i++)
    g_string_append (longest, "é");
  parse (&setup, longest->str);
  assert_value_refused (FOLDER, "Name", longer);
  assert_value_refused (FOLDER, "Name", "");
  assert_value_refused (FOLDER, "Name", "turned \xe2\x80\xae round");
  assert_value_refused (FOLDER, "Name", "a\tb");
}

/* Nothing that leads elsewhere than it reads, and nothing secret in it. */
static void
test_addresses (void)
{
  static const char * const good[] = {
    "https://a/", "https://A.example:65535/", "https://192.0.2.1/x/", "https://a.example/~u/b%20c/%C3%A9/",
    "https://a.example/a;b=c,d@e:f/",
  };
  static const char * const bad[] = {
    "", "http://a.example/", "HTTPS://a.example/", "https://a.example", "https:///", "https://a.example/x",
    "https://user@a.example/", "https://user:word@a.example/", "https://a.example/?q/", "https://a.example/#f/",
    "https://a.example:0/", "https://a.example:65536/", "https://a.example:/", "https://a.example:x/",
    "https://-a.example/", "https://a.example./", "https://a.exa_mple/", "https://é.example/",
    "https://a.example/../", "https://a.example/./b/", "https://a.example//b/", "https://a.example/%/",
    "https://a.example/%0/", "https://a.example/%0d%0a/", "https://a.example/%7F/", "https://a.example/%zz/",
    "https://a.example/a b/", "https://a.example/<x>/", "https://a.example/é/", "https://a.example\\@b/",
    "ftp://a.example/", "file:///etc/",
  };
  g_autofree char *filled = g_strnfill (380, 'a');
  g_autofree char *longest = g_strdup_printf ("https://a.example/%s/", filled);
  g_autofree char *longer = g_strdup_printf ("https://a.example/%s/%s/", filled, filled);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_auto (DcDestinationSetup) setup = { 0 };
    g_autofree char *text = g_strdup_printf (WEBDAV "Address=%s\n", good[i]);

    parse (&setup, text);
    g_assert_cmpstr (setup.address, ==, good[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_value_refused (WEBDAV, "Address", bad[i]);
  g_assert_cmpuint (strlen (longest), <=, 400);
  assert_value_refused (WEBDAV, "Address", longer);
}

/* What libpq would take for something else: a socket's folder, a list, an option. */
static void
test_servers (void)
{
  static const char * const hosts[] = {
    "", ";", "a;", ";a", "a;;b", "a;A", "/var/run/postgresql", "a,b", "a b", "@abstract", "a;b;c;d;e;f;g;h;i", "-a", "[::1]",
  };
  static const char * const ports[] = { "", "0", "65536", "05432", "+1", "5432;5433", "100000" };
  static const char * const databases[] = { "", "a=b", "postgresql://x", "A", "a b", "a'b" };
  static const char * const authorities[] = { "", ".pem", "ca.crt", "../ca.pem", "a/b.pem", ".a.pem", "CA.pem" };
  g_autofree char *host = g_strnfill (254, 'a');
  g_autofree char *database = g_strnfill (64, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    assert_value_refused (POSTGRESQL "Database=a\n", "Host", hosts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    assert_value_refused (SERVER, "Port", ports[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (databases); i++)
    assert_value_refused (POSTGRESQL "Host=a\n", "Database", databases[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++)
    assert_value_refused (SERVER, "Authority", authorities[i]);
  assert_value_refused (POSTGRESQL "Database=a\n", "Host", host);
  assert_value_refused (POSTGRESQL "Host=a\n", "Database", database);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/destination-setup/folder-is-a-drive-or-a-path", test_folder);
  g_test_add_func ("/destination-setup/webdav-has-an-address", test_webdav);
  g_test_add_func ("/destination-setup/postgresql-has-hosts-and-a-database", test_postgresql);
  g_test_add_func ("/destination-setup/windows-line-ends-and-mark-are-taken", test_windows);
  g_test_add_func ("/destination-setup/cleared-is-a-removable-drive", test_cleared);
  g_test_add_func ("/destination-setup/each-kind-has-its-word", test_kind_words);
  g_test_add_func ("/destination-setup/refuses-what-is-no-key-file", test_syntax);
  g_test_add_func ("/destination-setup/refuses-keys-missing-unknown-and-of-other-kinds", test_keys);
  g_test_add_func ("/destination-setup/refuses-other-kinds", test_kinds);
  g_test_add_func ("/destination-setup/refuses-paths-that-climb", test_paths);
  g_test_add_func ("/destination-setup/name-is-short-and-can-be-shown", test_names);
  g_test_add_func ("/destination-setup/address-is-https-and-leads-where-it-reads", test_addresses);
  g_test_add_func ("/destination-setup/refuses-servers-that-libpq-would-read-otherwise", test_servers);

  return g_test_run ();
}
