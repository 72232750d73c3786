/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-destination.h"

#include <string.h>

#include "dc-manifest.h"

gboolean
dc_pack_destination_parse (DcDestinationSetup  *self,
                           GBytes              *bytes,
                           GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (dc_destination_setup_parse (self, text != NULL ? text : "", length, &local_error))
    return TRUE;
  g_set_error_literal (error, DC_PACK_ERROR, DC_PACK_ERROR_DESTINATION, local_error->message);

  return FALSE;
}

gboolean
dc_pack_destination_authority (const char  *name,
                               GBytes      *bytes,
                               GError     **error)
{
  gsize length = g_bytes_get_size (bytes);
  g_autofree char *text = g_strndup (length > 0 ? g_bytes_get_data (bytes, NULL) : "", length);

  if (length > DC_PACK_AUTHORITY_MAX_BYTES)
    return dc_pack_refuse (error, DC_PACK_ERROR_TOO_LARGE, name, "more", "at most %d bytes",
                           DC_PACK_AUTHORITY_MAX_BYTES);
  if (strlen (text) != length)
    return dc_pack_refuse (error, DC_PACK_ERROR_DESTINATION, name, "a NUL", "text");
  if (strstr (text, "PRIVATE KEY-----") != NULL)
    return dc_pack_refuse (error, DC_PACK_ERROR_DESTINATION, name, "a private key", "certificates alone");
  if (strstr (text, "-----BEGIN CERTIFICATE-----") == NULL || strstr (text, "-----END CERTIFICATE-----") == NULL)
    return dc_pack_refuse (error, DC_PACK_ERROR_DESTINATION, name, text,
                           "certificates to trust, each between “-----BEGIN CERTIFICATE-----” and "
                           "“-----END CERTIFICATE-----”");

  return TRUE;
}
