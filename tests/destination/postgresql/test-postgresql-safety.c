/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-sanitized.h"
#include "dc-test-server.h"
#include "fixture.h"

#include <string.h>

/* What must hold when servers die, are replaced or come back from a backup: what
 * was acknowledged is there, once, and what is not safe is not acknowledged. */

#define TABLET "tent"

static DcTestServer *
server_new (void)
{
  DcTestServer *server = dc_test_server_new ();
  g_autoptr (DcTabletKey) key = fixture_tablet ();

  if (server != NULL)
    dc_test_server_enrol (server, TABLET, dc_tablet_key_get_public (key));

  return server;
}

static GPtrArray *
deliveries_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
}

static gboolean
put (DcDestination  *destination,
     GPtrArray      *records,
     guint           first,
     guint           n,
     guint           stall_seconds,
     GPtrArray      *deliveries,
     GError        **error)
{
  DcTransfer transfer = { .stall_seconds = stall_seconds };
  DcOrigin origin = dc_test_origin ();
  guint taken;
  g_autoptr (GBytes) bundle = dc_bundle_new ((DcRecord **) records->pdata + first, n, &taken);

  g_assert_cmpuint (taken, ==, n);

  return dc_destination_put (destination, &origin, bundle, &transfer, deliveries, error);
}

static guint
count (GPtrArray *deliveries,
       DcVerdict  verdict)
{
  guint n = 0;

  for (guint i = 0; i < deliveries->len; i++)
    n += ((DcDelivery *) deliveries->pdata[i])->verdict == verdict;

  return n;
}

typedef struct
{
  DcDestination *destination;
  GPtrArray     *records;
  gint           n_acknowledged;   /* atomic */
} Flow;

#define STEP 20

/* Sends until all is acknowledged, whatever happens meanwhile. */
static gpointer
flow (gpointer data)
{
  Flow *self = data;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  for (guint done = 0; done < self->records->len && g_get_monotonic_time () < end;) {
    g_autoptr (GPtrArray) deliveries = deliveries_new ();

    if (put (self->destination, self->records, done, STEP, 5, deliveries, NULL)
        && count (deliveries, DC_VERDICT_NEW) + count (deliveries, DC_VERDICT_SAME) == STEP) {
      done += STEP;
      g_atomic_int_add (&self->n_acknowledged, STEP);
    } else {
      g_usleep (50 * 1000);
    }
  }

  return NULL;
}

static void
wait_for (Flow *self,
          gint  n)
{
  while (g_atomic_int_get (&self->n_acknowledged) < n)
    g_usleep (1000);
}

static void
test_promotion (void)
{
  g_autoptr (DcTestServer) first = server_new ();
  g_autoptr (DcTestServer) second = NULL;
  g_autoptr (DcDestination) tablet = NULL;
  g_autoptr (GPtrArray) records = dc_test_records (0, 2000);
  g_autofree char *there = NULL;
  DcDestinationIdentity before;
  DcDestinationIdentity after;
  DcTransfer transfer = { 0 };
  Flow self = { .records = records };
  GThread *thread;
  gint acknowledged;

  if (first == NULL)
    return;
  second = dc_test_server_stand_by (first);
  tablet = dc_test_server_connect (first, "127.0.0.1;127.0.0.2", TABLET, "secret");
  g_assert_true (dc_destination_probe (tablet, &transfer, &before, NULL));
  self.destination = tablet;

  thread = g_thread_new ("flow", flow, &self);
  wait_for (&self, 400);
  dc_test_server_kill (first);
  acknowledged = g_atomic_int_get (&self.n_acknowledged);
  g_free (dc_test_server_sql (second, "SELECT pg_sleep(0.3)"));   /* it takes reads alone */
  dc_test_server_promote (second);
  /* Here nobody stands by it. */
  g_free (dc_test_server_sql (second, "ALTER SYSTEM RESET synchronous_standby_names"));
  g_free (dc_test_server_sql (second, "SELECT pg_reload_conf()"));
  g_thread_join (thread);

  g_test_message ("%d acknowledged when the first was killed", acknowledged);
  g_assert_cmpint (self.n_acknowledged, ==, 2000);
  there = dc_test_server_sql (second, "SELECT count(DISTINCT id) || '/' || count(*) FROM daily_cup.record");
  g_assert_cmpstr (there, ==, "2000/2000");
  /* It may not have been synchronous: what no receipt covers is offered again. */
  g_assert_true (dc_destination_probe (tablet, &transfer, &after, NULL));
  g_assert_true (dc_id_equal (&before.id, &after.id));
  g_assert_false (dc_id_equal (&before.epoch, &after.epoch));
}

