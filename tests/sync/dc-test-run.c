/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-run.h"

#include <string.h>

#include "dc-bundle.h"
#include "dc-receipt.h"
#include "dc-run-private.h"

#define SECONDS 20

static const guint8 pack[32] = { 9 };

static guint
id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, id, sizeof hash);

  return hash;
}

static gboolean
id_equal (gconstpointer a,
          gconstpointer b)
{
  return dc_id_equal (a, b);
}

static DcRun *
run_new (DcTestRun *self)
{
  static const char * const nothing[] = { "/nonexistent", NULL };
  DcRun *run = dc_run_new (self->store.queue, self->key, DC_CLOCK (self->clock), nothing);

  dc_run_set_connect (run, dc_test_send_connect, &self->send, 0);

  return run;
}

void
dc_test_run_set_up (DcTestRun     *self,
                    gconstpointer  unused)
{
  static const guint8 seed[32] = { 7 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  dc_store_test_set_up (&self->store, NULL);
  self->place = dc_fake_place_new ();
  dc_test_send_init (&self->send, dc_fake_destination_make, self->place, self->store.directory);
  self->key = dc_tablet_key_from_seed (seed);
  self->clock = dc_test_clock_new (G_GINT64_CONSTANT (1797588000000000));
  self->run = run_new (self);
  self->office_key = dc_minisign_key_generate ();
  text = dc_minisign_key_get_public_text (self->office_key, NULL);
  lines = g_strsplit (text, "\n", -1);
  self->office_public = g_strdup (lines[1]);
  self->office = g_hash_table_new_full (id_hash, id_equal, NULL, (GDestroyNotify) dc_record_unref);
}

void
dc_test_run_tear_down (DcTestRun     *self,
                       gconstpointer  unused)
{
  g_clear_object (&self->run);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  dc_test_send_clear (&self->send);
  dc_store_test_tear_down (&self->store, NULL);
  g_clear_pointer (&self->place, dc_fake_place_unref);
  g_clear_pointer (&self->key, dc_tablet_key_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->office_key, dc_minisign_key_unref);
  g_clear_pointer (&self->office_public, g_free);
  g_clear_pointer (&self->office, g_hash_table_unref);
}

static const DcId *
get_held (gpointer data)
{
  DcTestRun *self = data;

  return self->holding ? &self->held : NULL;
}

gboolean
dc_test_run_start (DcTestRun *self,
                   gboolean   everything)
{
  const char * const keys[] = { self->office_public, NULL };
  const DcRunOrder order = { .campaign = "migrants-day", .pack = pack, .folder = "/media/stick",
                             .receipt_keys = keys, .everything = everything,
                             .get_held = get_held, .held_data = self };

  return dc_run_start (self->run, &order);
}

const DcRunOutcome *
dc_test_run_wait (DcTestRun *self)
{
  gint64 late = g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC;

  while (dc_run_get_state (self->run) != DC_RUN_ENDED) {
    g_assert_cmpint (g_get_monotonic_time (), <, late);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (20);
  }

  return dc_run_get_outcome (self->run);
}

const DcRunOutcome *
dc_test_run_go (DcTestRun *self)
{
  g_assert_true (dc_test_run_start (self, FALSE));

  return dc_test_run_wait (self);
}

/* What the queue was told is on disk once it answers; its files as they then
 * lie there are copied beside and opened, as they would be after a SIGKILL. */
static void
copy_queue (const char *from,
            const char *to)
{
  static const char * const names[] = { "queue.db", "queue.db-wal" };
  g_autofree char *folder = g_build_filename (to, "queue", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *source = g_build_filename (from, "queue", names[i], NULL);
    g_autofree char *target = g_build_filename (folder, names[i], NULL);
    g_autofree char *content = NULL;
    gsize size;

    if (g_file_get_contents (source, &content, &size, NULL))
      g_assert_true (g_file_set_contents_full (target, content, (gssize) size,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

void
dc_test_run_crash (DcTestRun *self)
{
  char *directory = dc_test_dir_new ();

  g_clear_object (&self->run);
  dc_tally_free (dc_store_test_tally (&self->store));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  copy_queue (self->store.directory, directory);
  dc_store_test_tear_down (&self->store, NULL);
  dc_store_test_set_up_in (&self->store, directory);
  g_free (directory);
  self->send.directory = self->store.directory;
  self->run = run_new (self);
}

static gboolean
collect_bundle (const char *place,
                GBytes     *content,
                gpointer    data)
{
  DcTestRun *self = data;
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (content, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_auto (DcBundleItem) item = { 0 };

  while (dc_bundle_reader_next (reader, &item)) {
    DcRecord *known = item.record != NULL
                        ? g_hash_table_lookup (self->office, &item.record->envelope.id) : NULL;

    if (known != NULL && !g_bytes_equal (known->envelope_json, item.record->envelope_json))
      self->twice = TRUE;
    if (known == NULL && item.record != NULL)
      g_hash_table_insert (self->office, &item.record->envelope.id, dc_record_ref (item.record));
    dc_bundle_item_clear (&item);
  }

  return TRUE;
}

void
dc_test_run_collect (DcTestRun *self)
{
  g_autoptr (DcDestination) destination = dc_fake_destination_new (self->place);
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { NULL };

  dc_destination_read_bundles (destination, &transfer, collect_bundle, self, &error);
  g_assert_no_error (error);
}

static GBytes *
sign (DcReceipt     *receipt,
      DcMinisignKey *key)
{
  g_autoptr (GBytes) json = dc_receipt_to_json (receipt);
  g_autoptr (GBytes) message = dc_receipt_signed_bytes (json);
  g_autofree char *minisig = dc_minisign_key_sign (key, g_bytes_get_data (message, NULL),
                                                   g_bytes_get_size (message), "receipt", NULL,
                                                   NULL);

  return dc_receipt_to_line (json, minisig);
}

/* For what was collected of @campaign. */
static void
sign_for (DcTestRun     *self,
          const char    *campaign,
          DcMinisignKey *key)
{
  g_autoptr (DcDestination) destination = dc_fake_destination_new (self->place);
  DcOrigin origin = { .queue = *dc_queue_get_id (self->store.queue) };
  g_autoptr (DcReceipt) receipt = NULL;
  g_autoptr (GBytes) line = NULL;
  DcTransfer transfer = { NULL };
  GHashTableIter iter;
  gpointer record;

  g_strlcpy (origin.campaign, campaign, sizeof origin.campaign);
  memcpy (origin.tablet, dc_tablet_key_get_public (self->key), sizeof origin.tablet);
  receipt = dc_receipt_new (&origin);
  g_hash_table_iter_init (&iter, self->office);
  while (g_hash_table_iter_next (&iter, NULL, &record)) {
    const DcEnvelope *envelope = &((DcRecord *) record)->envelope;
    DcReceiptEntry entry = { .id = envelope->id };

    if (!g_str_equal (envelope->campaign, campaign))
      continue;
    memcpy (entry.sealed_sha256, envelope->sealed_sha256, sizeof entry.sealed_sha256);
    g_array_append_val (receipt->entries, entry);
  }
  line = sign (receipt, key != NULL ? key : self->office_key);
  dc_destination_put_note (destination, DC_NOTE_RECEIPT, &origin, line, &transfer, NULL);
}

void
dc_test_run_sign (DcTestRun     *self,
                  DcMinisignKey *key)
{
  g_autoptr (GHashTable) campaigns = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer record;
  gpointer campaign;

  g_hash_table_iter_init (&iter, self->office);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    g_hash_table_add (campaigns, ((DcRecord *) record)->envelope.campaign);
  g_hash_table_iter_init (&iter, campaigns);
  while (g_hash_table_iter_next (&iter, &campaign, NULL))
    sign_for (self, campaign, key);
}
