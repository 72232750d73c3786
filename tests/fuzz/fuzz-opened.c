/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-opened.h"

/* What is read inside is held against an envelope of the golden pledge, which
 * an input can only fit by saying the same. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static const char envelope_json[] =
  "{\"v\":1,\"kind\":\"pledge\",\"id\":\"000102030405060708090a0b0c0d0e0f\",\"about\":null,"
  "\"tablet\":\"03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8\","
  "\"queue\":\"51ee9a0c3f6b4c2d8e7a10b2c3d4e5f6\",\"seq\":1,\"campaign\":\"migrants-day\","
  "\"pack\":\"05b3abf2579a5eb66403cd78be557fd860633a1fe2103c7642030defe32c657f\","
  "\"amount\":1800,\"currency\":\"CHF\",\"frequency\":\"monthly\",\"shift\":null,"
  "\"day\":\"2026-12-18\","
  "\"sealed_sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}";

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GError) error = NULL;
  DcEnvelope envelope;

  g_assert_true (dc_crypto_init ());
  dc_opened_init ();
  g_assert_true (dc_envelope_from_json (&envelope, envelope_json, sizeof envelope_json - 1, NULL));

  opened = dc_opened_read (&envelope, (const char *) data, size, &error);
  g_assert_true ((opened == NULL) == (error != NULL));
  if (opened == NULL) {
    g_assert_true (error->domain == DC_RECORD_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  g_assert_nonnull (opened->pledge->reference);
  g_assert_nonnull (opened->pledge->language);
  g_assert_nonnull (opened->notice_language);
  for (int i = 0; i < DC_N_FIELDS; i++)
    g_assert_true (g_utf8_validate (dc_donor_get (opened->pledge->donor, (DcField) i), -1, NULL));

  return 0;
}
