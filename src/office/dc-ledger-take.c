/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-ledger-private.h"

#include <string.h>

/* What comes into the ledger, and the marks that it gets there. */

static void
digest_of (GBytes *bytes,
           guint8  digest[static 32])
{
  dc_crypto_sha256 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), digest);
}

/* 1, 0, or -1 where @error is set. */
static int
exists (DcLedger      *self,
        sqlite3_stmt  *query,
        GError       **error)
{
  g_autoptr (sqlite3_stmt) owned = query;
  GError *local_error = NULL;
  gboolean row;

  if (query == NULL)
    return -1;
  row = dc_ledger_step (self, owned, &local_error);
  if (local_error == NULL)
    return row;
  g_propagate_error (error, local_error);

  return -1;
}

static gboolean
insert (DcLedger      *self,
        DcRecord      *record,
        const guint8  *digest,
        const char    *day,
        gboolean       erased,
        GError       **error)
{
  const DcEnvelope *envelope = &record->envelope;
  const char *sql = "INSERT INTO record (id, digest, sealed_sha256, kind, tablet, queue, seq, campaign, day, "
                    "collected, gone, envelope, sealed, signature, about) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  sqlite3_stmt *query;

  query = dc_ledger_query (self, error, sql, "dhhthditttt", &envelope->id, digest, envelope->sealed_sha256,
                           dc_kind_to_string (envelope->kind), envelope->tablet, &envelope->queue, envelope->seq,
                           envelope->campaign, envelope->day, day, erased ? "erased" : NULL);
  if (query == NULL)
    return FALSE;
  if (!erased) {
    sqlite3_bind_blob (query, 12, g_bytes_get_data (record->envelope_json, NULL),
                       (int) g_bytes_get_size (record->envelope_json), SQLITE_STATIC);
    sqlite3_bind_blob (query, 13, g_bytes_get_data (record->sealed, NULL),
                       (int) g_bytes_get_size (record->sealed), SQLITE_STATIC);
    sqlite3_bind_blob (query, 14, record->signature, sizeof record->signature, SQLITE_STATIC);
  }
  if (envelope->has_about)
    sqlite3_bind_blob (query, 15, &envelope->about, sizeof envelope->about, SQLITE_STATIC);

  return dc_ledger_run (self, query, error);
}

static gboolean
add_place (DcLedger      *self,
           const guint8  *digest,
           const char    *place,
           GError       **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR IGNORE INTO place (name) VALUES (?)", "t",
                                               place), error)
         && dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR IGNORE INTO record_place "
                                                  "SELECT record.number, place.number FROM record, place "
                                                  "WHERE digest = ? AND name = ?", "ht", digest, place), error);
}

/* FALSE: @error is set. */
static gboolean
compare (DcLedger          *self,
         const DcEnvelope  *envelope,
         const guint8      *digest,
         DcLedgerTaken     *taken,
         GError           **error)
{
  const DcId *about = envelope->has_about ? &envelope->about : &envelope->id;
  int same, erased, other;

  same = exists (self, dc_ledger_query (self, error, "SELECT 1 FROM record WHERE digest = ?", "h", digest), error);
  if (same != 0) {
    *taken = DC_LEDGER_SAME;
    return same > 0;
  }
  erased = exists (self, dc_ledger_query (self, error, "SELECT 1 FROM never_again WHERE id IN (?, ?)", "dd",
                                          &envelope->id, about), error);
  if (erased != 0) {
    *taken = DC_LEDGER_ERASED;
    return erased > 0;
  }
  other = exists (self, dc_ledger_query (self, error, "SELECT 1 FROM record WHERE id = ?", "d", &envelope->id),
                  error);
  *taken = other > 0 ? DC_LEDGER_DIFFERS : DC_LEDGER_NEW;

  return other >= 0;
}

gboolean
dc_ledger_take (DcLedger       *self,
                DcRecord       *record,
                const char     *place,
                const char     *day,
                DcLedgerTaken  *taken,
                GError        **error)
{
  guint8 digest[32];

  digest_of (record->envelope_json, digest);
  if (!compare (self, &record->envelope, digest, taken, error)
      || (*taken != DC_LEDGER_SAME && !insert (self, record, digest, day, *taken == DC_LEDGER_ERASED, error)))
    return FALSE;

  return place == NULL || add_place (self, digest, place, error);
}

