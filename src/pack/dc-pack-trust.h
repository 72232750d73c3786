/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack.h"

G_BEGIN_DECLS

/* Whose packs a tablet takes. The first live pack of a campaign decides: its
 * key and its serial are written down in the state directory, and from then on
 * only a pack signed by that key, with that serial or a later one, is taken.
 * A demonstration is not written down: its key is public, and it never meets
 * a live pack's donors.
 *
 * TRUE: @pack may be used, and what it says is on disk. Errors are
 * DC_PACK_ERROR_UNTRUSTED (another key, an earlier serial, a file that is not
 * what was written) or G_FILE_ERROR. @path: of the file, "packs.ini". Blocks. */
gboolean dc_pack_trust (DcPack      *pack,
                        const char  *path,
                        GError     **error);

G_END_DECLS
