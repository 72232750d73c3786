/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sum promised in one currency and frequency. */
typedef struct
{
  char   *label;    /* (owned) "CHF, each month", in the language of the process */
  char   *amount;   /* (owned) as it is written there */
  gint64  count;
} DcDaySum;

/**
 * DcDaySheet:
 *
 * What stands on the end-of-day sheet of one queue of a tablet: what the tablet
 * states, and what the office has of it. Counts are of promises where nothing
 * else is said. The strings are not owned.
 */
typedef struct
{
  const char *tablet;        /* its name at the office */
  const char *words;         /* eight, as its own page shows them */
  const char *campaign;
  const char *queue;         /* 32 digits */
  const char *stated;        /* when, by the tablet's clock */
  gint64      number;        /* of the statement */
  const char *printed;       /* the day, "2026-12-18" */
  const char *event;         /* what the coordinator called it; "": nothing */
  const char *place;
  const char *checked;       /* when the tablet was last checked before an event; NULL: never */
  guint       good, to_note, to_mend;   /* things found then */

  gint64      waiting, delivered, receipted, refused, withdrawn;
  gint64      taken_back;    /* of the first four: undone by a note behind them */
  gint64      practice;      /* practice and drills, in no other count */
  gint64      codes_shown;
  guint       set_aside;     /* queues */
  GPtrArray  *sums;          /* of DcDaySum */
  GPtrArray  *shifts;        /* of DcDaySum: the same by shift, whose name is in the label */

  gint64      left;          /* records of any kind that the tablet says have left it */
  gint64      here;          /* of its records, those that the office has or had */
  gint64      opened;
  gint64      signed_for;    /* records with a receipt */
  gint64      later;         /* records here that are newer than the statement */
  const char *gaps;          /* "3, 7–9": numbers that are not here; "" none */
} DcDaySheet;

/* Taken, as the tablet counts it: the five states. */
gint64    dc_day_sheet_taken   (const DcDaySheet *self);
/* How many records left the tablet and are not here; 0: none. */
gint64    dc_day_sheet_missing (const DcDaySheet *self);
/* A page each, or more where there were many shifts, to be signed, in the language of the process.
 * (element-type DcDaySheet) DC_PRINT_ERROR. (transfer full) */
GBytes   *dc_day_sheet_draw    (GPtrArray   *sheets,
                                GError     **error);
DcDaySum *dc_day_sum_new       (const char  *label,
                                const char  *amount,
                                gint64       count);
void      dc_day_sum_free      (DcDaySum    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDaySum, dc_day_sum_free)

G_END_DECLS