gboolean
dc_ledger_take_statement (DcLedger           *self,
                          const DcStatement  *statement,
                          GBytes             *line,
                          gboolean           *is_new,
                          GError            **error)
{
  const DcOrigin *origin = &statement->origin;
  guint8 digest[32];

  digest_of (line, digest);
  if (!dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR IGNORE INTO statement VALUES (?, ?, ?, ?, ?, ?)",
                                             "hdtihb", origin->tablet, &origin->queue, origin->campaign,
                                             statement->number, digest, line), error))
    return FALSE;
  *is_new = sqlite3_changes (self->handle) > 0;

  return TRUE;
}

gboolean
dc_ledger_mark_opened (DcLedger    *self,
                       gint64       number,
                       const char  *reference,
                       const char  *day,
                       GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE record SET reference = ?, "
                                               "opened = ifnull (opened, ?) WHERE number = ? AND gone IS NULL",
                                               "tti", reference, day, number), error);
}

gboolean
dc_ledger_add_export (DcLedger    *self,
                      const char  *day,
                      const char  *path,
                      gint64      *export,
                      GError     **error)
{
  if (!dc_ledger_run (self, dc_ledger_query (self, error, "INSERT INTO export (day, path) VALUES (?, ?)", "tt", day,
                                             path), error))
    return FALSE;
  *export = sqlite3_last_insert_rowid (self->handle);

  return TRUE;
}

gboolean
dc_ledger_mark_exported (DcLedger  *self,
                         gint64     number,
                         gint64     export,
                         GError   **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR IGNORE INTO record_export VALUES (?, ?)", "ii",
                                               number, export), error);
}

gboolean
dc_ledger_add_receipt (DcLedger        *self,
                       const DcOrigin  *origin,
                       GBytes          *line,
                       GArray          *numbers,
                       GError         **error)
{
  gint64 receipt;

  if (!dc_ledger_run (self, dc_ledger_query (self, error, "INSERT INTO receipt (tablet, queue, campaign, line) "
                                             "VALUES (?, ?, ?, ?)", "hdtb", origin->tablet, &origin->queue,
                                             origin->campaign, line), error))
    return FALSE;
  receipt = sqlite3_last_insert_rowid (self->handle);
  for (guint i = 0; i < numbers->len; i++)
    if (!dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE record SET receipt = ? WHERE number = ?", "ii",
                                               receipt, g_array_index (numbers, gint64, i)), error))
      return FALSE;

  return TRUE;
}

gboolean
dc_ledger_mark_receipt (DcLedger                     *self,
                        gint64                        number,
                        const DcDestinationIdentity  *place,
                        GError                      **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR IGNORE INTO receipt_place VALUES (?, ?, ?)",
                                               "idd", number, &place->id, &place->epoch), error);
}

gboolean
dc_ledger_erase (DcLedger    *self,
                 gint64       number,
                 const char  *why,
                 const char  *day,
                 GError     **error)
{
  if (g_str_equal (why, DC_LEDGER_GONE_ERASED)
      && !dc_ledger_run (self, dc_ledger_query (self, error, "INSERT OR IGNORE INTO never_again "
                                                "SELECT id, sealed_sha256, ? FROM record WHERE number = ?", "ti",
                                                day, number), error))
    return FALSE;

  return dc_ledger_run (self, dc_ledger_query (self, error, "UPDATE record SET gone = ?, " DC_LEDGER_FORGET
                                               "WHERE number = ?", "ti", why, number), error);
}

gboolean
dc_ledger_add_deletion (DcLedger    *self,
                        const char  *day,
                        const char  *what,
                        guint        count,
                        const char  *why,
                        GError     **error)
{
  return dc_ledger_run (self, dc_ledger_query (self, error, "INSERT INTO deletion (day, what, count, why) "
                                               "VALUES (?, ?, ?, ?)", "ttit", day, what, (gint64) count, why), error);
}
