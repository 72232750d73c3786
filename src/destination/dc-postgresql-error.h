/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-delivery.h"

G_BEGIN_DECLS

/* What an SQLSTATE means for a run (PostgreSQL's manual, appendix A). */
DcDeliveryError dc_postgresql_error_code   (const char  *sqlstate);
/* The SQLSTATE at the end of a message that libpq wrote with PQERRORS_SQLSTATE,
 * which is all that it gives of a connection that failed. FALSE: it has none. */
gboolean        dc_postgresql_find_sqlstate (const char *message,
                                             char        sqlstate[static 6]);

G_END_DECLS
