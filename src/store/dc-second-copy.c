/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the second copy follows the queue.
 *
 * One run: look at the card; where the journal on it is not as it was left,
 * read it and tell the queue what stands there; then, some records at a time,
 * take from the queue what stands not, append, sync, and mark. Each step is
 * asked for when the one before has answered; the queue's thread never touches
 * the card and the card's thread never the queue.
 *
 * A cut between two steps costs nothing: what was appended and not marked is
 * found by reading; what was taken and not appended is taken again.
 *
 * Each run has a number. Another card, or none, begins another number, and
 * what comes back under an old one is let go: a card that hangs holds up
 * neither the next one nor the end of the program.
 */

#define G_LOG_DOMAIN "dc-store"

#include "dc-second-copy.h"

#include "dc-card-job.h"
#include "dc-card.h"
#include "dc-copy-choice.h"

#include <string.h>

/* How often it looks whether the card is back, or gone. */
#define LOOK_SECONDS 30
/* Records appended with one sync. */
#define BATCH 64

struct _DcSecondCopy
{
  GObject      parent_instance;

  DcQueue     *queue;
  char        *state_directory;
  guint8       tablet[32];
  gboolean     started;

  char        *folder;         /* (nullable) */
  DcId         card;
  gint64       known_size;     /* of the journal; -1: to be read */

  DcId         held;
  gboolean     holds;

  DcCopyState  state;
  guint        run;
  gboolean     running;
  gboolean     again;          /* something ended while it ran */
  gint64       asked_at;       /* when the card was; 0: it has answered */
  gint64       after;          /* numbers up to this one were taken in this run */
  guint        look_id;
};

