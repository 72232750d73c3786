/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-outbox.h"

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-tablet-key.h"
#include "dc-test.h"

static DcTabletKey *key;

/* Whole and signed; what is sealed in it is no matter here. */
static DcRecord *
make_record (gint64      seq,
             const char *campaign)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new ((guint) seq);
  DcEnvelope envelope = { .kind = DC_KIND_PLEDGE, .id = pledge->id, .seq = seq, .has_amount = TRUE,
                          .amount = pledge->amount, .frequency = pledge->frequency,
                          .day = "2026-12-18" };
  g_autoptr (GBytes) sealed = g_bytes_new_take (g_strdup_printf ("%0*d", 1000, (int) seq), 1000);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;
  DcRecord *record;
  guint8 signature[64];

  g_strlcpy (envelope.campaign, campaign, sizeof envelope.campaign);
  memcpy (envelope.tablet, dc_tablet_key_get_public (key), 32);
  dc_crypto_sha256 (g_bytes_get_data (sealed, NULL), 1000, envelope.sealed_sha256);
  json = dc_envelope_to_json (&envelope);
  message = dc_envelope_signed_bytes (json);
  dc_tablet_key_sign (key, g_bytes_get_data (message, NULL), g_bytes_get_size (message), signature);
  record = dc_record_new (json, signature, sealed, &error);
  g_assert_no_error (error);

  return record;
}

static GPtrArray *
make_records (guint n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);

  for (guint i = 1; i <= n; i++)
    g_ptr_array_add (records, make_record (i, "day"));

  return records;
}

static guint
count_in (GBytes *bundle)
{
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (bundle, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_auto (DcBundleItem) item = { 0 };
  guint n = 0;

  while (dc_bundle_reader_next (reader, &item)) {
    g_assert_cmpint (item.found, ==, DC_BUNDLE_RECORD);
    dc_bundle_item_clear (&item);
    n++;
  }

  return n;
}

static guint
next (DcOutbox *outbox,
      gsize     size)
{
  DcOrigin origin;
  g_autoptr (GBytes) bundle = dc_outbox_next (outbox, size, &origin);

  return count_in (bundle);
}

static GPtrArray *
answers_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
}

static void
answer (GPtrArray *answers,
        DcRecord  *record,
        DcVerdict  verdict)
{
  g_ptr_array_add (answers, dc_delivery_new (&record->envelope.id, verdict,
                                             verdict == DC_VERDICT_REFUSED ? "why" : NULL));
}

static const DcDelivery *
verdict_on (GPtrArray *verdicts,
            DcRecord  *record)
{
  const DcDelivery *found = NULL;

  for (guint i = 0; i < verdicts->len; i++) {
    const DcDelivery *verdict = verdicts->pdata[i];

    if (dc_id_equal (&verdict->id, &record->envelope.id)) {
      g_assert_null (found);
      found = verdict;
    }
  }
  g_assert_nonnull (found);

  return found;
}

static void
test_cuts_by_size (void)
{
  g_autoptr (DcOutbox) outbox = dc_outbox_new ();
  g_autoptr (GPtrArray) records = make_records (200);

  dc_outbox_fill (outbox, records);
  g_assert_cmpuint (next (outbox, 1), ==, 1);
  g_assert_cmpuint (next (outbox, 8 * 1024), >=, 3);
  g_assert_cmpuint (next (outbox, 8 * 1024), <=, 8);
  g_assert_cmpuint (next (outbox, G_MAXSIZE), <, 200);   /* 256 KiB */
  g_assert_cmpuint (next (outbox, G_MAXSIZE), >, 100);
}

static void
test_one_origin_a_bundle (void)
{
  g_autoptr (DcOutbox) outbox = dc_outbox_new ();
  g_autoptr (GPtrArray) records = make_records (2);
  g_autoptr (GPtrArray) none = answers_new ();
  g_autoptr (GBytes) bundle = NULL;
  DcOrigin origin;

  g_ptr_array_add (records, make_record (3, "next-day"));
  dc_outbox_fill (outbox, records);
  g_assert_cmpuint (next (outbox, G_MAXSIZE), ==, 2);
  g_ptr_array_unref (dc_outbox_answered (outbox, none));
  bundle = dc_outbox_next (outbox, G_MAXSIZE, &origin);
  g_assert_cmpuint (count_in (bundle), ==, 1);
  g_assert_cmpstr (origin.campaign, ==, "next-day");
  g_assert_cmpmem (origin.tablet, 32, dc_tablet_key_get_public (key), 32);
}

static void
test_verdicts_go_by_id (void)
{
  g_autoptr (DcOutbox) outbox = dc_outbox_new ();
  g_autoptr (GPtrArray) records = make_records (4);
  g_autoptr (DcRecord) stranger = make_record (9, "day");
  g_autoptr (GPtrArray) answers = answers_new ();
  g_autoptr (GPtrArray) verdicts = NULL;

  dc_outbox_fill (outbox, records);
  next (outbox, G_MAXSIZE);
  answer (answers, stranger, DC_VERDICT_NEW);
  answer (answers, records->pdata[3], DC_VERDICT_REFUSED);
  answer (answers, records->pdata[2], DC_VERDICT_DIFFERS);
  answer (answers, records->pdata[0], DC_VERDICT_SAME);
  answer (answers, records->pdata[1], DC_VERDICT_NEW);
  verdicts = dc_outbox_answered (outbox, answers);

  g_assert_cmpuint (verdicts->len, ==, 4);
  g_assert_cmpint (verdict_on (verdicts, records->pdata[0])->verdict, ==, DC_VERDICT_SAME);
  g_assert_cmpint (verdict_on (verdicts, records->pdata[1])->verdict, ==, DC_VERDICT_NEW);
  g_assert_cmpint (verdict_on (verdicts, records->pdata[2])->verdict, ==, DC_VERDICT_DIFFERS);
  g_assert_cmpint (verdict_on (verdicts, records->pdata[3])->verdict, ==, DC_VERDICT_REFUSED);
  g_assert_cmpstr (verdict_on (verdicts, records->pdata[3])->reason, ==, "why");
  g_assert_true (dc_outbox_is_empty (outbox));
  g_assert_cmpint (dc_outbox_get_doubt (outbox), ==, 0);
}

