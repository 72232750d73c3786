/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-card-job.h"

#include "dc-card.h"
#include "dc-card-journal.h"

#include <glib/gstdio.h>

typedef struct
{
  DcCardJob     *job;        /* (owned) */
  DcCardJobDone  done;
  GMainContext  *context;    /* (owned) */
} Errand;

DcCardJob *
dc_card_job_new (gpointer owner)
{
  DcCardJob *self = g_new0 (DcCardJob, 1);

  g_weak_ref_init (&self->owner, owner);

  return self;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;
  DcCardJob *job = errand->job;

  g_weak_ref_clear (&job->owner);
  g_clear_pointer (&job->folder, g_free);
  g_clear_pointer (&job->state_directory, g_free);
  g_clear_pointer (&job->records, g_ptr_array_unref);
  g_clear_pointer (&job->ids, g_hash_table_unref);
  g_clear_error (&job->error);
  g_free (job);
  g_clear_pointer (&errand->context, g_main_context_unref);
  g_free (errand);
}

static gint64
get_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

/* The journal is read where it is not as it was left; else what is in it is
 * known. */
static void
run (DcCardJob *job)
{
  g_autofree char *path = dc_card_journal_get_path (job->folder, job->tablet, &job->queue);

  if (!dc_card_check (job->folder, job->state_directory, &job->card, &job->error))
    return;

  if (job->records != NULL)
    dc_card_journal_append (path, job->records, &job->error);
  else if (get_size (path) != job->known_size)
    job->ids = dc_card_journal_read (path, &job->queue, &job->error);
  job->size = get_size (path);
}

static gboolean
come_back (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&errand->job->owner);

  if (owner != NULL)
    errand->done (owner, errand->job);

  return G_SOURCE_REMOVE;
}

static gpointer
work (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (errand->context);

  run (errand->job);
  g_source_set_callback (source, come_back, errand, errand_free);
  g_source_set_static_name (source, "[daily-cup] card job");
  g_source_attach (source, context);

  return NULL;
}

void
dc_card_job_send (DcCardJob     *self,
                  DcCardJobDone  done)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->job = self;
  errand->done = done;
  errand->context = g_main_context_ref_thread_default ();
  g_thread_unref (g_thread_new ("dc-card", work, errand));
}
