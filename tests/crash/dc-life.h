/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-content.h"
#include "dc-sealer.h"
#include "dc-tape.h"

G_BEGIN_DECLS

typedef struct
{
  const char *what;
  guint       begin;      /* steps on the tape before it */
  guint       answered;   /* ... when it had its answer */
  DcContent  *after;      /* (owned) */
} DcLifeCall;

/* Bytes that were acknowledged as erased. */
typedef struct
{
  guint  call;   /* by which they went */
  guint8 bytes[DC_NEEDLE_SIZE];
} DcLifeNeedle;

typedef enum
{
  DC_LIFE_DURABLE,
  DC_LIFE_NORMAL,      /* control: PRAGMA synchronous = NORMAL */
  DC_LIFE_LYING,       /* control: a disk that ignores syncs */
} DcLifeKind;

/**
 * DcLife:
 *
 * One run of the queue from its opening on: a random sequence of every call
 * there is, recorded step by step, with what the queue says after each.
 * All of it follows from a seed and from the folder it began with.
 */
typedef struct
{
  DcTape    *tape;
  GArray    *calls;      /* (owned) of DcLifeCall; the first is the opening */
  GArray    *needles;    /* (owned) of DcLifeNeedle */
  DcContent *before;     /* (owned) (nullable) nothing was there */
} DcLife;

/* In @directory, the state directory as it is found. @before (nullable): what
 * the queue in it holds. */
DcLife *dc_life_new    (const char *directory,
                        DcContent  *before,
                        DcSealer   *sealer,
                        DcLifeKind  kind,
                        guint32     seed,
                        guint       n_calls);
void    dc_life_free   (DcLife     *self);
/* The call that was running when the first @step steps were done, or the one
 * that had just been answered. */
guint   dc_life_find   (DcLife     *self,
                        guint       step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcLife, dc_life_free)

G_END_DECLS
