/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-shim-vfs.h"

#include <sqlite3.h>
#include <string.h>

/* The bytes of record @n as they lie in the database; the queue is opened
 * again around the look. */
static GBytes *
read_column (DcStoreTest *self,
             guint        n,
             const char  *column)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  DcId id = dc_store_test_id (n);
  char text[DC_ID_TEXT_SIZE];
  g_autofree char *sql = NULL;
  g_autofree char *hex = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  dc_id_to_text (&id, text);
  sql = g_strdup_printf ("SELECT hex (%s) FROM record WHERE id = x'%s'", column, text);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  hex = dc_store_test_query (path, sql);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  for (gsize i = 0; hex[i] != '\0'; i += 2) {
    guint8 byte = (guint8) (g_ascii_xdigit_value (hex[i]) << 4
                            | g_ascii_xdigit_value (hex[i + 1]));

    g_byte_array_append (bytes, &byte, 1);
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Whether any 24 bytes of @bytes, at any multiple of 8, are on disk. */
static gboolean
any_piece_on_disk (DcStoreTest *self,
                   GBytes      *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, >, 24);
  for (gsize at = 0; at + 24 <= size; at += 8) {
    if (dc_store_test_on_disk (self->directory, data + at, 24))
      return TRUE;
  }

  return FALSE;
}

static char *
read_row (DcStoreTest *self,
          guint        n)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  DcId id = dc_store_test_id (n);
  char text[DC_ID_TEXT_SIZE];
  g_autofree char *sql = NULL;

  dc_id_to_text (&id, text);
  sql = g_strdup_printf ("SELECT kind, state, offered, day, amount, currency, frequency, "
                         "signature, envelope, sealed, receipt "
                         "FROM record WHERE id = x'%s'", text);
  g_assert_true (dc_store_test_close (self->queue, NULL));

  return dc_store_test_query (path, sql);
}

static char *
read_state (DcStoreTest *self,
            guint        n)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  DcId id = dc_store_test_id (n);
  char text[DC_ID_TEXT_SIZE];
  g_autofree char *sql = NULL;
  g_autofree char *row = NULL;

  dc_id_to_text (&id, text);
  sql = g_strdup_printf ("SELECT state, offered FROM record WHERE id = x'%s'", text);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  row = dc_store_test_query (path, sql);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  return g_steal_pointer (&row);
}

static void
test_never_offered_is_erased (DcStoreTest   *self,
                              gconstpointer  unused)
{
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *row = NULL;
  DcId id = dc_store_test_id (2);

  for (guint n = 1; n <= 3; n++)
    dc_store_test_must_save (self, n);
  sealed = read_column (self, 2, "sealed");
  signature = read_column (self, 2, "signature");
  g_assert_true (any_piece_on_disk (self, sealed));

  g_assert_true (dc_store_test_withdraw (self, &id, NULL));

  /* At once, and before the queue is closed: in the file and the journal. The
   * age header of another record is not of this one, so pieces are random. */
  g_assert_false (any_piece_on_disk (self, signature));
  g_assert_false (dc_store_test_on_disk (self->directory,
                                         (const guint8 *) g_bytes_get_data (sealed, NULL) + 400,
                                         g_bytes_get_size (sealed) - 400));
  row = read_row (self, 2);
  g_assert_cmpstr (row, ==, "pledge|withdrawn|0|2026-12-18|||||||");
}

/* SQLite moves rows between pages and need not wipe where they lay. Among
 * many rows that grow, shrink and go, the erased leave nothing behind. */
static void
test_no_copy_stays_behind (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GPtrArray) erased = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *waiting = g_new0 (char, 120);

  for (guint n = 0; n < 120; n++) {
    DcId changed = dc_store_test_id ((guint) g_test_rand_int_range (0, (gint) n + 1));

    dc_store_test_must_save (self, n);
    dc_store_test_move (self, &changed, (DcState) g_test_rand_int_range (0, 4), NULL);
  }

  for (guint n = 0; n < 120; n++) {
    g_autofree char *state = read_state (self, n);

    waiting[n] = g_str_equal (state, "waiting|0");
    if (waiting[n])
      g_ptr_array_add (erased, read_column (self, n, "signature"));
  }
  g_assert_cmpuint (erased->len, >, 10);

  for (guint n = 0; n < 120; n++) {
    DcId id = dc_store_test_id (n);

    if (waiting[n])
      g_assert_true (dc_store_test_withdraw (self, &id, NULL));
    if (n % 10 == 0)
      g_assert_true (dc_store_test_purge (self, NULL, NULL));
  }

  for (guint i = 0; i < erased->len; i++)
    g_assert_false (any_piece_on_disk (self, erased->pdata[i]));
}

static void
test_offered_gets_a_sealed_withdrawal (DcStoreTest   *self,
                                       gconstpointer  unused)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcRecord *withdrawal;
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  before = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));

  after = dc_store_test_must_offer (self);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_true (g_bytes_equal (((DcRecord *) before->pdata[0])->sealed,
                                ((DcRecord *) after->pdata[0])->sealed));
  withdrawal = after->pdata[1];
  g_assert_cmpint (withdrawal->envelope.kind, ==, DC_KIND_WITHDRAWAL);
  g_assert_true (withdrawal->envelope.has_about);
  g_assert_true (dc_id_equal (&withdrawal->envelope.about, &id));
  g_assert_false (dc_id_equal (&withdrawal->envelope.id, &id));
  g_assert_cmpint (withdrawal->envelope.seq, ==, 2);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->taken, ==, 1);
  g_assert_cmpuint (tally->by_state[DC_STATE_WAITING], ==, 1);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 1);
  g_assert_cmpuint (tally->taken_on_day, ==, 0);
  g_assert_cmpuint (tally->withdrawn_on_day, ==, 1);
  g_assert_cmpuint (tally->sums->len, ==, 0);
}

