/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-read.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-ledger-private.h"
#include "dc-ledger-tidy.h"
#include "dc-sealer.h"
#include "dc-test.h"

#define DAY   "2026-12-18"
#define LATER "2026-12-19"

/* A public age key of nobody: the ledger opens nothing. */
#define RECIPIENT "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n"

typedef struct
{
  char        *dir;
  DcTabletKey *keys[2];
  DcSealer    *tablets[2];
  DcLedger    *ledger;
} Fixture;

static DcId queue = { { 0x51, 2, 3 } };

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->ledger, dc_ledger_free);
  fixture->ledger = dc_ledger_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
enrol (Fixture *fixture,
       guint    tablet)
{
  g_autoptr (DcTablets) tablets = dc_tablets_load (fixture->dir, NULL);

  dc_tablets_enrol (tablets, dc_sealer_get_tablet (fixture->tablets[tablet]), NULL, "c", DC_TRIED_DESK, DAY);
  g_assert_true (dc_tablets_save (tablets, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (RECIPIENT, strlen (RECIPIENT), &error);
  const guint8 pack[32] = { 7 };

  g_assert_no_error (error);
  fixture->dir = dc_test_dir_new ();
  for (guint i = 0; i < 2; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%u.key", fixture->dir, i);

    fixture->keys[i] = dc_tablet_key_load (path, &error);
    g_assert_no_error (error);
    fixture->tablets[i] = dc_sealer_new (fixture->keys[i], recipients, "migrants-day", pack);
  }
  enrol (fixture, 0);
  reopen (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->ledger, dc_ledger_free);
  for (guint i = 0; i < 2; i++) {
    dc_sealer_unref (fixture->tablets[i]);
    dc_tablet_key_unref (fixture->keys[i]);
  }
  dc_test_dir_remove (fixture->dir);
}

static DcRecord *
seal (Fixture *fixture,
      guint    tablet,
      guint    n,
      gint64   seq)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
  DcRecord *record = dc_sealer_seal_pledge (fixture->tablets[tablet], DC_KIND_PLEDGE, pledge, &queue, seq, &error);

  g_assert_no_error (error);

  return record;
}

static DcRecord *
take_back (Fixture  *fixture,
           guint     tablet,
           DcRecord *pledge,
           gint64    seq)
{
  const DcId id = { { 0xee, (guint8) tablet, (guint8) seq } };

  return dc_sealer_seal_withdrawal (fixture->tablets[tablet], &id, &pledge->envelope.id, DAY, &queue, seq, NULL);
}

static DcLedgerTaken
take (Fixture    *fixture,
      DcRecord   *record,
      const char *place)
{
  g_autoptr (GError) error = NULL;
  DcLedgerTaken taken = 99;

  g_assert_true (dc_ledger_begin (fixture->ledger, NULL));
  dc_ledger_take (fixture->ledger, record, place, DAY, &taken, &error);
  g_assert_no_error (error);
  g_assert_true (dc_ledger_commit (fixture->ledger, NULL));

  return taken;
}

/* A row, outliving the call: its texts as letters. */
typedef struct
{
  DcLedgerRow row;
  gboolean    has_record;
  gboolean    is_damaged;
  char        gone[32];
} Seen;

static gboolean
on_row (const DcLedgerRow  *row,
        gpointer            list,
        GError            **error)
{
  Seen seen = { .row = *row, .has_record = row->record != NULL, .is_damaged = row->damage != NULL };

  g_strlcpy (seen.gone, row->gone != NULL ? row->gone : "", sizeof seen.gone);
  g_array_append_val (list, seen);

  return TRUE;
}

static GArray *
list (Fixture              *fixture,
      const DcLedgerFilter *filter)
{
  const DcLedgerFilter all = { 0 };
  g_autoptr (GError) error = NULL;
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (Seen));

  dc_ledger_each (fixture->ledger, filter != NULL ? filter : &all, on_row, seen, &error);
  g_assert_no_error (error);

  return seen;
}

#define SEEN(list, i) (&g_array_index (list, Seen, i))

