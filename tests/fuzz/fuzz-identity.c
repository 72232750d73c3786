/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-identity.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-open-error.h"

/* The input is the file of an age key. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcAgeIdentity) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *recipient = NULL;
  g_autofree char *recipient_again = NULL;

  /* Guarded memory needs it. */
  g_assert_true (dc_crypto_init ());
  identity = dc_age_identity_parse ((const char *) data, size, &error);
  g_assert_true ((identity == NULL) == (error != NULL));
  if (identity == NULL) {
    g_assert_true (error->domain == DC_OPEN_ERROR);
    return 0;
  }

  text = dc_age_identity_to_text (identity);
  again = dc_age_identity_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  recipient = dc_age_identity_get_recipient (identity);
  recipient_again = dc_age_identity_get_recipient (again);
  g_assert_cmpstr (recipient, ==, recipient_again);

  return 0;
}
