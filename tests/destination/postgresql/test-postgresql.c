/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-test-server.h"
#include "fixture.h"

/* What a tablet and the office do with a database, on Debian's PostgreSQL. */

#define TABLET "tent"
#define OFFICE "desk"

static DcTestServer *server;

static DcDestination *
connect_as (const char *user)
{
  return dc_test_server_connect (server, NULL, user, "secret");
}

static void
put (DcDestination *destination,
     GPtrArray     *records,
     guint          counts[static DC_N_VERDICTS])
{
  g_autoptr (GError) error = NULL;

  dc_test_put_all (destination, records, counts, &error);
  g_assert_no_error (error);
}

static void
empty (void)
{
  g_free (dc_test_server_sql (server, "DELETE FROM daily_cup.record; DELETE FROM daily_cup.note"));
}

static void
test_identity (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (DcDestination) office = connect_as (OFFICE);
  DcTransfer transfer = { 0 };
  DcDestinationIdentity one = { 0 };
  DcDestinationIdentity two = { 0 };
  g_autoptr (GError) error = NULL;

  dc_destination_probe (tablet, &transfer, &one, &error);
  g_assert_no_error (error);
  dc_destination_probe (office, &transfer, &two, &error);
  g_assert_no_error (error);
  g_assert_true (dc_id_equal (&one.id, &two.id));
  g_assert_true (dc_id_equal (&one.epoch, &two.epoch));
  g_assert_false (dc_id_equal (&one.id, &one.epoch));
  g_assert_false (one.may_remove);
  g_assert_true (two.may_remove);
  /* It runs on this machine. */
  g_assert_cmpint (ABS (one.utc_us - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
}

static void
test_new_epoch (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  DcTransfer transfer = { 0 };
  DcDestinationIdentity one = { 0 };
  DcDestinationIdentity two = { 0 };

  g_assert_true (dc_destination_probe (tablet, &transfer, &one, NULL));
  g_free (dc_test_server_sql (server, "SELECT daily_cup.new_epoch()"));
  g_assert_true (dc_destination_probe (tablet, &transfer, &two, NULL));
  g_assert_true (dc_id_equal (&one.id, &two.id));
  g_assert_false (dc_id_equal (&one.epoch, &two.epoch));
}

static void
test_new_then_same (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (GPtrArray) records = dc_test_records (0, 120);
  g_autofree char *count = NULL;
  guint first[DC_N_VERDICTS] = { 0 };
  guint again[DC_N_VERDICTS] = { 0 };

  empty ();
  put (tablet, records, first);
  g_assert_cmpuint (first[DC_VERDICT_NEW], ==, 120);
  put (tablet, records, again);
  g_assert_cmpuint (again[DC_VERDICT_SAME], ==, 120);
  count = dc_test_server_sql (server, "SELECT count(*) FROM daily_cup.record");
  g_assert_cmpstr (count, ==, "120");
}

/* Sealing is not twice the same, so this is another record with the same id. */
static void
test_differs (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (GPtrArray) records = dc_test_records (0, 1);
  g_autoptr (GPtrArray) others = dc_test_records (0, 2);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint counts[DC_N_VERDICTS] = { 0 };

  empty ();
  put (tablet, records, counts);
  before = dc_test_server_sql (server, "SELECT md5(sealed) FROM daily_cup.record");
  put (tablet, others, counts);
  g_assert_cmpuint (counts[DC_VERDICT_NEW], ==, 2);
  g_assert_cmpuint (counts[DC_VERDICT_DIFFERS], ==, 1);
  after = dc_test_server_sql (server, "SELECT md5(sealed) FROM daily_cup.record WHERE seq = 1");
  g_assert_cmpstr (before, ==, after);
}

static void
test_another_tablet (void)
{
  g_autoptr (DcDestination) other = connect_as ("other");
  g_autoptr (GPtrArray) records = dc_test_records (0, 3);
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_autoptr (GBytes) bundle = NULL;
  g_autofree char *count = NULL;
  DcOrigin origin = dc_test_origin ();
  DcTransfer transfer = { 0 };
  guint taken;

  empty ();
  bundle = dc_bundle_new ((DcRecord **) records->pdata, records->len, &taken);
  g_assert_true (dc_destination_put (other, &origin, bundle, &transfer, deliveries, NULL));
  g_assert_cmpuint (deliveries->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const DcDelivery *delivery = deliveries->pdata[i];

    g_assert_cmpint (delivery->verdict, ==, DC_VERDICT_REFUSED);
    g_assert_cmpstr (delivery->reason, ==, "The record is of another tablet than this login.");
  }
  count = dc_test_server_sql (server, "SELECT count(*) FROM daily_cup.record");
  g_assert_cmpstr (count, ==, "0");
}

typedef struct
{
  GHashTable *ids;       /* DcId */
  GPtrArray  *places;    /* char * */
  guint       n;
  guint       most;
} Seen;

static gboolean
see_bundle (const char *place,
            GBytes     *content,
            gpointer    data)
{
  Seen *seen = data;
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (content, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_auto (DcBundleItem) item = { 0 };

  while (dc_bundle_reader_next (reader, &item)) {
    g_assert_cmpint (item.found, ==, DC_BUNDLE_RECORD);
    g_assert_true (g_hash_table_add (seen->ids, g_memdup2 (&item.record->envelope.id, sizeof (DcId))));
    dc_bundle_item_clear (&item);
  }
  g_ptr_array_add (seen->places, g_strdup (place));

  return ++seen->n != seen->most;
}

static void
test_ten_thousand (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (DcDestination) office = connect_as (OFFICE);
  g_autoptr (GPtrArray) records = dc_test_records (0, 10000);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (dc_id_hash, dc_id_same, g_free, NULL);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *count = NULL;
  Seen seen = { .ids = ids, .places = places };
  DcTransfer transfer = { 0 };
  guint counts[DC_N_VERDICTS] = { 0 };

  empty ();
  put (tablet, records, counts);
  g_assert_cmpuint (counts[DC_VERDICT_NEW], ==, 10000);
  g_assert_true (dc_destination_read_bundles (office, &transfer, see_bundle, &seen, NULL));
  g_assert_cmpuint (g_hash_table_size (ids), ==, 10000);
  for (guint i = 0; i < places->len; i++)
    g_assert_true (dc_destination_remove (office, places->pdata[i], &transfer, NULL));
  count = dc_test_server_sql (server, "SELECT count(*) FROM daily_cup.record");
  g_assert_cmpstr (count, ==, "0");
}

static void
test_enough (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (DcDestination) office = connect_as (OFFICE);
  g_autoptr (GPtrArray) records = dc_test_records (0, 300);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (dc_id_hash, dc_id_same, g_free, NULL);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  Seen seen = { .ids = ids, .places = places, .most = 2 };
  DcTransfer transfer = { 0 };
  guint counts[DC_N_VERDICTS] = { 0 };
  g_autoptr (GError) error = NULL;

  empty ();
  put (tablet, records, counts);
  g_assert_true (dc_destination_read_bundles (office, &transfer, see_bundle, &seen, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.n, ==, 2);
}

/* What was put in by somebody who does not care for signatures. */
static gboolean
see_odd (const char *place,
         GBytes     *content,
         gpointer    data)
{
  guint *n_lost = data;
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (content, DC_BUNDLE_FORM_BUNDLE, NULL);
  g_auto (DcBundleItem) item = { 0 };

  while (dc_bundle_reader_next (reader, &item)) {
    *n_lost += item.found == DC_BUNDLE_LOST;
    dc_bundle_item_clear (&item);
  }

  return TRUE;
}

static void
test_forged_record_is_shown (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (DcDestination) office = connect_as (OFFICE);
  g_autoptr (GPtrArray) records = dc_test_records (0, 3);
  DcTransfer transfer = { 0 };
  guint counts[DC_N_VERDICTS] = { 0 };
  guint n_lost = 0;

  empty ();
  put (tablet, records, counts);
  g_free (dc_test_server_sql (server, "UPDATE daily_cup.record SET sealed = sealed || '\\x00' WHERE seq = 2"));
  g_assert_true (dc_destination_read_bundles (office, &transfer, see_odd, &n_lost, NULL));
  g_assert_cmpuint (n_lost, ==, 1);
}

static gboolean
see_note (const char *place,
          GBytes     *content,
          gpointer    data)
{
  g_ptr_array_add (data, g_strdup_printf ("%.*s", (int) g_bytes_get_size (content),
                                          (const char *) g_bytes_get_data (content, NULL)));

  return TRUE;
}

static GPtrArray *
read_notes (const char     *user,
            DcNote          note,
            const DcOrigin *origin)
{
  g_autoptr (DcDestination) destination = connect_as (user);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  DcTransfer transfer = { 0 };
  g_autoptr (GError) error = NULL;

  dc_destination_read_notes (destination, note, origin, &transfer, see_note, found, &error);
  g_assert_no_error (error);

  return found;
}

static gboolean
put_note (const char      *user,
          DcNote           note,
          const DcOrigin  *origin,
          const char      *text,
          GError         **error)
{
  g_autoptr (DcDestination) destination = connect_as (user);
  g_autoptr (GBytes) line = g_bytes_new (text, strlen (text));
  DcTransfer transfer = { 0 };

  return dc_destination_put_note (destination, note, origin, line, &transfer, error);
}

static void
test_receipts (void)
{
  DcOrigin origin = dc_test_origin ();
  DcOrigin another = origin;
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GPtrArray) not_mine = NULL;
  g_autoptr (GPtrArray) all = NULL;

  another.tablet[0] ^= 1;
  empty ();
  for (guint i = 0; i < 45; i++) {
    g_autofree char *text = g_strdup_printf ("receipt %u", i);

    g_assert_true (put_note (OFFICE, DC_NOTE_RECEIPT, &origin, text, NULL));
  }
  g_assert_true (put_note (OFFICE, DC_NOTE_RECEIPT, &origin, "receipt 7", NULL));
  g_assert_true (put_note (OFFICE, DC_NOTE_RECEIPT, &another, "not yours", NULL));

  mine = read_notes (TABLET, DC_NOTE_RECEIPT, &origin);
  g_assert_cmpuint (mine->len, ==, 45);
  g_assert_cmpstr (mine->pdata[44], ==, "receipt 44");
  not_mine = read_notes (TABLET, DC_NOTE_RECEIPT, &another);
  g_assert_cmpuint (not_mine->len, ==, 0);
  all = read_notes (OFFICE, DC_NOTE_RECEIPT, NULL);
  g_assert_cmpuint (all->len, ==, 46);
}

static void
test_statements (void)
{
  DcOrigin origin = dc_test_origin ();
  DcOrigin another = origin;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  another.tablet[0] ^= 1;
  empty ();
  g_assert_true (put_note (TABLET, DC_NOTE_STATEMENT, &origin, "one", NULL));
  g_assert_true (put_note (TABLET, DC_NOTE_STATEMENT, &origin, "two", NULL));
  g_assert_true (put_note (TABLET, DC_NOTE_STATEMENT, &origin, "one", NULL));
  g_assert_false (put_note (TABLET, DC_NOTE_STATEMENT, &another, "one", &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_READ_ONLY);
  all = read_notes (OFFICE, DC_NOTE_STATEMENT, NULL);
  g_assert_cmpuint (all->len, ==, 2);
}

static void
test_remove (void)
{
  static const char * const wrong[] = {
    "", "record", "record/", "record/0", "record/-1", "record/01", "record/1x", "record/1 OR true",
    "record/9999999999999999999", "tablet/1",
  };
  g_autoptr (DcDestination) office = connect_as (OFFICE);
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  DcTransfer transfer = { 0 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_false (dc_destination_remove (office, wrong[i], &transfer, &error));
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED);
    g_clear_error (&error);
  }
  g_assert_true (dc_destination_remove (office, "record/987654321", &transfer, &error));
  g_assert_false (dc_destination_remove (tablet, "record/1", &transfer, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_READ_ONLY);
}

/* An office may bring records home; it does not make any. */
static void
test_office_cannot_submit (void)
{
  g_autoptr (DcDestination) office = connect_as (OFFICE);
  g_autoptr (GPtrArray) records = dc_test_records (0, 1);
  guint counts[DC_N_VERDICTS] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_test_put_all (office, records, counts, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_READ_ONLY);
}

static DcDeliveryError
probe_fails (DcDestination *destination,
             DcTransfer    *transfer)
{
  DcDestinationIdentity identity;
  g_autoptr (GError) error = NULL;

  g_assert_false (dc_destination_probe (destination, transfer, &identity, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == DC_DELIVERY_ERROR);
  g_test_message ("%s", error->message);

  return (DcDeliveryError) error->code;
}

static void
test_wrong_credentials (void)
{
  g_autoptr (DcDestination) wrong = dc_test_server_connect (server, NULL, TABLET, "wrong");
  g_autoptr (DcDestination) nobody = dc_test_server_connect (server, NULL, "nobody", "secret");
  g_autoptr (DcDestination) none = dc_test_server_connect (server, NULL, NULL, NULL);
  g_autoptr (DcDestination) stray = connect_as ("stray");
  DcTransfer transfer = { 0 };

  g_assert_cmpint (probe_fails (wrong, &transfer), ==, DC_DELIVERY_ERROR_CREDENTIAL);
  g_assert_cmpint (probe_fails (nobody, &transfer), ==, DC_DELIVERY_ERROR_CREDENTIAL);
  g_assert_cmpint (probe_fails (none, &transfer), ==, DC_DELIVERY_ERROR_NO_CREDENTIAL);
  /* In the group, and never enrolled. */
  g_assert_cmpint (probe_fails (stray, &transfer), ==, DC_DELIVERY_ERROR_CREDENTIAL);
}

/* A connection that is open already is worth nothing either. */
static void
test_revoked (void)
{
  guint8 key[32] = { 77 };
  g_autoptr (DcDestination) lost = NULL;
  DcTransfer transfer = { 0 };
  DcDestinationIdentity identity;

  dc_test_server_enrol (server, "lost", key);
  lost = connect_as ("lost");
  g_assert_true (dc_destination_probe (lost, &transfer, &identity, NULL));
  g_free (dc_test_server_sql (server, "SELECT daily_cup.revoke('lost')"));
  g_assert_cmpint (probe_fails (lost, &transfer), ==, DC_DELIVERY_ERROR_CREDENTIAL);
  /* The key may then be enrolled with another login. */
  dc_test_server_enrol (server, "found", key);
}

static void
test_too_old (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  DcTransfer transfer = { 0 };

  g_free (dc_test_server_sql (server, "ALTER FUNCTION daily_cup.identity() RENAME TO former"));
  g_assert_cmpint (probe_fails (tablet, &transfer), ==, DC_DELIVERY_ERROR_TOO_OLD);
  g_free (dc_test_server_sql (server, "ALTER FUNCTION daily_cup.former() RENAME TO identity"));
}

static void
test_read_only (void)
{
  g_autoptr (DcDestination) tablet = NULL;
  DcTransfer transfer = { 0 };

  g_free (dc_test_server_sql (server, "ALTER ROLE " TABLET " SET default_transaction_read_only = on"));
  tablet = connect_as (TABLET);
  g_assert_cmpint (probe_fails (tablet, &transfer), ==, DC_DELIVERY_ERROR_READ_ONLY);
  g_free (dc_test_server_sql (server, "ALTER ROLE " TABLET " RESET default_transaction_read_only"));
}

static void
test_gone (void)
{
  static const char * const hosts[] = { "no-such-host.invalid" };
  g_autoptr (DcDestination) nowhere = dc_test_server_connect (server, hosts[0], TABLET, "secret");
  g_autoptr (DcDestination) nobody = dc_test_server_connect (server, "127.0.0.9", TABLET, "secret");
  g_autoptr (DcDestination) second = dc_test_server_connect (server, "127.0.0.9;no-such.invalid;localhost", TABLET,
                                                             "secret");
  DcTransfer transfer = { 0 };
  DcDestinationIdentity identity;

  g_assert_cmpint (probe_fails (nowhere, &transfer), ==, DC_DELIVERY_ERROR_OFFLINE);
  g_assert_cmpint (probe_fails (nobody, &transfer), ==, DC_DELIVERY_ERROR_OFFLINE);
  g_assert_true (dc_destination_probe (second, &transfer, &identity, NULL));
}

/* One that goes between two calls is not noticed by the caller. */
static void
test_connection_lost (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  DcTransfer transfer = { 0 };
  DcDestinationIdentity identity;

  g_assert_true (dc_destination_probe (tablet, &transfer, &identity, NULL));
  g_free (dc_test_server_sql (server, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                              "WHERE usename = '" TABLET "'"));
  g_assert_true (dc_destination_probe (tablet, &transfer, &identity, NULL));
}

static void
count_progress (guint64  sent,
                guint64  total,
                gpointer data)
{
  guint64 *left = data;

  g_assert_cmpuint (sent, <=, total);
  g_assert_cmpuint (total - sent, <=, *left);
  *left = total - sent;
}

static void
test_progress (void)
{
  g_autoptr (DcDestination) tablet = connect_as (TABLET);
  g_autoptr (GPtrArray) records = dc_test_records (0, 60);
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_autoptr (GBytes) bundle = NULL;
  DcOrigin origin = dc_test_origin ();
  guint64 left = G_MAXUINT64;
  DcTransfer transfer = { .progress = count_progress, .data = &left };
  guint taken;

  bundle = dc_bundle_new ((DcRecord **) records->pdata, records->len, &taken);
  g_assert_true (dc_destination_put (tablet, &origin, bundle, &transfer, deliveries, NULL));
  g_assert_cmpuint (left, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DcTabletKey) key = NULL;
  guint8 other[32] = { 1, 2, 3 };
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  server = dc_test_server_new ();
  if (server == NULL)
    return 0;
  key = fixture_tablet ();
  dc_test_server_enrol (server, TABLET, dc_tablet_key_get_public (key));
  dc_test_server_enrol (server, "other", other);
  g_free (dc_test_server_sql (server, "CREATE ROLE " OFFICE " LOGIN PASSWORD 'secret' IN ROLE daily_cup_office; "
                              "CREATE ROLE stray LOGIN PASSWORD 'secret' IN ROLE daily_cup_tablet"));

  /* None of it may be taken: every case would fail. */
  g_setenv ("PGHOST", "/nowhere", TRUE);
  g_setenv ("PGOPTIONS", "-c default_transaction_read_only=on", TRUE);
  g_setenv ("PGSERVICE", "none", TRUE);

  g_test_add_func ("/postgresql/identity/is-the-same-for-all", test_identity);
  g_test_add_func ("/postgresql/identity/the-administrator-can-begin-an-epoch", test_new_epoch);
  g_test_add_func ("/postgresql/put/new-then-same", test_new_then_same);
  g_test_add_func ("/postgresql/put/another-record-with-the-id-changes-nothing", test_differs);
  g_test_add_func ("/postgresql/put/of-another-tablet-is-refused", test_another_tablet);
  g_test_add_func ("/postgresql/put/ten-thousand-are-there-once", test_ten_thousand);
  g_test_add_func ("/postgresql/put/the-office-makes-none", test_office_cannot_submit);
  g_test_add_func ("/postgresql/put/tells-progress", test_progress);
  g_test_add_func ("/postgresql/read/ends-when-told", test_enough);
  g_test_add_func ("/postgresql/read/shows-what-is-forged", test_forged_record_is_shown);
  g_test_add_func ("/postgresql/notes/a-tablet-reads-its-own-receipts", test_receipts);
  g_test_add_func ("/postgresql/notes/a-tablet-leaves-its-own-statements", test_statements);
  g_test_add_func ("/postgresql/remove/only-what-is-named", test_remove);
  g_test_add_func ("/postgresql/errors/credentials", test_wrong_credentials);
  g_test_add_func ("/postgresql/errors/revoked-at-once", test_revoked);
  g_test_add_func ("/postgresql/errors/schema-too-old", test_too_old);
  g_test_add_func ("/postgresql/errors/read-only", test_read_only);
  g_test_add_func ("/postgresql/errors/nobody-there-but-on-the-third-host", test_gone);
  g_test_add_func ("/postgresql/errors/an-idle-connection-is-made-again", test_connection_lost);

  status = g_test_run ();
  g_clear_pointer (&server, dc_test_server_free);

  return status;
}
