/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"

G_BEGIN_DECLS

/* Makes the destination of a conversation; dc_destination_new () and @data, or
 * a test's own. (transfer full) */
typedef DcDestination *(*DcServeMake) (const DcDestinationSetup  *setup,
                                       const char                *authority,
                                       const char                *folder,
                                       const DcCredential        *credential,
                                       gpointer                   data,
                                       GError                   **error);

/* One conversation of dc-exchange.h, from the side of daily-cup-send. Plain. */
typedef struct
{
  int           input;       /* file descriptors, which stay the caller's */
  int           output;
  const char   *directory;   /* where credentials are kept; there, and private */
  DcServeMake   make;
  gpointer      data;
  GCancellable *stop;        /* (nullable) is cancelled at the end of the conversation, too */
} DcServe;

/* Answers one command after the other, on the calling thread, until @input
 * ends or @stop is cancelled; either also ends the transfer that goes on, after
 * which no further byte leaves. FALSE, DC_RECORD_ERROR or G_IO_ERROR: what came
 * was no command, or nobody takes the answers any more. SIGPIPE is ignored by
 * the caller. */
gboolean dc_serve (const DcServe  *serve,
                   GError        **error);

G_END_DECLS
