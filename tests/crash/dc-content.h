/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"
#include "dc-state.h"

G_BEGIN_DECLS

/* From the middle of the sealed bytes: random, so it is found only where the
 * record is. */
#define DC_NEEDLE_SIZE 24

typedef struct
{
  DcId     id;
  DcState  state;
  gboolean undone;   /* erased, or followed by a sealed withdrawal */
  gboolean whole;    /* still has its sealed bytes */
  guint8   needle[DC_NEEDLE_SIZE];
} DcContentRow;

/**
 * DcContent:
 *
 * All that a queue says, read at one moment: its identity, each record with
 * all its columns, the next number, the codes shown, what is known of
 * destinations, and the receipts. The probe's row is left out, since nobody reads it. Two
 * contents are the same when their bytes are.
 */
typedef struct
{
  GByteArray *bytes;
  GArray     *rows;    /* (owned) of DcContentRow, by number */
  guint       codes;   /* days on which codes were shown */
} DcContent;

DcContent *dc_content_read     (DcDatabase       *database,
                                GError          **error);
DcContent *dc_content_ref      (DcContent        *self);
void       dc_content_unref    (DcContent        *self);
gboolean   dc_content_equal    (const DcContent  *self,
                                const DcContent  *other);
/* Nothing was ever saved. */
gboolean   dc_content_is_empty (const DcContent  *self);

/* What must never happen between what was acknowledged and what is found. */
typedef struct
{
  guint lost;      /* acknowledged, not there */
  guint doubled;   /* there twice */
  guint back;      /* acknowledged as undone, and not undone */
  guint other;     /* differs in another way */
} DcContentHarm;

void       dc_content_compare  (const DcContent  *acknowledged,
                                const DcContent  *found,
                                DcContentHarm    *harm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcContent, dc_content_unref)

G_END_DECLS
