/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-gather.h"

static gboolean
take_row (const DcLedgerRow  *row,
          gpointer            data,
          GError            **error)
{
  DcGathered *gathered = data;
  g_autofree char *where = NULL;
  DcFound *found;

  if (row->gone != NULL)
    return TRUE;
  where = g_strdup_printf (DC_LEDGER_FILE ":%" G_GINT64_FORMAT, row->number);
  if (row->record == NULL) {
    gathered->source.lost (where, &row->id, row->damage, gathered);
    return TRUE;
  }
  dc_gathered_take (gathered, row->record, where);
  found = g_hash_table_lookup (gathered->by_id, &row->id);
  if (found != NULL && found->record == row->record) {
    found->number = row->number;
    found->exported = row->exported;
    found->taken_back = row->withdrawn;
    found->conflict |= row->conflict;
  }

  return TRUE;
}

gboolean
dc_ledger_gather (DcLedger    *ledger,
                  DcGathered  *gathered,
                  GError     **error)
{
  const DcLedgerFilter everything = { .campaign = NULL };

  gathered->source.n_files = 1;

  return dc_ledger_each (ledger, &everything, take_row, gathered, error);
}
