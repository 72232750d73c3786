/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-contract.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-bundle.h"
#include "dc-contract-shelf.h"
#include "dc-crypto.h"
#include "dc-destination-identity.h"
#include "dc-sealer.h"
#include "dc-shelf.h"
#include "fixture.h"

static void
probe (DcDestination         *destination,
       DcDestinationIdentity *identity)
{
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_destination_probe (destination, &transfer, identity, &error);
  g_assert_no_error (error);
}

static void
test_identity (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  DcDestinationIdentity one = { 0 };
  DcDestinationIdentity two = { 0 };

  probe (tablet, &one);
  probe (office, &two);
  g_assert_true (dc_id_equal (&one.id, &two.id));
  g_assert_true (dc_id_equal (&one.epoch, &two.epoch));
  g_assert_false (dc_id_equal (&one.id, &one.epoch));
  g_assert_cmpint (one.may_remove, ==, contract->tablet_may_remove);
}

/* So that staff can be told of a tablet's clock that is wrong. Both clocks are
 * this machine's. */
static void
test_time (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  DcDestinationIdentity identity = { 0 };
  gint64 before = g_get_real_time ();

  probe (tablet, &identity);
  if (!contract->tells_time) {
    g_assert_cmpint (identity.utc_us, ==, 0);
    return;
  }
  g_assert_cmpint (identity.utc_us, >=, before - 2 * G_USEC_PER_SEC);
  g_assert_cmpint (identity.utc_us, <=, g_get_real_time () + 2 * G_USEC_PER_SEC);
}

static void
test_epoch (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  DcDestinationIdentity before = { 0 };
  DcDestinationIdentity after = { 0 };

  probe (tablet, &before);
  contract->begin_epoch ();
  probe (tablet, &after);
  g_assert_false (dc_id_equal (&before.epoch, &after.epoch));
  probe (tablet, &before);
  g_assert_true (dc_id_equal (&before.epoch, &after.epoch));
}

typedef struct
{
  const DcContract     *contract;
  DcContractQueue      *queue;
  DcDestinationIdentity identity;
  DcVerdict             verdict;
} Tablet;

static gpointer
probe_in_thread (gpointer data)
{
  Tablet *self = data;
  g_autoptr (DcDestination) tablet = self->contract->tablet ();

  probe (tablet, &self->identity);

  return NULL;
}

static gpointer
put_in_thread (gpointer data)
{
  Tablet *self = data;
  g_autoptr (DcDestination) tablet = self->contract->tablet ();

  self->verdict = dc_contract_put (self->queue, tablet);

  return NULL;
}

static void
run_both (GThreadFunc  what,
          Tablet      *tablets)
{
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("tablet", what, &tablets[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
}

static void
remove_identity (const DcContract *contract)
{
  g_autofree char *path = g_build_filename (contract->root, DC_DESTINATION_IDENTITY_FILE, NULL);

  g_unlink (path);
}

static void
test_identity_at_once (gconstpointer data)
{
  const DcContract *contract = data;

  for (guint round = 0; round < 3; round++) {
    Tablet tablets[2] = { { contract }, { contract } };

    remove_identity (contract);
    run_both (probe_in_thread, tablets);
    g_assert_true (dc_id_equal (&tablets[0].identity.id, &tablets[1].identity.id));
    g_assert_true (dc_id_equal (&tablets[0].identity.epoch, &tablets[1].identity.epoch));
  }
}

static void
test_identity_unreadable (gconstpointer data)
{
  static const char * const leftovers[] = { "", "{\"v\":1,\"id\":\"00", "no such thing\n" };
  const DcContract *contract = data;
  g_autofree char *path = g_build_filename (contract->root, DC_DESTINATION_IDENTITY_FILE, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++) {
    g_autoptr (DcDestination) tablet = contract->tablet ();
    DcDestinationIdentity identity = { 0 };
    DcTransfer transfer = { 0 };
    g_autoptr (GError) error = NULL;

    g_unlink (path);     /* writing over it, GLib 2.74 leaves the end of a longer one */
    g_assert_true (g_file_set_contents_full (path, leftovers[i], -1, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
    if (contract->may_replace) {
      probe (tablet, &identity);
      probe (tablet, &identity);
      continue;
    }
    g_assert_false (dc_destination_probe (tablet, &transfer, &identity, &error));
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE);
  }
  remove_identity (contract);
}

static void
test_new_then_same (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) again = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };

  dc_contract_queue_init (&queue, 20);
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_NEW);
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_SAME);
  g_assert_cmpint (dc_contract_put (&queue, again), ==, DC_VERDICT_SAME);
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 20);
}

