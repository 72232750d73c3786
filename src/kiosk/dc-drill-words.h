/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-drill-state.h"

G_BEGIN_DECLS

/* What staff read of the office's keys, in the language in use.
 * (transfer full) each. */
char *dc_drill_words_key     (guint         key);     /* "Desk key" */
char *dc_drill_words_state   (DcDrillState *drill,    /* "tried and good" */
                              guint         key);
/* All keys, a line each: "Desk key: tried and good". */
char *dc_drill_words_keys    (DcDrillState *drill);
/* Why an answer cannot be one: words that are too few, too many or not in the
 * list; NULL where it can. (nullable) */
char *dc_drill_words_mistake (const char   *answer);
/* That it was none, and how often one may still try. */
char *dc_drill_words_wrong   (guint         tries_left);

G_END_DECLS