/* Whatever state a record that left is in. */
static void
test_every_state_that_left (DcStoreTest   *self,
                            gconstpointer  unused)
{
  static const DcState states[] = {
    DC_STATE_DELIVERED, DC_STATE_REFUSED, DC_STATE_RECEIPTED,
  };
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    DcId id = dc_store_test_id (i);

    dc_store_test_must_save (self, i);
    g_assert_true (dc_store_test_move (self, &id, states[i], NULL));
    g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  }

  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 3);
  tally = dc_store_test_tally (self);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert_cmpuint (tally->by_state[states[i]], ==, 1);
  g_assert_cmpuint (tally->withdrawn_on_day, ==, 3);
}

static void
test_twice_is_once (DcStoreTest   *self,
                    gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcId left = dc_store_test_id (1);
  DcId stayed = dc_store_test_id (2);

  dc_store_test_must_save (self, 1);
  offered = dc_store_test_must_offer (self);
  dc_store_test_must_save (self, 2);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (dc_store_test_withdraw (self, &left, NULL));
    g_assert_true (dc_store_test_withdraw (self, &stayed, NULL));
  }

  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 2);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 1);
  g_assert_cmpuint (tally->by_state[DC_STATE_WITHDRAWN], ==, 1);
}

static void
test_unknown_is_not_found (DcStoreTest   *self,
                           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  g_assert_false (dc_store_test_withdraw (self, &id, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND);
}

static void
test_a_withdrawal_stays (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);
  DcRecord *withdrawal;

  dc_store_test_must_save (self, 1);
  offered = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  records = dc_store_test_must_offer (self);
  withdrawal = records->pdata[1];

  g_assert_false (dc_store_test_withdraw (self, &withdrawal->envelope.id, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_TRANSITION);
}

static void
test_days_are_checked (DcStoreTest   *self,
                       gconstpointer  unused)
{
  static const char * const days[] = {
    NULL, "", "2026-12-1", "2026-12-180", "2026/12/18", "2026-1a-18", "18 Dec 2026",
  };
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    DcTestWait wait = { NULL };
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    dc_queue_withdraw_async (self->queue, &id, days[i], self->sealer,
                             dc_test_wait_ready, &wait);
    result = dc_test_wait_take (&wait);
    g_assert_false (dc_queue_withdraw_finish (self->queue, result, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
  }
}

/* The journal cannot be cut: the withdrawal stands, and the cut comes with
 * the next call. */
static void
test_stands_where_the_journal_does_not_go (DcStoreTest   *self,
                                           gconstpointer  unused)
{
  g_autofree char *journal = dc_store_test_path (self, "queue/queue.db-wal");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcId id = dc_store_test_id (1);
  gsize size;

  dc_store_test_must_save (self, 1);
  dc_shim_vfs_reset ();
  dc_shim_vfs_fail (DC_SHIM_WRITE, "queue.db", 0, TRUE, SQLITE_FULL);
  g_assert_true (dc_store_test_withdraw (self, &id, NULL));
  g_assert_cmpuint (dc_shim_vfs_faults (), >, 0);
  g_assert_true (g_file_get_contents (journal, &before, &size, NULL));
  g_assert_cmpuint (size, >, 0);

  dc_shim_vfs_reset ();
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_WITHDRAWN], ==, 1);
  g_assert_true (g_file_get_contents (journal, &after, &size, NULL));
  g_assert_cmpuint (size, ==, 0);
}

static void
test_practice_is_undone_too (DcStoreTest   *self,
                             gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autofree char *row = NULL;

  g_assert_true (dc_store_test_save_pledge (self, DC_KIND_PRACTICE, pledge, NULL));
  g_assert_true (dc_store_test_withdraw (self, &pledge->id, NULL));

  row = read_row (self, 1);
  g_assert_cmpstr (row, ==, "practice|withdrawn|0|2026-12-18|||||||");
}

/* The number after the last that an envelope takes. */
static void
test_unsealable (DcStoreTest   *self,
                 gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;
  g_autoptr (GError) error = NULL;
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  records = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "UPDATE sqlite_sequence SET seq = 9007199254740992");
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));

  g_assert_false (dc_store_test_withdraw (self, &id, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_SEAL);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_WAITING], ==, 1);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dc_shim_vfs_install ();

  dc_store_test_add ("/queue/withdraw/erases-what-was-never-offered",
                     test_never_offered_is_erased);
  dc_store_test_add ("/queue/withdraw/leaves-no-copy-on-another-page",
                     test_no_copy_stays_behind);
  dc_store_test_add ("/queue/withdraw/queues-a-sealed-withdrawal-of-what-was-offered",
                     test_offered_gets_a_sealed_withdrawal);
  dc_store_test_add ("/queue/withdraw/that-cannot-be-sealed-changes-nothing", test_unsealable);
  dc_store_test_add ("/queue/withdraw/works-in-every-state-that-left",
                     test_every_state_that_left);
  dc_store_test_add ("/queue/withdraw/twice-is-once", test_twice_is_once);
  dc_store_test_add ("/queue/withdraw/says-when-there-is-no-such-record",
                     test_unknown_is_not_found);
  dc_store_test_add ("/queue/withdraw/does-not-undo-a-withdrawal", test_a_withdrawal_stays);
  dc_store_test_add ("/queue/withdraw/checks-the-day", test_days_are_checked);
  dc_store_test_add ("/queue/withdraw/stands-where-the-journal-cannot-be-cut",
                     test_stands_where_the_journal_does_not_go);
  dc_store_test_add ("/queue/withdraw/undoes-practice-too", test_practice_is_undone_too);

  return g_test_run ();
}
