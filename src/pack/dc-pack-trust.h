/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack.h"

G_BEGIN_DECLS

/* Whose packs a tablet takes. The first live pack of a campaign decides: its
 * key, its serial and its manifest's hash are written down in the state
 * directory, with the keys that its keys.ini names. From then on a pack is
 * taken that is that very one, or has a later serial and is signed by the same
 * key, or by the one that the pack before it named as the next: then that is
 * the key. A demonstration is not written down: its key is public, and it
 * never meets a live pack's donors.
 *
 * TRUE: @pack may be used, and what it says is on disk. Errors are
 * DC_PACK_ERROR_OTHER_KEY (the message has the fingerprints in words),
 * DC_PACK_ERROR_OLDER (or the same serial with other contents),
 * DC_PACK_ERROR_UNTRUSTED (a file that is not what was written) or
 * G_FILE_ERROR. @path: of the file, "packs.ini". Blocks. */
gboolean dc_pack_trust (DcPack      *pack,
                        const char  *path,
                        GError     **error);

G_END_DECLS