static void
test_queues (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) one = { 0 };
  g_auto (DcContractQueue) two = { 0 };

  dc_contract_queue_init (&one, 2);
  dc_contract_queue_init (&two, 3);
  g_assert_cmpint (dc_contract_put (&one, tablet), ==, DC_VERDICT_NEW);
  g_assert_cmpint (dc_contract_put (&two, tablet), ==, DC_VERDICT_NEW);
  g_assert_cmpint (dc_contract_put (&one, tablet), ==, DC_VERDICT_SAME);
  g_assert_cmpuint (dc_contract_count (&one, office), ==, 2);
  g_assert_cmpuint (dc_contract_count (&two, office), ==, 3);
}

/* Sealed once more, the same promise is other bytes. What is there stays; the
 * other is told apart, or lies beside it. */
static void
test_another_with_the_id (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcSealer) sealer = fixture_sealer (1);
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_auto (DcContractQueue) queue = { 0 };
  g_auto (DcContractQueue) other = { 0 };
  guint taken;

  dc_contract_queue_init (&queue, 1);
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_NEW);

  other.origin = queue.origin;
  other.records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  pledge->id = ((DcRecord *) queue.records->pdata[0])->envelope.id;
  g_ptr_array_add (other.records, dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &queue.origin.queue, 1, NULL));
  other.bundle = dc_bundle_new ((DcRecord **) other.records->pdata, 1, &taken);

  g_assert_cmpint (dc_contract_put (&other, tablet), ==, contract->one_by_id ? DC_VERDICT_DIFFERS : DC_VERDICT_NEW);
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_SAME);
}

static void
test_broken (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };
  g_autoptr (GBytes) whole = NULL;
  DcTransfer transfer = { 0 };

  dc_contract_queue_init (&queue, 3);
  whole = g_steal_pointer (&queue.bundle);
  queue.bundle = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 10);
  g_assert_cmpint (dc_contract_put_fails (&queue, tablet, &transfer), ==, DC_DELIVERY_ERROR_REJECTED);
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 0);
}

static void
test_at_once (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) office = contract->office ();

  for (guint round = 0; round < 3; round++) {
    g_auto (DcContractQueue) queue = { 0 };
    Tablet tablets[2] = { { contract, &queue }, { contract, &queue } };

    dc_contract_queue_init (&queue, 20);
    run_both (put_in_thread, tablets);
    for (guint i = 0; i < 2; i++)
      g_assert_true (tablets[i].verdict == DC_VERDICT_NEW || tablets[i].verdict == DC_VERDICT_SAME);
    g_assert_cmpuint (dc_contract_count (&queue, office), ==, 20);
  }
}

static void
test_stopped_before (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_auto (DcContractQueue) queue = { 0 };
  DcTransfer transfer = { .stop = stop };

  dc_contract_queue_init (&queue, 2);
  g_cancellable_cancel (stop);
  g_assert_cmpint (dc_contract_put_fails (&queue, tablet, &transfer), ==, DC_DELIVERY_ERROR_STOPPED);
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 0);
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_NEW);
}

static void
stop_now (guint64  sent,
          guint64  total,
          gpointer data)
{
  g_assert_cmpuint (sent, <=, total);
  g_cancellable_cancel (data);
}

/* Whether it was too late or not: no verdict without proof, and the next run
 * ends well. */
