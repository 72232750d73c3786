/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-run-private.h"

/* offer → bundle → put → verdicts → deliver, until nothing is offered and nothing
 * is under way; then once more from the first record that nothing was proven of.
 *
 * While daily-cup-send has a bundle, the queue's thread takes the verdicts of the
 * one before, and verifies what may be in the next. It does not offer it yet: that
 * is as late as can be, since what is offered is undone by a withdrawal and no
 * longer by being erased.
 *
 * The next is offered before the verdicts are taken, so that the line does not
 * wait for both. A withdrawal may not pass its record, and the queue cannot tell
 * one whose verdict is still to come from one that was passed over: it holds the
 * withdrawal back. So after that the second pass looks at all that is left, and
 * takes one step at a time. */

#define OFFER_MOST 500

/* A destination that takes nothing at all has something against more than these
 * records: they need attention, and the others wait. */
#define REJECTED_MOST 8

/* A destination that hangs up at one record after the other, and answers whatever
 * else it is asked, does so for another reason than they: a line that carries only
 * what is short, say. */
#define UNANSWERED_MOST 3

static void go_on (DcRun *self);
static void offer (DcRun *self);

static void
delivered (GObject      *source,
           GAsyncResult *result,
           gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_recall (token);
  g_autoptr (GError) error = NULL;
  guint n_delivered = 0;
  guint n_refused = 0;

  dc_queue_deliver_finish (DC_QUEUE (source), result, &n_delivered, &n_refused, &error);
  if (self == NULL)
    return;
  self->outcome.handed_over += n_delivered;
  self->delivering--;
  if (self->state == DC_RUN_STOPPING || dc_run_fails (self, g_steal_pointer (&error)))
    return;
  dc_run_tell (self);
  go_on (self);
}

/* The bundle is done with; @verdicts (transfer full) are only read from now on.
 * Before anything else, in the queue's order: whatever begins there later finds
 * what was proven, also where the run is about to end. */
static void
deliver (DcRun     *self,
         GPtrArray *verdicts)
{
  self->done += verdicts->len;
  self->bytes_done += self->leaving;
  self->delivering++;
  dc_queue_deliver_async (self->queue, &self->destination, verdicts, delivered,
                          dc_run_token (self));
  g_ptr_array_unref (verdicts);
}

static void
took_one (DcRun *self)
{
  self->taken = TRUE;
  self->rejected = 0;
  self->unanswered = 0;
}

static void
put_answered (DcRun    *self,
              DcAnswer *answer)
{
  GPtrArray *verdicts = dc_outbox_answered (self->outbox, answer->deliveries);

  self->putting = FALSE;
  dc_rate_add (&self->rate, self->leaving, g_get_monotonic_time () - self->began_us);
  for (guint i = 0; i < verdicts->len; i++) {
    if (((DcDelivery *) verdicts->pdata[i])->verdict <= DC_VERDICT_SAME)
      took_one (self);
  }
  if (dc_outbox_is_empty (self->outbox) && !self->second_pass && !self->exhausted
      && !self->reading && !self->offering) {
    self->ahead = TRUE;
    offer (self);
  }
  deliver (self, verdicts);
  go_on (self);
}

void
dc_run_rejected (DcRun        *self,
                 const GError *error)
{
  GPtrArray *verdicts = dc_outbox_rejected (self->outbox, error->message);

  self->putting = FALSE;
  if (verdicts != NULL) {
    self->rejected++;
    deliver (self, verdicts);
  }
  go_on (self);
}

/* Of the bundle that it hung up at. A record that stands alone is passed over at
 * first, and needs attention where it is the same again after others were taken: it may
 * be there, and nobody knows. */
static void
divide (DcRun *self)
{
  gboolean is_to_blame = self->second_pass && self->taken;
  g_autoptr (GPtrArray) verdicts = NULL;

  verdicts = is_to_blame ? dc_outbox_rejected (self->outbox, DC_REFUSAL_UNANSWERED)
                         : dc_outbox_doubted (self->outbox);
  self->putting = FALSE;
  if (verdicts != NULL) {
    self->unanswered++;
    if (self->unanswered >= UNANSWERED_MOST || (self->second_pass && !self->taken)) {
      dc_run_end (self, g_steal_pointer (&self->doubt));
      return;
    }
    deliver (self, g_steal_pointer (&verdicts));
  }
  go_on (self);
}

static void
still_answered (DcRun    *self,
                DcAnswer *answer)
{
  if (!answer->has_identity || !dc_id_equal (&answer->id, &self->destination)) {
    dc_run_end (self, g_steal_pointer (&self->doubt));
    return;
  }
  self->doubting = TRUE;
  divide (self);
}

