/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-format.h"

G_BEGIN_DECLS

/* The payload of an age v1 file (C2SP age.md, "Payload"): a nonce and the
 * chunks of STREAM. */

/* How much plaintext a payload of @size bytes, nonce included, can hold. */
gsize    dc_age_stream_capacity (gsize          size);
/* Opens all chunks into @plaintext, which has room for that many bytes.
 * @verified is how many of them are proven, in success all. For this folder
 * and its tests: a part of a plaintext is never handed on.
 * DC_OPEN_ERROR_PAYLOAD. */
gboolean dc_age_stream_open     (const guint8  *payload,
                                 gsize          size,
                                 const guint8   file_key[static DC_AGE_FILE_KEY_SIZE],
                                 guint8        *plaintext,
                                 gsize         *verified,
                                 GError       **error);

G_END_DECLS
