/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A tablet without a screen, for tests in other languages: its real queue, its
 * real run, and the daily-cup-send that ships.
 *
 *     run-queue FOLDER PROGRAM [ARGUMENT…]
 *
 * keeps its queue in FOLDER and starts PROGRAM for each run. It reads a command
 * a line and answers each by a line of JSON:
 *
 *     setup FILE [AUTHORITY]   destination.ini, and the PEM file that it names
 *     folder PATH              a stick, where there is no setup
 *     credential USER WORD…    the rest of the line is the password
 *     receipt-key KEY          whose receipts are taken
 *     recipients KEY KEY       to whom pledges are sealed from now on, as another pack says
 *     save N                   the pledge of dc_test_pledge_new ()
 *     withdraw N
 *     run [everything]         and waits for its end
 *     start [everything]       and does not
 *     stop                     and waits
 *     wait
 *     clock SECONDS            the tablet's clock is so far off
 *     tally                    how many are in each state
 *     refusals                 ids and reasons
 *     retry                    refused records wait again
 *
 * A run waits a tenth of what it would between its tries. SIGKILL is for the
 * test to send: what was answered is on the disk. */

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "dc-run-private.h"
#include "dc-store-test.h"

#define PAUSE_MS 100

typedef struct
{
  DcStoreTest   store;
  DcTabletKey  *key;         /* (owned) */
  DcClock      *clock;       /* (owned) */
  DcRun        *run;         /* (owned) */
  char         *setup;       /* (owned) (nullable) */
  char         *authority;   /* (owned) (nullable) */
  char         *folder;      /* (owned) (nullable) */
  GPtrArray    *keys;        /* (owned) of char *, NULL-terminated */
  GMainLoop    *loop;        /* (owned) */
} Tablet;

static const guint8 pack[32] = { 9 };

static DcRunOrder
order_of (Tablet   *self,
          gboolean  everything)
{
  return (DcRunOrder) {
           .campaign = "migrants-day", .pack = pack, .setup = self->setup,
           .authority = self->authority, .folder = self->folder,
           .receipt_keys = (const char * const *) self->keys->pdata, .everything = everything,
  };
}

/* "offline"; of the store's "store". */
static const char *
word_of (const GError *error)
{
  if (error == NULL)
    return "";
  g_printerr ("%s\n", error->message);

  return error->domain == DC_DELIVERY_ERROR ? dc_delivery_error_to_string (error->code) : "store";
}

static void
answer_error (const GError *error)
{
  g_print ("{\"error\":\"%s\"}\n", word_of (error));
}

static void
answer_outcome (Tablet *self)
{
  const DcRunOutcome *outcome;

  while (dc_run_get_state (self->run) != DC_RUN_ENDED)
    g_main_context_iteration (NULL, TRUE);
  outcome = dc_run_get_outcome (self->run);
  g_print ("{\"handed_over\":%u,\"confirmed\":%u,\"erased\":%u,\"need_attention\":%u,\"left\":%u,"
           "\"unread_receipts\":%u,\"may_remove\":%s,\"new_epoch\":%s,\"clock_wrong\":%s,\"error\":\"%s\"}\n",
           outcome->handed_over, outcome->confirmed, outcome->erased, outcome->need_attention,
           outcome->left, outcome->unread_receipts, outcome->may_remove ? "true" : "false",
           outcome->new_epoch ? "true" : "false", outcome->clock_wrong ? "true" : "false",
           word_of (outcome->error));
}

