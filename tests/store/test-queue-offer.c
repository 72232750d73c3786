/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include <string.h>

static void
test_oldest_first (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  /* By number: the clock of these pledges runs backwards. */
  for (guint n = 10; n > 0; n--) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);

    pledge->time.utc_us = n;
    g_assert_true (dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, NULL));
  }

  records = dc_store_test_offer (self, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    DcRecord *record = records->pdata[i];

    g_assert_cmpint (record->envelope.seq, ==, i + 1);
  }
}

static void
test_empty_and_none (DcStoreTest   *self,
                     gconstpointer  unused)
{
  g_autoptr (GPtrArray) empty = dc_store_test_must_offer (self);
  g_autoptr (GPtrArray) none = NULL;

  g_assert_cmpuint (empty->len, ==, 0);
  dc_store_test_must_save (self, 1);
  none = dc_store_test_offer (self, 0, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* The mark is on disk before the answer: a process that dies with the bytes
 * in its hand finds it. */
static void
test_mark_is_committed (DcStoreTest   *self,
                        gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (guint n = 0; n < 3; n++)
    dc_store_test_must_save (self, n);
  records = dc_store_test_offer (self, 2, NULL);
  g_assert_cmpuint (records->len, ==, 2);

  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "SELECT seq, offered, state FROM record ORDER BY seq");
  g_assert_cmpstr (rows, ==, "1|1|waiting\n2|1|waiting\n3|0|waiting");
}

static void
test_only_what_waits (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) records = NULL;
  DcId ids[4];
  DcId undone;

  for (guint n = 0; n < 4; n++) {
    ids[n] = dc_store_test_id (n);
    dc_store_test_must_save (self, n);
  }
  offered = dc_store_test_must_offer (self);
  dc_store_test_must_deliver (self, 0, &ids[1], DC_VERDICT_NEW, NULL);
  dc_store_test_must_deliver (self, 0, &ids[2], DC_VERDICT_REFUSED, "too old");
  g_assert_true (dc_store_test_move (self, &ids[3], DC_STATE_RECEIPTED, NULL));
  undone = dc_store_test_id (4);
  dc_store_test_must_save (self, 4);
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));

  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpint (((DcRecord *) records->pdata[0])->envelope.seq, ==, 1);
}

static void
test_the_same_bytes_every_time (DcStoreTest   *self,
                                gconstpointer  unused)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) again = NULL;
  DcId id = dc_store_test_id (1);

  dc_store_test_must_save (self, 1);
  first = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_move (self, &id, DC_STATE_DELIVERED, NULL));
  g_assert_true (dc_store_test_move (self, &id, DC_STATE_WAITING, NULL));
  dc_store_test_reopen (self);
  again = dc_store_test_must_offer (self);

  g_assert_cmpuint (again->len, ==, 1);
  g_assert_true (g_bytes_equal (((DcRecord *) first->pdata[0])->envelope_json,
                                ((DcRecord *) again->pdata[0])->envelope_json));
  g_assert_true (g_bytes_equal (((DcRecord *) first->pdata[0])->sealed,
                                ((DcRecord *) again->pdata[0])->sealed));
  g_assert_cmpmem (((DcRecord *) first->pdata[0])->signature, 64,
                   ((DcRecord *) again->pdata[0])->signature, 64);
}

/* A changed value is nothing to integrity_check. */
static void
damage_record (DcStoreTest *self,
               guint        seq,
               const char  *harm)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *sql = NULL;
  g_autofree char *rows = NULL;

  sql = g_strdup_printf ("UPDATE record SET %s WHERE seq = %u", harm, seq);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, sql);
  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
}

static const char * const harm[] = {
  "envelope = CAST (x'00' || substr (envelope, 2) AS BLOB)",
  "sealed = CAST (x'00' || substr (sealed, 2) AS BLOB)",
  "signature = CAST (substr (signature, 1, 63) || x'ff' AS BLOB)",
  "id = x'00112233445566778899aabbccddeeff'",
  "seq = 100",
};

static void
test_a_damaged_record_holds_no_other (DcStoreTest   *self,
                                      gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;

  for (guint n = 0; n < 7; n++)
    dc_store_test_must_save (self, n);
  for (guint i = 0; i < G_N_ELEMENTS (harm); i++)
    damage_record (self, i + 2, harm[i]);

  records = dc_store_test_must_offer (self);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpint (((DcRecord *) records->pdata[0])->envelope.seq, ==, 1);
  g_assert_cmpint (((DcRecord *) records->pdata[1])->envelope.seq, ==, 7);

  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_REFUSED], ==, 5);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "SELECT reason, offered FROM record WHERE seq = 3");
  g_assert_cmpstr (rows, ==, "damaged|0");
}

