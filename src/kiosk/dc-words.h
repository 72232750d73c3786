/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-campaign.h"
#include "dc-cups.h"
#include "dc-donor.h"
#include "dc-frequency.h"
#include "dc-kiosk.h"
#include "dc-money.h"
#include "dc-visit.h"

G_BEGIN_DECLS

/* Sentences that more than one page says, in the language in use.
 * (transfer full) each. */
char       *dc_words_gift       (const DcMoney *amount,      /* "CHF 18 a month" */
                                 DcFrequency    frequency,
                                 const char    *language);
/* "Promised every month": before a sum, to staff. */
const char *dc_words_promised   (DcFrequency    frequency);
char       *dc_words_cups       (const DcCups  *cups);       /* "one cup a week" */
char       *dc_words_year       (const DcMoney *amount,      /* "CHF 216 in a year"; NULL for a single gift */
                                 DcFrequency    frequency,
                                 const char    *language);
/* "Friday 18 December 2026", without help from the system's locales. */
char       *dc_words_day        (const char    *day);
/* The same within a sentence: “jeudi”, where dc_words_day () says “Jeudi”. */
char       *dc_words_day_within (const char    *day);
/* What is wrong with a field, as the donor should read it; NULL if nothing.
 * (transfer none) */
const char *dc_words_problem    (DcField        field,
                                 DcFieldProblem problem);
/* What staff should know and do. (transfer none) */
/* Why what was ticked does not do yet; NULL where it does. */
const char *dc_words_ticks      (DcVisit       *visit);
const char *dc_words_trouble    (DcTrouble      trouble);
/* @words, which say to call the coordinator, and below them whom, where the
 * appeal names them. (transfer full) */
char       *dc_words_and_whom   (const char    *words,
                                 DcCampaign    *campaign,
                                 const char    *language);
/* The event's name and place; NULL: it has no name. (transfer full) */
char       *dc_words_event      (DcSettings    *settings);
/* Of a trouble, so. (transfer full) */
char       *dc_words_trouble_and_whom (DcTrouble   trouble,
                                       DcCampaign *campaign,
                                       const char *language);
/* Why the appeal's files are not taken: not signed, altered, older, by another
 * hand; NULL where the exact fault says all. (transfer none) (nullable) */
const char *dc_words_refusal    (const GError   *error);

/* How the second copy stands, and what to do. (transfer none) */
const char *dc_words_copy       (DcCopyState    state);

G_END_DECLS
