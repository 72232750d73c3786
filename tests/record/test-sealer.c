/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sealer.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test.h"
#include "fixture.h"

static DcRecord *
seal_pledge (DcSealer *sealer,
             DcKind    kind,
             DcPledge *pledge,
             gint64    seq)
{
  g_autoptr (GError) error = NULL;
  DcRecord *record = dc_sealer_seal_pledge (sealer, kind, pledge, &fixture_queue, seq, &error);

  g_assert_no_error (error);

  return record;
}

static void
assert_opens (DcRecord   *record,
              const char *name)
{
  const char *keys[] = { FIXTURE_DESK, FIXTURE_SPARE };
  g_autoptr (GBytes) expected = fixture_vector (name, "plaintext");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GBytes) plaintext = fixture_open (record->sealed, keys[i]);

    g_assert_nonnull (plaintext);
    g_assert_true (g_bytes_equal (plaintext, expected));
  }
}

/* Everything but the hash, which is of this very encryption. */
static void
assert_envelope (DcRecord   *record,
                 const char *name)
{
  g_autoptr (GBytes) vector = fixture_vector (name, "envelope");
  gsize size = g_bytes_get_size (vector);
  const char *data = g_bytes_get_data (vector, NULL);
  gsize shared = (gsize) (g_strstr_len (data, (gssize) size, "\"sealed_sha256\"") - data);

  g_assert_cmpuint (g_bytes_get_size (record->envelope_json), ==, size);
  g_assert_cmpmem (g_bytes_get_data (record->envelope_json, NULL), shared, data, shared);
}

static void
test_opens_with_age (void)
{
  const char *names[] = { "pledge", "rich" };
  g_autoptr (DcSealer) sealer = fixture_sealer (2);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge (names[i]);
    DcEnvelope envelope = fixture_envelope (names[i]);
    g_autoptr (DcRecord) record = seal_pledge (sealer, envelope.kind, pledge, envelope.seq);

    assert_opens (record, names[i]);
    assert_envelope (record, names[i]);
  }
}

static void
test_withdrawal_opens_with_age (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  DcEnvelope envelope = fixture_envelope ("withdrawal");
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = dc_sealer_seal_withdrawal (sealer, &envelope.id, &envelope.about, "2026-12-18",
                                      &fixture_queue, 2, &error);
  g_assert_no_error (error);
  assert_opens (record, "withdrawal");
  assert_envelope (record, "withdrawal");
}

static void
test_only_recipients_open (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (1);
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (DcRecord) record = seal_pledge (sealer, DC_KIND_PLEDGE, pledge, 1);
  g_autoptr (GBytes) opened = fixture_open (record->sealed, FIXTURE_DESK);
  g_autoptr (GBytes) refused = fixture_open (record->sealed, FIXTURE_SPARE);

  g_assert_nonnull (opened);
  g_assert_null (refused);
}

static void
test_nothing_in_clear (void)
{
  /* None that random hexadecimal or a few random bytes could hold. */
  const char *secrets[] = { "Zoë", "Brien", "kasiewicz", "exämple", "555/01-23", "Varembé", "\"1202\"",
                            "Genève", "RF18539007547034", "V-07", "zh-Hant", "assisted" };
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  g_autoptr (DcPledge) pledge = fixture_pledge ("rich");
  g_autoptr (DcRecord) record = seal_pledge (sealer, DC_KIND_PLEDGE, pledge, 1);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_assert_null (memmem (g_bytes_get_data (record->envelope_json, NULL),
                           g_bytes_get_size (record->envelope_json),
                           secrets[i], strlen (secrets[i])));
    g_assert_null (memmem (g_bytes_get_data (record->sealed, NULL),
                           g_bytes_get_size (record->sealed), secrets[i], strlen (secrets[i])));
  }
}

/* The length of the sealed bytes says nothing of the donor, nor of the kind. */
static void
test_equal_length (void)
{
  for (guint n = 1; n <= 2; n++) {
    g_autoptr (DcSealer) sealer = fixture_sealer (n);
    gsize length = 0;

    for (guint i = 0; i < 60; i++) {
      g_autoptr (DcPledge) pledge = i < 58 ? dc_test_pledge_new (i * 977 + 1)
                                           : fixture_pledge (i == 58 ? "pledge" : "rich");
      g_autofree char *name = g_strnfill (i, 'n');
      g_autoptr (DcRecord) record = NULL;

      dc_donor_set (pledge->donor, DC_FIELD_FAMILY_NAME, name);
      record = seal_pledge (sealer, (DcKind) (i % 2 == 0 ? DC_KIND_PLEDGE : DC_KIND_DRILL), pledge,
                            i + 1);
      if (i == 0)
        length = g_bytes_get_size (record->sealed);
      g_assert_cmpuint (g_bytes_get_size (record->sealed), ==, length);
    }
    {
      DcEnvelope envelope = fixture_envelope ("withdrawal");
      g_autoptr (DcRecord) record = NULL;

      record = dc_sealer_seal_withdrawal (sealer, &envelope.id, &envelope.about, "2026-12-18",
                                          &fixture_queue, 2, NULL);
      g_assert_cmpuint (g_bytes_get_size (record->sealed), ==, length);
    }
  }
}

