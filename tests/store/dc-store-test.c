/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-test.h"

#include "dc-crypto.h"

#include <sqlite3.h>
#include <string.h>

#define RECIPIENTS \
  "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\n" \
  "age1dhr8tlwemnl5f0plvucj37y7fzqd9786rhfz82eqtr3z0cxa4szqqte5rc\n"

/* Calls @queue's NAME_async with what follows and returns its result. */
#define WAIT_FOR(call, ...) \
  ({ \
    DcTestWait wait_ = { NULL }; \
    call (__VA_ARGS__, dc_test_wait_ready, &wait_); \
    dc_test_wait_take (&wait_); \
  })

static DcSealer *
sealer_for (const char *campaign)
{
  static const guint8 seed[32] = { 7 };
  static const guint8 pack[32] = { 9 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeRecipients) recipients = NULL;
  g_autoptr (DcTabletKey) tablet = NULL;

  g_assert_true (dc_crypto_init ());
  recipients = dc_age_recipients_parse (RECIPIENTS, strlen (RECIPIENTS), &error);
  g_assert_no_error (error);
  tablet = dc_tablet_key_from_seed (seed);

  return dc_sealer_new (tablet, recipients, campaign, pack);
}

DcSealer *
dc_store_test_sealer_new (void)
{
  return sealer_for ("migrants-day");
}

DcQueue *
dc_store_test_queue_new (const char *directory)
{
  return g_object_new (DC_TYPE_QUEUE,
                       "state-directory", directory,
                       "ballast-size", DC_STORE_TEST_BALLAST,
                       NULL);
}

void
dc_store_test_set_up_in (DcStoreTest *self,
                         const char  *directory)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_strdup (directory);
  self->sealer = dc_store_test_sealer_new ();
  self->queue = dc_store_test_queue_new (directory);
  dc_store_test_open (self->queue, NULL, &error);
  g_assert_no_error (error);
}

void
dc_store_test_set_up (DcStoreTest   *self,
                      gconstpointer  unused)
{
  g_autofree char *directory = dc_test_dir_new ();

  dc_store_test_set_up_in (self, directory);
}

void
dc_store_test_tear_down (DcStoreTest   *self,
                         gconstpointer  unused)
{
  g_assert_finalize_object (g_steal_pointer (&self->queue));
  g_clear_pointer (&self->sealer, dc_sealer_unref);
  g_clear_pointer (&self->directory, dc_test_dir_remove);
}

void
dc_store_test_add (const char  *path,
                   void       (*run) (DcStoreTest *, gconstpointer))
{
  g_test_add (path, DcStoreTest, NULL, dc_store_test_set_up, run, dc_store_test_tear_down);
}

void
dc_store_test_drop (DcStoreTest *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->queue));
  self->queue = dc_store_test_queue_new (self->directory);
}

void
dc_store_test_reopen (DcStoreTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;

  dc_store_test_drop (self);
  dc_store_test_open (self->queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
}

char *
dc_store_test_path (DcStoreTest *self,
                    const char  *name)
{
  return g_build_filename (self->directory, name, NULL);
}

gboolean
dc_store_test_open (DcQueue  *queue,
                    char    **set_aside,
                    GError  **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_open_async, queue, NULL);

  return dc_queue_open_finish (queue, result, set_aside, error);
}

gboolean
dc_store_test_close (DcQueue  *queue,
                     GError  **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_close_async, queue);

  return dc_queue_close_finish (queue, result, error);
}

gboolean
dc_store_test_save_pledge (DcStoreTest  *self,
                           DcKind        kind,
                           DcPledge     *pledge,
                           GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_save_async, self->queue, kind, pledge, self->sealer);

  return dc_queue_save_finish (self->queue, result, error);
}

gboolean
dc_store_test_save (DcStoreTest  *self,
                    guint         n,
                    GError      **error)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);

  return dc_store_test_save_pledge (self, DC_KIND_PLEDGE, pledge, error);
}

