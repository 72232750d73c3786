/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcKeyFiles:
 *
 * Files that are made together or not at all, none of which is there yet. What
 * they hold is wiped. One thread.
 */
typedef struct _DcKeyFiles DcKeyFiles;

DcKeyFiles *dc_key_files_new    (void);
void        dc_key_files_free   (DcKeyFiles   *self);
/* A file to be made, with a copy of @data; where @is_public, readable for
 * everybody. */
void        dc_key_files_add    (DcKeyFiles   *self,
                                 const char   *folder,
                                 const char   *name,
                                 const void   *data,
                                 gsize         size,
                                 gboolean      is_public);
/* Whether none of them is there, and their folders can be made; what can be
 * known before somebody is asked for anything. DC_OFFICE_ERROR_THERE. */
gboolean    dc_key_files_check  (const char   *folder,
                                 const char   *name,
                                 GError      **error);
/* Makes them, durably, and folders (0700) where they are missing. Where one
 * cannot be made, those that were are removed again. Nothing is written over.
 * Blocks. */
gboolean    dc_key_files_write  (DcKeyFiles   *self,
                                 GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcKeyFiles, dc_key_files_free)

G_END_DECLS
