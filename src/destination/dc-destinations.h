/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination-setup.h"
#include "dc-destination.h"

G_BEGIN_DECLS

/* Name and secret for a destination. A plain value; wiped when cleared. */
typedef struct
{
  char *user;          /* (owned) (nullable) */
  char *password;      /* (owned) (nullable) */
} DcCredential;

void dc_credential_clear (DcCredential *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcCredential, dc_credential_clear)

/* The one of this kind. @authority: the text of the PEM file that @setup names,
 * else NULL. @folder: where a removable drive is mounted, for a setup without a
 * path, else NULL. DC_DELIVERY_ERROR_SETUP or _NO_CREDENTIAL. Does not touch the
 * network or the folder yet. (transfer full) */
DcDestination *dc_destination_new (const DcDestinationSetup  *setup,
                                   const char                *authority,
                                   const char                *folder,
                                   const DcCredential        *credential,
                                   GError                   **error);

/* @folder: where the files lie; removable media are synced whole. (transfer full) */
DcDestination *dc_folder_destination_new     (const char                *folder,
                                              gboolean                   removable);
DcDestination *dc_webdav_destination_new     (const DcDestinationSetup  *setup,
                                              const char                *authority,
                                              const DcCredential        *credential);
DcDestination *dc_postgresql_destination_new (const DcDestinationSetup  *setup,
                                              const char                *authority,
                                              const DcCredential        *credential);

G_END_DECLS
