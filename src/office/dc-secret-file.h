/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-minisign-key.h"
#include "dc-office.h"

G_BEGIN_DECLS

/* The files of secret keys, which may lie on a stick: it is read as it is,
 * for its file system may know no modes. Errors are G_FILE_ERROR or
 * DC_OPEN_ERROR, after the path. All block. */

/* A regular file of at most @limit bytes. NUL-terminated beyond @size; the
 * caller wipes all of it. (transfer full) */
char          *dc_secret_file_read     (const char   *path,
                                        gsize         limit,
                                        gsize        *size,
                                        GError      **error);
/* The desk key in a desk.age, with a passphrase that is asked for; or a plain
 * identity file. Armored or not. (transfer full) */
DcAgeIdentity *dc_secret_file_identity (DcTerminal   *terminal,
                                        const char   *path,
                                        GError      **error);
/* The spare key, typed from its paper or by a reader of codes, on one line that
 * is not echoed. (transfer full) */
DcAgeIdentity *dc_secret_file_paper    (DcTerminal   *terminal,
                                        GError      **error);
/* A minisign secret key; where it is encrypted, a passphrase is asked for.
 * (transfer full) */
DcMinisignKey *dc_secret_file_minisign (DcTerminal   *terminal,
                                        const char   *path,
                                        GError      **error);

G_END_DECLS
