/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libpq-fe.h>

#include "dc-destinations.h"
#include "dc-postgresql-call.h"

G_BEGIN_DECLS

/* PostgreSQL's own numbers of the types that are sent (pg_type.dat). */
#define DC_POSTGRESQL_BYTEA       17
#define DC_POSTGRESQL_INT8        20
#define DC_POSTGRESQL_TEXT        25
#define DC_POSTGRESQL_BYTEA_ARRAY 1001

#define DC_POSTGRESQL_MAX_VALUES 5

/* The values of one statement, in binary; none is copied. */
typedef struct
{
  int         n;
  Oid         types[DC_POSTGRESQL_MAX_VALUES];
  const char *data[DC_POSTGRESQL_MAX_VALUES];     /* NULL: SQL's null */
  int         sizes[DC_POSTGRESQL_MAX_VALUES];
} DcPostgresqlValues;

/* @data stays the caller's; TEXT: all but its NUL. */
void dc_postgresql_add_value (DcPostgresqlValues *self,
                              Oid                 type,
                              gconstpointer       data,
                              gsize               size);

/**
 * DcPostgresqlConnection:
 *
 * A connection to the one of several servers that takes writes, made when it is
 * first needed, kept while it is good. Nothing is taken from the environment,
 * the home folder or a service file. Owns all of it; one thread at a time.
 */
typedef struct
{
  char         **hosts;       /* (owned) */
  guint          port;
  char          *database;    /* (owned) */
  DcCredential   credential;
  char          *authority;   /* (owned) (nullable) path of the certificates to trust; NULL: no memory */
  int            memory;      /* the file in memory that it is, or -1 */
  guint          first;       /* of hosts: where it was last */
  PGconn        *pg;          /* (owned) (nullable) */
  gboolean       warned;      /* the server warned while the last statement ran */
} DcPostgresqlConnection;

void      dc_postgresql_connection_init  (DcPostgresqlConnection    *self,
                                          const DcDestinationSetup  *setup,
                                          const char                *authority,
                                          const DcCredential        *credential);
void      dc_postgresql_connection_clear (DcPostgresqlConnection    *self);
/* Makes sure that there is one. */
gboolean  dc_postgresql_connect          (DcPostgresqlConnection    *self,
                                          DcPostgresqlCall          *call,
                                          GError                   **error);
/* One attempt; @address is the number of @host. For
 * dc_postgresql_connect () alone. */
gboolean  dc_postgresql_try_address      (DcPostgresqlConnection    *self,
                                          const char                *host,
                                          const char                *address,
                                          DcPostgresqlCall          *call,
                                          GError                   **error);
/* Runs one statement, connecting first, and waits until it is committed. Its
 * result has @n_columns, in binary. After an error that leaves the state
 * unknown the connection is gone. (transfer full) */
PGresult *dc_postgresql_run              (DcPostgresqlConnection    *self,
                                          const char                *statement,
                                          const DcPostgresqlValues  *values,
                                          int                        n_columns,
                                          DcPostgresqlCall          *call,
                                          GError                   **error);
/* At once: what was not sent yet never is. */
void      dc_postgresql_drop             (DcPostgresqlConnection    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
