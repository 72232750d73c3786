/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include <string.h>

static void
test_saved_is_offered_whole (DcStoreTest   *self,
                             gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (GPtrArray) records = NULL;
  DcRecord *record;

  dc_store_test_must_save (self, 1);

  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_true (dc_id_equal (&record->envelope.id, &pledge->id));
  g_assert_true (dc_id_equal (&record->envelope.queue, dc_queue_get_id (self->queue)));
  g_assert_cmpint (record->envelope.kind, ==, DC_KIND_PLEDGE);
  g_assert_cmpint (record->envelope.seq, ==, 1);
  g_assert_cmpint (record->envelope.amount.minor, ==, pledge->amount.minor);
  g_assert_cmpstr (record->envelope.day, ==, pledge->day);
}

/* The row tells the shift too, for who counts without a key. */
static void
test_row_has_the_shift (DcStoreTest   *self,
                        gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *shifts = NULL;

  g_clear_pointer (&pledge->shift, g_free);
  pledge->shift = g_strdup ("late-4");
  g_assert_true (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, NULL));
  g_clear_pointer (&pledge, dc_pledge_unref);
  pledge = dc_test_pledge_new (2);
  g_clear_pointer (&pledge->shift, g_free);
  g_assert_true (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, NULL));

  g_assert_true (dc_store_test_close (self->queue, NULL));
  shifts = dc_store_test_query (path, "SELECT group_concat (quote (shift)) FROM record");
  g_assert_cmpstr (shifts, ==, "'late-4',NULL");
}

static void
test_twice_is_once (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;

  for (guint i = 0; i < 3; i++)
    dc_store_test_must_save (self, 1);
  dc_store_test_must_save (self, 2);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 2);
  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpint (((DcRecord *) records->pdata[1])->envelope.seq, ==, 2);
}

static void
test_withdrawn_is_not_taken_again (DcStoreTest   *self,
                                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));

  g_assert_false (dc_store_test_save (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION);
}

static void
test_another_kind_is_refused (DcStoreTest   *self,
                              gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_save_pledge (self, DC_KIND_PRACTICE, pledge, NULL));

  g_assert_false (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
}

static void
test_kinds_that_are_no_pledge (DcStoreTest   *self,
                               gconstpointer  unused)
{
  static const DcKind kinds[] = { DC_KIND_WITHDRAWAL, DC_KIND_CORRECTION };
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_store_test_save_pledge (self, kinds[i], pledge, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  }
}

/* A pledge for another campaign than the sealer's cannot be sealed. */
static void
test_unsealable_leaves_nothing (DcStoreTest   *self,
                                gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  DcRecord *record;

  g_free (pledge->campaign);
  pledge->campaign = g_strdup ("another");
  g_assert_false (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_SEAL);
  g_assert_nonnull (strstr (error->message, "dc-"));   /* why: by domain and code alone */

  /* Neither a row nor a number is used up. */
  dc_store_test_must_save (self, 2);
  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpint (record->envelope.seq, ==, 1);
}

/* Whatever the sealer says about a field, the donor is not in the message. */
static void
test_errors_name_no_donor (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autofree char *long_name = g_strnfill (200000, 'q');
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (GError) error = NULL;

  dc_donor_set (pledge->donor, DC_FIELD_FIRST_NAME, long_name);
  g_assert_false (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_SEAL);
  g_assert_null (strstr (error->message, "qqq"));
  g_assert_null (strstr (error->message, "posteo"));
}

static void
test_no_plaintext_on_disk (DcStoreTest   *self,
                           gconstpointer  unused)
{
  static const char * const secrets[] = { "Ana1", "ana1@posteo.ch", "RF46000000000K" };
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);

  dc_store_test_must_save (self, 1);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    gsize size = strlen (secrets[i]);

    g_assert_false (dc_store_test_on_disk (self->directory, secrets[i], size));
  }

  /* The search itself finds what is there. */
  g_assert_true (dc_store_test_on_disk (self->directory, pledge->id.bytes,
                                        sizeof pledge->id.bytes));
}

static void
test_numbers_are_never_used_twice (DcStoreTest   *self,
                                   gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  DcRecord *record;
  DcId id;

  dc_store_test_must_save (self, 1);
  dc_store_test_must_save (self, 2);
  id = dc_store_test_id (2);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  dc_store_test_reopen (self);
  dc_store_test_must_save (self, 3);

  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 2);
  record = records->pdata[1];
  g_assert_cmpint (record->envelope.seq, ==, 3);
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_false (dc_store_test_save (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

static void
count_down (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  guint *left = data;

  dc_queue_save_finish (DC_QUEUE (source), result, &error);
  g_assert_no_error (error);
  (*left)--;
}

static void
test_many_at_once (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  guint left = 50;

  for (guint n = 0; n < 50; n++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);

    dc_queue_save_async (self->queue, DC_KIND_PLEDGE, pledge, self->sealer,
                         count_down, &left);
  }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 50);
}

static void
test_undone_after_it_left (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  records = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  g_assert_false (dc_store_test_save (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION);
}

/* A withdrawal that has not left cannot be erased: it stands for another. */
static void
test_withdrawal_is_not_erased (DcStoreTest   *self,
                               gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  records = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  text = dc_store_test_query (path, "SELECT lower (hex (withdrawn_by)) FROM record "
                              "WHERE withdrawn_by IS NOT NULL");
  dc_store_test_open (self->queue, NULL, &error);
  g_assert_no_error (error);

  g_strstrip (text);
  for (guint i = 0; i < sizeof id.bytes; i++)
    id.bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4
                            | g_ascii_xdigit_value (text[2 * i + 1]));
  g_assert_false (dc_store_test_move (self, &id, DC_STATE_WITHDRAWN, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/queue/save/can-be-offered-whole", test_saved_is_offered_whole);
  dc_store_test_add ("/queue/save/row-has-the-shift", test_row_has_the_shift);
  dc_store_test_add ("/queue/save/twice-is-once", test_twice_is_once);
  dc_store_test_add ("/queue/save/does-not-take-back-what-was-withdrawn",
                     test_withdrawn_is_not_taken_again);
  dc_store_test_add ("/queue/save/refuses-an-id-of-another-kind", test_another_kind_is_refused);
  dc_store_test_add ("/queue/save/refuses-kinds-that-are-no-pledge",
                     test_kinds_that_are_no_pledge);
  dc_store_test_add ("/queue/save/leaves-nothing-of-what-cannot-be-sealed",
                     test_unsealable_leaves_nothing);
  dc_store_test_add ("/queue/save/names-no-donor-in-an-error", test_errors_name_no_donor);
  dc_store_test_add ("/queue/save/writes-no-plaintext", test_no_plaintext_on_disk);
  dc_store_test_add ("/queue/save/never-uses-a-number-twice", test_numbers_are_never_used_twice);
  dc_store_test_add ("/queue/save/says-when-closed", test_closed_is_an_error);
  dc_store_test_add ("/queue/save/takes-many-at-once", test_many_at_once);
  dc_store_test_add ("/queue/save/refuses-what-was-undone-after-it-left", test_undone_after_it_left);
  dc_store_test_add ("/queue/save/erases-no-withdrawal", test_withdrawal_is_not_erased);

  return g_test_run ();
}
