/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-connection.h"

#include <poll.h>
#include <string.h>
#include <sys/resource.h>

#include "dc-postgresql-error.h"

/* The most memory that libpq may take for one answer. */
#define MAX_MEMORY (16 * 1024 * 1024)

/* How a statement is run: sent and awaited without blocking, so that it can be
 * stopped and has a deadline.
 *
 * Its rows come before its commit. The server answers a statement that is sent
 * by itself with the rows, then "command complete", and commits only after that:
 * a failed commit, and the warning of one that was not waited for, stand between
 * the rows and "ready for query". So nothing is believed until PQgetResult ()
 * has said NULL. */

void
dc_postgresql_add_value (DcPostgresqlValues *self,
                         Oid                 type,
                         gconstpointer       data,
                         gsize               size)
{
  g_return_if_fail (self->n < DC_POSTGRESQL_MAX_VALUES && size <= G_MAXINT);

  self->types[self->n] = type;
  self->data[self->n] = data;
  self->sizes[self->n] = (int) size;
  self->n++;
}

static gboolean
fail_lost (DcPostgresqlConnection  *self,
           GError                 **error)
{
  g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_OFFLINE,
                       "the server closed the connection");

  return FALSE;
}

static gboolean
send_statement (DcPostgresqlConnection    *self,
                const char                *statement,
                const DcPostgresqlValues  *values,
                DcPostgresqlCall          *call,
                GError                   **error)
{
  static const int binary[DC_POSTGRESQL_MAX_VALUES] = { 1, 1, 1, 1, 1 };
  int left;

  if (!PQsendQueryParams (self->pg, statement, values->n, values->types, values->data,
                          values->sizes, binary, 1)) {
    return fail_lost (self, error);
  }
  while ((left = PQflush (self->pg)) > 0) {
    if (!dc_postgresql_call_wait (call, PQsocket (self->pg), POLLOUT | POLLIN, error))
      return FALSE;
    /* It may have to be read from before it takes more. */
    if (!PQconsumeInput (self->pg))
      return fail_lost (self, error);
  }

  return left == 0 || fail_lost (self, error);
}

/* NULL: the end, or an error. */
static PGresult *
next_result (DcPostgresqlConnection  *self,
             DcPostgresqlCall        *call,
             GError                 **error)
{
  while (PQisBusy (self->pg)) {
    if (!dc_postgresql_call_wait (call, PQsocket (self->pg), POLLIN, error))
      return NULL;
    if (!PQconsumeInput (self->pg)) {
      /* What the server said before it went is still there to be read. */
      if (PQisBusy (self->pg)) {
        fail_lost (self, error);
        return NULL;
      }
    }
  }

  return PQgetResult (self->pg);
}

static void
take_failure (const PGresult  *result,
              GError         **error)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  if (sqlstate == NULL)
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_OFFLINE, "the connection broke");
  else
    g_set_error (error, DC_DELIVERY_ERROR, dc_postgresql_error_code (sqlstate),
                 "the server: SQLSTATE %.5s", sqlstate);
}

/* The one result with rows, once all has come. */
static PGresult *
collect (DcPostgresqlConnection  *self,
         DcPostgresqlCall        *call,
         GError                 **error)
{
  g_autoptr (PGresult) rows = NULL;
  GError *failure = NULL;
  PGresult *result;

  while ((result = next_result (self, call, failure == NULL ? &failure : NULL)) != NULL) {
    g_autoptr (PGresult) taken = result;
    ExecStatusType status = PQresultStatus (taken);

    if (status == PGRES_TUPLES_OK && rows == NULL)
      rows = g_steal_pointer (&taken);
    else if (status == PGRES_COMMAND_OK && rows == NULL)
      rows = g_steal_pointer (&taken);
    else if (failure == NULL)
      take_failure (taken, &failure);
    if (PQstatus (self->pg) == CONNECTION_BAD)
      break;
  }
  if (failure == NULL && rows == NULL)
    g_set_error_literal (&failure, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE, "no answer");
  if (failure == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, failure);

  return NULL;
}

static gboolean
check_columns (const PGresult  *result,
               int              n_columns,
               GError         **error)
{
  gboolean good = PQnfields (result) == n_columns;

  for (int i = 0; good && i < n_columns; i++)
    good = PQfformat (result, i) == 1;
  if (!good) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                 "the answer: expected %d columns in binary", n_columns);
  }

  return good;
}

/* What the program has of data, in bytes, as RLIMIT_DATA counts it (proc(5)). Not
 * known where the address sanitizer takes memory of its own, and dies where it is
 * refused. */
static rlim_t
data_size (void)
{
#ifdef __SANITIZE_ADDRESS__
  return RLIM_INFINITY;
#else
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    line = strstr (text, "\nVmData:");

  return line != NULL ? (rlim_t) g_ascii_strtoull (line + strlen ("\nVmData:"), NULL, 10) * 1024
         : RLIM_INFINITY;
#endif
}

/* libpq makes room for as much as a message says that it has, up to 1 GiB, and
 * reads on for as long as something is there to be read: what is waited for
 * (DC_POSTGRESQL_MAX_ANSWER) does not bound it against a server that is fast.
 * So it is refused the room; it then lets the connection go. TRUE: give @before
 * back. */
static gboolean
limit_memory (struct rlimit *before)
{
  rlim_t size = data_size ();
  struct rlimit limit;

  if (size == RLIM_INFINITY || getrlimit (RLIMIT_DATA, before) != 0)
    return FALSE;
  limit = (struct rlimit) { MIN (size + MAX_MEMORY, before->rlim_cur), before->rlim_max };

  return setrlimit (RLIMIT_DATA, &limit) == 0;
}

PGresult *
dc_postgresql_run (DcPostgresqlConnection    *self,
                   const char                *statement,
                   const DcPostgresqlValues  *values,
                   int                        n_columns,
                   DcPostgresqlCall          *call,
                   GError                   **error)
{
  g_autoptr (PGresult) result = NULL;
  struct rlimit before;
  gboolean limited;

  if (!dc_postgresql_connect (self, call, error))
    return NULL;
  dc_postgresql_call_watch (call, PQsocket (self->pg));
  self->warned = FALSE;
  limited = limit_memory (&before);
  if (send_statement (self, statement, values, call, error))
    result = collect (self, call, error);
  if (limited && setrlimit (RLIMIT_DATA, &before) != 0)
    g_warning ("The limit of memory could not be taken back.");
  if (PQtransactionStatus (self->pg) != PQTRANS_IDLE)
    dc_postgresql_drop (self);
  if (result == NULL || !check_columns (result, n_columns, error))
    return NULL;
  dc_postgresql_call_done (call);

  return g_steal_pointer (&result);
}
