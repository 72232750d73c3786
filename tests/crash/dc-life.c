/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-life.h"

#include "dc-crash-queue.h"
#include "dc-shim-random.h"
#include "dc-shim-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  DcLife       *life;
  DcLifeKind    kind;
  DcCrashQueue  queue;
  GRand        *rand;
  guint         next;        /* pledge */
  const char   *what;        /* the call that runs */
  guint         begin;
  gboolean      answered;
  guint         epochs[2];   /* of each destination */
  gboolean      known[2];
} Player;

static DcContent *
get_last (DcLife *life)
{
  if (life->calls->len == 0)
    return life->before;

  return g_array_index (life->calls, DcLifeCall, life->calls->len - 1).after;
}

static void
note_erased (DcLife          *life,
             const DcContent *before,
             const DcContent *after)
{
  for (guint i = 0; before != NULL && i < before->rows->len; i++) {
    const DcContentRow *had = &g_array_index (before->rows, DcContentRow, i);
    const DcContentRow *has = &g_array_index (after->rows, DcContentRow, i);
    DcLifeNeedle needle = { .call = life->calls->len };

    if (had->whole && !has->whole) {
      memcpy (needle.bytes, had->needle, sizeof needle.bytes);
      g_array_append_val (life->needles, needle);
    }
  }
}

static void
begin_call (Player     *self,
            const char *what)
{
  self->what = what;
  self->begin = self->life->tape->steps->len;
  self->answered = FALSE;
}

/* What the call led to is known to the caller from here on. */
static void
on_answered (gpointer data)
{
  Player *self = data;
  DcLifeCall call = { .what = self->what, .begin = self->begin };
  g_autoptr (GError) error = NULL;

  call.answered = self->life->tape->steps->len;
  if (dc_store_get_database (self->queue.store) != NULL) {
    call.after = dc_crash_queue_read (&self->queue, &error);
    g_assert_no_error (error);
  } else {
    call.after = dc_content_ref (get_last (self->life));
  }

  note_erased (self->life, get_last (self->life), call.after);
  g_array_append_val (self->life->calls, call);
}

static void
must (gboolean   done,
      GError   **error)
{
  g_assert_no_error (*error);
  g_assert_true (done);
}

static void
open_queue (Player *self)
{
  g_autoptr (GError) error = NULL;

  begin_call (self, "open");
  must (dc_crash_queue_open (&self->queue, &error), &error);
  if (self->kind == DC_LIFE_NORMAL)
    must (dc_database_execute (dc_store_get_database (self->queue.store),
                               "PRAGMA synchronous = NORMAL", &error), &error);
}

static void
open_again (Player *self)
{
  g_autoptr (GError) error = NULL;

  begin_call (self, "close");
  must (dc_crash_queue_close (&self->queue, &error), &error);
  open_queue (self);
}

static void
save (Player *self)
{
  static const DcKind kinds[] = {
    DC_KIND_PLEDGE, DC_KIND_PLEDGE, DC_KIND_PLEDGE, DC_KIND_PRACTICE, DC_KIND_DRILL,
  };
  g_autoptr (GError) error = NULL;
  DcKind kind = kinds[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (kinds))];

  begin_call (self, "save");
  must (dc_crash_queue_save (&self->queue, self->next++, kind, &error), &error);
}

static const DcContentRow *
choose_row (Player *self)
{
  GArray *rows = get_last (self->life)->rows;

  if (rows->len == 0)
    return NULL;

  return &g_array_index (rows, DcContentRow, g_rand_int_range (self->rand, 0, (gint32) rows->len));
}

/* Some are refused, and then change nothing. */
static void
withdraw (Player *self)
{
  const DcContentRow *row = choose_row (self);

  begin_call (self, row != NULL && row->state == DC_STATE_WAITING ? "undo" : "withdraw");
  if (row != NULL)
    dc_crash_queue_withdraw (&self->queue, &row->id, NULL);
}