void
dc_store_test_must_save_for (DcStoreTest *self,
                             guint        n,
                             const char  *campaign)
{
  g_autoptr (DcSealer) sealer = sealer_for (campaign);
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_free (pledge->campaign);
  pledge->campaign = g_strdup (campaign);
  result = WAIT_FOR (dc_queue_save_async, self->queue, DC_KIND_PLEDGE, pledge, sealer);
  dc_queue_save_finish (self->queue, result, &error);
  g_assert_no_error (error);
}

gboolean
dc_store_test_withdraw (DcStoreTest  *self,
                        const DcId   *id,
                        GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_withdraw_async, self->queue, id, DC_STORE_TEST_DAY,
                     self->sealer);

  return dc_queue_withdraw_finish (self->queue, result, error);
}

gboolean
dc_store_test_count_code (DcStoreTest  *self,
                          const char   *day,
                          GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_count_code_async, self->queue, day);

  return dc_queue_count_code_finish (self->queue, result, error);
}

DcTally *
dc_store_test_tally_of (DcStoreTest  *self,
                        const char   *day,
                        GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_tally_async, self->queue, day, "Morning-7F");

  return dc_queue_tally_finish (self->queue, result, error);
}

DcTally *
dc_store_test_tally (DcStoreTest *self)
{
  g_autoptr (GError) error = NULL;
  DcTally *tally = dc_store_test_tally_of (self, DC_STORE_TEST_DAY, &error);
  guint sum = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < DC_N_STATES; i++)
    sum += tally->by_state[i];
  g_assert_cmpuint (tally->taken, ==, sum);

  return tally;
}

gboolean
dc_store_test_probe (DcStoreTest  *self,
                     GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_probe_async, self->queue);

  return dc_queue_probe_finish (self->queue, result, error);
}

DcId
dc_store_test_destination (guint n)
{
  DcId id;

  memset (id.bytes, (int) n + 1, sizeof id.bytes);

  return id;
}

gboolean
dc_store_test_begin_run (DcStoreTest       *self,
                         guint              destination,
                         guint              epoch,
                         gboolean           everything,
                         DcStoreTestScope  *scope,
                         GError           **error)
{
  DcId id = dc_store_test_destination (destination);
  DcId life = dc_store_test_destination (100 + epoch);
  g_autoptr (GAsyncResult) result = NULL;
  DcStoreTestScope found;

  result = WAIT_FOR (dc_queue_begin_run_async, self->queue, &id, &life, everything);
  if (!dc_queue_begin_run_finish (self->queue, result, &found.new_epoch, &found.n_records,
                                  &found.n_bytes, error))
    return FALSE;
  if (scope != NULL)
    *scope = found;

  return TRUE;
}

GPtrArray *
dc_store_test_offer_to (DcStoreTest  *self,
                        guint         destination,
                        gint64        after,
                        const DcId   *held,
                        guint         limit,
                        gsize         max_bytes,
                        GError      **error)
{
  DcId id = dc_store_test_destination (destination);
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_offer_async, self->queue, &id, after, held, limit, max_bytes, NULL);

  return dc_queue_offer_finish (self->queue, result, error);
}

GPtrArray *
dc_store_test_offer (DcStoreTest  *self,
                     guint         limit,
                     GError      **error)
{
  if (!dc_store_test_begin_run (self, 0, 0, FALSE, NULL, error))
    return NULL;

  return dc_store_test_offer_to (self, 0, 0, NULL, limit, G_MAXSIZE, error);
}

gboolean
dc_store_test_deliver (DcStoreTest  *self,
                       guint         destination,
                       GPtrArray    *deliveries,
                       guint        *n_delivered,
                       guint        *n_refused,
                       GError      **error)
{
  DcId id = dc_store_test_destination (destination);
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_deliver_async, self->queue, &id, deliveries);

  return dc_queue_deliver_finish (self->queue, result, n_delivered, n_refused, error);
}

void
dc_store_test_must_deliver (DcStoreTest *self,
                            guint        destination,
                            const DcId  *id,
                            DcVerdict    verdict,
                            const char  *reason)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = NULL;

  deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_ptr_array_add (deliveries, dc_delivery_new (id, verdict, reason));
  dc_store_test_deliver (self, destination, deliveries, NULL, NULL, &error);
  g_assert_no_error (error);
}

