/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"

G_BEGIN_DECLS

/* The credentials of daily-cup-send: a private file for each address, in the
 * form of the file on a set-up stick:
 *
 *     [Credential]
 *     Address=https://cloud.example.org/public.php/webdav/
 *     User=tablet-3
 *     Password=…
 *
 * A GKeyFile: a backslash is written twice. Nothing here ever prints a user or
 * a password. Errors are DC_DELIVERY_ERROR_SETUP and name the file. */

#define DC_CREDENTIAL_MAX_FILE (8 * 1024)

/* What a credential is kept for: the address of a WebDAV folder, or
 * "postgresql://HOST,HOST:PORT/DATABASE"; NULL for a folder, which needs none.
 * (transfer full) (nullable) */
char    *dc_credential_address    (const DcDestinationSetup  *setup);

/* @where names the file in errors. Sets @address (transfer full) and fills
 * @credential, which is all NULL, and leaves both so where it fails. */
gboolean dc_credential_parse      (const char          *where,
                                   const char          *text,
                                   gsize                length,
                                   char               **address,
                                   DcCredential        *credential,
                                   GError             **error);
/* Reads such a file of a set-up stick, which must be for @address. Blocks. */
gboolean dc_credential_read_stick (const char          *path,
                                   const char          *address,
                                   DcCredential        *credential,
                                   GError             **error);

/* Success where there is none: @credential stays all NULL. Blocks. */
gboolean dc_credential_load       (const char          *directory,
                                   const char          *address,
                                   DcCredential        *credential,
                                   GError             **error);
/* Replaces the one there was; on disk, 0600, when this returns. Blocks. */
gboolean dc_credential_save       (const char          *directory,
                                   const char          *address,
                                   const DcCredential  *credential,
                                   GError             **error);

G_END_DECLS
