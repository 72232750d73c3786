/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-kiosk.h"
#include "dc-pin-reset.h"

G_BEGIN_DECLS

/* Looks in @folder, the top of a drive, for the office's leave to choose new
 * PINs on this tablet; a worker thread reads. Needs dc_kiosk_get_sealer ().
 * Main thread. */
void      dc_pin_reset_run_async  (DcKiosk              *kiosk,
                                   const char           *folder,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* TRUE: @found may be used now. Errors as of dc_pin_reset_find (). */
gboolean  dc_pin_reset_run_finish (DcKiosk              *kiosk,
                                   GAsyncResult         *result,
                                   DcPinReset           *found,
                                   GError              **error);
/* It is used from now on; one small durable write. Errors as of
 * dc_pin_reset_use (). */
gboolean  dc_pin_reset_run_use    (DcKiosk              *kiosk,
                                   const DcPinReset     *reset,
                                   GError              **error);

G_END_DECLS
