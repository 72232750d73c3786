/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-manifest.h"

G_BEGIN_DECLS

/* A file of the folder @dir (a descriptor), at most @max bytes. Follows no
 * link and waits for nothing: what is not a regular file is refused. @path is
 * for messages. DC_PACK_ERROR_MISSING, _TOO_LARGE. (transfer full) */
GBytes *dc_pack_read_file   (int                     dir,
                             const char             *name,
                             gsize                   max,
                             GError                **error);
/* The same, as long and with the hash that the manifest states; else
 * DC_PACK_ERROR_SIGNATURE. */
GBytes *dc_pack_read_listed (int                     dir,
                             const DcManifestFile   *listed,
                             GError                **error);
/* The second line of a minisign public key, in which alone the key is.
 * (transfer full) */
char   *dc_pack_key_line    (const char             *text,
                             gsize                   length);
/* Writes a file of a pack, durably, readable for everybody: nothing in a pack
 * is secret. A power cut leaves the whole new file or the one before. */
gboolean dc_pack_write_file (const char             *directory,
                             const char             *name,
                             const char             *text,
                             gsize                   size,
                             GError                **error);

G_END_DECLS
