/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looks through the process's own memory for a donor's name after a pledge was
 * sealed, or read. */

#include "dc-crypto.h"
#include "dc-opened.h"
#include "dc-sealed.h"
#include "dc-test-needle.h"
#include "dc-test.h"
#include "fixture.h"

static void
name_donor (DcDonor *donor)
{
  char name[DC_TEST_NEEDLE_LENGTH + 1] = "";

  dc_test_needle_choose ();
  dc_test_needle_write (name);
  dc_donor_set (donor, DC_FIELD_FAMILY_NAME, name);
  dc_crypto_wipe (name, sizeof name);
}

static void
test_sealing (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  DcPledge *pledge = dc_test_pledge_new (1);
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  name_donor (pledge->donor);
  g_assert_cmpuint (dc_test_needle_count (), ==, 1);   /* it does find one */

  record = dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dc_test_needle_count (), ==, 1);   /* the donor's own */

  dc_pledge_unref (pledge);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

static void
test_sealing_fails (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  g_autofree char *street = g_strnfill (70000, 'x');
  DcPledge *pledge = dc_test_pledge_new (1);
  g_autoptr (GError) error = NULL;

  name_donor (pledge->donor);
  dc_donor_set (pledge->donor, DC_FIELD_STREET, street);
  g_assert_null (dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue, 1, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  g_assert_cmpuint (dc_test_needle_count (), ==, 1);
  dc_pledge_unref (pledge);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

/* What @envelope says of a donor whose name is to be looked for. */
static GBytes *
make_plaintext (const DcEnvelope *envelope)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GError) error = NULL;
  GBytes *plaintext;

  name_donor (pledge->donor);
  plaintext = dc_sealed_pledge (envelope, pledge, &error);
  g_assert_no_error (error);

  return plaintext;
}

static void
test_reading (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  GBytes *plaintext = make_plaintext (&envelope);
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (dc_test_needle_count (), ==, 1);
  opened = dc_opened_read (&envelope, g_bytes_get_data (plaintext, NULL),
                           g_bytes_get_size (plaintext), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dc_test_needle_count (), ==, 2);   /* the donor's own, too */

  g_clear_pointer (&opened, dc_opened_free);
  g_clear_pointer (&plaintext, g_bytes_unref);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

static void
test_reading_fails (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  GBytes *plaintext = make_plaintext (&envelope);
  g_autoptr (GError) error = NULL;

  envelope.seq++;
  g_assert_null (dc_opened_read (&envelope, g_bytes_get_data (plaintext, NULL),
                                 g_bytes_get_size (plaintext), &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_MISMATCH);
  g_clear_pointer (&plaintext, g_bytes_unref);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  dc_opened_init ();
  dc_test_needle_init ();

  g_test_add_func ("/record-memory/sealing-leaves-no-copy-of-a-donor", test_sealing);
  g_test_add_func ("/record-memory/sealing-that-fails-leaves-none", test_sealing_fails);
  g_test_add_func ("/record-memory/reading-leaves-no-copy-of-a-donor", test_reading);
  g_test_add_func ("/record-memory/reading-that-fails-leaves-none", test_reading_fails);

  return g_test_run ();
}
