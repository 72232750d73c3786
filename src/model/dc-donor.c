/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-donor.h"

#include <string.h>

#include "dc-contact.h"
#include "dc-text.h"
#include "dc-enum.h"

struct _DcDonor
{
  char *text[DC_N_FIELDS];   /* (nullable) */
};

G_DEFINE_BOXED_TYPE (DcDonor, dc_donor, dc_donor_ref, dc_donor_unref)

static const char * const words[] = {
  [DC_FIELD_FIRST_NAME] = "first_name",
  [DC_FIELD_FAMILY_NAME] = "family_name",
  [DC_FIELD_EMAIL] = "email",
  [DC_FIELD_PHONE] = "phone",
  [DC_FIELD_STREET] = "street",
  [DC_FIELD_POSTCODE] = "postcode",
  [DC_FIELD_TOWN] = "town",
  [DC_FIELD_COUNTRY] = "country",
};

static const guint max_chars[] = {
  [DC_FIELD_FIRST_NAME] = 60,
  [DC_FIELD_FAMILY_NAME] = 60,
  [DC_FIELD_EMAIL] = 254,
  [DC_FIELD_PHONE] = 30,
  [DC_FIELD_STREET] = 100,
  [DC_FIELD_POSTCODE] = 16,
  [DC_FIELD_TOWN] = 60,
  [DC_FIELD_COUNTRY] = 60,
};

DcDonor *
dc_donor_new (void)
{
  return g_atomic_rc_box_new0 (DcDonor);
}

DcDonor *
dc_donor_ref (DcDonor *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dc_donor_clear (gpointer data)
{
  DcDonor *self = data;

  for (gsize i = 0; i < DC_N_FIELDS; i++)
    dc_wipe_string (&self->text[i]);
}

void
dc_donor_unref (DcDonor *self)
{
  g_atomic_rc_box_release_full (self, dc_donor_clear);
}

void
dc_donor_set (DcDonor    *self,
              DcField     field,
              const char *text)
{
  char *copy = NULL;

  g_return_if_fail (field < DC_N_FIELDS);

  /* Copied first: @text may be the very string that is replaced. */
  if (text != NULL && *text != '\0')
    copy = g_utf8_make_valid (text, -1);
  dc_wipe_string (&self->text[field]);
  self->text[field] = copy;
}

const char *
dc_donor_get (const DcDonor *self,
              DcField        field)
{
  g_return_val_if_fail (field < DC_N_FIELDS, "");

  return self->text[field] != NULL ? self->text[field] : "";
}

/* Nothing but white space is nothing. */
static gboolean
has (const DcDonor *self,
     DcField        field)
{
  for (const char *p = dc_donor_get (self, field); *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;
  }

  return FALSE;
}

gboolean
dc_donor_has_address (const DcDonor *self)
{
  return has (self, DC_FIELD_STREET) && has (self, DC_FIELD_POSTCODE) &&
         has (self, DC_FIELD_TOWN) && has (self, DC_FIELD_COUNTRY);
}

static gboolean
is_needed (const DcDonor *self,
           DcField        field,
           gboolean       address_needed)
{
  switch (field) {
  case DC_FIELD_FIRST_NAME:
    return TRUE;
  case DC_FIELD_EMAIL:
    return !has (self, DC_FIELD_PHONE) && !dc_donor_has_address (self);
  case DC_FIELD_PHONE:
    return FALSE;
  case DC_FIELD_FAMILY_NAME:
  case DC_FIELD_STREET:
  case DC_FIELD_POSTCODE:
  case DC_FIELD_TOWN:
  case DC_FIELD_COUNTRY:
    return address_needed;
  case DC_N_FIELDS:
  default:
    g_return_val_if_reached (FALSE);
  }
}

DcFieldProblem
dc_donor_check (const DcDonor *self,
                DcField        field,
                gboolean       address_needed)
{
  const char *text = dc_donor_get (self, field);

  if (!has (self, field))
    return is_needed (self, field, address_needed) ? DC_FIELD_MISSING : DC_FIELD_GOOD;
  if (dc_text_has_card_number (text))
    return DC_FIELD_CARD_NUMBER;
  if (g_utf8_strlen (text, -1) > dc_field_max_chars (field))
    return DC_FIELD_TOO_LONG;
  if (field == DC_FIELD_EMAIL && !dc_email_valid (text))
    return DC_FIELD_MALFORMED;
  if (field == DC_FIELD_PHONE && !dc_phone_valid (text))
    return DC_FIELD_MALFORMED;

  return DC_FIELD_GOOD;
}

gboolean
dc_donor_complete (const DcDonor *self,
                   gboolean       address_needed)
{
  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    if (dc_donor_check (self, field, address_needed) != DC_FIELD_GOOD)
      return FALSE;
  }

  return TRUE;
}

const char *
dc_field_to_string (DcField field)
{
  return dc_enum_word (words, G_N_ELEMENTS (words), field);
}

guint
dc_field_max_chars (DcField field)
{
  g_return_val_if_fail (field < DC_N_FIELDS, 0);

  return max_chars[field];
}
