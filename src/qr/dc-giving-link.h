/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"
#include "dc-frequency.h"
#include "dc-money.h"
#include "dc-uri-template.h"

G_BEGIN_DECLS

/* The address in a giving code; (transfer full), ASCII. @amount and @reference
 * may be NULL: the welcome page asks for nothing yet. Variables: language (the
 * giving page's), interval ("once", "monthly", "yearly"), amount ("18",
 * "18.50"), currency, reference, campaign. Without an amount there is no
 * interval and no currency either, so that a path like
 * {/interval,amount,reference} never shifts one into another's place. No
 * personal data can enter it: none is a parameter. Errors: DC_QR_ERROR. */
char    *dc_giving_link_new   (DcCampaign     *campaign,
                               const char     *language,
                               const DcMoney  *amount,
                               DcFrequency     frequency,
                               const char     *reference,
                               GError        **error);
/* The appeal's page or the film's (where @film) in the donor's language.
 * (transfer full), ASCII. A campaign without a film: DC_QR_ERROR_EMPTY. */
char    *dc_appeal_link_new   (DcCampaign     *campaign,
                               const char     *language,
                               gboolean        film,
                               GError        **error);

/* Readable from a metre: the largest version of a link's code. */
#define DC_GIVING_LINK_MAX_VERSION 4

/* Whether every link that this campaign can make is one: in each language,
 * for each frequency and up to the largest amount, the giving link fits a
 * symbol of DC_GIVING_LINK_MAX_VERSION, and the other two templates expand.
 * The error reads like those of the campaign's parser, "campaign.ini:
 * [Giving] Link: …", in the domain DC_QR_ERROR. */
gboolean dc_giving_link_check (DcCampaign     *campaign,
                               GError        **error);

G_END_DECLS
