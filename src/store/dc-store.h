/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"

G_BEGIN_DECLS

/**
 * DcStore:
 *
 * A state directory: its lock, the open queue in it, the ballast, the queues
 * set aside. Owns all of them and the policy for a failing or full disk. Made
 * anywhere; from the first call on it lives on one worker thread.
 */
typedef struct _DcStore DcStore;

/* Work on the open queue, in transactions of its own. Called once more after
 * a full disk was given room, so it begins from nothing each time. */
typedef gboolean (*DcStoreWork) (DcStore   *self,
                                 gpointer   data,
                                 GError   **error);

DcStore    *dc_store_new           (const char   *state_directory,
                                    gsize         ballast_size);
/* Closes, where it is open. */
void        dc_store_free          (DcStore      *self);

/* Idempotent. @set_aside: (out), where an unusable queue went; else NULL, and
 * as it was where the queue was open already. */
gboolean    dc_store_open          (DcStore      *self,
                                    char        **set_aside,
                                    GError      **error);
gboolean    dc_store_close         (DcStore      *self,
                                    GError      **error);

/* Runs @work, or fails with CLOSED. @drains: work that frees room or lets the
 * queue empty itself, for which a full disk's ballast is given up. After IO
 * and DAMAGED the queue is closed. */
gboolean    dc_store_run           (DcStore      *self,
                                    DcStoreWork   work,
                                    gpointer      data,
                                    gboolean      drains,
                                    GError      **error);
/* What can wait until the caller has its answer: checkpoints, the ballast. */
void        dc_store_rest          (DcStore      *self);
/* Whether a pledge could be stored now. */
gboolean    dc_store_probe         (DcStore      *self,
                                    GError      **error);

/* For work, while it runs. */
DcDatabase *dc_store_get_database  (DcStore      *self);
const DcId *dc_store_get_queue     (DcStore      *self);
const char *dc_store_get_directory (DcStore      *self);
/* Bytes were erased: the journal is to be cut to nothing, before the answer
 * where that succeeds, at the next chance where not. */
void        dc_store_erase_journal (DcStore      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcStore, dc_store_free)

G_END_DECLS
