/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"

G_BEGIN_DECLS

/* The hour of the night, in the campaign's time zone, at which a shift that
 * nobody ended is over. */
#define DC_SHIFT_LAST_HOUR 4

#define DC_SHIFT_ERROR (dc_shift_error_quark ())
GQuark dc_shift_error_quark (void);

typedef enum
{
  DC_SHIFT_ERROR_DAMAGED,   /* the file is not what was written */
  DC_SHIFT_ERROR_CODE,      /* dc_volunteer_code_check () says what is wrong */
} DcShiftError;

/**
 * DcShift:
 *
 * Who stands at the tablet, by a code that names nobody, and since when: a
 * small file in the state directory. Over when somebody ends it, and by itself
 * in the night (%DC_SHIFT_LAST_HOUR), by the clock that it was given; also when
 * that clock says a time well before its beginning, since then nobody knows
 * what day it is.
 *
 * Owns its strings and a reference to the clock. Main thread; what changes it
 * blocks for one small durable write, and is on disk or has not happened.
 */
typedef struct _DcShift DcShift;

/* With no shift. @path: of the file, which need not exist. @time_zone: IANA
 * name. */
DcShift    *dc_shift_new          (const char  *path,
                                   const char  *time_zone,
                                   DcClock     *clock);
/* Reads the file. Where it cannot be read or is damaged, there is no shift. */
gboolean    dc_shift_load         (DcShift     *self,
                                   GError     **error);
/* The same for its text; for the tests. */
gboolean    dc_shift_parse        (DcShift     *self,
                                   const char  *text,
                                   gsize        length,
                                   GError     **error);
char       *dc_shift_to_text      (DcShift     *self);
void        dc_shift_free         (DcShift     *self);

/* Looks at the clock: FALSE from the moment at which it is over by itself. */
gboolean    dc_shift_is_on        (DcShift     *self);
/* Of the shift that is on; NULL where none is. The name is random, as in an
 * envelope (FORMAT.md). */
const char *dc_shift_get_id       (DcShift     *self);
const char *dc_shift_get_code     (DcShift     *self);
/* Its beginning, µs since 1970 in UTC; 0 where none is on. */
gint64      dc_shift_get_since    (DcShift     *self);
/* Of the @shown codes that the tablet has shown in all, how many in this shift;
 * -1: nobody knows, as where none is on, or the queue was set aside since and
 * began to count anew. */
gint64      dc_shift_count_codes  (DcShift     *self,
                                   guint        shown);

/* Begins a shift, in place of any that is on. @typed: a code (dc-volunteer-code.h). @codes_shown: by the
 * tablet in all, -1: not known. DC_SHIFT_ERROR_CODE; G_FILE_ERROR. */
gboolean    dc_shift_start        (DcShift     *self,
                                   const char  *typed,
                                   gint64       codes_shown,
                                   GError     **error);
/* Succeeds where none is on. G_FILE_ERROR. */
gboolean    dc_shift_end          (DcShift     *self,
                                   GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcShift, dc_shift_free)

G_END_DECLS