static void
test_silence_and_contradiction_are_doubt (void)
{
  g_autoptr (DcOutbox) outbox = dc_outbox_new ();
  g_autoptr (GPtrArray) records = make_records (4);
  g_autoptr (GPtrArray) answers = answers_new ();
  g_autoptr (GPtrArray) verdicts = NULL;

  dc_outbox_fill (outbox, records);
  next (outbox, G_MAXSIZE);
  answer (answers, records->pdata[0], DC_VERDICT_NEW);
  answer (answers, records->pdata[0], DC_VERDICT_SAME);      /* twice, and both say that it is there */
  answer (answers, records->pdata[2], DC_VERDICT_NEW);
  answer (answers, records->pdata[2], DC_VERDICT_REFUSED);
  answer (answers, records->pdata[3], DC_VERDICT_RETRY);
  verdicts = dc_outbox_answered (outbox, answers);

  g_assert_cmpint (verdict_on (verdicts, records->pdata[0])->verdict, <=, DC_VERDICT_SAME);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (verdict_on (verdicts, records->pdata[i])->verdict, ==, DC_VERDICT_RETRY);
  g_assert_cmpint (dc_outbox_get_doubt (outbox), ==, 2);
  dc_outbox_clear_doubt (outbox);
  g_assert_cmpint (dc_outbox_get_doubt (outbox), ==, 0);
}

/* Whatever the places of the bad ones: they alone are refused, in about as many requests
 * as it says. */
static void
test_bisects (void)
{
  const guint n = 64;
  g_autoptr (GPtrArray) records = make_records (n);

  for (guint bad = 0; bad < n; bad += 7) {
    g_autoptr (DcOutbox) outbox = dc_outbox_new ();
    guint requests = 0;
    guint refused = 0;
    guint taken = 0;
    guint at = 0;

    dc_outbox_fill (outbox, records);
    while (!dc_outbox_is_empty (outbox)) {
      guint size = next (outbox, 50 * 1024);
      g_autoptr (GPtrArray) verdicts = NULL;
      g_autoptr (GPtrArray) none = answers_new ();

      requests++;
      if (bad >= at && bad < at + size) {
        verdicts = dc_outbox_rejected (outbox, "413");
        if (verdicts == NULL)
          continue;
        g_assert_cmpuint (at, ==, bad);
        g_assert_cmpint (verdict_on (verdicts, records->pdata[bad])->verdict, ==, DC_VERDICT_REFUSED);
        g_assert_cmpstr (verdict_on (verdicts, records->pdata[bad])->reason, ==, "413");
        refused++;
      } else {
        verdicts = dc_outbox_answered (outbox, none);
        taken += verdicts->len;
      }
      at += verdicts->len;
    }
    g_assert_cmpuint (refused, ==, 1);
    g_assert_cmpuint (taken, ==, n - 1);
    g_assert_cmpuint (requests, <, 20);
  }
}

/* In halves too; it alone is unknown, and the first to be looked at again. */
static void
test_doubts_by_halves (void)
{
  const guint n = 8;
  const guint bad = 5;
  g_autoptr (GPtrArray) records = make_records (n);
  g_autoptr (DcOutbox) outbox = dc_outbox_new ();
  guint at = 0;

  dc_outbox_fill (outbox, records);
  while (!dc_outbox_is_empty (outbox)) {
    guint size = next (outbox, 50 * 1024);
    g_autoptr (GPtrArray) verdicts = NULL;
    g_autoptr (GPtrArray) answers = answers_new ();

    if (bad >= at && bad < at + size) {
      verdicts = dc_outbox_doubted (outbox);
      g_assert_cmpint (verdicts != NULL, ==, size == 1);
    } else {
      for (guint i = at; i < at + size; i++)
        answer (answers, records->pdata[i], DC_VERDICT_NEW);
      verdicts = dc_outbox_answered (outbox, answers);
    }
    for (guint i = 0; verdicts != NULL && i < verdicts->len; i++, at++)
      g_assert_cmpint (verdict_on (verdicts, records->pdata[at])->verdict, ==,
                       at == bad ? DC_VERDICT_RETRY : DC_VERDICT_NEW);
  }
  g_assert_cmpuint (at, ==, n);
  g_assert_cmpint (dc_outbox_get_doubt (outbox), ==,
                   ((DcRecord *) records->pdata[bad])->envelope.seq);
}

int
main (int    argc,
      char **argv)
{
  const guint8 seed[32] = { 7 };
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  key = dc_tablet_key_from_seed (seed);

  g_test_add_func ("/outbox/cuts-by-size", test_cuts_by_size);
  g_test_add_func ("/outbox/one-origin-a-bundle", test_one_origin_a_bundle);
  g_test_add_func ("/outbox/verdicts-go-by-id-and-not-by-place", test_verdicts_go_by_id);
  g_test_add_func ("/outbox/silence-and-contradiction-are-doubt", test_silence_and_contradiction_are_doubt);
  g_test_add_func ("/outbox/finds-the-one-to-blame", test_bisects);
  g_test_add_func ("/outbox/doubts-by-halves", test_doubts_by_halves);

  status = g_test_run ();
  g_clear_pointer (&key, dc_tablet_key_unref);

  return status;
}
