/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destinations.h"

#include "dc-text.h"

void
dc_credential_clear (DcCredential *self)
{
  dc_wipe_string (&self->user);
  dc_wipe_string (&self->password);
}
