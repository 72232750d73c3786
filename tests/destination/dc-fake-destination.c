/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-fake-place.h"

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"

#define DC_TYPE_FAKE_DESTINATION (dc_fake_destination_get_type ())
G_DECLARE_FINAL_TYPE (DcFakeDestination, dc_fake_destination, DC, FAKE_DESTINATION, GObject)

struct _DcFakeDestination
{
  GObject      parent_instance;

  DcFakePlace *place;   /* (owned) */
};

static void dc_fake_destination_iface_init (DcDestinationInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DcFakeDestination, dc_fake_destination, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_DESTINATION,
                                                      dc_fake_destination_iface_init))

static gboolean
fail (DcDeliveryError   code,
      GError          **error)
{
  g_set_error (error, DC_DELIVERY_ERROR, code, "fake: %s", dc_delivery_error_to_string (code));

  return FALSE;
}

/* Until it is stopped; a minute is more than any test waits. */
static gboolean
hang (DcTransfer  *transfer,
      GError     **error)
{
  for (guint i = 0; i < 60000; i++) {
    if (g_cancellable_is_cancelled (transfer->stop))
      return fail (DC_DELIVERY_ERROR_STOPPED, error);
    g_usleep (1000);
  }

  return fail (DC_DELIVERY_ERROR_TIMEOUT, error);
}

/* Locks the place where it returns TRUE. */
static gboolean
begin (DcFakeDestination  *self,
       DcFakeCall          call,
       DcTransfer         *transfer,
       DcFakeStep         *step,
       GError            **error)
{
  DcFakePlace *place = self->place;

  if (g_cancellable_is_cancelled (transfer->stop))
    return fail (DC_DELIVERY_ERROR_STOPPED, error);

  g_mutex_lock (&place->mutex);
  place->n_calls[call]++;
  *step = (DcFakeStep) { DC_FAKE_WELL };
  if (place->decide != NULL)
    *step = place->decide (call, place->data);
  if (step->fault != DC_FAKE_FAIL && step->fault != DC_FAKE_HANG)
    return TRUE;

  g_mutex_unlock (&place->mutex);
  if (step->fault == DC_FAKE_HANG)
    return hang (transfer, error);
  transfer->retry_seconds = step->code == DC_DELIVERY_ERROR_BUSY ? 1 : 0;

  return fail (step->code, error);
}

static gboolean
end (DcFakeDestination  *self,
     const DcFakeStep   *step,
     GError            **error)
{
  g_mutex_unlock (&self->place->mutex);
  if (step->fault == DC_FAKE_LOSE_ANSWER || step->fault == DC_FAKE_HALF)
    return fail (step->code, error);

  return TRUE;
}

static gboolean
probe (DcDestination          *destination,
       DcTransfer             *transfer,
       DcDestinationIdentity  *identity,
       GError                **error)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (destination);
  DcFakeStep step;

  if (!begin (self, DC_FAKE_PROBE, transfer, &step, error))
    return FALSE;
  dc_fake_place_identify (self->place);
  *identity = (DcDestinationIdentity) { .id = self->place->id, .epoch = self->place->epoch,
                                        .utc_us = self->place->utc_us };

  return end (self, &step, error);
}

/* NULL where the bundle is not whole. */
static GPtrArray *
read_bundle (GBytes *bundle)
{
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (bundle, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_auto (DcBundleItem) item = { 0 };

  while (reader != NULL && dc_bundle_reader_next (reader, &item)) {
    if (item.found != DC_BUNDLE_RECORD)
      return NULL;
    g_ptr_array_add (records, dc_record_ref (item.record));
    dc_bundle_item_clear (&item);
  }

  return reader != NULL ? g_steal_pointer (&records) : NULL;
}

static gboolean
is_of (const DcRecord *record,
       const DcOrigin *origin)
{
  return g_str_equal (record->envelope.campaign, origin->campaign)
         && memcmp (record->envelope.tablet, origin->tablet, sizeof origin->tablet) == 0
         && dc_id_equal (&record->envelope.queue, &origin->queue);
}

/* What of a bundle would make a server refuse it whole, or die of it; -1: nothing. */
static int
rejects (DcFakePlace    *place,
         GPtrArray      *records,
         const DcOrigin *origin)
{
  if (records == NULL || records->len == 0)
    return DC_DELIVERY_ERROR_REJECTED;
  for (guint i = 0; i < records->len; i++) {
    DcRecord *record = records->pdata[i];
    const char *reason = g_hash_table_lookup (place->refused, &record->envelope.id);

    if (g_strcmp0 (reason, DC_FAKE_HANGS_UP) == 0)
      return DC_DELIVERY_ERROR_OFFLINE;
    if ((reason != NULL && *reason == '\0') || !is_of (record, origin))
      return DC_DELIVERY_ERROR_REJECTED;
  }

  return -1;
}

static DcDelivery *
store (DcFakePlace *place,
       DcRecord    *record)
{
  const DcId *id = &record->envelope.id;
  const char *reason = g_hash_table_lookup (place->refused, id);
  g_autoptr (GBytes) line = dc_record_to_line (record);
  GBytes *there = g_hash_table_lookup (place->records, id);

  if (reason != NULL)
    return dc_delivery_new (id, DC_VERDICT_REFUSED, reason);
  if (there != NULL)
    return dc_delivery_new (id, g_bytes_equal (there, line) ? DC_VERDICT_SAME : DC_VERDICT_DIFFERS,
                            NULL);
  g_hash_table_insert (place->records, g_memdup2 (id, sizeof *id), g_steal_pointer (&line));

  return dc_delivery_new (id, DC_VERDICT_NEW, NULL);
}

/* The records that @place takes are what the office finds there: a bundle of
 * these and no others. */
static gboolean
keep_bundle (DcFakePlace    *place,
             const DcOrigin *origin,
             GPtrArray      *records)
{
  guint taken;
  guint done = 0;

  while (done < records->len) {
    g_autoptr (GBytes) bundle = dc_bundle_new ((DcRecord * const *) records->pdata + done,
                                               records->len - done, &taken);
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bundle);
    DcFakeText text = { .place = sum, .origin = *origin, .content = bundle };

    if (!dc_fake_place_add (place, &text))
      return FALSE;
    done += taken;
  }

  return TRUE;
}

