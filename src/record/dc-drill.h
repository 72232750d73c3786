/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-clock.h"
#include "dc-id.h"
#include "dc-sealer.h"

G_BEGIN_DECLS

/* A drill tries the office's keys before a donor's promise depends on them:
 * the tablet seals one record to each key alone, the office opens what it can,
 * and answers four words that only who opened the record can know. FORMAT.md
 * says how they are made. */
#define DC_DRILL_WORDS   4
#define DC_DRILL_CONTEXT "daily-cup/drill/1\n"

/* @plaintext: all of what was sealed, the spaces at its end included. The
 * caller wipes the words where they are a secret. (transfer full) */
char    *dc_drill_answer    (const guint8           *plaintext,
                             gsize                   size);

/* What a drill's records say besides what is chosen by chance. */
typedef struct
{
  DcStamp     time;
  const char *day;              /* "2026-12-18" */
  const char *language;         /* BCP 47 */
  const char *currency;         /* ISO 4217; the amount is 0 */
  guint       notice_version;
  guint       minimum_age;
} DcDrillOccasion;

/**
 * DcDrill:
 *
 * The records of one drill, in a queue of their own, and the answers that show
 * that they were opened. A plain value that owns what it names; the answers
 * are wiped with it.
 */
typedef struct
{
  DcId    queue;
  GBytes *lines;            /* a line for each recipient, in their order */
  char  **answers;          /* NULL-terminated, as many */
} DcDrill;

DcDrill *dc_drill_new       (DcSealer               *sealer,
                             const DcDrillOccasion  *occasion,
                             GError                **error);
void     dc_drill_free      (DcDrill                *self);
/* "daily-cup-drill-TABLET8-QUEUE8.jsonl": the first eight digits of each.
 * (transfer full) */
char    *dc_drill_file_name (const guint8            tablet[static 32],
                             const DcId             *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDrill, dc_drill_free)

G_END_DECLS
