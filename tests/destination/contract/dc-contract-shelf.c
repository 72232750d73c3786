/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-contract-shelf.h"

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-sealer.h"
#include "fixture.h"

void
dc_contract_queue_init (DcContractQueue *self,
                        guint            n_records)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (1);
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  guint taken;

  *self = (DcContractQueue) { .origin.campaign = "migrants-day" };
  memcpy (self->origin.tablet, dc_tablet_key_get_public (tablet), sizeof self->origin.tablet);
  dc_crypto_random (&self->origin.queue, sizeof self->origin.queue);

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  for (guint i = 0; i < n_records; i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
    g_autoptr (GError) error = NULL;

    dc_crypto_random (&pledge->id, sizeof pledge->id);
    g_ptr_array_add (self->records, dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &self->origin.queue,
                                                           i + 1, &error));
    g_assert_no_error (error);
  }
  self->bundle = dc_bundle_new ((DcRecord **) self->records->pdata, n_records, &taken);
  g_assert_cmpuint (taken, ==, n_records);
}

void
dc_contract_queue_clear (DcContractQueue *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->bundle, g_bytes_unref);
}

static guint
count_of (GPtrArray  *deliveries,
          const DcId *id)
{
  guint n = 0;

  for (guint i = 0; i < deliveries->len; i++)
    n += dc_id_equal (&((DcDelivery *) deliveries->pdata[i])->id, id);

  return n;
}

DcVerdict
dc_contract_verdict (DcContractQueue *self,
                     GPtrArray       *deliveries)
{
  const DcDelivery *first;

  g_assert_cmpuint (deliveries->len, ==, self->records->len);
  first = deliveries->pdata[0];
  for (guint i = 0; i < self->records->len; i++) {
    g_assert_cmpuint (count_of (deliveries, &((DcRecord *) self->records->pdata[i])->envelope.id), ==, 1);
    g_assert_cmpint (((DcDelivery *) deliveries->pdata[i])->verdict, ==, first->verdict);
  }

  return first->verdict;
}

static GPtrArray *
deliveries_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
}

DcVerdict
dc_contract_put (DcContractQueue *self,
                 DcDestination   *destination)
{
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_destination_put (destination, &self->origin, self->bundle, &transfer, deliveries, &error);
  g_assert_no_error (error);

  return dc_contract_verdict (self, deliveries);
}

DcDeliveryError
dc_contract_put_fails (DcContractQueue *self,
                       DcDestination   *destination,
                       DcTransfer      *transfer)
{
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_destination_put (destination, &self->origin, self->bundle, transfer, deliveries, &error));
  g_assert_cmpuint (deliveries->len, ==, 0);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, DC_DELIVERY_ERROR);

  return (DcDeliveryError) error->code;
}

static gboolean
collect (const char *place,
         GBytes     *content,
         gpointer    data)
{
  /* Each thing has its own place, or the office could not remove it alone. */
  g_assert_true (g_hash_table_insert (data, g_strdup (place), g_bytes_ref (content)));

  return TRUE;
}

static GHashTable *
found_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

GHashTable *
dc_contract_notes (DcDestination  *destination,
                   DcNote          note,
                   const DcOrigin *origin)
{
  GHashTable *found = found_new ();
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_destination_read_notes (destination, note, origin, &transfer, collect, found, &error);
  g_assert_no_error (error);

  return found;
}

GHashTable *
dc_contract_bundles (DcDestination *destination)
{
  GHashTable *found = found_new ();
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };

  dc_destination_read_bundles (destination, &transfer, collect, found, &error);
  g_assert_no_error (error);

  return found;
}

static gboolean
is_ours (DcContractQueue *self,
         DcRecord        *record)
{
  g_autoptr (GBytes) line = dc_record_to_line (record);

  for (guint i = 0; i < self->records->len; i++) {
    g_autoptr (GBytes) ours = dc_record_to_line (self->records->pdata[i]);

    if (g_bytes_equal (ours, line))
      return TRUE;
  }

  return FALSE;
}

static void
add_records (DcContractQueue *self,
             GBytes          *bundle,
             GHashTable      *ids)
{
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (bundle, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_auto (DcBundleItem) item = { 0 };

  while (reader != NULL && dc_bundle_reader_next (reader, &item)) {
    if (item.found == DC_BUNDLE_RECORD && dc_id_equal (&item.record->envelope.queue, &self->origin.queue)) {
      g_assert_true (is_ours (self, item.record));
      g_hash_table_add (ids, g_compute_checksum_for_data (G_CHECKSUM_SHA256, item.record->envelope.id.bytes,
                                                          sizeof item.record->envelope.id.bytes));
    }
    dc_bundle_item_clear (&item);
  }
}

guint
dc_contract_count (DcContractQueue *self,
                   DcDestination   *office)
{
  g_autoptr (GHashTable) bundles = dc_contract_bundles (office);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer bundle;

  g_hash_table_iter_init (&iter, bundles);
  while (g_hash_table_iter_next (&iter, NULL, &bundle))
    add_records (self, bundle, ids);

  return g_hash_table_size (ids);
}
