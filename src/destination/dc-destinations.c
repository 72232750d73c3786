/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destinations.h"

static DcDestination *
refuse (GError          **error,
        DcDeliveryError   code,
        const char       *what)
{
  g_set_error (error, DC_DELIVERY_ERROR, code, "destination.ini: %s", what);

  return NULL;
}

DcDestination *
dc_destination_new (const DcDestinationSetup  *setup,
                    const char                *authority,
                    const char                *folder,
                    const DcCredential        *credential,
                    GError                   **error)
{
  gboolean named = credential != NULL && credential->user != NULL;

  g_return_val_if_fail (setup != NULL, NULL);

  if (setup->authority != NULL && authority == NULL)
    return refuse (error, DC_DELIVERY_ERROR_SETUP, "Authority: its certificates are missing");

  switch (setup->kind) {
  case DC_DESTINATION_FOLDER:
    if (setup->path == NULL && folder == NULL)
      return refuse (error, DC_DELIVERY_ERROR_SETUP, "Path: none, and no drive was chosen");
    return dc_folder_destination_new (setup->path != NULL ? setup->path : folder, setup->path == NULL);
  case DC_DESTINATION_WEBDAV:
    if (setup->address == NULL)
      return refuse (error, DC_DELIVERY_ERROR_SETUP, "Address: missing");
    if (!named)
      return refuse (error, DC_DELIVERY_ERROR_NO_CREDENTIAL, "no credential is stored for this address");
    return dc_webdav_destination_new (setup, authority, credential);
  case DC_DESTINATION_POSTGRESQL:
    if (setup->hosts == NULL || setup->database == NULL)
      return refuse (error, DC_DELIVERY_ERROR_SETUP, "Hosts or Database: missing");
    if (!named)
      return refuse (error, DC_DELIVERY_ERROR_NO_CREDENTIAL, "no credential is stored for this address");
    return dc_postgresql_destination_new (setup, authority, credential);
  case DC_N_DESTINATION_KINDS:
  default:
    return refuse (error, DC_DELIVERY_ERROR_SETUP, "Kind: unknown");
  }
}
