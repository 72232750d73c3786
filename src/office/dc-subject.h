/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-ledger-read.h"
#include "dc-office.h"
#include "dc-opened.h"

G_BEGIN_DECLS

/* One record that concerns the person. */
typedef struct
{
  gint64     number;      /* in the ledger */
  DcRecord  *record;      /* (owned) */
  DcOpened  *opened;      /* (owned) (nullable) NULL: it was about one that did, and did not open */
  GBytes    *plaintext;   /* (owned) (nullable) with @opened */
  char      *collected;   /* (owned) a day */
  char      *seen;        /* (owned) (nullable) the day a key first opened it */
  gint64     receipt;     /* 0: none */
  gboolean   foreign;     /* of a tablet that is not enrolled */
  gboolean   withdrawn;   /* the donor took it back */
  GPtrArray *exports;     /* (owned) of char *: the days, and the files */
  GPtrArray *places;      /* (owned) of char *: where it was found */
} DcHeld;

/**
 * DcSubject:
 *
 * Everything in the ledger on the person whom a reference, an e-mail or a
 * telephone stands for, opened in memory: practice, what was taken back, and
 * what came from tablets that are not enrolled too. Wiped when it goes. Main
 * thread.
 */
typedef struct
{
  GPtrArray *held;          /* (owned) of DcHeld, in the order of the ledger */
  guint      n_unopened;    /* records that may concern them: this key opens them not */
} DcSubject;

/* DC_LEDGER_ERROR. (transfer full) */
DcSubject *dc_subject_find (DcLedger       *ledger,
                            DcOffice       *office,
                            DcAgeIdentity  *identity,
                            const char     *who,
                            GError        **error);
/* To be read, in the language of the process. Wiped when it goes.
 * (transfer full) */
GBytes    *dc_subject_text (DcSubject      *self);
/* One array of {"record", "envelope", "collected", "opened", "receipt",
 * "enrolled", "taken_back", "exports", "places"}: the first as the tablet sealed
 * it, null where it does not open. Wiped when it goes. (transfer full) */
GBytes    *dc_subject_json (DcSubject      *self);
void       dc_subject_free (DcSubject      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcSubject, dc_subject_free)

G_END_DECLS
