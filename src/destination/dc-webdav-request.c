/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-webdav-request.h"

#include <curl/curl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <openssl/x509_vfy.h>
#include <string.h>
#include <unistd.h>

#include "dc-text.h"

#define STALL_SECONDS    30
#define MAX_HEADER_BYTES (64 * 1024)
#define MAX_RETRY        3600
#define MAX_SOCKETS      8

struct _DcWebdavLine
{
  CURLM *multi;        /* (owned) holds the connection between requests */
  CURL  *easy;         /* (owned) */
  char  *address;      /* (owned) */
  char  *authority;    /* (owned) (nullable) */
  char  *user;         /* (owned) (nullable) */
  char  *password;     /* (owned) (nullable) */
  int    sockets[MAX_SOCKETS];   /* curl's, in use or being tried; -1: none */
  gint64 utc_us;       /* by the last answer that said; 0: none did */
};

/* One request while it lasts, on the stack of dc_webdav_line_ask (). */
typedef struct
{
  DcWebdavLine          *line;
  const DcWebdavRequest *request;
  DcTransfer            *transfer;
  DcWebdavAnswer        *answer;
  struct curl_slist     *headers;
  gsize                  sent;        /* of the body, handed to curl */
  gsize                  header_bytes;
  gboolean               cut;         /* by us, at the limit */
  gint64                 start;       /* monotonic, microseconds */
  gint64                 moved;       /* when a byte last did */
  guint64                acked;       /* by the kernel's count of the connection */
  guint64                acked_before;
  guint64                received;
} Ask;

void
dc_webdav_answer_clear (DcWebdavAnswer *self)
{
  g_clear_pointer (&self->body, g_byte_array_unref);
}

/* What the kernel holds back for a slow line is not "sent", so what counts as
 * progress is what the other side has acknowledged. */
static void
look_at_progress (Ask *ask)
{
  guint64 acked = 0;
  guint64 received = 0;
  guint64 total = ask->request->body != NULL ? g_bytes_get_size (ask->request->body) : 0;
  gboolean first = ask->acked == 0 && ask->received == 0;

  for (guint i = 0; i < MAX_SOCKETS; i++) {
    struct tcp_info info = { 0 };
    socklen_t size = sizeof info;

    if (ask->line->sockets[i] >= 0
        && getsockopt (ask->line->sockets[i], IPPROTO_TCP, TCP_INFO, &info, &size) == 0) {
      acked += info.tcpi_bytes_acked;
      received += info.tcpi_bytes_received;
    }
  }
  if (acked == ask->acked && received == ask->received)
    return;

  ask->acked = acked;
  ask->received = received;
  ask->moved = g_get_monotonic_time ();
  if (first)
    ask->acked_before = ask->acked;
  if (ask->transfer->progress != NULL && total > 0)
    ask->transfer->progress (MIN (ask->acked - MIN (ask->acked, ask->acked_before), total), total, ask->transfer->data);
}

static curl_socket_t
open_socket (void                 *data,
             curlsocktype          purpose,
             struct curl_sockaddr *address)
{
  DcWebdavLine *self = data;

  /* From the first byte on, which CURLINFO_ACTIVESOCKET is not: it knows a
   * connection when its first request is over. */
  for (guint i = 0; i < MAX_SOCKETS; i++) {
    if (self->sockets[i] < 0) {
      self->sockets[i] = socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
      return self->sockets[i];
    }
  }

  return CURL_SOCKET_BAD;
}

static int
close_socket (void          *data,
              curl_socket_t  fd)
{
  DcWebdavLine *self = data;

  for (guint i = 0; i < MAX_SOCKETS; i++)
    if (self->sockets[i] == fd)
      self->sockets[i] = -1;

  return close (fd);
}

static gsize
give_body (char  *buffer,
           gsize  size,
           gsize  n,
           void  *data)
{
  Ask *ask = data;
  gsize length;
  const char *body = g_bytes_get_data (ask->request->body, &length);
  gsize part = MIN (size * n, length - ask->sent);

  memcpy (buffer, body + ask->sent, part);
  ask->sent += part;

  return part;
}

/* curl asks again from the start where a kept connection turned out dead. */
static int
rewind_body (void       *data,
             curl_off_t  offset,
             int         origin)
{
  Ask *ask = data;

  if (origin != SEEK_SET || offset < 0 || (gsize) offset > g_bytes_get_size (ask->request->body))
    return CURL_SEEKFUNC_FAIL;
  ask->sent = (gsize) offset;

  return CURL_SEEKFUNC_OK;
}

static gsize
take_body (char  *data,
           gsize  size,
           gsize  n,
           void  *user_data)
{
  Ask *ask = user_data;
  gsize room = ask->request->limit + 1 - ask->answer->body->len;

  g_byte_array_append (ask->answer->body, (const guint8 *) data, (guint) MIN (size * n, room));
  if (size * n < room)
    return size * n;
  ask->cut = TRUE;

  return 0;
}

