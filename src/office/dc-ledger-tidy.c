/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-tidy.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-ledger-private.h"

/* In the order of DcStanding; ?1 is whether it need not have been exported. One
 * that is gone already was decided upon. */
#define STANDING \
  "CASE WHEN NOT enrolled (r.tablet) THEN 2 WHEN r.receipt IS NULL THEN 3 " \
  "WHEN ?1 OR r.gone IS NOT NULL OR r.kind NOT IN ('pledge', 'correction') " \
  "OR EXISTS (SELECT 1 FROM record_export WHERE record = r.number) " \
  "OR " DC_LEDGER_WITHDRAWN " THEN 0 ELSE 4 END"
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
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 digest[32];

  dc_crypto_sha256 (g_bytes_get_data (record->envelope_json, NULL), g_bytes_get_size (record->envelope_json), digest);
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

/* Of the array by its standing. */
static gboolean
add_old (sqlite3_stmt  *query,
         gpointer       old,
         GError       **error)
{
  return read_old (query, 1, (DcLedgerOld *) old + sqlite3_column_int (query, 0), error);
}

gboolean
dc_ledger_count_old (DcLedger     *self,
                     const char   *campaign,
                     const char   *until,
                     gboolean      unexported,
                     DcLedgerOld   old[DC_N_STANDINGS],
                     GError      **error)
{
  const char *sql = "SELECT " STANDING " AS standing, count (*), min (day), max (day) "
                    "FROM record AS r WHERE " OLD " GROUP BY standing";

  memset (old, 0, DC_N_STANDINGS * sizeof *old);

  return dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, "itt", (gint64) unexported, campaign, until),
                             add_old, old, error);
}

gboolean
dc_ledger_erase_old (DcLedger    *self,
                     const char  *campaign,
                     const char  *until,
                     gboolean     unexported,
                     GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE record AS r SET gone = '" DC_LEDGER_GONE_OLD "', "
                                               DC_LEDGER_FORGET "WHERE " OLD " AND " STANDING " = 0", "itt", (gint64) unexported,
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
  const char *sql = "SELECT day || ifnull (' ' || path, '') FROM export WHERE number IN "
                    "(SELECT export FROM record_export, record AS r WHERE record = r.number "
                    "AND campaign = ? AND r.day <= ?) ORDER BY number";

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, "tt", campaign, until), dc_ledger_add_text, list,
                           error))
    return NULL;

  return g_steal_pointer (&list);
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

static gboolean
add_tidied (sqlite3_stmt  *query,
            gpointer       list,
            GError       **error)
{
  DcLedgerTidied *tidied = g_new0 (DcLedgerTidied, 1);

  g_ptr_array_add (list, tidied);
  tidied->place = g_strdup ((const char *) sqlite3_column_text (query, 0));
  tidied->thing = g_strdup ((const char *) sqlite3_column_text (query, 1));
  tidied->state = g_strdup ((const char *) sqlite3_column_text (query, 5));

  return read_old (query, 2, &tidied->old, error);
}

GPtrArray *
dc_ledger_list_tidied (DcLedger  *self,
                       gint64     tidying,
                       GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) tidied_free);
  const char *sql = "SELECT place, thing, records, first_day, last_day, state FROM tidied "
                    "WHERE tidying = ? ORDER BY place, thing";

  if (!dc_ledger_add_rows (self, dc_ledger_query (self, error, sql, "i", tidying), add_tidied, list, error))
    return NULL;

  return g_steal_pointer (&list);
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
