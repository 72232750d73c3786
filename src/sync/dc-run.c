/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-run-private.h"

#include <string.h>

/* The run's one rule: what is not proven did not happen. A record leaves the
 * state "waiting" only by a verdict with its id, from a program that said all it
 * had to say; whatever else comes (an error, silence, nonsense, the program's
 * death) leaves it where it was, and the next run offers it again, byte for byte. */

#define BUSY_SECONDS     5      /* where it does not say how long */
#define BUSY_MOST        60
#define TRIES            2      /* more, of a request that did not get through */
#define STOP_MS          1950   /* the promise is 2 s */
#define CLOCK_MOST       (5 * 60 * G_USEC_PER_SEC)   /* between two that are right */
#define NO_DAY           "1970-01-01"   /* only the totals are asked for */

G_DEFINE_FINAL_TYPE (DcRun, dc_run, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void connect_sender (DcRun *self);

/* A callback may come after the run, or after all of it. */
typedef struct
{
  GWeakRef run;
  guint    generation;
} Token;

gpointer
dc_run_token (DcRun *self)
{
  Token *token = g_new0 (Token, 1);

  g_weak_ref_init (&token->run, self);
  token->generation = self->generation;

  return token;
}

DcRun *
dc_run_recall (gpointer data)
{
  Token *token = data;
  g_autoptr (DcRun) self = g_weak_ref_get (&token->run);
  gboolean current = self != NULL && self->generation == token->generation;

  g_weak_ref_clear (&token->run);
  g_free (token);

  return current ? g_steal_pointer (&self) : NULL;
}

DcRun *
dc_run_resume (gpointer token)
{
  g_autoptr (DcRun) self = dc_run_recall (token);

  return self != NULL && self->state != DC_RUN_STOPPING ? g_steal_pointer (&self) : NULL;
}

void
dc_run_tell (DcRun *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
dc_run_set_state (DcRun      *self,
                  DcRunState  state)
{
  self->state = state;
  dc_run_tell (self);
}

static gboolean
is_running (DcRun *self)
{
  return self->state != DC_RUN_IDLE && self->state != DC_RUN_ENDED;
}

static void
forget_order (DcRun *self)
{
  g_clear_pointer (&self->campaign, g_free);
  g_clear_pointer (&self->setup, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->receipt_keys, g_strfreev);
  self->get_held = NULL;
  self->held_data = NULL;
}

static void
take_order (DcRun            *self,
            const DcRunOrder *order)
{
  static const char * const no_keys[] = { NULL };

  forget_order (self);
  self->campaign = g_strdup (order->campaign);
  memcpy (self->pack, order->pack, sizeof self->pack);
  self->setup = g_strdup (order->setup);
  self->authority = g_strdup (order->authority);
  self->folder = g_strdup (order->folder);
  self->receipt_keys = g_strdupv ((char **) (order->receipt_keys != NULL ? order->receipt_keys
                                                                         : no_keys));
  self->everything = order->everything;
  self->stall = order->stall != NULL ? *order->stall : (DcStatementStall) { 0 };
  self->get_held = order->get_held;
  self->held_data = order->held_data;
}

static void
forget_run (DcRun *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->stop_id, g_source_remove);
  g_clear_pointer (&self->command, dc_command_free);
  g_clear_pointer (&self->outbox, dc_outbox_free);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_error (&self->doubt);
}

static void
prepare (DcRun *self)
{
  forget_run (self);
  g_clear_error (&self->outcome.error);
  self->outcome = (DcRunOutcome) { 0 };
  self->outbox = dc_outbox_new ();
  self->origins = g_ptr_array_new_with_free_func (g_free);
  self->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_receipt_unref);
  self->rate = (DcRate) { 0 };
  self->waited = FALSE;
  self->tries = 0;
  self->after = 0;
  self->second_pass = FALSE;
  self->taken = self->doubting = FALSE;
  self->unanswered = 0;
  self->ahead = self->offering = self->reading = self->putting = FALSE;
  self->delivering = 0;
  self->rejected = 0;
  self->origin = 0;
  self->done = self->total = 0;
  self->leaving = 0;
  self->bytes_done = self->bytes_total = 0;
  self->generation++;
}

