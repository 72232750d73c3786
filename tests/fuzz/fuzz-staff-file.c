/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-file.h"

#include <string.h>

/* The input is staff.ini. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcStaffFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  DcStamp now = { .boot_id = "11111111-2222-3333-4444-555555555555", .monotonic_us = 1000000 };

  file = dc_staff_file_parse (size > 0 ? (const char *) data : "", size, &error);
  if (file == NULL) {
    g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED);
    return 0;
  }

  text = dc_staff_file_to_text (file);
  g_assert_cmpmem (text, strlen (text), data, size);
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), <=, DC_STAFF_GATE_LAST_WAIT);

  return 0;
}
