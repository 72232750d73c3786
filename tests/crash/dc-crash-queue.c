/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crash-queue.h"

#include "dc-store-error.h"
#include "dc-store-test.h"
#include "dc-store-thread.h"

#include <glib/gstdio.h>

void
dc_crash_queue_init (DcCrashQueue *self,
                     const char   *directory,
                     DcSealer     *sealer)
{
  dc_crash_queue_init_with (self, directory, sealer, DC_CRASH_BALLAST);
}

void
dc_crash_queue_init_with (DcCrashQueue *self,
                          const char   *directory,
                          DcSealer     *sealer,
                          gsize         ballast)
{
  self->directory = g_strdup (directory);
  self->store = dc_store_new (directory, ballast);
  self->sealer = sealer;
  self->answered = NULL;
}

void
dc_crash_queue_clear (DcCrashQueue *self)
{
  g_clear_pointer (&self->store, dc_store_free);
  g_clear_pointer (&self->directory, g_free);
}

static gboolean
run (DcCrashQueue  *self,
     DcStoreJob     job,
     DcRequest     *request,
     GError       **error)
{
  gboolean done = job (self->store, request, NULL, error);

  if (self->answered != NULL)
    self->answered (self->answered_data);
  dc_store_rest (self->store);

  return done;
}

gboolean
dc_crash_queue_open (DcCrashQueue  *self,
                     GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  if (!run (self, dc_request_open, request, error))
    return FALSE;
  if (request->set_aside == NULL)
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED, "set aside as %s",
               request->set_aside);

  return FALSE;
}

gboolean
dc_crash_queue_close (DcCrashQueue  *self,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  return run (self, dc_request_close, request, error);
}

gboolean
dc_crash_queue_save (DcCrashQueue  *self,
                     guint          n,
                     DcKind         kind,
                     GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->kind = kind;
  request->pledge = dc_test_pledge_new (n);
  request->sealer = dc_sealer_ref (self->sealer);

  return run (self, dc_request_save, request, error);
}

gboolean
dc_crash_queue_withdraw (DcCrashQueue  *self,
                         const DcId    *id,
                         GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->id = *id;
  request->day = g_strdup (DC_CRASH_DAY);
  request->sealer = dc_sealer_ref (self->sealer);

  return run (self, dc_request_withdraw, request, error);
}

gboolean
dc_crash_queue_begin_run (DcCrashQueue  *self,
                          guint          destination,
                          guint          epoch,
                          gboolean       everything,
                          GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->id = dc_store_test_destination (destination);
  request->epoch = dc_store_test_destination (100 + epoch);
  request->everything = everything;

  return run (self, dc_request_begin_run, request, error);
}

gboolean
dc_crash_queue_offer (DcCrashQueue  *self,
                      guint          destination,
                      guint          limit,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->id = dc_store_test_destination (destination);
  request->limit = limit;
  request->max_bytes = G_MAXSIZE;

  return run (self, dc_request_offer, request, error);
}

gboolean
dc_crash_queue_deliver (DcCrashQueue  *self,
                        guint          destination,
                        const DcId    *id,
                        DcVerdict      verdict,
                        GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->id = dc_store_test_destination (destination);
  request->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_ptr_array_add (request->deliveries, dc_delivery_new (id, verdict, "too old"));

  return run (self, dc_request_deliver, request, error);
}

gboolean
dc_crash_queue_take_receipts (DcCrashQueue  *self,
                              GPtrArray     *receipts,
                              GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->receipts = g_ptr_array_ref (receipts);

  return run (self, dc_request_receipt, request, error);
}

gboolean
dc_crash_queue_receipt (DcCrashQueue  *self,
                        const DcId    *id,
                        GError       **error)
{
  g_autoptr (GPtrArray) receipts = NULL;

  receipts = dc_store_test_receipts_new (dc_store_get_queue (self->store));

  return dc_store_test_receipts_add_from (receipts, dc_store_get_database (self->store), id, error)
         && dc_crash_queue_take_receipts (self, receipts, error);
}

gboolean
dc_crash_queue_retry (DcCrashQueue  *self,
                      const DcId    *id,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->has_id = id != NULL;
  if (id != NULL)
    request->id = *id;

  return run (self, dc_request_retry, request, error);
}

gboolean
dc_crash_queue_origins (DcCrashQueue  *self,
                        GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->limit = 100;

  return run (self, dc_request_origins, request, error);
}

gboolean
dc_crash_queue_refusals (DcCrashQueue  *self,
                         GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->limit = 100;

  return run (self, dc_request_refusals, request, error);
}

gboolean
dc_crash_queue_statement (DcCrashQueue  *self,
                          GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  return run (self, dc_request_statement, request, error);
}

gboolean
dc_crash_queue_end_run (DcCrashQueue  *self,
                        guint          destination,
                        GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->id = dc_store_test_destination (destination);
  request->at = 1;

  return run (self, dc_request_end_run, request, error);
}

gboolean
dc_crash_queue_take_copies (DcCrashQueue  *self,
                            GPtrArray    **taken,
                            GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->limit = 100;
  if (!run (self, dc_request_take_copies, request, error))
    return FALSE;

  if (taken != NULL)
    *taken = g_ptr_array_ref (request->records);

  return TRUE;
}

gboolean
dc_crash_queue_mark_copied (DcCrashQueue  *self,
                            GPtrArray     *records,
                            GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->copied = g_ptr_array_ref (records);

  return run (self, dc_request_mark_copied, request, error);
}

