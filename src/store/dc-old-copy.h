/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"

G_BEGIN_DECLS

/* The copy of a queue that is made before it is brought to a later version:
 * FOLDER/queue-v1.db beside the queue itself. It lives as long as that takes
 * and no longer, since it would still hold what a donor undoes. */

/* Durably, 0600; or an error and none. On the database's thread. */
gboolean dc_old_copy_make   (DcDatabase  *database,
                             const char  *folder,
                             guint        version,
                             GError     **error);
/* Every copy that is there, whole or half, of any version; durably. Any
 * thread. */
gboolean dc_old_copy_remove (const char  *folder,
                             GError     **error);

G_END_DECLS
