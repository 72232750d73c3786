/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"

G_BEGIN_DECLS

/* Makes the tables of a new queue, or brings an older one in @folder to this
 * program's version, with a copy beside it until that is done and checked; and
 * reads the queue's id. On success no copy is left; on failure the queue is
 * what it was, or (where the disk failed) one version or the other. On the
 * database's thread. */
gboolean dc_upgrade_prepare (DcDatabase  *database,
                             const char  *folder,
                             DcId        *queue,
                             GError     **error);

G_END_DECLS
