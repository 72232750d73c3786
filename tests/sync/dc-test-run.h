/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-minisign-key.h"
#include "dc-run.h"
#include "dc-store-test.h"
#include "dc-test-send.h"

G_BEGIN_DECLS

/* A tablet's real queue and real run, dc_serve () on a thread, a destination
 * in memory, and an office that collects there and signs for what it found. */
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
} DcTestRun;

void                dc_test_run_set_up    (DcTestRun     *self,
                                           gconstpointer  unused);
void                dc_test_run_tear_down (DcTestRun     *self,
                                           gconstpointer  unused);
gboolean            dc_test_run_start     (DcTestRun     *self,
                                           gboolean       everything);
/* Until it has ended; fails after 20 s. */
const DcRunOutcome *dc_test_run_wait      (DcTestRun     *self);
const DcRunOutcome *dc_test_run_go        (DcTestRun     *self);
/* As a SIGKILL leaves it, and started again. */
void                dc_test_run_crash     (DcTestRun     *self);
void                dc_test_run_collect   (DcTestRun     *self);
/* For all that was collected; @key NULL: the office's own. */
void                dc_test_run_sign      (DcTestRun     *self,
                                           DcMinisignKey *key);

G_END_DECLS
