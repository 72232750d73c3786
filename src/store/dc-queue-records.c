/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-records.h"

#include "dc-crypto.h"
#include "dc-queue-destinations.h"
#include "dc-store-error.h"
#include "dc-totals.h"

#include <string.h>

#define REASON_BYTES_MAX 512
#define RECEIPT_BYTES_MAX (64 * 1024)

/* Where one record stands. */
typedef struct
{
  gboolean found;
  gint64   seq;
  DcKind   kind;
  DcState  state;
  gboolean offered;
  gboolean undone;   /* a sealed withdrawal stands for it */
} Standing;

static gboolean
look_up (DcDatabase  *database,
         const DcId  *id,
         Standing    *standing,
         GError     **error)
{
  g_autoptr (DcQuery) select = NULL;

  select = dc_database_prepare (database,
                                "SELECT kind, state, offered, withdrawn_by IS NOT NULL, "
                                "seq FROM record WHERE id = :id", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_id (select, ":id", id);
  if (!dc_query_step (select, &standing->found, error))
    return FALSE;
  if (!standing->found)
    return TRUE;

  standing->offered = dc_query_get_integer (select, 2) != 0;
  standing->undone = dc_query_get_integer (select, 3) != 0;
  standing->seq = dc_query_get_integer (select, 4);
  if (dc_kind_from_string (dc_query_get_text (select, 0), &standing->kind)
      && dc_state_from_string (dc_query_get_text (select, 1), &standing->state))
    return TRUE;

  g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
                       "a record has no known kind or state");

  return FALSE;
}

static gboolean
require (DcDatabase  *database,
         const DcId  *id,
         Standing    *standing,
         GError     **error)
{
  char text[DC_ID_TEXT_SIZE];

  if (!look_up (database, id, standing, error))
    return FALSE;
  if (standing->found)
    return TRUE;

  dc_id_to_text (id, text);
  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND, "no record %s", text);

  return FALSE;
}

static gboolean
refuse_transition (const DcId  *id,
                   DcState      from,
                   const char  *to,
                   GError     **error)
{
  char text[DC_ID_TEXT_SIZE];

  dc_id_to_text (id, text);
  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION,
               "record %s is %s and cannot become %s", text, dc_state_to_string (from), to);

  return FALSE;
}

/* AUTOINCREMENT's own mark, so that a number is never used again. */
static gboolean
get_next_seq (DcDatabase  *database,
              gint64      *seq,
              GError     **error)
{
  if (!dc_database_get_integer (database,
                                "SELECT coalesce (max (seq), 0) + 1 FROM sqlite_sequence "
                                "WHERE name = 'record'", seq, error))
    return FALSE;

  return TRUE;
}

/* The sealer has seen the donor; of its error only the code is taken, so that
 * whatever its message holds goes no further. */
static gboolean
refuse_unsealed (const GError  *problem,
                 GError       **error)
{
  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_SEAL,
               "the record could not be sealed (%s, %d)",
               g_quark_to_string (problem->domain), problem->code);

  return FALSE;
}

static void
bind_envelope (DcQuery          *insert,
               const DcEnvelope *envelope)
{
  dc_query_bind_integer (insert, ":seq", envelope->seq);
  dc_query_bind_id (insert, ":id", &envelope->id);
  dc_query_bind_text (insert, ":kind", dc_kind_to_string (envelope->kind));
  dc_query_bind_text (insert, ":day", envelope->day);
  if (envelope->shift[0] != '\0')
    dc_query_bind_text (insert, ":shift", envelope->shift);
  if (envelope->has_about)
    dc_query_bind_id (insert, ":about", &envelope->about);

  if (envelope->has_amount) {
    dc_query_bind_integer (insert, ":amount", envelope->amount.minor);
    dc_query_bind_text (insert, ":currency", envelope->amount.currency);
    dc_query_bind_text (insert, ":frequency",
                        dc_frequency_to_string (envelope->frequency));
  }
}

