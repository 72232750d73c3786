/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-runs.h"

#include "dc-delivery.h"
#include "dc-queue.h"
#include "dc-queue-destinations.h"
#include "dc-queue-records.h"
#include "dc-store-error.h"

#include <string.h>

/* A withdrawal comes after the record that it is about: not while that one was
 * passed over in this run, because of a retry or since it is held. */
#define MAY_FOLLOW \
  "NOT EXISTS (SELECT 1 FROM record AS undone WHERE undone.id = record.about " \
  "AND (undone.seq <= :after OR undone.id IS :held) " \
  "AND undone.state IN ('waiting', 'delivered') " \
  "AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.seq = undone.seq " \
  "AND delivery.destination = :destination)) "

typedef struct
{
  GPtrArray *records;   /* (owned) of DcRecord */
  GArray    *damaged;   /* (owned) their numbers */
  GPtrArray *known;     /* (nullable) of DcRecord, which were verified; not owned */
  guint      known_at;
  guint      limit;
  gsize      max_bytes;
  gsize      bytes;
} Offer;

static void
offer_init (Offer     *self,
            guint      limit,
            gsize      max_bytes,
            GPtrArray *known)
{
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  self->damaged = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->limit = limit;
  self->max_bytes = max_bytes;
  self->known = known;
}

static void
offer_clear (Offer *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->damaged, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offer, offer_clear)

static DcQuery *
select_offer (DcDatabase        *database,
              DcDestinationRow  *destination,
              gint64             after,
              const DcId        *held,
              GError           **error)
{
  DcQuery *select = dc_database_prepare (database,
                                         "SELECT seq, id, signature, envelope, sealed, "
                                         DC_DESTINATION_LINE_BYTES " FROM record "
                                         "WHERE record.seq > :after AND record.id IS NOT :held "
                                         "AND " DC_DESTINATION_IS_TO_HAVE "AND " MAY_FOLLOW
                                         "ORDER BY seq", error);

  if (select == NULL)
    return NULL;
  dc_query_bind_integer (select, ":after", MAX (after, destination->passed));
  dc_query_bind_integer (select, ":destination", destination->key);
  if (held != NULL)
    dc_query_bind_id (select, ":held", held);

  return select;
}

static gboolean
column_is (DcQuery    *select,
           int         column,
           const void *data,
           gsize       size)
{
  gsize found;
  const void *there = dc_query_get_blob (select, column, &found);

  return found == size && memcmp (there, data, size) == 0;
}

/* Of the same bytes, all of them: what was verified then is so now. (nullable) */
static DcRecord *
find_known (Offer   *self,
            DcQuery *select,
            gint64   seq)
{
  DcRecord *record = NULL;

  if (self->known == NULL)
    return NULL;
  for (; self->known_at < self->known->len; self->known_at++) {
    record = self->known->pdata[self->known_at];
    if (record->envelope.seq >= seq)
      break;
  }
  if (self->known_at == self->known->len || record->envelope.seq != seq
      || !column_is (select, 1, record->envelope.id.bytes, sizeof record->envelope.id.bytes)
      || !column_is (select, 2, record->signature, sizeof record->signature)
      || !column_is (select, 3, g_bytes_get_data (record->envelope_json, NULL),
                     g_bytes_get_size (record->envelope_json))
      || !column_is (select, 4, g_bytes_get_data (record->sealed, NULL), g_bytes_get_size (record->sealed)))
    return NULL;

  return dc_record_ref (record);
}

/* FALSE: this one is for the next bundle. */
static gboolean
take_row (Offer   *self,
          DcQuery *select)
{
  gsize bytes = (gsize) dc_query_get_integer (select, 5);
  gint64 seq = dc_query_get_integer (select, 0);
  DcRecord *record;

  if (self->records->len > 0 && self->bytes + bytes > self->max_bytes)
    return FALSE;

  record = find_known (self, select, seq);
  if (record == NULL)
    record = dc_records_read_row (select);
  if (record == NULL) {
    g_array_append_val (self->damaged, seq);
    return TRUE;
  }

  g_ptr_array_add (self->records, record);
  self->bytes += bytes;

  return TRUE;
}

static gboolean
read_offer (Offer             *self,
            DcDatabase        *database,
            DcDestinationRow  *destination,
            gint64             after,
            const DcId        *held,
            GError           **error)
{
  g_autoptr (DcQuery) select = select_offer (database, destination, after, held, error);
  gboolean row;

  if (select == NULL)
    return FALSE;

  while (self->records->len < self->limit) {
    if (!dc_query_step (select, &row, error))
      return FALSE;
    if (!row || !take_row (self, select))
      return TRUE;
  }

  return TRUE;
}

/* One damaged record never holds the others: it is refused, by name. */
static gboolean
mark_offer (Offer       *self,
            DcDatabase  *database,
            GError     **error)
{
  for (guint i = 0; i < self->damaged->len; i++) {
    if (!dc_records_refuse (database, g_array_index (self->damaged, gint64, i),
                            DC_REFUSAL_DAMAGED, error))
      return FALSE;
  }

  for (guint i = 0; i < self->records->len; i++) {
    DcRecord *record = self->records->pdata[i];

    if (!dc_records_mark_offered (database, record->envelope.seq, error))
      return FALSE;
  }

  return TRUE;
}

