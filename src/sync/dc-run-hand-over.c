/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-run-private.h"

/* offer → bundle → put → verdicts → deliver, until nothing is offered; then
 * once more from the first record that nothing was proven of. */

#define OFFER_MOST 500

/* A destination that takes nothing at all has something against more than these
 * records: they need attention, and the others wait. */
#define REJECTED_MOST 8

static void send_next (DcRun *self);

static void
delivered (GObject      *source,
           GAsyncResult *result,
           gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  guint n_delivered = 0;
  guint n_refused = 0;

  dc_queue_deliver_finish (DC_QUEUE (source), result, &n_delivered, &n_refused, &error);
  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  if (dc_run_fails (self, error))
    return;
  self->outcome.handed_over += n_delivered;
  if (self->rejected >= REJECTED_MOST) {
    dc_run_end (self, g_error_new (DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED,
                                   "it takes no record at all"));
    return;
  }
  dc_run_tell (self);
  send_next (self);
}

/* @verdicts (transfer full), which are only read from now on. */
static void
deliver (DcRun     *self,
         GPtrArray *verdicts)
{
  self->done += verdicts->len;
  self->bytes_done += self->leaving;
  dc_queue_deliver_async (self->queue, &self->destination, verdicts, delivered,
                          dc_run_token (self));
  g_ptr_array_unref (verdicts);
}

static void
put_answered (DcRun    *self,
              DcAnswer *answer)
{
  GPtrArray *verdicts = dc_outbox_answered (self->outbox, answer->deliveries);

  dc_rate_add (&self->rate, self->leaving, g_get_monotonic_time () - self->began_us);
  for (guint i = 0; i < verdicts->len; i++) {
    if (((DcDelivery *) verdicts->pdata[i])->verdict <= DC_VERDICT_SAME)
      self->rejected = 0;
  }
  deliver (self, verdicts);
}

void
dc_run_rejected (DcRun        *self,
                 const GError *error)
{
  GPtrArray *verdicts = dc_outbox_rejected (self->outbox, error->message);

  if (verdicts == NULL) {
    send_next (self);
    return;
  }
  self->rejected++;
  deliver (self, verdicts);
}

static void
put (DcRun *self)
{
  DcCommand *command = dc_command_new (DC_COMMAND_PUT);

  command->content = dc_outbox_next (self->outbox, dc_rate_get_size (&self->rate),
                                     &command->origin);
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
all_offered (DcRun *self)
{
  gint64 doubt = dc_outbox_get_doubt (self->outbox);

  if (doubt == 0 || self->second_pass) {
    dc_run_confirm (self);
    return;
  }
  self->second_pass = TRUE;
  dc_outbox_clear_doubt (self->outbox);
  self->after = doubt - 1;
  send_next (self);
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
  if (dc_run_fails (self, error))
    return;
  if (records->len == 0) {
    all_offered (self);
    return;
  }
  self->after = last_number (records);
  dc_outbox_fill (self->outbox, records);
  put (self);
}

static void
send_next (DcRun *self)
{
  const DcId *held = NULL;

  if (!dc_outbox_is_empty (self->outbox)) {
    put (self);
    return;
  }
  if (self->get_held != NULL)
    held = self->get_held (self->held_data);
  dc_queue_offer_async (self->queue, &self->destination, self->after, held, OFFER_MOST,
                        dc_rate_get_size (&self->rate), offered, dc_run_token (self));
}

/* Also where the program had to be started again: what is in the outbox was
 * offered to the same destination, or else it is offered anew. */
void
dc_run_hand_over (DcRun *self)
{
  g_clear_pointer (&self->outbox, dc_outbox_free);
  self->outbox = dc_outbox_new ();
  self->after = 0;
  send_next (self);
}