static gsize
take_header (char  *data,
             gsize  size,
             gsize  n,
             void  *user_data)
{
  Ask *ask = user_data;

  ask->header_bytes += size * n;

  return ask->header_bytes > MAX_HEADER_BYTES ? 0 : size *n;
}

/* RST, and what the kernel has not sent yet it forgets (tcp(7): a connect to
 * AF_UNSPEC dissolves the association): also curl's farewell goes nowhere. */
static void
tear (DcWebdavLine *self)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  struct sockaddr nowhere = { .sa_family = AF_UNSPEC };

  for (guint i = 0; i < MAX_SOCKETS; i++) {
    if (self->sockets[i] < 0)
      continue;
    setsockopt (self->sockets[i], SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    if (connect (self->sockets[i], &nowhere, sizeof nowhere) != 0)
      g_debug ("the connection could not be dissolved");
  }
}

static void
set_security (DcWebdavLine *self)
{
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (easy, CURLOPT_PROXY, "");
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);   /* a look-up of names that hangs is left behind */
  if (self->authority != NULL) {
    struct curl_blob blob = { self->authority, strlen (self->authority), CURL_BLOB_COPY };

    curl_easy_setopt (easy, CURLOPT_CAINFO, NULL);
    curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
    curl_easy_setopt (easy, CURLOPT_CAINFO_BLOB, &blob);
  }
  if (self->user != NULL) {
    curl_easy_setopt (easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt (easy, CURLOPT_USERNAME, self->user);
    curl_easy_setopt (easy, CURLOPT_PASSWORD, self->password != NULL ? self->password : "");
  }
}

static void
set_request (Ask *ask)
{
  const DcWebdavRequest *request = ask->request;
  CURL *easy = ask->line->easy;
  g_autofree char *url = g_strconcat (ask->line->address, request->path, NULL);

  ask->headers = curl_slist_append (NULL, "Expect:");
  ask->headers = curl_slist_append (ask->headers, "Cache-Control: no-cache, no-transform");
  for (guint i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    ask->headers = curl_slist_append (ask->headers, request->headers[i]);

  curl_easy_setopt (easy, CURLOPT_URL, url);
  curl_easy_setopt (easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, ask->headers);
  if (request->body != NULL) {
    curl_easy_setopt (easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt (easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t) g_bytes_get_size (request->body));
    curl_easy_setopt (easy, CURLOPT_READFUNCTION, give_body);
    curl_easy_setopt (easy, CURLOPT_READDATA, ask);
    curl_easy_setopt (easy, CURLOPT_SEEKFUNCTION, rewind_body);
    curl_easy_setopt (easy, CURLOPT_SEEKDATA, ask);
  }
  curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, ask);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, ask);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, ask->line);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETDATA, ask->line);
}

/* The end of the request by the clock: its deadline, or the end of patience. */
static gint64
get_end (const Ask *ask)
{
  guint stall = ask->transfer->stall_seconds != 0 ? ask->transfer->stall_seconds : STALL_SECONDS;
  guint64 bytes = ask->answer->body->len;

  if (ask->request->body != NULL)
    bytes += g_bytes_get_size (ask->request->body);

  return MIN (ask->start + (gint64) DC_TRANSFER_DEADLINE_SECONDS (bytes) * G_USEC_PER_SEC,
              ask->moved + (gint64) stall * G_USEC_PER_SEC);
}

static gboolean
fail (GError          **error,
      DcDeliveryError   code,
      const Ask        *ask,
      const char       *what)
{
  g_set_error (error, DC_DELIVERY_ERROR, code, "%s /%s: %s", ask->request->method, ask->request->path,
               what);

  return FALSE;
}

/* Waits until curl says how it went. */
static gboolean
drive (Ask       *ask,
       CURLcode  *result,
       GError   **error)
{
  struct curl_waitfd stop = { .fd = -1, .events = CURL_WAIT_POLLIN };
  gboolean done = FALSE;
  gboolean good = TRUE;

  if (ask->transfer->stop != NULL)
    stop.fd = g_cancellable_get_fd (ask->transfer->stop);

  while (good && !done) {
    CURLMsg *message;
    int n = 0;
    gint64 left;

    if (g_cancellable_is_cancelled (ask->transfer->stop)) {
      good = fail (error, DC_DELIVERY_ERROR_STOPPED, ask, "stopped");
      break;
    }
    curl_multi_perform (ask->line->multi, &n);
    while ((message = curl_multi_info_read (ask->line->multi, &n)) != NULL) {
      done = done || message->msg == CURLMSG_DONE;
      *result = message->data.result;
    }
    look_at_progress (ask);
    left = get_end (ask) - g_get_monotonic_time ();
    if (!done && left <= 0)
      good = fail (error, ask->received > 0 ? DC_DELIVERY_ERROR_TIMEOUT : DC_DELIVERY_ERROR_OFFLINE, ask,
                   "no end of it in time");
    else if (!done)
      curl_multi_poll (ask->line->multi, &stop, stop.fd >= 0 ? 1 : 0, (int) CLAMP (left / 1000, 1, 500), NULL);
  }
  if (stop.fd >= 0)
    g_cancellable_release_fd (ask->transfer->stop);

  return good;
}