static GPtrArray *
read_ahead (DcStoreTest *self,
            guint        limit)
{
  DcId id = dc_store_test_destination (0);
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  g_assert_true (dc_store_test_begin_run (self, 0, 0, FALSE, NULL, NULL));
  dc_queue_read_ahead_async (self->queue, &id, 0, limit, G_MAXSIZE, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  records = dc_queue_read_ahead_finish (self->queue, result, &error);
  g_assert_no_error (error);

  return records;
}

static GPtrArray *
offer_known (DcStoreTest *self,
             GPtrArray   *known)
{
  DcId id = dc_store_test_destination (0);
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  dc_queue_offer_async (self->queue, &id, 0, NULL, 100, G_MAXSIZE, known, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  records = dc_queue_offer_finish (self->queue, result, &error);
  g_assert_no_error (error);

  return records;
}

/* What was only read can still be undone without a trace, and then does not go. */
static void
test_reading_ahead_marks_nothing (DcStoreTest   *self,
                                  gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *rows = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) records = NULL;
  DcId undone = dc_store_test_id (1);

  for (guint n = 0; n < 4; n++)
    dc_store_test_must_save (self, n);
  known = read_ahead (self, 3);
  g_assert_cmpuint (known->len, ==, 3);
  g_assert_true (dc_store_test_withdraw (self, &undone, NULL));
  g_assert_true (dc_store_test_close (self->queue, NULL));
  rows = dc_store_test_query (path, "SELECT seq, offered, state FROM record ORDER BY seq");
  g_assert_cmpstr (rows, ==, "1|0|waiting\n2|0|withdrawn\n3|0|waiting\n4|0|waiting");

  g_assert_true (dc_store_test_open (self->queue, NULL, NULL));
  records = offer_known (self, known);
  g_assert_cmpuint (records->len, ==, 3);
  g_assert_true (records->pdata[0] == known->pdata[0]);   /* not read once more */
  g_assert_true (records->pdata[1] == known->pdata[2]);
  g_assert_cmpint (((DcRecord *) records->pdata[2])->envelope.seq, ==, 4);
}

static void
test_damaged_since_it_was_read (DcStoreTest   *self,
                                gconstpointer  unused)
{
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (DcTally) tally = NULL;

  for (guint n = 0; n < 7; n++)
    dc_store_test_must_save (self, n);
  known = read_ahead (self, 100);
  g_assert_cmpuint (known->len, ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (harm); i++)
    damage_record (self, i + 2, harm[i]);

  records = offer_known (self, known);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_true (records->pdata[0] == known->pdata[0]);
  g_assert_true (records->pdata[1] == known->pdata[6]);
  tally = dc_store_test_tally (self);
  g_assert_cmpuint (tally->by_state[DC_STATE_REFUSED], ==, 5);
}

static void
test_reading_ahead_passes_over_what_is_damaged (DcStoreTest   *self,
                                                gconstpointer  unused)
{
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (DcTally) tally = NULL;

  for (guint n = 0; n < 3; n++)
    dc_store_test_must_save (self, n);
  damage_record (self, 2, harm[0]);
  known = read_ahead (self, 100);
  g_assert_cmpuint (known->len, ==, 2);
  tally = dc_store_test_tally (self);   /* the offer says so, not this */
  g_assert_cmpuint (tally->by_state[DC_STATE_REFUSED], ==, 0);
}

static void
test_closed_is_an_error (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  g_assert_null (dc_store_test_offer (self, 1, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/queue/offer/gives-the-oldest-first", test_oldest_first);
  dc_store_test_add ("/queue/offer/gives-nothing-where-nothing-waits", test_empty_and_none);
  dc_store_test_add ("/queue/offer/commits-its-mark", test_mark_is_committed);
  dc_store_test_add ("/queue/offer/gives-only-what-waits", test_only_what_waits);
  dc_store_test_add ("/queue/offer/gives-the-same-bytes-every-time",
                     test_the_same_bytes_every_time);
  dc_store_test_add ("/queue/offer/may-be-read-ahead-which-marks-nothing",
                     test_reading_ahead_marks_nothing);
  dc_store_test_add ("/queue/offer/compares-each-byte-with-what-was-read-ahead",
                     test_damaged_since_it_was_read);
  dc_store_test_add ("/queue/offer/alone-refuses-what-is-damaged",
                     test_reading_ahead_passes_over_what_is_damaged);
  dc_store_test_add ("/queue/offer/refuses-a-damaged-record-and-gives-the-others",
                     test_a_damaged_record_holds_no_other);
  dc_store_test_add ("/queue/offer/says-when-closed", test_closed_is_an_error);

  return g_test_run ();
}