enum
{
  PROP_STATE = 1,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (DcSecondCopy, dc_second_copy, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

/* A question to the queue, which holds the asker for as long. */
typedef struct
{
  DcSecondCopy *self;      /* (owned) */
  guint         run;
  GPtrArray    *records;   /* (owned) (nullable) */
} Question;

static void begin (DcSecondCopy *self);
static void take (DcSecondCopy *self);

static void
question_free (Question *question)
{
  g_clear_object (&question->self);
  g_clear_pointer (&question->records, g_ptr_array_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
question_new (DcSecondCopy *self)
{
  Question *question = g_new0 (Question, 1);

  question->self = g_object_ref (self);
  question->run = self->run;

  return question;
}

static void
set_state (DcSecondCopy *self,
           DcCopyState   state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static DcCopyState
state_of (const GError *error)
{
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD))
    return DC_COPY_NO_CARD;
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
    return DC_COPY_CARD_FULL;
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_READ_ONLY))
    return DC_COPY_READ_ONLY;

  return DC_COPY_FAILING;
}

static void
end (DcSecondCopy *self)
{
  self->running = FALSE;
  if (self->again)
    begin (self);
}

/* Whatever is on the card now must be read before it is believed. */
static void
fail_on_card (DcSecondCopy *self,
              const GError *error)
{
  if (self->state != state_of (error))
    g_message ("The second copy stops: %s", error->message);
  self->known_size = -1;
  set_state (self, state_of (error));
  end (self);
}

/* The queue is closed or full: its own trouble, which others report. */
static void
fail_on_queue (DcSecondCopy *self)
{
  self->known_size = -1;
  end (self);
}

static DcCardJob *
make_job (DcSecondCopy *self)
{
  DcCardJob *job = dc_card_job_new (self);

  job->run = self->run;
  job->folder = g_strdup (self->folder);
  job->state_directory = g_strdup (self->state_directory);
  job->card = self->card;
  memcpy (job->tablet, self->tablet, sizeof job->tablet);
  job->queue = *dc_queue_get_id (self->queue);
  job->known_size = self->known_size;
  self->asked_at = g_get_monotonic_time ();

  return job;
}

static void
did_mark (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  DcSecondCopy *self = question->self;
  gboolean marked = dc_queue_mark_copied_finish (self->queue, result, NULL);

  if (question->run != self->run)
    return;

  if (marked)
    take (self);
  else
    fail_on_queue (self);
}

static void
did_append (gpointer   owner,
            DcCardJob *job)
{
  DcSecondCopy *self = owner;

  if (job->run != self->run)
    return;

  self->asked_at = 0;
  if (job->error != NULL) {
    fail_on_card (self, job->error);
    return;
  }

  self->known_size = job->size;
  dc_queue_mark_copied_async (self->queue, job->records, did_mark, question_new (self));
}

static void
did_take (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  DcSecondCopy *self = question->self;
  g_autoptr (GPtrArray) records = dc_queue_take_copies_finish (self->queue, result, NULL);
  DcCardJob *job;

  if (question->run != self->run)
    return;
  if (records == NULL) {
    fail_on_queue (self);
    return;
  }
  if (records->len == 0) {
    set_state (self, DC_COPY_UP_TO_DATE);
    end (self);
    return;
  }

  set_state (self, DC_COPY_BUSY);
  self->after = ((DcRecord *) records->pdata[records->len - 1])->envelope.seq;
  job = make_job (self);
  job->records = g_steal_pointer (&records);
  dc_card_job_send (job, did_append);
}

static void
take (DcSecondCopy *self)
{
  dc_queue_take_copies_async (self->queue, self->after, self->holds ? &self->held : NULL,
                              BATCH, did_take, question_new (self));
}

static void
did_compare (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  DcSecondCopy *self = question->self;
  gboolean compared = dc_queue_compare_copies_finish (self->queue, result, NULL);

  if (question->run != self->run)
    return;

  if (compared)
    take (self);
  else
    fail_on_queue (self);
}

static void
did_look (gpointer   owner,
          DcCardJob *job)
{
  DcSecondCopy *self = owner;

  if (job->run != self->run)
    return;

  self->asked_at = 0;
  if (job->error != NULL) {
    fail_on_card (self, job->error);
    return;
  }

  self->known_size = job->size;
  if (job->ids != NULL)
    dc_queue_compare_copies_async (self->queue, job->ids, did_compare, question_new (self));
  else
    take (self);
}

static void
begin (DcSecondCopy *self)
{
  if (!self->started || self->folder == NULL)
    return;

  self->again = self->running;
  if (self->running)
    return;

  self->running = TRUE;
  self->after = 0;
  dc_card_job_send (make_job (self), did_look);
}

/* A run that the card keeps is no reason to stay silent. */
static gboolean
on_look (gpointer user_data)
{
  DcSecondCopy *self = user_data;
  gint64 waited = g_get_monotonic_time () - self->asked_at;

  if (!self->running)
    begin (self);
  else if (self->asked_at != 0 && waited > LOOK_SECONDS * G_USEC_PER_SEC)
    set_state (self, DC_COPY_FAILING);

  return G_SOURCE_CONTINUE;
}

/* Another card, or none: what still runs is let go. */
static void
use (DcSecondCopy *self,
     char         *folder,
     const DcId   *card)
{
  g_clear_pointer (&self->folder, g_free);
  self->folder = folder;
  self->card = *card;
  self->known_size = -1;
  self->run++;
  self->running = FALSE;
  self->again = FALSE;
  self->asked_at = 0;
  set_state (self, folder != NULL ? DC_COPY_BUSY : DC_COPY_OFF);
  begin (self);
}

static void
dc_second_copy_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (property_id) {   /* GCOVR_EXCL_BR_LINE: GObject asks for none that was not installed */
  case PROP_STATE:
    g_value_set_uint (value, DC_SECOND_COPY (object)->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_second_copy_dispose (GObject *object)
{
  DcSecondCopy *self = DC_SECOND_COPY (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->state_directory, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (dc_second_copy_parent_class)->dispose (object);
}

static void
dc_second_copy_class_init (DcSecondCopyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dc_second_copy_get_property;
  object_class->dispose = dc_second_copy_dispose;

  /* A #DcCopyState; an unsigned integer because only code reads it. */
  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, DC_COPY_FAILING, DC_COPY_OFF,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                         | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dc_second_copy_init (DcSecondCopy *self)
{
  self->known_size = -1;
  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
}

DcSecondCopy *
dc_second_copy_new (DcQueue    *queue,
                    const char *state_directory)
{
  DcSecondCopy *self = g_object_new (DC_TYPE_SECOND_COPY, NULL);
  char *folder = NULL;
  DcId card;

  self->queue = g_object_ref (queue);
  self->state_directory = g_strdup (state_directory);
  if (dc_copy_choice_load (state_directory, &folder, &card))
    use (self, folder, &card);

  return self;
}

void
dc_second_copy_start (DcSecondCopy *self,
                      const guint8  tablet[static 32])
{
  g_return_if_fail (DC_IS_SECOND_COPY (self));
  g_return_if_fail (dc_queue_get_id (self->queue) != NULL);

  memcpy (self->tablet, tablet, sizeof self->tablet);
  self->started = TRUE;
  self->known_size = -1;
  begin (self);
}

void
dc_second_copy_hold (DcSecondCopy *self,
                     const DcId   *id)
{
  g_return_if_fail (DC_IS_SECOND_COPY (self));

  self->held = *id;
  self->holds = TRUE;
}

void
dc_second_copy_release (DcSecondCopy *self)
{
  g_return_if_fail (DC_IS_SECOND_COPY (self));

  self->holds = FALSE;
  begin (self);
}

const DcId *
dc_second_copy_get_held (DcSecondCopy *self)
{
  g_return_val_if_fail (DC_IS_SECOND_COPY (self), NULL);

  return self->holds ? &self->held : NULL;
}

void
dc_second_copy_look (DcSecondCopy *self)
{
  g_return_if_fail (DC_IS_SECOND_COPY (self));

  begin (self);
}

DcCopyState
dc_second_copy_get_state (DcSecondCopy *self)
{
  return self->state;
}

const char *
dc_second_copy_get_folder (DcSecondCopy *self)
{
  return self->folder;
}

/* What is chosen, and where the choice is kept: the task's own copies. */
typedef struct
{
  char *folder;            /* (owned) (nullable) */
  char *state_directory;   /* (owned) */
  DcId  card;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_pointer (&choice->folder, g_free);
  g_clear_pointer (&choice->state_directory, g_free);
  g_free (choice);
}

static void
choose (GTask        *task,
        gpointer      source,
        gpointer      data,
        GCancellable *cancellable)
{
  Choice *choice = data;
  GError *error = NULL;

  if ((choice->folder == NULL
       || dc_card_mark (choice->folder, choice->state_directory, &choice->card, &error))
      && dc_copy_choice_store (choice->state_directory, choice->folder, &choice->card, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dc_second_copy_choose_async (DcSecondCopy        *self,
                             const char          *folder,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Choice *choice = g_new0 (Choice, 1);

  choice->folder = g_strdup (folder);
  choice->state_directory = g_strdup (self->state_directory);
  g_task_set_source_tag (task, dc_second_copy_choose_async);
  g_task_set_task_data (task, choice, choice_free);
  g_task_run_in_thread (task, choose);
}

gboolean
dc_second_copy_choose_finish (DcSecondCopy  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  Choice *choice = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  use (self, g_strdup (choice->folder), &choice->card);

  return TRUE;
}