static void
test_is_whole (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (7);
  g_autoptr (DcRecord) record = seal_pledge (sealer, DC_KIND_PRACTICE, pledge, 12);
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (GBytes) line = dc_record_to_line (record);
  g_autoptr (DcRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  read = dc_record_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->envelope.kind, ==, DC_KIND_PRACTICE);
  g_assert_true (dc_id_equal (&read->envelope.id, &pledge->id));
  g_assert_true (dc_id_equal (&read->envelope.queue, &fixture_queue));
  g_assert_cmpint (read->envelope.seq, ==, 12);
  g_assert_cmpint (read->envelope.amount.minor, ==, 1807);
  g_assert_cmpmem (read->envelope.tablet, 32, dc_tablet_key_get_public (tablet), 32);
}

static void
test_never_the_same_bytes (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (DcRecord) a = seal_pledge (sealer, DC_KIND_PLEDGE, pledge, 1);
  g_autoptr (DcRecord) b = seal_pledge (sealer, DC_KIND_PLEDGE, pledge, 1);

  g_assert_false (g_bytes_equal (a->sealed, b->sealed));
  g_assert_false (g_bytes_equal (a->envelope_json, b->envelope_json));
}

static void
set_text (char       **field,
          const char  *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
assert_refused (DcPledge   *pledge,
                gint64      seq,
                const char *field)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue, seq, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
  if (strstr (error->message, field) == NULL)
    g_error ("“%s” does not say “%s”", error->message, field);
}

static void
test_errors (void)
{
  g_autofree char *long_shift = g_strnfill (65, 'a');
  const struct
  {
    gsize       offset;
    const char *text;
    const char *field;
  } wrong[] = {
    { G_STRUCT_OFFSET (DcPledge, campaign), "another", " campaign: " },
    { G_STRUCT_OFFSET (DcPledge, campaign), NULL, " campaign: " },
    { G_STRUCT_OFFSET (DcPledge, day), NULL, " day: " },
    { G_STRUCT_OFFSET (DcPledge, day), "2026-02-30", " day: " },
    { G_STRUCT_OFFSET (DcPledge, day), "2026-12-18T00:00", " day: " },
    { G_STRUCT_OFFSET (DcPledge, shift), "a\"b", " shift: " },
    { G_STRUCT_OFFSET (DcPledge, shift), long_shift, " shift: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");

    set_text (&G_STRUCT_MEMBER (char *, pledge, wrong[i].offset), wrong[i].text);
    assert_refused (pledge, 1, wrong[i].field);
  }
}

static void
test_numbers (void)
{
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");

  assert_refused (pledge, 0, " seq: ");
  assert_refused (pledge, DC_MONEY_MAX_MINOR + 1, " seq: ");
  pledge->amount.minor = 0;
  assert_refused (pledge, 1, " amount: ");
}

static void
test_withdrawal_errors (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  DcEnvelope envelope = fixture_envelope ("withdrawal");
  const char *days[] = { NULL, "today", "2026-12-181" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_sealer_seal_withdrawal (sealer, &envelope.id, &envelope.about, days[i],
                                              &fixture_queue, 1, &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
    g_assert_nonnull (strstr (error->message, " day: "));
  }
}

static gpointer
seal_many (gpointer data)
{
  DcSealer *sealer = data;

  for (guint i = 0; i < 50; i++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (i);
    g_autoptr (DcRecord) record = seal_pledge (sealer, DC_KIND_PLEDGE, pledge, i + 1);

    g_assert_cmpint (record->envelope.seq, ==, i + 1);
  }
  dc_sealer_unref (sealer);

  return NULL;
}

static void
test_threads (void)
{
  DcSealer *sealer = fixture_sealer (2);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("seal", seal_many, dc_sealer_ref (sealer));
  dc_sealer_unref (sealer);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/sealer/makes-what-age-opens-with-each-key-alone", test_opens_with_age);
  g_test_add_func ("/sealer/makes-withdrawals-that-age-opens", test_withdrawal_opens_with_age);
  g_test_add_func ("/sealer/makes-what-no-other-key-opens", test_only_recipients_open);
  g_test_add_func ("/sealer/leaves-nothing-of-the-donor-in-clear", test_nothing_in_clear);
  g_test_add_func ("/sealer/gives-ordinary-records-one-length", test_equal_length);
  g_test_add_func ("/sealer/makes-a-whole-record", test_is_whole);
  g_test_add_func ("/sealer/never-makes-the-same-bytes-twice", test_never_the_same_bytes);
  g_test_add_func ("/sealer/refuses-a-wrong-text-and-names-it", test_errors);
  g_test_add_func ("/sealer/refuses-impossible-numbers", test_numbers);
  g_test_add_func ("/sealer/refuses-a-withdrawal-without-a-day", test_withdrawal_errors);
  g_test_add_func ("/sealer/works-from-many-threads", test_threads);

  return g_test_run ();
}
