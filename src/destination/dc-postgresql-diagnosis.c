/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-diagnosis.h"

#include <fcntl.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL, SSL_free)

/* "SSLRequest" (PostgreSQL's manual, section 55.7). */
static const guint8 ssl_request[8] = { 0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f };

/* The codes that a wait ends with; what they mean is the same here. */
static gboolean
wait_for (DcPostgresqlCall *call,
          int               fd,
          short             events,
          DcDeliveryError  *code)
{
  g_autoptr (GError) error = NULL;

  if (dc_postgresql_call_wait (call, fd, events, &error))
    return TRUE;
  *code = (DcDeliveryError) error->code;

  return FALSE;
}

static int
open_socket (const char       *address,
             guint             port,
             DcPostgresqlCall *call,
             DcDeliveryError  *code)
{
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (address, port);
  struct sockaddr_storage name = { 0 };
  int fd;

  if (place == NULL || !g_socket_address_to_native (place, &name, sizeof name, NULL))
    return -1;
  fd = socket (name.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  /* How the attempt ends is seen by the first write. */
  (void) !connect (fd, (struct sockaddr *) &name, (socklen_t) g_socket_address_get_native_size (place));
  if (wait_for (call, fd, POLLOUT, code)
      && send (fd, ssl_request, sizeof ssl_request, MSG_NOSIGNAL) == sizeof ssl_request) {
    return fd;
  }
  close (fd);

  return -1;
}

static DcDeliveryError
judge (SSL *ssl,
       int  error)
{
  switch (SSL_get_verify_result (ssl)) {
  case X509_V_OK:
    return error == SSL_ERROR_SSL ? DC_DELIVERY_ERROR_CERTIFICATE : DC_DELIVERY_ERROR_OFFLINE;
  case X509_V_ERR_CERT_HAS_EXPIRED:
  case X509_V_ERR_CERT_NOT_YET_VALID:
    return DC_DELIVERY_ERROR_CLOCK;
  default:
    return DC_DELIVERY_ERROR_CERTIFICATE;
  }
}

static DcDeliveryError
shake_hands (SSL              *ssl,
             int               fd,
             DcPostgresqlCall *call)
{
  for (;;) {
    DcDeliveryError code = DC_DELIVERY_ERROR_OFFLINE;
    int result = SSL_connect (ssl);
    int error = SSL_get_error (ssl, result);

    if (result == 1)
      return code;   /* now it works: it was the line */
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
      return judge (ssl, error);
    if (!wait_for (call, fd, error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, &code))
      return code;
  }
}

/* As libpq does it, with verify-full. */
static DcDeliveryError
try_tls (int               fd,
         const char       *host,
         const char       *authority,
         DcPostgresqlCall *call)
{
  g_autoptr (SSL_CTX) context = SSL_CTX_new (TLS_client_method ());
  g_autoptr (SSL) ssl = NULL;

  if (context == NULL || SSL_CTX_load_verify_file (context, authority) != 1)
    return DC_DELIVERY_ERROR_CERTIFICATE;
  SSL_CTX_set_verify (context, SSL_VERIFY_PEER, NULL);
  ssl = SSL_new (context);
  if (ssl == NULL || SSL_set_fd (ssl, fd) != 1)
    return DC_DELIVERY_ERROR_CERTIFICATE;
  if (g_hostname_is_ip_address (host)) {
    X509_VERIFY_PARAM_set1_ip_asc (SSL_get0_param (ssl), host);
  } else {
    SSL_set1_host (ssl, host);
    SSL_set_tlsext_host_name (ssl, host);
  }

  return shake_hands (ssl, fd, call);
}

DcDeliveryError
dc_postgresql_diagnose (const char       *host,
                        const char       *address,
                        guint             port,
                        const char       *authority,
                        DcPostgresqlCall *call)
{
  DcDeliveryError code = DC_DELIVERY_ERROR_OFFLINE;
  int fd = open_socket (address, port, call, &code);
  char answer = '\0';

  if (fd < 0)
    return code;
  if (wait_for (call, fd, POLLIN, &code) && recv (fd, &answer, 1, 0) == 1) {
    if (answer == 'S')
      code = try_tls (fd, host, authority, call);
    else if (answer == 'N')
      code = DC_DELIVERY_ERROR_CERTIFICATE;
    else if (answer == 'E')
      code = DC_DELIVERY_ERROR_BUSY;   /* it could not even start a process */
    else
      code = DC_DELIVERY_ERROR_LOGIN_PAGE;
  }
  close (fd);

  return code;
}
