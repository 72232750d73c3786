/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the office signed for, and what the tablet states. */

#include "dc-store-test.h"

#include <string.h>

typedef struct
{
  guint receipted;
  guint strange;
} Taken;

/* Saves @n pledges and offers them to destination 0. */
static GPtrArray *
hand_over (DcStoreTest *self,
           guint        n)
{
  for (guint i = 0; i < n; i++)
    dc_store_test_must_save (self, i);

  return dc_store_test_must_offer (self);
}

static void
sign_for (GPtrArray *receipts,
          DcRecord  *record)
{
  dc_store_test_receipts_add (receipts, &record->envelope.id, record->envelope.sealed_sha256);
}

static Taken
take (DcStoreTest *self,
      GPtrArray   *receipts)
{
  g_autoptr (GError) error = NULL;
  Taken taken = { 0, 0 };

  dc_store_test_receipt (self, receipts, &taken.receipted, &taken.strange, &error);
  g_assert_no_error (error);

  return taken;
}

static char *
query (DcStoreTest *self,
       const char  *sql)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  char *rows;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, sql);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  return rows;
}

static void
test_exactly_those (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = hand_over (self, 4);
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  g_autoptr (GPtrArray) left = NULL;
  g_autofree char *rows = NULL;
  DcRecord *first = records->pdata[0];
  DcRecord *second = records->pdata[1];
  DcRecord *third = records->pdata[2];
  DcId unknown = dc_store_test_id (99);
  Taken taken;

  dc_store_test_must_deliver (self, 0, &first->envelope.id, DC_VERDICT_NEW, NULL);
  dc_store_test_must_deliver (self, 0, &second->envelope.id, DC_VERDICT_REFUSED, "too old");
  sign_for (receipts, first);
  sign_for (receipts, second);
  dc_store_test_receipts_add (receipts, &third->envelope.id, first->envelope.sealed_sha256);
  dc_store_test_receipts_add (receipts, &unknown, first->envelope.sealed_sha256);

  taken = take (self, receipts);
  g_assert_cmpuint (taken.receipted, ==, 2);
  g_assert_cmpuint (taken.strange, ==, 1);
  rows = query (self, "SELECT state, reason FROM record ORDER BY seq; SELECT * FROM delivery; "
                "SELECT count (*), sum (record.receipt = receipt.sha256) FROM record "
                "JOIN receipt ON record.receipt IS NOT NULL");
  g_assert_cmpstr (rows, ==, "receipted|\nreceipted|\nwaiting|\nwaiting|\n2|2");
  left = dc_store_test_must_offer (self);
  g_assert_cmpuint (left->len, ==, 2);
}

/* The office repeats itself; and no destination is offered what it has. */
static void
test_again_is_nothing (DcStoreTest   *self,
                       gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = hand_over (self, 1);
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  g_autoptr (GPtrArray) offered = NULL;
  g_autofree char *lines = NULL;
  Taken taken;
  guint purged;

  sign_for (receipts, records->pdata[0]);
  g_assert_cmpuint (take (self, receipts).receipted, ==, 1);
  taken = take (self, receipts);
  g_assert_cmpuint (taken.receipted + taken.strange, ==, 0);
  g_assert_true (dc_store_test_purge (self, &purged, NULL));
  g_assert_cmpuint (purged, ==, 1);
  taken = take (self, receipts);
  g_assert_cmpuint (taken.receipted + taken.strange, ==, 0);

  g_assert_true (dc_store_test_begin_run (self, 1, 0, TRUE, NULL, NULL));
  offered = dc_store_test_offer_to (self, 1, 0, NULL, 10, G_MAXSIZE, NULL);
  g_assert_cmpuint (offered->len, ==, 0);
  lines = query (self, "SELECT count (*) FROM receipt");
  g_assert_cmpstr (lines, ==, "1");
}

static void
test_of_another_queue (DcStoreTest   *self,
                       gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = hand_over (self, 1);
  DcId other = dc_store_test_id (7);
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (&other);
  Taken taken;

  sign_for (receipts, records->pdata[0]);
  taken = take (self, receipts);
  g_assert_cmpuint (taken.receipted + taken.strange, ==, 0);
}

/* A tablet that was set back to an old copy of its queue never offered what the
 * office has from it. One that undid it before that must hear of it. */