static gboolean
insert_record (DcDatabase  *database,
               DcRecord    *record,
               GError     **error)
{
  g_autoptr (DcQuery) insert = NULL;

  insert = dc_database_prepare (database,
                                "INSERT INTO record (seq, id, kind, state, day, shift, "
                                "amount, currency, frequency, about, "
                                "signature, envelope, sealed) "
                                "VALUES (:seq, :id, :kind, 'waiting', :day, :shift, "
                                ":amount, :currency, :frequency, :about, "
                                ":signature, :envelope, :sealed)", error);
  if (insert == NULL)
    return FALSE;

  bind_envelope (insert, &record->envelope);
  dc_query_bind_blob (insert, ":signature", record->signature, sizeof record->signature);
  dc_query_bind_bytes (insert, ":envelope", record->envelope_json);
  dc_query_bind_bytes (insert, ":sealed", record->sealed);

  return dc_query_step (insert, NULL, error)
         && dc_totals_add (database, record->envelope.seq, error);
}

/* A save that is repeated because its answer was lost finds its own record.
 * One that was undone since, or stands as another kind, must not be thanked
 * for. */
static gboolean
accept_saved (const DcId      *id,
              DcKind           kind,
              const Standing  *standing,
              GError         **error)
{
  char text[DC_ID_TEXT_SIZE];

  if (standing->undone || standing->state == DC_STATE_WITHDRAWN)
    return refuse_transition (id, DC_STATE_WITHDRAWN, "waiting", error);
  if (standing->kind == kind)
    return TRUE;

  dc_id_to_text (id, text);
  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED,
               "record %s is there as a %s, not a %s",
               text, dc_kind_to_string (standing->kind), dc_kind_to_string (kind));

  return FALSE;
}

gboolean
dc_records_save (DcDatabase  *database,
                 const DcId  *queue,
                 DcKind       kind,
                 DcPledge    *pledge,
                 DcSealer    *sealer,
                 GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) problem = NULL;
  Standing standing;
  gint64 seq;

  if (transaction == NULL || !look_up (database, &pledge->id, &standing, error))
    return FALSE;
  if (standing.found)
    return accept_saved (&pledge->id, kind, &standing, error);

  if (!get_next_seq (database, &seq, error))
    return FALSE;

  record = dc_sealer_seal_pledge (sealer, kind, pledge, queue, seq, &problem);
  if (record == NULL)
    return refuse_unsealed (problem, error);

  return insert_record (database, record, error)
         && dc_transaction_commit (transaction, error);
}

static gboolean
erase (DcDatabase  *database,
       gint64       seq,
       GError     **error)
{
  g_autoptr (DcQuery) update = NULL;

  if (!dc_totals_remove (database, seq, error))
    return FALSE;

  update = dc_database_prepare (database,
                                "UPDATE record SET state = 'withdrawn', amount = NULL, "
                                "currency = NULL, frequency = NULL, signature = NULL, "
                                "envelope = NULL, sealed = NULL WHERE seq = :seq", error);
  if (update == NULL)
    return FALSE;
  dc_query_bind_integer (update, ":seq", seq);

  return dc_query_step (update, NULL, error)
         && dc_totals_add (database, seq, error);
}

static gboolean
set_withdrawn_by (DcDatabase  *database,
                  gint64       seq,
                  const DcId  *withdrawal,
                  GError     **error)
{
  g_autoptr (DcQuery) update = NULL;

  if (!dc_totals_remove (database, seq, error))
    return FALSE;

  update = dc_database_prepare (database, "UPDATE record SET withdrawn_by = :withdrawal "
                                "WHERE seq = :seq", error);
  if (update == NULL)
    return FALSE;
  dc_query_bind_id (update, ":withdrawal", withdrawal);
  dc_query_bind_integer (update, ":seq", seq);

  return dc_query_step (update, NULL, error)
         && dc_totals_add (database, seq, error);
}

static gboolean
add_withdrawal (DcDatabase      *database,
                const DcId      *queue,
                const DcId      *about,
                const Standing  *standing,
                const char      *day,
                DcSealer        *sealer,
                GError         **error)
{
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 seq;
  DcId id;

  if (!get_next_seq (database, &seq, error))
    return FALSE;

  dc_crypto_random (id.bytes, sizeof id.bytes);
  record = dc_sealer_seal_withdrawal (sealer, &id, about, day, queue, seq, &problem);
  if (record == NULL)
    return refuse_unsealed (problem, error);

  return insert_record (database, record, error)
         && set_withdrawn_by (database, standing->seq, &id, error);
}