gboolean
dc_store_test_receipt (DcStoreTest  *self,
                       GPtrArray    *receipts,
                       guint        *n_receipted,
                       guint        *n_strange,
                       GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_receipt_async, self->queue, receipts);

  return dc_queue_receipt_finish (self->queue, result, n_receipted, n_strange, error);
}

GPtrArray *
dc_store_test_receipts_new (const DcId *queue)
{
  GPtrArray *receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_receipt_unref);
  DcOrigin origin = { .campaign = "migrants-day", .queue = *queue };
  DcReceipt *receipt = dc_receipt_new (&origin);

  receipt->line = g_bytes_new_static ("the line of a receipt\n", 22);
  g_ptr_array_add (receipts, receipt);

  return receipts;
}

void
dc_store_test_receipts_add (GPtrArray    *receipts,
                            const DcId   *id,
                            const guint8 *sealed_sha256)
{
  DcReceipt *receipt = receipts->pdata[0];
  DcReceiptEntry entry = { .id = *id };

  memcpy (entry.sealed_sha256, sealed_sha256, sizeof entry.sealed_sha256);
  g_array_append_val (receipt->entries, entry);
}

gboolean
dc_store_test_receipts_add_from (GPtrArray   *receipts,
                                 DcDatabase  *database,
                                 const DcId  *id,
                                 GError     **error)
{
  g_autoptr (DcQuery) select = NULL;
  guint8 hash[32] = { 0 };
  const void *sealed;
  gboolean row;
  gsize size;

  select = dc_database_prepare (database, "SELECT sealed FROM record WHERE id = :id", error);
  if (select == NULL)
    return FALSE;
  dc_query_bind_id (select, ":id", id);
  if (!dc_query_step (select, &row, error))
    return FALSE;

  sealed = row ? dc_query_get_blob (select, 0, &size) : NULL;
  if (sealed != NULL)
    dc_crypto_sha256 (sealed, size, hash);
  dc_store_test_receipts_add (receipts, id, hash);

  return TRUE;
}

GPtrArray *
dc_store_test_origins (DcStoreTest  *self,
                       guint         limit,
                       GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_origins_async, self->queue, limit);

  return dc_queue_origins_finish (self->queue, result, error);
}

GPtrArray *
dc_store_test_refusals (DcStoreTest  *self,
                        guint         limit,
                        GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_refusals_async, self->queue, limit);

  return dc_queue_refusals_finish (self->queue, result, error);
}

gboolean
dc_store_test_retry (DcStoreTest  *self,
                     const DcId   *id,
                     guint        *n_records,
                     GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_retry_async, self->queue, id);

  return dc_queue_retry_finish (self->queue, result, n_records, error);
}

DcStatement *
dc_store_test_statement (DcStoreTest  *self,
                         GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_statement_async, self->queue);

  return dc_queue_statement_finish (self->queue, result, error);
}

gboolean
dc_store_test_end_run (DcStoreTest  *self,
                       guint         destination,
                       gint64        at,
                       GError      **error)
{
  DcId id = dc_store_test_destination (destination);
  DcStamp stamp = { .utc_us = at };
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_end_run_async, self->queue, &id, &stamp);

  return dc_queue_end_run_finish (self->queue, result, error);
}

GPtrArray *
dc_store_test_take_copies (DcStoreTest  *self,
                           gint64        after,
                           const DcId   *held,
                           guint         limit,
                           GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_take_copies_async, self->queue, after, held, limit);

  return dc_queue_take_copies_finish (self->queue, result, error);
}

gboolean
dc_store_test_mark_copied (DcStoreTest  *self,
                           GPtrArray    *records,
                           GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_mark_copied_async, self->queue, records);

  return dc_queue_mark_copied_finish (self->queue, result, error);
}

gboolean
dc_store_test_compare_copies (DcStoreTest  *self,
                              GHashTable   *ids,
                              GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_compare_copies_async, self->queue, ids);

  return dc_queue_compare_copies_finish (self->queue, result, error);
}

