/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-error.h"

#include <errno.h>

G_DEFINE_QUARK (dc-store-error-quark, dc_store_error)

void
dc_store_error_set_errno (GError     **error,
                          int          number,
                          const char  *what,
                          const char  *path)
{
  DcStoreError code = DC_STORE_ERROR_IO;

  if (number == ENOSPC || number == EDQUOT)
    code = DC_STORE_ERROR_FULL;

  g_set_error (error, DC_STORE_ERROR, code,
               "could not %s %s: %s", what, path, g_strerror (number));
}
