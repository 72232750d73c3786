/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack.h"

G_BEGIN_DECLS

#define DC_MANIFEST_MAX_BYTES (16 * 1024)
#define DC_MANIFEST_MAX_FILES 64
#define DC_MANIFEST_MAX_FILE  (4 * 1024 * 1024)
#define DC_MANIFEST_MAX_TOTAL (16 * 1024 * 1024)

typedef struct
{
  guint8 sha256[32];
  gsize  size;
  char   name[65];
} DcManifestFile;

/**
 * DcManifest:
 *
 * What a manifest says; FORMAT.md is the definition. A plain value, whose
 * file names and numbers are within their bounds.
 */
typedef struct
{
  char           campaign[65];
  guint          serial;
  guint          n_files;
  DcManifestFile files[DC_MANIFEST_MAX_FILES];
} DcManifest;

/* DC_PACK_ERROR_MANIFEST and _TOO_LARGE; "manifest: line 4: found “…”,
 * expected …". */
gboolean              dc_manifest_parse (DcManifest        *self,
                                         const char        *text,
                                         gsize              length,
                                         GError           **error);
/* Whether a manifest may list a file of this name. */
gboolean              dc_manifest_name_good (const char *name);
/* The bytes of the one manifest that says so. (transfer full) */
char                 *dc_manifest_to_text (const DcManifest *self);
/* Lists the folder @dir (a descriptor): every regular file whose name may be
 * listed, but for those that end in .new, which a power cut left. @serial is 1
 * to 2147483647. DC_PACK_ERROR_TOO_LARGE, _MANIFEST: @campaign cannot be an Id;
 * _MISSING. */
gboolean              dc_manifest_list  (DcManifest        *self,
                                         int                dir,
                                         const char        *campaign,
                                         guint              serial,
                                         GError           **error);
/* The names of those files, sorted. (transfer full) NULL-terminated, NULL with
 * @error where the folder cannot be read. */
char                **dc_manifest_names (int                dir,
                                         GError           **error);
/* (nullable) */
const DcManifestFile *dc_manifest_find  (const DcManifest  *self,
                                         const char        *name);
/* Sets "file: found “…”, expected …" and returns FALSE. @found is quoted
 * within 60 characters; NULL is "nothing". */
gboolean              dc_pack_refuse    (GError           **error,
                                         DcPackError        code,
                                         const char        *file,
                                         const char        *found,
                                         const char        *format,
                                         ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
