/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-store-thread.h"

struct _DcStoreThread
{
  GThread     *thread;
  GAsyncQueue *jobs;    /* (owned) of Job */
  DcStore     *store;   /* (owned) the worker's */
};

typedef struct
{
  GTask      *task;     /* (owned) NULL: the last job */
  DcStoreJob  run;
  GError     *error;    /* (owned) (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

/* Back on the task's own thread. */
static gboolean
return_job (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
run_job (DcStore *store,
         Job     *job)
{
  GMainContext *context = g_task_get_context (job->task);
  g_autoptr (GSource) source = g_idle_source_new ();

  job->run (store, g_task_get_task_data (job->task),
            g_task_get_cancellable (job->task), &job->error);

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, return_job, job, job_free);
  g_source_set_static_name (source, "[daily-cup] store job");
  g_source_attach (source, context);
}

static gpointer
work (gpointer data)
{
  DcStoreThread *self = data;

  for (;;) {
    Job *job = g_async_queue_pop (self->jobs);

    if (job->task == NULL) {
      job_free (job);
      break;
    }

    run_job (self->store, job);
    dc_store_rest (self->store);
  }

  g_clear_pointer (&self->store, dc_store_free);

  return NULL;
}

DcStoreThread *
dc_store_thread_new (DcStore *store)
{
  DcStoreThread *self = g_new0 (DcStoreThread, 1);

  self->jobs = g_async_queue_new_full (job_free);
  self->store = store;
  self->thread = g_thread_new ("dc-store", work, self);

  return self;
}

void
dc_store_thread_push (DcStoreThread *self,
                      GTask         *task,
                      DcStoreJob     run)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->run = run;
  g_async_queue_push (self->jobs, job);
}

void
dc_store_thread_free (DcStoreThread *self)
{
  g_assert (g_thread_self () != self->thread);

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_free (self);
}
