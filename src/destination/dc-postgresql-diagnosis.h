/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-postgresql-call.h"

G_BEGIN_DECLS

/* Why TLS with the server at @address did not come about, which libpq says in
 * the words of the day and in the user's language: it is tried once more, and
 * looked at. CLOCK, CERTIFICATE (or no TLS at all), LOGIN_PAGE where what
 * answers is no PostgreSQL, OFFLINE, TIMEOUT, STOPPED. Sends nothing but the
 * beginning of a handshake. @authority: path of a PEM file. */
DcDeliveryError dc_postgresql_diagnose (const char        *host,
                                        const char        *address,
                                        guint              port,
                                        const char        *authority,
                                        DcPostgresqlCall  *call);

G_END_DECLS
