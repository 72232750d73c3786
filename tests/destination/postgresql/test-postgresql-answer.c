/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-postgresql-error.h"
#include "dc-postgresql-submit.h"
#include "dc-test-server.h"

/* Answers that no server of ours gives, put together with libpq's own functions
 * for that. */

typedef struct
{
  const char *id;        /* 16 bytes or other; NULL: null */
  int         id_size;
  const char *verdict;
  const char *reason;
} Row;

static PGresult *
answer_of (const Row *rows,
           int        n)
{
  static PGresAttDesc columns[] = {
    { (char *) "id", 0, 0, 1, 17, -1, -1 },
    { (char *) "verdict", 0, 0, 1, 25, -1, -1 },
    { (char *) "reason", 0, 0, 1, 25, -1, -1 },
  };
  PGresult *self = PQmakeEmptyPGresult (NULL, PGRES_TUPLES_OK);

  g_assert_true (PQsetResultAttrs (self, 3, columns));
  for (int i = 0; i < n; i++) {
    const char *reason = rows[i].reason;

    g_assert_true (PQsetvalue (self, i, 0, (char *) rows[i].id, rows[i].id != NULL ? rows[i].id_size : -1));
    g_assert_true (PQsetvalue (self, i, 1, (char *) rows[i].verdict, (int) strlen (rows[i].verdict)));
    g_assert_true (PQsetvalue (self, i, 2, (char *) reason, reason != NULL ? (int) strlen (reason) : -1));
  }

  return self;
}

/* What is made of @rows, to three records whose ids begin with 0, 1 and 2. */
static GPtrArray *
read_rows (const Row  *rows,
           int         n,
           gboolean    doubt,
           GError    **error)
{
  g_autoptr (GPtrArray) records = dc_test_records (0, 3);
  g_autoptr (PGresult) answer = answer_of (rows, n);
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);

  if (dc_postgresql_read_verdicts (answer, records, doubt, deliveries, error))
    return g_steal_pointer (&deliveries);
  g_assert_cmpuint (deliveries->len, ==, 0);

  return NULL;
}

static char ids[4][16];

static void
make_ids (void)
{
  g_autoptr (GPtrArray) records = dc_test_records (0, 4);

  for (guint i = 0; i < 4; i++)
    memcpy (ids[i], ((DcRecord *) records->pdata[i])->envelope.id.bytes, 16);
}

static void
test_by_id (void)
{
  const Row rows[] = { { ids[2], 16, "same", NULL }, { ids[0], 16, "refused", "no" } };
  g_autoptr (GPtrArray) deliveries = read_rows (rows, 2, FALSE, NULL);
  const DcDelivery *first = deliveries->pdata[0];
  const DcDelivery *second = deliveries->pdata[1];

  g_assert_cmpuint (deliveries->len, ==, 2);
  g_assert_cmpmem (first->id.bytes, 16, ids[2], 16);
  g_assert_cmpint (first->verdict, ==, DC_VERDICT_SAME);
  g_assert_cmpint (second->verdict, ==, DC_VERDICT_REFUSED);
  g_assert_cmpstr (second->reason, ==, "no");
}

/* In doubt only what proves something becomes unknown. */
static void
test_doubt (void)
{
  const Row rows[] = { { ids[0], 16, "new", NULL }, { ids[1], 16, "same", NULL }, { ids[2], 16, "differs", NULL } };
  g_autoptr (GPtrArray) deliveries = read_rows (rows, 3, TRUE, NULL);

  g_assert_cmpint (((DcDelivery *) deliveries->pdata[0])->verdict, ==, DC_VERDICT_RETRY);
  g_assert_cmpint (((DcDelivery *) deliveries->pdata[1])->verdict, ==, DC_VERDICT_RETRY);
  g_assert_cmpint (((DcDelivery *) deliveries->pdata[2])->verdict, ==, DC_VERDICT_DIFFERS);
}

/* One wrong row, and none of the others is believed. */
static void
test_not_believed (void)
{
  const Row wrong[] = {
    { ids[3], 16, "new", NULL },       /* never sent */
    { ids[0], 16, "same", NULL },      /* twice */
    { NULL, 0, "new", NULL },
    { ids[1], 15, "new", NULL },
    { ids[1], 16, "stored", NULL },
    { ids[1], 16, "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    const Row rows[] = { { ids[0], 16, "new", NULL }, wrong[i] };
    g_autoptr (GError) error = NULL;

    g_assert_null (read_rows (rows, 2, FALSE, &error));
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE);
  }
}

static void
test_sqlstates (void)
{
  static const struct
  {
    const char      *sqlstate;
    DcDeliveryError  code;
  } cases[] = {
    { "28P01", DC_DELIVERY_ERROR_CREDENTIAL }, { "28000", DC_DELIVERY_ERROR_CREDENTIAL },
    { "53100", DC_DELIVERY_ERROR_FULL }, { "53300", DC_DELIVERY_ERROR_BUSY },
    { "57P03", DC_DELIVERY_ERROR_BUSY }, { "57P01", DC_DELIVERY_ERROR_BUSY },
    { "55P03", DC_DELIVERY_ERROR_BUSY }, { "40P01", DC_DELIVERY_ERROR_BUSY },
    { "42883", DC_DELIVERY_ERROR_TOO_OLD }, { "42P01", DC_DELIVERY_ERROR_TOO_OLD },
    { "3F000", DC_DELIVERY_ERROR_TOO_OLD }, { "25006", DC_DELIVERY_ERROR_READ_ONLY },
    { "42501", DC_DELIVERY_ERROR_READ_ONLY }, { "3D000", DC_DELIVERY_ERROR_GONE },
    { "22P02", DC_DELIVERY_ERROR_REJECTED }, { "23505", DC_DELIVERY_ERROR_REJECTED },
    { "54000", DC_DELIVERY_ERROR_REJECTED }, { "XX000", DC_DELIVERY_ERROR_REJECTED },
  };
  char found[6];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (dc_postgresql_error_code (cases[i].sqlstate), ==, cases[i].code);

  g_assert_true (dc_postgresql_find_sqlstate ("connection to server at \"a\" failed: FATAL:  28P01\n", found));
  g_assert_cmpstr (found, ==, "28P01");
  g_assert_false (dc_postgresql_find_sqlstate ("", found));
  g_assert_false (dc_postgresql_find_sqlstate ("28P01", found));
  g_assert_false (dc_postgresql_find_sqlstate ("FATAL:  28P0", found));
  g_assert_false (dc_postgresql_find_sqlstate ("FATAL:  28P011", found));
  g_assert_false (dc_postgresql_find_sqlstate ("Connection refused\n\tagain", found));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  make_ids ();

  g_test_add_func ("/postgresql/answer/by-id-not-by-place", test_by_id);
  g_test_add_func ("/postgresql/answer/in-doubt-nothing-is-proven", test_doubt);
  g_test_add_func ("/postgresql/answer/one-wrong-row-and-nothing-is-believed", test_not_believed);
  g_test_add_func ("/postgresql/answer/what-an-sqlstate-means", test_sqlstates);

  return g_test_run ();
}
