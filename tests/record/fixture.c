/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test.h"

const DcId fixture_queue = {
  { 0x51, 0xee, 0x9a, 0x0c, 0x3f, 0x6b, 0x4c, 0x2d, 0x8e, 0x7a, 0x10, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6 }
};

static DcId
counted_id (int first,
            int step)
{
  DcId id;

  for (int i = 0; i < 16; i++)
    id.bytes[i] = (guint8) (first + i * step);

  return id;
}

DcTabletKey *
fixture_tablet (void)
{
  guint8 seed[32];

  for (guint i = 0; i < sizeof seed; i++)
    seed[i] = (guint8) i;

  return dc_tablet_key_from_seed (seed);
}

static void
envelope_of_pledge (DcEnvelope *self)
{
  self->kind = DC_KIND_PLEDGE;
  self->id = counted_id (0, 1);
  self->seq = 1;
  self->has_amount = TRUE;
  dc_money_init (&self->amount, 1800, "CHF", NULL);
  self->frequency = DC_FREQUENCY_MONTHLY;
}

static void
envelope_of_rich (DcEnvelope *self)
{
  self->kind = DC_KIND_PRACTICE;
  self->id = counted_id (0xff, -0x11);
  self->seq = DC_MONEY_MAX_MINOR;
  self->has_amount = TRUE;
  dc_money_init (&self->amount, 5, "JPY", NULL);
  self->frequency = DC_FREQUENCY_ONCE;
  g_strlcpy (self->shift, "Morning-7F", sizeof self->shift);
  g_strlcpy (self->day, "2028-02-29", sizeof self->day);
}

static void
envelope_of_withdrawal (DcEnvelope *self)
{
  self->kind = DC_KIND_WITHDRAWAL;
  self->id = counted_id (0, 0x11);
  self->about = counted_id (0, 1);
  self->has_about = TRUE;
  self->seq = 2;
}

DcEnvelope
fixture_envelope (const char *name)
{
  g_autoptr (GBytes) sealed = fixture_vector (name, "age");
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  DcEnvelope self = { .queue = fixture_queue, .campaign = "migrants-day", .day = "2026-12-18" };

  memcpy (self.tablet, dc_tablet_key_get_public (tablet), sizeof self.tablet);
  dc_crypto_sha256 ("manifest", strlen ("manifest"), self.pack);
  dc_crypto_sha256 (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), self.sealed_sha256);
  if (g_str_equal (name, "pledge"))
    envelope_of_pledge (&self);
  else if (g_str_equal (name, "rich"))
    envelope_of_rich (&self);
  else
    envelope_of_withdrawal (&self);

  return self;
}

static void
fill_pledge (DcPledge *self)
{
  self->cups = (DcCups) { 1, DC_CUP_PERIOD_WEEK };
  self->channel = DC_CHANNEL_SELF;
  self->reference = g_strdup ("RF34K7Q29WXM4T");
  self->language = g_strdup ("fr");
  self->time = (DcStamp) {
    G_GINT64_CONSTANT (1797588672123456), 3600, "8f3c2b1a-0d4e-4f5a-9b6c-7d8e9fa0b1c2",
    G_GINT64_CONSTANT (5400000000), DC_CLOCK_SET
  };
  dc_donor_set (self->donor, DC_FIELD_FIRST_NAME, "Ana");
  dc_donor_set (self->donor, DC_FIELD_EMAIL, "ana@example.org");
  g_ptr_array_add (self->consents, dc_consent_new ("newsletter", 1, "fr", FALSE));
  g_ptr_array_add (self->consents, dc_consent_new ("views", 2, "fr", TRUE));
  self->notice_version = 1;
  self->minimum_age = 18;
}

