/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination-setup.h"
#include "dc-pack.h"

G_BEGIN_DECLS

#define DC_PACK_AUTHORITY_MAX_BYTES (64 * 1024)

/* destination.ini, as dc_destination_setup_parse () reads it; @self is all zero.
 * DC_PACK_ERROR_DESTINATION. */
gboolean dc_pack_destination_parse     (DcDestinationSetup  *self,
                                        GBytes              *bytes,
                                        GError             **error);
/* Whether the file that Authority= names is text with certificates in PEM (RFC
 * 7468), and no private key. Whether they are good, the TLS library says. */
gboolean dc_pack_destination_authority (const char          *name,
                                        GBytes              *bytes,
                                        GError             **error);

G_END_DECLS
