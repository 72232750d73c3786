/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-json-reader.h"
#include "dc-json-writer.h"
#include "dc-record.h"

G_BEGIN_DECLS

/* Internal to this folder; what others may call is in dc-record.h. */

/* 1 to 64 of a-z 0-9 -; of A-Z a-z 0-9 -; an ISO 4217 code by its form. */
gboolean dc_envelope_is_campaign (const char *text);
gboolean dc_envelope_is_shift    (const char *text);
gboolean dc_envelope_is_currency (const char *text);
/* Whether every field is one that FORMAT.md allows for this kind. The error,
 * DC_RECORD_ERROR_FIELD, names the first that is not. */
gboolean dc_envelope_check (const DcEnvelope *self,
                            GError          **error);
/* The fields "v" to "day", which envelope and sealed plaintext share, into an
 * object that is open. */
void     dc_envelope_write (const DcEnvelope *self,
                            DcJsonWriter     *writer);
/* Whether "v" is 1. A later format may have other fields, so this comes before
 * anything else is looked at. DC_RECORD_ERROR_VERSION where it is another. */
gboolean dc_envelope_check_version (DcJsonReader *reader,
                                    GError      **error);
/* The other fields from "kind" to "day" as they stand; dc_envelope_check () is
 * the caller's. */
gboolean dc_envelope_read  (DcJsonReader     *reader,
                            DcEnvelope       *self,
                            GError          **error);

G_END_DECLS
