/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-office.h"
#include "dc-opened.h"
#include "dc-source.h"
#include "dc-tablets.h"

G_BEGIN_DECLS

/* What became of each thing that was found. Every one has exactly one fate,
 * so their counts add up to all that was found. */
typedef enum
{
  DC_FATE_WRITTEN,        /* opened, and to be written out */
  DC_FATE_TAKEN_BACK,     /* a pledge that a withdrawal among the files is about */
  DC_FATE_WITHDRAWAL,
  DC_FATE_TEST,           /* practice or drill, and nobody asked for those */
  DC_FATE_STRANGER,       /* of a tablet that is not enrolled */
  DC_FATE_COPY,           /* the same bytes were there before */
  DC_FATE_CONFLICT,       /* the same id as another with other bytes */
  DC_FATE_UNOPENED,       /* whole, and the key or its own contents refuse */
  DC_FATE_DAMAGED,
  DC_N_FATES
} DcFate;

/**
 * DcFound:
 *
 * One record of an enrolled tablet, and where it stood. Owned by the DcGathered
 * that it came with.
 */
typedef struct
{
  DcRecord *record;      /* (owned) */
  char     *where;       /* (owned) "FILE:LINE" */
  gboolean  conflict;
  GBytes   *plaintext;   /* (owned) (nullable) padding included; wiped when it goes */
  DcOpened *opened;      /* (owned) (nullable) with @plaintext */
  gint64    number;      /* its row in the ledger; 0: not from there */
  gint64    exported;    /* the export that last had it; 0: none, or not from the ledger */
  gboolean  taken_back;  /* as the ledger has it, whether or not the withdrawal can be read */
  DcFate    fate;        /* after dc_gathered_open () */
  const DcId *duplicate_of;   /* (nullable) of another that is found: dc_duplicates_find () */
} DcFound;

/**
 * DcGathered:
 *
 * All records of the files that the office was given. What is wrong with one
 * is said at once, on the standard error and with its place, and stops none of
 * the others. Public members are for reading. Main thread.
 */
typedef struct
{
  DcTablets  *tablets;                  /* (not owned) */
  GPtrArray  *found;                    /* (owned) of DcFound, in the order of queue and number */
  GPtrArray  *strangers;                /* (owned) of DcRecord, each once */
  GHashTable *by_id;                    /* (owned) DcId to DcFound, of @found */
  GHashTable *strangers_by_id;          /* (owned) DcId to DcRecord, of @strangers */
  guint       fates[DC_N_FATES];
  DcSource    source;                   /* what the files were like */
  guint       n_missing;                /* pledges taken back that are not among the files */
} DcGathered;

DcGathered *dc_gathered_new      (DcTablets   *tablets);
/* As dc_source_add_path (). */
void        dc_gathered_add_path (DcGathered  *self,
                                  const char  *path);
/* Opens what is to be opened and gives each its fate; once, after the last
 * path. @all: practice and drill too. */
void        dc_gathered_open     (DcGathered    *self,
                                  DcOffice      *office,
                                  DcAgeIdentity *identity,
                                  gboolean       all);
guint       dc_gathered_total    (DcGathered  *self);
/* Wipes what was opened of one that is not to be written out after all. */
void        dc_found_close       (DcFound     *self);
void        dc_gathered_free     (DcGathered  *self);

/* A record that was found at @where. */
void        dc_gathered_take     (DcGathered    *self,
                                  DcRecord      *record,
                                  const char    *where);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcGathered, dc_gathered_free)

G_END_DECLS
