/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-exchange.h"

G_BEGIN_DECLS

/* All that was said in answer to one command. Owned by who asked. */
typedef struct
{
  gboolean   has_identity;
  DcId       id;
  DcId       epoch;
  gboolean   may_remove;
  gint64     utc_us;        /* what time it is there; 0: unknown */
  GPtrArray *deliveries;    /* (owned) of DcDelivery, as they came: any id, any number */
  GPtrArray *notes;         /* (owned) of GBytes, unverified */
} DcAnswer;

void dc_answer_free (DcAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcAnswer, dc_answer_free)

/* What the program may say in answer to one command before it is taken for mad. */
#define DC_SENDER_MAX_ANSWER (32 * 1024 * 1024)

/**
 * DcSender:
 *
 * One conversation with daily-cup-send, from the kiosk's side. Owns the program
 * it started, or the connection to one that was started for it. Main thread.
 * Nothing that the program does or says is trusted but what dc-exchange.h lets
 * through; after anything else, and after its end, every command is
 * DC_DELIVERY_ERROR_PROGRAM. A command that goes on keeps it alive;
 * dropped otherwise, it ends the program as dc_sender_stop_async () does.
 */
#define DC_TYPE_SENDER (dc_sender_get_type ())
G_DECLARE_FINAL_TYPE (DcSender, dc_sender, DC, SENDER, GObject)

/* Starts a program. DC_DELIVERY_ERROR_PROGRAM. */
DcSender *dc_sender_new_program (const char * const  *argv,
                                 GError             **error);
/* Connects to a stream socket in the file system behind which each connection
 * finds a program of its own, as systemd starts one. It ends when it is hung up
 * on; no signal reaches it. Waits for nothing. DC_DELIVERY_ERROR_PROGRAM. */
DcSender *dc_sender_new_socket  (const char          *path,
                                 GError             **error);
/* For a program that is reached by streams, which are closed at the end. */
DcSender *dc_sender_new_streams (GInputStream        *input,
                                 GOutputStream       *output);

/* Emitted while a command is carried out: ::progress (gint64 sent, gint64 total). */

/* One command at a time; @command is the caller's, and its number is set.
 * Errors are DC_DELIVERY_ERROR; with BUSY, dc_sender_get_wait () says how many
 * seconds the destination asked for (0: it did not say). */
void      dc_sender_ask_async   (DcSender             *self,
                                 DcCommand            *command,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
DcAnswer *dc_sender_ask_finish  (DcSender             *self,
                                 GAsyncResult         *result,
                                 GError              **error);
guint     dc_sender_get_wait    (DcSender             *self);
/* Whether commands can still be answered. */
gboolean  dc_sender_is_alive    (DcSender             *self);

/* Ends the program: it is told to (its input ends, SIGTERM), and killed where it
 * still runs 1.5 s later. What was asked is DC_DELIVERY_ERROR_STOPPED. Calls back
 * when it has ended, and no later than 1.9 s from now. Always succeeds. */
void      dc_sender_stop_async  (DcSender             *self,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
void      dc_sender_stop_finish (DcSender             *self,
                                 GAsyncResult         *result);

G_END_DECLS