GPtrArray *
dc_runs_offer (DcDatabase  *database,
               const DcId  *id,
               gint64       after,
               const DcId  *held,
               guint        limit,
               gsize        max_bytes,
               GPtrArray   *known,
               GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_auto (Offer) offer = { NULL };
  DcDestinationRow destination;

  offer_init (&offer, limit, max_bytes, known);
  if (transaction == NULL
      || !dc_destinations_require (database, id, &destination, error)
      || !read_offer (&offer, database, &destination, after, held, error)
      || !mark_offer (&offer, database, error)
      || !dc_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&offer.records);
}

GPtrArray *
dc_runs_read_ahead (DcDatabase  *database,
                    const DcId  *id,
                    gint64       after,
                    guint        limit,
                    gsize        max_bytes,
                    GError     **error)
{
  g_auto (Offer) offer = { NULL };
  DcDestinationRow destination;

  offer_init (&offer, limit, max_bytes, NULL);
  if (!dc_destinations_require (database, id, &destination, error)
      || !read_offer (&offer, database, &destination, after, NULL, error))
    return NULL;

  return g_steal_pointer (&offer.records);
}

/* Where one record stands that a destination has said something of. */
typedef struct
{
  gboolean counts;    /* it left, and is neither refused nor receipted */
  gboolean waits;
  gint64   seq;
} Subject;

static gboolean
look_up_subject (DcDatabase  *database,
                 const DcId  *id,
                 Subject     *subject,
                 GError     **error)
{
  g_autoptr (DcQuery) select = NULL;

  *subject = (Subject) { .counts = FALSE };
  select = dc_database_prepare (database,
                                "SELECT seq, state = 'waiting' FROM record WHERE id = :id "
                                "AND offered = 1 AND state IN ('waiting', 'delivered')", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_id (select, ":id", id);
  if (!dc_query_step (select, &subject->counts, error))
    return FALSE;

  if (subject->counts) {
    subject->seq = dc_query_get_integer (select, 0);
    subject->waits = dc_query_get_integer (select, 1) != 0;
  }

  return TRUE;
}

/* A query about one record at one destination. */
static gboolean
update_delivery (DcDatabase  *database,
                 const char  *sql,
                 gint64       seq,
                 gint64       destination,
                 GError     **error)
{
  g_autoptr (DcQuery) query = dc_database_prepare (database, sql, error);

  if (query == NULL)
    return FALSE;
  dc_query_bind_integer (query, ":seq", seq);
  dc_query_bind_integer (query, ":destination", destination);

  return dc_query_step (query, NULL, error);
}

static gboolean
accept (DcDatabase     *database,
        const Subject  *subject,
        gint64          destination,
        guint          *n_delivered,
        GError        **error)
{
  if (!update_delivery (database, "INSERT OR IGNORE INTO delivery (seq, destination) "
                        "VALUES (:seq, :destination)", subject->seq, destination, error))
    return FALSE;

  *n_delivered += dc_database_get_changes (database);

  return !subject->waits || dc_records_set_delivered (database, subject->seq, error);
}

/* Also one that another destination has: it needs attention, and is shown. */
static gboolean
refuse (DcDatabase        *database,
        const Subject     *subject,
        gint64             destination,
        const DcDelivery  *delivery,
        guint             *n_refused,
        GError           **error)
{
  const char *reason = DC_REFUSAL_DIFFERS;

  if (delivery->verdict == DC_VERDICT_REFUSED)
    reason = delivery->reason != NULL && delivery->reason[0] != '\0' ? delivery->reason
                                                                     : DC_REFUSAL_UNEXPLAINED;
  if (!update_delivery (database, "DELETE FROM delivery WHERE seq = :seq "
                        "AND destination = :destination", subject->seq, destination, error)
      || !dc_records_refuse (database, subject->seq, reason, error))
    return FALSE;

  *n_refused += 1;

  return TRUE;
}

static gboolean
take_verdict (DcDatabase        *database,
              gint64             destination,
              const DcDelivery  *delivery,
              guint             *n_delivered,
              guint             *n_refused,
              GError           **error)
{
  Subject subject;

  if (delivery->verdict == DC_VERDICT_RETRY)
    return TRUE;
  if (!look_up_subject (database, &delivery->id, &subject, error))
    return FALSE;
  if (!subject.counts)
    return TRUE;

  if (delivery->verdict == DC_VERDICT_NEW || delivery->verdict == DC_VERDICT_SAME)
    return accept (database, &subject, destination, n_delivered, error);

  return refuse (database, &subject, destination, delivery, n_refused, error);
}

gboolean
dc_runs_deliver (DcDatabase  *database,
                 const DcId  *id,
                 GPtrArray   *deliveries,
                 guint       *n_delivered,
                 guint       *n_refused,
                 GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  DcDestinationRow destination;

  *n_delivered = *n_refused = 0;
  if (transaction == NULL || !dc_destinations_require (database, id, &destination, error))
    return FALSE;

  for (guint i = 0; i < deliveries->len; i++) {
    if (!take_verdict (database, destination.key, deliveries->pdata[i],
                       n_delivered, n_refused, error))
      return FALSE;
  }

  return dc_destinations_pass (database, destination.key, error)
         && dc_transaction_commit (transaction, error);
}
