/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every single statement fails in turn: SQLite refuses to prepare it, or to
 * take a step. The call that needed it says so, leaves nothing half done, and
 * the queue opens again with what it had. */

#include "dc-store-test.h"

#include <errno.h>
#include <sqlite3.h>

typedef enum
{
  CALL_PREPARE,
  CALL_STEP,
  CALL_EXECUTE,
  CALL_TEXT,
  CALL_SIZE,
} Call;

/* The @left-th next @call fails, and the @more that follow it; both threads
 * look here, never at once. */
static struct
{
  gboolean    armed;
  Call        call;
  guint       left;
  guint       more;
  int         code;
  const char *text;      /* for CALL_TEXT; NULL: as for want of memory */
  int         column;    /* ... of this one; -1: of any */
  int         number;    /* the system's, of what failed */
  gboolean    failed;
} fault;

int __real_sqlite3_prepare_v3 (sqlite3      *database,
                               const char   *sql,
                               int           size,
                               unsigned int  flags,
                               sqlite3_stmt **statement,
                               const char   **tail);
int __wrap_sqlite3_prepare_v3 (sqlite3      *database,
                               const char   *sql,
                               int           size,
                               unsigned int  flags,
                               sqlite3_stmt **statement,
                               const char   **tail);
int __real_sqlite3_step       (sqlite3_stmt *statement);
int __wrap_sqlite3_step       (sqlite3_stmt *statement);
int __real_sqlite3_exec       (sqlite3      *database,
                               const char   *sql,
                               int         (*row) (void *, int, char **, char **),
                               void         *data,
                               char        **message);
int __wrap_sqlite3_exec       (sqlite3      *database,
                               const char   *sql,
                               int         (*row) (void *, int, char **, char **),
                               void         *data,
                               char        **message);
const unsigned char *__real_sqlite3_column_text (sqlite3_stmt *statement,
                                                 int           column);
const unsigned char *__wrap_sqlite3_column_text (sqlite3_stmt *statement,
                                                 int           column);
int __real_sqlite3_column_bytes (sqlite3_stmt *statement,
                                 int           column);
int __wrap_sqlite3_column_bytes (sqlite3_stmt *statement,
                                 int           column);
int __real_sqlite3_system_errno (sqlite3 *database);
int __wrap_sqlite3_system_errno (sqlite3 *database);

static gboolean
fails (Call call)
{
  if (!fault.armed || fault.call != call || fault.left-- > 0)
    return FALSE;

  fault.armed = fault.more > 0;
  fault.left = 0;
  fault.more -= fault.armed;
  fault.failed = TRUE;

  return TRUE;
}

int
__wrap_sqlite3_prepare_v3 (sqlite3       *database,
                           const char    *sql,
                           int            size,
                           unsigned int   flags,
                           sqlite3_stmt **statement,
                           const char   **tail)
{
  if (fails (CALL_PREPARE))
    return fault.code;

  return __real_sqlite3_prepare_v3 (database, sql, size, flags, statement, tail);
}

int
__wrap_sqlite3_step (sqlite3_stmt *statement)
{
  if (fails (CALL_STEP))
    return fault.code;

  return __real_sqlite3_step (statement);
}

/* The undoing of a transaction is SQLite's to do without fail. */
int
__wrap_sqlite3_exec (sqlite3     *database,
                     const char  *sql,
                     int        (*row) (void *, int, char **, char **),
                     void        *data,
                     char       **message)
{
  if (!g_str_equal (sql, "ROLLBACK") && fails (CALL_EXECUTE))
    return fault.code;

  return __real_sqlite3_exec (database, sql, row, data, message);
}

const unsigned char *
__wrap_sqlite3_column_text (sqlite3_stmt *statement,
                            int           column)
{
  if ((fault.column < 0 || fault.column == column) && fails (CALL_TEXT))
    return (const unsigned char *) fault.text;

  return __real_sqlite3_column_text (statement, column);
}

