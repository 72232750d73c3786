/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-journal.h"

/* Any bytes are taken, and what is cut off at its end has lost no more. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  if (!dc_journal_has_lost (data, size))
    g_assert_false (dc_journal_has_lost (data, size / 2));

  return 0;
}
