/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"
#include "dc-readiness.h"

G_BEGIN_DECLS

/* What the coordinator reads about whether the tablet is ready, in the language
 * in use. */

const char *dc_words_ready_title (DcReadyCheck        check);   /* “Clock” */
const char *dc_words_ready_level (DcReadyLevel        level);   /* “Good” */
/* What was found, and what to do about it. (transfer full) */
char       *dc_words_ready       (DcReadyFound        found,
                                  const DcReadyFacts *facts);
/* “Ready.”, or how much there is to mend. (transfer full) */
char       *dc_words_ready_sum   (const DcReadiness  *note);
/* The page where it is mended; FALSE: there is none. */
gboolean    dc_words_ready_mend  (DcReadyFound        found,
                                  DcPageId           *page);

G_END_DECLS
