/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-minisign-key.h"
#include "dc-run.h"
#include "dc-store-test.h"
#include "dc-test-send.h"

G_BEGIN_DECLS

/* Where the records go, where it is not in memory: by the real program. */
typedef struct
{
  const char * const *argv;
  const char         *setup;       /* these three as in DcRunOrder */
  const char         *authority;
  const char         *folder;
  guint               pause_ms;    /* of a second of waiting */
  /* As the office reaches it; (transfer full) */
  DcDestination    *(*come) (gpointer data);
  gpointer            data;
} DcTestElsewhere;

/* A tablet's real queue and real run, and an office that collects and signs for what
 * it found: with dc_serve () on a thread and a destination in memory, or elsewhere. */
typedef struct
{
  DcStoreTest    store;
  DcFakePlace   *place;
  DcTestSend     send;
  DcTabletKey   *key;
  DcTestClock   *clock;
  DcRun         *run;
  DcMinisignKey *office_key;
  char          *office_public;   /* "RW…" */
  GHashTable    *office;          /* DcId → DcRecord: what it has collected */
  gboolean       twice;           /* two records with one id have come */
  gboolean       holding;
  DcId           held;
  const DcTestElsewhere *elsewhere;   /* (nullable) */
} DcTestRun;

/* @elsewhere: (nullable) a DcTestElsewhere that outlives it. */
void                dc_test_run_set_up    (DcTestRun     *self,
                                           gconstpointer  elsewhere);
/* In a directory that is there. */
void                dc_test_run_set_up_in (DcTestRun             *self,
                                           const DcTestElsewhere *elsewhere,
                                           const char            *directory);
void                dc_test_run_tear_down (DcTestRun     *self,
                                           gconstpointer  unused);
gboolean            dc_test_run_start     (DcTestRun     *self,
                                           gboolean       everything);
/* Until it has ended; fails after 20 s. */
const DcRunOutcome *dc_test_run_wait      (DcTestRun     *self);
const DcRunOutcome *dc_test_run_go        (DcTestRun     *self);
/* As a SIGKILL leaves it, and started again. */
void                dc_test_run_crash     (DcTestRun     *self);
/* Lets go of the queue and the run, so that another process can have them; then
 * takes them up again. */
void                dc_test_run_leave     (DcTestRun     *self);
void                dc_test_run_return    (DcTestRun     *self);
/* Fail as the destination does. */
gboolean            dc_test_run_collect   (DcTestRun     *self,
                                           GError       **error);
/* For all that was collected; @key NULL: the office's own. */
gboolean            dc_test_run_sign      (DcTestRun     *self,
                                           DcMinisignKey *key,
                                           GError       **error);

G_END_DECLS
