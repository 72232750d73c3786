/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack.h"

G_BEGIN_DECLS

#define DC_PACK_KEYS_FILE      "keys.ini"
#define DC_PACK_KEYS_MAX_BYTES (8 * 1024)
#define DC_PACK_MAX_RECEIPTS   8

/**
 * DcPackKeys:
 *
 * What keys.ini says; FORMAT.md is the definition. A plain value that owns its
 * strings. All zero: a pack that names nobody.
 */
typedef struct
{
  char  *next;              /* (nullable) "RW…": who may sign a later pack */
  char **receipts;          /* (nullable) NULL-terminated, "RW…" */
} DcPackKeys;

/* Fills @self, which is all zero, and leaves it so where it fails.
 * DC_PACK_ERROR_KEYS and _TOO_LARGE; "keys.ini: [Keys] Next: found “…”,
 * expected …". */
gboolean dc_pack_keys_parse (DcPackKeys  *self,
                             const char  *text,
                             gsize        length,
                             GError     **error);
void     dc_pack_keys_clear (DcPackKeys  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcPackKeys, dc_pack_keys_clear)

G_END_DECLS
