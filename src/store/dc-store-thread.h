/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-store.h"

G_BEGIN_DECLS

/**
 * DcStoreThread:
 *
 * The one worker thread and its queue of jobs. Owns the store, which only this
 * thread touches. Made, fed and freed on the main thread.
 */
typedef struct _DcStoreThread DcStoreThread;

/* @request is the task's data. On the worker thread. */
typedef gboolean (*DcStoreJob) (DcStore       *store,
                                gpointer       request,
                                GCancellable  *cancellable,
                                GError       **error);

/* Takes @store. */
DcStoreThread *dc_store_thread_new  (DcStore        *store);
/* Runs @job after all that were pushed before, then returns TRUE or its error
 * through @task, in the task's main context. Takes @task; the worker never
 * drops a reference to it, so that no object of the main thread is ever
 * finalised on the worker. */
void           dc_store_thread_push (DcStoreThread  *self,
                                     GTask          *task,
                                     DcStoreJob      job);
/* Lets the jobs that were pushed finish, closes the store, and joins. */
void           dc_store_thread_free (DcStoreThread  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcStoreThread, dc_store_thread_free)

G_END_DECLS
