/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-age-identity.h"

G_BEGIN_DECLS

/* Opens an age v1 file (not armored) with the first of @identities that fits;
 * @used (nullable) is then its index. All of the file is verified before any
 * of the plaintext is given out; what is given out is wiped with its last
 * reference.
 *
 * DC_OPEN_ERROR_HEADER; _NO_MATCH: sealed for others, or with a passphrase;
 * _HMAC; _PAYLOAD; _TOO_LARGE: a header over 64 KiB or a plaintext over
 * DC_AGE_MAX_PLAINTEXT. No message holds anything of the plaintext or of a
 * key. Any thread. (transfer full) */
GBytes *dc_age_open (const guint8           *file,
                     gsize                   size,
                     DcAgeIdentity * const  *identities,
                     guint                   n_identities,
                     guint                  *used,
                     GError                **error);

G_END_DECLS
