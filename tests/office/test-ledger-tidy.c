/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ledger-tidy.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-ledger-read.h"
#include "dc-sealer.h"
#include "dc-test.h"

#define DAY "2026-12-18"
#define CAMPAIGN "migrants-day"

/* A public age key of nobody: the ledger opens nothing. */
#define RECIPIENT "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n"

typedef struct
{
  char        *dir;
  DcTabletKey *key;
  DcSealer    *tablet;
  DcLedger    *ledger;
} Fixture;

static const DcId queue = { { 0x51, 2, 3 } };

static void
open_ledger (Fixture  *fixture,
             gboolean  enrolled)
{
  g_autoptr (DcTablets) tablets = dc_tablets_load (fixture->dir, NULL);
  g_autoptr (GError) error = NULL;

  if (enrolled) {
    dc_tablets_enrol (tablets, dc_sealer_get_tablet (fixture->tablet), NULL, "c", DC_TRIED_DESK, DAY);
    g_assert_true (dc_tablets_save (tablets, NULL));
  }
  g_clear_pointer (&fixture->ledger, dc_ledger_free);
  fixture->ledger = dc_ledger_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (RECIPIENT, strlen (RECIPIENT), NULL);
  g_autofree char *path = NULL;
  const guint8 pack[32] = { 7 };

  fixture->dir = dc_test_dir_new ();
  path = g_build_filename (fixture->dir, "tablet.key", NULL);
  fixture->key = dc_tablet_key_load (path, NULL);
  fixture->tablet = dc_sealer_new (fixture->key, recipients, CAMPAIGN, pack);
  open_ledger (fixture, FALSE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->ledger, dc_ledger_free);
  dc_sealer_unref (fixture->tablet);
  dc_tablet_key_unref (fixture->key);
  dc_test_dir_remove (fixture->dir);
}

static DcRecord *
seal (Fixture *fixture,
      DcKind   kind,
      guint    n)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
  DcRecord *record = dc_sealer_seal_pledge (fixture->tablet, kind, pledge, &queue, n, NULL);

  g_assert_nonnull (record);

  return record;
}

static void
take (Fixture  *fixture,
      DcRecord *record)
{
  g_autoptr (GError) error = NULL;
  DcLedgerTaken taken;

  dc_ledger_take (fixture->ledger, record, "/media/STICK/a.jsonl", DAY, &taken, &error);
  g_assert_no_error (error);
}

static void
assert_stands (Fixture    *fixture,
               DcRecord   *record,
               gboolean    unexported,
               DcStanding  expected)
{
  g_autoptr (GError) error = NULL;
  DcStanding standing = DC_N_STANDINGS;

  dc_ledger_stand (fixture->ledger, record, unexported, &standing, &error);
  g_assert_no_error (error);
  g_assert_cmpint (standing, ==, expected);
}

static void
sign_for (Fixture *fixture,
          gint64   number)
{
  g_autoptr (GBytes) line = g_bytes_new_static ("{}\n", 3);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  DcOrigin origin = { .campaign = CAMPAIGN, .queue = queue };

  memcpy (origin.tablet, dc_sealer_get_tablet (fixture->tablet), sizeof origin.tablet);
  g_array_append_val (numbers, number);
  g_assert_true (dc_ledger_add_receipt (fixture->ledger, &origin, line, numbers, NULL));
}

static void
write_out (Fixture *fixture,
           gint64   number)
{
  gint64 export;

  g_assert_true (dc_ledger_add_export (fixture->ledger, DAY, "/srv/a.csv", &export, NULL));
  g_assert_true (dc_ledger_mark_exported (fixture->ledger, number, export, NULL));
}

