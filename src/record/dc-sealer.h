/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age.h"
#include "dc-pledge.h"
#include "dc-record.h"
#include "dc-tablet-key.h"

G_BEGIN_DECLS

/**
 * DcSealer:
 *
 * Makes records: turns a pledge into JSON, pads it, encrypts it to the
 * campaign's recipients and signs the envelope with the tablet's key. Holds
 * nothing that opens what it made. Immutable, reference-counted, any thread;
 * the plaintext is wiped before a function returns.
 */
typedef struct _DcSealer DcSealer;

DcSealer *dc_sealer_new   (DcTabletKey      *tablet,
                           DcAgeRecipients  *recipients,
                           const char       *campaign,
                           const guint8      pack[static 32]);
DcSealer *dc_sealer_ref   (DcSealer         *self);
void      dc_sealer_unref (DcSealer         *self);

/* What it was made of. (transfer none) each. */
const char      *dc_sealer_get_campaign   (DcSealer *self);
DcAgeRecipients *dc_sealer_get_recipients (DcSealer *self);
const guint8    *dc_sealer_get_tablet     (DcSealer *self);   /* 32 bytes, the public key */

/* @kind: DC_KIND_PLEDGE, DC_KIND_PRACTICE or DC_KIND_DRILL. @queue and @seq
 * are the queue's own; the record has the pledge's id. */
DcRecord *dc_sealer_seal_pledge     (DcSealer      *self,
                                     DcKind         kind,
                                     DcPledge      *pledge,
                                     const DcId    *queue,
                                     gint64         seq,
                                     GError       **error);
/* A record with the fresh @id that only names @about. */
DcRecord *dc_sealer_seal_withdrawal (DcSealer      *self,
                                     const DcId    *id,
                                     const DcId    *about,
                                     const char    *day,
                                     const DcId    *queue,
                                     gint64         seq,
                                     GError       **error);
/* A record of the kind drill, sealed to the one @recipient alone (from 0, in
 * the order of recipients.txt), so that @answer, the words of
 * dc_drill_answer (), proves that one key. The caller wipes @answer. */
DcRecord *dc_sealer_seal_drill      (DcSealer      *self,
                                     guint          recipient,
                                     DcPledge      *pledge,
                                     const DcId    *queue,
                                     gint64         seq,
                                     char         **answer,
                                     GError       **error);

/* The size classes: a plaintext of @size is padded to this many bytes, so
 * that a record's length says nothing of its donor. 0: too large. */
gsize     dc_sealed_class           (gsize          size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcSealer, dc_sealer_unref)

G_END_DECLS