/* How many of the first records are stored. */
static void
store_all (DcFakePlace    *place,
           const DcOrigin *origin,
           GPtrArray      *records,
           DcFakeFault     fault,
           GPtrArray      *deliveries)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  guint first = fault == DC_FAKE_MOST ? 1 : 0;
  guint n = fault == DC_FAKE_HALF ? records->len / 2 : records->len;

  for (guint i = first; i < n; i++) {
    DcDelivery *delivery = store (place, records->pdata[i]);

    if (delivery->verdict == DC_VERDICT_NEW)
      g_ptr_array_add (kept, records->pdata[i]);
    g_ptr_array_add (deliveries, delivery);
  }
  keep_bundle (place, origin, kept);
}

static void
reverse (GPtrArray *deliveries)
{
  for (guint i = 0; i < deliveries->len / 2; i++) {
    gpointer other = deliveries->pdata[deliveries->len - 1 - i];

    deliveries->pdata[deliveries->len - 1 - i] = deliveries->pdata[i];
    deliveries->pdata[i] = other;
  }
}

static void
spoil (DcFakeFault  fault,
       GPtrArray   *records,
       GPtrArray   *deliveries)
{
  const DcId nobody = { { 0xee } };
  DcRecord *first = records->pdata[0];

  switch (fault) {
  case DC_FAKE_SILENCE:
    for (guint i = deliveries->len; i > 0; i--)
      if (i % 2 == 1)
        dc_delivery_free (g_ptr_array_remove_index (deliveries, i - 1));
    break;
  case DC_FAKE_DOUBT:
    for (guint i = 0; i < deliveries->len; i++)
      ((DcDelivery *) deliveries->pdata[i])->verdict = DC_VERDICT_RETRY;
    break;
  case DC_FAKE_STRANGE:
    g_ptr_array_add (deliveries, dc_delivery_new (&nobody, DC_VERDICT_NEW, NULL));
    g_ptr_array_add (deliveries,
                     dc_delivery_new (&first->envelope.id, DC_VERDICT_REFUSED, "no"));
    break;
  case DC_FAKE_MOST:
    g_ptr_array_insert (deliveries, 0,
                        dc_delivery_new (&first->envelope.id, DC_VERDICT_RETRY, NULL));
    reverse (deliveries);
    break;
  case DC_FAKE_SHUFFLE:
    reverse (deliveries);
    break;
  default:
    break;
  }
}

static gboolean
put (DcDestination   *destination,
     const DcOrigin  *origin,
     GBytes          *bundle,
     DcTransfer      *transfer,
     GPtrArray       *deliveries,
     GError         **error)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (destination);
  g_autoptr (GPtrArray) records = read_bundle (bundle);
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new ();
  gsize size = g_bytes_get_size (bundle);
  DcFakeStep step;
  int code;

  if (!begin (self, DC_FAKE_PUT, transfer, &step, error))
    return FALSE;
  code = size > self->place->room ? DC_DELIVERY_ERROR_FULL : rejects (self->place, records, origin);
  if (code >= 0) {
    g_mutex_unlock (&self->place->mutex);
    return fail ((DcDeliveryError) code, error);
  }
  store_all (self->place, origin, records, step.fault, verdicts);
  spoil (step.fault, records, verdicts);
  if (!end (self, &step, error)) {
    g_ptr_array_set_free_func (verdicts, (GDestroyNotify) dc_delivery_free);
    return FALSE;
  }

  if (transfer->progress != NULL)
    transfer->progress (size, size, transfer->data);
  g_ptr_array_extend (deliveries, verdicts, NULL, NULL);

  return TRUE;
}