static void
test_same (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (DcRecord) record = seal (fixture, 0, 1, 1);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) places = NULL;

  g_assert_cmpint (take (fixture, record, "/media/ONE/a.jsonl"), ==, DC_LEDGER_NEW);
  reopen (fixture);
  g_assert_cmpint (take (fixture, record, "/media/TWO/b.jsonl"), ==, DC_LEDGER_SAME);
  g_assert_cmpint (take (fixture, record, "/media/TWO/b.jsonl"), ==, DC_LEDGER_SAME);
  rows = list (fixture, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (SEEN (rows, 0)->has_record);
  g_assert_true (dc_id_equal (&SEEN (rows, 0)->row.id, &record->envelope.id));
  g_assert_cmpint (SEEN (rows, 0)->row.kind, ==, DC_KIND_PLEDGE);
  g_assert_cmpstr (SEEN (rows, 0)->row.origin.campaign, ==, "migrants-day");
  places = dc_ledger_list_places (fixture->ledger, SEEN (rows, 0)->row.number, NULL);
  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpstr (places->pdata[0], ==, "/media/ONE/a.jsonl");
}

static void
test_differs (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (DcRecord) one = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) other = seal (fixture, 0, 1, 1);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) decided = NULL;

  take (fixture, one, NULL);
  g_assert_cmpint (take (fixture, other, NULL), ==, DC_LEDGER_DIFFERS);
  rows = list (fixture, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_true (SEEN (rows, 0)->row.conflict && SEEN (rows, 1)->row.conflict);

  g_assert_true (dc_ledger_erase (fixture->ledger, SEEN (rows, 1)->row.number, DC_LEDGER_GONE_DECIDED, DAY, NULL));
  decided = list (fixture, NULL);
  g_assert_false (SEEN (decided, 0)->row.conflict);
  g_assert_cmpstr (SEEN (decided, 1)->gone, ==, DC_LEDGER_GONE_DECIDED);
}

/* A stranger gets in the way of no record of ours, whatever id it bears. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (DcRecord) ours = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) theirs = seal (fixture, 1, 1, 3);
  g_autoptr (DcRecord) withdrawal = take_back (fixture, 1, ours, 4);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) later = NULL;
  g_autoptr (GArray) gaps = NULL;

  take (fixture, ours, NULL);
  take (fixture, theirs, NULL);
  take (fixture, withdrawal, NULL);
  rows = list (fixture, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const DcLedgerRow *row = &SEEN (rows, i)->row;

    g_assert_cmpint (row->foreign, ==, row->seq != 1);
    g_assert_false (row->conflict);
    g_assert_false (row->seq == 1 && row->withdrawn);
  }
  gaps = dc_ledger_list_gaps (fixture->ledger, NULL);
  g_assert_cmpuint (gaps->len, ==, 0);

  enrol (fixture, 1);
  reopen (fixture);
  later = list (fixture, &(DcLedgerFilter) { .id = &ours->envelope.id });
  g_assert_cmpuint (later->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (SEEN (later, i)->row.conflict, ==, SEEN (later, i)->row.seq != 4);
}

static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr (DcRecord) pledge = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) withdrawal = take_back (fixture, 0, pledge, 2);
  g_autoptr (GArray) rows = NULL;

  take (fixture, withdrawal, NULL);
  take (fixture, pledge, NULL);
  rows = list (fixture, NULL);
  g_assert_true (SEEN (rows, 0)->row.withdrawn && !SEEN (rows, 1)->row.withdrawn);
  g_assert_true (SEEN (rows, 1)->row.has_about);
  g_assert_true (dc_id_equal (&SEEN (rows, 1)->row.about, &pledge->envelope.id));
}

static void
test_gaps_and_twins (Fixture       *fixture,
                     gconstpointer  unused)
{
  const gint64 seqs[] = { 2, 3, 7 };
  g_autoptr (DcRecord) twin = seal (fixture, 0, 9, 7);
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GArray) twins = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (seqs); i++) {
    g_autoptr (DcRecord) record = seal (fixture, 0, i, seqs[i]);

    take (fixture, record, NULL);
  }
  gaps = dc_ledger_list_gaps (fixture->ledger, NULL);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpint (g_array_index (gaps, DcLedgerGap, 0).first, ==, 1);
  g_assert_cmpint (g_array_index (gaps, DcLedgerGap, 0).last, ==, 1);
  g_assert_cmpint (g_array_index (gaps, DcLedgerGap, 1).first, ==, 4);
  g_assert_cmpint (g_array_index (gaps, DcLedgerGap, 1).last, ==, 6);
  twins = dc_ledger_list_twins (fixture->ledger, NULL);
  g_assert_cmpuint (twins->len, ==, 0);
  g_clear_pointer (&twins, g_array_unref);
  take (fixture, twin, NULL);
  twins = dc_ledger_list_twins (fixture->ledger, NULL);
  g_assert_cmpuint (twins->len, ==, 1);
  g_assert_cmpint (g_array_index (twins, DcLedgerTwin, 0).seq, ==, 7);
}

/* One queue under two tablets: a copied state folder with a new key. */
static void
test_queue_of_two (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr (DcRecord) one = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) two = seal (fixture, 1, 2, 1);
  g_autoptr (GArray) twins = NULL;

  enrol (fixture, 1);
  reopen (fixture);
  take (fixture, one, NULL);
  take (fixture, two, NULL);
  twins = dc_ledger_list_twins (fixture->ledger, NULL);
  g_assert_cmpuint (twins->len, ==, 2);
  g_assert_cmpint (g_array_index (twins, DcLedgerTwin, 0).seq, ==, 0);
}

