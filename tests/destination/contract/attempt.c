/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <stdlib.h>

#include "dc-contract-shelf.h"
#include "dc-crypto.h"
#include "fixture.h"

/* attempt probe|put|read|again: one call, or "again" a put twice, of the WebDAV
 * destination in the environment (contract.py), and a line that says how each
 * went: "new", "found 3", "busy 120". */

static DcTransfer transfer = { .stall_seconds = 2 };

static void
tell (GError *error)
{
  g_assert_cmpuint (error->domain, ==, DC_DELIVERY_ERROR);
  g_print ("%s", dc_delivery_error_to_string (error->code));
  if (error->code == DC_DELIVERY_ERROR_BUSY)
    g_print (" %u", transfer.retry_seconds);
  g_print ("\n");
  g_printerr ("%s\n", error->message);
}

static void
put (DcDestination   *destination,
     DcContractQueue *queue)
{
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_autoptr (GError) error = NULL;

  if (dc_destination_put (destination, &queue->origin, queue->bundle, &transfer, deliveries, &error))
    g_print ("%s\n", dc_verdict_to_string (dc_contract_verdict (queue, deliveries)));
  else
    tell (error);
}

static void
probe (DcDestination *destination)
{
  g_autoptr (GError) error = NULL;
  DcDestinationIdentity identity;

  if (dc_destination_probe (destination, &transfer, &identity, &error))
    g_print ("known\n");
  else
    tell (error);
}

static gboolean
count (const char *place,
       GBytes     *content,
       gpointer    data)
{
  ++*(guint *) data;

  return TRUE;
}

static void
read_bundles (DcDestination *destination)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (dc_destination_read_bundles (destination, &transfer, count, &n, &error))
    g_print ("found %u\n", n);
  else
    tell (error);
}

static DcDestination *
connect_webdav (void)
{
  DcDestinationSetup setup = { .kind = DC_DESTINATION_WEBDAV, .address = getenv ("CONTRACT_ADDRESS") };
  DcCredential credential = { getenv ("CONTRACT_USER"), getenv ("CONTRACT_PASSWORD") };
  g_autofree char *authority = NULL;

  g_assert_true (g_file_get_contents (getenv ("CONTRACT_AUTHORITY"), &authority, NULL, NULL));

  return dc_webdav_destination_new (&setup, authority, &credential);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (DcDestination) destination = NULL;
  g_auto (DcContractQueue) queue = { 0 };
  const char *what;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  what = argv[1];
  signal (SIGPIPE, SIG_IGN);
  g_assert_true (dc_crypto_init ());
  dc_contract_queue_init (&queue, 2);
  destination = connect_webdav ();

  if (g_str_equal (what, "probe"))
    probe (destination);
  else if (g_str_equal (what, "read"))
    read_bundles (destination);
  else
    put (destination, &queue);
  if (g_str_equal (what, "again"))
    put (destination, &queue);

  return 0;
}
