/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DC_FREQUENCY_ONCE,
  DC_FREQUENCY_MONTHLY,
  DC_FREQUENCY_YEARLY,
} DcFrequency;

/* The word in records and packs: "once", "monthly", "yearly". */
const char *dc_frequency_to_string   (DcFrequency  frequency);
gboolean    dc_frequency_from_string (const char  *text,
                                      DcFrequency *frequency);
/* Payments in one year: 1, 12, 1. */
guint       dc_frequency_per_year    (DcFrequency  frequency);

G_END_DECLS
