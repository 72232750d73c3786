/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-opened.h"

G_BEGIN_DECLS

/* One record, opened in memory and held against its envelope. @plaintext
 * (optional) is what was sealed, padding included, wiped when it goes; NULL on
 * failure. DC_OPEN_ERROR or DC_RECORD_ERROR. (transfer full) */
DcOpened *dc_opening_open (DcRecord       *record,
                           DcAgeIdentity  *identity,
                           GBytes        **plaintext,
                           GError        **error);

G_END_DECLS
