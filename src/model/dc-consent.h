/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcConsent:
 * @purpose: the pack's word for it ("newsletter"), [a-z0-9-]{1,32}
 * @version: of the text that was shown
 * @language: in which it was shown
 * @given: whether the box was ticked
 *
 * What a donor was asked and what they answered. Owned strings.
 */
typedef struct
{
  char    *purpose;
  guint    version;
  char    *language;
  gboolean given;
} DcConsent;

DcConsent *dc_consent_new  (const char      *purpose,
                            guint            version,
                            const char      *language,
                            gboolean         given);
DcConsent *dc_consent_copy (const DcConsent *self);
void       dc_consent_free (DcConsent       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcConsent, dc_consent_free)

G_END_DECLS
