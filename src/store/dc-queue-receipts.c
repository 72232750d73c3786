/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-receipts.h"

#include "dc-crypto.h"
#include "dc-queue-destinations.h"
#include "dc-receipt.h"
#include "dc-record.h"
#include "dc-state.h"
#include "dc-totals.h"

#include <string.h>

typedef struct
{
  DcDatabase *database;
  DcReceipt  *receipt;
  guint8      sha256[32];   /* of its line */
  gboolean    kept;         /* its line is in the database */
  guint       n_receipted;
  guint       n_strange;
} Job;

typedef enum
{
  FITS,        /* to be receipted */
  STRANGE,     /* the id is here, and something else was opened */
  OF_NO_USE,   /* unknown, or receipted before */
} Match;

/* What was signed for is held against the envelope, which names the hash: where
 * the disk has changed the sealed bytes since, the office has them whole. */
static gboolean
names_hash (DcQuery              *select,
            const DcReceiptEntry *entry)
{
  DcEnvelope envelope;
  gsize size;
  const char *json = dc_query_get_blob (select, 2, &size);

  return json != NULL
         && dc_envelope_from_json (&envelope, json, size, NULL)
         && dc_id_equal (&envelope.id, &entry->id)
         && memcmp (envelope.sealed_sha256, entry->sealed_sha256,
                    sizeof entry->sealed_sha256) == 0;
}

static gboolean
find_match (Job                   *self,
            const DcReceiptEntry  *entry,
            Match                 *match,
            gint64                *seq,
            GError               **error)
{
  g_autoptr (DcQuery) select = NULL;
  DcState state = DC_STATE_WITHDRAWN;
  gboolean row;

  *match = OF_NO_USE;
  select = dc_database_prepare (self->database, "SELECT seq, state, envelope FROM record "
                                "WHERE id = :id AND state <> 'receipted'", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_id (select, ":id", &entry->id);
  if (!dc_query_step (select, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  *seq = dc_query_get_integer (select, 0);
  dc_state_from_string (dc_query_get_text (select, 1), &state);
  *match = dc_state_may_become (state, DC_STATE_RECEIPTED) && names_hash (select, entry)
           ? FITS : STRANGE;

  return TRUE;
}

static gboolean
keep_line (Job     *self,
           GError **error)
{
  g_autoptr (DcQuery) insert = NULL;

  if (self->kept)
    return TRUE;

  insert = dc_database_prepare (self->database, "INSERT OR IGNORE INTO receipt (sha256, line) "
                                "VALUES (:sha256, :line)", error);
  if (insert == NULL)
    return FALSE;
  dc_query_bind_blob (insert, ":sha256", self->sha256, sizeof self->sha256);
  dc_query_bind_bytes (insert, ":line", self->receipt->line);
  self->kept = dc_query_step (insert, NULL, error);

  return self->kept;
}

/* A record that a tablet brought back from an old copy never offered may well be
 * at the office: it left. */
static gboolean
set_receipted (Job     *self,
               gint64   seq,
               GError **error)
{
  g_autoptr (DcQuery) update = NULL;

  if (!keep_line (self, error) || !dc_destinations_forget (self->database, seq, error)
      || !dc_totals_remove (self->database, seq, error))
    return FALSE;

  update = dc_database_prepare (self->database, "UPDATE record SET state = 'receipted', "
                                "offered = 1, reason = NULL, receipt = :sha256 "
                                "WHERE seq = :seq", error);
  if (update == NULL)
    return FALSE;
  dc_query_bind_integer (update, ":seq", seq);
  dc_query_bind_blob (update, ":sha256", self->sha256, sizeof self->sha256);

  return dc_query_step (update, NULL, error)
         && dc_totals_add (self->database, seq, error);
}

static gboolean
take_entry (Job                   *self,
            const DcReceiptEntry  *entry,
            GError               **error)
{
  Match match;
  gint64 seq;

  if (!find_match (self, entry, &match, &seq, error))
    return FALSE;

  self->n_strange += match == STRANGE;
  if (match != FITS)
    return TRUE;
  self->n_receipted++;

  return set_receipted (self, seq, error);
}

static gboolean
take_receipt (Job        *self,
              DcReceipt  *receipt,
              GError    **error)
{
  gsize size;
  const void *line = g_bytes_get_data (receipt->line, &size);

  self->receipt = receipt;
  self->kept = FALSE;
  dc_crypto_sha256 (line, size, self->sha256);

  for (guint i = 0; i < receipt->entries->len; i++) {
    if (!take_entry (self, &g_array_index (receipt->entries, DcReceiptEntry, i), error))
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_receipts_take (DcDatabase  *database,
                  const DcId  *queue,
                  GPtrArray   *receipts,
                  guint       *n_receipted,
                  guint       *n_strange,
                  GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  Job job = { .database = database };

  if (transaction == NULL)
    return FALSE;

  for (guint i = 0; i < receipts->len; i++) {
    DcReceipt *receipt = receipts->pdata[i];

    if (dc_id_equal (&receipt->origin.queue, queue) && !take_receipt (&job, receipt, error))
      return FALSE;
  }

  *n_receipted = job.n_receipted;
  *n_strange = job.n_strange;

  return dc_transaction_commit (transaction, error);
}