static void
fill_rich (DcPledge *self)
{
  self->channel = DC_CHANNEL_ASSISTED;
  self->reference = g_strdup ("RF18539007547034");
  self->language = g_strdup ("zh-Hant");
  self->time = (DcStamp) { -1, -570 * 60, "", 0, DC_CLOCK_UNKNOWN };
  dc_donor_set (self->donor, DC_FIELD_FIRST_NAME, "Zoë \"la \\ grande\" O’Brien");
  dc_donor_set (self->donor, DC_FIELD_FAMILY_NAME, "Ñandú-Łukasiewicz 李小龍");
  dc_donor_set (self->donor, DC_FIELD_EMAIL, "zoë+cup@exämple.ch");
  dc_donor_set (self->donor, DC_FIELD_PHONE, "+41 (0)22 555/01-23");
  dc_donor_set (self->donor, DC_FIELD_STREET, "Rue de Varembé 1, c/o «Maison» 🏠");
  dc_donor_set (self->donor, DC_FIELD_POSTCODE, "1202");
  dc_donor_set (self->donor, DC_FIELD_TOWN, "Genève");
  self->tax_certificate = TRUE;
  g_ptr_array_add (self->consents, dc_consent_new ("newsletter", G_MAXUINT, "zh-Hant", TRUE));
  g_ptr_array_add (self->consents, dc_consent_new ("post", 0, "ar", FALSE));
  g_ptr_array_add (self->consents, dc_consent_new ("phone", 3, "fr", TRUE));
  self->notice_version = 12;
  self->minimum_age = 16;
  self->volunteer = g_strdup ("V-07 ✓");
}

DcPledge *
fixture_pledge (const char *name)
{
  DcEnvelope envelope = fixture_envelope (name);
  DcPledge *self = dc_pledge_new ();

  self->id = envelope.id;
  self->campaign = g_strdup (envelope.campaign);
  self->amount = envelope.amount;
  self->frequency = envelope.frequency;
  self->day = g_strdup (envelope.day);
  self->shift = envelope.shift[0] != '\0' ? g_strdup (envelope.shift) : NULL;
  self->donor = dc_donor_new ();
  if (g_str_equal (name, "pledge"))
    fill_pledge (self);
  else
    fill_rich (self);

  return self;
}

DcAgeRecipients *
fixture_recipients (guint n)
{
  g_autoptr (GBytes) text = fixture_vector ("recipients", "txt");
  g_autoptr (GError) error = NULL;
  const char *data = g_bytes_get_data (text, NULL);
  const char *end = data;
  DcAgeRecipients *self;

  for (guint i = 0; i < n; i++)
    end = strchr (end, '\n') + 1;
  self = dc_age_recipients_parse (data, (gsize) (end - data), &error);
  g_assert_no_error (error);

  return self;
}

DcSealer *
fixture_sealer (guint n_recipients)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (DcAgeRecipients) recipients = fixture_recipients (n_recipients);
  guint8 pack[32];

  dc_crypto_sha256 ("manifest", strlen ("manifest"), pack);

  return dc_sealer_new (tablet, recipients, "migrants-day", pack);
}

GBytes *
fixture_vector (const char *name,
                const char *suffix)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", name, suffix);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "record", "vectors", file, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

DcRecord *
fixture_record (const char *name)
{
  g_autoptr (GBytes) envelope = fixture_vector (name, "envelope");
  g_autoptr (GBytes) signature = fixture_vector (name, "signature");
  g_autoptr (GBytes) sealed = fixture_vector (name, "age");
  g_autoptr (GError) error = NULL;
  DcRecord *self;

  g_assert_cmpuint (g_bytes_get_size (signature), ==, 64);
  self = dc_record_new (envelope, g_bytes_get_data (signature, NULL), sealed, &error);
  g_assert_no_error (error);

  return self;
}

gboolean
fixture_run (const char  *directory,
             const char  *input,
             const char **arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
                                        | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, directory);
  process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return g_subprocess_get_successful (process);
}

GBytes *
fixture_open (GBytes     *sealed,
              const char *key)
{
  g_autofree char *identity = g_test_build_filename (G_TEST_DIST, "record", "vectors", key, NULL);
  char *directory = dc_test_dir_new ();
  g_autofree char *in = g_build_filename (directory, "record.age", NULL);
  g_autofree char *out = g_build_filename (directory, "plaintext", NULL);
  const char *arguments[] = { "age", "-d", "-i", identity, "-o", out, in, NULL };
  g_autoptr (GError) error = NULL;
  GBytes *plaintext = NULL;
  char *data;
  gsize size;

  g_file_set_contents (in, g_bytes_get_data (sealed, NULL), (gssize) g_bytes_get_size (sealed),
                       &error);
  g_assert_no_error (error);
  if (fixture_run (directory, NULL, arguments)) {
    g_file_get_contents (out, &data, &size, &error);
    g_assert_no_error (error);
    plaintext = g_bytes_new_take (data, size);
  }
  dc_test_dir_remove (directory);

  return plaintext;
}

char *
fixture_replace (const char *text,
                 const char *old,
                 const char *by)
{
  const char *at = strstr (text, old);

  if (at == NULL)
    g_error ("“%s” is not in “%s”", old, text);

  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, by, at + strlen (old));
}
