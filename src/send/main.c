/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-send.h"

static DcDestination *
make (const DcDestinationSetup  *setup,
      const char                *authority,
      const char                *folder,
      const DcCredential        *credential,
      gpointer                   unused,
      GError                   **error)
{
  return dc_destination_new (setup, authority, folder, credential, error);
}

int
main (int    argc,
      char **argv)
{
  return dc_send_main (argc, argv, make, NULL);
}
