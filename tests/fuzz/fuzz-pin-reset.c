/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-reset.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What is read is what would be written. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  /* Exactly as long as it is, so that a sanitizer sees a step too far. */
  g_autofree char *text = g_memdup2 (data, MAX (size, 1));
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  DcPinReset read;

  if (dc_pin_reset_parse (&read, text, size, &error)) {
    again = dc_pin_reset_to_text (&read);
    g_assert_cmpmem (again, strlen (again), data, size);
  } else {
    g_assert_true (error->domain == DC_PIN_RESET_ERROR);
  }

  return 0;
}
