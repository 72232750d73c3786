/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a run costs a queue that has grown, as SQLite plans it, and what
 * destinations cost a save. The very statements of the program are looked at:
 * this file stands in front of the function that prepares them. */

#include "dc-store-test.h"

#include "dc-shim-vfs.h"

#include <sqlite3.h>
#include <string.h>

static GPtrArray *prepared;   /* (element-type utf8) NULL: nobody asks */

int __real_sqlite3_prepare_v3 (sqlite3       *database,
                               const char    *sql,
                               int            size,
                               unsigned int   flags,
                               sqlite3_stmt **statement,
                               const char   **tail);
int __wrap_sqlite3_prepare_v3 (sqlite3       *database,
                               const char    *sql,
                               int            size,
                               unsigned int   flags,
                               sqlite3_stmt **statement,
                               const char   **tail);

int
__wrap_sqlite3_prepare_v3 (sqlite3       *database,
                           const char    *sql,
                           int            size,
                           unsigned int   flags,
                           sqlite3_stmt **statement,
                           const char   **tail)
{
  if (prepared != NULL)
    g_ptr_array_add (prepared, g_strdup (sql));

  return __real_sqlite3_prepare_v3 (database, sql, size, flags, statement, tail);
}

/* The column of EXPLAIN QUERY PLAN that a person reads; a line each. */
static char *
explain (DcStoreTest *self,
         const char  *sql)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *explained = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);

  return dc_store_test_query (path, explained);
}

/* Everything that a run asks of the queue, once. */
static void
run_once (DcStoreTest *self)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) receipts = dc_store_test_receipts_new (dc_queue_get_id (self->queue));
  DcId first = dc_store_test_id (0);
  DcId second = dc_store_test_id (1);
  DcRecord *record;

  records = dc_store_test_must_offer (self);
  record = records->pdata[2];
  dc_store_test_must_deliver (self, 0, &first, DC_VERDICT_NEW, NULL);
  dc_store_test_must_deliver (self, 0, &second, DC_VERDICT_REFUSED, "not today");
  refusals = dc_store_test_refusals (self, 10, NULL);
  g_assert_cmpuint (refusals->len, ==, 1);
  g_assert_true (dc_store_test_retry (self, NULL, NULL, NULL));
  dc_store_test_receipts_add (receipts, &record->envelope.id, record->envelope.sealed_sha256);
  g_assert_true (dc_store_test_receipt (self, receipts, NULL, NULL, NULL));
  g_assert_true (dc_store_test_end_run (self, 0, 1, NULL));
}

static void
test_looks_at_no_record_twice (DcStoreTest   *self,
                               gconstpointer  unused)
{
  guint searches = 0;

  for (guint n = 0; n < 3; n++)
    dc_store_test_must_save (self, n);
  prepared = g_ptr_array_new_with_free_func (g_free);
  run_once (self);
  g_assert_true (dc_store_test_close (self->queue, NULL));

  for (guint i = 0; i < prepared->len; i++) {
    const char *sql = prepared->pdata[i];
    g_autofree char *plan = NULL;

    /* The totals are counted when the queue is opened, and not again. */
    if (strstr (sql, "record") == NULL || g_str_has_prefix (sql, "PRAGMA")
        || strstr (sql, "temp.total") != NULL)
      continue;
    plan = explain (self, sql);
    if (strstr (plan, "SCAN record") != NULL && strstr (plan, "INDEX record_refused") == NULL
        && strstr (plan, "INDEX record_to_purge") == NULL)
      g_error ("%s\n%s", sql, plan);
    searches += strstr (plan, "SEARCH record USING INTEGER PRIMARY KEY (rowid>?)") != NULL;
  }
  g_assert_cmpuint (searches, >=, 3);   /* the mark, the count, the offer */
  g_clear_pointer (&prepared, g_ptr_array_unref);
}

/* It moves over what is done with, and only so far. */
static void
test_moves_its_mark (DcStoreTest   *self,
                     gconstpointer  unused)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *marks = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (guint n = 0; n < 100; n++)
    dc_store_test_must_save (self, n);
  records = dc_store_test_must_offer (self);
  g_assert_true (dc_store_test_begin_run (self, 1, 0, FALSE, NULL, NULL));
  for (guint n = 0; n < 100; n++) {
    DcId id = dc_store_test_id (n);

    dc_store_test_must_deliver (self, 0, &id, n == 90 ? DC_VERDICT_RETRY : DC_VERDICT_NEW, NULL);
  }
  g_assert_true (dc_store_test_begin_run (self, 0, 0, FALSE, NULL, NULL));

  g_assert_true (dc_store_test_close (self->queue, NULL));
  marks = dc_store_test_query (path, "SELECT passed FROM destination ORDER BY key");
  g_assert_cmpstr (marks, ==, "90\n0");
}

/* Syncs and bytes of ten saves. */
static void
measure_saves (DcStoreTest *self,
               guint        first,
               guint       *syncs,
               guint64     *bytes)
{
  dc_shim_vfs_reset ();
  for (guint n = 0; n < 10; n++)
    dc_store_test_must_save (self, first + n);
  *syncs = dc_shim_vfs_count (DC_SHIM_SYNC);
  *bytes = dc_shim_vfs_bytes ();
}

static void
test_costs_a_save_nothing (DcStoreTest   *self,
                           gconstpointer  unused)
{
  DcStoreTest other = { .directory = NULL };
  g_autoptr (GPtrArray) records = NULL;
  guint syncs[2];
  guint64 bytes[2];

  /* Two queues alike, but that one has been handed over, and refused. */
  dc_store_test_set_up (&other, NULL);
  for (guint n = 0; n < 20; n++) {
    dc_store_test_must_save (self, n);
    dc_store_test_must_save (&other, n);
  }
  records = dc_store_test_must_offer (self);
  for (guint n = 0; n < 20; n++) {
    DcId id = dc_store_test_id (n);

    dc_store_test_must_deliver (self, 0, &id, n % 2 == 0 ? DC_VERDICT_NEW : DC_VERDICT_REFUSED,
                                NULL);
  }
  dc_store_test_reopen (self);
  dc_store_test_reopen (&other);

  measure_saves (self, 100, &syncs[0], &bytes[0]);
  measure_saves (&other, 100, &syncs[1], &bytes[1]);
  g_test_message ("%u and %u syncs, %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT " bytes",
                  syncs[0], syncs[1], bytes[0], bytes[1]);
  g_assert_cmpuint (syncs[0], ==, syncs[1]);
  g_assert_cmpuint (bytes[0], <, bytes[1] + bytes[1] / 20);
  dc_store_test_tear_down (&other, NULL);
}

int
main (int   argc,
      char *argv[])
{
  dc_shim_vfs_install ();
  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/plan/of-a-run-walks-over-no-record-that-is-done",
                     test_looks_at_no_record_twice);
  dc_store_test_add ("/plan/has-a-mark-that-moves", test_moves_its_mark);
  dc_store_test_add ("/plan/costs-a-save-nothing", test_costs_a_save_nothing);

  return g_test_run ();
}
