/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-hand-over.h"

#include "config.h"

#include <string.h>

#include "dc-readiness.h"
#include "dc-settings.h"
#define PROGRAM "daily-cup-send"

struct _DcHandOver
{
  GObject           parent_instance;

  DcPack           *pack;
  DcQueue          *queue;
  DcSecondCopy     *copy;
  DcClock          *clock;
  char         *state_directory;
  char             *directory;    /* of daily-cup-send */
  char             *program;      /* (nullable) a test's */
  char             *socket;       /* (nullable) where daily-cup-send is reached */

  DcRun            *run;          /* (owned) (nullable) until the tablet has its key */
  DcHandOverState   state;
  char             *drive;        /* (owned) (nullable) */

  /* what is to follow the probe that is being stopped */
  gboolean          next;
  gboolean          next_everything;

  gboolean          ended;        /* a run has; @outcome is of it */
  DcRunOutcome      outcome;
  DcHandOverAnswer  answer;
  GError           *answer_error;
  gboolean          may_remove;
};

G_DEFINE_FINAL_TYPE (DcHandOver, dc_hand_over, G_TYPE_OBJECT)

static guint changed_signal;

static void
tell (DcHandOver *self)
{
  g_signal_emit (self, changed_signal, 0);
}

const DcDestinationSetup *
dc_hand_over_get_place (DcHandOver *self)
{
  return dc_pack_get_destination (self->pack);
}

static gboolean
is_server (DcHandOver *self)
{
  const DcDestinationSetup *place = dc_hand_over_get_place (self);

  return place != NULL && place->kind != DC_DESTINATION_FOLDER;
}

gboolean
dc_hand_over_is_forbidden (DcHandOver *self)
{
  return is_server (self) && dc_campaign_is_demo (dc_pack_get_campaign (self->pack));
}

gboolean
dc_hand_over_takes_credential (DcHandOver *self)
{
  return is_server (self) && !dc_hand_over_is_forbidden (self);
}

gboolean
dc_hand_over_wants_drive (DcHandOver *self)
{
  const DcDestinationSetup *place = dc_hand_over_get_place (self);

  return place == NULL || (place->kind == DC_DESTINATION_FOLDER && place->path == NULL);
}

/* A file of the pack as text; it was verified. NULL where there is none. */
static char *
text_of (DcHandOver *self,
         const char *name)
{
  GBytes *bytes = name != NULL ? dc_pack_get_file (self->pack, name) : NULL;
  gsize size;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return text != NULL ? g_strndup (text, size) : NULL;
}

/* Asked before each step of a run: while a donor may still undo their promise,
 * it stays. */
static const DcId *
get_held (gpointer copy)
{
  return dc_second_copy_get_held (copy);
}

/* What the coordinator set and checked, for the office's sheet. */
static void
read_stall (DcHandOver       *self,
            DcStatementStall *stall)
{
  gboolean demo = dc_campaign_is_demo (dc_pack_get_campaign (self->pack));
  g_autofree char *set = g_build_filename (self->state_directory, demo ? "stall-demo.ini" : "stall.ini", NULL);
  g_autofree char *checked = g_build_filename (self->state_directory, "readiness.ini", NULL);
  g_autoptr (DcSettings) settings = dc_settings_new (set);
  g_autoptr (GError) error = NULL;
  DcReadiness note;

  *stall = (DcStatementStall) { 0 };
  if (!dc_settings_load (settings, &error))
    g_message ("The event is not named in the statement: %s", error->message);
  g_strlcpy (stall->event, dc_settings_get_name (settings), sizeof stall->event);
  g_strlcpy (stall->place, dc_settings_get_place (settings), sizeof stall->place);
  if (dc_readiness_load (&note, checked)) {
    g_autofree char *letters = dc_readiness_to_letters (&note);

    stall->ready_s = note.at_s;
    g_strlcpy (stall->ready, letters, sizeof stall->ready);
  }
}

/* To @drive, or where NULL to the pack's place. @setup and @authority are freed
 * by the caller; the order borrows them. */
static DcRunOrder
make_order (DcHandOver  *self,
            const char  *drive,
            char       **setup,
            char       **authority)
{
  const DcDestinationSetup *place = dc_hand_over_get_place (self);
  DcRunOrder order = {
    .campaign = dc_campaign_get_id (dc_pack_get_campaign (self->pack)),
    .pack = dc_pack_get_hash (self->pack),
    .receipt_keys = dc_pack_get_receipt_keys (self->pack),
    .folder = drive,
    .get_held = get_held,
    .held_data = self->copy,
  };

  if (drive == NULL && place != NULL) {
    *setup = text_of (self, DC_DESTINATION_SETUP_FILE);
    *authority = text_of (self, place->authority);
    order.setup = *setup;
    order.authority = *authority;
  }

  return order;
}

