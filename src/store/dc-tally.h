/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-frequency.h"
#include "dc-money.h"
#include "dc-state.h"

G_BEGIN_DECLS

/* One line of sums: never monthly and once added together. */
typedef struct
{
  DcMoney     sum;
  DcFrequency frequency;
  guint       count;
} DcTallySum;

/**
 * DcTally:
 *
 * What the queue holds. taken = waiting + delivered + receipted + refused +
 * withdrawn, for pledges; practice, drill and the sealed withdrawals are
 * counted apart.
 *
 * A pledge that was undone after it may have left keeps its state, because its
 * bytes still travel; it is left out of the sums and of @taken_on_day and
 * counted in @withdrawn_on_day, as the tombstones are. Owned by the caller.
 *
 * What the sync has to do is told of records of any kind, since all of them
 * travel.
 */
typedef struct
{
  guint      taken;
  guint      by_state[DC_N_STATES];
  GArray    *sums_by_state[DC_N_STATES];  /* (owned) of DcTallySum, withdrawn ones left out */
  guint      all_by_state[DC_N_STATES];   /* of any kind: to be sent, needing attention */
  guint      practice;
  guint      drill;
  guint      withdrawals_waiting;   /* sealed, to be delivered */
  guint      taken_on_day;          /* on the day that was asked for, withdrawn ones left out */
  guint      withdrawn_on_day;
  GArray    *sums_on_day;           /* (owned) of DcTallySum, withdrawn ones left out */
  GArray    *sums;                  /* (owned) of DcTallySum, over all days */
  guint      taken_in_shift;        /* in the one that was asked for, withdrawn ones left out */
  GArray    *sums_in_shift;         /* (owned) of DcTallySum, withdrawn ones left out */
  guint      codes_shown_on_day;
  guint      codes_shown;
  guint      to_copy;               /* of any kind: in no second copy, and could be */
  char      *oldest_waiting_day;    /* (owned) (nullable) */
  guint      set_aside;             /* queues set aside, in number */
  guint64    free_bytes;            /* on the queue's disk */
  guint      destinations;          /* that runs have begun with */
  gint64     last_success;          /* end of the last good run: µs since 1970 in UTC; 0: never */
} DcTally;

void     dc_tally_free (DcTally *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTally, dc_tally_free)

G_END_DECLS
