/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"
#include "dc-migration.h"

G_BEGIN_DECLS

/* The schema's document is sql/, one file a version, compiled in. */

#define DC_SCHEMA_APPLICATION_ID 0x44437570   /* "DCup" */
#define DC_SCHEMA_VERSION 3

/* What the first page says, read without SQLite, which would finish what a
 * rollback journal beside the file began. DC_STORE_ERROR_DAMAGED where the
 * file is another program's or of a later version; a file that is too short to
 * say is left to SQLite. Any thread, before the database is opened. */
gboolean dc_schema_peek     (const char  *path,
                             GError     **error);

/* The rest on the database's thread. */

/* Whether this program may write here: an empty database, or a queue of this
 * or an earlier version. DC_STORE_ERROR_DAMAGED otherwise; only reads. */
gboolean dc_schema_check    (DcDatabase  *database,
                             GError     **error);
/* Whether it has the tables of @version, to the letter, and no other. DAMAGED
 * otherwise; only reads. */
gboolean dc_schema_check_tables (DcDatabase  *database,
                                 guint        version,
                                 GError     **error);
/* Makes the tables, or brings them up to DC_SCHEMA_VERSION; and reads the
 * random id that was made with the database. */
gboolean dc_schema_prepare  (DcDatabase  *database,
                             DcId        *queue,
                             GError     **error);

G_END_DECLS