/* The very end. */
static void
finish (DcRun *self)
{
  g_clear_object (&self->sender);
  forget_run (self);
  self->generation++;
  dc_run_set_state (self, DC_RUN_ENDED);
}

static void
counted (GObject      *source,
         GAsyncResult *result,
         gpointer      token)
{
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, NULL);
  g_autoptr (DcRun) self = dc_run_recall (token);

  if (self == NULL)
    return;
  if (tally != NULL) {
    self->outcome.need_attention = tally->all_by_state[DC_STATE_REFUSED];
    self->outcome.left = tally->all_by_state[DC_STATE_WAITING];
  }
  finish (self);
}

static void
sender_stopped (GObject      *source,
                GAsyncResult *result,
                gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_recall (token);

  dc_sender_stop_finish (DC_SENDER (source), result);
  if (self != NULL)
    dc_queue_tally_async (self->queue, NO_DAY, NULL, counted, dc_run_token (self));
}

/* A disk that hangs keeps what was to be counted, and not who pressed Stop. */
static gboolean
stop_is_over (gpointer data)
{
  DcRun *self = data;

  self->stop_id = 0;
  finish (self);

  return G_SOURCE_REMOVE;
}

/* From here on no step goes on (dc_run_resume ()); only the end. */
static void
wind_up (DcRun *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->stop_id, g_source_remove);
  self->stop_id = g_timeout_add_full (G_PRIORITY_HIGH, STOP_MS, stop_is_over, self, NULL);
  dc_run_set_state (self, DC_RUN_STOPPING);
  if (self->sender != NULL)
    dc_sender_stop_async (self->sender, sender_stopped, dc_run_token (self));
  else
    dc_queue_tally_async (self->queue, NO_DAY, NULL, counted, dc_run_token (self));
}

void
dc_run_end (DcRun  *self,
            GError *error)
{
  self->outcome.error = error;
  self->outcome.clock_wrong |= g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_CLOCK);
  wind_up (self);
}

gboolean
dc_run_fails (DcRun  *self,
              GError *error)
{
  if (error != NULL)
    dc_run_end (self, error);

  return error != NULL;
}

/* After a pause the same again, with a program that answers. */
static gboolean
pause_is_over (gpointer data)
{
  DcRun *self = data;

  self->timer_id = 0;
  if (!dc_sender_is_alive (self->sender)) {
    g_clear_object (&self->sender);
    connect_sender (self);
  } else {
    self->repeat (self);
  }

  return G_SOURCE_REMOVE;
}

static void
pause_for (DcRun *self,
           guint  seconds)
{
  self->timer_id = g_timeout_add (seconds * self->pause_ms, pause_is_over, self);
}

/* It was busy: once, and as long as it asks for, if that is not too long. */
static gboolean
wait_for_busy (DcRun  *self,
               GError *error)
{
  guint wait = dc_sender_get_wait (self->sender);

  if (!g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY)
      || self->waited || wait > BUSY_MOST)
    return FALSE;
  self->waited = TRUE;
  pause_for (self, wait != 0 ? wait : BUSY_SECONDS);

  return TRUE;
}

gboolean
dc_run_is_of_line (const GError *error)
{
  return g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TIMEOUT)
         || g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_OFFLINE)
         || g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE);
}

/* It did not get through: less at a time, a little later. */
static gboolean
try_again (DcRun  *self,
           GError *error)
{
  if (!dc_run_is_of_line (error) || !dc_sender_is_alive (self->sender))
    return FALSE;
  if (self->state == DC_RUN_CONNECTING || self->tries >= TRIES
      || (self->doubting && self->command->kind == DC_COMMAND_PUT))
    return FALSE;
  self->tries++;
  dc_rate_halve (&self->rate);
  pause_for (self, self->tries);

  return TRUE;
}

