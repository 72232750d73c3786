/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a tablet is ready for its event: what is looked at, what is made of
 * it, and the note that is kept. Pure but for the last. Main thread. */

typedef enum
{
  DC_READY_PACK,        /* signed, and whole */
  DC_READY_LANGUAGES,   /* each text in each */
  DC_READY_DATE,        /* of the appeal */
  DC_READY_KEYS,        /* tried, and the tablet live */
  DC_READY_CLOCK,
  DC_READY_DISK,
  DC_READY_STORE,       /* the queue */
  DC_READY_PLACE,       /* where promises go */
  DC_READY_CODES,       /* as they are drawn */
  DC_READY_KEYBOARD,
  DC_READY_POWER,
  DC_READY_SCREEN,
  DC_N_READY_CHECKS
} DcReadyCheck;

typedef enum
{
  DC_READY_GREEN,
  DC_READY_AMBER,   /* the stall can open; somebody should know */
  DC_READY_RED,     /* to be mended before it opens */
  DC_N_READY_LEVELS
} DcReadyLevel;

/* What was found: one sentence each. */
typedef enum
{
  DC_FOUND_PACK_WHOLE,
  DC_FOUND_PACK_BROKEN,
  DC_FOUND_LANGUAGES_WHOLE,
  DC_FOUND_LANGUAGES_MISSING,
  DC_FOUND_DATE_GOOD,
  DC_FOUND_DATE_ENDS,
  DC_FOUND_DATE_PAST,
  DC_FOUND_KEYS_GOOD,
  DC_FOUND_KEYS_DEMO,
  DC_FOUND_KEYS_UNTRIED,
  DC_FOUND_KEYS_NOT_LIVE,
  DC_FOUND_CLOCK_GOOD,
  DC_FOUND_CLOCK_WRONG,
  DC_FOUND_DISK_GOOD,
  DC_FOUND_DISK_LOW,
  DC_FOUND_DISK_FULL,
  DC_FOUND_STORE_GOOD,
  DC_FOUND_STORE_ASIDE,
  DC_FOUND_STORE_CLOSED,
  DC_FOUND_PLACE_ANSWERS,
  DC_FOUND_PLACE_STICK,
  DC_FOUND_PLACE_DEMO,
  DC_FOUND_PLACE_REMOVES,
  DC_FOUND_PLACE_SILENT,
  DC_FOUND_CODES_GOOD,
  DC_FOUND_CODES_WRONG,
  DC_FOUND_KEYBOARD_OURS,
  DC_FOUND_KEYBOARD_LATIN,
  DC_FOUND_KEYBOARD_PLATFORM,
  DC_FOUND_POWER_MAINS,
  DC_FOUND_POWER_BATTERY,
  DC_FOUND_POWER_LOW,
  DC_FOUND_POWER_EMPTY,
  DC_FOUND_SCREEN_GOOD,
  DC_FOUND_SCREEN_NEAR,
  DC_FOUND_SCREEN_UNKNOWN,
  DC_N_FOUND
} DcReadyFound;

typedef enum
{
  DC_READY_PLACE_IS_STICK,
  DC_READY_PLACE_IS_FORBIDDEN,   /* a server, and this is a demonstration */
  DC_READY_PLACE_IS_SILENT,
  DC_READY_PLACE_ANSWERS,
} DcReadyPlace;

/* What a check is made of. Plain; zero is not known, or no. */
typedef struct
{
  gboolean     demo;
  gboolean     pack_whole;
  guint        missing_texts;
  gboolean     has_end;
  int          days_left;          /* to the last day of the appeal; 0: it is today */
  gboolean     keys_tried;
  gboolean     live;
  gboolean     clock_known;
  guint64      free_bytes;
  gboolean     reserve;            /* the room that is given up on a full disk is there */
  gboolean     store_open;
  guint        set_aside;          /* stores */
  DcReadyPlace place;
  gboolean     may_remove;         /* there, with what is stored */
  guint        codes;              /* drawn */
  guint        codes_wrong;
  gboolean     platform_keyboard;
  guint        without_layout;     /* languages that are typed in Latin letters */
  gboolean     on_mains;
  gboolean     has_battery;
  guint        battery;            /* per cent */
  guint        reach_cm;           /* from how far the code reads; 0: nobody knows */
} DcReadyFacts;

/* Bytes of disk below which somebody should look, and below which the next
 * promise may find no room. */
#define DC_READY_DISK_LOW  (G_GUINT64_CONSTANT (200) * 1000 * 1000)
#define DC_READY_DISK_FULL (G_GUINT64_CONSTANT (20) * 1000 * 1000)
/* A donor stands at half a metre. */
#define DC_READY_REACH_CM  50

DcReadyFound dc_readiness_judge  (const DcReadyFacts *facts,
                                  DcReadyCheck        check);
DcReadyLevel dc_readiness_level  (DcReadyFound        found);

/* From how far, in centimetres, a camera that looks at 1920 pixels across 69
 * degrees has three of them on a module of @module_um micrometres. */
guint        dc_readiness_reach  (guint               module_um);

/* What supplies the tablet, by the kernel's @folder (/sys/class/power_supply).
 * One that names nothing is a machine on the mains. */
void         dc_readiness_power  (const char         *folder,
                                  DcReadyFacts       *facts);

/**
 * DcReadiness:
 *
 * The note of the last check. Plain.
 */
typedef struct
{
  gint64       at_s;       /* since 1970 in UTC, by the tablet's clock; 0: never */
  DcReadyLevel levels[DC_N_READY_CHECKS];
} DcReadiness;

/* How many are at @level. */
guint        dc_readiness_count  (const DcReadiness  *self,
                                  DcReadyLevel        level);
/* A letter each, "g", "a" or "r", in the order of #DcReadyCheck: what a
 * statement carries. (transfer full) */
char        *dc_readiness_to_letters   (const DcReadiness *self);
gboolean     dc_readiness_from_letters (DcReadiness       *self,
                                        const char        *letters);
/* A file in the state directory; blocks for one small durable write. */
gboolean     dc_readiness_save   (const DcReadiness  *self,
                                  const char         *path,
                                  GError            **error);
/* FALSE: there is none, or it is not what was written; @self is all zero then. */
gboolean     dc_readiness_load   (DcReadiness        *self,
                                  const char         *path);

G_END_DECLS
