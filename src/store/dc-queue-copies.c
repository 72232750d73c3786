/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-copies.h"

#include "dc-queue-records.h"
#include "dc-totals.h"

#include <string.h>

static GPtrArray *
read_uncopied (DcDatabase  *database,
               gint64       after,
               const DcId  *held,
               guint        limit,
               GError     **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT seq, id, signature, envelope, sealed FROM record "
                                "WHERE copied = 0 AND sealed IS NOT NULL "
                                "AND withdrawn_by IS NULL AND id IS NOT :held "
                                "AND seq > :after ORDER BY seq LIMIT :limit", error);
  if (select == NULL)
    return NULL;
  dc_query_bind_integer (select, ":after", after);
  dc_query_bind_integer (select, ":limit", limit);
  if (held != NULL)
    dc_query_bind_id (select, ":held", held);

  while (dc_query_step (select, &row, error)) {
    DcRecord *record;

    if (!row)
      return g_steal_pointer (&records);

    record = dc_records_read_row (select);
    if (record != NULL)
      g_ptr_array_add (records, record);
  }

  return NULL;
}

GPtrArray *
dc_copies_take (DcDatabase  *database,
                gint64       after,
                const DcId  *held,
                guint        limit,
                GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (GPtrArray) records = NULL;

  if (transaction == NULL)
    return NULL;

  records = read_uncopied (database, after, held, limit, error);
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++) {
    DcRecord *record = records->pdata[i];

    if (!dc_records_mark_offered (database, record->envelope.seq, error))
      return NULL;
  }

  if (!dc_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&records);
}

/* One that has left for the card has left: it is never erased any more. */
static gboolean
set_copied (DcDatabase  *database,
            gint64       seq,
            gboolean     copied,
            GError     **error)
{
  g_autoptr (DcQuery) update = NULL;

  if (!dc_totals_remove (database, seq, error))
    return FALSE;

  update = dc_database_prepare (database,
                                "UPDATE record SET copied = :copied, "
                                "offered = max (offered, :copied) "
                                "WHERE seq = :seq AND sealed IS NOT NULL", error);
  if (update == NULL)
    return FALSE;
  dc_query_bind_integer (update, ":copied", copied);
  dc_query_bind_integer (update, ":seq", seq);

  return dc_query_step (update, NULL, error)
         && dc_totals_add (database, seq, error);
}

gboolean
dc_copies_mark (DcDatabase  *database,
                GPtrArray   *records,
                GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);

  if (transaction == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++) {
    DcRecord *record = records->pdata[i];

    if (!set_copied (database, record->envelope.seq, TRUE, error))
      return FALSE;
  }

  return dc_transaction_commit (transaction, error);
}

typedef struct
{
  gint64   seq;
  gboolean copied;
} Correction;

/* Only what differs: a card that comes back as it went costs no write. */
static GArray *
find_corrections (DcDatabase  *database,
                  GHashTable  *ids,
                  GError     **error)
{
  g_autoptr (GArray) corrections = g_array_new (FALSE, FALSE, sizeof (Correction));
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database, "SELECT seq, id, copied FROM record "
                                "WHERE sealed IS NOT NULL", error);
  if (select == NULL)
    return NULL;

  while (dc_query_step (select, &row, error)) {
    Correction correction;
    const void *bytes;
    gsize size;
    DcId id = { { 0 } };

    if (!row)
      return g_steal_pointer (&corrections);

    bytes = dc_query_get_blob (select, 1, &size);
    memcpy (id.bytes, bytes, MIN (size, sizeof id.bytes));
    correction.seq = dc_query_get_integer (select, 0);
    correction.copied = g_hash_table_contains (ids, &id);
    if (correction.copied != (dc_query_get_integer (select, 2) != 0))
      g_array_append_val (corrections, correction);
  }

  return NULL;
}

gboolean
dc_copies_compare (DcDatabase  *database,
                   GHashTable  *ids,
                   GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (GArray) corrections = NULL;

  if (transaction == NULL)
    return FALSE;

  corrections = find_corrections (database, ids, error);
  if (corrections == NULL)
    return FALSE;

  for (guint i = 0; i < corrections->len; i++) {
    Correction *correction = &g_array_index (corrections, Correction, i);

    if (!set_copied (database, correction->seq, correction->copied, error))
      return FALSE;
  }

  return corrections->len == 0 || dc_transaction_commit (transaction, error);
}
