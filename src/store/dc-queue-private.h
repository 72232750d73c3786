/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-queue.h"
#include "dc-request.h"
#include "dc-store-thread.h"

G_BEGIN_DECLS

/* What dc-queue.c and dc-queue-run.c share, on the main thread. */

/* Takes @request. @tag: the function that was called. */
void       dc_queue_submit      (DcQueue              *self,
                                 DcRequest            *request,
                                 DcStoreJob            job,
                                 gpointer              tag,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean   dc_queue_finish      (DcQueue              *self,
                                 GAsyncResult         *result,
                                 gpointer              tag,
                                 GError              **error);
/* (transfer none) until the result is gone */
DcRequest *dc_queue_get_request (GAsyncResult         *result);

G_END_DECLS
