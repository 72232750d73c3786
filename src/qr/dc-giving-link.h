/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"
#include "dc-frequency.h"
#include "dc-money.h"

G_BEGIN_DECLS

/* Expands an RFC 6570 template up to level 3. @names and @values run
 * in parallel, @names ends with NULL; a NULL value is an undefined variable.
 * The result is ASCII. */
char *dc_uri_template_expand (const char          *template_,
                              const char * const  *names,
                              const char * const  *values,
                              GError             **error);

/* The address in a giving code. @amount and @reference may be NULL (the
 * welcome page asks for nothing yet). Variables: language, interval ("once",
 * "monthly", "yearly"), amount ("18"), currency, reference, campaign. No
 * personal data can enter it: none is a parameter. */
char *dc_giving_link_new     (DcCampaign     *campaign,
                              const char     *language,
                              const DcMoney  *amount,
                              DcFrequency     frequency,
                              const char     *reference,
                              GError        **error);
/* The appeal's page or the film's (where @film) in the donor's language. */
char *dc_appeal_link_new     (DcCampaign     *campaign,
                              const char     *language,
                              gboolean        film,
                              GError        **error);

/* Readable from a metre: the largest version of a link's code. */
#define DC_GIVING_LINK_MAX_VERSION 4

G_END_DECLS
