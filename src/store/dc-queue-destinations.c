/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A record is offered to a destination until a row of "delivery" says that it
 * is there. What lacks such a row is not to be found by an index without
 * costing each save a page; so each destination has a mark, "passed", up to
 * which there is nothing to be offered to it, and a run looks at what lies
 * above: all that is new, and little else.
 *
 * The mark moves up when a run begins, over what was receipted or refused since
 * the last one, and with each bundle that it delivers. It moves down wherever a record comes to
 * wait again, in the same transaction. Then it is never above a record that is
 * to be offered, whatever is cut off where. */

#include "dc-queue-destinations.h"

#include "dc-store-error.h"
#include "dc-totals.h"

/* @epoch (nullable): to be compared. */
static gboolean
look_up (DcDatabase        *database,
         const DcId        *id,
         const DcId        *epoch,
         DcDestinationRow  *destination,
         gboolean          *found,
         GError           **error)
{
  g_autoptr (DcQuery) select = NULL;

  select = dc_database_prepare (database, "SELECT key, passed, epoch IS :epoch "
                                "FROM destination WHERE id = :id", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_id (select, ":id", id);
  if (epoch != NULL)
    dc_query_bind_id (select, ":epoch", epoch);
  if (!dc_query_step (select, found, error))
    return FALSE;
  if (!*found)
    return TRUE;

  destination->key = dc_query_get_integer (select, 0);
  destination->passed = dc_query_get_integer (select, 1);
  destination->same_epoch = dc_query_get_integer (select, 2) != 0;

  return TRUE;
}

gboolean
dc_destinations_require (DcDatabase        *database,
                         const DcId        *id,
                         DcDestinationRow  *destination,
                         GError           **error)
{
  char text[DC_ID_TEXT_SIZE];
  gboolean found;

  if (!look_up (database, id, NULL, destination, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  dc_id_to_text (id, text);
  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND,
               "no run has begun with destination %s", text);

  return FALSE;
}

static gboolean
add (DcDatabase  *database,
     const DcId  *id,
     const DcId  *epoch,
     GError     **error)
{
  g_autoptr (DcQuery) insert = NULL;

  insert = dc_database_prepare (database, "INSERT INTO destination (id, epoch) "
                                "VALUES (:id, :epoch)", error);
  if (insert == NULL)
    return FALSE;
  dc_query_bind_id (insert, ":id", id);
  dc_query_bind_id (insert, ":epoch", epoch);

  return dc_query_step (insert, NULL, error);
}

/* A query with nothing bound but the destination. */
static gboolean
update (DcDatabase  *database,
        const char  *sql,
        gint64       destination,
        GError     **error)
{
  g_autoptr (DcQuery) query = dc_database_prepare (database, sql, error);

  if (query == NULL)
    return FALSE;
  dc_query_bind_integer (query, ":destination", destination);

  return dc_query_step (query, NULL, error);
}

/* It has none of its records any more, or is to be treated so. */
static gboolean
forget_all (DcDatabase        *database,
            DcDestinationRow  *destination,
            const DcId        *epoch,
            GError           **error)
{
  g_autoptr (DcQuery) mark = NULL;

  if (!update (database,
               "UPDATE record SET state = 'waiting' WHERE state = 'delivered' "
               "AND seq IN (SELECT seq FROM delivery WHERE destination = :destination) "
               "AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.seq = record.seq "
               "AND delivery.destination <> :destination)", destination->key, error)
      || !update (database, "DELETE FROM delivery WHERE destination = :destination",
                  destination->key, error)
      || !dc_totals_recount (database, error))
    return FALSE;

  mark = dc_database_prepare (database, "UPDATE destination SET passed = 0, epoch = :epoch "
                              "WHERE key = :destination", error);
  if (mark == NULL)
    return FALSE;
  dc_query_bind_integer (mark, ":destination", destination->key);
  dc_query_bind_id (mark, ":epoch", epoch);

  return dc_query_step (mark, NULL, error);
}

gboolean
dc_destinations_pass (DcDatabase  *database,
                      gint64       destination,
                      GError     **error)
{
  return update (database,
                 "UPDATE destination SET passed = coalesce ("
                 "(SELECT seq - 1 FROM record WHERE record.seq > passed "
                 "AND " DC_DESTINATION_IS_TO_HAVE "ORDER BY seq LIMIT 1), "
                 "(SELECT max (seq) FROM record), 0) "
                 "WHERE key = :destination", destination, error);
}

static gboolean
count (DcDatabase        *database,
       DcDestinationRow  *destination,
       DcRunScope        *scope,
       GError           **error)
{
  g_autoptr (DcQuery) select = NULL;

  select = dc_database_prepare (database,
                                "SELECT count (*), total (" DC_DESTINATION_LINE_BYTES ") "
                                "FROM record "
                                "WHERE record.seq > :passed AND " DC_DESTINATION_IS_TO_HAVE, error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_integer (select, ":passed", destination->passed);
  dc_query_bind_integer (select, ":destination", destination->key);
  if (!dc_query_step (select, NULL, error))
    return FALSE;

  scope->n_records = (guint) dc_query_get_integer (select, 0);
  scope->n_bytes = (guint64) dc_query_get_integer (select, 1);

  return TRUE;
}

gboolean
dc_destinations_begin (DcDatabase  *database,
                       const DcId  *id,
                       const DcId  *epoch,
                       gboolean     everything,
                       DcRunScope  *scope,
                       GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  DcDestinationRow destination;
  gboolean found;

  *scope = (DcRunScope) { .new_epoch = FALSE };
  if (transaction == NULL
      || !look_up (database, id, epoch, &destination, &found, error))
    return FALSE;

  scope->new_epoch = found && !destination.same_epoch;
  if (!found && !add (database, id, epoch, error))
    return FALSE;
  if (found && (everything || scope->new_epoch)
      && !forget_all (database, &destination, epoch, error))
    return FALSE;

  return dc_destinations_require (database, id, &destination, error)
         && dc_destinations_pass (database, destination.key, error)
         && dc_destinations_require (database, id, &destination, error)
         && count (database, &destination, scope, error)
         && dc_transaction_commit (transaction, error);
}

gboolean
dc_destinations_end (DcDatabase  *database,
                     const DcId  *id,
                     gint64       at,
                     GError     **error)
{
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);
  g_autoptr (DcQuery) mark = NULL;
  DcDestinationRow destination;

  if (transaction == NULL || !dc_destinations_require (database, id, &destination, error))
    return FALSE;

  mark = dc_database_prepare (database, "UPDATE destination SET last_success = :at "
                              "WHERE key = :destination", error);
  if (mark == NULL)
    return FALSE;
  dc_query_bind_integer (mark, ":destination", destination.key);
  dc_query_bind_integer (mark, ":at", MAX (at, 0));   /* a clock may say anything */

  return dc_query_step (mark, NULL, error)
         && dc_transaction_commit (transaction, error);
}

gboolean
dc_destinations_offer_again (DcDatabase  *database,
                             gint64       seq,
                             GError     **error)
{
  g_autoptr (DcQuery) mark = NULL;

  mark = dc_database_prepare (database, "UPDATE destination SET passed = :seq - 1 "
                              "WHERE passed >= :seq", error);
  if (mark == NULL)
    return FALSE;
  dc_query_bind_integer (mark, ":seq", seq);

  return dc_query_step (mark, NULL, error);
}

gboolean
dc_destinations_forget (DcDatabase  *database,
                        gint64       seq,
                        GError     **error)
{
  g_autoptr (DcQuery) forget = NULL;

  forget = dc_database_prepare (database, "DELETE FROM delivery WHERE seq = :seq", error);
  if (forget == NULL)
    return FALSE;
  dc_query_bind_integer (forget, ":seq", seq);

  return dc_query_step (forget, NULL, error);
}
