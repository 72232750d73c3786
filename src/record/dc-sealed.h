/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pledge.h"
#include "dc-record.h"

G_BEGIN_DECLS

/* What is encrypted: JSON, then spaces up to a size class, as FORMAT.md
 * defines it. Both return bytes that are wiped when they go. Internal to this
 * folder and its tests.
 *
 * Errors: DC_RECORD_ERROR_FIELD (it names the field), and
 * DC_RECORD_ERROR_TOO_LARGE past the largest class. */

/* @envelope needs no sealed_sha256 yet. */
GBytes *dc_sealed_pledge     (const DcEnvelope *envelope,
                              DcPledge         *pledge,
                              GError          **error);
GBytes *dc_sealed_withdrawal (const DcEnvelope *envelope,
                              GError          **error);

G_END_DECLS
