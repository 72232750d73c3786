/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-header.h"

G_BEGIN_DECLS

/* What opening an age file by keys and by a passphrase have in common. */

/* FALSE: @wrapped was wrapped under another key. */
gboolean dc_age_unwrap    (const guint8        key[static DC_HKDF_KEY_SIZE],
                           const guint8        wrapped[static DC_AGE_WRAPPED_SIZE],
                           guint8              file_key[static DC_AGE_FILE_KEY_SIZE]);
/* The plaintext, when header and payload are proven by @file_key; NULL and
 * nothing of it otherwise. DC_OPEN_ERROR_HMAC, _PAYLOAD, _TOO_LARGE.
 * (transfer full) */
GBytes  *dc_age_file_open (const guint8       *file,
                           gsize               size,
                           const DcAgeHeader  *header,
                           const guint8        file_key[static DC_AGE_FILE_KEY_SIZE],
                           GError            **error);

G_END_DECLS
