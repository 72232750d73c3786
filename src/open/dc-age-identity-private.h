/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-format.h"
#include "dc-age-identity.h"

G_BEGIN_DECLS

/* The key under which a file key was wrapped for @self, whose stanza holds
 * @share. FALSE: the share is a point of low order, which makes a key that
 * everybody knows. */
gboolean dc_age_identity_agree (DcAgeIdentity *self,
                                const guint8   share[static DC_AGE_POINT_SIZE],
                                guint8         key[static DC_HKDF_KEY_SIZE]);

G_END_DECLS
