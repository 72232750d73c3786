/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination-setup.h"
#include "dc-queue.h"
#include "dc-run.h"

G_BEGIN_DECLS

/* What the coordinator reads about handing over, in the language in use. */

/* What ended a run early, and what to do: DC_DELIVERY_ERROR or DC_STORE_ERROR.
 * @on_drive: it went to a stick. (transfer none) */
const char *dc_words_delivery_error (const GError             *error,
                                     gboolean                  on_drive);
/* “48 handed over, 2 need attention, 0 on this tablet.” (transfer full) */
char       *dc_words_outcome        (const DcRunOutcome       *outcome);
/* What else is to be known after that; "" where nothing. (transfer full) */
char       *dc_words_outcome_notes  (const DcRunOutcome       *outcome);
/* “12 of 48 · about 2 minutes left”; @seconds as of dc_run_get_remaining ().
 * (transfer full) */
char       *dc_words_progress       (guint                     done,
                                     guint                     total,
                                     gint                      seconds);
/* Why a record needs attention; the reason is a destination's words, or those
 * of DC_REFUSAL_…. (transfer full) */
char       *dc_words_refused        (const char               *reason);
/* Where promises go: a name, and an address that people know it by. NULL: a
 * stick. (transfer full) each. */
char       *dc_words_place          (const DcDestinationSetup *place);
char       *dc_words_address        (const DcDestinationSetup *place);
/* “Friday 18 December 2026, 14:05”; @utc_us since 1970. (transfer full) */
char       *dc_words_moment         (gint64                    utc_us,
                                     const char               *time_zone);
/* The time of day alone: “14:05”. (transfer full) */
char       *dc_words_hour           (gint64                    utc_us,
                                     const char               *time_zone);
/* That moment, or that there was none: 0. (transfer full) */
char       *dc_words_last_success   (gint64                    utc_us,
                                     const char               *time_zone);
/* How much waits, and since when. (transfer full) */
char       *dc_words_waiting        (DcTally                  *tally);
/* “CHF 18 · Friday 18 December 2026” (transfer full) */
char       *dc_words_refusal_title  (const DcRefusal          *refusal,
                                     const char               *language);

G_END_DECLS
