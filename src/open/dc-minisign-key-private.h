/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-minisign-format.h"
#include "dc-minisign-key.h"

G_BEGIN_DECLS

#define DC_MINISIGN_SECRET_SIZE 64   /* seed and public key, as libsodium keeps them */

/* @secret lies in guarded memory and is taken. */
DcMinisignKey *dc_minisign_key_new         (const guint8   key_id[static DC_MINISIGN_KEY_ID_SIZE],
                                            guint8        *secret);
const guint8  *dc_minisign_key_get_id      (DcMinisignKey *self);
const guint8  *dc_minisign_key_get_secret  (DcMinisignKey *self);
gboolean       dc_minisign_check_comment   (const char    *comment,
                                            gsize          max,
                                            GError       **error);

G_END_DECLS
