/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"
#include "dc-record.h"
#include "dc-sealer.h"
#include "dc-test-authority.h"

G_BEGIN_DECLS

/**
 * DcTestServer:
 *
 * Debian's own PostgreSQL, in a cluster that is thrown away: on a port of its
 * own of 127.0.0.1, with TLS for "localhost", with our schema in the database
 * "cup". As root it runs as the user postgres.
 */
typedef struct
{
  char            *folder;       /* (owned) of the cluster, the certificates and the log */
  char            *data;         /* (owned) in @folder */
  guint            port;
  const char      *address;      /* 127.0.0.1; 127.0.0.2 of a stand-by, on the same port */
  DcTestAuthority *authority;
  char            *authority_text;
} DcTestServer;

/* Skips the test and gives NULL where PostgreSQL is not installed. */
DcTestServer  *dc_test_server_new       (void);
/* A stand-by of @self, which commits no more without it; its cluster is
 * @self's, copied, until it is promoted. */
DcTestServer  *dc_test_server_stand_by  (DcTestServer *self);
void           dc_test_server_free      (DcTestServer *self);
/* Another certificate, from its next start on. */
void           dc_test_server_certify   (DcTestServer    *self,
                                         DcTestAuthority *authority,
                                         const char      *names,
                                         int              from_hours,
                                         int              to_hours);
void           dc_test_server_start     (DcTestServer *self);
/* @how: "fast", "immediate". */
void           dc_test_server_stop      (DcTestServer *self,
                                         const char   *how);
/* kill -9 of the server; its processes end when they see it. */
void           dc_test_server_kill      (DcTestServer *self);
void           dc_test_server_promote   (DcTestServer *self);
/* Runs SQL as @user without a password; what it printed, or NULL where it
 * failed. (transfer full) */
char          *dc_test_server_try       (DcTestServer *self,
                                         const char   *user,
                                         const char   *sql);
/* As the administrator; it must succeed. What it printed, trimmed. (transfer full) */
char          *dc_test_server_sql       (DcTestServer *self,
                                         const char   *sql);
/* Runs a program of PostgreSQL's ("pg_dump") with the arguments to reach it. */
gboolean       dc_test_server_run       (DcTestServer *self,
                                         const char   *program,
                                         ...) G_GNUC_NULL_TERMINATED;
/* A login @name with the password "secret", enrolled for @tablet. */
void           dc_test_server_enrol     (DcTestServer *self,
                                         const char   *name,
                                         const guint8 *tablet);
/* The destination as @user sees it. @hosts (nullable): "a;b". */
DcDestination *dc_test_server_connect   (DcTestServer *self,
                                         const char   *hosts,
                                         const char   *user,
                                         const char   *password);

/* Of the tablet of tests/record, numbered from @first. (element-type DcRecord) */
GPtrArray     *dc_test_records          (guint         first,
                                         guint         n);
/* All of them, bundle by bundle: verdicts counted. Stops at an error. */
gboolean       dc_test_put_all          (DcDestination  *destination,
                                         GPtrArray      *records,
                                         guint           counts[static DC_N_VERDICTS],
                                         GError        **error);
DcOrigin       dc_test_origin           (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTestServer, dc_test_server_free)

G_END_DECLS
