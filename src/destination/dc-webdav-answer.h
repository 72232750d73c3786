/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-webdav-request.h"

G_BEGIN_DECLS

/* What an answer that is no success means for a run; always FALSE.
 */
gboolean dc_webdav_refuse (const DcWebdavRequest  *request,
                           const DcWebdavAnswer   *answer,
                           DcTransfer             *transfer,
                           GError                **error);
/* The same as a code. */
DcDeliveryError dc_webdav_code (long status);

G_END_DECLS