gboolean
dc_crash_queue_compare_copies (DcCrashQueue  *self,
                               const DcId    *id,
                               GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->ids = dc_store_test_ids_new ();
  dc_store_test_ids_add (request->ids, id);

  return run (self, dc_request_compare_copies, request, error);
}

gboolean
dc_crash_queue_move (DcCrashQueue  *self,
                     const DcId    *id,
                     DcState        to,
                     GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->id = *id;
  request->to = to;
  if (to == DC_STATE_REFUSED)
    request->reason = g_strdup ("too old");
  if (to == DC_STATE_RECEIPTED)
    request->receipt = g_bytes_new_static ("a receipt", 9);

  return run (self, dc_request_move, request, error);
}

gboolean
dc_crash_queue_purge (DcCrashQueue  *self,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  return run (self, dc_request_purge, request, error);
}

gboolean
dc_crash_queue_count (DcCrashQueue  *self,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->day = g_strdup (DC_CRASH_DAY);

  return run (self, dc_request_count_code, request, error);
}

gboolean
dc_crash_queue_tally (DcCrashQueue  *self,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  request->day = g_strdup (DC_CRASH_DAY);

  return run (self, dc_request_tally, request, error);
}

gboolean
dc_crash_queue_probe (DcCrashQueue  *self,
                      GError       **error)
{
  g_autoptr (DcRequest) request = dc_request_new ();

  return run (self, dc_request_probe, request, error);
}

static gboolean
checkpoint (DcStore   *store,
            gpointer   truncate,
            GError   **error)
{
  return dc_database_checkpoint (dc_store_get_database (store), GPOINTER_TO_INT (truncate), error);
}

/* Through the store, so that a disk that fails closes it as in a rest. */
gboolean
dc_crash_queue_checkpoint (DcCrashQueue  *self,
                           gboolean       truncate,
                           GError       **error)
{
  gboolean done = dc_store_run (self->store, checkpoint, GINT_TO_POINTER (truncate), TRUE, error);

  if (self->answered != NULL)
    self->answered (self->answered_data);

  return done;
}

DcContent *
dc_crash_queue_read (DcCrashQueue  *self,
                     GError       **error)
{
  return dc_content_read (dc_store_get_database (self->store), error);
}

DcContent *
dc_crash_read (const char  *directory,
               GError     **error)
{
  DcCrashQueue queue;
  DcContent *content = NULL;

  dc_crash_queue_init (&queue, directory, NULL);
  if (dc_crash_queue_open (&queue, error))
    content = dc_crash_queue_read (&queue, error);
  dc_crash_queue_clear (&queue);

  return content;
}

static void
ignore (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        unused)
{
}

void
dc_crash_be_quiet (void)
{
  g_log_set_handler ("dc-store", G_LOG_LEVEL_MESSAGE, ignore, NULL);
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE, ignore, NULL);
}

gboolean
dc_crash_is_long (void)
{
  const char *set = g_getenv ("DAILY_CUP_LONG");

  return set != NULL && set[0] != '\0';
}

guint
dc_crash_rounds (guint everyday,
                 guint in_long_form)
{
  const char *scale = g_getenv ("DAILY_CUP_SCALE");

  if (!dc_crash_is_long ())
    return everyday;

  return MAX (everyday, (guint) (in_long_form * (scale != NULL ? g_ascii_strtod (scale, NULL) : 1)));
}

void
dc_crash_copy_folder (const char *from,
                      const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL);
    g_autofree char *target = g_build_filename (to, name, NULL);
    g_autofree char *data = NULL;
    gsize size;

    if (g_file_test (source, G_FILE_TEST_IS_DIR)) {
      dc_crash_copy_folder (source, target);
      continue;
    }
    g_assert_true (g_file_get_contents (source, &data, &size, NULL));
    g_assert_true (g_file_set_contents_full (target, data, (gssize) size,
                                             G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

/* What each version has of a record, and each later one too. */
#define COLUMNS_1 \
  "seq, id, kind, state, offered, day, shift, amount, currency, frequency, about, " \
  "withdrawn_by, reason, receipt, signature, envelope, sealed"
#define COLUMNS_2 COLUMNS_1 ", copied"

static const struct { const char *document; const char *columns; } versions[] = {
  { "/org/dailycup/store/0001-initial.sql", COLUMNS_1 },
  { "/org/dailycup/store/0002-second-copy.sql", COLUMNS_2 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (versions) == DC_CRASH_N_OLD_VERSIONS);

static char *
load_documents (guint version)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < version; i++) {
    g_autoptr (GBytes) document = g_resources_lookup_data (versions[i].document,
                                                           G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    g_assert_nonnull (document);
    g_string_append (sql, g_bytes_get_data (document, NULL));
  }

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

void
dc_crash_copy_as_version (guint       version,
                          const char *from,
                          const char *to)
{
  g_autofree char *documents = load_documents (version);
  const char *columns = versions[version - 1].columns;
  g_autofree char *folder = g_build_filename (to, "queue", NULL);
  g_autofree char *path = g_build_filename (folder, "queue.db", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);

  sql = g_strdup_printf ("PRAGMA page_size = 1024; PRAGMA journal_mode = WAL;"
                         "ATTACH '%s/queue/queue.db' AS old; BEGIN; %s;"
                         "INSERT INTO queue (only, id) SELECT only, id FROM old.queue;"
                         "INSERT INTO code_shown SELECT * FROM old.code_shown;"
                         "INSERT INTO record (%s) SELECT %s FROM old.record;"
                         "PRAGMA user_version = %u; COMMIT;",
                         from, documents, columns, columns, version);
  output = dc_store_test_query (path, sql);
}
