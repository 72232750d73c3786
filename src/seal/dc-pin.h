/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Argon2id (RFC 9106) of a PIN, in libsodium's "$argon2id$…" text form, at
 * 64 MiB and two passes. Takes a large fraction of a second: call it from a
 * worker thread. A PIN gates the staff pages; it protects no donor. */
#define DC_PIN_MIN_DIGITS 4
#define DC_PIN_MAX_DIGITS 12

gboolean dc_pin_well_formed (const char *pin);
char    *dc_pin_hash        (const char *pin);          /* NULL: no memory */
gboolean dc_pin_matches     (const char *hash,
                             const char *pin);

G_END_DECLS
