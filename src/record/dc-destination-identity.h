/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-id.h"

G_BEGIN_DECLS

/* The file by which a folder or a WebDAV server is known again, at its top; one
 * line. EXCHANGE.md is the definition. Not signed: what it says decides only
 * whether records are offered once more. */
#define DC_DESTINATION_IDENTITY_FILE      "daily-cup.json"
#define DC_DESTINATION_IDENTITY_MAX_BYTES 512

/* {"v":1,"id":"…","epoch":"…"} and a line feed. (transfer full) */
GBytes   *dc_destination_identity_to_line   (const DcId  *id,
                                             const DcId  *epoch);
/* DC_RECORD_ERROR; on one @id and @epoch stay as they are. */
gboolean  dc_destination_identity_from_line (const char  *line,
                                             gsize        length,
                                             DcId        *id,
                                             DcId        *epoch,
                                             GError     **error);

G_END_DECLS
