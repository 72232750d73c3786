/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* age v1 files that a passphrase opens (C2SP age.md, "The scrypt recipient
 * type"), as `age -p` writes and `age -d` reads them; not armored.
 *
 * A try takes 2^factor × 1 KiB of memory, and about a second at the default.
 * More than the most is refused before it is tried, as a file that wants to
 * stop the machine would ask for it. */
#define DC_AGE_DEFAULT_WORK_FACTOR 18   /* 256 MiB, as age's own */
#define DC_AGE_MAX_WORK_FACTOR     20   /* 1 GiB */

/* DC_OPEN_ERROR_PASSPHRASE: another passphrase, or too little memory for one;
 * _NO_MATCH: sealed to keys, not with a passphrase; else as dc_age_open ().
 * (transfer full) */
GBytes *dc_age_passphrase_open (const guint8  *file,
                                gsize          size,
                                const char    *passphrase,
                                GError       **error);
/* @work_factor from 1 to DC_AGE_MAX_WORK_FACTOR. @plaintext is only read and
 * no copy of it is made. DC_OPEN_ERROR_PASSPHRASE: empty, or too little
 * memory; DC_OPEN_ERROR_TOO_LARGE. (transfer full) */
GBytes *dc_age_passphrase_seal (const guint8  *plaintext,
                                gsize          size,
                                const char    *passphrase,
                                guint          work_factor,
                                GError       **error);

G_END_DECLS