static void
failed (DcRun  *self,
        GError *error)
{
  if (g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED)
      && self->command->kind == DC_COMMAND_PUT) {
    dc_run_rejected (self, error);
    g_error_free (error);
  } else if (wait_for_busy (self, error) || try_again (self, error)) {
    g_error_free (error);
  } else if (!dc_run_doubts (self, error)) {
    dc_run_end (self, error);
  }
}

static void
asked (GObject      *source,
       GAsyncResult *result,
       gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  g_autoptr (DcAnswer) answer = dc_sender_ask_finish (DC_SENDER (source), result, &error);

  if (self == NULL) {
    g_clear_error (&error);
  } else if (answer == NULL) {
    failed (self, error);
  } else {
    self->tries = 0;
    self->answered (self, answer);
  }
}

void
dc_run_ask (DcRun       *self,
            DcCommand   *command,
            DcRunAnswer  answered,
            DcRunStep    repeat)
{
  g_clear_pointer (&self->command, dc_command_free);
  self->command = command;
  self->answered = answered;
  self->repeat = repeat;
  dc_sender_ask_async (self->sender, command, asked, dc_run_token (self));
}

static void
began (GObject      *source,
       GAsyncResult *result,
       gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  gboolean new_epoch = FALSE;
  guint n_records = 0;
  guint64 n_bytes = 0;

  dc_queue_begin_run_finish (DC_QUEUE (source), result, &new_epoch, &n_records, &n_bytes, &error);
  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  if (dc_run_fails (self, error))
    return;
  self->everything = FALSE;   /* done: not once more where the program has to be started again */
  self->outcome.new_epoch |= new_epoch;
  self->total = self->done + n_records;
  self->bytes_total = self->bytes_done + n_bytes;
  dc_run_set_state (self, DC_RUN_SENDING);
  dc_run_hand_over (self);
}

/* A destination may say what it likes: it is only told to staff. */
static gboolean
is_clock_wrong (DcRun    *self,
                DcAnswer *answer)
{
  DcStamp here;

  dc_clock_now (self->clock, &here);

  return answer->utc_us != 0 && ABS (here.utc_us - answer->utc_us) > CLOCK_MOST;
}

static void
probed (DcRun    *self,
        DcAnswer *answer)
{
  if (!answer->has_identity) {
    dc_run_end (self, g_error_new (DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM,
                                   "daily-cup-send: no identity"));
    return;
  }
  self->outcome.may_remove = answer->may_remove;
  self->outcome.clock_wrong = is_clock_wrong (self, answer);
  self->destination = answer->id;
  if (self->only_probe)
    dc_run_end (self, NULL);
  else
    dc_queue_begin_run_async (self->queue, &answer->id, &answer->epoch, self->everything, began,
                              dc_run_token (self));
}

static void
probe (DcRun *self)
{
  dc_run_ask (self, dc_command_new (DC_COMMAND_PROBE), probed, probe);
}

static void
opened (DcRun    *self,
        DcAnswer *answer)
{
  probe (self);
}

DcCommand *
dc_run_open_command (const DcRunOrder *order)
{
  DcCommand *command = dc_command_new (DC_COMMAND_OPEN);

  command->setup = g_strdup (order->setup);
  command->authority = g_strdup (order->authority);
  command->folder = g_strdup (order->folder);

  return command;
}

DcSender *
dc_run_new_sender (DcRun   *self,
                   GError **error)
{
  if (self->connect != NULL)
    return self->connect (self->connect_data, error);

  if (self->socket != NULL)
    return dc_sender_new_socket (self->socket, error);

  return dc_sender_new_program ((const char * const *) self->argv, error);
}

static void
open_destination (DcRun *self)
{
  const DcRunOrder order = { .setup = self->setup, .authority = self->authority,
                             .folder = self->folder };

  dc_run_ask (self, dc_run_open_command (&order), opened, open_destination);
}

static void
progressed (DcSender *sender,
            gint64    sent,
            gint64    total,
            DcRun    *self)
{
  if (self->state == DC_RUN_SENDING)
    dc_run_tell (self);
}

