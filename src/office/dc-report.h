/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack-check.h"

G_BEGIN_DECLS

/* Prints every finding, errors first, each on a line of its own that begins
 * with its weight, then how many there are. */
void  dc_report_print           (const DcPackReport  *report);

/* Eight words for two people to compare by voice. (transfer full) */
char *dc_report_pack_key_words  (const char          *line);
char *dc_report_recipient_words (DcAgeRecipients     *recipients);

G_END_DECLS