static void
test_marks (Fixture       *fixture,
            gconstpointer  unused)
{
  const DcDestinationIdentity here = { .id = { { 1 } }, .epoch = { { 2 } } };
  const DcDestinationIdentity restored = { .id = { { 1 } }, .epoch = { { 3 } } };
  g_autoptr (DcRecord) one = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) two = seal (fixture, 0, 2, 2);
  g_autoptr (GBytes) line = g_bytes_new_static ("{}\n", 3);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) exports = NULL;
  gint64 export = 0;

  take (fixture, one, NULL);
  take (fixture, two, NULL);
  rows = list (fixture, NULL);
  g_array_append_val (numbers, SEEN (rows, 0)->row.number);
  g_assert_true (dc_ledger_mark_opened (fixture->ledger, SEEN (rows, 0)->row.number, "RF18539007547034", LATER, NULL));
  g_assert_true (dc_ledger_add_export (fixture->ledger, LATER, "/srv/p.csv", &export, NULL));
  g_assert_true (dc_ledger_mark_exported (fixture->ledger, SEEN (rows, 0)->row.number, export, NULL));
  g_assert_true (dc_ledger_add_receipt (fixture->ledger, &SEEN (rows, 0)->row.origin, line, numbers, NULL));
  g_clear_pointer (&rows, g_array_unref);

  rows = list (fixture, &(DcLedgerFilter) { .reference = "RF18539007547034", .marks_only = TRUE });
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (SEEN (rows, 0)->row.exported == export && SEEN (rows, 0)->row.receipt == 1);
  g_assert_false (SEEN (rows, 0)->has_record);
  exports = dc_ledger_list_exports (fixture->ledger, SEEN (rows, 0)->row.number, NULL);
  g_assert_cmpstr (exports->pdata[0], ==, LATER " /srv/p.csv");
  g_clear_pointer (&rows, g_array_unref);
  rows = list (fixture, &(DcLedgerFilter) { .no_receipt = TRUE, .not_exported = TRUE });
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (SEEN (rows, 0)->row.seq, ==, 2);

  g_assert_true (dc_ledger_mark_receipt (fixture->ledger, 1, &here, NULL));
  missing = dc_ledger_list_receipts (fixture->ledger, &here, NULL);
  g_assert_cmpuint (missing->len, ==, 0);
  g_clear_pointer (&missing, g_ptr_array_unref);
  missing = dc_ledger_list_receipts (fixture->ledger, &restored, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_true (g_bytes_equal (((DcLedgerReceipt *) missing->pdata[0])->line, line));
}

