/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-destination.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test-pack.h"
#include "dc-test.h"

#define CERTIFICATE "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
#define CLOUD       "[Destination]\nKind=webdav\nAddress=https://cloud.example.org/dav/\n"

/* A pack with these files, signed anew, as the kiosk loads it. */
static DcPack *
load_with (const char  *destination,
           const char  *certificates,
           GError     **error)
{
  char *dir = dc_test_dir_new ();
  DcPack *pack;

  dc_test_pack_new (dir);
  if (destination != NULL)
    dc_test_pack_write (dir, "destination.ini", destination);
  if (certificates != NULL)
    dc_test_pack_write (dir, "ca.pem", certificates);
  dc_test_pack_sign (dir, "migrants-day", 2);
  pack = dc_pack_load (dir, error);
  dc_test_dir_remove (dir);

  return pack;
}

static void
assert_refused (const char *destination,
                const char *certificates,
                int         code,
                const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = load_with (destination, certificates, &error);

  g_assert_null (pack);
  g_assert_error (error, DC_PACK_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
}

static void
test_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = load_with (NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (dc_pack_get_destination (pack));
}

static void
test_taken (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = load_with (CLOUD "Authority=ca.pem\n", CERTIFICATE, &error);
  GBytes *text;
  GBytes *certificates;

  g_assert_no_error (error);
  g_assert_cmpint (dc_pack_get_destination (pack)->kind, ==, DC_DESTINATION_WEBDAV);
  g_assert_cmpstr (dc_pack_get_destination (pack)->address, ==, "https://cloud.example.org/dav/");
  text = dc_pack_get_file (pack, DC_DESTINATION_SETUP_FILE);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), CLOUD "Authority=ca.pem\n",
                   strlen (CLOUD "Authority=ca.pem\n"));
  certificates = dc_pack_get_file (pack, dc_pack_get_destination (pack)->authority);
  g_assert_cmpmem (g_bytes_get_data (certificates, NULL), g_bytes_get_size (certificates), CERTIFICATE,
                   strlen (CERTIFICATE));
}

static void
test_refused (void)
{
  assert_refused ("", NULL, DC_PACK_ERROR_DESTINATION, "destination.ini: found nothing, expected *");
  assert_refused ("[Destination]\nKind=webdav\n", NULL, DC_PACK_ERROR_DESTINATION,
                  "destination.ini: [Destination] Address: found nothing, *");
  assert_refused (CLOUD "Authority=ca.pem\n", NULL, DC_PACK_ERROR_MISSING,
                  "manifest: found nothing, expected ca.pem in it: destination.ini names these certificates");
}

static void
test_certificates (void)
{
  g_autofree char *filling = g_strnfill (DC_PACK_AUTHORITY_MAX_BYTES, '\n');
  g_autofree char *huge = g_strconcat (CERTIFICATE, filling, NULL);
  g_autoptr (GBytes) nul = g_bytes_new_static (CERTIFICATE "\0", sizeof CERTIFICATE);
  g_autoptr (GError) error = NULL;

  assert_refused (CLOUD "Authority=ca.pem\n", "", DC_PACK_ERROR_DESTINATION, "ca.pem: found “”, expected certificates*");
  assert_refused (CLOUD "Authority=ca.pem\n", "-----BEGIN CERTIFICATE-----\nMIIB\n", DC_PACK_ERROR_DESTINATION,
                  "ca.pem: found “-----BEGIN*”, expected certificates to trust, *");
  assert_refused (CLOUD "Authority=ca.pem\n", CERTIFICATE "-----BEGIN EC PRIVATE KEY-----\n",
                  DC_PACK_ERROR_DESTINATION, "ca.pem: found “a private key”, expected certificates alone");
  assert_refused (CLOUD "Authority=ca.pem\n", huge, DC_PACK_ERROR_TOO_LARGE, "ca.pem: found “more”, expected *65536*");
  g_assert_false (dc_pack_destination_authority ("ca.pem", nul, &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_DESTINATION);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/pack/destination/none-is-a-removable-drive", test_none);
  g_test_add_func ("/pack/destination/comes-with-the-pack-and-its-certificates", test_taken);
  g_test_add_func ("/pack/destination/refuses-one-that-is-none-or-lacks-its-certificates", test_refused);
  g_test_add_func ("/pack/destination/certificates-are-text-without-a-private-key", test_certificates);

  return g_test_run ();
}
