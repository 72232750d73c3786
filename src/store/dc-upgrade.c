/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-upgrade.h"

#include "dc-old-copy.h"
#include "dc-schema.h"
#include "dc-store-error.h"

/* Each step is one transaction, so the queue needs the copy only where SQLite
 * or the disk does not do as it says: then the check after it fails, and both
 * are set aside together. Half a copy, or one that a power cut left, is removed
 * by the next success. */
static gboolean
upgrade (DcDatabase  *database,
         const char  *folder,
         guint        version,
         DcId        *queue,
         GError     **error)
{
  g_autoptr (GError) problem = NULL;

  if (!dc_schema_check_tables (database, version, error)
      || !dc_old_copy_make (database, folder, version, error))
    return FALSE;

  if (dc_schema_prepare (database, queue, &problem))
    return dc_database_check (database, error);

  /* A commit that the disk failed may count or not, and the next open knows;
   * what came out wrong is set aside with the copy. Else it is of no use. */
  if (!g_error_matches (problem, DC_STORE_ERROR, DC_STORE_ERROR_IO)
      && !g_error_matches (problem, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED))
    dc_old_copy_remove (folder, NULL);
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

gboolean
dc_upgrade_prepare (DcDatabase  *database,
                    const char  *folder,
                    DcId        *queue,
                    GError     **error)
{
  gint64 version;

  if (!dc_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;

  if (version == 0 || version == DC_SCHEMA_VERSION)
    return dc_schema_prepare (database, queue, error) && dc_old_copy_remove (folder, error);

  if (upgrade (database, folder, (guint) version, queue, error)) {
    g_message ("The queue was brought from version %d to %d", (int) version, DC_SCHEMA_VERSION);
    return dc_old_copy_remove (folder, error);
  }

  g_prefix_error (error, "the queue could not be brought from version %d to %d: ",
                  (int) version, DC_SCHEMA_VERSION);

  return FALSE;
}
