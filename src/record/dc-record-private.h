/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-record.h"

G_BEGIN_DECLS

/* Internal to this folder. */

/* As dc_record_new () and dc_record_from_line (); with @trusted the signature is
 * not verified, since who made the bytes has done so. */
DcRecord *dc_record_make      (GBytes        *envelope_json,
                               const guint8   signature[static 64],
                               GBytes        *sealed,
                               gboolean       trusted,
                               GError       **error);
DcRecord *dc_record_read_line (const char    *line,
                               gsize          length,
                               gboolean       trusted,
                               GError       **error);

G_END_DECLS