static void
test_stopped_in_the_middle (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_autoptr (GError) error = NULL;
  g_auto (DcContractQueue) queue = { 0 };
  DcTransfer transfer = { .stop = stop, .progress = stop_now, .data = stop };
  DcVerdict verdict;

  dc_contract_queue_init (&queue, 60);
  if (dc_destination_put (tablet, &queue.origin, queue.bundle, &transfer, deliveries, &error)) {
    g_assert_cmpint (dc_contract_verdict (&queue, deliveries), ==, DC_VERDICT_NEW);
  } else {
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);
    g_assert_cmpuint (deliveries->len, ==, 0);
  }
  g_assert_true (g_cancellable_is_cancelled (stop));

  verdict = dc_contract_put (&queue, tablet);
  g_assert_true (verdict == DC_VERDICT_NEW || verdict == DC_VERDICT_SAME);
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 60);
}

static void
put_note (DcDestination  *destination,
          DcNote          note,
          const DcOrigin *origin,
          const char     *text)
{
  g_autoptr (GBytes) line = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_destination_put_note (destination, note, origin, line, &transfer, &error);
  g_assert_no_error (error);
}

static void
assert_holds (GHashTable *found,
              const char *text)
{
  GHashTableIter iter;
  gpointer content;
  guint n = 0;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &content))
    n += g_bytes_get_size (content) == strlen (text)
         && memcmp (g_bytes_get_data (content, NULL), text, strlen (text)) == 0;
  g_assert_cmpuint (n, ==, 1);
}

static void
test_notes (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };
  g_auto (DcContractQueue) other = { 0 };
  g_autoptr (GHashTable) receipts = NULL;
  g_autoptr (GHashTable) statements = NULL;

  dc_contract_queue_init (&queue, 1);
  dc_contract_queue_init (&other, 1);
  put_note (tablet, DC_NOTE_STATEMENT, &queue.origin, "stated\n");
  put_note (tablet, DC_NOTE_STATEMENT, &queue.origin, "stated later\n");
  put_note (tablet, DC_NOTE_STATEMENT, &queue.origin, "stated\n");
  put_note (office, DC_NOTE_RECEIPT, &queue.origin, "opened\n");
  put_note (office, DC_NOTE_RECEIPT, &other.origin, "opened of another\n");

  statements = dc_contract_notes (office, DC_NOTE_STATEMENT, &queue.origin);
  g_assert_cmpuint (g_hash_table_size (statements), ==, 2);
  assert_holds (statements, "stated\n");
  assert_holds (statements, "stated later\n");
  receipts = dc_contract_notes (tablet, DC_NOTE_RECEIPT, &queue.origin);
  g_assert_cmpuint (g_hash_table_size (receipts), ==, 1);
  assert_holds (receipts, "opened\n");
}

static void
test_all_notes (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };
  g_autoptr (GHashTable) before = dc_contract_notes (office, DC_NOTE_RECEIPT, NULL);
  g_autoptr (GHashTable) after = NULL;

  dc_contract_queue_init (&queue, 1);
  put_note (office, DC_NOTE_RECEIPT, &queue.origin, "of a queue nobody asked for\n");
  after = dc_contract_notes (office, DC_NOTE_RECEIPT, NULL);
  g_assert_cmpuint (g_hash_table_size (after), ==, g_hash_table_size (before) + 1);
  assert_holds (after, "of a queue nobody asked for\n");
}

static gboolean
count_one (const char *place,
           GBytes     *content,
           gpointer    data)
{
  ++*(guint *) data;

  return FALSE;
}

