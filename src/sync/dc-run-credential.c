/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-run-private.h"

/* A conversation of its own: open, credential, end. The task's data. */
typedef struct
{
  DcSender  *sender;      /* (owned) */
  DcCommand *open;        /* (owned) */
  DcCommand *credential;  /* (owned) wiped with it */
  GError    *error;       /* (owned) (nullable) */
} Handing;

static void
handing_free (gpointer data)
{
  Handing *self = data;

  g_clear_object (&self->sender);
  g_clear_pointer (&self->open, dc_command_free);
  g_clear_pointer (&self->credential, dc_command_free);
  g_clear_error (&self->error);
  g_free (self);
}

static void
stopped (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Handing *self = g_task_get_task_data (task);

  dc_sender_stop_finish (DC_SENDER (source), result);
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
credential_answered (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (GTask) task = data;
  Handing *self = g_task_get_task_data (task);
  g_autoptr (DcAnswer) answer = dc_sender_ask_finish (DC_SENDER (source), result, &self->error);

  dc_sender_stop_async (self->sender, stopped, g_object_ref (task));
}

static void
open_answered (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  Handing *self = g_task_get_task_data (task);
  g_autoptr (DcAnswer) answer = dc_sender_ask_finish (DC_SENDER (source), result, &self->error);

  if (answer == NULL)
    dc_sender_stop_async (self->sender, stopped, g_object_ref (task));
  else
    dc_sender_ask_async (self->sender, self->credential, credential_answered, g_object_ref (task));
}

static DcCommand *
credential_command (const char *user,
                    const char *password,
                    const char *file)
{
  DcCommand *command = dc_command_new (file != NULL ? DC_COMMAND_CREDENTIAL_FILE
                                                    : DC_COMMAND_CREDENTIAL);

  command->path = g_strdup (file);
  command->user = user != NULL && *user != '\0' ? g_strdup (user) : NULL;
  command->password = g_strdup (password != NULL ? password : "");

  return command;
}

void
dc_run_set_credential_async (DcRun               *self,
                             const DcRunOrder    *order,
                             const char          *user,
                             const char          *password,
                             const char          *file,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Handing *handing;

  g_return_if_fail (DC_IS_RUN (self) && order != NULL);
  g_return_if_fail ((password != NULL) != (file != NULL));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dc_run_set_credential_async);
  if (self->state != DC_RUN_IDLE && self->state != DC_RUN_ENDED) {
    g_task_return_new_error (task, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY,
                             "a run is under way");
    return;
  }
  handing = g_new0 (Handing, 1);
  g_task_set_task_data (task, handing, handing_free);
  handing->open = dc_run_open_command (order);
  handing->credential = credential_command (user, password, file);
  handing->sender = dc_run_new_sender (self, &error);
  if (handing->sender == NULL)
    g_task_return_error (task, error);
  else
    dc_sender_ask_async (handing->sender, handing->open, open_answered, g_object_ref (task));
}

gboolean
dc_run_set_credential_finish (DcRun         *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