gboolean
dc_records_withdraw (DcDatabase  *database,
                     const DcId  *queue,
                     const DcId  *id,
                     const char  *day,
                     DcSealer    *sealer,
                     gboolean    *erased,
                     GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  Standing standing;
  gboolean never_left;
  gboolean done;

  *erased = FALSE;
  if (transaction == NULL || !require (database, id, &standing, error))
    return FALSE;
  if (standing.undone || standing.state == DC_STATE_WITHDRAWN)
    return TRUE;
  if (standing.kind == DC_KIND_WITHDRAWAL)
    return refuse_transition (id, standing.state, "withdrawn: it is a withdrawal", error);

  never_left = standing.state == DC_STATE_WAITING && !standing.offered;
  if (never_left)
    done = erase (database, standing.seq, error);
  else
    done = add_withdrawal (database, queue, id, &standing, day, sealer, error);
  if (!done || !dc_transaction_commit (transaction, error))
    return FALSE;

  *erased = never_left;

  return TRUE;
}

DcRecord *
dc_records_read_row (DcQuery *select)
{
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (DcRecord) record = NULL;
  const guint8 *signature;
  const void *data;
  gsize size;

  signature = dc_query_get_blob (select, 2, &size);
  if (size != sizeof record->signature)
    return NULL;

  data = dc_query_get_blob (select, 3, &size);
  envelope = g_bytes_new (data, size);
  data = dc_query_get_blob (select, 4, &size);
  sealed = g_bytes_new (data, size);

  record = dc_record_new (envelope, signature, sealed, NULL);
  if (record == NULL || record->envelope.seq != dc_query_get_integer (select, 0))
    return NULL;

  data = dc_query_get_blob (select, 1, &size);
  if (size != sizeof record->envelope.id.bytes
      || memcmp (data, record->envelope.id.bytes, size) != 0)
    return NULL;

  return g_steal_pointer (&record);
}

static gboolean
update_row (DcDatabase  *database,
            const char  *sql,
            gint64       seq,
            GError     **error)
{
  g_autoptr (DcQuery) update = dc_database_prepare (database, sql, error);

  if (update == NULL)
    return FALSE;
  dc_query_bind_integer (update, ":seq", seq);

  return dc_query_step (update, NULL, error);
}

gboolean
dc_records_mark_offered (DcDatabase  *database,
                         gint64       seq,
                         GError     **error)
{
  return update_row (database, "UPDATE record SET offered = 1 WHERE seq = :seq AND offered = 0",
                     seq, error);
}

gboolean
dc_records_refuse (DcDatabase  *database,
                   gint64       seq,
                   const char  *reason,
                   GError     **error)
{
  g_autoptr (DcQuery) update = NULL;

  if (!dc_totals_remove (database, seq, error))
    return FALSE;

  update = dc_database_prepare (database,
                                "UPDATE record SET state = 'refused', reason = :reason "
                                "WHERE seq = :seq", error);
  if (update == NULL)
    return FALSE;
  dc_query_bind_integer (update, ":seq", seq);
  dc_query_bind_text (update, ":reason", reason);

  return dc_query_step (update, NULL, error)
         && dc_totals_add (database, seq, error);
}

gboolean
dc_records_set_delivered (DcDatabase  *database,
                          gint64       seq,
                          GError     **error)
{
  return dc_totals_remove (database, seq, error)
         && update_row (database, "UPDATE record SET state = 'delivered', reason = NULL "
                        "WHERE seq = :seq", seq, error)
         && dc_totals_add (database, seq, error);
}

gboolean
dc_records_set_waiting (DcDatabase  *database,
                        gint64       seq,
                        GError     **error)
{
  return dc_totals_remove (database, seq, error)
         && update_row (database, "UPDATE record SET state = 'waiting', reason = NULL "
                        "WHERE seq = :seq", seq, error)
         && dc_totals_add (database, seq, error);
}

/* A reason and a receipt come from outside: bounded, and only where they
 * belong. */
