/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <sys/stat.h>

#include "dc-contract.h"
#include "dc-crypto.h"
#include "dc-destination-identity.h"
#include "dc-fake-destination.h"
#include "dc-test-server.h"
#include "dc-test.h"
#include "fixture.h"

/* test-contract folder|stick|fake|postgresql, or webdav NAME with a server that
 * contract.py has started. */

static const char *folder;
static gboolean removable;
static DcFakePlace *place;
static DcTestServer *server;

/* Another life of what lies in files: the office deletes the file. */
static void
begin_epoch_of_files (void)
{
  g_autofree char *path = g_build_filename (folder, DC_DESTINATION_IDENTITY_FILE, NULL);
  g_autoptr (GBytes) line = NULL;
  DcId ids[2];

  dc_crypto_random (ids, sizeof ids);
  line = dc_destination_identity_to_line (&ids[0], &ids[1]);
  g_assert_true (g_file_set_contents_full (path, g_bytes_get_data (line, NULL), (gssize) g_bytes_get_size (line),
                                           G_FILE_SET_CONTENTS_NONE, 0666, NULL));
}

static DcDestination *
open_folder (void)
{
  return dc_folder_destination_new (folder, removable);
}

static DcDestination *
open_fake (void)
{
  return dc_fake_destination_new (place);
}

static void
restore_fake (void)
{
  g_autoptr (DcFakePlace) backup = dc_fake_place_copy (place);

  dc_fake_place_restore (place, backup, FALSE);
}

static DcDestination *
open_tablet (void)
{
  return dc_test_server_connect (server, NULL, "tent", "secret");
}

static DcDestination *
open_desk (void)
{
  return dc_test_server_connect (server, NULL, "desk", "secret");
}

static DcDestination *
open_tablet_wrongly (void)
{
  return dc_test_server_connect (server, NULL, "tent", "a guess");
}

static void
begin_epoch_of_database (void)
{
  g_free (dc_test_server_sql (server, "SELECT daily_cup.new_epoch()"));
}

static const char *
variable (const char *name)
{
  const char *value = g_getenv (name);

  g_assert_nonnull (value);

  return value;
}

static DcDestination *
connect_webdav (const char *password)
{
  DcDestinationSetup setup = { .kind = DC_DESTINATION_WEBDAV, .address = (char *) variable ("CONTRACT_ADDRESS") };
  DcCredential credential = { (char *) variable ("CONTRACT_USER"), (char *) password };
  g_autofree char *authority = NULL;

  g_assert_true (g_file_get_contents (variable ("CONTRACT_AUTHORITY"), &authority, NULL, NULL));

  return dc_webdav_destination_new (&setup, authority, &credential);
}

static DcDestination *
open_webdav (void)
{
  return connect_webdav (variable ("CONTRACT_PASSWORD"));
}

static DcDestination *
open_webdav_wrongly (void)
{
  return connect_webdav ("a guess");
}

static int
run_folder (const char *name)
{
  g_autofree char *path = dc_test_dir_new ();
  DcContract contract = {
    .name = name, .root = path, .may_replace = TRUE, .office_may_remove = TRUE, .tablet = open_folder,
    .office = open_folder, .begin_epoch = begin_epoch_of_files,
  };
  int status;

  folder = path;
  removable = g_str_equal (name, "stick");
  dc_contract_add (&contract);
  status = g_test_run ();
  dc_test_dir_remove (g_steal_pointer (&path));

  return status;
}

static int
run_fake (const char *name)
{
  DcContract contract = {
    .name = name, .one_by_id = TRUE, .office_may_remove = TRUE, .tablet = open_fake, .office = open_fake,
    .begin_epoch = restore_fake,
  };
  int status;

  place = dc_fake_place_new ();
  dc_contract_add (&contract);
  status = g_test_run ();
  g_clear_pointer (&place, dc_fake_place_unref);

  return status;
}

static int
run_postgresql (const char *name)
{
  g_autoptr (DcTabletKey) key = fixture_tablet ();
  DcContract contract = {
    .name = name, .one_by_id = TRUE, .office_may_remove = TRUE, .tells_time = TRUE, .tablet = open_tablet, .office = open_desk,
    .stranger = open_tablet_wrongly, .begin_epoch = begin_epoch_of_database,
  };
  int status;

  server = dc_test_server_new ();
  if (server == NULL)
    return 77;
  dc_test_server_enrol (server, "tent", dc_tablet_key_get_public (key));
  g_free (dc_test_server_sql (server, "CREATE ROLE desk LOGIN PASSWORD 'secret' IN ROLE daily_cup_office"));
  dc_contract_add (&contract);
  status = g_test_run ();
  g_clear_pointer (&server, dc_test_server_free);

  return status;
}

static int
run_webdav (const char *name)
{
  gboolean all = g_str_equal (variable ("CONTRACT_RIGHTS"), "all");
  DcContract contract = {
    .name = name, .root = variable ("CONTRACT_ROOT"), .tablet_may_remove = all, .may_replace = all,
    .office_may_remove = all, .tells_time = TRUE, .tablet = open_webdav, .office = open_webdav, .stranger = open_webdav_wrongly,
    .begin_epoch = begin_epoch_of_files,
  };

  folder = contract.root;
  dc_contract_add (&contract);

  return g_test_run ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  umask (0);      /* the server is another user, and finds what is laid down */
  g_assert_true (dc_crypto_init ());
  g_assert_cmpint (argc, ==, 2);
  if (g_str_equal (argv[1], "fake"))
    return run_fake (argv[1]);
  if (g_str_equal (argv[1], "postgresql"))
    return run_postgresql (argv[1]);
  if (g_str_has_prefix (argv[1], "webdav"))
    return run_webdav (argv[1]);

  return run_folder (argv[1]);
}
