/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-connection.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dc-postgresql-diagnosis.h"
#include "dc-postgresql-error.h"

#define OLDEST_SERVER 150000

/* Where a file is named so that none is found. */
#define NO_FILE "/dev/null/none"

static const char system_authority[] = "/etc/ssl/certs/ca-certificates.crt";

/* libpq takes what it was not told from PGHOST, PGOPTIONS, PGSERVICE and a dozen
 * more, and has no other way to keep it from that. */
static void
forget_environment (void)
{
  g_auto (GStrv) names = g_listenv ();

  for (char **name = names; *name != NULL; name++) {
    if (g_str_has_prefix (*name, "PG"))
      g_unsetenv (*name);
  }
}

/* libpq reads certificates from a path: here from memory, so that nothing is
 * left behind however the program ends. */
static int
memory_file (const char *text)
{
  int fd = memfd_create ("authority", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, text, strlen (text)) != (gssize) strlen (text)) {
    close (fd);
    fd = -1;
  }

  return fd;
}

void
dc_postgresql_connection_init (DcPostgresqlConnection   *self,
                               const DcDestinationSetup *setup,
                               const char               *authority,
                               const DcCredential       *credential)
{
  forget_environment ();
  *self = (DcPostgresqlConnection) {
    .hosts = g_strdupv (setup->hosts),
    .port = setup->port,
    .database = g_strdup (setup->database),
    .memory = authority != NULL ? memory_file (authority) : -1,
  };
  if (authority == NULL)
    self->authority = g_strdup (system_authority);
  else if (self->memory >= 0)
    self->authority = g_strdup_printf ("/proc/self/fd/%d", self->memory);
  if (credential != NULL) {
    self->credential.user = g_strdup (credential->user);
    self->credential.password = g_strdup (credential->password);
  }
}

void
dc_postgresql_connection_clear (DcPostgresqlConnection *self)
{
  g_clear_pointer (&self->pg, PQfinish);
  g_clear_pointer (&self->hosts, g_strfreev);
  g_clear_pointer (&self->database, g_free);
  dc_credential_clear (&self->credential);
  g_clear_pointer (&self->authority, g_free);
  if (self->memory >= 0)
    close (self->memory);
  self->memory = -1;
}

void
dc_postgresql_drop (DcPostgresqlConnection *self)
{
  int fd = self->pg != NULL ? PQsocket (self->pg) : -1;

  if (fd >= 0) {
    struct linger linger = { .l_onoff = 1, .l_linger = 0 };
    int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);

    /* With the linger, the last close of the socket throws away what waits in
     * the kernel. It is closed by putting something else in its place, for
     * PQfinish () would say goodbye first. */
    setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    if (nothing >= 0) {
      dup3 (nothing, fd, O_CLOEXEC);
      close (nothing);
    } else {
      shutdown (fd, SHUT_RDWR);
    }
  }
  g_clear_pointer (&self->pg, PQfinish);
}

/* Of a statement that has warned it is not known what it is worth: "canceling
 * wait for synchronous replication" is one. */
static void
take_notice (void           *data,
             const PGresult *notice)
{
  DcPostgresqlConnection *self = data;

  if (g_strcmp0 (PQresultErrorField (notice, PG_DIAG_SEVERITY_NONLOCALIZED), "WARNING") == 0)
    self->warned = TRUE;
}

static PGconn *
start (const DcPostgresqlConnection *self,
       const char                   *host,
       const char                   *address)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  const char * const parameters[][2] = {
    { "host", host },   /* whose name the certificate must bear */
    { "hostaddr", address },
    { "port", port },
    { "dbname", self->database },
    { "user", self->credential.user },
    { "password", self->credential.password },
    { "sslmode", "verify-full" },
    { "sslrootcert", self->authority },
    { "ssl_min_protocol_version", "TLSv1.2" },
    { "sslcert", NO_FILE },
    { "sslkey", NO_FILE },
    { "sslcrl", NO_FILE },
    { "passfile", NO_FILE },
    { "gssencmode", "disable" },
    { "channel_binding", "prefer" },   /* a pooler has none; the certificate is verified anyway */
    { "target_session_attrs", "any" },
    { "application_name", "daily-cup-send" },
    { "client_encoding", "UTF8" },
  };
  const char *keywords[G_N_ELEMENTS (parameters) + 1] = { NULL };
  const char *values[G_N_ELEMENTS (parameters) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++) {
    keywords[i] = parameters[i][0];
    values[i] = parameters[i][1];
  }

  return PQconnectStartParams (keywords, values, 0);
}

