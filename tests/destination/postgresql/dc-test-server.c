/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-server.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dc-bundle.h"
#include "dc-test.h"
#include "fixture.h"

#define SERVER_USER "postgres"
#define NAMES       "DNS:localhost,IP:127.0.0.1,IP:127.0.0.2"

static const char hba[] =
  "local all all trust\n"
  "local replication all trust\n"
  "hostssl all all 127.0.0.0/8 scram-sha-256\n";

static char *
program_path (const char *name)
{
  for (int version = 20; version >= 15; version--) {
    g_autofree char *path = g_strdup_printf ("/usr/lib/postgresql/%d/bin/%s", version, name);

    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&path);
  }

  return g_find_program_in_path (name);
}

/* @arguments: a program of PostgreSQL's and what it is given. */
static gboolean
run (GPtrArray  *arguments,
     char      **output)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *path = program_path (arguments->pdata[0]);
  g_autofree char *printed = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (geteuid () == 0) {
    const char *prefix[] = { "/usr/bin/setpriv", "--reuid=" SERVER_USER, "--regid=" SERVER_USER,
                             "--clear-groups", "--" };

    for (gsize i = 0; i < G_N_ELEMENTS (prefix); i++)
      g_ptr_array_add (all, (char *) prefix[i]);
  }
  g_ptr_array_add (all, path);
  for (guint i = 1; i < arguments->len; i++)
    g_ptr_array_add (all, arguments->pdata[i]);
  g_ptr_array_add (all, NULL);
  g_spawn_sync ("/", (char **) all->pdata, NULL, 0, NULL, NULL, &printed, &errors, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s: %s", (char *) arguments->pdata[0], errors);
  if (output != NULL)
    *output = g_steal_pointer (&printed);

  return status == 0;
}

static GPtrArray *
list (const char *first,
      ...)
{
  GPtrArray *self = g_ptr_array_new_with_free_func (g_free);
  va_list rest;

  va_start (rest, first);
  for (const char *text = first; text != NULL; text = va_arg (rest, const char *))
    g_ptr_array_add (self, g_strdup (text));
  va_end (rest);

  return self;
}

static guint
free_port (void)
{
  struct sockaddr_in name = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof name;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  g_assert_true (bind (fd, (struct sockaddr *) &name, size) == 0
                 && getsockname (fd, (struct sockaddr *) &name, &size) == 0);
  close (fd);

  return ntohs (name.sin_port);
}

static void
give_to_server (const char *path)
{
  const struct passwd *user = getpwnam (SERVER_USER);

  if (geteuid () == 0)
    g_assert_true (user != NULL && chown (path, user->pw_uid, user->pw_gid) == 0);
}

/* A socket's path may have 107 bytes and no more, so its name is short. */
static DcTestServer *
server_new (void)
{
  DcTestServer *self = g_new0 (DcTestServer, 1);

  self->folder = g_mkdtemp (g_build_filename (g_get_tmp_dir (), "dc-pg-XXXXXX", NULL));
  g_assert_nonnull (self->folder);
  give_to_server (self->folder);
  self->data = g_build_filename (self->folder, "data", NULL);
  self->port = free_port ();
  self->address = "127.0.0.1";

  return self;
}

void
dc_test_server_certify (DcTestServer    *self,
                        DcTestAuthority *authority,
                        const char      *names,
                        int              from_hours,
                        int              to_hours)
{
  g_autofree char *certificate = g_build_filename (self->folder, "server.crt", NULL);
  g_autofree char *key = g_build_filename (self->folder, "server.key", NULL);

  dc_test_authority_issue (authority, names, from_hours, to_hours, self->folder);
  give_to_server (certificate);
  give_to_server (key);
}

static void
write_hba (DcTestServer *self)
{
  g_autofree char *path = g_build_filename (self->data, "pg_hba.conf", NULL);

  g_assert_true (g_file_set_contents_full (path, hba, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL));
}

static void
put_schema (DcTestServer *self)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "postgresql", "schema.sql",
                                                 NULL);
  g_autofree char *schema = NULL;
  g_autofree char *copy = g_build_filename (self->folder, "schema.sql", NULL);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &schema, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (copy, schema, -1, &error);
  g_assert_no_error (error);
  g_assert_true (dc_test_server_run (self, "createdb", "cup", NULL));
  g_assert_true (dc_test_server_run (self, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", copy, "cup",
                                     NULL));
}

DcTestServer *
dc_test_server_new (void)
{
  g_autofree char *initdb = program_path ("initdb");
  g_autoptr (GPtrArray) arguments = NULL;
  DcTestServer *self;

  if (initdb == NULL) {
    g_test_skip ("PostgreSQL is not installed");
    return NULL;
  }
  self = server_new ();
  self->authority = dc_test_authority_new ("The test");
  self->authority_text = dc_test_authority_text (self->authority);
  arguments = list ("initdb", "-D", self->data, "-A", "trust", "-U", SERVER_USER, "-N",
                    "--locale=C.UTF-8", "-E", "UTF8", NULL);
  g_assert_true (run (arguments, NULL));
  write_hba (self);
  dc_test_server_certify (self, self->authority, NAMES, -1, 1000);
  dc_test_server_start (self);
  put_schema (self);

  return self;
}

DcTestServer *
dc_test_server_stand_by (DcTestServer *self)
{
  DcTestServer *other = server_new ();

  other->port = self->port;
  other->address = "127.0.0.2";
  other->authority = dc_test_authority_new ("Another");
  other->authority_text = g_strdup (self->authority_text);
  dc_test_server_certify (other, self->authority, NAMES, -1, 1000);
  g_assert_true (dc_test_server_run (self, "pg_basebackup", "-D", other->data, "-R", "-c", "fast",
                                     "-X", "stream", NULL));
  dc_test_server_start (other);
  g_free (dc_test_server_sql (self, "ALTER SYSTEM SET synchronous_standby_names = '*'"));
  g_free (dc_test_server_sql (self, "SELECT pg_reload_conf()"));

  return other;
}