/* From nothing to all that is needed, a step at a time. */
static void
test_standing (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (DcRecord) record = seal (fixture, DC_KIND_PLEDGE, 1);
  g_autoptr (DcRecord) other = seal (fixture, DC_KIND_PLEDGE, 1);

  assert_stands (fixture, record, TRUE, DC_STANDING_ABSENT);
  take (fixture, record);
  assert_stands (fixture, record, TRUE, DC_STANDING_FOREIGN);
  open_ledger (fixture, TRUE);
  assert_stands (fixture, record, TRUE, DC_STANDING_NO_RECEIPT);
  sign_for (fixture, 1);
  assert_stands (fixture, record, FALSE, DC_STANDING_NOT_EXPORTED);
  assert_stands (fixture, record, TRUE, DC_STANDING_MAY_GO);
  write_out (fixture, 1);
  assert_stands (fixture, record, FALSE, DC_STANDING_MAY_GO);
  /* The same id in other bytes is another record. */
  assert_stands (fixture, other, TRUE, DC_STANDING_ABSENT);
}

static void
test_practice (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (DcRecord) record = seal (fixture, DC_KIND_PRACTICE, 1);

  open_ledger (fixture, TRUE);
  take (fixture, record);
  sign_for (fixture, 1);
  assert_stands (fixture, record, FALSE, DC_STANDING_MAY_GO);
}

static void
test_taken_back (Fixture       *fixture,
                 gconstpointer  unused)
{
  const DcId id = { { 0xee } };
  g_autoptr (DcRecord) record = seal (fixture, DC_KIND_PLEDGE, 1);
  g_autoptr (DcRecord) withdrawal = dc_sealer_seal_withdrawal (fixture->tablet, &id, &record->envelope.id, DAY, &queue,
                                                               2, NULL);

  open_ledger (fixture, TRUE);
  take (fixture, record);
  sign_for (fixture, 1);
  assert_stands (fixture, record, FALSE, DC_STANDING_NOT_EXPORTED);
  take (fixture, withdrawal);
  assert_stands (fixture, record, FALSE, DC_STANDING_MAY_GO);
  assert_stands (fixture, withdrawal, FALSE, DC_STANDING_NO_RECEIPT);
}

static void
count_old (Fixture     *fixture,
           const char  *campaign,
           const char  *until,
           DcLedgerOld  old[DC_N_STANDINGS])
{
  g_assert_true (dc_ledger_count_old (fixture->ledger, campaign, until, FALSE, old, NULL));
}

static void
test_erase_old (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr (DcRecord) goes = seal (fixture, DC_KIND_PLEDGE, 1);
  g_autoptr (DcRecord) stays = seal (fixture, DC_KIND_PLEDGE, 2);
  g_autofree char *day = g_strdup (goes->envelope.day);
  DcLedgerOld old[DC_N_STANDINGS];
  gint64 n, gone;

  open_ledger (fixture, TRUE);
  take (fixture, goes);
  take (fixture, stays);
  sign_for (fixture, 1);
  write_out (fixture, 1);
  count_old (fixture, CAMPAIGN, "2000-01-01", old);
  g_assert_cmpint (old[DC_STANDING_MAY_GO].n_records, ==, 0);
  count_old (fixture, "winter", "2999-01-01", old);
  g_assert_cmpint (old[DC_STANDING_MAY_GO].n_records, ==, 0);
  count_old (fixture, CAMPAIGN, day, old);
  g_assert_cmpint (old[DC_STANDING_MAY_GO].n_records, ==, 1);
  g_assert_cmpint (old[DC_STANDING_NO_RECEIPT].n_records, ==, 1);
  g_assert_cmpstr (old[DC_STANDING_MAY_GO].first_day, ==, day);

  g_assert_true (dc_ledger_begin (fixture->ledger, NULL));
  g_assert_true (dc_ledger_erase_old (fixture->ledger, CAMPAIGN, day, FALSE, NULL));
  g_assert_true (dc_ledger_commit (fixture->ledger, NULL));
  g_assert_true (dc_ledger_shrink (fixture->ledger, NULL));
  g_assert_true (dc_ledger_count (fixture->ledger, &n, &gone, NULL));
  g_assert_true (n == 1 && gone == 1);
  /* A copy that turns up later may go without more ado, and is not kept again. */
  assert_stands (fixture, goes, FALSE, DC_STANDING_MAY_GO);
  take (fixture, goes);
  g_assert_true (dc_ledger_count (fixture->ledger, &n, &gone, NULL));
  g_assert_true (n == 1 && gone == 1);
}

