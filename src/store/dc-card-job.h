/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "dc-id.h"

G_BEGIN_DECLS

/**
 * DcCardJob:
 *
 * One look at the card, or one append: what is asked and what came of it. It
 * runs on a thread of its own and comes back to the main context that sent it.
 * It holds no reference to whoever sent it: a card that never answers keeps
 * the job and its thread, and nothing else.
 */
typedef struct
{
  /* Asked. */
  GWeakRef     owner;
  guint        run;                 /* the owner's, to know an old answer by */
  char        *folder;              /* (owned) */
  char        *state_directory;     /* (owned) */
  DcId         card;
  guint8       tablet[32];
  DcId         queue;
  GPtrArray   *records;             /* (owned) (nullable) to append */
  gint64       known_size;          /* as it was left; -1: not read yet */

  /* Answered. */
  GHashTable  *ids;                 /* (owned) (nullable) read anew */
  gint64       size;                /* of the journal */
  GError      *error;               /* (owned) (nullable) */
} DcCardJob;

/* Back in the main context; only where the owner still lives. */
typedef void (*DcCardJobDone) (gpointer   owner,
                               DcCardJob *job);

DcCardJob *dc_card_job_new  (gpointer       owner);
/* Takes @self. */
void       dc_card_job_send (DcCardJob     *self,
                             DcCardJobDone  done);

G_END_DECLS
