/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-setup.h"

#include <string.h>

/* Any bytes: refused with a message that names the file and nothing kept, or a
 * destination that has what its kind needs and nothing of another's. */

static void
check (const DcDestinationSetup *setup)
{
  g_assert_true ((setup->kind == DC_DESTINATION_WEBDAV) == (setup->address != NULL));
  g_assert_true ((setup->kind == DC_DESTINATION_POSTGRESQL) == (setup->hosts != NULL));
  g_assert_true ((setup->hosts != NULL) == (setup->database != NULL));
  g_assert_true (setup->path == NULL || setup->kind == DC_DESTINATION_FOLDER);
  g_assert_true (setup->authority == NULL || setup->kind != DC_DESTINATION_FOLDER);
  if (setup->address != NULL)
    g_assert_true (g_str_has_prefix (setup->address, "https://") && strchr (setup->address, ' ') == NULL);
  if (setup->path != NULL)
    g_assert_true (setup->path[0] == '/' && strstr (setup->path, "/../") == NULL);
  if (setup->hosts != NULL)
    g_assert_true (setup->hosts[0] != NULL && setup->port >= 1 && setup->port <= 65535);
}

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const DcDestinationSetup zero = { 0 };
  DcDestinationSetup setup = { 0 };
  g_autoptr (GError) error = NULL;

  if (dc_destination_setup_parse (&setup, size > 0 ? (const char *) data : "", size, &error)) {
    g_assert_no_error (error);
    check (&setup);
    dc_destination_setup_clear (&setup);
  } else {
    g_assert_true (error->domain == DC_DESTINATION_SETUP_ERROR);
    g_assert_true (g_str_has_prefix (error->message, DC_DESTINATION_SETUP_FILE ": "));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  g_assert_true (memcmp (&setup, &zero, sizeof zero) == 0);

  return 0;
}