static gboolean
start (Tablet     *self,
       const char *word)
{
  const DcRunOrder order = order_of (self, g_strcmp0 (word, "everything") == 0);

  return dc_run_start (self->run, &order);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (path != NULL && !g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  return text;
}

static void
answer_credential (Tablet     *self,
                   const char *user,
                   const char *password)
{
  const DcRunOrder order = order_of (self, FALSE);
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dc_run_set_credential_async (self->run, &order, user, password, NULL, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  dc_run_set_credential_finish (self->run, result, &error);
  answer_error (error);
}

static void
answer_tally (Tablet *self)
{
  g_autoptr (DcTally) tally = dc_store_test_tally (&self->store);

  g_print ("{\"waiting\":%u,\"delivered\":%u,\"refused\":%u,\"receipted\":%u,\"withdrawn\":%u}\n",
           tally->by_state[DC_STATE_WAITING], tally->by_state[DC_STATE_DELIVERED],
           tally->by_state[DC_STATE_REFUSED], tally->by_state[DC_STATE_RECEIPTED],
           tally->by_state[DC_STATE_WITHDRAWN]);
}

static void
answer_refusals (Tablet *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = dc_store_test_refusals (&self->store, 1000, &error);

  g_print ("[");
  for (guint i = 0; refusals != NULL && i < refusals->len; i++) {
    const DcRefusal *refusal = refusals->pdata[i];
    g_autofree char *reason = g_strescape (refusal->reason, NULL);
    char id[DC_ID_TEXT_SIZE];

    dc_id_to_text (&refusal->id, id);
    g_print ("%s{\"id\":\"%s\",\"reason\":\"%s\"}", i > 0 ? "," : "", id, reason);
  }
  g_print ("]\n");
}

static void
answer_save (Tablet     *self,
             const char *word,
             guint       n)
{
  const DcId id = dc_store_test_id (n);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (word, "save"))
    dc_store_test_save (&self->store, n, &error);
  else
    dc_store_test_withdraw (&self->store, &id, &error);
  answer_error (error);
}

static void
set (char       **place,
     const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
set_destination (Tablet     *self,
                 const char *setup,
                 const char *authority,
                 const char *folder)
{
  g_clear_pointer (&self->setup, g_free);
  g_clear_pointer (&self->authority, g_free);
  set (&self->folder, folder);
  self->setup = read_file (setup);
  self->authority = read_file (authority);
  answer_error (NULL);
}

static void
set_recipients (Tablet     *self,
                const char *one,
                const char *other)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", one, other);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (text, strlen (text), &error);

  if (recipients != NULL) {
    g_clear_pointer (&self->store.sealer, dc_sealer_unref);
    self->store.sealer = dc_sealer_new (self->key, recipients, "migrants-day", pack);
  }
  answer_error (error);
}

static void
add_receipt_key (Tablet     *self,
                 const char *key)
{
  g_ptr_array_insert (self->keys, (gint) self->keys->len - 1, g_strdup (key));
  answer_error (NULL);
}

static void
set_clock (Tablet     *self,
           const char *seconds)
{
  DcStamp now;
  gint64 wanted = g_get_real_time () + g_ascii_strtoll (seconds, NULL, 10) * G_USEC_PER_SEC;

  dc_clock_now (self->clock, &now);
  dc_test_clock_advance (DC_TEST_CLOCK (self->clock), wanted - now.utc_us);
  answer_error (NULL);
}

/* FALSE: none of these. */
static gboolean
carry_out_run (Tablet  *self,
               char   **words)
{
  if (g_str_equal (words[0], "run") || g_str_equal (words[0], "start")) {
    gboolean started = start (self, words[1]);

    if (started && g_str_equal (words[0], "run"))
      answer_outcome (self);
    else
      g_print ("{\"started\":%s}\n", started ? "true" : "false");
  } else if (g_str_equal (words[0], "stop")) {
    dc_run_stop (self->run);
    answer_outcome (self);
  } else if (g_str_equal (words[0], "wait")) {
    answer_outcome (self);
  } else {
    return FALSE;
  }

  return TRUE;
}

static void
carry_out (Tablet  *self,
           char   **words)
{
  g_autoptr (GError) error = NULL;
  guint n = g_strv_length (words);

  if (g_str_equal (words[0], "tally"))
    answer_tally (self);
  else if (g_str_equal (words[0], "refusals"))
    answer_refusals (self);
  else if (g_str_equal (words[0], "retry") && dc_store_test_retry (&self->store, NULL, &n, &error))
    g_print ("{\"records\":%u}\n", n);
  else if (n < 2)
    g_error ("%s: not understood", words[0]);
  else if (g_str_equal (words[0], "save") || g_str_equal (words[0], "withdraw"))
    answer_save (self, words[0], (guint) strtoul (words[1], NULL, 10));
  else if (g_str_equal (words[0], "setup"))
    set_destination (self, words[1], words[2], NULL);
  else if (g_str_equal (words[0], "folder"))
    set_destination (self, NULL, NULL, words[1]);
  else if (g_str_equal (words[0], "clock"))
    set_clock (self, words[1]);
  else if (g_str_equal (words[0], "receipt-key"))
    add_receipt_key (self, words[1]);
  else if (g_str_equal (words[0], "recipients") && n == 3)
    set_recipients (self, words[1], words[2]);
  else if (g_str_equal (words[0], "credential") && n == 3)
    answer_credential (self, words[1], words[2]);
  else
    g_error ("%s: not understood", words[0]);
}

static gboolean
take_line (GIOChannel   *input,
           GIOCondition  condition,
           gpointer      data)
{
  Tablet *self = data;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL) {
    g_main_loop_quit (self->loop);
    return G_SOURCE_REMOVE;
  }
  words = g_strsplit (g_strchomp (line), " ", 3);
  if (!carry_out_run (self, words))
    carry_out (self, words);

  return G_SOURCE_CONTINUE;
}

static void
tablet_init (Tablet  *self,
             char   **argv)
{
  static const guint8 seed[32] = { 7 };   /* as the sealer's of DcStoreTest */

  dc_store_test_set_up_in (&self->store, argv[0]);
  self->key = dc_tablet_key_from_seed (seed);
  self->clock = DC_CLOCK (dc_test_clock_new (G_GINT64_CONSTANT (1797588000000000)));
  self->run = dc_run_new (self->store.queue, self->key, self->clock, (const char * const *) argv + 1);
  dc_run_set_connect (self->run, NULL, NULL, PAUSE_MS);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->keys, NULL);
  self->loop = g_main_loop_new (NULL, FALSE);
}

static void
tablet_clear (Tablet *self)
{
  g_clear_object (&self->run);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  dc_store_test_close (self->store.queue, NULL);
  g_clear_object (&self->store.queue);
  g_clear_pointer (&self->store.sealer, dc_sealer_unref);
  g_clear_pointer (&self->store.directory, g_free);
  g_clear_pointer (&self->key, dc_tablet_key_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->setup, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

int
main (int    argc,
      char **argv)
{
  Tablet self = { .run = NULL };
  g_autoptr (GIOChannel) input = NULL;

  if (argc < 3) {
    g_printerr ("run-queue FOLDER PROGRAM [ARGUMENT…]\n");
    return 2;
  }
  tablet_init (&self, argv + 1);
  input = g_io_channel_unix_new (0);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, take_line, &self);
  g_print ("{\"error\":\"\"}\n");   /* the queue is open */
  g_main_loop_run (self.loop);
  tablet_clear (&self);

  return 0;
}
