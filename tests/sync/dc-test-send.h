/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-fake-destination.h"
#include "dc-sender.h"
#include "dc-serve.h"

G_BEGIN_DECLS

/* What daily-cup-send does, on a thread of this process: the same dc_serve (),
 * over a pair of sockets. */
typedef struct
{
  DcServeMake  make;
  gpointer     data;
  const char  *directory;    /* of the credentials */
  gsize        cut_after;    /* so many bytes of the next answers come, then it is dead; 0: all */
  guint        n_started;
  GPtrArray   *threads;      /* (owned) */
  int          socket;       /* of the last one; its own end */
} DcTestSend;

void      dc_test_send_init    (DcTestSend    *self,
                                DcServeMake    make,
                                gpointer       data,
                                const char    *directory);
/* Waits until every one has ended. */
void      dc_test_send_clear   (DcTestSend    *self);
/* A DcRunConnect; @self is a DcTestSend. */
DcSender *dc_test_send_connect (gpointer       self,
                                GError       **error);
/* From now on it is silent and deaf, as one that was killed. Any thread. */
void      dc_test_send_kill    (DcTestSend    *self);

G_END_DECLS