static void
connect_sender (DcRun *self)
{
  GError *error = NULL;

  dc_run_set_state (self, DC_RUN_CONNECTING);
  self->sender = dc_run_new_sender (self, &error);
  if (dc_run_fails (self, error))
    return;
  g_signal_connect_object (self->sender, "progress", G_CALLBACK (progressed), self, 0);
  open_destination (self);
}

static gboolean
start (DcRun            *self,
       const DcRunOrder *order,
       gboolean          only_probe)
{
  g_return_val_if_fail (DC_IS_RUN (self), FALSE);
  g_return_val_if_fail (order != NULL && order->campaign != NULL && order->pack != NULL, FALSE);

  if (is_running (self))
    return FALSE;
  take_order (self, order);
  self->only_probe = only_probe;
  prepare (self);
  connect_sender (self);

  return TRUE;
}

gboolean
dc_run_start (DcRun            *self,
              const DcRunOrder *order)
{
  return start (self, order, FALSE);
}

gboolean
dc_run_probe (DcRun            *self,
              const DcRunOrder *order)
{
  return start (self, order, TRUE);
}

void
dc_run_stop (DcRun *self)
{
  g_return_if_fail (DC_IS_RUN (self));

  if (is_running (self) && self->state != DC_RUN_STOPPING)
    dc_run_end (self, g_error_new (DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED, "stopped"));
}

DcRunState
dc_run_get_state (DcRun *self)
{
  g_return_val_if_fail (DC_IS_RUN (self), DC_RUN_IDLE);

  return self->state;
}

void
dc_run_get_progress (DcRun *self,
                     guint *done,
                     guint *total)
{
  g_return_if_fail (DC_IS_RUN (self));

  *done = self->done;
  *total = MAX (self->done, self->total);
}

gint
dc_run_get_remaining (DcRun *self)
{
  guint64 left;

  g_return_val_if_fail (DC_IS_RUN (self), -1);

  left = self->bytes_total > self->bytes_done ? self->bytes_total - self->bytes_done : 0;

  return self->state == DC_RUN_SENDING ? dc_rate_get_remaining (&self->rate, left) : -1;
}

const DcRunOutcome *
dc_run_get_outcome (DcRun *self)
{
  g_return_val_if_fail (DC_IS_RUN (self), NULL);

  return self->state == DC_RUN_ENDED ? &self->outcome : NULL;
}

void
dc_run_set_connect (DcRun        *self,
                    DcRunConnect  connect,
                    gpointer      data,
                    guint         pause_ms)
{
  self->connect = connect;
  self->connect_data = data;
  self->pause_ms = pause_ms;
}

void
dc_run_set_socket (DcRun      *self,
                   const char *path)
{
  g_return_if_fail (DC_IS_RUN (self));

  g_clear_pointer (&self->socket, g_free);
  self->socket = g_strdup (path);
}

DcRun *
dc_run_new (DcQueue            *queue,
            DcTabletKey        *key,
            DcClock            *clock,
            const char * const *argv)
{
  DcRun *self;

  g_return_val_if_fail (DC_IS_QUEUE (queue) && key != NULL && DC_IS_CLOCK (clock), NULL);

  self = g_object_new (DC_TYPE_RUN, NULL);
  self->queue = g_object_ref (queue);
  self->key = dc_tablet_key_ref (key);
  self->clock = g_object_ref (clock);
  self->argv = g_strdupv ((char **) argv);

  return self;
}

static void
dc_run_dispose (GObject *object)
{
  DcRun *self = DC_RUN (object);

  if (self->sender != NULL && self->state != DC_RUN_STOPPING)
    dc_sender_stop_async (self->sender, NULL, NULL);
  g_clear_object (&self->sender);
  forget_run (self);
  forget_order (self);
  g_clear_error (&self->outcome.error);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->key, dc_tablet_key_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->argv, g_strfreev);
  g_clear_pointer (&self->socket, g_free);

  G_OBJECT_CLASS (dc_run_parent_class)->dispose (object);
}

static void
dc_run_class_init (DcRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dc_run_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", DC_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
dc_run_init (DcRun *self)
{
  self->pause_ms = 1000;
}
