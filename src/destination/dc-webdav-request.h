/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"

G_BEGIN_DECLS

/**
 * DcWebdavLine:
 *
 * The one connection to a server, kept from request to request. Only HTTPS, TLS
 * from 1.2 on, no proxy, no redirect, nothing from the environment or the home
 * folder. Owns all of it; one thread at a time. The caller's program ignores
 * SIGPIPE.
 */
typedef struct _DcWebdavLine DcWebdavLine;

DcWebdavLine *dc_webdav_line_new  (const DcDestinationSetup  *setup,
                                   const char                *authority,
                                   const DcCredential        *credential);
void          dc_webdav_line_free (DcWebdavLine              *self);

const char   *dc_webdav_line_get_address (DcWebdavLine       *self);
/* What time it was there, in microseconds since 1970, by the last answer that
 * had a Date; 0: none had. */
gint64        dc_webdav_line_get_time    (DcWebdavLine       *self);

/* One request. Plain; what it points to stays the caller's. */
typedef struct
{
  const char         *method;
  const char         *path;      /* below the address, of safe characters; "" is the address */
  const char * const *headers;   /* (nullable) NULL-terminated, "Name: value" */
  GBytes             *body;      /* (nullable) */
  gsize               limit;     /* an answer that is longer is cut after limit + 1 bytes */
} DcWebdavRequest;

typedef struct
{
  long        status;
  GByteArray *body;              /* (owned) at most limit + 1 bytes */
  gboolean    html;              /* it says that it is a page for people */
  guint       retry_seconds;     /* 0: it did not say; at most an hour */
} DcWebdavAnswer;

void dc_webdav_answer_clear (DcWebdavAnswer *self);

/* Sends it and waits for the whole answer, whatever its status: at most 30 s
 * and a second for each kB that it carries, and transfer->stall_seconds without
 * a byte either way. An answer cut short is an error. STOPPED, OFFLINE, TIMEOUT,
 * CLOCK, CERTIFICATE, UNREADABLE. */
gboolean dc_webdav_line_ask (DcWebdavLine           *self,
                             const DcWebdavRequest  *request,
                             DcTransfer             *transfer,
                             DcWebdavAnswer         *answer,
                             GError                **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcWebdavAnswer, dc_webdav_answer_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcWebdavLine, dc_webdav_line_free)

G_END_DECLS
