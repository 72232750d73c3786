/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"
#include "dc-clock.h"
#include "dc-pledge.h"

G_BEGIN_DECLS

/**
 * DcVisit:
 *
 * One donor, from the first tap to the last: the language, the choice, what
 * was typed, what was ticked. Owns no widget and is owned by the window only;
 * when it goes, the donor is forgotten. Main thread.
 */
#define DC_TYPE_VISIT (dc_visit_get_type ())
G_DECLARE_FINAL_TYPE (DcVisit, dc_visit, DC, VISIT, GObject)

/* How the donor wishes to be written to. */
typedef enum
{
  DC_CONTACT_EMAIL,
  DC_CONTACT_PHONE,
  DC_CONTACT_POST,
} DcContact;

DcVisit        *dc_visit_new                 (DcCampaign    *campaign,
                                              const char    *language);

const char     *dc_visit_get_language        (DcVisit       *self);
void            dc_visit_set_language        (DcVisit       *self,
                                              const char    *language);

/* Practice: what is entered is neither kept nor sent. Set before anything is. */
gboolean        dc_visit_is_practice         (DcVisit       *self);
void            dc_visit_set_practice        (DcVisit       *self,
                                              gboolean       practice);
/* A volunteer types, the donor ticks; the promise says so. */
gboolean        dc_visit_is_assisted         (DcVisit       *self);
void            dc_visit_set_assisted        (DcVisit       *self,
                                              gboolean       assisted);

/* Nothing is chosen at first. */
gboolean        dc_visit_has_amount          (DcVisit       *self);
void            dc_visit_choose_preset       (DcVisit       *self,
                                              gboolean       monthly,
                                              guint          preset);
/* FALSE where it is less than the campaign's minimum or more than its
 * maximum; then nothing changes. */
gboolean        dc_visit_choose_amount       (DcVisit       *self,
                                              gboolean       monthly,
                                              const DcMoney *amount);
gboolean        dc_visit_is_monthly          (DcVisit       *self);
/* Whether the sum of one's own that is being typed is a monthly one. */
void            dc_visit_set_other_monthly   (DcVisit       *self,
                                              gboolean       monthly);
gboolean        dc_visit_get_other_monthly   (DcVisit       *self);
/* The chosen preset, or -1. */
int             dc_visit_get_preset          (DcVisit       *self,
                                              gboolean       monthly);
const DcMoney  *dc_visit_get_amount          (DcVisit       *self);
DcFrequency     dc_visit_get_frequency       (DcVisit       *self);
const DcCups   *dc_visit_get_cups            (DcVisit       *self);
/* What the gift does, in the donor's language. */
const char     *dc_visit_get_effect          (DcVisit       *self);

DcDonor        *dc_visit_get_donor           (DcVisit       *self);
DcContact       dc_visit_get_contact         (DcVisit       *self);
void            dc_visit_set_contact         (DcVisit       *self,
                                              DcContact      contact);
gboolean        dc_visit_get_tax_certificate (DcVisit       *self);
void            dc_visit_set_tax_certificate (DcVisit       *self,
                                              gboolean       wanted);
gboolean        dc_visit_get_of_age          (DcVisit       *self);
void            dc_visit_set_of_age          (DcVisit       *self,
                                              gboolean       stated);
gboolean        dc_visit_get_masked          (DcVisit       *self);
void            dc_visit_set_masked          (DcVisit       *self,
                                              gboolean       masked);
/* Whether this consent is asked of this donor: a newsletter by e-mail only of
 * one who leaves an e-mail address. */
gboolean        dc_visit_asks_consent        (DcVisit       *self,
                                              guint          consent);
gboolean        dc_visit_get_consent         (DcVisit       *self,
                                              guint          consent);
void            dc_visit_set_consent         (DcVisit       *self,
                                              guint          consent,
                                              gboolean       given);
gboolean        dc_visit_required_consents_given (DcVisit   *self);
/* A postal address is needed: the donor wants letters or a certificate. */
gboolean        dc_visit_needs_address       (DcVisit       *self);
/* What is wrong with @field, given what this donor chose. */
DcFieldProblem  dc_visit_check_field         (DcVisit       *self,
                                              DcField        field);
/* Everything that a promise needs is there and right. */
gboolean        dc_visit_is_complete         (DcVisit       *self);

/* The reference in the codes of this visit: a scan's until there is a
 * promise, then the promise's. */
const char     *dc_visit_get_scan_reference  (DcVisit       *self);
/* TRUE the first time the code of this choice is shown: it counts once, not
 * again when the donor changes the language or comes back to it. */
gboolean        dc_visit_begin_scan          (DcVisit       *self);
/* The promise, made once and the same on each call, so that pressing twice
 * or trying again cannot make two. (transfer none) */
DcPledge       *dc_visit_get_pledge          (DcVisit       *self,
                                              DcClock       *clock);
/* The donor went back and may change something: the next promise is new. */
void            dc_visit_drop_pledge         (DcVisit       *self);

G_END_DECLS
