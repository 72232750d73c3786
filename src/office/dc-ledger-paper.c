/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-paper.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-ledger-private.h"

#define CONTEXT "daily-cup/paper/1\n"

static void
digest_of (const char *reference,
           guint8      digest[static 32])
{
  g_autofree char *text = g_strconcat (CONTEXT, reference, NULL);

  dc_crypto_sha256 (text, strlen (text), digest);
}

gboolean
dc_ledger_paper_queue (DcLedger      *self,
                       const guint8   tablet[static 32],
                       DcId          *queue,
                       gint64        *last_seq,
                       GError       **error)
{
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;

  query = dc_ledger_query (self, error, "SELECT p.queue, ifnull (max (r.seq), 0) FROM paper_queue AS p "
                           "LEFT JOIN record AS r ON r.queue = p.queue AND r.tablet = ?1 GROUP BY p.queue", "h", tablet);
  if (query == NULL)
    return FALSE;
  if (!dc_ledger_step (self, query, &local_error) || !dc_ledger_column (query, 0, queue, sizeof *queue)) {
    if (local_error == NULL)
      return dc_ledger_damaged (error);
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *last_seq = sqlite3_column_int64 (query, 1);

  return TRUE;
}

gboolean
dc_ledger_paper_has (DcLedger    *self,
                     const char  *reference,
                     gboolean    *has,
                     GError     **error)
{
  g_autoptr (sqlite3_stmt) query = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 digest[32];

  digest_of (reference, digest);
  query = dc_ledger_query (self, error, "SELECT 1 FROM paper_form WHERE digest = ? "
                           "UNION ALL SELECT 1 FROM record WHERE reference = ?", "ht", digest, reference);
  if (query == NULL)
    return FALSE;
  *has = dc_ledger_step (self, query, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

gboolean
dc_ledger_paper_add (DcLedger    *self,
                     const char  *reference,
                     GError     **error)
{
  guint8 digest[32];

  digest_of (reference, digest);

  return dc_ledger_run (self, dc_ledger_query (self, error, "INSERT INTO paper_form VALUES (?)", "h", digest), error);
}