/* What kept a connection from being made that was in @stage. */
static DcDeliveryError
judge_failure (const DcPostgresqlConnection *self,
               ConnStatusType                stage,
               const char                   *host,
               const char                   *address,
               DcPostgresqlCall             *call)
{
  char sqlstate[6];

  if (stage == CONNECTION_SSL_STARTUP)
    return dc_postgresql_diagnose (host, address, self->port, self->authority, call);
  if (dc_postgresql_find_sqlstate (PQerrorMessage (self->pg), sqlstate))
    return dc_postgresql_error_code (sqlstate);

  return DC_DELIVERY_ERROR_OFFLINE;
}

static gboolean
fail (GError          **error,
      DcDeliveryError   code,
      const char       *host,
      const char       *address,
      const char       *message)
{
  g_autofree char *text = g_strdelimit (g_strchomp (g_strdup (message)), "\n\t", ' ');

  g_set_error (error, DC_DELIVERY_ERROR, code, "%s (%s): %s", host, address, text);

  return FALSE;
}

static gboolean
poll_connection (DcPostgresqlConnection  *self,
                 const char              *host,
                 const char              *address,
                 DcPostgresqlCall        *call,
                 GError                 **error)
{
  PostgresPollingStatusType polling = PGRES_POLLING_WRITING;

  while (polling != PGRES_POLLING_OK) {
    ConnStatusType stage = PQstatus (self->pg);
    short events = polling == PGRES_POLLING_READING ? POLLIN : POLLOUT;

    if (stage == CONNECTION_BAD)
      return fail (error, DC_DELIVERY_ERROR_OFFLINE, host, address, PQerrorMessage (self->pg));
    if (!dc_postgresql_call_wait (call, PQsocket (self->pg), events, error)) {
      g_prefix_error (error, "%s (%s): ", host, address);
      return FALSE;
    }
    polling = PQconnectPoll (self->pg);
    if (polling == PGRES_POLLING_FAILED) {
      return fail (error, judge_failure (self, stage, host, address, call), host, address,
                   PQerrorMessage (self->pg));
    }
  }

  return TRUE;
}

static gboolean
is_on (const DcPostgresqlConnection *self,
       const char                   *setting)
{
  return g_strcmp0 (PQparameterStatus (self->pg, setting), "on") == 0;
}

static gboolean
check_server (const DcPostgresqlConnection  *self,
              const char                    *host,
              const char                    *address,
              GError                       **error)
{
  if (!PQsslInUse (self->pg))
    return fail (error, DC_DELIVERY_ERROR_CERTIFICATE, host, address, "no TLS");
  if (PQserverVersion (self->pg) < OLDEST_SERVER)
    return fail (error, DC_DELIVERY_ERROR_TOO_OLD, host, address, "older than PostgreSQL 15");
  if (is_on (self, "in_hot_standby") || is_on (self, "default_transaction_read_only"))
    return fail (error, DC_DELIVERY_ERROR_READ_ONLY, host, address, "it takes no writes");

  return TRUE;
}

gboolean
dc_postgresql_try_address (DcPostgresqlConnection  *self,
                           const char              *host,
                           const char              *address,
                           DcPostgresqlCall        *call,
                           GError                 **error)
{
  self->pg = start (self, host, address);
  if (self->pg == NULL)
    return fail (error, DC_DELIVERY_ERROR_PROGRAM, host, address, "no memory");
  PQsetErrorVerbosity (self->pg, PQERRORS_SQLSTATE);
  PQsetNoticeReceiver (self->pg, take_notice, self);
  if (poll_connection (self, host, address, call, error)
      && check_server (self, host, address, error)) {
    PQsetnonblocking (self->pg, 1);
    return TRUE;
  }
  dc_postgresql_drop (self);

  return FALSE;
}