static void
test_what_never_left (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *rows = NULL;
  DcId undone = dc_store_test_id (1);
  DcRecord *record;
  Taken taken;

  dc_store_test_must_save (self, 0);
  records = dc_store_test_must_offer (self);
  record = records->pdata[0];
  rows = query (self, "UPDATE record SET offered = 0");
  dc_store_test_must_save (self, 1);
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));
  sign_for (receipts, record);
  dc_store_test_receipts_add (receipts, &undone, record->envelope.sealed_sha256);

  taken = take (self, receipts);
  g_assert_cmpuint (taken.receipted, ==, 1);
  g_assert_cmpuint (taken.strange, ==, 1);
}

/* The office has it whole; what the disk made of it here may go. */
static void
test_damaged_here (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = hand_over (self, 2);
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  g_autofree char *rows = NULL;
  Taken taken;

  rows = query (self, "UPDATE record SET sealed = x'00' WHERE seq = 1; "
                "UPDATE record SET envelope = x'00' WHERE seq = 2");
  sign_for (receipts, records->pdata[0]);
  sign_for (receipts, records->pdata[1]);
  taken = take (self, receipts);
  g_assert_cmpuint (taken.receipted, ==, 1);
  g_assert_cmpuint (taken.strange, ==, 1);
}

static void
assert_campaigns (DcStoreTest *self,
                  guint        limit,
                  const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) origins = dc_store_test_origins (self, limit, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < origins->len; i++) {
    const DcOrigin *origin = origins->pdata[i];

    g_assert_true (dc_id_equal (&origin->queue, dc_queue_get_id (self->queue)));
    g_string_append_printf (names, "%s ", origin->campaign);
  }
  g_assert_cmpstr (names->str, ==, expected);
}

/* Of every campaign, until the office has signed for its last record here. */
static void
test_whose_records_are_here (DcStoreTest   *self,
                             gconstpointer  unused)
{
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *rows = NULL;
  DcId refused = dc_store_test_id (1);
  DcId undone = dc_store_test_id (5);

  assert_campaigns (self, 10, "");
  dc_store_test_must_save_for (self, 0, "spring");
  dc_store_test_must_save_for (self, 1, "summer");
  dc_store_test_must_save_for (self, 2, "summer");
  dc_store_test_must_save_for (self, 3, "autumn");
  records = dc_store_test_must_offer (self);
  dc_store_test_must_deliver (self, 0, &refused, DC_VERDICT_REFUSED, "no");
  dc_store_test_must_save_for (self, 4, "spring");
  dc_store_test_must_save_for (self, 5, "never");
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));
  assert_campaigns (self, 10, "spring autumn summer ");
  assert_campaigns (self, 2, "spring autumn ");

  sign_for (receipts, records->pdata[2]);
  sign_for (receipts, records->pdata[3]);
  g_assert_cmpuint (take (self, receipts).receipted, ==, 2);
  assert_campaigns (self, 10, "spring summer ");

  /* What the disk has changed says nothing of anybody. */
  rows = query (self, "UPDATE record SET envelope = x'7b7d' WHERE seq = 2; "
                "UPDATE record SET envelope = x'00' WHERE seq = 5");
  assert_campaigns (self, 10, "spring ");
}

static DcStatementRow *
find_row (DcStatement *statement,
          DcKind       kind,
          DcState      state,
          gboolean     taken_back)
{
  DcStatementRow *found = NULL;

  for (guint i = 0; i < statement->rows->len; i++) {
    DcStatementRow *row = &g_array_index (statement->rows, DcStatementRow, i);

    if (row->kind == kind && row->state == state && row->taken_back == taken_back) {
      g_assert_null (found);
      found = row;
    }
  }

  return found;
}

