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

G_END_DECLS