static gboolean
is_on_disk (Fixture *fixture,
            GBytes  *needle)
{
  const char * const names[] = { DC_LEDGER_FILE, DC_LEDGER_FILE "-wal" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);
    g_autofree char *data = NULL;
    gsize size = 0;

    /* Its middle: a long value is split over pages. */
    if (g_file_get_contents (path, &data, &size, NULL))
      found |= memmem (data, size, (const char *) g_bytes_get_data (needle, NULL) + 32, 64) != NULL;
  }

  return found;
}

static void
test_erase (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (DcRecord) record = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) other = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) withdrawal = take_back (fixture, 0, record, 2);
  g_autoptr (GArray) rows = NULL;

  take (fixture, record, NULL);
  g_assert_true (is_on_disk (fixture, record->sealed));
  rows = list (fixture, NULL);
  g_assert_true (dc_ledger_erase (fixture->ledger, SEEN (rows, 0)->row.number, DC_LEDGER_GONE_ERASED, DAY, NULL));
  g_assert_true (dc_ledger_cut (fixture->ledger, NULL));
  g_assert_false (is_on_disk (fixture, record->sealed));

  g_assert_cmpint (take (fixture, record, NULL), ==, DC_LEDGER_SAME);
  g_assert_cmpint (take (fixture, other, NULL), ==, DC_LEDGER_ERASED);
  g_assert_cmpint (take (fixture, withdrawal, NULL), ==, DC_LEDGER_ERASED);
  g_clear_pointer (&rows, g_array_unref);
  rows = list (fixture, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (SEEN (rows, i)->gone, ==, DC_LEDGER_GONE_ERASED);
    g_assert_false (SEEN (rows, i)->has_record);
  }
}

static GBytes *
state (Fixture *fixture,
       guint    tablet,
       gint64   number,
       gint64   max_seq)
{
  g_autoptr (DcStatement) statement = dc_statement_new ();

  g_strlcpy (statement->origin.campaign, "migrants-day", sizeof statement->origin.campaign);
  memcpy (statement->origin.tablet, dc_sealer_get_tablet (fixture->tablets[tablet]), 32);
  statement->origin.queue = queue;
  statement->number = number;
  statement->max_seq = max_seq;
  g_strlcpy (statement->time.boot_id, "8f3c2b1a-0d4e-4f5a-9b6c-7d8e9fa0b1c2", sizeof statement->time.boot_id);

  return dc_statement_to_line (statement, fixture->keys[tablet]);
}

static gboolean
take_statement (Fixture *fixture,
                GBytes  *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcStatement) statement = dc_statement_from_line (line, &error);
  gboolean is_new = FALSE;

  g_assert_no_error (error);
  dc_ledger_take_statement (fixture->ledger, statement, line, &is_new, &error);
  g_assert_no_error (error);

  return is_new;
}

static void
test_statements (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr (GBytes) late = state (fixture, 0, 12, 5);
  g_autoptr (GBytes) early = state (fixture, 0, 9, 4);
  g_autoptr (GBytes) foreign = state (fixture, 1, 1, 4);
  g_autoptr (GPtrArray) latest = NULL;

  g_assert_true (take_statement (fixture, late));
  g_assert_true (take_statement (fixture, early));
  g_assert_true (take_statement (fixture, foreign));
  g_assert_false (take_statement (fixture, late));
  latest = dc_ledger_list_statements (fixture->ledger, NULL);
  g_assert_cmpuint (latest->len, ==, 1);
  g_assert_cmpint (((DcStatement *) latest->pdata[0])->number, ==, 12);
}

static void
change (Fixture    *fixture,
        const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, DC_LEDGER_FILE, NULL);
  sqlite3 *handle = NULL;

  g_clear_pointer (&fixture->ledger, dc_ledger_free);
  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_damage (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (DcRecord) one = seal (fixture, 0, 1, 1);
  g_autoptr (DcRecord) two = seal (fixture, 0, 2, 2);
  g_autoptr (GArray) rows = NULL;

  take (fixture, one, NULL);
  take (fixture, two, NULL);
  change (fixture, "UPDATE record SET sealed = zeroblob (2000) WHERE seq = 1");
  reopen (fixture);
  rows = list (fixture, NULL);
  g_assert_true (SEEN (rows, 0)->is_damaged && !SEEN (rows, 0)->has_record);
  g_assert_true (SEEN (rows, 1)->has_record);
}

