/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-tidy.h"

#include <string.h>

#include "dc-ledger-private.h"

/* In the order of DcStanding; ?1 is whether it need not have been exported. One
 * that is gone already was decided upon. */
#define STANDING \
  "CASE WHEN NOT enrolled (r.tablet) THEN 2 WHEN r.receipt IS NULL THEN 3 " \
  "WHEN ?1 OR r.gone IS NOT NULL OR r.kind NOT IN ('pledge', 'correction') " \
  "OR EXISTS (SELECT 1 FROM record_export WHERE record = r.number) " \
  "OR EXISTS (SELECT 1 FROM record AS w WHERE w.about = r.id AND w.kind = 'withdrawal' " \
  "AND w.tablet = r.tablet AND w.queue = r.queue) THEN 0 ELSE 4 END"
/* Days that are written so are in the order of their letters. */
#define OLD "r.gone IS NULL AND r.campaign = ?2 AND r.day <= ?3"

G_STATIC_ASSERT (DC_STANDING_FOREIGN == 2 && DC_STANDING_NO_RECEIPT == 3 && DC_STANDING_NOT_EXPORTED == 4);

gboolean
dc_ledger_stand (DcLedger    *self,
                 DcRecord    *record,
                 gboolean     unexported,
                 DcStanding  *standing,
                 GError     **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (sum, g_bytes_get_data (record->envelope_json, NULL),
                     (gssize) g_bytes_get_size (record->envelope_json));
  g_checksum_get_digest (sum, digest, &size);
  query = dc_ledger_query (self, error, "SELECT " STANDING " FROM record AS r WHERE digest = ?2", "ih",
                           (gint64) unexported, digest);
  if (query == NULL)
    return FALSE;
  *standing = dc_ledger_step (self, query, &local_error) ? (DcStanding) sqlite3_column_int (query, 0)
                                                         : DC_STANDING_ABSENT;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
read_day (sqlite3_stmt *query,
          int           column,
          char          day[DC_DAY_SIZE])
{
  const char *text = (const char *) sqlite3_column_text (query, column);

  return text != NULL && g_strlcpy (day, text, DC_DAY_SIZE) < DC_DAY_SIZE;
}

/* Of three columns from @first on. */
static gboolean
read_old (sqlite3_stmt  *query,
          int            first,
          DcLedgerOld   *old,
          GError       **error)
{
  old->n_records = sqlite3_column_int64 (query, first);

  return (read_day (query, first + 1, old->first_day) && read_day (query, first + 2, old->last_day))
         || dc_ledger_damaged (error);
}

gboolean
dc_ledger_count_old (DcLedger     *self,
                     const char   *campaign,
                     const char   *until,
                     gboolean      unexported,
                     DcLedgerOld   old[DC_N_STANDINGS],
                     GError      **error)
{
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;

  memset (old, 0, DC_N_STANDINGS * sizeof *old);
  query = dc_ledger_query (self, error, "SELECT " STANDING " AS standing, count (*), min (day), max (day) "
                           "FROM record AS r WHERE " OLD " GROUP BY standing", "itt", (gint64) unexported, campaign,
                           until);
  if (query == NULL)
    return FALSE;
  while (local_error == NULL && dc_ledger_step (self, query, &local_error))
    read_old (query, 1, &old[sqlite3_column_int (query, 0)], &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

gboolean
dc_ledger_erase_old (DcLedger    *self,
                     const char  *campaign,
                     const char  *until,
                     gboolean     unexported,
                     GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE record AS r SET gone = '" DC_LEDGER_GONE_OLD "', "
                                               "envelope = NULL, signature = NULL, sealed = NULL, reference = NULL "
                                               "WHERE " OLD " AND " STANDING " = 0", "itt", (gint64) unexported,
                                               campaign, until), error);
}

gboolean
dc_ledger_forget_place (DcLedger    *self,
                        const char  *name,
                        GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "DELETE FROM record_place WHERE place = "
                                               "(SELECT number FROM place WHERE name = ?)", "t", name), error)
         && dc_ledger_run (self, dc_ledger_query (self, error, "DELETE FROM place WHERE name = ?", "t", name), error);
}

GPtrArray *
dc_ledger_list_old_exports (DcLedger    *self,
                            const char  *campaign,
                            const char  *until,
                            GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) query = NULL;

  query = dc_ledger_query (self, error, "SELECT day || ifnull (' ' || path, '') FROM export WHERE number IN "
                           "(SELECT export FROM record_export, record AS r WHERE record = r.number "
                           "AND campaign = ? AND r.day <= ?) ORDER BY number", "tt", campaign, until);
  if (query == NULL)
    return NULL;
  while (dc_ledger_step (self, query, &local_error))
    g_ptr_array_add (list, g_strdup ((const char *) sqlite3_column_text (query, 0)));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