static void
ask_whether_it_answers (DcRun *self)
{
  dc_run_ask (self, dc_command_new (DC_COMMAND_PROBE), still_answered, ask_whether_it_answers);
}

/* What reads a record there, or on the way, may die of it each time. Then the line
 * is good for a question, and not for this bundle; the others shall not wait. Not so
 * what answers with nonsense: that has taken it, each time, for all one knows. */
gboolean
dc_run_doubts (DcRun  *self,
               GError *error)
{
  if (self->command->kind != DC_COMMAND_PUT || !dc_run_is_of_line (error)
      || g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE)
      || !dc_sender_is_alive (self->sender))
    return FALSE;
  g_clear_error (&self->doubt);
  self->doubt = error;
  ask_whether_it_answers (self);

  return TRUE;
}

static void
put (DcRun *self)
{
  DcCommand *command = dc_command_new (DC_COMMAND_PUT);

  command->content = dc_outbox_next (self->outbox, dc_rate_get_size (&self->rate),
                                     &command->origin);
  self->putting = TRUE;
  self->leaving = g_bytes_get_size (command->content);
  self->began_us = g_get_monotonic_time ();
  dc_run_ask (self, command, put_answered, put);
}

static gint64
last_number (GPtrArray *records)
{
  DcRecord *last = records->pdata[records->len - 1];

  return last->envelope.seq;
}

static void
offered (GObject      *source,
         GAsyncResult *result,
         gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = dc_queue_offer_finish (DC_QUEUE (source), result, &error);

  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  self->offering = FALSE;
  if (dc_run_fails (self, error))
    return;
  self->exhausted = records->len == 0;
  if (records->len > 0) {
    self->after = last_number (records);
    dc_outbox_fill (self->outbox, records);
  }
  go_on (self);
}

static void
offer (DcRun *self)
{
  const DcId *held = self->get_held != NULL ? self->get_held (self->held_data) : NULL;

  self->offering = TRUE;
  dc_queue_offer_async (self->queue, &self->destination, self->after, held, OFFER_MOST,
                        dc_rate_get_size (&self->rate), self->known, offered, dc_run_token (self));
  g_clear_pointer (&self->known, g_ptr_array_unref);
}

/* Without what was read ahead the offer reads it itself, and says what is wrong. */
static void
has_read (GObject      *source,
          GAsyncResult *result,
          gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  g_autoptr (GPtrArray) records = dc_queue_read_ahead_finish (DC_QUEUE (source), result, NULL);

  if (self == NULL)
    return;
  self->reading = FALSE;
  g_clear_pointer (&self->known, g_ptr_array_unref);
  self->known = g_steal_pointer (&records);
  go_on (self);
}

static void
read_ahead (DcRun *self)
{
  self->reading = TRUE;
  dc_queue_read_ahead_async (self->queue, &self->destination, self->after, OFFER_MOST,
                             dc_rate_get_size (&self->rate), has_read, dc_run_token (self));
}

/* Nothing is under way: this is the end of a pass. */
static void
all_offered (DcRun *self)
{
  gint64 doubt = dc_outbox_get_doubt (self->outbox);

  if (self->second_pass || (doubt == 0 && !self->ahead)) {
    dc_run_confirm (self);
    return;
  }
  self->second_pass = TRUE;
  self->exhausted = FALSE;
  dc_outbox_clear_doubt (self->outbox);
  self->after = self->ahead ? 0 : doubt - 1;
  offer (self);
}

/* Whatever is to be begun now. */
static void
go_on (DcRun *self)
{
  gboolean quiet = !self->putting && self->delivering == 0;

  if (self->state != DC_RUN_SENDING)
    return;
  if (self->rejected >= REJECTED_MOST) {
    if (quiet)
      dc_run_end (self, g_error_new (DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED,
                                     "it takes no record at all"));
    return;
  }
  if (!self->putting && !dc_outbox_is_empty (self->outbox))
    put (self);
  if (self->offering || self->reading)
    return;
  if (self->putting) {
    if (self->known == NULL && !self->exhausted)
      read_ahead (self);
  } else if (quiet && self->exhausted) {
    all_offered (self);
  } else if (quiet) {
    offer (self);
  }
}

/* Also where the program had to be started again: what is in the outbox was
 * offered to the same destination, or else it is offered anew. */
void
dc_run_hand_over (DcRun *self)
{
  g_clear_pointer (&self->outbox, dc_outbox_free);
  self->outbox = dc_outbox_new ();
  self->after = 0;
  self->putting = FALSE;
  self->exhausted = FALSE;
  g_clear_pointer (&self->known, g_ptr_array_unref);
  go_on (self);
}
