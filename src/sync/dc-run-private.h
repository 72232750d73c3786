/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-outbox.h"
#include "dc-rate.h"
#include "dc-run.h"
#include "dc-sender.h"

G_BEGIN_DECLS

/* The inside of a run, for this folder and the tests.
 *
 * dc-run.c has the object and how it starts and ends, dc-run-hand-over.c the records,
 * dc-run-confirm.c what follows them, dc-run-credential.c the credential. Each
 * begins one asynchronous call and goes on in its callback: daily-cup-send has one
 * command at any time, and a callback that comes after the run has ended does nothing.
 * While it has a bundle the queue may take the verdicts of the last and verify the
 * records of the next; the queue's calls come back in their order, so that none of them is
 * still under way once dc_queue_begin_run_async () came back. */

/* Starts daily-cup-send, or what stands for it. (transfer full) */
typedef DcSender *(*DcRunConnect) (gpointer   data,
                                   GError   **error);
typedef void      (*DcRunStep) (DcRun     *self);
/* @answer (transfer none), where the command did not fail. */
typedef void      (*DcRunAnswer) (DcRun     *self,
                                  DcAnswer  *answer);

struct _DcRun
{
  GObject       parent_instance;

  DcQueue      *queue;          /* (owned) */
  DcTabletKey  *key;            /* (owned) */
  DcClock      *clock;          /* (owned) */
  char        **argv;           /* (owned) */
  char         *socket;         /* (owned) (nullable) */
  DcRunConnect  connect;
  gpointer      connect_data;
  guint         pause_ms;       /* a second of waiting; less in tests */

  /* what was ordered */
  char         *campaign;       /* (owned) */
  guint8        pack[32];
  char         *setup;          /* (owned) (nullable) */
  char         *authority;      /* (owned) (nullable) */
  char         *folder;         /* (owned) (nullable) */
  char        **receipt_keys;   /* (owned) */
  gboolean      everything;
  DcStatementStall stall;
  gboolean      only_probe;
  const DcId *(*get_held) (gpointer data);   /* (nullable) */
  gpointer      held_data;

  /* how far it is */
  DcRunState    state;
  guint         generation;     /* rises with each run, so that a callback knows its own */
  DcSender     *sender;         /* (owned) (nullable) */
  DcCommand    *command;        /* (owned) (nullable) that is asked */
  DcRunAnswer   answered;
  DcRunStep     repeat;         /* (nullable) where it may be tried again */
  gboolean      waited;         /* for one that was busy: once in a run */
  guint         tries;          /* in a row that did not get through */
  guint         timer_id;
  guint         stop_id;

  DcId          destination;
  DcOutbox     *outbox;         /* (owned) */
  DcRate        rate;
  gsize         leaving;        /* bytes of the bundle under way */
  gint64        began_us;       /* when it left */
  gint64        after;          /* the number of the last record that was offered */
  gboolean      second_pass;
  gboolean      ahead;          /* records were offered before verdicts were taken */
  gboolean      offering;       /* by the queue */
  gboolean      exhausted;      /* it had none behind @after */
  gboolean      reading;        /* the queue reads ahead */
  GPtrArray    *known;          /* (owned) (nullable) of DcRecord: what it has read */
  gboolean      putting;        /* a bundle is with daily-cup-send, or to be tried again */
  guint         delivering;     /* so many answers are with the queue */
  guint         rejected;       /* records in a row, none having been taken */
  gboolean      taken;          /* there was one that was proven to be there */
  gboolean      doubting;       /* it hung up at a bundle, and answered when it was asked */
  guint         unanswered;     /* records in a row, each by itself */
  GError       *doubt;          /* (owned) (nullable) what it hung up with */
  GPtrArray    *origins;        /* (owned) of DcOrigin: whose receipts to look for */
  guint         origin;         /* the next of them */
  GPtrArray    *receipts;       /* (owned) of DcReceipt, verified */
  guint         done;
  guint         total;
  guint64       bytes_done;
  guint64       bytes_total;
  DcRunOutcome  outcome;
};

/* Tests: who starts the program, and how many milliseconds a second of waiting
 * has. */
void     dc_run_set_connect   (DcRun         *self,
                               DcRunConnect   connect,
                               gpointer       data,
                               guint          pause_ms);

/* For a callback: a reference where the run that began the call still goes on,
 * else NULL. The token is of one call. */
gpointer dc_run_token         (DcRun         *self);
DcRun   *dc_run_resume        (gpointer       token);
/* The same, also while that run is being ended: only to count what was done. */
DcRun   *dc_run_recall        (gpointer       token);

void     dc_run_set_state     (DcRun         *self,
                               DcRunState     state);
/* "changed". */
void     dc_run_tell          (DcRun         *self);
/* Asks daily-cup-send; @command (transfer full). A failure that may pass is
 * tried again by @repeat (nullable), any other ends the run. */
void     dc_run_ask           (DcRun         *self,
                               DcCommand     *command,
                               DcRunAnswer    answered,
                               DcRunStep      repeat);
/* It did not get through, which says nothing of what was asked. */
gboolean dc_run_is_of_line    (const GError  *error);
/* Ends it, for @error (transfer full) or, where NULL, well. */
void     dc_run_end           (DcRun         *self,
                               GError        *error);
/* Whether the error of the queue's call ended the run. (transfer full) */
gboolean dc_run_fails         (DcRun         *self,
                               GError        *error);

/* The steps of other files. */
void     dc_run_hand_over     (DcRun         *self);
void     dc_run_rejected      (DcRun         *self,
                               const GError  *error);
/* Whether @error (transfer full where TRUE) may be that of the bundle and not of the line. */
gboolean dc_run_doubts        (DcRun         *self,
                               GError        *error);
void     dc_run_confirm       (DcRun         *self);

/* For the one that is running, and the one that sets a credential. */
DcCommand *dc_run_open_command (const DcRunOrder *order);
DcSender  *dc_run_new_sender   (DcRun         *self,
                                GError       **error);

G_END_DECLS
