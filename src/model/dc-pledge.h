/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "dc-clock.h"
#include "dc-consent.h"
#include "dc-cups.h"
#include "dc-donor.h"
#include "dc-frequency.h"
#include "dc-id.h"
#include "dc-money.h"

G_BEGIN_DECLS

typedef enum
{
  DC_CHANNEL_SELF,       /* the donor typed */
  DC_CHANNEL_ASSISTED,   /* a volunteer typed, the donor ticked */
  DC_CHANNEL_SCAN,       /* the office only: a gift that came by a scanned code */
  DC_CHANNEL_PAPER,      /* the office only: a paper form */
} DcChannel;

const char *dc_channel_to_string   (DcChannel   channel);
gboolean    dc_channel_from_string (const char *text,
                                    DcChannel  *channel);

/**
 * DcPledge:
 *
 * What a donor promised. Reference-counted and not changed once it has been
 * handed to the queue, so that a worker thread may read it. Public members:
 * it is a record, not an object with behaviour.
 */
typedef struct
{
  DcId         id;
  char        *campaign;          /* (owned) */
  DcMoney      amount;
  DcFrequency  frequency;
  DcCups       cups;              /* count 0: none */
  DcChannel    channel;
  DcStamp      time;
  char        *day;               /* (owned) "2026-12-18" in the pack's zone */
  char        *language;          /* (owned) BCP 47 */
  char        *reference;         /* (owned) ISO 11649 */
  DcDonor     *donor;             /* (owned) */
  gboolean     tax_certificate;
  GPtrArray   *consents;          /* (owned) of DcConsent */
  guint        notice_version;
  guint        minimum_age;       /* what the donor stated, in years */
  char        *shift;             /* (owned) (nullable) random, no name */
  char        *volunteer;         /* (owned) (nullable) a code, no name */
} DcPledge;

#define DC_TYPE_PLEDGE (dc_pledge_get_type ())
GType     dc_pledge_get_type (void);
DcPledge *dc_pledge_new      (void);
DcPledge *dc_pledge_ref      (DcPledge *self);
void      dc_pledge_unref    (DcPledge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPledge, dc_pledge_unref)

G_END_DECLS
