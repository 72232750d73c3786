/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Letters of the event's name, and of its place. */
#define DC_SETTINGS_NAME_MAX 60

/* Seconds without a touch before a donor is asked whether they are there. */
#define DC_SETTINGS_WAIT_MIN  30
#define DC_SETTINGS_WAIT_MAX 300

typedef enum
{
  DC_WAIT_SCAN,      /* the pages with a code, and the last one */
  DC_WAIT_DETAILS,   /* where a donor types and reads */
  DC_WAIT_OTHER,
  DC_N_WAITS,
} DcWait;

#define DC_SETTINGS_ERROR (dc_settings_error_quark ())
GQuark dc_settings_error_quark (void);

typedef enum
{
  DC_SETTINGS_ERROR_DAMAGED,   /* the file is not what was written */
  DC_SETTINGS_ERROR_LENGTH,    /* a name of more than DC_SETTINGS_NAME_MAX letters */
  DC_SETTINGS_ERROR_CARD,      /* a name that holds the number of a card */
} DcSettingsError;

/**
 * DcSettings:
 *
 * What the coordinator sets on the tablet: the event's name and place, how
 * long the pages wait, whose keyboard is used. A small file in the state
 * directory; without it, or where it is damaged, all is as it was when the
 * tablet was new.
 *
 * Owns its strings. Main thread; what changes it blocks for one small durable
 * write, and is on disk or has not happened.
 */
typedef struct _DcSettings DcSettings;

/* @path: of the file, which need not exist. */
DcSettings *dc_settings_new            (const char  *path);
gboolean    dc_settings_load           (DcSettings  *self,
                                        GError     **error);
void        dc_settings_free           (DcSettings  *self);

/* "": not set. */
const char *dc_settings_get_name       (DcSettings  *self);
const char *dc_settings_get_place      (DcSettings  *self);
/* Of the @taken promises of the tablet in all, those since the event has its
 * name; -1: it has none, or nobody knows. */
gint64      dc_settings_count_taken    (DcSettings  *self,
                                        gint64       taken);
/* Both are tidied (dc_text_tidy ()). Another name begins another event.
 * @taken: by the tablet in all, -1: not known.
 * DC_SETTINGS_ERROR_LENGTH, _CARD; G_FILE_ERROR. */
gboolean    dc_settings_set_event      (DcSettings  *self,
                                        const char  *name,
                                        const char  *place,
                                        gint64       taken,
                                        GError     **error);

guint       dc_settings_get_wait       (DcSettings  *self,
                                        DcWait       wait);
/* The next longer one that may be chosen; after the longest, the shortest. */
guint       dc_settings_next_wait      (DcSettings  *self,
                                        DcWait       wait);
/* @seconds: within the bounds above. G_FILE_ERROR. */
gboolean    dc_settings_set_wait       (DcSettings  *self,
                                        DcWait       wait,
                                        guint        seconds,
                                        GError     **error);

/* TRUE: the session's own on-screen keyboard is used, and ours stays away. */
gboolean    dc_settings_get_platform_keyboard (DcSettings  *self);
gboolean    dc_settings_set_platform_keyboard (DcSettings  *self,
                                               gboolean     platform,
                                               GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcSettings, dc_settings_free)

G_END_DECLS
