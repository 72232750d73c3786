/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-postgresql-connection.h"

G_BEGIN_DECLS

/* dc_destination_put () and what it is made of. */
gboolean dc_postgresql_submit         (DcPostgresqlConnection  *connection,
                                       GBytes                  *bundle,
                                       DcTransfer              *transfer,
                                       GPtrArray               *deliveries,
                                       GError                 **error);
/* The records of a bundle of ours, which is whole. (transfer container)
 * (element-type DcRecord) */
GPtrArray *dc_postgresql_read_bundle   (GBytes                 *bundle,
                                        GError                **error);
/* Appends to @deliveries what submit () answered about @records. An answer that
 * cannot be by our function is UNREADABLE, and nothing of it is believed. With
 * @doubt nothing counts as proven. */
gboolean   dc_postgresql_read_verdicts (const PGresult         *answer,
                                        GPtrArray              *records,
                                        gboolean                doubt,
                                        GPtrArray              *deliveries,
                                        GError                **error);

G_END_DECLS
