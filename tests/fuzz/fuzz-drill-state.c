/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-state.h"

#include <string.h>

/* The input is drill.ini: refused, or of another tablet, or what would be
 * written again, the order of its keys apart. */

#define DESK  "age1cau5kzwzz00epuye73tnv0qnm05cx3x9jd6prhkmqcsr3k86rpfsk26n9y"
#define SPARE "age1yj2n2v90mwxyfp4l0u3298r3kumt3a0c5ula3wftg0ftqvkafe9qygeqlh"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint8 tablet[32] = { 7 };
  static const char both[] = DESK "\n" SPARE "\n";
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (both, strlen (both), NULL);
  g_autoptr (DcDrillState) state = dc_drill_state_new ("drill.ini", tablet, recipients);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!dc_drill_state_parse (state, size > 0 ? (const char *) data : "", size, &error)) {
    g_assert_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_DAMAGED);
    g_assert_false (dc_drill_state_is_live (state));
    return 0;
  }

  text = dc_drill_state_to_text (state);
  if (dc_drill_state_is_proven (state))
    g_assert_cmpuint (strlen (text), ==, size);

  return 0;
}
