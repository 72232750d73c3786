/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcQueueLock:
 *
 * The one holder of a state directory, among all processes and within this
 * one. Owns an open file with an open-file-description lock on it
 * (fcntl(2), F_OFD_SETLK), which the kernel lets go of when the process ends,
 * however it ends. Any thread.
 */
typedef struct _DcQueueLock DcQueueLock;

/* Makes the file @path (0600) where it is not there; it is never removed.
 * DC_STORE_ERROR_IN_USE where another holds it; never waits. */
DcQueueLock *dc_queue_lock_new  (const char   *path,
                                 GError      **error);
void         dc_queue_lock_free (DcQueueLock  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcQueueLock, dc_queue_lock_free)

G_END_DECLS
