/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-kiosk.h"
#include "dc-readiness.h"

G_BEGIN_DECLS

/**
 * DcReadyRun:
 *
 * Finds out what dc_readiness_judge () wants to know and no screen is needed
 * for: reads the pack again, counts the promises, asks the place where they go.
 * Main thread, which it never holds up; what it does goes on in threads and in
 * daily-cup-send.
 */
#define DC_TYPE_READY_RUN (dc_ready_run_get_type ())
G_DECLARE_FINAL_TYPE (DcReadyRun, dc_ready_run, DC, READY_RUN, GObject)

DcReadyRun *dc_ready_run_new     (DcKiosk    *kiosk);
/* Once. "done" is emitted when @facts holds all but the codes and the screen. */
void        dc_ready_run_start   (DcReadyRun   *self,
                                  DcReadyFacts *facts);
/* @facts goes: from now on it is left alone, and nothing is emitted. */
void        dc_ready_run_forget  (DcReadyRun   *self);

G_END_DECLS
