/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  DC_FIELD_FIRST_NAME,
  DC_FIELD_FAMILY_NAME,
  DC_FIELD_EMAIL,
  DC_FIELD_PHONE,
  DC_FIELD_STREET,
  DC_FIELD_POSTCODE,
  DC_FIELD_TOWN,
  DC_FIELD_COUNTRY,
  DC_N_FIELDS
} DcField;

/* What is wrong with one field. The user interface chooses the words. */
typedef enum
{
  DC_FIELD_GOOD,
  DC_FIELD_MISSING,        /* needed and empty */
  DC_FIELD_TOO_LONG,
  DC_FIELD_MALFORMED,      /* not an e-mail address, not a phone number */
  DC_FIELD_CARD_NUMBER,    /* holds what looks like a payment card's number */
} DcFieldProblem;

/**
 * DcDonor:
 *
 * The person: what they typed, and nothing else. Reference-counted, used by
 * one thread at a time; every string is wiped when it is replaced and when
 * the last reference goes.
 */
typedef struct _DcDonor DcDonor;

#define DC_TYPE_DONOR (dc_donor_get_type ())
GType          dc_donor_get_type        (void);
DcDonor       *dc_donor_new             (void);
DcDonor       *dc_donor_ref             (DcDonor       *self);
void           dc_donor_unref           (DcDonor       *self);
/* @text is copied; NULL and "" both clear the field. What is not UTF-8 in it
 * is replaced by U+FFFD. */
void           dc_donor_set             (DcDonor       *self,
                                         DcField        field,
                                         const char    *text);
/* What was typed, "" where nothing was. Never NULL. */
const char    *dc_donor_get             (const DcDonor *self,
                                         DcField        field);
gboolean       dc_donor_has_address     (const DcDonor *self);
/* @address_needed: the donor wants a tax certificate, which needs a family name
 * and a whole postal address. A first name is always
 * needed; one of e-mail, phone or a whole postal address too, and where none
 * is given the e-mail is reported missing. Text of white space only is none. */
DcFieldProblem dc_donor_check           (const DcDonor *self,
                                         DcField        field,
                                         gboolean       address_needed);
gboolean       dc_donor_complete        (const DcDonor *self,
                                         gboolean       address_needed);
/* "first_name": the word in records and in tests. */
const char    *dc_field_to_string       (DcField        field);
/* Longest text accepted, in Unicode characters. */
guint          dc_field_max_chars       (DcField        field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDonor, dc_donor_unref)

G_END_DECLS
