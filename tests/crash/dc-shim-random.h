/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The random numbers of libsodium and SQLite follow from @seed, so that the
 * same calls make the same bytes again. For tests alone: nothing that is
 * sealed meanwhile is secret. */
void dc_shim_random_seed  (guint32  seed);
/* They are the system's again. */
void dc_shim_random_reset (void);

G_END_DECLS