static guint
retries (DcTestServer *server,
         GPtrArray    *records)
{
  g_autoptr (DcDestination) tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (GError) error = NULL;

  put (tablet, records, 0, records->len, 0, deliveries, &error);
  g_assert_no_error (error);

  return count (deliveries, DC_VERDICT_RETRY);
}

/* Cancelled by hand while it waits for a stand-by that is gone: PostgreSQL
 * commits, warns, and shows the rows to everybody. */
static gpointer
cancel_waiting (gpointer data)
{
  DcTestServer *server = data;

  g_free (dc_test_server_sql (server,
                              "DO $$ BEGIN FOR i IN 1..200 LOOP PERFORM pg_sleep(0.05), pg_stat_clear_snapshot(); "
                              "IF (SELECT bool_or(pg_cancel_backend(pid)) FROM pg_stat_activity "
                              "WHERE wait_event = 'SyncRep') THEN RETURN; END IF; END LOOP; END $$"));

  return NULL;
}

static void
test_stand_by_gone (void)
{
  g_autoptr (DcTestServer) server = server_new ();
  g_autoptr (GPtrArray) records = dc_test_records (0, 5);
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (DcDestination) tablet = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *there = NULL;
  GThread *thread;

  if (server == NULL)
    return;
  g_free (dc_test_server_sql (server, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"));
  g_free (dc_test_server_sql (server, "SELECT pg_reload_conf()"));

  thread = g_thread_new ("cancel", cancel_waiting, server);
  g_assert_cmpuint (retries (server, records), ==, 5);
  g_thread_join (thread);
  there = dc_test_server_sql (server, "SET synchronous_commit = local; SELECT count(*) FROM daily_cup.record");
  g_assert_cmpstr (there, ==, "5");

  /* They are there now, on this server alone: still nothing is acknowledged. */
  tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  g_assert_false (put (tablet, records, 0, 5, 2, deliveries, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TIMEOUT);
  g_assert_cmpuint (deliveries->len, ==, 0);
}

/* A login's own setting does not make it less safe. */
static void
test_own_setting (void)
{
  g_autoptr (DcTestServer) server = server_new ();
  g_autoptr (GPtrArray) records = dc_test_records (0, 5);
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (DcDestination) tablet = NULL;
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  g_free (dc_test_server_sql (server, "ALTER ROLE " TABLET " SET synchronous_commit = off"));
  g_free (dc_test_server_sql (server, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"));
  g_free (dc_test_server_sql (server, "SELECT pg_reload_conf()"));
  tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  g_assert_false (put (tablet, records, 0, 5, 2, deliveries, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TIMEOUT);
}

static void
test_restore (void)
{
  g_autoptr (DcTestServer) server = server_new ();
  g_autoptr (GPtrArray) records = dc_test_records (0, 50);
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (GPtrArray) again = deliveries_new ();
  g_autoptr (DcDestination) tablet = NULL;
  g_autofree char *dump = NULL;
  DcDestinationIdentity before;
  DcDestinationIdentity after;
  DcTransfer transfer = { 0 };

  if (server == NULL)
    return;
  tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  dump = g_build_filename (server->folder, "dump", NULL);
  g_assert_true (dc_destination_probe (tablet, &transfer, &before, NULL));
  g_assert_true (put (tablet, records, 0, 30, 0, deliveries, NULL));
  g_assert_true (dc_test_server_run (server, "pg_dump", "-Fc", "-f", dump, "cup", NULL));
  g_assert_true (put (tablet, records, 30, 20, 0, deliveries, NULL));

  g_assert_true (dc_test_server_run (server, "dropdb", "--force", "cup", NULL));
  g_assert_true (dc_test_server_run (server, "pg_restore", "--create", "-d", "postgres", dump, NULL));
  g_assert_true (dc_destination_probe (tablet, &transfer, &after, NULL));
  g_assert_true (dc_id_equal (&before.id, &after.id));
  g_assert_false (dc_id_equal (&before.epoch, &after.epoch));

  /* The rights are back as well, and what was lost is new again. */
  g_assert_true (put (tablet, records, 0, 50, 0, again, NULL));
  g_assert_cmpuint (count (again, DC_VERDICT_SAME), ==, 30);
  g_assert_cmpuint (count (again, DC_VERDICT_NEW), ==, 20);
  g_assert_null (dc_test_server_try (server, TABLET, "SELECT 1 FROM daily_cup.record"));
}

/* A trigger of the charity's own that fails in the middle: all or nothing. */
static void
test_fails_in_the_middle (void)
{
  g_autoptr (DcTestServer) server = server_new ();
  g_autoptr (GPtrArray) records = dc_test_records (0, 10);
  g_autoptr (GPtrArray) deliveries = deliveries_new ();
  g_autoptr (DcDestination) tablet = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *there = NULL;

  if (server == NULL)
    return;
  g_free (dc_test_server_sql (server,
                              "CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS "
                              "$$ BEGIN RAISE EXCEPTION 'no'; END $$; "
                              "CREATE TRIGGER fail BEFORE INSERT ON daily_cup.record FOR EACH ROW "
                              "WHEN (NEW.seq = 6) EXECUTE FUNCTION public.fail()"));
  tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  g_assert_false (put (tablet, records, 0, 10, 0, deliveries, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED);
  there = dc_test_server_sql (server, "SELECT count(*) FROM daily_cup.record");
  g_assert_cmpstr (there, ==, "0");
  /* The same connection goes on with smaller parts. */
  g_assert_true (put (tablet, records, 0, 5, 0, deliveries, NULL));
  g_assert_cmpuint (count (deliveries, DC_VERDICT_NEW), ==, 5);
}

static gpointer
stop_soon (gpointer data)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

/* Held up by another transaction: stopped at once, and nothing is left there. */
static void
test_stop (void)
{
  g_autoptr (DcTestServer) server = server_new ();
  g_autoptr (DcDestination) tablet = NULL;
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  DcTransfer transfer = { .stop = stop };
  DcDestinationIdentity identity;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 begin;

  if (server == NULL)
    return;
  g_free (dc_test_server_sql (server, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"));
  g_free (dc_test_server_sql (server, "SELECT pg_reload_conf()"));
  tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  thread = g_thread_new ("stop", stop_soon, stop);
  begin = g_get_monotonic_time ();
  g_assert_false (dc_destination_probe (tablet, &transfer, &identity, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_USEC_PER_SEC);
  g_thread_join (thread);
  /* And no further call so much as begins. */
  g_clear_error (&error);
  g_assert_false (dc_destination_probe (tablet, &transfer, &identity, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);
}


/* The address sanitizer ends a program that is refused memory. */
#if !DC_SANITIZED
static gint64
highest_memory (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));

  return g_ascii_strtoll (strstr (status, "VmHWM:") + strlen ("VmHWM:"), NULL, 10) * 1024;
}

/* As much in one value as no bundle, statement or receipt has: libpq would make
 * room for it before anybody could say no. */
static void
test_too_much (void)
{
  g_autoptr (DcTestServer) server = server_new ();
  g_autoptr (DcDestination) tablet = NULL;
  g_autoptr (GError) error = NULL;
  DcTransfer transfer = { 0 };
  DcDestinationIdentity identity;
  gint64 before;

  if (server == NULL)
    return;
  tablet = dc_test_server_connect (server, NULL, TABLET, "secret");
  g_assert_true (dc_destination_probe (tablet, &transfer, &identity, NULL));
  g_free (dc_test_server_sql (server, "ALTER FUNCTION daily_cup.identity () RENAME TO its_identity"));
  g_free (dc_test_server_sql (server,
                              "CREATE FUNCTION daily_cup.identity() RETURNS TABLE (version int, id bytea, "
                              "epoch bytea, may_remove boolean) LANGUAGE sql AS "
                              "$$ SELECT 1, convert_to(repeat('x', 60000000), 'UTF8'), ''::bytea, false $$"));
  g_free (dc_test_server_sql (server, "GRANT EXECUTE ON FUNCTION daily_cup.identity() TO daily_cup_tablet"));
  before = highest_memory ();
  g_assert_false (dc_destination_probe (tablet, &transfer, &identity, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (highest_memory () - before, <, 20 * 1024 * 1024);

  g_clear_error (&error);
  g_free (dc_test_server_sql (server, "DROP FUNCTION daily_cup.identity ()"));
  g_free (dc_test_server_sql (server, "ALTER FUNCTION daily_cup.its_identity () RENAME TO identity"));
  g_assert_true (dc_destination_probe (tablet, &transfer, &identity, &error));
  g_assert_no_error (error);
}
#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/postgresql/safety/a-stand-by-promoted-while-records-flow", test_promotion);
  g_test_add_func ("/postgresql/safety/a-wait-that-was-cancelled-proves-nothing", test_stand_by_gone);
  g_test_add_func ("/postgresql/safety/a-login-cannot-make-it-less-safe", test_own_setting);
  g_test_add_func ("/postgresql/safety/restored-from-a-dump-with-another-epoch", test_restore);
  g_test_add_func ("/postgresql/safety/a-failure-in-the-middle-stores-nothing", test_fails_in_the_middle);
  g_test_add_func ("/postgresql/safety/stopped-at-once", test_stop);
#if !DC_SANITIZED
  g_test_add_func ("/postgresql/safety/a-huge-answer-is-refused-the-room", test_too_much);
#endif

  return g_test_run ();
}
