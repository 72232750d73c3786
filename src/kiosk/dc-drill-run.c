/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-run.h"

#include "dc-drill.h"
#include "dc-durable.h"

typedef struct
{
  char   *folder;
  char   *name;
  GBytes *lines;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->lines, g_bytes_unref);
  g_free (self);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job *job = data;
  g_autofree char *path = g_build_filename (job->folder, job->name, NULL);
  GError *error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (job->lines, &size);

  if (dc_durable_hand_over (path, text, size, &error))
    g_task_return_pointer (task, g_strdup (job->name), g_free);
  else
    g_task_return_error (task, error);
}

static DcDrill *
make_drill (DcKiosk     *kiosk,
            const char  *language,
            GError     **error)
{
  DcCampaign *campaign = dc_kiosk_get_campaign (kiosk);
  g_autofree char *day = dc_kiosk_get_day (kiosk);
  DcDrillOccasion occasion = {
    .day = day,
    .language = language,
    .currency = dc_campaign_get_currency (campaign),
    .notice_version = dc_campaign_get_notice_version (campaign),
    .minimum_age = dc_campaign_get_minimum_age (campaign),
  };

  dc_clock_now (dc_kiosk_get_clock (kiosk), &occasion.time);

  return dc_drill_new (dc_kiosk_get_sealer (kiosk), &occasion, error);
}

void
dc_drill_run_async (DcKiosk             *kiosk,
                    const char          *folder,
                    const char          *language,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (kiosk, NULL, callback, user_data);
  g_autoptr (DcDrill) drill = NULL;
  GError *error = NULL;
  Job *job;

  g_task_set_source_tag (task, dc_drill_run_async);
  drill = make_drill (kiosk, language, &error);
  if (drill == NULL
      || !dc_drill_state_expect (dc_kiosk_get_drill (kiosk), (const char * const *) drill->answers,
                                 &error)) {
    g_task_return_error (task, error);
    return;
  }

  job = g_new0 (Job, 1);
  job->folder = g_strdup (folder);
  job->name = dc_drill_file_name (dc_sealer_get_tablet (dc_kiosk_get_sealer (kiosk)), &drill->queue);
  job->lines = g_bytes_ref (drill->lines);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_in_thread);
}

char *
dc_drill_run_finish (DcKiosk       *kiosk,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, kiosk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