static gboolean
begin (DcHandOver *self,
       gboolean    everything)
{
  g_autofree char *setup = NULL;
  g_autofree char *authority = NULL;
  DcRunOrder order = make_order (self, self->drive, &setup, &authority);
  DcStatementStall stall;

  read_stall (self, &stall);
  order.everything = everything;
  order.stall = &stall;
  self->state = DC_HAND_OVER_RUNNING;
  g_clear_error (&self->outcome.error);
  self->ended = FALSE;

  return dc_run_start (self->run, &order);
}

static void
take_answer (DcHandOver         *self,
             const DcRunOutcome *outcome)
{
  g_clear_error (&self->answer_error);
  if (outcome->error == NULL) {
    self->answer = DC_HAND_OVER_ANSWERS;
    self->may_remove = outcome->may_remove;
  } else if (!g_error_matches (outcome->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED)) {
    self->answer = DC_HAND_OVER_SILENT;
    self->answer_error = g_error_copy (outcome->error);
  }
}

static void
take_outcome (DcHandOver         *self,
              const DcRunOutcome *outcome)
{
  self->outcome = *outcome;
  self->outcome.error = outcome->error != NULL ? g_error_copy (outcome->error) : NULL;
  self->ended = TRUE;
  if (self->drive == NULL)
    take_answer (self, outcome);
  if (outcome->error != NULL)
    g_message ("The promises were not all handed over: %s", outcome->error->message);
}

static void
on_run (DcRun      *run,
        DcHandOver *self)
{
  const DcRunOutcome *outcome = dc_run_get_outcome (run);
  DcHandOverState before = self->state;

  if (outcome != NULL && self->state != DC_HAND_OVER_AT_REST) {
    self->state = DC_HAND_OVER_AT_REST;
    if (before == DC_HAND_OVER_RUNNING)
      take_outcome (self, outcome);
    else
      take_answer (self, outcome);
    if (self->next) {
      self->next = FALSE;
      begin (self, self->next_everything);
    }
  }
  tell (self);
}

/* Beside this program, or where Meson builds it. */
static char *
find_program (DcHandOver *self)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (DC_BINDIR);
  g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
  g_autofree char *built = g_build_filename (folder, "..", "send", PROGRAM, NULL);

  if (self->program != NULL)
    return g_strdup (self->program);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);

  return g_build_filename (DC_BINDIR, PROGRAM, NULL);
}

void
dc_hand_over_set_tablet (DcHandOver  *self,
                         DcTabletKey *tablet)
{
  g_autofree char *program = find_program (self);
  const char * const argv[] = { program, "--state", self->directory, NULL };

  g_return_if_fail (DC_IS_HAND_OVER (self) && tablet != NULL);

  if (self->run != NULL)
    return;
  self->run = dc_run_new (self->queue, tablet, self->clock, argv);
  dc_run_set_socket (self->run, self->socket);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (on_run), self, 0);
}

void
dc_hand_over_set_socket (DcHandOver *self,
                         const char *path)
{
  g_return_if_fail (DC_IS_HAND_OVER (self) && self->run == NULL);

  g_clear_pointer (&self->socket, g_free);
  self->socket = g_strdup (path);
}

void
dc_hand_over_set_program (DcHandOver *self,
                          const char *path)
{
  g_return_if_fail (self->run == NULL);

  g_free (g_steal_pointer (&self->program));
  self->program = g_strdup (path);
}

void
dc_hand_over_probe (DcHandOver *self)
{
  g_autofree char *setup = NULL;
  g_autofree char *authority = NULL;
  DcRunOrder order;

  g_return_if_fail (DC_IS_HAND_OVER (self));

  if (self->run == NULL || self->state != DC_HAND_OVER_AT_REST || dc_hand_over_is_forbidden (self)
      || dc_hand_over_wants_drive (self))
    return;

  order = make_order (self, NULL, &setup, &authority);
  self->state = DC_HAND_OVER_PROBING;
  dc_run_probe (self->run, &order);
}

