/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-migration.h"

static gboolean
run_step (DcDatabase             *database,
          const DcMigrationStep  *step,
          guint                   version,
          GError                **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u", version);
  g_autoptr (DcTransaction) transaction = dc_transaction_begin (database, error);

  if (transaction == NULL)
    return FALSE;
  if (!dc_database_execute (database, step->sql, error))
    return FALSE;
  if (step->fill != NULL && !step->fill (database, error))
    return FALSE;
  if (!dc_database_execute (database, mark, error))
    return FALSE;

  return dc_transaction_commit (transaction, error);
}

gboolean
dc_migration_run (DcDatabase             *database,
                  const DcMigrationStep  *steps,
                  guint                   n_steps,
                  GError                **error)
{
  gint64 version;

  if (!dc_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;

  for (gint64 n = version; n < n_steps; n++) {
    if (!run_step (database, &steps[n], (guint) n + 1, error))
      return FALSE;
  }

  return TRUE;
}
