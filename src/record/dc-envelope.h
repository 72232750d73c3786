/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-json-writer.h"
#include "dc-record.h"

G_BEGIN_DECLS

/* Internal to this folder; what others may call is in dc-record.h. */

/* Whether every field is one that FORMAT.md allows for this kind. The error,
 * DC_RECORD_ERROR_FIELD, names the first that is not. */
gboolean dc_envelope_check (const DcEnvelope *self,
                            GError          **error);
/* The fields "v" to "day", which envelope and sealed plaintext share, into an
 * object that is open. */
void     dc_envelope_write (const DcEnvelope *self,
                            DcJsonWriter     *writer);

G_END_DECLS
