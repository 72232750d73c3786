/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"
#include "dc-pledge.h"

G_BEGIN_DECLS

/* What a form asks, in the order in which it is written. After them come the
 * appeal's consents, DC_ENTRY_CONSENTS + i. */
typedef enum
{
  DC_ENTRY_REFERENCE,
  DC_ENTRY_LANGUAGE,
  DC_ENTRY_AMOUNT,
  DC_ENTRY_FREQUENCY,
  DC_ENTRY_DONOR,              /* and the other fields of a DcDonor, in their order */
  DC_ENTRY_TAX_CERTIFICATE = DC_ENTRY_DONOR + DC_N_FIELDS,
  DC_ENTRY_DAY,
  DC_ENTRY_VOLUNTEER,
  DC_ENTRY_OF_AGE,
  DC_ENTRY_CONSENTS,
} DcEntry;

/**
 * DcPaperEntry:
 *
 * One paper form while it is typed in: what is taken is checked as the kiosk
 * checks it. Owns what names a donor, and wipes it. Main thread. Errors are
 * DC_OFFICE_ERROR_REFUSED, in the language of the process, and do not repeat
 * what was typed.
 */
typedef struct _DcPaperEntry DcPaperEntry;

/* @today: "2026-12-18", the latest day that a form can bear. */
DcPaperEntry *dc_paper_entry_new     (DcCampaign    *campaign,
                                      const char    *today);
void          dc_paper_entry_free    (DcPaperEntry  *self);
/* How many there are to ask: DC_ENTRY_CONSENTS and the consents. */
guint         dc_paper_entry_count   (DcCampaign    *campaign);
/* The name of a column: "first_name", "consent_newsletter". (transfer full) */
char         *dc_paper_entry_name    (DcCampaign    *campaign,
                                      guint          entry);
/* What a person is asked. (transfer full) */
char         *dc_paper_entry_ask     (DcPaperEntry  *self,
                                      guint          entry);
/* Takes what was typed; nothing where a form may leave it open. */
gboolean      dc_paper_entry_set     (DcPaperEntry  *self,
                                      guint          entry,
                                      const char    *text,
                                      GError       **error);
/* What was taken, for a person to read over. (transfer full), to be wiped */
char         *dc_paper_entry_get     (DcPaperEntry  *self,
                                      guint          entry);
/* Whether all is there that a promise needs. @entry: what is not. */
gboolean      dc_paper_entry_check   (DcPaperEntry  *self,
                                      guint         *entry,
                                      GError       **error);
/* "RF…"; of one that was set. */
const char   *dc_paper_entry_get_reference (DcPaperEntry *self);
/* Of one that was checked: a pledge of the channel “paper”, typed now.
 * (transfer full) */
DcPledge     *dc_paper_entry_to_pledge (DcPaperEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPaperEntry, dc_paper_entry_free)

G_END_DECLS
