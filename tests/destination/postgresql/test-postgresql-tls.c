/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-test-server.h"
#include "fixture.h"

/* Certificates that must not be taken, and servers that are none. */

static DcTestServer *server;

static DcDeliveryError
probe (const char *hosts)
{
  g_autoptr (DcDestination) tablet = dc_test_server_connect (server, hosts, "tent", "secret");
  DcTransfer transfer = { .stall_seconds = 2 };
  DcDestinationIdentity identity;
  g_autoptr (GError) error = NULL;

  if (dc_destination_probe (tablet, &transfer, &identity, &error))
    return DC_N_DELIVERY_ERRORS;
  g_assert_true (error->domain == DC_DELIVERY_ERROR);
  g_test_message ("%s", error->message);

  return (DcDeliveryError) error->code;
}

static DcDeliveryError
probe_with (DcTestAuthority *authority,
            const char      *names,
            int              from_hours,
            int              to_hours)
{
  DcDeliveryError code;

  dc_test_server_certify (server, authority, names, from_hours, to_hours);
  dc_test_server_stop (server, "fast");
  dc_test_server_start (server);
  code = probe (NULL);

  return code;
}

static void
test_certificates (void)
{
  g_autoptr (DcTestAuthority) other = dc_test_authority_new ("Another");

  g_assert_cmpint (probe_with (server->authority, "DNS:localhost", -1, 1), ==, DC_N_DELIVERY_ERRORS);
  g_assert_cmpint (probe_with (server->authority, "DNS:localhost", -48, -24), ==, DC_DELIVERY_ERROR_CLOCK);
  g_assert_cmpint (probe_with (server->authority, "DNS:localhost", 24, 48), ==, DC_DELIVERY_ERROR_CLOCK);
  g_assert_cmpint (probe_with (server->authority, "DNS:elsewhere", -1, 1), ==, DC_DELIVERY_ERROR_CERTIFICATE);
  g_assert_cmpint (probe_with (server->authority, "IP:127.0.0.1", -1, 1), ==, DC_DELIVERY_ERROR_CERTIFICATE);
  g_assert_cmpint (probe_with (other, "DNS:localhost", -1, 1), ==, DC_DELIVERY_ERROR_CERTIFICATE);
}

static void
test_system_authorities (void)
{
  g_autofree char *text = g_steal_pointer (&server->authority_text);

  g_assert_cmpint (probe_with (server->authority, "DNS:localhost", -1, 1), ==, DC_DELIVERY_ERROR_CERTIFICATE);
  server->authority_text = g_strdup ("no certificate");
  g_assert_cmpint (probe (NULL), ==, DC_DELIVERY_ERROR_CERTIFICATE);
  g_free (server->authority_text);
  server->authority_text = g_steal_pointer (&text);
}

/* The listener's connections are taken in the main context, so who calls is
 * another thread. */
typedef struct
{
  const char      *host;
  DcDeliveryError  code;
  gint             done;   /* atomic */
} Thread;

static gpointer
probe_there (gpointer data)
{
  Thread *self = data;

  self->code = probe (self->host);
  g_atomic_int_set (&self->done, TRUE);
  g_main_context_wakeup (NULL);

  return NULL;
}

static DcDeliveryError
probe_from_thread (const char *host)
{
  Thread self = { .host = host };
  GThread *thread = g_thread_new ("probe", probe_there, &self);

  while (!g_atomic_int_get (&self.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);

  return self.code;
}

/* Answers whatever comes with @data, or (NULL) never. */
static gboolean
answer (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                data)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char buffer[64];

  if (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL) > 0 && data != NULL)
    g_output_stream_write_all (output, data, strlen (data), NULL, NULL, NULL);
  else
    g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

  return TRUE;
}

static DcDeliveryError
probe_impostor (const char *says)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.3", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  guint port = server->port;
  DcDeliveryError code;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  g_signal_connect (service, "run", G_CALLBACK (answer), (gpointer) says);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  code = probe_from_thread ("127.0.0.3");
  server->port = port;
  g_socket_service_stop (service);

  return code;
}

static void
test_impostors (void)
{
  g_assert_cmpint (probe_impostor ("HTTP/1.1 302 Found\r\nLocation: https://wifi.example/\r\n\r\n"), ==,
                   DC_DELIVERY_ERROR_LOGIN_PAGE);
  g_assert_cmpint (probe_impostor ("N"), ==, DC_DELIVERY_ERROR_CERTIFICATE);
  g_assert_cmpint (probe_impostor ("Srubbish instead of a handshake"), ==, DC_DELIVERY_ERROR_CERTIFICATE);
  g_assert_cmpint (probe_impostor (NULL), ==, DC_DELIVERY_ERROR_TIMEOUT);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DcTabletKey) key = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  server = dc_test_server_new ();
  if (server == NULL)
    return 0;
  key = fixture_tablet ();
  dc_test_server_enrol (server, "tent", dc_tablet_key_get_public (key));

  g_test_add_func ("/postgresql/tls/certificates-that-are-not-taken", test_certificates);
  g_test_add_func ("/postgresql/tls/the-pack-says-whom-to-trust", test_system_authorities);
  g_test_add_func ("/postgresql/tls/who-is-no-server", test_impostors);

  status = g_test_run ();
  g_clear_pointer (&server, dc_test_server_free);

  return status;
}
