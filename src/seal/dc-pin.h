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

/* ASCII digits only. */
gboolean dc_pin_well_formed      (const char *pin);
/* One that a passer-by tries first: one block of digits repeated (0000, 1212,
 * 123123), or a run up or down by one (1234, 9876, 8901). For a warning or a
 * refusal where a PIN is chosen; dc_pin_hash () takes it. */
gboolean dc_pin_is_trivial       (const char *pin);
/* NULL: not well formed, or no memory. (transfer full) */
char    *dc_pin_hash             (const char *pin);
/* Whether @hash is a text that dc_pin_hash () can have made, cost included: a
 * doctored one could ask for all the memory of the tablet. Quick. */
gboolean dc_pin_hash_well_formed (const char *hash);
/* FALSE too where either is not well formed. */
gboolean dc_pin_matches          (const char *hash,
                                  const char *pin);

G_END_DECLS