gboolean
dc_hand_over_start (DcHandOver *self,
                    const char *drive,
                    gboolean    everything)
{
  g_return_val_if_fail (DC_IS_HAND_OVER (self), FALSE);

  if (self->run == NULL || self->state == DC_HAND_OVER_RUNNING || self->next
      || (drive == NULL && (dc_hand_over_is_forbidden (self) || dc_hand_over_wants_drive (self))))
    return FALSE;

  g_free (g_steal_pointer (&self->drive));
  self->drive = g_strdup (drive);
  if (self->state == DC_HAND_OVER_AT_REST)
    return begin (self, everything);

  self->next = TRUE;
  self->next_everything = everything;
  dc_run_stop (self->run);

  return TRUE;
}

void
dc_hand_over_stop (DcHandOver *self)
{
  g_return_if_fail (DC_IS_HAND_OVER (self));

  self->next = FALSE;
  if (self->run != NULL)
    dc_run_stop (self->run);
}

DcHandOverState
dc_hand_over_get_state (DcHandOver *self)
{
  /* The probe is only in the way of what was asked for. */
  return self->next ? DC_HAND_OVER_RUNNING : self->state;
}

void
dc_hand_over_get_progress (DcHandOver *self,
                           guint      *done,
                           guint      *total,
                           gint       *seconds)
{
  *done = *total = 0;
  *seconds = -1;
  if (self->state != DC_HAND_OVER_RUNNING)
    return;

  dc_run_get_progress (self->run, done, total);
  *seconds = dc_run_get_remaining (self->run);
}

gboolean
dc_hand_over_is_stopping (DcHandOver *self)
{
  return self->state == DC_HAND_OVER_RUNNING
         && dc_run_get_state (self->run) == DC_RUN_STOPPING;
}

const DcRunOutcome *
dc_hand_over_get_outcome (DcHandOver *self)
{
  return self->ended ? &self->outcome : NULL;
}

const char *
dc_hand_over_get_drive (DcHandOver *self)
{
  return self->drive;
}

DcHandOverAnswer
dc_hand_over_get_answer (DcHandOver *self)
{
  return self->answer;
}

const GError *
dc_hand_over_get_answer_error (DcHandOver *self)
{
  return self->answer_error;
}

gboolean
dc_hand_over_may_remove (DcHandOver *self)
{
  return self->may_remove;
}

static void
did_set_credential (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dc_run_set_credential_finish (DC_RUN (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dc_hand_over_set_credential_async (DcHandOver          *self,
                                   const char          *user,
                                   const char          *password,
                                   const char          *file,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *setup = NULL;
  g_autofree char *authority = NULL;
  DcRunOrder order;

  g_task_set_source_tag (task, dc_hand_over_set_credential_async);
  if (self->run == NULL || self->state != DC_HAND_OVER_AT_REST
      || !dc_hand_over_takes_credential (self)) {
    g_task_return_new_error (task, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY,
                             "the sender is at work, or wants no credential");
    return;
  }

  order = make_order (self, NULL, &setup, &authority);
  dc_run_set_credential_async (self->run, &order, user, password, file, did_set_credential,
                               g_steal_pointer (&task));
}

gboolean
dc_hand_over_set_credential_finish (DcHandOver    *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dc_hand_over_dispose (GObject *object)
{
  DcHandOver *self = DC_HAND_OVER (object);

  g_clear_object (&self->run);
  g_clear_object (&self->pack);
  g_clear_object (&self->queue);
  g_clear_object (&self->copy);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->state_directory, g_free);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->program, g_free);
  g_clear_pointer (&self->socket, g_free);
  g_clear_pointer (&self->drive, g_free);
  g_clear_error (&self->outcome.error);
  g_clear_error (&self->answer_error);

  G_OBJECT_CLASS (dc_hand_over_parent_class)->dispose (object);
}

static void
dc_hand_over_class_init (DcHandOverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dc_hand_over_dispose;

  changed_signal = g_signal_new ("changed", DC_TYPE_HAND_OVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
dc_hand_over_init (DcHandOver *self)
{
}

DcHandOver *
dc_hand_over_new (DcPack       *pack,
                  DcQueue      *queue,
                  DcSecondCopy *copy,
                  DcClock      *clock,
                  const char   *state_directory)
{
  DcHandOver *self = g_object_new (DC_TYPE_HAND_OVER, NULL);

  self->pack = g_object_ref (pack);
  self->queue = g_object_ref (queue);
  self->copy = g_object_ref (copy);
  self->clock = g_object_ref (clock);
  self->state_directory = g_strdup (state_directory);
  self->directory = g_build_filename (state_directory, "send", NULL);

  return self;
}
