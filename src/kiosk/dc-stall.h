/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pledge.h"
#include "dc-shift.h"

G_BEGIN_DECLS

/* Minutes without a touch after which practice is over. */
#define DC_STALL_PRACTICE_MINUTES 10

/**
 * DcStall:
 *
 * What the volunteers have set: the shift, whether they practise, and whether
 * a volunteer types for the next donor. It changes for visits that are yet to
 * come, never for one that has begun. Signal "changed": practice began or
 * ended, or a shift did. Main thread; one timer, while there is practice.
 */
#define DC_TYPE_STALL (dc_stall_get_type ())
G_DECLARE_FINAL_TYPE (DcStall, dc_stall, DC, STALL, GObject)

/* @shift: (transfer full) */
DcStall *dc_stall_new            (DcShift      *shift);
/* To read; it is begun and ended below. */
DcShift *dc_stall_get_shift      (DcStall      *self);
/* As dc_shift_start () and dc_shift_end (). Practice ends with a shift. */
gboolean dc_stall_start_shift    (DcStall      *self,
                                  const char   *code,
                                  gint64        codes_shown,
                                  GError      **error);
gboolean dc_stall_end_shift      (DcStall      *self,
                                  GError      **error);
/* Writes the shift that is on, if any, into a pledge that was just made. */
void     dc_stall_stamp          (DcStall      *self,
                                  DcPledge     *pledge);
/* A visit begins: notices a shift that has ended by itself. */
void     dc_stall_look           (DcStall      *self);

gboolean dc_stall_is_practice    (DcStall      *self);
void     dc_stall_set_practice   (DcStall      *self,
                                  gboolean      on);
/* Somebody touched the tablet. */
void     dc_stall_poke           (DcStall      *self);
/* One minute is @milliseconds long; for tests. */
void     dc_stall_set_minute     (DcStall      *self,
                                  guint         milliseconds);

/* A volunteer types in the visit that begins next, and in that one only:
 * taking it forgets it. */
void     dc_stall_ask_assisted   (DcStall      *self);
gboolean dc_stall_take_assisted  (DcStall      *self);

G_END_DECLS
