/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text form of an age file (C2SP age.md, "ASCII armor"): the strict form
 * of RFC 7468, 64 columns of canonical base64 between two lines. */

/* Whether it is meant as armor: its first line that is not blank is the one
 * that armor begins with. */
gboolean dc_age_armor_is     (const char    *text,
                              gsize          length);
/* Lines end in LF or CR LF; up to 1 KiB of white space may stand before and
 * after, none inside. DC_OPEN_ERROR_ARMOR, which names the line;
 * DC_OPEN_ERROR_TOO_LARGE. (transfer full) */
GBytes  *dc_age_armor_decode (const char    *text,
                              gsize          length,
                              GError       **error);
/* (transfer full) */
char    *dc_age_armor_encode (const guint8  *data,
                              gsize          size);

G_END_DECLS
