/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-reset-run.h"

#include <string.h>

typedef struct
{
  char   *folder;
  char   *pack_key;
  char   *used;
  guint8  tablet[32];
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->pack_key, g_free);
  g_clear_pointer (&self->used, g_free);
  g_free (self);
}

static char *
used_path (DcKiosk *kiosk)
{
  return g_build_filename (dc_kiosk_get_state_directory (kiosk), "pins-used", NULL);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;
  g_autofree DcPinReset *found = g_new0 (DcPinReset, 1);
  GError *error = NULL;

  if (dc_pin_reset_find (found, job->folder, job->tablet, job->pack_key, job->used, &error))
    g_task_return_pointer (task, g_steal_pointer (&found), g_free);
  else
    g_task_return_error (task, error);
}

void
dc_pin_reset_run_async (DcKiosk             *kiosk,
                        const char          *folder,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (kiosk, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, dc_pin_reset_run_async);
  job->folder = g_strdup (folder);
  job->pack_key = g_strdup (dc_pack_get_public_key (dc_kiosk_get_pack (kiosk)));
  job->used = used_path (kiosk);
  memcpy (job->tablet, dc_sealer_get_tablet (dc_kiosk_get_sealer (kiosk)), sizeof job->tablet);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, find_in_thread);
}

gboolean
dc_pin_reset_run_finish (DcKiosk       *kiosk,
                         GAsyncResult  *result,
                         DcPinReset    *found,
                         GError       **error)
{
  g_autofree DcPinReset *reset = NULL;

  g_return_val_if_fail (g_task_is_valid (result, kiosk), FALSE);

  reset = g_task_propagate_pointer (G_TASK (result), error);
  if (reset == NULL)
    return FALSE;
  *found = *reset;

  return TRUE;
}

gboolean
dc_pin_reset_run_use (DcKiosk           *kiosk,
                      const DcPinReset  *reset,
                      GError           **error)
{
  g_autofree char *used = used_path (kiosk);

  return dc_pin_reset_use (reset, used, error);
}