static void
test_enough (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) one = { 0 };
  g_auto (DcContractQueue) two = { 0 };
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };
  guint n = 0;

  dc_contract_queue_init (&one, 1);
  dc_contract_queue_init (&two, 1);
  dc_contract_put (&one, tablet);
  dc_contract_put (&two, tablet);
  g_assert_true (dc_destination_read_bundles (office, &transfer, count_one, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* The place of the bundle that holds these very bytes. (transfer full) */
static char *
place_of (DcDestination *office,
          GBytes        *bundle)
{
  g_autoptr (GHashTable) bundles = dc_contract_bundles (office);
  GHashTableIter iter;
  gpointer place;
  gpointer content;

  g_hash_table_iter_init (&iter, bundles);
  while (g_hash_table_iter_next (&iter, &place, &content))
    if (g_bytes_equal (content, bundle))
      return g_strdup (place);

  return NULL;
}

static void
test_remove (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };
  g_auto (DcContractQueue) stays = { 0 };
  g_autofree char *place = NULL;
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_contract_queue_init (&queue, 1);
  dc_contract_queue_init (&stays, 1);
  dc_contract_put (&queue, tablet);
  dc_contract_put (&stays, tablet);
  place = place_of (office, queue.bundle);
  g_assert_nonnull (place);
  if (!contract->office_may_remove) {
    g_assert_false (dc_destination_remove (office, place, &transfer, &error));
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_READ_ONLY);
    g_assert_cmpuint (dc_contract_count (&queue, office), ==, 1);
    return;
  }
  for (guint i = 0; i < 2; i++) {
    dc_destination_remove (office, place, &transfer, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 0);
  g_assert_cmpuint (dc_contract_count (&stays, office), ==, 1);
}

static void
test_stranger (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) stranger = contract->stranger ();
  g_auto (DcContractQueue) queue = { 0 };
  DcDestinationIdentity identity;
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_contract_queue_init (&queue, 1);
  g_assert_cmpint (dc_contract_put_fails (&queue, stranger, &transfer), ==, DC_DELIVERY_ERROR_CREDENTIAL);
  g_assert_false (dc_destination_probe (stranger, &transfer, &identity, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_CREDENTIAL);
}

/* Below the folder behind the destination: what lies there by another's hand. */
static void
lay_down (const DcContract *contract,
          const char       *folder,
          const char       *name,
          const char       *text,
          gsize             length)
{
  g_autofree char *path = g_build_filename (contract->root, folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0666, &error);
  g_assert_no_error (error);
}

static void
test_leftover (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };
  g_autofree char *shelf = NULL;
  g_autofree char *name = NULL;
  g_autofree char *next = NULL;
  g_autofree char *place = NULL;

  dc_contract_queue_init (&queue, 5);
  shelf = dc_shelf_folder (&queue.origin);
  name = dc_shelf_bundle_name (1, 5, queue.bundle, 1);
  next = dc_shelf_bundle_name (1, 5, queue.bundle, 2);
  put_note (tablet, DC_NOTE_STATEMENT, &queue.origin, "makes the folder\n");
  lay_down (contract, shelf, name, g_bytes_get_data (queue.bundle, NULL), g_bytes_get_size (queue.bundle) / 2);

  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_NEW);
  place = place_of (office, queue.bundle);
  g_assert_nonnull (place);
  g_assert_true (g_str_has_suffix (place, next));
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_SAME);
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 5);
}

static void
test_all_names_taken (gconstpointer data)
{
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_auto (DcContractQueue) queue = { 0 };
  g_autofree char *shelf = NULL;
  DcTransfer transfer = { 0 };

  dc_contract_queue_init (&queue, 1);
  shelf = dc_shelf_folder (&queue.origin);
  put_note (tablet, DC_NOTE_STATEMENT, &queue.origin, "makes the folder\n");
  for (guint i = 1; i <= DC_SHELF_MAX_ATTEMPT; i++) {
    g_autofree char *name = dc_shelf_bundle_name (1, 1, queue.bundle, i);

    lay_down (contract, shelf, name, "", 0);
  }
  g_assert_cmpint (dc_contract_put_fails (&queue, tablet, &transfer), ==, DC_DELIVERY_ERROR_UNREADABLE);
}