static void
test_places (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (DcRecord) record = seal (fixture, DC_KIND_PLEDGE, 1);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) exports = NULL;

  take (fixture, record);
  write_out (fixture, 1);
  before = dc_ledger_list_places (fixture->ledger, 1, NULL);
  g_assert_true (dc_ledger_forget_place (fixture->ledger, "/media/STICK/a.jsonl", NULL));
  g_assert_true (dc_ledger_forget_place (fixture->ledger, "/never/there", NULL));
  after = dc_ledger_list_places (fixture->ledger, 1, NULL);
  g_assert_true (before->len == 1 && after->len == 0);
  exports = dc_ledger_list_old_exports (fixture->ledger, CAMPAIGN, "2999-01-01", NULL);
  g_assert_cmpuint (exports->len, ==, 1);
  g_assert_cmpstr (exports->pdata[0], ==, DAY " /srv/a.csv");
}

/* Cut off, it is found again until nothing of it is begun. */
static void
test_tidying (Fixture       *fixture,
              gconstpointer  unused)
{
  const DcLedgerOld old = { 3, DAY, DAY };
  g_auto (DcLedgerTidying) run = { 0 };
  g_auto (DcLedgerTidying) found = { 0 };
  g_autoptr (GPtrArray) list = NULL;

  g_assert_true (dc_ledger_find_tidying (fixture->ledger, CAMPAIGN, &found, NULL));
  g_assert_cmpint (found.number, ==, 0);
  g_assert_true (dc_ledger_add_tidying (fixture->ledger, CAMPAIGN, DAY, "a rule", &run, NULL));
  g_assert_true (dc_ledger_add_tidied (fixture->ledger, run.number, "/s", "/s/a", &old, DC_TIDIED_BEGUN, NULL));
  g_assert_true (dc_ledger_add_tidied (fixture->ledger, run.number, "/s", "/s/b", &old, DC_TIDIED_BEGUN, NULL));
  g_assert_true (dc_ledger_finish_tidying (fixture->ledger, run.number, DAY, NULL));
  g_assert_true (dc_ledger_find_tidying (fixture->ledger, "winter", &found, NULL));
  g_assert_cmpint (found.number, ==, 0);
  g_assert_true (dc_ledger_find_tidying (fixture->ledger, CAMPAIGN, &found, NULL));
  g_assert_cmpint (found.number, ==, run.number);
  g_assert_cmpstr (found.rule, ==, "a rule");

  g_assert_true (dc_ledger_mark_tidied (fixture->ledger, run.number, "/s", "/s/a", DC_TIDIED_DELETED, NULL));
  g_assert_true (dc_ledger_drop_tidied (fixture->ledger, run.number, "/s", "/s/b", NULL));
  list = dc_ledger_list_tidied (fixture->ledger, run.number, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((DcLedgerTidied *) list->pdata[0])->state, ==, DC_TIDIED_DELETED);
  g_assert_cmpint (((DcLedgerTidied *) list->pdata[0])->old.n_records, ==, 3);
  g_assert_true (dc_ledger_finish_tidying (fixture->ledger, run.number, DAY, NULL));
  g_assert_true (dc_ledger_find_tidying (fixture->ledger, CAMPAIGN, &found, NULL));
  g_assert_cmpint (found.number, ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/ledger-tidy/stand/needs-the-record-a-tablet-a-receipt-and-an-export", test_standing);
  ADD ("/ledger-tidy/stand/practice-needs-no-export", test_practice);
  ADD ("/ledger-tidy/stand/what-was-taken-back-needs-no-export", test_taken_back);
  ADD ("/ledger-tidy/erase-old/ends-what-may-go-and-takes-it-no-more", test_erase_old);
  ADD ("/ledger-tidy/places/are-forgotten-and-exports-are-not", test_places);
  ADD ("/ledger-tidy/run/is-found-again-until-all-of-it-is-known", test_tidying);

  return g_test_run ();
}