gboolean
dc_store_test_move_with (DcStoreTest  *self,
                         const DcId   *id,
                         DcState       to,
                         const char   *reason,
                         GBytes       *receipt,
                         GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  result = WAIT_FOR (dc_queue_move_async, self->queue, id, to, reason, receipt);

  return dc_queue_move_finish (self->queue, result, error);
}

gboolean
dc_store_test_move (DcStoreTest  *self,
                    const DcId   *id,
                    DcState       to,
                    GError      **error)
{
  g_autoptr (GBytes) receipt = g_bytes_new_static ("a receipt", 9);

  return dc_store_test_move_with (self, id, to,
                                  to == DC_STATE_REFUSED ? "too old" : NULL,
                                  to == DC_STATE_RECEIPTED ? receipt : NULL, error);
}

gboolean
dc_store_test_purge (DcStoreTest  *self,
                     guint        *purged,
                     GError      **error)
{
  g_autoptr (GAsyncResult) result = WAIT_FOR (dc_queue_purge_async, self->queue);

  return dc_queue_purge_finish (self->queue, result, purged, error);
}

DcId
dc_store_test_id (guint n)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);

  return pledge->id;
}

static guint
hash_id (gconstpointer id)
{
  return ((const DcId *) id)->bytes[0];
}

static gboolean
equal_ids (gconstpointer a,
           gconstpointer b)
{
  return dc_id_equal (a, b);
}

GHashTable *
dc_store_test_ids_new (void)
{
  return g_hash_table_new_full (hash_id, equal_ids, g_free, NULL);
}

void
dc_store_test_ids_add (GHashTable *ids,
                       const DcId *id)
{
  g_hash_table_add (ids, g_memdup2 (id, sizeof *id));
}

void
dc_store_test_must_save (DcStoreTest *self,
                         guint        n)
{
  g_autoptr (GError) error = NULL;

  dc_store_test_save (self, n, &error);
  g_assert_no_error (error);
}

GPtrArray *
dc_store_test_must_offer (DcStoreTest *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = dc_store_test_offer (self, 100000, &error);

  g_assert_no_error (error);

  return records;
}

gboolean
dc_store_test_on_disk (const char *directory,
                       const void *bytes,
                       gsize       size)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  g_assert_nonnull (dir);
  while (!found && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autofree char *data = NULL;
    gsize length;

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      found = dc_store_test_on_disk (path, bytes, size);
    else if (g_file_get_contents (path, &data, &length, NULL))
      found = memmem (data, length, bytes, size) != NULL;
  }

  return found;
}

void
dc_store_test_restore (const char *directory,
                       const char *fixture,
                       gboolean    in_journal)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "store", "fixtures", fixture, NULL);
  g_autofree char *folder = g_build_filename (directory, "queue", NULL);
  g_autofree char *path = g_build_filename (folder, "queue.db", NULL);
  g_autofree char *sql = NULL;
  sqlite3 *handle = NULL;

  g_assert_true (g_file_get_contents (source, &sql, NULL, NULL));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                    "unix"), ==, SQLITE_OK);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, in_journal, NULL);
  if (sqlite3_exec (handle, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL",
                    NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", fixture, sqlite3_errmsg (handle));
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
append_row (GString      *text,
            sqlite3_stmt *statement)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');

  for (int i = 0; i < sqlite3_column_count (statement); i++) {
    const char *column = (const char *) sqlite3_column_text (statement, i);

    if (i > 0)
      g_string_append_c (text, '|');
    g_string_append (text, column != NULL ? column : "");
  }
}

char *
dc_store_test_query (const char *database,
                     const char *sql)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *handle = NULL;
  int code;

  code = sqlite3_open_v2 (database, &handle, SQLITE_OPEN_READWRITE, "unix");
  g_assert_cmpint (code, ==, SQLITE_OK);
  while (code == SQLITE_OK && *sql != '\0') {
    code = sqlite3_prepare_v2 (handle, sql, -1, &statement, &sql);
    while (code == SQLITE_OK && statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
      append_row (text, statement);
    if (code == SQLITE_OK)
      code = sqlite3_finalize (statement);
  }

  if (code != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  sqlite3_close (handle);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
