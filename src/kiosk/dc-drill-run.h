/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-kiosk.h"

G_BEGIN_DECLS

/* Writes a new drill into @folder, which is there: first its answers are
 * awaited, then a worker thread writes the file. When it is
 * back without an error a removable drive may be taken away. Needs
 * dc_kiosk_get_sealer (). Main thread. */
void  dc_drill_run_async  (DcKiosk              *kiosk,
                           const char           *folder,
                           const char           *language,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
/* The name of the file in @folder. (transfer full) */
char *dc_drill_run_finish (DcKiosk              *kiosk,
                           GAsyncResult         *result,
                           GError              **error);

G_END_DECLS
