/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-connection.h"

#include <poll.h>

#include "dc-postgresql-resolve.h"

/* How connections are made.
 *
 * libpq can be given several hosts and told to find the one that takes writes
 * (target_session_attrs). That is done here instead, one address at a time, for
 * three reasons. With its functions that do not block it has no time limit of
 * its own, so that one host that swallows packets would keep it from the next.
 * Its look-up of names blocks whatever one asks of it. And of a connection that
 * failed it says why in words alone, so all that could be told apart would be
 * that of several hosts none would do. What each stage of PQconnectPoll () was
 * when it failed, together with the SQLSTATE, does tell it apart. */

/* For one host, all its addresses together. */
#define HOST_SECONDS 10

/* Of what a server says unasked, in a row. */
#define MOST_READS 10

/* Of several hosts, what is said is what somebody can do something about. */
static const DcDeliveryError order[] = {
  DC_DELIVERY_ERROR_OFFLINE,
  DC_DELIVERY_ERROR_TIMEOUT,
  DC_DELIVERY_ERROR_READ_ONLY,
  DC_DELIVERY_ERROR_BUSY,
  DC_DELIVERY_ERROR_LOGIN_PAGE,
  DC_DELIVERY_ERROR_CERTIFICATE,
  DC_DELIVERY_ERROR_CLOCK,
};

/* What is not in that list no other host would do better: a wrong password (and
 * each try of it may count), or somebody who stopped it. */
#define FINAL G_N_ELEMENTS (order)

static guint
weight (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    if (error->code == (int) order[i])
      return i;
  }

  return FINAL;
}

static void
keep_worse (GError **worst,
            GError  *error)
{
  if (*worst == NULL || weight (error) > weight (*worst)) {
    g_clear_error (worst);
    *worst = error;
  } else {
    g_error_free (error);
  }
}

static gboolean
try_host (DcPostgresqlConnection  *self,
          guint                    n,
          DcPostgresqlCall        *call,
          GError                 **error)
{
  g_auto (GStrv) addresses = dc_postgresql_resolve (self->hosts[n], call, error);
  GError *worst = NULL;

  if (addresses == NULL)
    return FALSE;
  for (char **address = addresses; *address != NULL; address++) {
    GError *local_error = NULL;

    if (dc_postgresql_try_address (self, self->hosts[n], *address, call, &local_error)) {
      g_clear_error (&worst);
      self->first = n;
      return TRUE;
    }
    keep_worse (&worst, local_error);
  }
  g_propagate_error (error, worst);

  return FALSE;
}

/* More than one read, since the first only gets its farewell. */
static gboolean
is_open (PGconn *pg)
{
  struct pollfd fd = { .fd = PQsocket (pg), .events = POLLIN };

  for (guint i = 0; i < MOST_READS; i++) {
    if (poll (&fd, 1, 0) == 0)
      return PQstatus (pg) == CONNECTION_OK && PQtransactionStatus (pg) == PQTRANS_IDLE;
    if (!PQconsumeInput (pg))
      return FALSE;
  }

  return FALSE;
}

/* A server that went meanwhile is found out before anything is sent to it. */
static gboolean
is_good (DcPostgresqlConnection *self)
{
  if (self->pg == NULL)
    return FALSE;
  if (is_open (self->pg))
    return TRUE;
  dc_postgresql_drop (self);

  return FALSE;
}

gboolean
dc_postgresql_connect (DcPostgresqlConnection  *self,
                       DcPostgresqlCall        *call,
                       GError                 **error)
{
  guint n_hosts = g_strv_length (self->hosts);
  GError *worst = NULL;

  if (is_good (self))
    return TRUE;
  if (self->credential.user == NULL || self->credential.password == NULL) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_NO_CREDENTIAL,
                         "no name and password for the server");
    return FALSE;
  }
  if (self->authority == NULL) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM,
                         "no memory for the certificates");
    return FALSE;
  }
  for (guint i = 0; i < n_hosts; i++) {
    GError *local_error = NULL;

    call->moved = g_get_monotonic_time ();
    call->end = call->moved + HOST_SECONDS * G_USEC_PER_SEC;
    if (try_host (self, (self->first + i) % n_hosts, call, &local_error)) {
      call->end = G_MAXINT64;
      g_clear_error (&worst);
      return TRUE;
    }
    keep_worse (&worst, local_error);
    if (weight (worst) == FINAL)
      break;
  }
  call->end = G_MAXINT64;
  g_propagate_error (error, worst);

  return FALSE;
}
