/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"

G_BEGIN_DECLS

/* One version of the schema: the statements that lead to it from the one
 * before, and (nullable) what SQL alone cannot do. */
typedef struct
{
  const char *sql;
  gboolean  (*fill) (DcDatabase  *database,
                     GError     **error);
} DcMigrationStep;

/* Takes the database from its user_version to @n_steps: @steps[n] leads from
 * version n to n + 1. Each step is one transaction that also sets
 * user_version, so a power cut leaves one version or the other. On the
 * database's thread. */
gboolean dc_migration_run (DcDatabase             *database,
                           const DcMigrationStep  *steps,
                           guint                   n_steps,
                           GError                **error);

G_END_DECLS
