/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-ledger.h"
#include "dc-source.h"

G_BEGIN_DECLS

/**
 * DcCollecting:
 *
 * What is found in sources, on its way into the ledger. Records are kept in
 * memory until there are a few hundred, then written in one transaction, so
 * that a slow or broken source never holds the ledger. Stopped anywhere, the
 * same sources again give the same ledger. Public members are for reading.
 */
typedef struct
{
  DcLedger  *ledger;                   /* (not owned) */
  DcSource   source;
  char      *base;                     /* (owned) (nullable) what the places of a source are below */
  char      *day;                      /* (owned) */
  GPtrArray *waiting;                  /* (owned) of DcRecord */
  GPtrArray *places;                   /* (owned) of char *, one for each of @waiting */
  guint      taken[4];                 /* by DcLedgerTaken */
  guint      n_lost;
  guint      n_statements;             /* that are new */
  guint      n_bad_statements;
  GError    *error;                    /* (owned) (nullable) the ledger's: nothing is taken after it */
} DcCollecting;

DcCollecting *dc_collecting_new             (DcLedger      *ledger);
void          dc_collecting_free            (DcCollecting  *self);
/* As dc_source_add_path (). FALSE: the ledger failed, with self->error. */
gboolean      dc_collecting_add_path        (DcCollecting  *self,
                                             const char    *path);
/* As dc_source_add_destination (); @name is what people call it. What was found
 * before it failed is kept. */
gboolean      dc_collecting_add_destination (DcCollecting   *self,
                                             DcDestination  *destination,
                                             const char     *name,
                                             GError        **error);

/* What the ledger calls the place of a file that may be printed so: below the
 * destination that people call @base (nullable), else on this computer. (transfer full) */
char         *dc_collecting_place           (const char    *base,
                                             const char    *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcCollecting, dc_collecting_free)

G_END_DECLS
