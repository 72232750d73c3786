/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-run-private.h"

#include <string.h>

/* What follows the records: the statement goes, the receipts come, and what the
 * office has signed for is erased. Receipts are looked for wherever this tablet
 * still has a record that is not signed for: of earlier campaigns too, whose
 * records left with runs long ago. */

#define ORIGINS_MOST 64

static void ask_receipts (DcRun *self);

static void
ended (GObject      *source,
       GAsyncResult *result,
       gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;

  dc_queue_end_run_finish (DC_QUEUE (source), result, &error);
  if (self == NULL)
    g_clear_error (&error);
  else
    dc_run_end (self, error);
}

static void
purged (GObject      *source,
        GAsyncResult *result,
        gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  guint n = 0;
  DcStamp now;

  dc_queue_purge_finish (DC_QUEUE (source), result, &n, &error);
  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  if (dc_run_fails (self, error))
    return;
  self->outcome.erased = n;
  dc_clock_now (self->clock, &now);
  dc_queue_end_run_async (self->queue, &self->destination, &now, ended, dc_run_token (self));
}

static void
receipted (GObject      *source,
           GAsyncResult *result,
           gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  guint n_receipted = 0;
  guint n_strange = 0;

  dc_queue_receipt_finish (DC_QUEUE (source), result, &n_receipted, &n_strange, &error);
  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  if (dc_run_fails (self, error))
    return;
  self->outcome.confirmed = n_receipted;
  self->outcome.unread_receipts += n_strange;
  dc_queue_purge_async (self->queue, purged, dc_run_token (self));
}

static void
receipts_answered (DcRun    *self,
                   DcAnswer *answer)
{
  const DcOrigin *origin = self->origins->pdata[self->origin];

  for (guint i = 0; i < answer->notes->len; i++) {
    g_autoptr (GError) error = NULL;
    DcReceipt *receipt = dc_receipt_from_line (answer->notes->pdata[i],
                                               (const char * const *) self->receipt_keys, origin,
                                               &error);

    if (receipt != NULL) {
      g_ptr_array_add (self->receipts, receipt);
    } else {
      g_message ("a receipt is not taken: %s", error->message);
      self->outcome.unread_receipts++;
    }
  }
  self->origin++;
  ask_receipts (self);
}

static void
ask_receipts (DcRun *self)
{
  DcCommand *command;

  if (self->origin == self->origins->len) {
    dc_queue_receipt_async (self->queue, self->receipts, receipted, dc_run_token (self));
    return;
  }
  command = dc_command_new (DC_COMMAND_RECEIPTS);
  command->origin = *(const DcOrigin *) self->origins->pdata[self->origin];
  dc_run_ask (self, command, receipts_answered, ask_receipts);
}

static void
get_own_origin (DcRun    *self,
                DcOrigin *origin)
{
  *origin = (DcOrigin) { .queue = *dc_queue_get_id (self->queue) };
  g_strlcpy (origin->campaign, self->campaign, sizeof origin->campaign);
  memcpy (origin->tablet, dc_tablet_key_get_public (self->key), sizeof origin->tablet);
}

/* This pack's own comes first, whether or not there is anything of it. */
static void
take_origins (DcRun     *self,
              GPtrArray *origins)
{
  DcOrigin own;

  get_own_origin (self, &own);
  g_ptr_array_set_size (self->origins, 0);
  g_ptr_array_add (self->origins, g_memdup2 (&own, sizeof own));
  for (guint i = 0; i < origins->len; i++) {
    if (!dc_origin_equal (origins->pdata[i], &own))
      g_ptr_array_add (self->origins, g_memdup2 (origins->pdata[i], sizeof own));
  }
  self->origin = 0;
}

static void
origins_read (GObject      *source,
              GAsyncResult *result,
              gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  g_autoptr (GPtrArray) origins = dc_queue_origins_finish (DC_QUEUE (source), result, &error);

  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  if (dc_run_fails (self, error))
    return;
  take_origins (self, origins);
  ask_receipts (self);
}

static void
statement_answered (DcRun    *self,
                    DcAnswer *answer)
{
  dc_queue_origins_async (self->queue, ORIGINS_MOST, origins_read, dc_run_token (self));
}

static void
ask_statement (DcRun  *self,
               GBytes *line)
{
  DcCommand *command = dc_command_new (DC_COMMAND_STATEMENT);

  get_own_origin (self, &command->origin);
  command->content = g_bytes_ref (line);
  dc_run_ask (self, command, statement_answered, dc_run_confirm);
}

static void
stated (GObject      *source,
        GAsyncResult *result,
        gpointer      token)
{
  g_autoptr (DcRun) self = dc_run_resume (token);
  GError *error = NULL;
  g_autoptr (DcStatement) statement = dc_queue_statement_finish (DC_QUEUE (source), result, &error);
  g_autoptr (GBytes) line = NULL;
  DcOrigin own;

  if (self == NULL) {
    g_clear_error (&error);
    return;
  }
  if (dc_run_fails (self, error))
    return;
  get_own_origin (self, &own);
  statement->origin = own;
  memcpy (statement->pack, self->pack, sizeof statement->pack);
  statement->stall = self->stall;
  dc_clock_now (self->clock, &statement->time);
  line = dc_statement_to_line (statement, self->key);
  ask_statement (self, line);
}

void
dc_run_confirm (DcRun *self)
{
  if (self->state != DC_RUN_CONFIRMING)
    dc_run_set_state (self, DC_RUN_CONFIRMING);
  dc_queue_statement_async (self->queue, stated, dc_run_token (self));
}