static gboolean
put_note (DcDestination   *destination,
          DcNote           note,
          const DcOrigin  *origin,
          GBytes          *line,
          DcTransfer      *transfer,
          GError         **error)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (destination);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, line);
  DcFakeText text = { .place = sum, .is_note = TRUE, .note = note, .origin = *origin,
                      .content = line };
  DcFakeStep step;

  if (!begin (self, DC_FAKE_PUT_NOTE, transfer, &step, error))
    return FALSE;
  if (!dc_fake_place_add (self->place, &text)) {
    g_mutex_unlock (&self->place->mutex);
    return fail (DC_DELIVERY_ERROR_FULL, error);
  }

  return end (self, &step, error);
}

static gboolean
is_wanted (const DcFakeText *text,
           gboolean          is_note,
           DcNote            note,
           const DcOrigin   *origin)
{
  if (text->is_note != is_note || (is_note && text->note != note))
    return FALSE;

  return origin == NULL
         || (g_str_equal (text->origin.campaign, origin->campaign)
             && memcmp (text->origin.tablet, origin->tablet, sizeof origin->tablet) == 0
             && dc_id_equal (&text->origin.queue, &origin->queue));
}

/* Unlocked while it tells, since who hears it may call again. */
static void
tell (GPtrArray          *texts,
      gboolean            is_note,
      DcNote              note,
      const DcOrigin     *origin,
      DcDestinationFound  found,
      gpointer            data)
{
  for (guint i = 0; i < texts->len; i++) {
    const DcFakeText *text = texts->pdata[i];

    if (is_wanted (text, is_note, note, origin) && !found (text->place, text->content, data))
      break;
  }
}

static gboolean
read_notes (DcDestination       *destination,
            DcNote               note,
            const DcOrigin      *origin,
            DcTransfer          *transfer,
            DcDestinationFound   found,
            gpointer             data,
            GError             **error)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (destination);
  g_autoptr (DcFakePlace) copy = dc_fake_place_copy (self->place);
  DcFakeStep step;

  if (!begin (self, DC_FAKE_READ_NOTES, transfer, &step, error))
    return FALSE;
  if (!end (self, &step, error))
    return FALSE;
  tell (copy->texts, TRUE, note, origin, found, data);

  return TRUE;
}

static gboolean
read_bundles (DcDestination       *destination,
              DcTransfer          *transfer,
              DcDestinationFound   found,
              gpointer             data,
              GError             **error)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (destination);
  g_autoptr (DcFakePlace) copy = dc_fake_place_copy (self->place);

  if (g_cancellable_is_cancelled (transfer->stop))
    return fail (DC_DELIVERY_ERROR_STOPPED, error);
  tell (copy->texts, FALSE, DC_N_NOTES, NULL, found, data);

  return TRUE;
}

static gboolean
remove_text (DcDestination  *destination,
             const char     *place,
             DcTransfer     *transfer,
             GError        **error)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (destination);

  g_mutex_lock (&self->place->mutex);
  for (guint i = self->place->texts->len; i > 0; i--) {
    DcFakeText *text = self->place->texts->pdata[i - 1];

    if (g_str_equal (text->place, place))
      g_ptr_array_remove_index (self->place->texts, i - 1);
  }
  g_mutex_unlock (&self->place->mutex);

  return TRUE;
}

static void
dc_fake_destination_iface_init (DcDestinationInterface *iface)
{
  iface->probe = probe;
  iface->put = put;
  iface->put_note = put_note;
  iface->read_notes = read_notes;
  iface->read_bundles = read_bundles;
  iface->remove = remove_text;
}

static void
dc_fake_destination_finalize (GObject *object)
{
  DcFakeDestination *self = DC_FAKE_DESTINATION (object);

  g_clear_pointer (&self->place, dc_fake_place_unref);

  G_OBJECT_CLASS (dc_fake_destination_parent_class)->finalize (object);
}

static void
dc_fake_destination_class_init (DcFakeDestinationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_fake_destination_finalize;
}

static void
dc_fake_destination_init (DcFakeDestination *self)
{
}

DcDestination *
dc_fake_destination_new (DcFakePlace *place)
{
  DcFakeDestination *self = g_object_new (DC_TYPE_FAKE_DESTINATION, NULL);

  self->place = dc_fake_place_ref (place);

  return DC_DESTINATION (self);
}

DcDestination *
dc_fake_destination_make (const DcDestinationSetup  *setup,
                          const char                *authority,
                          const char                *folder,
                          const DcCredential        *credential,
                          gpointer                   data,
                          GError                   **error)
{
  return dc_fake_destination_new (data);
}