void
dc_ledger_tidying_clear (DcLedgerTidying *self)
{
  self->number = 0;
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->rule, g_free);
}

gboolean
dc_ledger_find_tidying (DcLedger         *self,
                        const char       *campaign,
                        DcLedgerTidying  *tidying,
                        GError          **error)
{
  g_autoptr (sqlite3_stmt) query = NULL;
  GError *local_error = NULL;

  dc_ledger_tidying_clear (tidying);
  query = dc_ledger_query (self, error, "SELECT number, day, rule FROM tidying WHERE campaign = ? "
                           "AND finished IS NULL ORDER BY number LIMIT 1", "t", campaign);
  if (query == NULL)
    return FALSE;
  if (dc_ledger_step (self, query, &local_error)) {
    tidying->number = sqlite3_column_int64 (query, 0);
    tidying->day = g_strdup ((const char *) sqlite3_column_text (query, 1));
    tidying->rule = g_strdup ((const char *) sqlite3_column_text (query, 2));
  }
  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return local_error == NULL;
}

gboolean
dc_ledger_add_tidying (DcLedger         *self,
                       const char       *campaign,
                       const char       *day,
                       const char       *rule,
                       DcLedgerTidying  *tidying,
                       GError          **error)
{
  if (!dc_ledger_run (self, dc_ledger_query (self, error, "INSERT INTO tidying (day, campaign, rule) VALUES (?, ?, ?)",
                                             "ttt", day, campaign, rule), error))
    return FALSE;
  dc_ledger_tidying_clear (tidying);
  tidying->number = sqlite3_last_insert_rowid (self->handle);
  tidying->day = g_strdup (day);
  tidying->rule = g_strdup (rule);

  return TRUE;
}

gboolean
dc_ledger_add_tidied (DcLedger           *self,
                      gint64              tidying,
                      const char         *place,
                      const char         *thing,
                      const DcLedgerOld  *old,
                      const char         *state,
                      GError            **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR REPLACE INTO tidied VALUES (?, ?, ?, ?, ?, ?, ?)",
                                               "ittittt", tidying, place, thing, old->n_records, old->first_day,
                                               old->last_day, state), error);
}

gboolean
dc_ledger_mark_tidied (DcLedger    *self,
                       gint64       tidying,
                       const char  *place,
                       const char  *thing,
                       const char  *state,
                       GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE tidied SET state = ? WHERE tidying = ? "
                                               "AND place = ? AND thing = ?", "titt", state, tidying, place, thing),
                        error);
}

gboolean
dc_ledger_drop_tidied (DcLedger    *self,
                       gint64       tidying,
                       const char  *place,
                       const char  *thing,
                       GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "DELETE FROM tidied WHERE tidying = ? AND place = ? "
                                               "AND thing = ?", "itt", tidying, place, thing), error);
}

static void
tidied_free (DcLedgerTidied *self)
{
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->thing, g_free);
  g_clear_pointer (&self->state, g_free);
  g_free (self);
}

GPtrArray *
dc_ledger_list_tidied (DcLedger  *self,
                       gint64     tidying,
                       GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) tidied_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) query = NULL;

  query = dc_ledger_query (self, error, "SELECT place, thing, records, first_day, last_day, state FROM tidied "
                           "WHERE tidying = ? ORDER BY place, thing", "i", tidying);
  if (query == NULL)
    return NULL;
  while (local_error == NULL && dc_ledger_step (self, query, &local_error)) {
    DcLedgerTidied *tidied = g_new0 (DcLedgerTidied, 1);

    g_ptr_array_add (list, tidied);
    tidied->place = g_strdup ((const char *) sqlite3_column_text (query, 0));
    tidied->thing = g_strdup ((const char *) sqlite3_column_text (query, 1));
    tidied->state = g_strdup ((const char *) sqlite3_column_text (query, 5));
    read_old (query, 2, &tidied->old, &local_error);
  }
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

gboolean
dc_ledger_finish_tidying (DcLedger    *self,
                          gint64       tidying,
                          const char  *day,
                          GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE tidying SET finished = ?1 WHERE number = ?2 "
                                               "AND NOT EXISTS (SELECT 1 FROM tidied WHERE tidying = ?2 "
                                               "AND state = '" DC_TIDIED_BEGUN "')", "ti", day, tidying), error);
}
