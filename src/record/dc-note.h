/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-delivery.h"
#include "dc-json-reader.h"
#include "dc-json-writer.h"

G_BEGIN_DECLS

/* What statements and receipts have in common. Internal to this folder. */

/* Of no field can the number be larger: JSON's integers (RFC 8259, section 6). */
#define DC_NOTE_MAX_NUMBER G_GINT64_CONSTANT (9007199254740991)

/* "campaign", "tablet", "queue". */
gboolean dc_note_is_origin   (const DcOrigin  *origin);
void     dc_note_add_origin  (DcJsonWriter    *writer,
                              const DcOrigin  *origin);
gboolean dc_note_read_origin (DcJsonReader    *reader,
                              DcOrigin        *origin,
                              GError         **error);
/* An integer from @minimum to @maximum. */
gboolean dc_note_read_number (DcJsonReader    *reader,
                              const char      *key,
                              gint64           minimum,
                              gint64           maximum,
                              gint64          *value,
                              GError         **error);

G_END_DECLS
