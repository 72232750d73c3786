/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-consent.h"

DcConsent *
dc_consent_new (const char *purpose,
                guint       version,
                const char *language,
                gboolean    given)
{
  DcConsent *self = g_new0 (DcConsent, 1);

  self->purpose = g_strdup (purpose);
  self->version = version;
  self->language = g_strdup (language);
  self->given = given;

  return self;
}

DcConsent *
dc_consent_copy (const DcConsent *self)
{
  return dc_consent_new (self->purpose, self->version, self->language, self->given);
}

void
dc_consent_free (DcConsent *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->purpose, g_free);
  g_clear_pointer (&self->language, g_free);
  g_free (self);
}