int
__wrap_sqlite3_column_bytes (sqlite3_stmt *statement,
                             int           column)
{
  return __real_sqlite3_column_bytes (statement, column) - fails (CALL_SIZE);
}

int
__wrap_sqlite3_system_errno (sqlite3 *database)
{
  return fault.number != 0 ? fault.number : __real_sqlite3_system_errno (database);
}

static void
arm (Call  call,
     guint after,
     int   code)
{
  fault.call = call;
  fault.code = code;
  fault.left = after;
  fault.more = 0;
  fault.text = "changed";
  fault.column = -1;
  fault.failed = FALSE;
  fault.armed = TRUE;
}

/* As SQLite says it: no memory for a statement, a disk that does not read. */
static int
code_of (Call call)
{
  return call == CALL_PREPARE ? SQLITE_NOMEM : SQLITE_IOERR_READ;
}

static gint
error_of (Call call)
{
  return call == CALL_PREPARE ? DC_STORE_ERROR_FAILED : DC_STORE_ERROR_IO;
}

/* All that the queue holds, as text; the queue is closed for it and opened
 * again. */
static char *
contents (DcStoreTest *self)
{
  g_autofree char *path = dc_store_test_path (self, "queue/queue.db");
  g_autofree char *records = NULL;
  g_autofree char *codes = NULL;
  g_autofree char *set_aside = NULL;
  g_autoptr (GError) error = NULL;

  dc_store_test_close (self->queue, NULL);
  dc_store_test_open (self->queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
  g_assert_true (dc_store_test_close (self->queue, NULL));
  records = dc_store_test_query (path, "SELECT seq, hex (id), kind, state, offered, copied, reason, "
                                 "hex (withdrawn_by), hex (receipt), hex (sealed) "
                                 "FROM record ORDER BY seq");
  codes = dc_store_test_query (path, "SELECT * FROM code_shown");
  dc_store_test_open (self->queue, NULL, &error);
  g_assert_no_error (error);

  return g_strconcat (records, codes, NULL);
}

/* The two that fill () offered. */
static GPtrArray *offered;

typedef gboolean (*Work) (DcStoreTest  *self,
                          GError      **error);

/* @work must fail wherever the fault is, with an error and no effect, until
 * there is no statement left to fail. Each round has statements that are new,
 * as the queue was just opened. A checkpoint after the answer may fail without
 * a word of it. */
static void
fail_each (DcStoreTest *self,
           Call         call,
           Work         work)
{
  g_autofree char *before = contents (self);

  for (guint after = 0; after < 100; after++) {
    g_autofree char *now = NULL;
    g_autoptr (GError) error = NULL;
    gboolean done;

    arm (call, after, code_of (call));
    done = work (self, &error);
    fault.armed = FALSE;
    if (!fault.failed) {
      g_assert_no_error (error);
      g_assert_true (done);
      g_assert_cmpuint (after + (call == CALL_EXECUTE), >, 0);
      return;
    }

    g_assert_false (done);
    g_assert_error (error, DC_STORE_ERROR, error_of (call));
    now = contents (self);
    g_assert_cmpstr (now, ==, before);
  }

  g_assert_not_reached ();
}

static gboolean
save (DcStoreTest  *self,
      GError      **error)
{
  return dc_store_test_save (self, 10, error);
}

static gboolean
undo_what_never_left (DcStoreTest  *self,
                      GError      **error)
{
  DcId id = dc_store_test_id (2);

  return dc_store_test_withdraw (self, &id, error);
}

static gboolean
undo_what_has_left (DcStoreTest  *self,
                    GError      **error)
{
  DcId id = dc_store_test_id (0);

  return dc_store_test_withdraw (self, &id, error);
}

static gboolean
offer (DcStoreTest  *self,
       GError      **error)
{
  g_autoptr (GPtrArray) records = dc_store_test_offer (self, 10, error);

  return records != NULL;
}

/* Into the second copy goes what was saved last, and the receipted one stands
 * there. */
static gboolean
take_copies (DcStoreTest  *self,
             GError      **error)
{
  g_autoptr (GPtrArray) records = dc_store_test_take_copies (self, 2, NULL, 10, error);

  return records != NULL;
}

static gboolean
mark_copied (DcStoreTest  *self,
             GError      **error)
{
  return dc_store_test_mark_copied (self, offered, error);
}

static gboolean
compare_copies (DcStoreTest  *self,
                GError      **error)
{
  g_autoptr (GHashTable) ids = dc_store_test_ids_new ();
  DcId id = dc_store_test_id (1);

  dc_store_test_ids_add (ids, &id);

  return dc_store_test_compare_copies (self, ids, error);
}

static gboolean
deliver (DcStoreTest  *self,
         GError      **error)
{
  DcId id = dc_store_test_id (0);

  return dc_store_test_move (self, &id, DC_STATE_DELIVERED, error);
}

static gboolean
purge (DcStoreTest  *self,
       GError      **error)
{
  return dc_store_test_purge (self, NULL, error);
}

static gboolean
count_code (DcStoreTest  *self,
            GError      **error)
{
  return dc_store_test_count_code (self, DC_STORE_TEST_DAY, error);
}

static gboolean
read_tally (DcStoreTest  *self,
            GError      **error)
{
  g_autoptr (DcTally) tally = dc_store_test_tally_of (self, DC_STORE_TEST_DAY, error);

  return tally != NULL;
}

/* Three pledges; the first has left, the second has its receipt. */
static void
fill (DcStoreTest *self)
{
  g_autoptr (GError) error = NULL;
  DcId receipted = dc_store_test_id (1);

  for (guint n = 0; n < 2; n++)
    dc_store_test_must_save (self, n);
  g_clear_pointer (&offered, g_ptr_array_unref);
  offered = dc_store_test_must_offer (self);
  dc_store_test_must_save (self, 2);
  dc_store_test_move (self, &receipted, DC_STATE_DELIVERED, &error);
  g_assert_no_error (error);
  dc_store_test_move (self, &receipted, DC_STATE_RECEIPTED, &error);
  g_assert_no_error (error);
}

static void
fail_all (DcStoreTest *self,
          Call         call)
{
  static const Work works[] = {
    save, deliver, count_code, read_tally, undo_what_never_left, undo_what_has_left,
    take_copies, mark_copied, compare_copies, offer, purge,
  };

  fill (self);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    fail_each (self, call, works[i]);
}

static void
test_prepare (DcStoreTest   *self,
              gconstpointer  unused)
{
  fail_all (self, CALL_PREPARE);
}

static void
test_step (DcStoreTest   *self,
           gconstpointer  unused)
{
  fail_all (self, CALL_STEP);
}

/* A queue that does not open for a fault of SQLite's opens later, whole; a
 * new one is made then. */
static void
fail_open (DcStoreTest *self,
           Call         call)
{
  for (guint after = 0; after < 200; after++) {
    g_autofree char *set_aside = NULL;
    g_autoptr (GError) error = NULL;

    arm (call, after, code_of (call));
    dc_store_test_open (self->queue, &set_aside, &error);
    fault.armed = FALSE;
    g_assert_null (set_aside);
    if (!fault.failed) {
      g_assert_no_error (error);
      return;
    }

    g_assert_error (error, DC_STORE_ERROR, error_of (call));
  }

  g_assert_not_reached ();
}

static void
test_open (DcStoreTest   *self,
           gconstpointer  unused)
{
  for (Call call = CALL_PREPARE; call <= CALL_EXECUTE; call++) {
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    dc_store_test_must_save (self, call);
    before = contents (self);
    g_assert_true (dc_store_test_close (self->queue, NULL));
    fail_open (self, call);
    after = contents (self);
    g_assert_cmpstr (before, ==, after);
  }
}

static void
test_first_open (void)
{
  for (Call call = CALL_PREPARE; call <= CALL_EXECUTE; call++) {
    DcStoreTest self = {
      .directory = dc_test_dir_new (),
      .sealer = dc_store_test_sealer_new (),
    };

    self.queue = dc_store_test_queue_new (self.directory);
    fail_open (&self, call);
    dc_store_test_must_save (&self, 1);
    dc_store_test_tear_down (&self, NULL);
  }
}

/* After a full disk the probe writes, and believes no write that failed. */
static void
test_probe (DcStoreTest   *self,
            gconstpointer  unused)
{
  static const struct { Call call; guint after; } faults[] = {
    { CALL_STEP, 0 }, { CALL_EXECUTE, 0 }, { CALL_STEP, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;

    arm (CALL_STEP, 0, SQLITE_FULL);
    g_assert_false (dc_store_test_save (self, 1, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
    g_clear_error (&error);

    arm (faults[i].call, faults[i].after, SQLITE_FULL);
    g_assert_false (dc_store_test_probe (self, &error));
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL);
    g_assert_true (fault.failed);
    g_assert_true (dc_store_test_probe (self, NULL));
    arm (CALL_EXECUTE, 0, SQLITE_FULL);
    g_assert_true (dc_store_test_probe (self, NULL));   /* no doubt: it writes nothing */
    g_assert_false (fault.failed);
    fault.armed = FALSE;
  }
}

/* Each of SQLite's codes, and what it means to who asked. */
static void
test_codes (DcStoreTest   *self,
            gconstpointer  unused)
{
  static const struct { int code; int number; DcStoreError expected; } codes[] = {
    { SQLITE_FULL, 0, DC_STORE_ERROR_FULL },
    { SQLITE_IOERR_WRITE, EDQUOT, DC_STORE_ERROR_FULL },
    { SQLITE_IOERR_WRITE, EIO, DC_STORE_ERROR_IO },
    { SQLITE_IOERR_FSYNC, EDQUOT, DC_STORE_ERROR_IO },   /* pages are lost */
    { SQLITE_CANTOPEN, 0, DC_STORE_ERROR_IO },
    { SQLITE_READONLY, 0, DC_STORE_ERROR_IO },
    { SQLITE_PERM, 0, DC_STORE_ERROR_IO },
    { SQLITE_CORRUPT_INDEX, 0, DC_STORE_ERROR_DAMAGED },
    { SQLITE_NOTADB, 0, DC_STORE_ERROR_DAMAGED },
    { SQLITE_BUSY_SNAPSHOT, 0, DC_STORE_ERROR_IN_USE },
    { SQLITE_LOCKED, 0, DC_STORE_ERROR_IN_USE },
    { SQLITE_NOMEM, 0, DC_STORE_ERROR_FAILED },
    { SQLITE_MISUSE, 0, DC_STORE_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = NULL;

    arm (CALL_STEP, 0, codes[i].code);
    fault.number = codes[i].number;
    g_assert_false (dc_store_test_save (self, i, &error));
    fault.number = 0;
    g_assert_error (error, DC_STORE_ERROR, (gint) codes[i].expected);
    dc_store_test_open (self->queue, NULL, NULL);   /* where it closed itself */
    dc_store_test_must_save (self, i);
  }
}

/* What could not be undone at once is undone before the next begins. */
static void
test_undone_later (DcStoreTest   *self,
                   gconstpointer  unused)
{
  guint after = 0;
  guint saved = 0;

  for (;; after++) {
    g_autoptr (DcTally) tally = NULL;
    g_autoptr (GError) error = NULL;

    arm (CALL_STEP, after, SQLITE_NOMEM);
    fault.more = 1;      /* the undoing too */
    dc_store_test_save (self, 2 * after, &error);
    fault.armed = FALSE;
    if (!fault.failed)
      break;

    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
    dc_store_test_must_save (self, 2 * after + 1);
    saved++;
    tally = dc_store_test_tally (self);
    g_assert_cmpuint (tally->taken, ==, saved);
  }

  g_assert_cmpuint (after, >, 3);   /* begin, read, write, commit */
}

/* The disk may change what was sound when the queue was opened. */
static void
test_changed_words (DcStoreTest   *self,
                    gconstpointer  unused)
{
  static const Work works[] = { deliver, read_tally, undo_what_never_left };
  g_autofree char *before = NULL;

  fill (self);
  before = contents (self);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++) {
    for (guint after = 0; after < 2; after++) {   /* kind, state */
      g_autofree char *now = NULL;
      g_autoptr (GError) error = NULL;

      arm (CALL_TEXT, after, 0);
      g_assert_false (works[i] (self, &error));
      g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED);
      now = contents (self);
      g_assert_cmpstr (now, ==, before);
    }
  }
}

/* A kind of record that no queue holds is no pledge and no withdrawal. */
static void
test_changed_kind (DcStoreTest   *self,
                   gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;

  dc_store_test_must_save (self, 1);
  arm (CALL_TEXT, 0, 0);
  fault.text = "correction";
  fault.column = 0;
  tally = dc_store_test_tally (self);
  g_assert_true (fault.failed);
  g_assert_cmpuint (tally->taken, ==, 0);
  g_assert_cmpuint (tally->withdrawals_waiting, ==, 0);
}

/* No memory for a setting's answer: it is not taken for a good one. */
static void
test_no_text (DcStoreTest   *self,
              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  arm (CALL_TEXT, 0, 0);
  fault.text = NULL;
  g_assert_false (dc_store_test_open (self->queue, NULL, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED);
}

/* The very first size that is asked for is that of the queue's identity. */
static void
test_changed_identity (DcStoreTest   *self,
                       gconstpointer  unused)
{
  g_autofree char *set_aside = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_store_test_close (self->queue, NULL));
  arm (CALL_SIZE, 0, 0);
  dc_store_test_open (self->queue, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_true (fault.failed);
  g_assert_nonnull (set_aside);
}

/* Signature, envelope, sealed text, id: one that is too short holds back its
 * own record and no other. */
static void
test_changed_sizes (DcStoreTest   *self,
                    gconstpointer  unused)
{
  for (guint n = 0; n < 4; n++) {
    g_autoptr (GPtrArray) records = NULL;
    g_autoptr (DcTally) tally = NULL;

    dc_store_test_must_save (self, 2 * n);
    dc_store_test_must_save (self, 2 * n + 1);
    /* Those before were refused or have been offered: four sizes each. */
    arm (CALL_SIZE, 4 * n + n, 0);
    records = dc_store_test_must_offer (self);
    tally = dc_store_test_tally (self);
    g_assert_cmpuint (tally->by_state[DC_STATE_REFUSED], ==, n + 1);
    g_assert_cmpuint (records->len, ==, n + 1);
  }
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);

  dc_store_test_add ("/statements/each-that-cannot-be-prepared-is-an-error-without-effect",
                     test_prepare);
  dc_store_test_add ("/statements/each-that-fails-is-an-error-without-effect", test_step);
  dc_store_test_add ("/statements/none-that-fails-while-opening-loses-a-pledge", test_open);
  g_test_add_func ("/statements/none-that-fails-spoils-a-new-queue", test_first_open);
  dc_store_test_add ("/statements/a-probe-in-doubt-believes-no-write-that-failed", test_probe);
  dc_store_test_add ("/statements/words-that-change-are-found-damaged", test_changed_words);
  dc_store_test_add ("/statements/each-code-of-sqlite-has-its-meaning", test_codes);
  dc_store_test_add ("/statements/what-could-not-be-undone-is-undone-later", test_undone_later);
  dc_store_test_add ("/statements/a-kind-that-changes-counts-for-nothing", test_changed_kind);
  dc_store_test_add ("/statements/a-setting-that-cannot-be-read-opens-nothing", test_no_text);
  dc_store_test_add ("/statements/a-queue-without-identity-is-set-aside", test_changed_identity);
  dc_store_test_add ("/statements/a-size-that-changes-holds-back-one-record", test_changed_sizes);

  result = g_test_run ();
  g_clear_pointer (&offered, g_ptr_array_unref);

  return result;
}
