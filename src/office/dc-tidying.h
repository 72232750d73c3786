/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"
#include "dc-ledger-tidy.h"
#include "dc-office.h"
#include "dc-source.h"

G_BEGIN_DECLS

/* Why something stays. */
typedef enum
{
  DC_TIDY_GOES,
  DC_TIDY_LATER,          /* some of it is of a later day or another appeal, or it is empty */
  DC_TIDY_ABSENT,         /* as DC_STANDING_… */
  DC_TIDY_FOREIGN,
  DC_TIDY_NO_RECEIPT,
  DC_TIDY_NOT_EXPORTED,
  DC_TIDY_DAMAGED,        /* nobody knows what it held */
  DC_TIDY_IN_USE,         /* the queue that a tablet writes to */
  DC_TIDY_FAILED,         /* it could not be deleted */
  DC_N_TIDY_REASONS
} DcTidyReason;

/* A folder, a file or a destination that is tidied. */
typedef struct
{
  char          *name;          /* (owned) what people call it */
  DcDestination *destination;   /* (owned) (nullable) */
  gboolean       whole;         /* read to its end */
  GHashTable    *seen;          /* (owned) (nullable) the places of a destination */
  DcLedgerOld    old;           /* of what goes */
  guint          n_files;
} DcTidySource;

typedef struct
{
  DcTidySource *source;     /* (not owned) */
  DcSourceKind  kind;
  char         *path;       /* (owned) */
  DcLedgerOld   old;
  DcTidyReason  reason;
} DcTidyFile;

/**
 * DcTidying:
 *
 * What is past the days of a campaign's [Keep], file by file and in the ledger:
 * first looked for, so that a person can see it, then deleted. A file goes as a
 * whole or not at all: each record in it is past its day and may go by
 * dc_ledger_stand (). What is to go is written into the ledger before it is
 * touched; cut off anywhere, the next run of the same campaign goes on where
 * this one was. Public members are for reading. Main thread.
 */
typedef struct
{
  DcLedger        *ledger;         /* (not owned) */
  const char      *campaign;       /* (not owned) */
  char            *copies_until;   /* (owned) (nullable) what lies at sources up to this day goes */
  char            *ledger_until;   /* (owned) (nullable) the same in the ledger */
  char            *rule;           /* (owned) (nullable) NULL: no day is past */
  char            *today;          /* (owned) */
  gboolean         unexported;
  DcSource         source;         /* the reader */
  GPtrArray       *sources;        /* (owned) of DcTidySource */
  GPtrArray       *files;          /* (owned) of DcTidyFile */
  DcLedgerOld      old[DC_N_STANDINGS];   /* in the ledger */
  DcLedgerTidying  run;            /* where one was cut off or began */
  guint            n_deleted;      /* files */
  gint64           n_erased;       /* records in the ledger */
  GError          *error;          /* (owned) (nullable) the ledger's */

  DcTidySource    *current;        /* (not owned) what is being read */
  DcLedgerOld      span;           /* of the file that is being read */
  guint            reasons;        /* bits of DcTidyReason, of that file */
} DcTidying;

/* @serial: of the pack that @campaign, which must outlive it, is from. @today:
 * "2029-01-01". (transfer full) */
DcTidying *dc_tidying_new             (DcLedger       *ledger,
                                       DcCampaign     *campaign,
                                       guint           serial,
                                       const char     *today,
                                       gboolean        unexported);
void       dc_tidying_free            (DcTidying      *self);
/* A path as dc_source_add_path () takes it. FALSE: self->error. */
gboolean   dc_tidying_add_path        (DcTidying      *self,
                                       const char     *path);
/* FALSE: it could not be read to its end, and nothing of it goes. */
gboolean   dc_tidying_add_destination (DcTidying      *self,
                                       DcDestination  *destination,
                                       const char     *name,
                                       GError        **error);
/* After the last source: what goes in the ledger, and whether a run was cut off. */
gboolean   dc_tidying_look            (DcTidying      *self,
                                       GError        **error);
/* Whether a record or a file goes. */
gboolean   dc_tidying_has_any         (DcTidying      *self);
/* Deletes it. What a source refuses is told at once and becomes DC_TIDY_FAILED. */
gboolean   dc_tidying_run             (DcTidying      *self,
                                       DcOffice       *office,
                                       GError        **error);

/* The record of it, for people: what, when, how many, from where, by which
 * rule; no donor. Below @folder, where it is written; NULL: @error.
 * (transfer full) */
char      *dc_tidy_record_write       (DcTidying      *self,
                                       const char     *folder,
                                       GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTidying, dc_tidying_free)

G_END_DECLS