static gboolean
check_move (DcState      to,
            const char  *reason,
            GBytes      *receipt,
            GError     **error)
{
  gboolean reason_good = reason == NULL;
  gboolean receipt_good = receipt == NULL;

  if (to == DC_STATE_REFUSED)
    reason_good = reason != NULL && reason[0] != '\0'
                  && strlen (reason) <= REASON_BYTES_MAX
                  && g_utf8_validate (reason, -1, NULL);
  if (to == DC_STATE_RECEIPTED)
    receipt_good = receipt != NULL && g_bytes_get_size (receipt) > 0
                   && g_bytes_get_size (receipt) <= RECEIPT_BYTES_MAX;
  if (reason_good && receipt_good)
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED,
               "a move to %s takes another %s", dc_state_to_string (to),
               reason_good ? "receipt" : "reason");

  return FALSE;
}

static gboolean
set_state (DcDatabase  *database,
           gint64       seq,
           DcState      to,
           const char  *reason,
           GBytes      *receipt,
           GError     **error)
{
  g_autoptr (DcQuery) update = NULL;

  if (!dc_totals_remove (database, seq, error))
    return FALSE;

  update = dc_database_prepare (database,
                                "UPDATE record SET state = :state, "
                                "offered = max (offered, :left), "
                                "reason = :reason, receipt = :receipt WHERE seq = :seq", error);
  if (update == NULL)
    return FALSE;
  dc_query_bind_text (update, ":state", dc_state_to_string (to));
  dc_query_bind_integer (update, ":left", to != DC_STATE_WAITING);
  dc_query_bind_text (update, ":reason", reason);
  dc_query_bind_bytes (update, ":receipt", receipt);
  dc_query_bind_integer (update, ":seq", seq);

  return dc_query_step (update, NULL, error)
         && dc_totals_add (database, seq, error);
}

gboolean
dc_records_move (DcDatabase  *database,
                 const DcId  *id,
                 DcState      to,
                 const char  *reason,
                 GBytes      *receipt,
                 gboolean    *erased,
                 GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  gboolean erases = to == DC_STATE_WITHDRAWN;
  Standing standing;
  gboolean done;

  *erased = FALSE;
  if (transaction == NULL || !require (database, id, &standing, error))
    return FALSE;

  /* What may have left is undone by a sealed withdrawal, never erased. */
  if (!dc_state_may_become (standing.state, to) || (erases && standing.offered))
    return refuse_transition (id, standing.state, dc_state_to_string (to), error);
  if (erases && standing.kind == DC_KIND_WITHDRAWAL)
    return refuse_transition (id, standing.state, "withdrawn: it is a withdrawal", error);
  if (!check_move (to, reason, receipt, error))
    return FALSE;

  if (erases)
    done = erase (database, standing.seq, error);
  else
    done = set_state (database, standing.seq, to, reason, receipt, error)
           && dc_destinations_forget (database, standing.seq, error)
           && dc_destinations_offer_again (database, standing.seq, error);
  if (!done || !dc_transaction_commit (transaction, error))
    return FALSE;

  *erased = erases;

  return TRUE;
}

gboolean
dc_records_purge (DcDatabase  *database,
                  guint       *purged,
                  GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (DcQuery) update = NULL;

  if (transaction == NULL)
    return FALSE;

  update = dc_database_prepare (database,
                                "UPDATE record SET signature = NULL, envelope = NULL, "
                                "sealed = NULL "
                                "WHERE state = 'receipted' AND sealed IS NOT NULL", error);
  if (update == NULL || !dc_query_step (update, NULL, error))
    return FALSE;

  *purged = dc_database_get_changes (database);

  return (*purged == 0 || dc_totals_purged (database, error))
         && dc_transaction_commit (transaction, error);
}

gboolean
dc_records_count_code (DcDatabase  *database,
                       const char  *day,
                       GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (DcQuery) upsert = NULL;

  if (transaction == NULL)
    return FALSE;

  upsert = dc_database_prepare (database,
                                "INSERT INTO code_shown VALUES (:day, 1) "
                                "ON CONFLICT DO UPDATE SET count = count + 1", error);
  if (upsert == NULL)
    return FALSE;
  dc_query_bind_text (upsert, ":day", day);

  return dc_query_step (upsert, NULL, error)
         && dc_transaction_commit (transaction, error);
}
