/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-serve.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "dc-credential-store.h"
#include "dc-exchange.h"
#include "dc-serve-input.h"

#define PROGRESS_INTERVAL_US (100 * 1000)

/* One conversation. Lives on the stack of dc_serve (). */
typedef struct
{
  const DcServe      *serve;
  GCancellable       *stop;          /* (owned) */
  gboolean            is_open;
  DcDestinationSetup  setup;
  char               *authority;     /* (owned) (nullable) */
  char               *folder;        /* (owned) (nullable) */
  DcDestination      *destination;   /* (owned) (nullable) made when it is first needed */
  DcCredential        credential;    /* that it was made with */
  gint64              number;        /* of the command that is carried out */
  gint64              progress_us;   /* when the last progress was told */
  GError             *broken;        /* (owned) (nullable) nobody takes the answers */
} Session;

static void
close_destination (Session *self)
{
  dc_destination_setup_clear (&self->setup);
  self->setup = (DcDestinationSetup) { 0 };
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->destination);
  dc_credential_clear (&self->credential);
  self->is_open = FALSE;
}

static void
session_clear (Session *self)
{
  close_destination (self);
  g_clear_object (&self->stop);
  g_clear_error (&self->broken);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

static gboolean
say (Session *self,
     DcReply *reply)
{
  g_autoptr (GBytes) line = dc_reply_to_line (reply);
  gsize size;
  const char *data;
  gsize done = 0;

  if (self->broken != NULL)
    return FALSE;
  data = g_bytes_get_data (line, &size);
  while (done < size) {
    gssize n = TEMP_FAILURE_RETRY (write (self->serve->output, data + done, size - done));

    if (n < 0) {
      g_set_error (&self->broken, G_IO_ERROR, g_io_error_from_errno (errno),
                   "the answers: %s", g_strerror (errno));
      g_cancellable_cancel (self->stop);
      return FALSE;
    }
    done += (gsize) n;
  }

  return TRUE;
}

static void
tell_progress (guint64  sent,
               guint64  total,
               gpointer data)
{
  Session *self = data;
  g_autoptr (DcReply) reply = NULL;
  gint64 now = g_get_monotonic_time ();

  if (sent > total || (sent < total && now - self->progress_us < PROGRESS_INTERVAL_US))
    return;
  self->progress_us = now;
  reply = dc_reply_new (DC_REPLY_PROGRESS, self->number);
  reply->sent = (gint64) sent;
  reply->total = (gint64) total;
  say (self, reply);
}

static gboolean
open_destination (Session    *self,
                  DcCommand  *command,
                  GError    **error)
{
  g_autoptr (GError) parsing = NULL;

  close_destination (self);
  if (command->setup != NULL
      && !dc_destination_setup_parse (&self->setup, command->setup, strlen (command->setup),
                                      &parsing)) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP, parsing->message);
    return FALSE;
  }
  self->authority = g_strdup (command->authority);
  self->folder = g_strdup (command->folder);
  self->is_open = TRUE;

  return TRUE;
}

static gboolean
need_destination (Session  *self,
                  GError  **error)
{
  g_autofree char *address = dc_credential_address (&self->setup);

  if (self->destination != NULL)
    return TRUE;
  if (address != NULL
      && !dc_credential_load (self->serve->directory, address, &self->credential, error))
    return FALSE;
  self->destination = self->serve->make (&self->setup, self->authority, self->folder,
                                         &self->credential, self->serve->data, error);

  return self->destination != NULL;
}

static gboolean
probe (Session     *self,
       DcTransfer  *transfer,
       GError     **error)
{
  g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_IDENTITY, self->number);
  DcDestinationIdentity identity = { 0 };

  if (!dc_destination_probe (self->destination, transfer, &identity, error))
    return FALSE;
  reply->id = identity.id;
  reply->epoch = identity.epoch;
  reply->may_remove = identity.may_remove;
  reply->utc_us = CLAMP (identity.utc_us, 0, DC_EXCHANGE_MAX_TIME);
  say (self, reply);

  return TRUE;
}

static gboolean
put (Session     *self,
     DcCommand   *command,
     DcTransfer  *transfer,
     GError     **error)
{
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);

  if (!dc_destination_put (self->destination, &command->origin, command->content, transfer,
                           deliveries, error))
    return FALSE;
  while (deliveries->len > 0) {
    g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_VERDICT, self->number);

    reply->delivery = g_ptr_array_steal_index (deliveries, 0);
    if (!say (self, reply))
      break;
  }

  return TRUE;
}