/* Any state to any that the table allows. */
static void
move (Player *self)
{
  const DcContentRow *row = choose_row (self);
  DcState to = g_rand_int_range (self->rand, 0, DC_N_STATES);

  if (row == NULL || !dc_state_may_become (row->state, to))
    return;

  begin_call (self, dc_state_to_string (to));
  dc_crash_queue_move (&self->queue, &row->id, to, NULL);
}

static guint
choose_destination (Player *self)
{
  return (guint) g_rand_int_range (self->rand, 0, G_N_ELEMENTS (self->known));
}

/* Mostly the life that it had; sometimes it has lost all. */
static void
begin_run (Player *self)
{
  g_autoptr (GError) error = NULL;
  guint destination = choose_destination (self);

  if (g_rand_int_range (self->rand, 0, 6) == 0)
    self->epochs[destination]++;
  begin_call (self, "begin run");
  must (dc_crash_queue_begin_run (&self->queue, destination, self->epochs[destination],
                                  g_rand_int_range (self->rand, 0, 8) == 0, &error), &error);
  self->known[destination] = TRUE;
}

/* FALSE: no run has begun there. */
static gboolean
choose_known (Player *self,
              guint  *destination)
{
  *destination = choose_destination (self);

  return self->known[*destination];
}

static void
offer (Player *self)
{
  g_autoptr (GError) error = NULL;
  guint destination;

  if (!choose_known (self, &destination)) {
    begin_run (self);
    return;
  }
  begin_call (self, "offer");
  must (dc_crash_queue_offer (&self->queue, destination,
                              (guint) g_rand_int_range (self->rand, 1, 6), &error), &error);
}

static void
deliver (Player *self)
{
  const DcContentRow *row = choose_row (self);
  DcVerdict verdict = (DcVerdict) g_rand_int_range (self->rand, 0, DC_N_VERDICTS);
  g_autoptr (GError) error = NULL;
  guint destination;

  if (row == NULL || !choose_known (self, &destination))
    return;
  begin_call (self, "deliver");
  must (dc_crash_queue_deliver (&self->queue, destination, &row->id, verdict, &error), &error);
}

static void
receipt (Player *self)
{
  const DcContentRow *row = choose_row (self);
  g_autoptr (GError) error = NULL;

  if (row == NULL)
    return;
  begin_call (self, "receipt");
  must (dc_crash_queue_receipt (&self->queue, &row->id, &error), &error);
}

static void
retry (Player *self)
{
  g_autoptr (GError) error = NULL;

  begin_call (self, "retry");
  must (dc_crash_queue_retry (&self->queue, NULL, &error), &error);
}

static void
state_what_is_there (Player *self)
{
  g_autoptr (GError) error = NULL;
  guint destination;

  begin_call (self, "statement");
  must (dc_crash_queue_statement (&self->queue, &error), &error);
  if (!choose_known (self, &destination))
    return;

  begin_call (self, "end run");
  must (dc_crash_queue_end_run (&self->queue, destination, &error), &error);
}

static void
purge (Player *self)
{
  g_autoptr (GError) error = NULL;

  begin_call (self, "purge");
  must (dc_crash_queue_purge (&self->queue, &error), &error);
}

static void
count (Player *self)
{
  g_autoptr (GError) error = NULL;

  begin_call (self, "count");
  must (dc_crash_queue_count (&self->queue, &error), &error);
}

static void
checkpoint (Player *self)
{
  g_autoptr (GError) error = NULL;
  gboolean truncate = g_rand_int_range (self->rand, 0, 3) == 0;

  begin_call (self, truncate ? "truncate" : "checkpoint");
  must (dc_crash_queue_checkpoint (&self->queue, truncate, &error), &error);
}