static void
test_not_ours (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  change (fixture, "PRAGMA user_version = 4");
  g_assert_null (dc_ledger_open (fixture->dir, &error));
  g_assert_error (error, DC_LEDGER_ERROR, DC_LEDGER_ERROR_NOT_OURS);
  g_clear_error (&error);
  change (fixture, "PRAGMA user_version = 1; PRAGMA application_id = 5");
  g_assert_null (dc_ledger_open (fixture->dir, &error));
  g_assert_error (error, DC_LEDGER_ERROR, DC_LEDGER_ERROR_NOT_OURS);
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (DcRecord) record = seal (fixture, 0, 1, 1);
  DcLedgerTaken taken;
  gint64 n = -1, gone = -1;

  g_assert_true (dc_ledger_begin (fixture->ledger, NULL));
  g_assert_true (dc_ledger_take (fixture->ledger, record, NULL, DAY, &taken, NULL));
  reopen (fixture);
  g_assert_true (dc_ledger_count (fixture->ledger, &n, &gone, NULL));
  g_assert_true (n == 0 && gone == 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static int
on_steps (void *n)
{
  (*(guint *) n)++;

  return 0;
}

/* By SQLite's machine, for all that is told of the ledger as a whole: a count, and
 * no time. */
static guint
count_steps (Fixture *fixture)
{
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GArray) twins = NULL;
  DcLedgerOld old[DC_N_STANDINGS];
  guint steps = 0;

  sqlite3_progress_handler (fixture->ledger->handle, 10, on_steps, &steps);
  rows = list (fixture, NULL);
  gaps = dc_ledger_list_gaps (fixture->ledger, NULL);
  twins = dc_ledger_list_twins (fixture->ledger, NULL);
  g_assert_true (dc_ledger_count_old (fixture->ledger, "migrants-day", LATER, FALSE, old, NULL));
  sqlite3_progress_handler (fixture->ledger->handle, 0, NULL, NULL);
  g_assert_cmpuint (gaps->len, ==, 0);
  g_assert_cmpuint (twins->len, ==, 0);

  return steps;
}

/* Each record is found by an index, and none by looking through its queue: four
 * times the records are four times the work, and not sixteen times. */
static void
test_many (Fixture       *fixture,
           gconstpointer  unused)
{
  guint steps[2] = { 0 };

  for (guint n = 1; n <= 200; n++) {
    g_autoptr (DcRecord) record = seal (fixture, 0, n, n);

    take (fixture, record, NULL);
    if (n == 50)
      steps[0] = count_steps (fixture);
  }
  steps[1] = count_steps (fixture);
  g_test_message ("%u and %u", steps[0], steps[1]);
  g_assert_cmpuint (steps[0], >, 50);
  g_assert_cmpuint (steps[1], <, 6 * steps[0]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/ledger/take/keeps-the-same-record-once-and-each-place", test_same);
  ADD ("/ledger/take/keeps-both-that-bear-one-id-until-somebody-decides", test_differs);
  ADD ("/ledger/take/keeps-strangers-apart-until-they-are-enrolled", test_foreign);
  ADD ("/ledger/take/marks-a-pledge-that-was-taken-back-in-any-order", test_withdrawn);
  ADD ("/ledger/take/is-undone-where-it-is-not-committed", test_undo);
  ADD ("/ledger/lists/gaps-and-two-records-in-one-place", test_gaps_and_twins);
  ADD ("/ledger/lists/a-queue-of-two-tablets", test_queue_of_two);
  ADD ("/ledger/lists/the-latest-statement-of-each-enrolled-queue", test_statements);
  ADD ("/ledger/marks/are-found-again", test_marks);
  ADD ("/ledger/erase/leaves-no-byte-and-never-takes-it-again", test_erase);
  ADD ("/ledger/damage/costs-the-record-alone", test_damage);
  ADD ("/ledger/many/are-found-by-an-index", test_many);
  ADD ("/ledger/open/refuses-what-is-of-another-or-later-program", test_not_ours);

  return g_test_run ();
}
