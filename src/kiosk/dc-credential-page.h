/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/* The name and the password with which this tablet hands over at the pack's
 * place: typed, or read from the office's set-up stick. Passed on to
 * daily-cup-send, which alone keeps them; gone from this page then. */
#define DC_TYPE_CREDENTIAL_PAGE (dc_credential_page_get_type ())
G_DECLARE_FINAL_TYPE (DcCredentialPage, dc_credential_page, DC, CREDENTIAL_PAGE, DcPage)

G_END_DECLS