/* Too long, no file, no name of ours: passed over, and the rest is found. */
static void
test_strange_things (gconstpointer data)
{
  static const char * const names[] = {
    "1-1-0000000000000000.jsonl.part", "UPPER.jsonl", "receipt-.json~", ".1-1-0000000000000000.jsonl", "a b&c.jsonl",
    "1-\303\251.jsonl", "%2e%2e.jsonl", "statement-<x>.json",
  };
  const DcContract *contract = data;
  g_autoptr (DcDestination) tablet = contract->tablet ();
  g_autoptr (DcDestination) office = contract->office ();
  g_auto (DcContractQueue) queue = { 0 };
  g_autofree char *shelf = NULL;
  g_autofree char *huge = g_malloc0 (1024 * 1024);
  g_autofree char *folder = NULL;
  guint before;

  dc_contract_queue_init (&queue, 2);
  shelf = dc_shelf_folder (&queue.origin);
  g_assert_cmpint (dc_contract_put (&queue, tablet), ==, DC_VERDICT_NEW);
  {
    g_autoptr (GHashTable) found = dc_contract_bundles (office);
    before = g_hash_table_size (found);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    lay_down (contract, shelf, names[i], "x", 1);
  lay_down (contract, shelf, "1-2-aaaaaaaaaaaaaaaa.jsonl", huge, 1024 * 1024);
  lay_down (contract, ".", "somebody-s-letter", "x", 1);
  folder = g_build_filename (contract->root, shelf, "1-2-bbbbbbbbbbbbbbbb.jsonl", "deeper", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  {
    g_autoptr (GHashTable) found = dc_contract_bundles (office);
    g_assert_cmpuint (g_hash_table_size (found), ==, before);
  }
  g_assert_cmpuint (dc_contract_count (&queue, office), ==, 2);
}

static void
test_no_name_of_ours (gconstpointer data)
{
  static const char * const places[] = {
    "", "daily-cup.json", "../secret", "a/b/c/1-1-0.jsonl", "migrants-day/../../x",
  };
  const DcContract *contract = data;
  g_autoptr (DcDestination) office = contract->office ();
  DcTransfer transfer = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_destination_remove (office, places[i], &transfer, &error));
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP);
  }
}

static void
add (const DcContract *contract,
     const char       *says,
     GTestDataFunc     test)
{
  g_autofree char *path = g_strdup_printf ("/contract/%s/%s", contract->name, says);

  g_test_add_data_func (path, contract, test);
}

void
dc_contract_add (const DcContract *contract)
{
  add (contract, "identity/is-the-same-for-all", test_identity);
  add (contract, "identity/says-what-time-it-is-there", test_time);
  add (contract, "identity/shows-another-life-of-it", test_epoch);
  add (contract, "put/new-then-same", test_new_then_same);
  add (contract, "put/keeps-queues-apart", test_queues);
  add (contract, "put/another-record-with-the-id-changes-nothing", test_another_with_the_id);
  add (contract, "put/what-is-not-whole-is-rejected", test_broken);
  add (contract, "put/twice-at-once-is-there", test_at_once);
  add (contract, "put/stopped-before-sends-nothing", test_stopped_before);
  add (contract, "put/stopped-in-the-middle-ends-well-next-time", test_stopped_in_the_middle);
  add (contract, "notes/are-added-and-never-replaced", test_notes);
  add (contract, "notes/of-all-queues", test_all_notes);
  add (contract, "read/ends-when-told", test_enough);
  add (contract, "remove/that-alone-and-twice-is-harmless", test_remove);
  if (contract->stranger != NULL)
    add (contract, "credential/a-wrong-one-is-said-to-be", test_stranger);
  if (contract->root == NULL)
    return;
  add (contract, "identity/two-who-make-it-at-once-agree", test_identity_at_once);
  add (contract, "identity/unreadable", test_identity_unreadable);
  add (contract, "put/a-truncated-leftover-gets-another-name-beside-it", test_leftover);
  add (contract, "put/fails-where-every-name-is-taken", test_all_names_taken);
  add (contract, "read/passes-over-what-is-not-ours", test_strange_things);
  add (contract, "remove/nothing-but-files-of-ours", test_no_name_of_ours);
}