/* Adds up to what was taken. */
static void
test_states_what_there_is (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = hand_over (self, 4);
  g_autoptr (DcStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  DcId erased = dc_store_test_id (4);
  DcId undone = dc_store_test_id (3);
  DcId delivered = dc_store_test_id (0);
  DcStatementRow *row;

  dc_store_test_must_save (self, 4);
  g_assert_true (dc_store_test_withdraw (self, &erased, NULL));
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));
  dc_store_test_must_deliver (self, 0, &delivered, DC_VERDICT_NEW, NULL);
  g_assert_true (dc_store_test_count_code (self, "2026-12-18", NULL));
  g_assert_true (dc_store_test_count_code (self, "2026-12-19", NULL));

  statement = dc_store_test_statement (self, &error);
  g_assert_no_error (error);
  g_assert_true (dc_id_equal (&statement->origin.queue, dc_queue_get_id (self->queue)));
  g_assert_cmpint (statement->number, ==, 1);
  g_assert_cmpint (statement->max_seq, ==, 6);
  g_assert_cmpint (statement->codes_shown, ==, 2);
  g_assert_cmpuint (statement->set_aside, ==, 0);
  g_assert_cmpuint (statement->rows->len, ==, 5);

  row = find_row (statement, DC_KIND_PLEDGE, DC_STATE_WAITING, FALSE);
  g_assert_cmpint (row->count, ==, 2);
  g_assert_cmpint (row->sum, ==, 1801 + 1802);
  g_assert_cmpstr (row->currency, ==, "CHF");
  g_assert_cmpint (row->frequency, ==, DC_FREQUENCY_MONTHLY);
  row = find_row (statement, DC_KIND_PLEDGE, DC_STATE_WAITING, TRUE);
  g_assert_cmpint (row->count, ==, 1);
  g_assert_cmpint (row->sum, ==, 1803);
  row = find_row (statement, DC_KIND_PLEDGE, DC_STATE_DELIVERED, FALSE);
  g_assert_cmpint (row->sum, ==, 1800);
  row = find_row (statement, DC_KIND_PLEDGE, DC_STATE_WITHDRAWN, FALSE);
  g_assert_cmpint (row->count, ==, 1);
  g_assert_cmpint (row->sum, ==, 0);
  g_assert_cmpstr (row->currency, ==, "");
  g_assert_cmpint (find_row (statement, DC_KIND_WITHDRAWAL, DC_STATE_WAITING, FALSE)->count,
                   ==, 1);
}

/* Each shift is a row, in the order of the letters; none comes first. */
static void
test_states_shifts_apart (DcStoreTest   *self,
                          gconstpointer  unused)
{
  static const char * const shifts[] = { "late-4", NULL, "early-2", "late-4" };
  g_autoptr (DcStatement) statement = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (i);

    pledge->shift = g_strdup (shifts[i]);
    g_assert_true (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, NULL));
  }
  statement = dc_store_test_statement (self, NULL);
  g_assert_cmpuint (statement->rows->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    static const char * const names[] = { "", "early-2", "late-4" };
    static const gint64 sums[] = { 1801, 1802, 1800 + 1803 };
    const DcStatementRow *row = &g_array_index (statement->rows, DcStatementRow, i);

    g_assert_cmpstr (row->shift, ==, names[i]);
    g_assert_cmpint (row->sum, ==, sums[i]);
  }
}

static void
test_numbers_its_statements (DcStoreTest   *self,
                             gconstpointer  unused)
{
  for (gint64 n = 1; n <= 3; n++) {
    g_autoptr (DcStatement) statement = dc_store_test_statement (self, NULL);

    g_assert_cmpint (statement->number, ==, n);
    g_assert_cmpint (statement->max_seq, ==, 0);
    g_assert_cmpuint (statement->rows->len, ==, 0);
    dc_store_test_reopen (self);
  }
}

static void
test_states_what_was_set_aside (DcStoreTest   *self,
                                gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autoptr (DcStatement) statement = NULL;
  g_autofree char *set_aside = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_true (g_file_set_contents (path, "not a database, but it was one", -1, NULL));
  g_assert_true (dc_store_test_open (self->queue, &set_aside, NULL));
  statement = dc_store_test_statement (self, NULL);
  g_assert_cmpuint (statement->set_aside, ==, 1);
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  g_autoptr (GError) receipt = NULL;
  g_autoptr (GError) statement = NULL;
  g_autoptr (GError) origins = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_null (dc_store_test_origins (self, 1, &origins));
  g_assert_error (origins, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_assert_false (dc_store_test_receipt (self, receipts, NULL, NULL, &receipt));
  g_assert_error (receipt, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
  g_assert_null (dc_store_test_statement (self, &statement));
  g_assert_error (statement, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/receipt/is-for-exactly-what-was-opened", test_exactly_those);
  dc_store_test_add ("/receipt/again-changes-nothing", test_again_is_nothing);
  dc_store_test_add ("/receipt/of-another-queue-does-nothing", test_of_another_queue);
  dc_store_test_add ("/receipt/for-what-never-left-is-taken-or-told", test_what_never_left);
  dc_store_test_add ("/receipt/for-what-the-disk-has-changed-is-taken", test_damaged_here);
  dc_store_test_add ("/receipt/is-looked-for-until-all-is-signed-for", test_whose_records_are_here);
  dc_store_test_add ("/receipt/says-when-closed", test_closed_is_an_error);
  dc_store_test_add ("/statement/adds-up", test_states_what_there_is);
  dc_store_test_add ("/statement/tells-shifts-apart", test_states_shifts_apart);
  dc_store_test_add ("/statement/has-a-number-of-its-own", test_numbers_its_statements);
  dc_store_test_add ("/statement/counts-queues-set-aside", test_states_what_was_set_aside);

  return g_test_run ();
}