static gboolean
tell_note (const char *place,
           GBytes     *content,
           gpointer    data)
{
  Session *self = data;
  g_autoptr (DcReply) reply = NULL;
  gsize size = g_bytes_get_size (content);

  if (size == 0 || size > DC_EXCHANGE_MAX_CONTENT)
    return TRUE;
  reply = dc_reply_new (DC_REPLY_NOTE, self->number);
  reply->note = g_bytes_ref (content);

  return say (self, reply);
}

/* The next command that needs the destination makes it anew, with this. */
static gboolean
keep_credential (Session    *self,
                 DcCommand  *command,
                 GError    **error)
{
  g_autofree char *address = dc_credential_address (&self->setup);
  g_auto (DcCredential) credential = { NULL };

  if (address == NULL) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP,
                 "a folder needs no credential");
    return FALSE;
  }
  if (command->kind == DC_COMMAND_CREDENTIAL_FILE) {
    if (!dc_credential_read_stick (command->path, address, &credential, error))
      return FALSE;
  } else {
    credential.user = g_steal_pointer (&command->user);
    credential.password = g_steal_pointer (&command->password);
  }
  if (!dc_credential_save (self->serve->directory, address, &credential, error))
    return FALSE;
  g_clear_object (&self->destination);
  dc_credential_clear (&self->credential);

  return TRUE;
}

static gboolean
with_destination (Session     *self,
                  DcCommand   *command,
                  DcTransfer  *transfer,
                  GError     **error)
{
  if (!need_destination (self, error))
    return FALSE;

  switch (command->kind) {
  case DC_COMMAND_PROBE:
    return probe (self, transfer, error);
  case DC_COMMAND_PUT:
    return put (self, command, transfer, error);
  case DC_COMMAND_STATEMENT:
    return dc_destination_put_note (self->destination, DC_NOTE_STATEMENT, &command->origin,
                                    command->content, transfer, error);
  case DC_COMMAND_RECEIPTS:
    return dc_destination_read_notes (self->destination, DC_NOTE_RECEIPT, &command->origin,
                                      transfer, tell_note, self, error);
  case DC_COMMAND_OPEN:
  case DC_COMMAND_CREDENTIAL:
  case DC_COMMAND_CREDENTIAL_FILE:
  case DC_N_COMMANDS:
    break;
  }
  g_return_val_if_reached (FALSE);
}

static gboolean
carry_out (Session     *self,
           DcCommand   *command,
           DcTransfer  *transfer,
           GError     **error)
{
  if (command->kind == DC_COMMAND_OPEN)
    return open_destination (self, command, error);
  if (!self->is_open) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP,
                 "no destination was named yet");
    return FALSE;
  }
  if (command->kind == DC_COMMAND_CREDENTIAL || command->kind == DC_COMMAND_CREDENTIAL_FILE)
    return keep_credential (self, command, error);

  return with_destination (self, command, transfer, error);
}

/* What went wrong, for the log of the other side. Whatever a library put into
 * a message: never a password. */
static DcReply *
reply_for (Session      *self,
           const GError *error,
           guint         wait)
{
  DcReply *reply = dc_reply_new (error == NULL ? DC_REPLY_DONE : DC_REPLY_ERROR, self->number);
  const char *password = self->credential.password;

  if (error == NULL)
    return reply;
  reply->code = error->domain == DC_DELIVERY_ERROR ? error->code : DC_DELIVERY_ERROR_PROGRAM;
  if (password == NULL || strstr (error->message, password) == NULL)
    reply->message = g_strdup (error->message);
  reply->wait = reply->code == DC_DELIVERY_ERROR_BUSY ? wait : 0;

  return reply;
}

static void
answer (Session      *self,
        DcServeInput *input,
        DcCommand    *command)
{
  DcTransfer transfer = { .stop = self->stop, .progress = tell_progress, .data = self };
  g_autoptr (DcReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->number = command->number;
  self->progress_us = 0;
  carry_out (self, command, &transfer, &error);
  reply = reply_for (self, error, transfer.retry_seconds);
  dc_serve_input_ready (input);
  say (self, reply);
}

gboolean
dc_serve (const DcServe  *serve,
          GError        **error)
{
  g_auto (Session) self = { .serve = serve };
  g_autoptr (DcServeInput) input = NULL;
  GError *reading = NULL;
  DcCommand *command;

  self.stop = serve->stop != NULL ? g_object_ref (serve->stop) : g_cancellable_new ();
  input = dc_serve_input_new (serve->input, self.stop);
  while (self.broken == NULL && (command = dc_serve_input_next (input, &reading)) != NULL) {
    answer (&self, input, command);
    dc_command_free (command);
  }
  if (reading == NULL)
    reading = g_steal_pointer (&self.broken);
  if (reading != NULL)
    g_propagate_error (error, reading);

  return reading == NULL;
}
