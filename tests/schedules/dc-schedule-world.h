/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-test-run.h"

G_BEGIN_DECLS

typedef struct _DcScheduleWorld DcScheduleWorld;

/* What a schedule has around its tablet: the destination, and what may befall it. One
 * schedule at a time; all on the main thread, from outside of a run but for
 * strike () and kill_sender (). */
struct _DcScheduleWorld
{
  /* The tablet's life begins, at a destination that is empty; and ends. */
  void     (*begin) (DcScheduleWorld *self,
                     DcTestRun       *test,
                     guint32          seed,
                     guint32          number);
  void     (*end) (DcScheduleWorld *self,
                   DcTestRun       *test);
  /* The next run meets faults: of ten calls about @harm. */
  void     (*disturb) (DcScheduleWorld *self,
                       DcTestRun       *test,
                       GRand           *random,
                       guint            harm);
  /* All faults stop, and whatever fell stands again. */
  void     (*calm) (DcScheduleWorld *self,
                    DcTestRun       *test);
  /* Something happens to the destination while a run goes on. */
  void     (*strike) (DcScheduleWorld *self,
                      DcTestRun       *test,
                      GRand           *random);
  void     (*kill_sender) (DcScheduleWorld *self,
                           DcTestRun       *test);
  /* As SIGKILL does, at some moment of a run that is under way or of its own. */
  void     (*kill_tablet) (DcScheduleWorld *self,
                           DcTestRun       *test,
                           GRand           *random);
  /* (nullable) As dc_fake_place_refuse (); @id NULL: none from now on. */
  void     (*refuse) (DcScheduleWorld *self,
                      const DcId      *id,
                      const char      *reason);
  void     (*back_up) (DcScheduleWorld *self);
  /* As the backup was, or empty; with another epoch, or (@silent) the same. */
  void     (*restore) (DcScheduleWorld *self,
                       gboolean         silent);
  /* (nullable) What lies there now, by each way to read it that there is; NULL and
   * @wrong (transfer full) where two of them differ. (transfer full) (element-type DcId) */
  GHashTable *(*contents) (DcScheduleWorld  *self,
                           DcTestRun        *test,
                           char            **wrong);
  /* What a run may take before somebody stops it, at most; 0: it ends by itself. */
  guint    patience_ms;
  /* A run that fails although all is calm may do so that often; each time somebody waits
   * for so long. */
  guint    lenience;
  guint    lenience_ms;
};

/* One in memory; (transfer full) */
DcScheduleWorld *dc_fake_world_new  (void);
void             dc_fake_world_free (DcScheduleWorld *self);

G_END_DECLS