void
dc_test_server_start (DcTestServer *self)
{
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  g_autofree char *options =
    g_strdup_printf ("-p %u -k %s -c listen_addresses=%s -c ssl=on -c ssl_cert_file=%s/server.crt "
                     "-c ssl_key_file=%s/server.key -c max_connections=20 -c shared_buffers=16MB",
                     self->port, self->folder, self->address, self->folder, self->folder);
  g_autoptr (GPtrArray) arguments =
    list ("pg_ctl", "-D", self->data, "-w", "-s", "-l", log, "-o", options, "start", NULL);

  g_assert_true (run (arguments, NULL));
}

void
dc_test_server_stop (DcTestServer *self,
                     const char   *how)
{
  g_autoptr (GPtrArray) arguments = list ("pg_ctl", "-D", self->data, "-w", "-s", "-m", how, "stop", NULL);

  run (arguments, NULL);
}

void
dc_test_server_kill (DcTestServer *self)
{
  g_autofree char *path = g_build_filename (self->data, "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  gint64 pid;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  pid = g_ascii_strtoll (text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill ((pid_t) pid, SIGKILL), ==, 0);
}

void
dc_test_server_promote (DcTestServer *self)
{
  g_autoptr (GPtrArray) arguments = list ("pg_ctl", "-D", self->data, "-w", "-s", "promote", NULL);

  g_assert_true (run (arguments, NULL));
}

void
dc_test_server_free (DcTestServer *self)
{
  dc_test_server_stop (self, "immediate");
  dc_test_dir_remove (self->folder);
  g_free (self->data);
  dc_test_authority_free (self->authority);
  g_free (self->authority_text);
  g_free (self);
}

gboolean
dc_test_server_run (DcTestServer *self,
                    const char   *program,
                    ...)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GPtrArray) arguments = list (program, "-h", self->folder, "-p", port, "-U", SERVER_USER, NULL);
  va_list rest;

  va_start (rest, program);
  for (const char *text = va_arg (rest, const char *); text != NULL; text = va_arg (rest, const char *))
    g_ptr_array_add (arguments, g_strdup (text));
  va_end (rest);

  return run (arguments, NULL);
}

char *
dc_test_server_try (DcTestServer *self,
                    const char   *user,
                    const char   *sql)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GPtrArray) arguments = list ("psql", "-h", self->folder, "-p", port, "-U", user, "-X", "-A",
                                          "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, "cup", NULL);
  char *output = NULL;

  if (!run (arguments, &output))
    g_clear_pointer (&output, g_free);

  return output != NULL ? g_strstrip (output) : NULL;
}

char *
dc_test_server_sql (DcTestServer *self,
                    const char   *sql)
{
  char *output = dc_test_server_try (self, SERVER_USER, sql);

  g_assert_nonnull (output);

  return output;
}

void
dc_test_server_enrol (DcTestServer *self,
                      const char   *name,
                      const guint8 *tablet)
{
  g_autofree char *create = g_strdup_printf ("CREATE ROLE %s LOGIN PASSWORD 'secret' IN ROLE daily_cup_tablet", name);
  g_autoptr (GString) enrol = g_string_new (NULL);

  g_string_append_printf (enrol, "SELECT daily_cup.enrol('%s', '", name);
  for (int i = 0; i < 32; i++)
    g_string_append_printf (enrol, "%02x", tablet[i]);
  g_string_append (enrol, "')");
  g_free (dc_test_server_sql (self, create));
  g_free (dc_test_server_sql (self, enrol->str));
}

DcDestination *
dc_test_server_connect (DcTestServer *self,
                        const char   *hosts,
                        const char   *user,
                        const char   *password)
{
  g_auto (GStrv) names = g_strsplit (hosts != NULL ? hosts : "localhost", ";", -1);
  DcDestinationSetup setup = { .kind = DC_DESTINATION_POSTGRESQL, .hosts = names, .port = self->port,
                               .database = (char *) "cup" };
  DcCredential credential = { .user = (char *) user, .password = (char *) password };

  return dc_postgresql_destination_new (&setup, self->authority_text, &credential);
}

DcOrigin
dc_test_origin (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  DcOrigin self = { .campaign = "migrants-day", .queue = fixture_queue };

  memcpy (self.tablet, dc_tablet_key_get_public (tablet), sizeof self.tablet);

  return self;
}

GPtrArray *
dc_test_records (guint first,
                 guint n)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (1);
  GPtrArray *self = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);

  for (guint i = first; i < first + n; i++) {
    g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
    DcRecord *record;

    memcpy (pledge->id.bytes, &i, sizeof i);
    record = dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue, i + 1, NULL);
    g_assert_nonnull (record);
    g_ptr_array_add (self, record);
  }

  return self;
}

gboolean
dc_test_put_all (DcDestination  *destination,
                 GPtrArray      *records,
                 guint           counts[static DC_N_VERDICTS],
                 GError        **error)
{
  DcOrigin origin = dc_test_origin ();
  DcTransfer transfer = { 0 };

  for (guint done = 0, taken; done < records->len; done += taken) {
    g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
    g_autoptr (GBytes) bundle = dc_bundle_new ((DcRecord **) records->pdata + done,
                                               records->len - done, &taken);

    if (!dc_destination_put (destination, &origin, bundle, &transfer, deliveries, error))
      return FALSE;
    for (guint i = 0; i < deliveries->len; i++)
      counts[((DcDelivery *) deliveries->pdata[i])->verdict]++;
  }

  return TRUE;
}
