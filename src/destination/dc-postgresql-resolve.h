/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-postgresql-call.h"

G_BEGIN_DECLS

/* The addresses of @host, a name or a number, as texts: at most eight, in the
 * order of preference. Unlike libpq's own look-up, which waits as long as it
 * likes, this one ends when the call does. (transfer full) */
char **dc_postgresql_resolve (const char        *host,
                              DcPostgresqlCall  *call,
                              GError           **error);

G_END_DECLS
