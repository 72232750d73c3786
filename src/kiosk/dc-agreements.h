/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcAgreements:
 *
 * What a donor ticks before a promise is kept: each consent that the appeal
 * asks for, and the age; with the privacy notice in short. The visit has the
 * ticks. Signal "changed" after each. Main thread.
 */
#define DC_TYPE_AGREEMENTS (dc_agreements_get_type ())
G_DECLARE_FINAL_TYPE (DcAgreements, dc_agreements, DC, AGREEMENTS, GtkWidget)

/* Once, of the visit and the campaign of @page. */
void dc_agreements_fill    (DcAgreements *self,
                            DcPage       *page);
/* Which consents are asked depends on how the donor is to be reached. */
void dc_agreements_update  (DcAgreements *self);
/* Gives the focus to the first tick that is missing. */
void dc_agreements_grab    (DcAgreements *self);

G_END_DECLS