/* The ballast goes, the call has its room, and the ballast comes back. */
static void
meet_full_disk (Player *self)
{
  g_autoptr (GError) error = NULL;

  dc_shim_vfs_fail (DC_SHIM_WRITE, "", (guint) g_rand_int_range (self->rand, 0, 4), FALSE,
                    SQLITE_FULL);
  if (g_rand_boolean (self->rand))
    offer (self);
  else
    withdraw (self);
  dc_shim_vfs_reset ();

  begin_call (self, "probe");
  must (dc_crash_queue_probe (&self->queue, &error), &error);
}

/* A pledge that finds no room leaves nothing, and a probe then writes. */
static void
save_without_room (Player *self)
{
  g_autoptr (GError) error = NULL;

  dc_shim_vfs_fail (DC_SHIM_WRITE, "", 0, TRUE, SQLITE_FULL);
  begin_call (self, "no room");
  g_assert_false (dc_crash_queue_save (&self->queue, self->next++, DC_KIND_PLEDGE, NULL));
  dc_shim_vfs_reset ();

  begin_call (self, "probe");
  must (dc_crash_queue_probe (&self->queue, &error), &error);
}

static const struct { guint weight; void (*play) (Player *); } plays[] = {
  { 26, save },
  { 10, withdraw },
  { 8, move },
  { 5, begin_run },
  { 8, offer },
  { 9, deliver },
  { 5, receipt },
  { 2, retry },
  { 2, state_what_is_there },
  { 4, purge },
  { 4, count },
  { 7, checkpoint },
  { 5, open_again },
  { 3, meet_full_disk },
  { 2, save_without_room },
};

static void
play (Player *self)
{
  guint dice = (guint) g_rand_int_range (self->rand, 0, 100);

  for (guint i = 0; i < G_N_ELEMENTS (plays); i++) {
    if (dice < plays[i].weight) {
      plays[i].play (self);
      return;
    }
    dice -= plays[i].weight;
  }
}

static void
call_clear (gpointer data)
{
  g_clear_pointer (&((DcLifeCall *) data)->after, dc_content_unref);
}

DcLife *
dc_life_new (const char *directory,
             DcContent  *before,
             DcSealer   *sealer,
             DcLifeKind  kind,
             guint32     seed,
             guint       n_calls)
{
  DcLife *self = g_new0 (DcLife, 1);
  Player player = { .life = self, .kind = kind, .next = seed };

  self->before = before != NULL ? dc_content_ref (before) : NULL;
  self->calls = g_array_new (FALSE, FALSE, sizeof (DcLifeCall));
  self->needles = g_array_new (FALSE, FALSE, sizeof (DcLifeNeedle));
  g_array_set_clear_func (self->calls, call_clear);

  dc_shim_random_seed (seed);
  dc_shim_vfs_install ();
  dc_crash_queue_init (&player.queue, directory, sealer);
  player.queue.answered = on_answered;
  player.queue.answered_data = &player;
  player.rand = g_rand_new_with_seed (seed);
  self->tape = dc_tape_new (directory);
  self->tape->ignores_syncs = kind == DC_LIFE_LYING;

  open_queue (&player);
  while (self->calls->len < n_calls)
    play (&player);

  dc_tape_stop (self->tape);   /* what follows is not part of the life */
  dc_crash_queue_clear (&player.queue);
  g_rand_free (player.rand);
  dc_shim_vfs_step_aside ();
  dc_shim_random_reset ();

  return self;
}

void
dc_life_free (DcLife *self)
{
  g_clear_pointer (&self->tape, dc_tape_free);
  g_clear_pointer (&self->calls, g_array_unref);
  g_clear_pointer (&self->needles, g_array_unref);
  g_clear_pointer (&self->before, dc_content_unref);
  g_free (self);
}

guint
dc_life_find (DcLife *self,
              guint   step)
{
  guint at = 0;

  while (at + 1 < self->calls->len
         && g_array_index (self->calls, DcLifeCall, at + 1).begin < step)
    at++;

  return at;
}
