/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-hkdf.h"

G_BEGIN_DECLS

/* The parts of an age v1 file (C2SP age.md) that who writes one and who reads
 * one must do alike. There is nothing here that opens a file. */

#define DC_AGE_VERSION_LINE     "age-encryption.org/v1\n"
#define DC_AGE_X25519           "X25519"
#define DC_AGE_SCRYPT           "scrypt"
#define DC_AGE_FILE_KEY_SIZE    16
#define DC_AGE_POINT_SIZE       32   /* of X25519: a recipient, a share, a secret scalar */
#define DC_AGE_TAG_SIZE         16   /* of ChaCha20-Poly1305 */
#define DC_AGE_WRAPPED_SIZE     (DC_AGE_FILE_KEY_SIZE + DC_AGE_TAG_SIZE)
#define DC_AGE_MAC_SIZE         32
#define DC_AGE_NONCE_SIZE       16   /* of the payload */
#define DC_AGE_CHUNK_SIZE       (64 * 1024)
#define DC_AGE_CHUNK_NONCE_SIZE 12

/* The key that wraps a file key for @recipient, by the share that stands in
 * the stanza and the secret that only the two sides know. */
void     dc_age_x25519_key     (const guint8  shared[static DC_AGE_POINT_SIZE],
                                const guint8  share[static DC_AGE_POINT_SIZE],
                                const guint8  recipient[static DC_AGE_POINT_SIZE],
                                guint8        key[static DC_HKDF_KEY_SIZE]);
/* @key wraps this one message in its life: its nonce is zero. */
void     dc_age_wrap           (const guint8  key[static DC_HKDF_KEY_SIZE],
                                const guint8  file_key[static DC_AGE_FILE_KEY_SIZE],
                                guint8        wrapped[static DC_AGE_WRAPPED_SIZE]);
/* The MAC of a header: all its bytes up to "---", that included. */
void     dc_age_header_mac     (const guint8  file_key[static DC_AGE_FILE_KEY_SIZE],
                                const guint8 *header,
                                gsize         size,
                                guint8        mac[static DC_AGE_MAC_SIZE]);
void     dc_age_payload_key    (const guint8  file_key[static DC_AGE_FILE_KEY_SIZE],
                                const guint8  nonce[static DC_AGE_NONCE_SIZE],
                                guint8        key[static DC_HKDF_KEY_SIZE]);
/* An 11-byte big-endian counter, and 1 for the last chunk alone. */
void     dc_age_chunk_nonce    (guint64       counter,
                                gboolean      last,
                                guint8        nonce[static DC_AGE_CHUNK_NONCE_SIZE]);

/* Ends the header that @file holds: "--- " and the MAC. */
void     dc_age_append_mac     (GByteArray   *file,
                                const guint8  file_key[static DC_AGE_FILE_KEY_SIZE]);
void     dc_age_append_payload (GByteArray   *file,
                                const guint8  file_key[static DC_AGE_FILE_KEY_SIZE],
                                const guint8 *plaintext,
                                gsize         size);
void     dc_age_append_text    (GByteArray   *file,
                                const char   *text);
/* Base64 without padding; at most 47 bytes, so that it is one short line. */
void     dc_age_append_base64  (GByteArray   *file,
                                const guint8 *data,
                                gsize         size);

G_END_DECLS
