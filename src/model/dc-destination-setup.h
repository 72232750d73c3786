/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_DESTINATION_SETUP_FILE      "destination.ini"
#define DC_DESTINATION_SETUP_MAX_BYTES (8 * 1024)

typedef enum
{
  DC_DESTINATION_FOLDER,       /* a removable drive that is chosen each time, or a mounted folder */
  DC_DESTINATION_WEBDAV,
  DC_DESTINATION_POSTGRESQL,
  DC_N_DESTINATION_KINDS
} DcDestinationKind;

/* The word in destination.ini: "folder", "webdav", "postgresql". */
const char *dc_destination_kind_to_string (DcDestinationKind kind);

/**
 * DcDestinationSetup:
 *
 * Where the promises go, as destination.ini in the signed pack says; the pack's
 * FORMAT.md is the definition. A pack without one hands over on a removable
 * drive. A plain value that owns its strings; all zero is a removable drive.
 */
typedef struct
{
  DcDestinationKind  kind;
  char              *name;        /* (nullable) what people call it */
  char              *path;        /* (nullable) folder: absolute; NULL: a removable drive */
  char              *address;     /* WebDAV: https://…/, ends with a slash, no user, query or fragment */
  char             **hosts;       /* PostgreSQL: 1 to 8 */
  guint              port;        /* PostgreSQL */
  char              *database;    /* PostgreSQL */
  char              *authority;   /* (nullable) file of the pack with the certificates to trust; NULL: the system's */
} DcDestinationSetup;

#define DC_DESTINATION_SETUP_ERROR (dc_destination_setup_error_quark ())
GQuark dc_destination_setup_error_quark (void);

typedef enum
{
  DC_DESTINATION_SETUP_ERROR_SYNTAX,
  DC_DESTINATION_SETUP_ERROR_KEY,      /* missing, unknown, or of another kind of destination */
  DC_DESTINATION_SETUP_ERROR_VALUE,
} DcDestinationSetupError;

/* Fills @self, which is all zero, and leaves it so where it fails:
 * "destination.ini: [Destination] Address: found “…”, expected …". */
gboolean dc_destination_setup_parse (DcDestinationSetup  *self,
                                     const char          *text,
                                     gsize                length,
                                     GError             **error);
void     dc_destination_setup_clear (DcDestinationSetup  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcDestinationSetup, dc_destination_setup_clear)

G_END_DECLS