static DcDeliveryError
judge_certificate (CURL *easy)
{
  long verified = X509_V_OK;

  curl_easy_getinfo (easy, CURLINFO_SSL_VERIFYRESULT, &verified);

  return verified == X509_V_ERR_CERT_HAS_EXPIRED || verified == X509_V_ERR_CERT_NOT_YET_VALID
         ? DC_DELIVERY_ERROR_CLOCK : DC_DELIVERY_ERROR_CERTIFICATE;
}

static DcDeliveryError
judge_failure (CURL     *easy,
               CURLcode  result)
{
  switch (result) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_CONNECT:
  case CURLE_SEND_ERROR:
  case CURLE_RECV_ERROR:
  case CURLE_GOT_NOTHING:
    return DC_DELIVERY_ERROR_OFFLINE;
  case CURLE_OPERATION_TIMEDOUT:
    return DC_DELIVERY_ERROR_TIMEOUT;
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CONNECT_ERROR:
    return judge_certificate (easy);
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_URL_MALFORMAT:
    return DC_DELIVERY_ERROR_SETUP;
  default:
    return DC_DELIVERY_ERROR_UNREADABLE;
  }
}

/* "Date" of the answer, RFC 9110, section 6.6.1: to a second. */
static void
read_time (DcWebdavLine *self)
{
  struct curl_header *date;
  time_t seconds;

  if (curl_easy_header (self->easy, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
    return;
  seconds = curl_getdate (date->value, NULL);
  if (seconds > 0 && seconds < G_MAXINT64 / G_USEC_PER_SEC)
    self->utc_us = (gint64) seconds * G_USEC_PER_SEC;
}

static void
read_answer (Ask *ask)
{
  CURL *easy = ask->line->easy;
  const char *type = NULL;
  curl_off_t retry = 0;

  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &ask->answer->status);
  curl_easy_getinfo (easy, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo (easy, CURLINFO_RETRY_AFTER, &retry);
  ask->answer->html = type != NULL && g_ascii_strncasecmp (type, "text/html", 9) == 0;
  ask->answer->retry_seconds = (guint) CLAMP (retry, 0, MAX_RETRY);
  read_time (ask->line);
}

gboolean
dc_webdav_line_ask (DcWebdavLine           *self,
                    const DcWebdavRequest  *request,
                    DcTransfer             *transfer,
                    DcWebdavAnswer         *answer,
                    GError                **error)
{
  Ask ask = { .line = self, .request = request, .transfer = transfer, .answer = answer };
  CURLcode result = CURLE_OK;
  gboolean good;

  if (g_cancellable_is_cancelled (transfer->stop))
    return fail (error, DC_DELIVERY_ERROR_STOPPED, &ask, "stopped");

  dc_webdav_answer_clear (answer);
  answer->body = g_byte_array_new ();
  ask.start = ask.moved = g_get_monotonic_time ();
  curl_easy_reset (self->easy);
  set_security (self);
  set_request (&ask);
  curl_multi_add_handle (self->multi, self->easy);
  good = drive (&ask, &result, error);
  if (!good)
    tear (self);
  curl_multi_remove_handle (self->multi, self->easy);
  read_answer (&ask);
  curl_slist_free_all (ask.headers);
  if (good && result != CURLE_OK && !(result == CURLE_WRITE_ERROR && ask.cut))
    good = fail (error, judge_failure (self->easy, result), &ask, curl_easy_strerror (result));

  return good;
}

DcWebdavLine *
dc_webdav_line_new (const DcDestinationSetup *setup,
                    const char               *authority,
                    const DcCredential       *credential)
{
  DcWebdavLine *self = g_new0 (DcWebdavLine, 1);

  /* Counted, and safe with threads since 7.84 (curl_global_init(3)). */
  curl_global_init (CURL_GLOBAL_DEFAULT);
  self->multi = curl_multi_init ();
  self->easy = curl_easy_init ();
  if (self->multi == NULL || self->easy == NULL)
    g_error ("curl could not be started");
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, 1L);
  self->address = g_strdup (setup->address);
  self->authority = g_strdup (authority);
  self->user = g_strdup (credential != NULL ? credential->user : NULL);
  self->password = g_strdup (credential != NULL ? credential->password : NULL);
  for (guint i = 0; i < MAX_SOCKETS; i++)
    self->sockets[i] = -1;

  return self;
}

void
dc_webdav_line_free (DcWebdavLine *self)
{
  g_clear_pointer (&self->easy, curl_easy_cleanup);
  g_clear_pointer (&self->multi, curl_multi_cleanup);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->authority, g_free);
  dc_wipe_string (&self->user);
  dc_wipe_string (&self->password);
  g_free (self);
  curl_global_cleanup ();
}

gint64
dc_webdav_line_get_time (DcWebdavLine *self)
{
  return self->utc_us;
}

const char *
dc_webdav_line_get_address (DcWebdavLine *self)
{
  return self->address;
}
